/* .ay-upload: files may be dropped on it; what was chosen is listed with its size before it is sent. */
import { found } from "./words.js";

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

export function mountFiles(root) {
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
