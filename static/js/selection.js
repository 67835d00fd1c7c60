/* The address of a selection holds what is typed at that moment, as long as it fits; without this
   the button that updates the texts brings it up to date. */
(() => {
  const form = document.querySelector("form.selection");
  if (!form) return;
  const address = document.getElementById("adress");
  const room = document.querySelector("[data-room] span");
  const tooLong = document.querySelector("[data-too-long]");
  const most = Number(form.dataset.carry);
  let waiting;
  let kept = 0;

  // Field by field: two packages may have a requirement of the same code, and the same place in it.
  const isSent = (field) => field.name && (field.type !== "checkbox" || field.checked);
  const isGiven = (field) => field.value !== "" && field.dataset.default !== field.value;

  function query() {
    const fields = [...form.elements].filter((field) => field.type !== "submit" && isSent(field));
    const pairs = fields.filter(isGiven).map((field) => [field.name, field.value]);
    return new URLSearchParams(pairs).toString();
  }

  function show() {
    const current = query();
    const isLong = current.length > most;
    const to = `${form.action}?${current}`;
    address.value = isLong ? "" : to;
    room.textContent = current.length;
    const words = isLong ? tooLong.dataset.tooLong : "";
    if (tooLong.textContent.trim() !== words) tooLong.textContent = words;
    return isLong ? null : to;
  }

  // Leaving and coming back finds what was typed: in the address, or beside it where that is full.
  function keep() {
    clearTimeout(waiting);
    kept = Date.now();
    const to = show();
    const fields = to ? null : places().map((field) => field.value);
    history.replaceState(fields ? { fields } : null, "", to ?? location.href);
  }

  const places = () => [...form.elements].filter((field) => /^[fe]\./.test(field.name));
  const isTyped = () =>
    [...form.elements].some((field) => field.type === "text" && field.value !== field.defaultValue);

  for (const [at, value] of (history.state?.fields ?? []).entries()) {
    const field = places()[at];
    if (field) field.value = value;
  }
  if (isTyped()) keep();

  form.addEventListener("input", () => {
    show();
    clearTimeout(waiting);
    // At once, but a browser takes only so many new addresses in a while.
    const rest = kept + 400 - Date.now();
    if (rest <= 0) keep();
    else waiting = setTimeout(keep, rest);
  });
  window.addEventListener("pagehide", () => { if (isTyped()) keep(); });
  window.addEventListener("pageshow", () => { if (isTyped()) keep(); });

  // The other language is asked for by a link that knows only what stood here when the page came.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[hreflang]");
    if (!link || !isTyped()) return;
    event.preventDefault();
    const sender = Object.assign(document.createElement("button"), { hidden: true });
    sender.formAction = `?sprak=${link.hreflang}`;
    form.append(sender);
    form.requestSubmit(sender);
    sender.remove();
  });

  const box = document.querySelector("[data-copy-address]");
  if (!navigator.clipboard) return;
  box.hidden = false;
  const copyMessage = box.querySelector("[role=status]");
  box.querySelector("button").addEventListener("click", async () => {
    if (isTyped()) keep();
    if (!address.value) {
      copyMessage.textContent = tooLong.dataset.tooLong;
      return;
    }
    try {
      await navigator.clipboard.writeText(address.value);
      copyMessage.textContent = copyMessage.dataset.done;
    } catch {
      address.select();
      copyMessage.textContent = copyMessage.dataset.failed;
    }
  });
})();
