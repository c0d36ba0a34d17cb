/* The quick desk: files, folders and archives dropped on three places, sent in pieces that no server minds, then started.
   Without this script the inputs of the form do the same in one request, up to what one request may hold. */

const MOST_FILES = 30;
const MOST_BYTES = 24 * 1048576;
const SHOWN = 6;
const LITTER = /(^|\/)(\.[^/]*|~\$[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/i;

const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
const words = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

class Zone {
  constructor(element, form) {
    this.element = element;
    this.form = form;
    this.name = element.dataset.zone;
    this.list = element.querySelector("[data-chosen]");
    this.files = new Map();
    this.inputs = [...element.querySelectorAll("input[type=file]")];
    this.single = !this.inputs[0].multiple;
    element.querySelectorAll("[data-quick-only]").forEach((part) => (part.hidden = false));
    for (const input of this.inputs) {
      input.addEventListener("change", () => {
        this.add([...input.files].map((file) => [file.webkitRelativePath || file.name, file]));
        input.value = "";
      });
    }
    for (const kind of ["dragenter", "dragover"]) element.addEventListener(kind, (event) => this.over(event, true));
    for (const kind of ["dragleave", "drop"]) element.addEventListener(kind, (event) => this.over(event, false));
    element.addEventListener("drop", (event) => this.dropped(event));
  }

  over(event, yes) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    this.element.classList.toggle("is-over", yes);
  }

  async dropped(event) {
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => [file.name, file]);
    this.add(entries.length ? (await Promise.all(entries.map((entry) => within(entry, "")))).flat() : plain);
  }

  add(files) {
    const wanted = files.filter(([path]) => !LITTER.test(path));
    if (this.single && wanted.length) this.files.clear();
    for (const [path, file] of this.single ? wanted.slice(0, 1) : wanted) this.files.set(path, file);
    this.draw();
  }

  draw() {
    const { textRemove, textFiles } = this.form.dataset;
    const rows = [...this.files].slice(0, SHOWN).map(([path, file]) => {
      const remove = make("button", { type: "button", className: "btn btn-sm btn-link", textContent: textRemove });
      remove.setAttribute("aria-label", `${textRemove} ${path}`);
      remove.addEventListener("click", () => {
        this.files.delete(path);
        this.draw();
        this.inputs[0].focus();
      });
      return make("li", {}, make("span", { textContent: path }), make("span", { className: "quick-meta", textContent: size(file.size) }), remove);
    });
    if (this.files.size > 1) {
      const all = [...this.files.values()].reduce((sum, file) => sum + file.size, 0);
      const count = `${words(textFiles, { count: this.files.size })} · ${size(all)}`;
      rows.unshift(make("li", { className: "quick-count" }, make("span", { textContent: count })));
    }
    if (this.files.size > SHOWN) rows.push(make("li", {}, make("span", { textContent: "…" })));
    this.list.replaceChildren(...rows);
    this.element.classList.toggle("has-files", this.files.size > 0);
  }
}

/* All files below a dropped entry with their paths; a folder is read in batches of a hundred. */
async function within(entry, above) {
  const path = above + entry.name;
  if (entry.isFile) return [[path, await new Promise((resolve, reject) => entry.file(resolve, reject))]];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return found;
    found.push(...(await Promise.all(batch.map((one) => within(one, `${path}/`)))).flat());
  }
}

class Refused extends Error {}

class Sending {
  constructor(form, start) {
    this.form = form;
    this.start = start;
    this.zones = [...form.querySelectorAll("[data-zone]")].map((zone) => new Zone(zone, form));
    this.said = form.querySelector("[data-quick-said]");
    this.addresses = form.dataset.add ? { add: form.dataset.add, start: form.dataset.start } : null;
    this.busy = false;
    form.classList.add("is-live");
    form.noValidate = true;
    for (const one of new Set([form, start])) one?.addEventListener("submit", (event) => this.submitted(event), true);
    window.addEventListener("beforeunload", (event) => {
      if (this.busy) event.preventDefault();
    });
  }

  get chosen() {
    return this.zones.flatMap((zone) => [...zone.files].map(([path, file]) => ({ zone, path, file })));
  }

  submitted(event) {
    // An existing run with nothing new is started by its own form.
    if (this.addresses && this.start && !this.chosen.length && !this.begun) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!this.busy) this.send();
  }

  async send() {
    this.busy = this.begun = true;
    this.done = 0;
    this.total = this.chosen.length;
    const buttons = [...this.form.querySelectorAll("button"), ...(this.start?.querySelectorAll("button") ?? [])];
    buttons.forEach((button) => (button.disabled = true));
    try {
      for (const batch of this.batches()) await this.post(batch);
      if (!this.addresses) await this.post([]);
      const form = new FormData(this.start ?? undefined);
      form.set("csrfmiddlewaretoken", this.token);
      const { page } = await this.ask(this.addresses.start, form);
      this.busy = false;
      window.location.assign(page);
    } catch (error) {
      this.busy = false;
      buttons.forEach((button) => (button.disabled = false));
      this.say(error instanceof Refused ? error.message : this.form.dataset.textFailed, true);
    }
  }

  batches() {
    const found = [];
    let bytes = 0;
    for (const one of this.chosen) {
      const last = found[found.length - 1];
      if (!last || last.length >= MOST_FILES || bytes + one.file.size > MOST_BYTES) {
        found.push([one]);
        bytes = one.file.size;
      } else {
        last.push(one);
        bytes += one.file.size;
      }
    }
    return found;
  }

  async post(batch) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.token);
    const unit = this.form.elements.unit;
    if (unit) body.set("unit", unit.value);
    for (const { zone, path, file } of batch) {
      body.append(zone.name, file, file.name);
      body.append(`${zone.name}-path`, path);
    }
    this.addresses = await this.ask(this.addresses?.add ?? this.form.action, body, batch);
    for (const { zone, path } of batch) zone.files.delete(path);
    this.done += batch.length;
    this.progress(0);
  }

  ask(address, body, batch = []) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable && batch.length) this.progress((batch.length * event.loaded) / event.total);
      });
      request.addEventListener("error", () => reject(new Error("connection")));
      request.addEventListener("load", () => {
        let answer = {};
        try {
          answer = JSON.parse(request.responseText);
        } catch {
          return reject(new Error("answer"));
        }
        return request.status < 300 ? resolve(answer) : reject(new Refused((answer.errors ?? []).join(" ")));
      });
      request.send(body);
    });
  }

  get token() {
    return this.form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  progress(within) {
    this.say(words(this.form.dataset.textSending, { done: Math.floor(this.done + within), total: this.total }));
    let bar = this.form.querySelector("progress");
    if (!bar) {
      bar = make("progress", { className: "ay-bar", max: 100 });
      bar.setAttribute("aria-label", this.said.textContent);
      this.said.before(bar);
    }
    bar.value = this.total ? (100 * (this.done + within)) / this.total : 100;
  }

  say(text, failed = false) {
    this.said.textContent = text;
    this.said.classList.toggle("is-failed", failed);
  }
}

const form = document.querySelector("form[data-quick]");
if (form) new Sending(form, document.getElementById("quick-start"));
