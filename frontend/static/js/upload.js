/* Several files from a page: one request each, with its progress; what the server answers is the row.
   Without this script the part is an ordinary input of several files. */

const AT_ONCE = 2;

class Upload {
  constructor(part) {
    this.part = part;
    this.list = part.querySelector("[data-upload-list]");
    this.input = part.querySelector("input[type=file]");
    this.queue = [];
    this.running = 0;
    this.field = this.input.name;
    this.input.removeAttribute("name"); // the claims are sent instead
    part.querySelectorAll("[data-upload-only]").forEach((element) => (element.hidden = false));
    this.input.addEventListener("change", () => this.chosen(this.input));
    this.offer("[data-upload-folder]", { webkitdirectory: true, multiple: true });
    this.offer("[data-upload-camera]", { accept: "image/*", capture: "environment" });
    part.addEventListener("dragover", (event) => this.hover(event, true));
    part.addEventListener("dragleave", (event) => this.hover(event, false));
    part.addEventListener("drop", (event) => this.dropped(event));
    part.addEventListener("click", (event) => this.clicked(event));
    part.closest("form")?.addEventListener("submit", (event) => this.submitted(event));
  }

  offer(selector, properties) {
    const button = this.part.querySelector(selector);
    if (!button) return;
    const input = Object.assign(document.createElement("input"), { type: "file" }, properties);
    if (properties.capture) input.setAttribute("capture", properties.capture);
    input.addEventListener("change", () => this.chosen(input));
    button.addEventListener("click", () => input.click());
  }

  chosen(input) {
    this.add([...input.files]);
    input.value = "";
  }

  hover(event, over) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    this.part.classList.toggle("upload-over", over);
  }

  async dropped(event) {
    event.preventDefault();
    this.part.classList.remove("upload-over");
    const files = [...event.dataTransfer.files]; // gone after the first pause
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    try {
      this.add(entries.length ? (await Promise.all(entries.map(filesIn))).flat() : files);
    } catch {
      this.add(files); // a folder that cannot be read: at least what was dropped as files
    }
  }

  add(files) {
    for (const file of files.filter((each) => !/^(\.|~\$|Thumbs\.db$|desktop\.ini$)/.test(each.name))) {
      const row = document.createElement("li");
      row.className = "upload-row upload-waiting";
      const name = Object.assign(document.createElement("span"), { className: "file-name", textContent: file.name });
      const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
      const state = Object.assign(document.createElement("span"), {
        className: "upload-state",
        textContent: this.part.dataset.textWaiting,
      });
      bar.setAttribute("aria-label", file.name);
      row.append(name, " ", bar, " ", state);
      this.list.append(row);
      this.queue.push({ file, row, bar, state });
    }
    this.next();
  }

  next() {
    while (this.running < AT_ONCE && this.queue.length) this.send(this.queue.shift());
    this.part.toggleAttribute("data-busy", this.running > 0);
    if (this.running === 0) this.part.dispatchEvent(new CustomEvent("upload:done", { bubbles: true }));
  }

  send({ file, row, bar, state }) {
    this.running += 1;
    const body = new FormData();
    body.append("ticket", this.part.dataset.ticket);
    body.append("field", this.part.dataset.field);
    body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", this.part.dataset.url);
    this.headers(request);
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
      state.textContent =
        event.loaded === event.total ? this.part.dataset.textChecking : `${Math.round(bar.value)} %`;
    });
    const end = (html) => {
      this.running -= 1;
      if (html) row.outerHTML = html;
      else {
        row.replaceWith(refusedRow(`${file.name}: ${this.part.dataset.textFailed}`));
      }
      this.next();
    };
    request.addEventListener("load", () => end(isRow(request) ? request.responseText : refusal(request)));
    request.addEventListener("error", () => end(""));
    request.send(body);
  }

  headers(request) {
    const csrf = this.part.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (csrf) request.setRequestHeader("X-CSRFToken", csrf);
    request.setRequestHeader("HX-Request", "true"); // a refusal comes as a part, not as a page
  }

  clicked(event) {
    const row = event.target.closest?.("[data-upload-remove]")?.closest("[data-upload-row]");
    if (!row) return;
    const body = new FormData();
    body.append("ticket", this.part.dataset.ticket);
    body.append("claim", row.querySelector("input[type=hidden]").value);
    const request = new XMLHttpRequest();
    request.open("POST", this.part.dataset.dropUrl);
    this.headers(request);
    request.send(body);
    row.remove();
    this.input.focus();
  }

  submitted(event) {
    if (this.running === 0 && this.queue.length === 0) return;
    event.preventDefault(); // sent again by itself when the last file is there
    event.stopImmediatePropagation();
    if (this.isAwaited) return;
    this.isAwaited = true;
    const form = event.target;
    const submitter = event.submitter;
    const refused = this.refusals();
    const done = () => {
      this.isAwaited = false;
      if (this.refusals() === refused) form.requestSubmit(submitter);
      else this.list.querySelector(".upload-refused:last-of-type")?.scrollIntoView({ block: "center" }); // hers to decide
    };
    this.part.addEventListener("upload:done", done, { once: true });
  }

  refusals() {
    return this.list.querySelectorAll(".upload-refused").length;
  }
}

const isRow = (request) => request.responseText.includes("data-upload-row");

function refusedRow(sentence) {
  const row = document.createElement("li");
  row.className = "upload-row upload-refused";
  const said = Object.assign(document.createElement("span"), { textContent: sentence });
  said.setAttribute("role", "alert");
  row.append(said);
  return row;
}

/* A refusal of the whole request (an old page, say) as a row. A whole page came instead: she was signed out meanwhile. */
function refusal(request) {
  if (/<html/i.test(request.responseText)) return "";
  const text = new DOMParser().parseFromString(request.responseText, "text/html").body.textContent.trim();
  if (!text || request.status >= 500) return "";
  return refusedRow(text.replace(/\s+/g, " ")).outerHTML;
}

/* All files below a dropped entry; a folder is read in batches of a hundred. */
async function filesIn(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return found;
    found.push(...(await Promise.all(batch.map(filesIn))).flat());
  }
}

const begin = (root) => {
  const parts = [...(root.matches?.("[data-upload]") ? [root] : []), ...root.querySelectorAll("[data-upload]")];
  for (const part of parts) if (!part.upload) part.upload = new Upload(part);
};

begin(document);
document.addEventListener("htmx:load", (event) => begin(event.target));
