/* Keys. [data-keys] is a list in which J/K or the arrows move (its children with data-item, or its rows); Enter opens the
   first link; a letter named by data-key on a button inside the current item presses it. Outside lists an element with
   data-key (the search box: "/") takes the focus or is pressed. Nothing happens while something is typed. */

const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable='true'], dialog[open]");
const items = (list) => [...list.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);

function go(list, step) {
  const all = items(list);
  if (!all.length) return;
  const now = all.findIndex((item) => item.classList.contains("is-current"));
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)] ?? all[0];
  choose(list, next);
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

export function choose(list, item) {
  for (const other of list.querySelectorAll(".is-current")) other.classList.remove("is-current");
  item.classList.add("is-current");
  item.dispatchEvent(new CustomEvent("item:current", { bubbles: true }));
}

function press(scope, key) {
  const target = [...scope.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key.toLowerCase() === key && !element.disabled && element.offsetParent !== null,
  );
  if (!target) return false;
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
  return true;
}

export function mountKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const list = event.target.closest?.("[data-keys]") ?? document.querySelector("[data-keys]");
    const step = { j: 1, arrowdown: 1, k: -1, arrowup: -1 }[key];
    const arrow = key.startsWith("arrow");
    if (list && step && (!arrow || list.contains(event.target))) {
      event.preventDefault();
      go(list, step);
      return;
    }
    const current = list?.querySelector(".is-current");
    if (key === "enter" && current && event.target === current) current.querySelector("a[href], button")?.click();
    else if (key.length === 1 && ((current && press(current, key)) || press(document, key))) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest?.("[data-keys] [data-item]");
    if (item && !item.classList.contains("is-current")) choose(item.closest("[data-keys]"), item);
  });
}
