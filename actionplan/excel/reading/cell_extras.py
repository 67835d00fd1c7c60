"""What a cell says beyond what it shows: where its link leads, and the message beside it. Pure.

Excel tells both as soon as somebody points at the cell; neither is part of its value.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from actionplan import text
from actionplan.excel.reading.book import unescaped
from actionplan.excel.reading.bounds import ADDRESS
from actionplan.excel.reading.runs import TRUE
from actionplan.excel.reading.sheet_extras import (
    MOST_BESIDE,
    SheetExtra,
    SheetExtraKind,
    shortened,
)

# The address in =HYPERLINK("https://…","words").
FORMULA: Final = re.compile(r'\s*HYPERLINK\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)


class LinksAndMessages:
    """The links of a sheet's cells, and the messages that Excel shows when one is chosen."""

    def __init__(self) -> None:
        # By the first cell of each: the relation that tells where the link leads, and its place.
        self._links: list[tuple[str, str, str]] = []
        self._messages: list[SheetExtra] = []
        self._message = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take in an element of the sheet, by its local name."""
        if name == "hyperlink":
            relation = next((attributes[key] for key in attributes if key.endswith(":id")), "")
            place = attributes.get("location", "")
            self._link(attributes.get("ref", ""), relation, f"#{place}" if place else "")
        elif name == "dataValidation":
            is_visible = attributes.get("showInputMessage", "0").casefold() in TRUE
            prompts = [attributes.get(key, "").strip() for key in ("promptTitle", "prompt")]
            message = unescaped(": ".join(filter(None, prompts))) if is_visible else ""
            self._message = " ".join(message.split())
            self.placed(attributes.get("sqref", ""))

    def placed(self, cells: str) -> None:
        """Take in the cells that the last message stands beside; newer ones name them inside."""
        address = _first(cells)
        if self._message and address and len(self._messages) < MOST_BESIDE:
            words = shortened(self._message)
            self._messages.append(SheetExtra(SheetExtraKind.MESSAGE, address, words))
            self._message = ""

    def formula(self, address: str, formula: str) -> None:
        """Take in a formula, which may be a link."""
        if match := FORMULA.match(formula):
            self._link(address, "", match[1].replace('""', '"'))

    def _link(self, cells: str, relation: str, place: str) -> None:
        address = _first(cells)
        if address and len(self._links) < MOST_BESIDE:
            self._links.append((address, relation, place))

    def extras(
        self, outside: Mapping[str, str], text_at: Callable[[str], str]
    ) -> Iterator[SheetExtra]:
        """Yield the messages, and the links whose address their cells do not show.

        Args:
            outside: where relations lead, by identity.
            shown: gives what a cell shows.
        """
        yield from self._messages
        for address, relation, place in self._links:
            leads = (outside.get(relation, "") + place).strip()
            if leads and not text.says_address(text_at(address), leads):
                yield SheetExtra(SheetExtraKind.LINK, address, shortened(leads.removeprefix("#")))


def _first(cells: str) -> str:
    """Return the first cell of a range, or of several."""
    address = cells.strip().partition(" ")[0].partition(":")[0].replace("$", "")
    return address if ADDRESS.fullmatch(address) else ""
