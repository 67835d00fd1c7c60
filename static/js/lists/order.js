// Rows of a list are put in another place by dragging a handle, or by its keys: space lifts the row,
// arrows move it, space puts it down, Esc puts it back. The buttons beside it do without this script.
(() => {
  "use strict";
  const FOCUS = "order:focus";
  const EDGE = 60;
  const table = document.querySelector(".requirement-rows[data-order]");
  const form = document.getElementById(table?.dataset.order ?? "");
  if (!form) return;
  const body = table.tBodies[0];
  const status = document.getElementById("order-status");
  // The row that is lifted, what stood after it before, and whether a pointer holds it.
  let lifted = null;

  const rows = () => [...body.rows];
  const handleOf = (row) => row.querySelector(".handle");
  const say = (name, row) => {
    const values = { code: handleOf(row).dataset.code, place: rows().indexOf(row) + 1, number: body.rows.length };
    status.textContent = status.dataset[name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
  };

  const lift = (row, isPointed) => {
    lifted = { row, before: row.nextElementSibling, isPointed };
    row.classList.add("is-lifted");
    handleOf(row).setAttribute("aria-pressed", "true");
    say("lifted", row);
  };
  const letGo = () => {
    const { row } = lifted;
    lifted = null;
    row.classList.remove("is-lifted");
    handleOf(row).setAttribute("aria-pressed", "false");
    return row;
  };
  const putBack = ({ isLeft = false } = {}) => {
    body.insertBefore(lifted.row, lifted.before);
    const row = letGo();
    say("back", row);
    if (!isLeft) handleOf(row).focus();
  };
  const putDown = () => {
    const isMoved = lifted.before !== lifted.row.nextElementSibling;
    const row = letGo();
    if (!isMoved) return say("back", row);
    const [other, side] = row.previousElementSibling
      ? [row.previousElementSibling, "efter"] : [row.nextElementSibling, "fore"];
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "flytta" });
    field.value = [handleOf(row).dataset.key, side, handleOf(other).dataset.key].join(":");
    form.append(field);
    try { sessionStorage.setItem(FOCUS, row.id); } catch { /* Then the focus is at the top. */ }
    form.requestSubmit();
  };
  const move = (row, step) => {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    body.insertBefore(row, step < 0 ? other : other.nextElementSibling);
    // A row that is moved in the page loses the focus.
    handleOf(row).focus();
    row.scrollIntoView({ block: "nearest" });
    say("moved", row);
  };

  const keys = {
    ArrowUp: () => move(lifted.row, -1),
    ArrowDown: () => move(lifted.row, 1),
    Escape: () => putBack(),
    " ": putDown,
    Enter: putDown,
  };
  body.addEventListener("keydown", (event) => {
    const handle = event.target.closest(".handle");
    if (!handle) return;
    const isLifted = lifted?.row === handle.closest("tr");
    if (isLifted && event.key in keys) keys[event.key]();
    else if (!lifted && (event.key === " " || event.key === "Enter")) lift(handle.closest("tr"), false);
    else return;
    event.preventDefault();
  });
  body.addEventListener("focusout", (event) => {
    // Who goes on without putting it down has not moved it; a row on its way loses the focus to nothing.
    if (lifted && !lifted.isPointed && event.relatedTarget) putBack({ isLeft: true });
  });

  body.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".handle");
    if (!handle || event.button !== 0 || lifted) return;
    // The row itself is moved in the page, which would let the pointer go.
    body.setPointerCapture(event.pointerId);
    lift(handle.closest("tr"), true);
  });
  body.addEventListener("pointermove", (event) => {
    if (!lifted?.isPointed) return;
    if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
    const over = rows().find((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    if (!over || over === lifted.row) return;
    const isBelow = lifted.row.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    body.insertBefore(lifted.row, isBelow ? over.nextElementSibling : over);
  });
  body.addEventListener("pointerup", () => lifted?.isPointed && putDown());
  body.addEventListener("pointercancel", () => lifted?.isPointed && putBack());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && lifted?.isPointed) putBack();
  });

  for (const handle of body.querySelectorAll(".handle")) handle.hidden = body.rows.length < 2;
  // After the browser has gone to the row, which takes the focus away.
  addEventListener("load", () => setTimeout(() => {
    try {
      const row = document.getElementById(sessionStorage.getItem(FOCUS) ?? "");
      sessionStorage.removeItem(FOCUS);
      if (!row || !body.contains(row)) return;
      handleOf(row).focus();
      say("down", row);
    } catch { /* Nothing was kept. */ }
  }));
})();
