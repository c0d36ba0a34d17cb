/* A file input says what to press and what was chosen in the page's language, not in the browser's: the input itself is only seen
   no more, so that keyboard and screen reader have it as before; without this script it is what it always was.
   .ay-upload: files may be dropped on it; what was chosen is listed with its size before it is sent. */
import { found, words } from "./words.js";

function size(bytes) {
  return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function list(input, place) {
  place.replaceChildren(
    ...[...input.files].map((file) => {
      const line = document.createElement("li");
      const name = Object.assign(document.createElement("span"), { textContent: file.name });
      const length = Object.assign(document.createElement("span"), { textContent: size(file.size), className: "ay-size" });
      line.append(name, length);
      return line;
    }),
  );
}

function dress(input) {
  const { chooseFile, chooseFiles, noFile, filesChosen } = words();
  if (!chooseFile || !input.id || input.dataset.dressed) return;
  input.dataset.dressed = "yes";
  const face = document.createElement("span");
  face.className = "ay-file";
  const press = document.createElement("label");
  press.className = "btn btn-outline-secondary";
  press.htmlFor = input.id;
  press.textContent = input.multiple ? chooseFiles : chooseFile;
  const said = document.createElement("span");
  said.className = "ay-file-name";
  said.id = `${input.id}_chosen`;
  said.setAttribute("role", "status");
  const say = () => {
    const names = [...input.files].map((file) => file.name);
    said.textContent = names.length > 1 ? filesChosen.replace("#", names.length) : (names[0] ?? noFile);
  };
  say();
  input.addEventListener("change", say);
  input.form?.addEventListener("reset", () => setTimeout(say));
  input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), said.id].filter(Boolean).join(" "));
  input.classList.add("ay-file-input");
  face.append(press, said);
  input.after(face);
}

export function mountFiles(root) {
  for (const input of found(root, "input[type=file]:not(.quick-input)")) dress(input);
  for (const area of found(root, ".ay-upload")) {
    const input = area.querySelector("input[type=file]");
    const place = area.querySelector(".ay-files");
    if (!input) continue;
    if (place) input.addEventListener("change", () => list(input, place));
    for (const name of ["dragenter", "dragover"]) {
      area.addEventListener(name, (event) => {
        event.preventDefault();
        area.classList.add("is-over");
      });
    }
    for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("is-over"));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      const kept = new DataTransfer();
      for (const file of event.dataTransfer.files) if (input.multiple || !kept.files.length) kept.items.add(file);
      input.files = kept.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
