/* Copying the address of a selection; without this the box with the address serves. */
(() => {
  const box = document.querySelector("[data-copy-address]");
  if (!box || !navigator.clipboard) return;
  box.hidden = false;
  const address = document.getElementById("adress");
  const said = box.querySelector("[role=status]");
  box.querySelector("button").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address.value);
      said.textContent = said.dataset.said;
    } catch {
      address.select();
      said.textContent = said.dataset.failed;
    }
  });
})();
