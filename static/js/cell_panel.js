// The matrix is a table with a link in each cell. This opens what the link leads to beside the table,
// and lets the arrow keys go from cell to cell.
(() => {
  "use strict";
  const table = document.getElementById("matrix");
  const panel = document.getElementById("cell-panel");
  if (!table || !panel) return;
  const body = panel.querySelector(".panel-body");
  const heading = panel.querySelector("h2");
  let opened = null;
  let isStale = false;

  const linkOf = (cell) => cell?.querySelector("[data-cell]");

  let awaited = null;
  const open = async (cell) => {
    const link = linkOf(cell);
    awaited = link;
    const response = await fetch(link.href, { headers: { "X-Panel": "1" }, credentials: "same-origin" })
      .catch(() => null);
    const page = response?.ok && new DOMParser().parseFromString(await response.text(), "text/html");
    const editor = page && page.querySelector(".cell-editor");
    // Another cell has been asked for since.
    if (awaited !== link) return;
    // Who is logged out is led to the log-in by the page itself.
    if (!editor) {
      location.assign(link.href);
      return;
    }
    opened = cell.id;
    isStale = false;
    body.replaceChildren(editor);
    heading.textContent = editor.dataset.title;
    if (!panel.open) panel.showModal();
    (editor.querySelector(".cell-row textarea, [name=pasted]") ?? heading).focus();
    editor.dispatchEvent(new CustomEvent("cell-shown", { bubbles: true }));
  };

  const refresh = async () => {
    const response = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!response?.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById(opened);
    const stale = document.getElementById(opened);
    if (fresh && stale) stale.replaceWith(fresh);
  };

  table.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const cell = event.target.closest("td[id^=cell-]");
    const link = event.target.closest("a");
    if (!cell || event.target.closest("summary") || (link && !link.matches("[data-cell]"))) return;
    if (!link && String(getSelection())) return;
    event.preventDefault();
    open(cell);
  });

  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const cell = event.target.matches("[data-cell]") && event.target.closest("td");
    if (!step || !cell || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = table.tBodies[0].rows[cell.parentElement.sectionRowIndex + step[0]];
    const link = linkOf(row?.cells[cell.cellIndex + step[1]]);
    if (!link) return;
    event.preventDefault();
    link.focus();
    link.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  const leave = async () => {
    if (isStale) await refresh();
    isStale = false;
    body.replaceChildren();
    linkOf(document.getElementById(opened))?.focus();
  };

  panel.querySelector(".close").addEventListener("click", () => panel.close());
  panel.addEventListener("close", () => {
    const editor = body.querySelector(".cell-editor");
    // What is typed is saved first; where that is refused, the panel is there again.
    const isTyped = editor?.querySelector(".cell-status.is-unsaved, .cell-status.is-saving");
    if (isTyped) editor.dispatchEvent(new CustomEvent("cell-left", { bubbles: true }));
    else leave();
  });
  panel.addEventListener("cell-stored", () => {
    isStale = true;
    if (!panel.open) leave();
  });
  panel.addEventListener("cell-refused", () => {
    if (!panel.open) panel.showModal();
  });
})();
