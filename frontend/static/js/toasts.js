/* Messages that stand in a corner: one that reports success goes by itself, a warning stays until it is closed. */
import { found, shape } from "./words.js";

const SECONDS = 8;

export function toast(text, tone = "warning") {
  const made = shape("ay-toast-template");
  made.classList.add(`is-${tone}`);
  made.querySelector("[data-toast-text]").textContent = text;
  if (tone !== "success") made.setAttribute("data-toast-stays", "");
  document.getElementById("toasts").append(made);
  mountToasts(made);
}

export function mountToasts(root) {
  for (const one of found(root, "[data-toast]")) {
    const close = () => one.remove();
    one.querySelector("[data-toast-close]")?.addEventListener("click", close);
    if (one.hasAttribute("data-toast-stays")) continue;
    let timer = setTimeout(close, SECONDS * 1000);
    // Whoever reads or points at it is given the time.
    for (const event of ["mouseenter", "focusin"]) one.addEventListener(event, () => clearTimeout(timer));
    for (const event of ["mouseleave", "focusout"]) {
      one.addEventListener(event, () => {
        clearTimeout(timer);
        timer = setTimeout(close, SECONDS * 1000);
      });
    }
  }
}
