/* Forms: leaving with something typed warns (form[data-warn], and every form with drafts); the error summary takes the focus and
   its links go to the fields; a form is sent once, however often the button is pressed. */

const WATCHED = "form[data-warn], form[data-draft-url]";
const changed = new Set();

const isOpen = (form) => form.isConnected && changed.has(form);

function goTo(event) {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!field) return;
  event.preventDefault();
  const target = field.matches("input, select, textarea, button") ? field : field.querySelector("input, select, textarea");
  (target ?? field).focus();
  (field.closest(".ay-field") ?? field).scrollIntoView({ block: "center" });
}

function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // An answer that is a download leaves the page as it is: after a while the button works again.
  setTimeout(() => delete form.dataset.sent, 4000);
}

export function mountForms() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches(WATCHED)) changed.add(form);
  });
  document.addEventListener("draft:saved", (event) => {
    if (!event.target.hasAttribute("data-warn")) changed.delete(event.target);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  document.addEventListener("submit", sendOnce);
  document.addEventListener("click", goTo);
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some(isOpen)) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
  document.querySelector("[data-error-summary]:not([data-example] *)")?.focus();
}
