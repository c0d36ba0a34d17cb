/* "Number with a tail": a[data-drawer] or button[data-drawer] opens what its address (data-drawer or href) answers in the
   drawer; data-drawer-title heads it. A link inside the drawer with data-drawer goes deeper, without a new page. Without
   scripts the link is a link. */
import { shape } from "./words.js";

async function show(address, title) {
  const drawer = document.getElementById("drawer");
  const body = document.getElementById("drawer-body");
  const head = document.getElementById("drawer-title");
  head.textContent = title || head.dataset.default;
  body.replaceChildren(shape("ay-loading-template"));
  window.bootstrap.Offcanvas.getOrCreateInstance(drawer).show();
  try {
    await window.htmx.ajax("GET", address, { target: body, swap: "innerHTML" });
    if (body.querySelector(".ay-loading")) throw new Error("empty");
  } catch {
    const sorry = document.createElement("p");
    sorry.textContent = drawer.dataset.failed;
    body.replaceChildren(sorry);
  }
}

export function mountDrawer() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-drawer]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.dataset.drawer || link.getAttribute("href"), link.dataset.drawerTitle);
  });
}
