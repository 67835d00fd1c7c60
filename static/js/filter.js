/* Filtering without loading the page again; without this the form's own button does it. */
(() => {
  const form = document.querySelector("[data-filter]");
  if (!form) return;
  let latest = 0;
  let waiting;
  let part = new URLSearchParams(location.search).get("sida") ?? "";

  function address() {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    if (part) pairs.push(["sida", part]);
    return `${form.action}?${new URLSearchParams(pairs)}`;
  }

  function tell() {
    const own = [...form.querySelectorAll("[name=krav]:is(:checked, [type=hidden])")];
    const here = own.filter((field) => !field.closest("[data-others]")).map((field) => field.value);
    form.querySelector("[data-count]").textContent = new Set(here).size;
  }

  async function filter() {
    const request = ++latest;
    const to = address();
    const answer = await fetch(to);
    if (request !== latest || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("krav-lista").replaceWith(page.getElementById("krav-lista"));
    // The elements stay, so that a screen reader tells their new words.
    for (const id of ["krav-antal", "krav-valda"]) {
      const element = document.getElementById(id);
      const now = page.getElementById(id);
      if (element.textContent.trim() !== now.textContent.trim()) element.replaceChildren(...now.childNodes);
    }
    history.replaceState(null, "", to);
    return true;
  }

  // What another filter finds begins with its first page.
  function anew(delay) {
    part = "";
    later(delay);
  }

  async function turn(number) {
    part = number;
    if (!(await filter())) return;
    const list = document.getElementById("krav-lista");
    list.scrollIntoView();
    list.querySelector("[type=checkbox]")?.focus({ preventScroll: true });
  }

  function later(delay) {
    clearTimeout(waiting);
    // A failed request leaves the page as it is; the button still works.
    waiting = setTimeout(() => filter().catch(() => {}), delay);
  }

  // The other language is asked for by a link that knows only what stood here when the page came.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[hreflang]");
    if (link) link.href = `${address()}&sprak=${link.hreflang}`;
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "krav") {
      tell();
      history.replaceState(null, "", address());
    } else anew(0);
  });
  form.addEventListener("input", (event) => {
    if (event.target.type === "search") anew(300);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (event.submitter?.name === "sida") return void turn(event.submitter.value).catch(() => {});
    if (event.submitter?.name === "visa-alla") {
      for (const field of form.querySelectorAll("select, [type=search]")) field.value = "";
    }
    anew(0);
  });
})();
