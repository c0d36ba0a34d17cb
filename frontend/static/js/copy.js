/* button[data-copy="#id"]: copies the text (or value) of that element; data-copied is what the button says for a moment. */

async function put(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  // Over plain http, as in many an office, the clipboard has only this way.
  const area = Object.assign(document.createElement("textarea"), { value: text });
  area.setAttribute("readonly", "");
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
}

export function mountCopy() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.querySelector(button.dataset.copy);
    const place = button.querySelector("[data-copy-text]") ?? button;
    const before = place.textContent;
    try {
      await put(source.value ?? source.innerText);
      place.textContent = button.dataset.copied;
      setTimeout(() => (place.textContent = before), 2500);
    } catch {
      // Mark it, so that the keys of the device copy it.
      window.getSelection().selectAllChildren(source);
    }
  });
}
