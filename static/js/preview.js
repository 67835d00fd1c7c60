// Beside the form of a requirement: what is typed, as buyers will read it. Nothing is stored by it.
(() => {
  "use strict";
  const aside = document.querySelector("[data-preview]");
  const form = document.querySelector("#requirement_form");
  if (!aside || !form) return;
  const part = aside.querySelector("[data-part]");
  const stopped = aside.querySelector("[data-stopped]");
  const PAUSE = 600;
  let waiting = 0;
  let underWay = null;

  const show = async () => {
    underWay?.abort();
    underWay = new AbortController();
    try {
      const answer = await fetch(aside.dataset.preview, {
        method: "POST",
        body: new FormData(form),
        signal: underWay.signal,
        redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      part.replaceChildren(...page.body.childNodes);
      stopped.hidden = true;
      aside.hidden = false;
    } catch (error) {
      // One that a newer one has taken the place of is no failure.
      if (error.name !== "AbortError") stopped.hidden = false;
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  };

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  show();
})();
