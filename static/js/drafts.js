// Drafts of cells lie in this browser, one for each person and cell, until they are saved. Here they
// go: all of a browser's at log-out, and those that nobody has come back to for two weeks.
(() => {
  "use strict";
  const PREFIX = "utkast:";
  const TWO_WEEKS = 14 * 24 * 60 * 60 * 1000;

  const drop = (isOver) => {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      if (isOver(key)) localStorage.removeItem(key);
    }
  };

  document.getElementById("logout-form")?.addEventListener("submit", () => drop(() => true));
  drop((key) => {
    try {
      return !(Date.now() - JSON.parse(localStorage.getItem(key)).at < TWO_WEEKS);
    } catch {
      return true;
    }
  });
})();
