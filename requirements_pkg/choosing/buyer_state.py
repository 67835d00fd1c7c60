"""What a buyer has filtered by, ticked and filled in on a package's page. Pure."""

from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from actionplan.public.sections import PARAMETER, page_number
from actionplan.text import clean
from requirements_pkg.choosing.buyer_name import LONGEST
from requirements_pkg.choosing.filters import RequirementFilters
from requirements_pkg.choosing.selection import LONGEST_QUERY
from requirements_pkg.document.facts import Choices
from requirements_pkg.document.fill_in import LONGEST_VALUE

# As many as a form may hold: none that was filled in is left out.
MOST_VALUES: Final = 10_000


class Query(Protocol):
    """The part of an address behind its question mark, as Django reads it."""

    def getlist(self, key: str) -> list[str]: ...

    # Of each name the last value: a text, or the empty list where Django was given none.
    def dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class BuyerState:
    """The state of a package's page; it lives in the address and nowhere else."""

    filters: RequirementFilters = field(default_factory=RequirementFilters)
    codes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    # What the buyer calls her organisation.
    name: str = ""
    # Which page of the list, from 1.
    page: int = 1

    @classmethod
    def of(cls, query: Query, choices: Choices) -> "BuyerState":
        """Read what an address says; codes that are not in force in the package are left out."""
        ticked = set(query.getlist("krav"))
        given = query.dict()
        values = (
            (name, value[:LONGEST_VALUE])
            for name, value in given.items()
            if name.startswith("f.") and len(name) <= LONGEST_VALUE
        )
        return cls(
            RequirementFilters.of(given, choices),
            tuple(code for code in choices.requirements if code in ticked),
            tuple(islice(values, MOST_VALUES)),
            clean(given.get("namn", "")[: 2 * LONGEST])[:LONGEST].rstrip(),
            page_number(given.get(PARAMETER, "")),
        )

    @property
    def query(self) -> str:
        """All of it as the query of an address."""
        page = [(PARAMETER, str(self.page))] if self.page > 1 else []
        return urlencode([*self.filters.pairs, *self.pairs, *page])

    @property
    def fits(self) -> bool:
        """Whether it can live in an address."""
        return len(self.query) <= LONGEST_QUERY

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What goes along to the selection."""
        named = [("namn", self.name)] if self.name else []
        return [*(("krav", code) for code in self.codes), *self.values, *named]


NOTHING: Final = BuyerState()
