/* What is ticked and filled in goes along with a search and with every link to a public page; what
   is ticked alone, where an address has no room for both. The head of the page counts it. */
(() => {
  const form = document.querySelector("[data-carry]");
  if (!form) return;
  const names = ["paket", "version", "krav", "namn", "dnr", "med", "utan", "summa", "varde"];
  const page = /^\/(kravpaket\/|sok\/|urval\/|uppfoljning\/|om\/|tillganglighet\/|integritet\/|$)/;
  const noPage = /\/(ladda-ner|flode)\//;
  const isCarried = (name) => names.includes(name) || /^[fe]\./.test(name);
  const isShort = ([name]) => !/^[fe]\./.test(name);
  const fits = (pairs) => new URLSearchParams(pairs).toString().length <= Number(form.dataset.carry);
  const carried = () =>
    [...new FormData(form)].filter(([name, value]) => isCarried(name) && value !== "");

  // On the page of a package the version is that of the page; elsewhere it has to be told.
  function told(pairs) {
    const first = pairs.findIndex(([name]) => name === "paket");
    const own = first < 0 ? pairs : pairs.slice(0, first);
    if (!form.dataset.package || !own.some(([name]) => name === "krav")) return pairs;
    return [["paket", form.dataset.package], ["version", form.dataset.version], ...pairs];
  }

  const along = (others, tell = told) =>
    [carried(), carried().filter(isShort)].map((pairs) => [...others, ...tell(pairs)]).find(fits);

  document.addEventListener("submit", (event) => {
    const search = event.target;
    if (!search.matches("form.search")) return;
    for (const field of search.querySelectorAll("[type=hidden]")) {
      if (isCarried(field.name)) field.remove();
    }
    for (const [name, value] of along([]) ?? []) {
      search.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  });

  function take(link) {
    const to = new URL(link.href);
    const isElsewhere = to.origin !== location.origin || !page.test(to.pathname);
    if (isElsewhere || noPage.test(to.pathname) || link.hash && to.pathname === location.pathname) return;
    const others = [...to.searchParams].filter(([name]) => !isCarried(name));
    const pairs = link.matches("[data-keep]") ? along(others, (own) => own) : along(others);
    if (!pairs) return;
    to.search = new URLSearchParams(pairs);
    link.href = to;
  }

  // Also what opens in a new tab by the middle button.
  for (const kind of ["click", "auxclick"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.("a[href]");
      // Those of the selection's own notices say what they do.
      if (link && !link.closest(".notice, [hreflang]")) take(link);
    });
  }

  const head = document.querySelector("template[data-selection-head]");
  form.addEventListener("change", (event) => {
    if (event.target.name !== "krav") return;
    const count = carried().filter(([name]) => name === "krav").length;
    let shown = document.querySelector(".site-head .selection-count");
    if (!shown && head) {
      document.querySelector(".site-head nav ul").append(head.content.cloneNode(true));
      shown = document.querySelector(".site-head .selection-count");
    }
    if (!shown) return;
    shown.hidden = count === 0;
    shown.querySelector("[data-selection-count]").textContent = count;
  });
})();
