/* The tree of units by mouse and keyboard (WAI-ARIA tree view): arrows, Home, End, Enter, letters. Children come from the server
   when a row is opened for the first time. And the suggestions of fields that want a unit. */
const items = (tree) => [...tree.querySelectorAll('[role="treeitem"]')].filter((item) => !item.closest("ul[hidden]"));
const group = (item) => item.querySelector(':scope > ul[role="group"]');

function open(item, wanted) {
  if (!item.hasAttribute("aria-expanded")) return;
  item.setAttribute("aria-expanded", String(wanted));
  const below = group(item);
  below.hidden = !wanted;
  if (wanted) below.dispatchEvent(new CustomEvent("expand"));
}

function focus(tree, item) {
  if (!item) return;
  tree.querySelectorAll('[role="treeitem"][tabindex="0"]').forEach((other) => other.setAttribute("tabindex", "-1"));
  item.setAttribute("tabindex", "0");
  item.focus();
}

function act(tree, item, key) {
  const all = items(tree);
  const here = all.indexOf(item);
  const isOpen = item.getAttribute("aria-expanded") === "true";
  if (key === "ArrowDown") focus(tree, all[here + 1]);
  else if (key === "ArrowUp") focus(tree, all[here - 1]);
  else if (key === "Home") focus(tree, all[0]);
  else if (key === "End") focus(tree, all[all.length - 1]);
  else if (key === "ArrowRight") isOpen ? focus(tree, group(item).querySelector('[role="treeitem"]')) : open(item, true);
  else if (key === "ArrowLeft") isOpen ? open(item, false) : focus(tree, item.parentElement.closest('[role="treeitem"]'));
  else if (key === "Enter" || key === " ") {
    const link = item.querySelector(":scope > .orgs-row a");
    link ? link.click() : item.dispatchEvent(new CustomEvent("expand"));
  } else if (key.length === 1 && key.trim()) {
    const after = [...all.slice(here + 1), ...all.slice(0, here + 1)];
    focus(tree, after.find((other) => (other.getAttribute("aria-label") || "").startsWith(key)));
  } else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  const item = event.target instanceof Element && event.target.matches('[role="treeitem"]') ? event.target : null;
  const tree = item && item.closest("[data-orgs-tree]");
  if (tree && !event.ctrlKey && !event.altKey && !event.metaKey && act(tree, item, event.key)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const toggle = event.target instanceof Element && event.target.closest("button.orgs-toggle");
  if (!toggle) return;
  const item = toggle.closest('[role="treeitem"]');
  open(item, item.getAttribute("aria-expanded") !== "true");
});

function begin(root) {
  root.querySelectorAll("[data-orgs-tree]").forEach((tree) => {
    if (!tree.querySelector('[role="treeitem"][tabindex="0"]')) tree.querySelector('[role="treeitem"]')?.setAttribute("tabindex", "0");
  });
}
begin(document);
document.body.addEventListener("htmx:load", (event) => {
  begin(event.target);
  const tree = event.target.closest && event.target.closest("[data-orgs-tree]");
  if (tree) begin(tree.parentElement);
});

let waiting = 0;
document.addEventListener("input", (event) => {
  const field = event.target;
  const list = field instanceof Element && field.matches("[data-unit-field]") && document.querySelector("[data-unit-options]");
  if (!list) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const answer = await fetch(`${list.dataset.unitOptions}?q=${encodeURIComponent(field.value)}`, { headers: { "HX-Request": "true" } });
    if (answer.ok) list.innerHTML = await answer.text();
  }, 250);
});
