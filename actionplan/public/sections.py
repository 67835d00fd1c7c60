"""A long list, cut into pages that a person reads. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.http import QueryDict

PER_PAGE: Final = 30
PARAMETER: Final = "sida"
MOST_DIGITS: Final = 4
Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class ListSection(Generic[Listed]):
    """What stands on one page of a list."""

    rows: tuple[Listed, ...]
    # Counted from 1.
    number: int
    pages: int

    @classmethod
    def of(
        cls, rows: tuple[Listed, ...], query: QueryDict, per_page: int | None = None
    ) -> "ListSection[Listed]":
        """Read the page from an address; one that does not exist is the nearest that does."""
        return cls.at(rows, page_number(query.get(PARAMETER, "")), per_page)

    @classmethod
    def at(
        cls, rows: Sequence[Listed], number: int, per_page: int | None = None
    ) -> "ListSection[Listed]":
        """Return the page of a number, or the nearest that there is."""
        size = per_page or PER_PAGE
        pages = max(1, -(-len(rows) // size))
        at = min(max(number, 1), pages)
        return cls(tuple(rows[(at - 1) * size : at * size]), at, pages)

    @property
    def query(self) -> str:
        """What an address says for this page; nothing for the first."""
        return _query(self.number)

    @property
    def before(self) -> str:
        """What an address says for the page before."""
        return _query(self.number - 1)

    @property
    def after(self) -> str:
        """What an address says for the next page."""
        return _query(self.number + 1)


def page_number(text: str) -> int:
    """Return the number of the page that an address names; of anything else the first."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return max(int(text), 1) if is_number else 1


def _query(number: int) -> str:
    return f"{PARAMETER}={number}" if number > 1 else ""
