/* A package stood on one page once: an address of then names its part behind the #, and leads on. */
(() => {
  const tab = (part) => document.querySelector(`.tabs [data-part="${part}"]`);
  const id = location.hash.slice(1);
  if (!id || document.getElementById(id)) return;
  const area = /^o(\d+)(-|$)/.exec(id);
  const part = area || ["risker", "tackning"].includes(id) ? "risks" : /^(del)?mal(-|$)/.test(id) ? "goals" : "requirements";
  const link = tab(part);
  if (!link || link.hasAttribute("aria-current") || (part === "requirements" && id !== "krav")) return;
  const to = new URL(link.href);
  if (area) to.pathname += `${area[1]}/`;
  to.hash = id;
  location.replace(to);
})();
