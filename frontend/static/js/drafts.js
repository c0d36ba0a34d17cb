/* form[data-draft-url]: what is typed is sent there two seconds after the last key (POST, the whole form without files),
   and a place [data-draft-saved] says when it was kept. The words come from the form: data-draft-saved-text "已保存 %time",
   data-draft-saving-text, data-draft-failed-text. */
import { found } from "./words.js";

const WAIT = 2000;

const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

function fields(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

export function mountDrafts(root) {
  for (const form of found(root, "form[data-draft-url]")) {
    const place = form.querySelector("[data-draft-saved]");
    const say = (text, failed = false) => {
      if (!place) return;
      place.textContent = (text ?? "").replace("%time", clock());
      place.classList.toggle("is-failed", failed);
    };
    let timer;
    let running;
    const save = async () => {
      running?.abort();
      const mine = new AbortController();
      running = mine;
      say(form.dataset.draftSavingText);
      try {
        const answer = await fetch(form.dataset.draftUrl, {
          method: "POST",
          body: fields(form),
          credentials: "same-origin",
          headers: { "X-Requested-With": "fetch" },
          signal: mine.signal,
        });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        form.dispatchEvent(new CustomEvent("draft:saved", { bubbles: true }));
        say(form.dataset.draftSavedText);
      } catch (error) {
        if (error.name !== "AbortError") say(form.dataset.draftFailedText, true);
      }
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      running?.abort();
    });
    window.addEventListener("online", () => place?.classList.contains("is-failed") && save());
  }
}
