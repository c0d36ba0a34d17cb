/* [data-choose]: many units to tick. Each group says how many of it are ticked, takes all or none, lists of the office tick
   theirs, and typing leaves those whose name fits. Without this script it is an ordinary form. */

function count(group) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const ticked = boxes.filter((box) => box.checked).length;
  const place = group.querySelector("[data-choose-count]");
  if (place) place.textContent = place.dataset.text.replace("{ticked}", ticked).replace("{total}", boxes.length);
  return ticked;
}

function recount(area) {
  const ticked = [...area.querySelectorAll("[data-choose-group]")].reduce((sum, group) => sum + count(group), 0);
  const place = area.querySelector("[data-choose-total]");
  if (place) place.textContent = place.dataset.text.replace("{ticked}", ticked);
}

function tick(boxes, on) {
  for (const box of boxes) box.checked = on;
  boxes[0]?.dispatchEvent(new Event("input", { bubbles: true })); // so that leaving the page warns
}

function narrow(area, words) {
  const wanted = words.trim().toLowerCase();
  for (const group of area.querySelectorAll("[data-choose-group]")) {
    let shown = 0;
    for (const row of group.querySelectorAll("[data-choose-row]")) {
      row.hidden = Boolean(wanted) && !row.textContent.toLowerCase().includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    group.hidden = shown === 0;
    if (wanted && group.matches("details")) group.open = shown > 0;
  }
}

for (const area of document.querySelectorAll("[data-choose]")) {
  area.querySelectorAll("[data-choose-only]").forEach((element) => (element.hidden = false));
  area.addEventListener("change", () => recount(area));
  area.addEventListener("input", (event) => {
    if (event.target.matches("[data-choose-search]")) narrow(area, event.target.value);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-choose-search]")) event.preventDefault();
  });
  area.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose-all], [data-choose-none], [data-choose-units]");
    if (!button) return;
    if ("chooseUnits" in button.dataset) {
      const keys = new Set(button.dataset.chooseUnits.split(","));
      tick([...area.querySelectorAll("input[type=checkbox]")].filter((box) => keys.has(box.value)), true);
    } else {
      const rows = button.closest("[data-choose-group]").querySelectorAll("[data-choose-row]:not([hidden]) input[type=checkbox]");
      tick([...rows], "chooseAll" in button.dataset);
    }
    recount(area);
  });
  recount(area);
}
