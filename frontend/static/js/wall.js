/* The wall display: Esc leads back, F fills the screen, the tools show while the mouse moves; when a refresh fails the time of
   the figures is marked, because old numbers must not look fresh. */
const wall = document.querySelector("[data-wall]");
let hide = 0;

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

function moved() {
  wall.classList.add("is-moved");
  clearTimeout(hide);
  hide = setTimeout(() => wall.classList.remove("is-moved"), 3000);
}

if (wall) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !document.fullscreenElement) window.location.assign(wall.dataset.back);
    else if (event.key.toLowerCase() === "f") full();
  });
  wall.querySelector("[data-wall-full]")?.addEventListener("click", full);
  document.addEventListener("mousemove", moved);
  document.body.addEventListener("htmx:afterSwap", () => wall.classList.remove("is-stale"));
  for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(failed, () => wall.classList.add("is-stale"));
  }
}
