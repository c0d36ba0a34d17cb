// Lists with a keyboard: arrows go from cell to cell, Home and End along the row, with Ctrl to the first and last row.
// Menus close by Escape and by a click elsewhere. All of it works without this file; it is only slower.
"use strict";

(() => {
  const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), select, textarea";

  function cellOf(element) {
    return element.closest ? element.closest("[data-ay-table] th, [data-ay-table] td") : null;
  }

  function focusCell(cell) {
    if (!cell) return;
    const inner = cell.querySelector(FOCUSABLE);
    if (!inner) cell.tabIndex = -1;
    (inner || cell).focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function goal(cell, key, far) {
    const row = cell.parentElement;
    const rows = Array.from(row.closest("table").rows);
    const line = rows.indexOf(row);
    const last = row.cells.length - 1;
    const at = cell.cellIndex;
    const pick = (number, column) => rows[Math.min(Math.max(number, 0), rows.length - 1)].cells[Math.min(column, last)];
    switch (key) {
      case "ArrowDown": return pick(line + 1, at);
      case "ArrowUp": return pick(line - 1, at);
      case "ArrowRight": return row.cells[Math.min(at + 1, last)];
      case "ArrowLeft": return row.cells[Math.max(at - 1, 0)];
      case "Home": return far ? pick(0, 0) : row.cells[0];
      case "End": return far ? pick(rows.length - 1, last) : row.cells[last];
      default: return null;
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const table = event.target.closest ? event.target.closest("[data-ay-table]") : null;
    if (event.key === "Escape") {
      const open = event.target.closest ? event.target.closest("details.ay-drop[open]") : null;
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      return;
    }
    if (!table) return;
    if (event.target === table) {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        focusCell(table.querySelector("tbody th, tbody td"));
      }
      return;
    }
    const cell = cellOf(event.target);
    const next = cell && goal(cell, event.key, event.ctrlKey);
    if (next) {
      event.preventDefault();
      focusCell(next);
    }
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.ay-drop[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-ay-tick-all]")) return;
    event.target.closest("table").querySelectorAll("[data-ay-tick]").forEach((box) => {
      box.checked = event.target.checked;
    });
  });
})();
