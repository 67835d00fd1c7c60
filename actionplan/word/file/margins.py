"""Headers and footers: which of them Word shows, and what they say that the plan does not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from actionplan.text import clean, fold
from actionplan.word.document import ProblemKind
from actionplan.word.file.archive import W, WordArchive
from actionplan.word.file.style_chain import is_on
from actionplan.word.file.visible import OmittedPart

REFERENCES: Final = {
    W + "headerReference": ProblemKind.HEADER_NOT_READ,
    W + "footerReference": ProblemKind.FOOTER_NOT_READ,
}
KEY: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# The properties that a section had before somebody changed them.
FORMER: Final = W + "sectPrChange"
FIRST, EVEN = "first", "even"

PART: Final = re.compile(r"[\t\n|]+|\s{3,}")
NUMBER: Final = r"(?:\d{1,3}|[ivxl]{1,6})"
TOTAL: Final = rf"(?:\s*(?:av|of|/|\()\s*{NUMBER}?\s*\)?)?"
NAMED_PAGE: Final = rf"\b(?:sid(?:a|an|nr)?\b|page\b|s\.)[.:]?\s*{NUMBER}?{TOTAL}"
PAGE: Final = re.compile(rf"[-–—\s]*(?:{NAMED_PAGE}|{NUMBER}?{TOTAL})[-–—\s]*")
PAGE_AT_AN_END: Final = re.compile(rf"^{NAMED_PAGE}(?!\w)|(?<!\w){NAMED_PAGE}\s*$")
# What our own files say of themselves at the foot of their pages.
VERSION: Final = re.compile(r",\s*version \d+, (?:publicerad|published) \d{4}-\d\d-\d\d$")
COUNT: Final = re.compile(r"\d{1,3}(?:-\d{1,3})?")
DASH: Final = re.compile("[–—−/]")
# What the title of any plan is made of.
TITLE: Final = (
    "handlingsplan handlingsplanen plan för och av i inom med hållbar upphandling prioriterad"
    " inköpskategori inköpskategorin kategori kategorin upphandlingsregion region samordnare"
)
TITLE_WORDS: Final = frozenset(TITLE.split())


@dataclass(frozen=True, slots=True)
class Margin:
    """One paragraph of a header or a footer; `what` tells which."""

    what: ProblemKind
    text: str
    left_out: tuple[OmittedPart, ...] = ()


def visible_margins(package: WordArchive) -> Iterator[tuple[ProblemKind, etree._Element]]:
    """Yield each header and footer that stands on a page, once."""
    settings = package.related.get("settings")
    even = None if settings is None else settings.find(W + "evenAndOddHeaders")
    has_even = even is not None and is_on(even)
    inherited: dict[tuple[str, str], str] = {}
    seen: set[str] = set()
    for section in package.document.iter(W + "sectPr"):
        if section.getparent().tag == FORMER:
            continue
        first = section.find(W + "titlePg")
        hidden = {FIRST} if first is None or not is_on(first) else set()
        hidden |= set() if has_even else {EVEN}
        for reference in section.iterchildren(*REFERENCES):
            kind = reference.get(W + "type", "default")
            inherited[reference.tag, kind] = reference.get(KEY, "")
        for (tag, kind), key in inherited.items():
            if kind not in hidden and key not in seen and key in package.margins:
                seen.add(key)
                yield REFERENCES[tag], package.margins[key]


def untold(
    margins: Iterable[Margin], plan_words: Iterable[str], facts: Iterable[str]
) -> Iterator[tuple[ProblemKind, str]]:
    """Yield what margins say, once each, but for page numbers and what the plan says itself.

    `said` are the paragraphs of the document, `facts` what it says of itself at its beginning.
    """
    known = set(map(fold, plan_words))
    names = TITLE_WORDS.union(*map(_tokens, facts))
    sentences: dict[tuple[ProblemKind, str], None] = {}
    for margin in margins:
        parts = (clean(part) for part in PART.split(margin.text))
        words = " | ".join(part for part in parts if not _is_repeated(part, known, names))
        sentences |= dict.fromkeys([(margin.what, words)] if words else [])
        for omitted in margin.left_out:
            # The words of a watermark are drawn; who reads the header sees no difference.
            is_drawn = omitted.what == ProblemKind.TEXT_NOT_UNDERSTOOD
            sentences[margin.what if is_drawn else omitted.what, omitted.words] = None
    yield from sentences


def _is_repeated(part: str, known: set[str], names: frozenset[str]) -> bool:
    """Tell whether a part is a number of the page, or says what the plan says, or both."""
    folded = fold(part)
    if PAGE.fullmatch(folded):
        return True
    words = VERSION.sub("", PAGE_AT_AN_END.sub("", folded).strip(" ,;·-–—"))
    if words in known:
        return True
    tokens = [token for token in _tokens(words) if not COUNT.fullmatch(token)]
    return any(any(map(str.isalpha, token)) for token in tokens) and names.issuperset(tokens)


def _tokens(text: str) -> list[str]:
    """Return the words of a text without the signs around them; years with one kind of dash."""
    return [w for word in DASH.sub("-", fold(text)).split() if (w := word.strip('().,:;-·”“"'))]
