/* What is ticked and filled in goes along with a search and with the links that keep it. */
(() => {
  const form = document.querySelector("[data-carry]");
  if (!form) return;
  const isCarried = (name) => name === "krav" || name.startsWith("f.");
  const carried = () =>
    [...new FormData(form)].filter(([name, value]) => isCarried(name) && value !== "");
  const fits = (pairs) => new URLSearchParams(pairs).toString().length <= Number(form.dataset.carry);

  document.addEventListener("submit", (event) => {
    const search = event.target;
    if (!search.matches("form.search")) return;
    for (const field of search.querySelectorAll("[type=hidden]")) {
      if (isCarried(field.name) || ["paket", "version"].includes(field.name)) field.remove();
    }
    const pairs = [
      ["paket", form.dataset.package],
      ["version", form.dataset.version],
      ...carried(),
    ];
    if (!carried().length || !fits(pairs)) return;
    for (const [name, value] of pairs) {
      search.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  });

  // Also what opens in a new tab by the middle button.
  for (const kind of ["click", "auxclick"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.("a[data-keep]");
      if (!link) return;
      const to = new URL(link.href);
      const others = [...to.searchParams].filter(([name]) => !isCarried(name));
      const pairs = [...others, ...carried()];
      if (!fits(pairs)) return;
      to.search = new URLSearchParams(pairs);
      link.href = to;
    });
  }
})();
