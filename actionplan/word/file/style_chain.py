"""The styles of a document: what a style says, or else the one that it is based on."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from actionplan.word.file.archive import W

OFF: Final = ("0", "false", "off")
# Word itself stops at far fewer; a forged chain must not be walked for every paragraph.
LONGEST_CHAIN: Final = 30

RAISED: Final = "superscript"


def is_on(mark: etree._Element) -> bool:
    """Tell whether a property is switched on: it is there, and does not say no."""
    return mark.get(W + "val") not in OFF


def value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(W + "val", "")


class StyleChain:
    """Looks things up in the styles by id, the style itself before those it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next(
            (style.get(W + "styleId", "") for style in styles if _is_default(style)), ""
        )
        # Asked for every paragraph, and the same for all of a style.
        self._toggles: dict[tuple[str, str], bool] = {}
        self._numberings: dict[str, tuple[str, str, str]] = {}
        self._named: dict[tuple[str, str], bool] = {}
        self._aloft: dict[str, bool] = {}

    def style_of(self, paragraph: etree._Element) -> str:
        """Return the id of a paragraph's style, which may be the document's default."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default

    def name(self, style: str) -> str:
        """Return what Word calls a style; it translates the id, not a built-in style's name."""
        element = self._styles.get(style)
        return style if element is None else value(element.find(W + "name")) or style

    def is_named(self, style: str, form: re.Pattern[str]) -> bool:
        """Tell whether a style or one that it is based on has such a name."""
        key = (style, form.pattern)
        if key not in self._named:
            names = [value(based.find(W + "name")) for based in self._chain(style)]
            self._named[key] = any(map(form.match, [self.name(style), *names]))
        return self._named[key]

    def has(self, style: str, toggle: str) -> bool:
        """Tell whether the style switches on a property of its text, such as "vanish"."""
        key = (style, toggle)
        if key not in self._toggles:
            marks = (s.find(f"{W}rPr/{W}{toggle}") for s in self._chain(style))
            first = next((mark for mark in marks if mark is not None), None)
            self._toggles[key] = first is not None and is_on(first)
        return self._toggles[key]

    def run_has(self, properties: etree._Element | None, style: str, toggle: str) -> bool:
        """Tell whether text in a paragraph of this style has a property: its own word goes first.

        Where both the paragraph's and the characters' style switch it on, Word switches it off.
        """
        if properties is not None and (mark := properties.find(W + toggle)) is not None:
            return is_on(mark)
        own = "" if properties is None else value(properties.find(W + "rStyle"))
        return self.has(style, toggle) != self.has(own, toggle)

    def is_raised(self, properties: etree._Element | None, style: str) -> bool:
        """Tell whether text stands above the line: as it says itself, or its styles."""
        if properties is None:
            return self._raised(style)
        if (own := properties.find(W + "vertAlign")) is not None:
            return value(own) == RAISED
        return self._raised(value(properties.find(W + "rStyle"))) or self._raised(style)

    def _raised(self, style: str) -> bool:
        if style not in self._aloft:
            marks = (s.find(f"{W}rPr/{W}vertAlign") for s in self._chain(style))
            first = next((mark for mark in marks if mark is not None), None)
            self._aloft[style] = value(first) == RAISED
        return self._aloft[style]

    def numbering(self, style: str) -> tuple[str, str, str]:
        """Return the list and level that a style gives its paragraphs, and which style says so."""
        if style not in self._numberings:
            self._numberings[style] = self._numbering(style)
        return self._numberings[style]

    def _numbering(self, style: str) -> tuple[str, str, str]:
        number = level = numbered_style = ""
        for based in self._chain(style):
            properties = based.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            level = level or value(properties.find(W + "ilvl"))
            if number := value(properties.find(W + "numId")):
                numbered_style = based.get(W + "styleId", "")
                break
        return number, level, numbered_style

    def _chain(self, style: str) -> Iterator[etree._Element]:
        for _ in range(LONGEST_CHAIN):
            if (element := self._styles.get(style)) is None:
                return
            yield element
            style = value(element.find(W + "basedOn"))


def _is_default(style: etree._Element) -> bool:
    is_marked = style.get(W + "default") not in (None, *OFF)
    return is_marked and style.get(W + "type") == "paragraph"
