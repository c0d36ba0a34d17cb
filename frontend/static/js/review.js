// The review page: document and items light each other, keys decide, marked words become a new item.
// Addresses in the document are described in gongwen/outputs/html.py.

const page = document.querySelector("[data-review]");
const paper = document.getElementById("document");
const list = page.querySelector(".review-items");
const mayReview = page.hasAttribute("data-may-review");
const adding = document.getElementById("review-add");
let current = null;

const rows = () => [...list.querySelectorAll(".review-item")];
const marksOf = (key) => paper.querySelectorAll(`mark[data-item~="${CSS.escape(key)}"]`);

// Within its own pane, so that the page stays where it is; where the list is the page itself (a telephone), the page moves.
function bring(element, pane, middle) {
  if (pane.scrollHeight <= pane.clientHeight + 1) {
    if (pane === list) element.scrollIntoView({ block: "nearest" });
    return;
  }
  const box = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const head = middle ? 0 : 48; // the section's heading sticks there
  if (middle) pane.scrollTop += box.top - frame.top - (frame.height - Math.min(box.height, frame.height)) / 2;
  else if (box.top < frame.top + head) pane.scrollTop += box.top - frame.top - head;
  else if (box.bottom > frame.bottom) pane.scrollTop += Math.min(box.bottom - frame.bottom, box.top - frame.top - head);
}

function light(row, { scrollPaper = true, scrollList = true, focus = true } = {}) {
  if (!row) return;
  page.querySelectorAll(".is-current").forEach((one) => one.classList.remove("is-current"));
  current = row;
  row.classList.add("is-current");
  const marks = marksOf(row.dataset.reviewItem);
  marks.forEach((mark) => mark.classList.add("is-current"));
  if (scrollList) bring(row, list, false);
  if (scrollPaper && marks.length) bring(marks[0], paper, true);
  if (focus) row.focus({ preventScroll: true });
}

function move(step) {
  const all = rows();
  const at = current ? all.findIndex((row) => row.id === current.id) : -1;
  light(all[Math.min(all.length - 1, Math.max(0, at + step))] ?? all[0]);
}

function nextOpen(from) {
  const all = rows();
  const at = all.findIndex((row) => row.id === from);
  const open = (row) => row.dataset.state === "proposed" && row.dataset.kind !== "warning";
  light(all.slice(at + 1).find(open) ?? all.find(open) ?? all[at]);
}

let decided = null; // the row decided last: U takes it back although the next one is current by now

function act(name) {
  current?.querySelector(`[data-act="${name}"]`)?.click();
}

function undo() {
  const own = current?.querySelector('[data-act="reset"]');
  const last = decided && document.getElementById(decided);
  if (!own && last) light(last);
  act("reset");
}

list.addEventListener("focusin", (event) => {
  const row = event.target.closest(".review-item");
  if (row && row !== current) light(row, { scrollList: false, focus: false });
});
list.addEventListener("mouseover", (event) => {
  const row = event.target.closest(".review-item");
  page.querySelectorAll("mark.is-hovered").forEach((mark) => mark.classList.remove("is-hovered"));
  if (row) marksOf(row.dataset.reviewItem).forEach((mark) => mark.classList.add("is-hovered"));
});
paper.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-item]");
  if (!mark || !getSelection().isCollapsed) return;
  const keys = mark.dataset.item.split(" ");
  const at = current ? keys.indexOf(current.dataset.reviewItem) : -1;
  const key = keys[(at + 1) % keys.length];
  light(list.querySelector(`[data-review-item="${CSS.escape(key)}"]`), { scrollPaper: false });
});

// After a decision the next open item is at hand; after opening the correction its first field is. Once htmx has settled: it
// puts the focus back where it was.
document.body.addEventListener("htmx:afterSettle", (event) => {
  const id = event.detail.target?.id || current?.id;
  const row = id && document.getElementById(id);
  if (!row || !row.classList.contains("review-item")) return;
  if (row.classList.contains("is-edited")) {
    current = row;
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else if (row.dataset.state === "proposed" || event.detail.requestConfig?.verb === "get") {
    light(row);
  } else {
    decided = row.id;
    nextOpen(row.id);
  }
});

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) {
    current?.querySelector('[data-act="cancel"]')?.click();
    return;
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "j") move(1);
  else if (key === "k") move(-1);
  else if (key === "p") page.querySelector("[data-review-pages]")?.click();
  else if (mayReview && key === "a") act("accept");
  else if (mayReview && key === "e") act("edit");
  else if (mayReview && key === "x") act("drop");
  else if (mayReview && key === "u") undo();
  else return;
  event.preventDefault();
});

// --- the original's pages ------------------------------------------------------------------------------------------
const button = page.querySelector("[data-review-pages]");
button?.addEventListener("click", async () => {
  const pictures = document.getElementById("original-pages");
  const shown = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(shown));
  if (shown && !pictures.childElementCount) {
    const answer = await fetch(button.dataset.reviewPages, { headers: { "HX-Request": "true" } });
    if (answer.ok) pictures.innerHTML = await answer.text();
  }
  pictures.hidden = !shown;
  paper.hidden = shown;
});

// --- words marked in the document become a new item ------------------------------------------------------------------
const points = (text) => [...text].length;

// The marked part of a run of words, in the characters of the document.
function part(run, range) {
  const text = document.createRange();
  text.selectNodeContents(run);
  const at = (node, offset) => {
    const before = document.createRange();
    before.selectNodeContents(run);
    before.setEnd(node, offset);
    return points(before.toString());
  };
  const inside = (node) => node === run || run.contains(node);
  const start = inside(range.startContainer) ? at(range.startContainer, range.startOffset) : 0;
  const end = inside(range.endContainer) ? at(range.endContainer, range.endOffset) : points(text.toString());
  return [Number(run.dataset.start) + start, Number(run.dataset.start) + end];
}

// What is marked, as an address in the document. A triple click and a hand that slips reach into the next paragraph: the first
// paragraph counts.
function marked() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(paper)) return null;
  const touched = [...paper.querySelectorAll("[data-start]")]
    .filter((run) => range.intersectsNode(run))
    .map((run) => ({ run, span: part(run, range) }))
    .filter(({ span: [start, end] }) => end > start);
  const block = touched[0]?.run.closest("[data-block]");
  const source = block?.closest("[data-source]");
  if (!source) return null;
  const own = touched.filter(({ run }) => run.closest("[data-block]") === block);
  const number = (value) => (value === undefined ? null : Number(value));
  const [start, end] = [own[0].span[0], own.at(-1).span[1]];
  const first = Number(own[0].run.dataset.start);
  const words = [...own.map(({ run }) => run.textContent).join("")].slice(start - first, end - first).join("");
  if (!words.trim()) return null;
  return { source: Number(source.dataset.source), block: Number(block.dataset.block), row: number(block.dataset.row), column: number(block.dataset.column), start, end, text: words.trim().slice(0, 500) };
}

if (mayReview && adding) {
  document.addEventListener("selectionchange", () => {
    const found = marked();
    adding.hidden = !found;
    if (!found) return;
    for (const link of adding.querySelectorAll("[data-add]")) {
      const target = new URL(link.href);
      target.searchParams.set("evidence", JSON.stringify(found));
      link.href = target.href;
    }
  });
}

const wanted = location.hash.startsWith("#row-") ? document.getElementById(location.hash.slice(1)) : null;
light(wanted ?? rows().find((row) => row.dataset.state === "proposed") ?? rows()[0], { focus: Boolean(wanted), scrollList: Boolean(wanted) || list.scrollHeight > list.clientHeight + 1 });
