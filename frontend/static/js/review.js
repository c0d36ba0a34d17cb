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

function light(row, { scrollPaper = true, scrollList = true, focus = true } = {}) {
  if (!row) return;
  page.querySelectorAll(".is-current").forEach((one) => one.classList.remove("is-current"));
  current = row;
  row.classList.add("is-current");
  const marks = marksOf(row.dataset.reviewItem);
  marks.forEach((mark) => mark.classList.add("is-current"));
  if (scrollList) row.scrollIntoView({ block: "nearest" });
  if (scrollPaper && marks.length) marks[0].scrollIntoView({ block: "center" });
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

function act(name) {
  current?.querySelector(`[data-act="${name}"]`)?.click();
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

// After a decision the next open item is at hand; after opening the correction its first field is.
document.body.addEventListener("htmx:afterSwap", (event) => {
  const id = event.detail.target?.id || current?.id;
  const row = id && document.getElementById(id);
  if (!row || !row.classList.contains("review-item")) return;
  if (row.classList.contains("is-edited")) {
    current = row;
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else if (row.dataset.state === "proposed") {
    light(row);
  } else {
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
  else if (mayReview && key === "u") act("reset");
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
const element = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
const points = (text) => [...text].length;

function address(node, offset) {
  const run = element(node)?.closest("[data-start]");
  const block = run?.closest("[data-block]");
  const source = run?.closest("[data-source]");
  if (!run || !block || !source || !paper.contains(run)) return null;
  const before = node.nodeType === Node.TEXT_NODE ? points(node.data.slice(0, offset)) : offset ? points(run.textContent) : 0;
  const number = (value) => (value === undefined ? null : Number(value));
  return {
    source: Number(source.dataset.source),
    block: Number(block.dataset.block),
    row: number(block.dataset.row),
    column: number(block.dataset.column),
    nested: block.dataset.nested ?? "",
    at: Number(run.dataset.start) + before,
  };
}

function marked() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = address(range.startContainer, range.startOffset);
  const end = address(range.endContainer, range.endOffset);
  const same = (key) => start[key] === end[key];
  if (!start || !end || !["source", "block", "row", "column", "nested"].every(same) || end.at <= start.at) return null;
  return { source: start.source, block: start.block, row: start.row, column: start.column, start: start.at, end: end.at, text: selection.toString().trim().slice(0, 500) };
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
light(wanted ?? rows().find((row) => row.dataset.state === "proposed") ?? rows()[0], { focus: Boolean(wanted) });
