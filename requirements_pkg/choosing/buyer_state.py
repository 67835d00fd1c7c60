"""What a buyer has filtered by, ticked and filled in on a package's page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from actionplan.public.sections import PARAMETER, page_number
from actionplan.text import clean
from requirements_pkg.choosing.buyer_name import LONGEST
from requirements_pkg.choosing.filters import RequirementFilters
from requirements_pkg.choosing.selection import (
    BUYER,
    LONGEST_QUERY,
    Pair,
    Selection,
    read,
)
from requirements_pkg.choosing.selection_group import CODE, GroupKey, SelectionGroup
from requirements_pkg.document.facts import Choices
from requirements_pkg.document.fill_in import LONGEST_VALUE

# As many as a form may hold: none that was filled in is left out.
MOST_VALUES: Final = 10_000


@dataclass(frozen=True, slots=True)
class BuyerState:
    """The state of a package's page; it lives in the address and nowhere else."""

    filters: RequirementFilters = field(default_factory=RequirementFilters)
    codes: tuple[str, ...] = ()
    values: tuple[Pair, ...] = ()
    # What the buyer calls her organisation.
    name: str = ""
    # Which page of the list, from 1.
    page: int = 1
    # What was chosen in other packages, or in other versions of this one.
    others: tuple[SelectionGroup, ...] = ()
    # What else is said of the selection: the reference, what its files hold.
    general: tuple[Pair, ...] = ()

    @classmethod
    def of(cls, pairs: Sequence[Pair], choices: Choices, own: GroupKey) -> "BuyerState":
        """Read what an address says; codes that are not in force in the package are left out.

        Args:
            pairs: names and values in the order of the address.
            choices: what the version offers.
            own: the version whose page it is.
        """
        selection = read(pairs, own)
        ticked, given = set(selection.codes), dict(pairs)
        values = (
            (name, value)
            for name, value in selection.first.choices()
            if name != CODE and len(name) <= LONGEST_VALUE
        )
        return cls(
            RequirementFilters.of(given, choices),
            tuple(code for code in choices.requirements if code in ticked),
            tuple(islice(values, MOST_VALUES)),
            clean(given.get("namn", "")[: 2 * LONGEST])[:LONGEST].rstrip(),
            page_number(given.get(PARAMETER, "")),
            selection.groups[1:],
            tuple(replace(selection, buyer="").general),
        )

    @property
    def count(self) -> int:
        """How many requirements were chosen, of all packages."""
        return len(self.codes) + sum(len(group.codes) for group in self.others)

    def selection(self, own: GroupKey) -> Selection:
        """Return all that was chosen, for the page of a selection."""
        selection = read(self.pairs, own)
        groups = tuple(group for group in selection.groups if group.codes)
        return replace(selection, groups=groups or selection.groups)

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
        named = [(BUYER, self.name)] if self.name else []
        own = [*((CODE, code) for code in self.codes), *self.values, *named]
        return [*own, *self.other_pairs]

    @property
    def other_pairs(self) -> list[Pair]:
        """What was chosen in other packages, and said of it all; it goes along and stands last."""
        return [*self.general, *(pair for group in self.others for pair in group.pairs())]


NOTHING: Final = BuyerState()
