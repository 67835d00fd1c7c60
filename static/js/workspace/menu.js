// On a narrow screen the places are folded, so that a page begins with what it is about. Without a
// script they stand open. It runs where the menu has just been read: nothing jumps.
(() => {
  const menu = document.querySelector(".places > details");
  const narrow = matchMedia("(max-width: 48rem)");
  const fold = () => {
    menu.open = !narrow.matches;
  };
  fold();
  narrow.addEventListener("change", fold);
})();
