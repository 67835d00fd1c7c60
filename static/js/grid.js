// The grid is a plain form. This only adds what a keyboard user misses from a spreadsheet:
// Ctrl + arrows over the cells, Ctrl + S, the whole of a box that is tabbed to, and the place one was
// at when one saved.
(() => {
  "use strict";
  const form = document.getElementById("grid-form");
  // Who only reads has no button to save with, and then no key either.
  const save = form?.querySelector("[name=_save]");
  if (!save) return;

  const cellOf = (element) => element.closest("td[id^=cell-]");

  const move = (from, rows, columns) => {
    const row = from.parentElement;
    const body = row.parentElement;
    const target = body.rows[row.sectionRowIndex + rows]?.cells[from.cellIndex + columns];
    const box = target?.querySelector("textarea, select");
    if (!box) return false;
    box.focus();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  };

  const arrows = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };

  form.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.altKey || event.shiftKey) return;
    const cell = cellOf(event.target);
    const step = arrows[event.key];
    if (cell && step && move(cell, ...step)) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(save);
    }
  });

  // A browser shows the caret of a box it tabs to; the rest may still lie under the save bar.
  form.addEventListener("keyup", (event) => {
    if (event.key === "Tab" && cellOf(event.target)) {
      event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });

  form.addEventListener("input", (event) => {
    const cell = cellOf(event.target);
    if (cell) cell.classList.add("is-touched");
  });

  // Saving leads to the page anew: to the box one was in, where it stood.
  const place = `place:${location.pathname}`;
  const scroller = form.querySelector(".grid-scroll");
  let box = null;
  let cell = null;
  form.addEventListener("focusin", (event) => {
    if (event.target === save) return;
    box = event.target.name;
    cell = cellOf(event.target)?.id;
  });
  form.addEventListener("submit", () => {
    const at = [scrollX, scrollY, scroller.scrollLeft, scroller.scrollTop];
    sessionStorage.setItem(place, JSON.stringify({ box, cell, at }));
  });
  const left = JSON.parse(sessionStorage.getItem(place));
  sessionStorage.removeItem(place);
  // After a refused save the page leads to what is wrong.
  const fault = document.querySelector(".errornote a");
  if (left && fault) addEventListener("load", () => fault.focus());
  if (left && !document.querySelector(".errornote")) {
    // Once loaded, a browser has gone to the cell that the address names.
    addEventListener("load", () => {
      const [x, y, across, down] = left.at;
      // The choice between two texts is there no more once it is made.
      const same = form.elements[left.box] ?? document.getElementById(left.cell)?.querySelector("textarea");
      same?.focus({ preventScroll: true });
      scroller.scrollTo({ left: across, top: down, behavior: "instant" });
      scrollTo({ left: x, top: y, behavior: "instant" });
    });
  }
})();
