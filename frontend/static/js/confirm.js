/* Acts that need a second look. A button, form or link with data-confirm says what will happen to how many; data-confirm-title
   and data-confirm-yes name the act; data-confirm-reason names the field in which the reason is sent. The act itself is the
   element's own (a form that is submitted, an htmx request). */

const dialog = () => document.getElementById("ay-confirm");
let pending = null;

function open(element, go) {
  const box = dialog();
  const data = element.dataset;
  const title = box.querySelector("[data-confirm-title]");
  const yes = box.querySelector("[data-confirm-yes]");
  const reason = box.querySelector("textarea");
  title.textContent = data.confirmTitle || title.dataset.default;
  yes.textContent = data.confirmYes || yes.dataset.default;
  box.querySelector("[data-confirm-text]").textContent = data.confirm;
  box.querySelector("[data-confirm-reason-field]").hidden = !data.confirmReason;
  reason.value = "";
  reason.required = Boolean(data.confirmReason);
  pending = { element, go };
  box.showModal();
}

function withReason(form, name, value) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]`) ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

function decided() {
  const box = dialog();
  const { element, go } = pending ?? {};
  pending = null;
  if (box.returnValue === "yes" && go) go(box.querySelector("textarea").value, element.dataset.confirmReason);
  else element?.focus?.();
}

export function mountConfirm() {
  const box = dialog();
  if (!box) return;
  box.querySelector("[data-confirm-no]").addEventListener("click", () => box.close("no"));
  box.addEventListener("close", decided);
  box.addEventListener("cancel", () => (box.returnValue = "no"));

  // Before anything else hears of it.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const asking = event.submitter?.dataset.confirm ? event.submitter : form;
      if (!asking.dataset?.confirm || form.dataset.confirmed) {
        delete form.dataset?.confirmed;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      open(asking, (reason, name) => {
        if (name) withReason(form, name, reason);
        form.dataset.confirmed = "yes";
        form.requestSubmit(submitter ?? undefined);
      });
    },
    true,
  );

  document.body.addEventListener("htmx:confirm", (event) => {
    const element = event.detail.elt;
    if (element.tagName === "FORM" || !element.dataset.confirm) return;
    event.preventDefault();
    open(element, (reason, name) => {
      if (name) element.setAttribute("hx-vals", JSON.stringify({ [name]: reason }));
      event.detail.issueRequest(true);
    });
  });
}
