/* Copying a requirement, as plain text or with its formatting; without this the text box serves. */
(() => {
  const box = document.querySelector("[data-copy]");
  if (!box || !navigator.clipboard) return;
  box.hidden = false;
  const message = box.querySelector("[role=status]");
  const plain = () => document.getElementById("kopia").value;
  const html = () => document.getElementById("kopia-html").innerHTML;

  async function copy(as) {
    if (as === "text" || !window.ClipboardItem) {
      await navigator.clipboard.writeText(plain());
      return;
    }
    const kinds = { "text/plain": plain(), "text/html": html() };
    const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }

  box.addEventListener("click", async (event) => {
    const as = event.target.dataset.as;
    if (!as) return;
    try {
      await copy(as);
      message.textContent = message.dataset.done;
    } catch {
      message.textContent = message.dataset.failed;
    }
  });
})();
