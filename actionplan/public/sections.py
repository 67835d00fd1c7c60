"""A long list, cut into pages that a person reads. Pure."""

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
        size = per_page or PER_PAGE
        said, pages = query.get(PARAMETER, ""), max(1, -(-len(rows) // size))
        is_number = said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS
        number = min(max(int(said), 1), pages) if is_number else 1
        return cls(rows[(number - 1) * size : number * size], number, pages)

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


def _query(number: int) -> str:
    return f"{PARAMETER}={number}" if number > 1 else ""
