/* htmx: a request that fails says so instead of doing nothing; a refused form (422) is put in place like any other answer. */
import { toast } from "./toasts.js";
import { words } from "./words.js";

export function mountRequests() {
  // What a page asks by itself (a poll, a part that loads) keeps nobody signed in: see accounts.gates.
  document.body.addEventListener("htmx:configRequest", (event) => {
    const by = event.detail.triggeringEvent?.type;
    if (!by || by === "load") event.detail.headers["X-Anyue-Background"] = "1";
  });
  document.body.addEventListener("htmx:sendError", () => toast(words().requestFailed));
  document.body.addEventListener("htmx:timeout", () => toast(words().requestFailed));
  document.body.addEventListener("htmx:responseError", (event) => {
    // A poll that fails will be tried again by itself.
    if (event.detail.requestConfig?.triggeringEvent?.type === "load") return;
    const status = event.detail.xhr.status;
    toast(status >= 500 || status === 0 ? words().requestFailed : words().requestRefused);
  });
  // A refusal that the server sends to the messages is shown there, whatever its status.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Retarget") === "#toasts") {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  // After a part is swapped, the error summary in it takes the focus, as it does on a whole page.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    event.target.querySelector?.("[data-error-summary]")?.focus();
  });
}
