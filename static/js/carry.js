/* What is ticked and filled in goes along with a search and with the links that keep it; what is
   ticked alone, where an address has no room for both. */
(() => {
  const form = document.querySelector("[data-carry]");
  if (!form) return;
  const isCarried = (name) => ["krav", "namn"].includes(name) || name.startsWith("f.");
  const carried = () =>
    [...new FormData(form)].filter(([name, value]) => isCarried(name) && value !== "");
  const isShort = ([name]) => !name.startsWith("f.");
  const fits = (pairs) => new URLSearchParams(pairs).toString().length <= Number(form.dataset.carry);
  const along = (others) =>
    [carried(), carried().filter(isShort)].map((pairs) => [...others, ...pairs]).find(fits);

  document.addEventListener("submit", (event) => {
    const search = event.target;
    if (!search.matches("form.search")) return;
    for (const field of search.querySelectorAll("[type=hidden]")) {
      if (isCarried(field.name) || ["paket", "version"].includes(field.name)) field.remove();
    }
    if (!carried().length) return;
    const pairs = along([
      ["paket", form.dataset.package],
      ["version", form.dataset.version],
    ]);
    for (const [name, value] of pairs ?? []) {
      search.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  });

  // Also what opens in a new tab by the middle button.
  for (const kind of ["click", "auxclick"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.("a[data-keep]");
      if (!link) return;
      const to = new URL(link.href);
      const pairs = along([...to.searchParams].filter(([name]) => !isCarried(name)));
      if (!pairs) return;
      to.search = new URLSearchParams(pairs);
      link.href = to;
    });
  }
})();
