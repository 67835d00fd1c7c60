"""Looks for words that a page breaks between two letters, without a hyphen."""

# A soft hyphen shows one where it breaks, so that it parts a word in two. Addresses may break
# anywhere; what only a screen reader meets is on no line.
BROKEN_WORDS = r"""() => {
  const range = document.createRange();
  const topOf = (node, at) => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const boxes = range.getClientRects();
    return boxes.length ? boxes[boxes.length - 1].top : 0;
  };
  const isLower = (node, at, other, to) => topOf(other, to) - topOf(node, at) > 8;
  const isClipped = one => one && one !== document.body
    && (getComputedStyle(one).clipPath !== "none" || isClipped(one.parentElement));
  const isShown = one => one.checkVisibility() && !one.closest("script, style, textarea, select")
    && !isClipped(one);
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    range.selectNodeContents(node);
    if (range.getClientRects().length < 2 || !isShown(node.parentElement)) continue;
    for (const {0: word, index} of node.data.matchAll(/\S+/g)) {
      if (/[@/]/.test(word)) continue;
      for (const part of word.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
        const start = index + part.index, end = start + part[0].length - 1;
        if (isLower(node, start, node, end)) found.push(part[0]);
      }
    }
  }
  for (const {previousSibling: before, nextSibling: after, parentElement} of
       document.querySelectorAll("wbr")) {
    if (before?.nodeType !== 3 || after?.nodeType !== 3 || !isShown(parentElement)) continue;
    const last = before.data.length - 1;
    if (/[\p{L}\p{N}]$/u.test(before.data) && isLower(before, last, after, 0))
      found.push(`${before.data}|${after.data}`);
  }
  return [...new Set(found)];
}"""
