"""Which requirements of a package a buyer sees: the filters that her address holds. Pure."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from actionplan.text import clean, fold
from requirements_pkg.document import cpv
from requirements_pkg.document.coverage import coverage
from requirements_pkg.document.facts import Choices
from requirements_pkg.document.schema import Document, Requirement

# As the address says them, in the order of a tender (LOU) and of ambition.
KINDS: Final = {
    "kvalificering": "qualification",
    "specifikation": "specification",
    "tilldelning": "award",
    "villkor": "contract",
}
LEVELS: Final = {"bas": "basic", "avancerad": "advanced", "spjutspets": "spearhead"}
LONGEST_TEXT: Final = 100
# The button that takes all filters away and leaves what is ticked.
SHOW_ALL: Final = "visa-alla"


@dataclass(frozen=True, slots=True)
class RequirementFilters:
    """What a buyer wants to see; an empty value shows everything."""

    area: str = ""
    kind: str = ""
    level: str = ""
    dimension: str = ""
    stage: str = ""
    cpv: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], choices: Choices) -> "RequirementFilters":
        """Read the filters of an address; a value that the package lacks counts as none."""
        if SHOW_ALL in query:
            return cls()
        allowed = {name: set(values) for name, values in options(choices).items()}
        given = {
            field: query.get(name, "")
            for field, name in NAMES.items()
            if query.get(name, "") in allowed.get(field, ())
        }
        return cls(**given, text=clean(query.get(NAMES["text"], ""))[:LONGEST_TEXT])

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters that are set, as the address holds them."""
        given = ((name, getattr(self, field)) for field, name in NAMES.items())
        return [(name, value) for name, value in given if value]

    def choose(self, content: Document, saying: Collection[str] = ()) -> list[Requirement]:
        """Return the requirements in force that fit, in their order.

        Args:
            saying: the codes of those that a search for the text finds. Where it finds none, a
                part of a word will do: somebody may still be typing.
        """
        active = [requirement for requirement in content.requirements if requirement.is_active]
        at_place = self._at_place(content)
        if at_place is None:
            bought = [requirement for requirement in active if self._is_for_area(requirement)]
        else:
            bought = [requirement for requirement in active if requirement.code in at_place]
        bought = [
            requirement for requirement in bought if not self.cpv or self._is_bought(requirement)
        ]
        # Last: what a sharper requirement replaces stays where that one is not for.
        return [
            requirement
            for requirement in effective(bought, self.level)
            if self._fits(requirement, saying)
        ]

    def _at_place(self, content: Document) -> set[str] | None:
        """Return the codes that treat the chosen cells, as the coverage map counts them.

        Where no cell is chosen there is nothing to filter by: None.
        """
        if not self.stage and not self.dimension:
            return None
        return {
            code
            for area in coverage(content).areas
            if not self.area or area.number == int(self.area)
            for stage, cells in area.rows
            if not self.stage or stage == self.stage
            for cell in cells
            if not self.dimension or cell.dimension == self.dimension
            for code in cell.requirements
        }

    def _is_for_area(self, requirement: Requirement) -> bool:
        return (
            not self.area
            or not requirement.product_areas
            or int(self.area) in requirement.product_areas
        )

    def _fits(self, requirement: Requirement, saying: Collection[str]) -> bool:
        if self.kind and requirement.kind != KINDS[self.kind]:
            return False
        return not self.text or (requirement.code in saying if saying else self._says(requirement))

    def _is_bought(self, requirement: Requirement) -> bool:
        """Tell whether a code lies under the chosen one or above it; without codes all fit."""
        return not requirement.cpv or any(
            cpv.covers(code, self.cpv) or cpv.covers(self.cpv, code) for code in requirement.cpv
        )

    def _says(self, requirement: Requirement) -> bool:
        words = fold(
            " ".join(
                (requirement.code, requirement.title, requirement.text, requirement.rationale)
            )
        )
        return all(word in words for word in fold(self.text).split())


# The fields and what they are called in the address.
NAMES: Final = {
    "area": "omrade",
    "kind": "typ",
    "level": "niva",
    "dimension": "dimension",
    "stage": "steg",
    "cpv": "cpv",
    "text": "text",
}


def options(choices: Choices) -> dict[str, Collection[str]]:
    """Return what each filter can be set to, in the package's own order."""
    return {
        "area": choices.areas,
        "kind": KINDS,
        "level": LEVELS,
        "dimension": choices.dimensions,
        "stage": choices.stages,
        "cpv": choices.cpv,
    }


def effective(requirements: Iterable[Requirement], level: str) -> list[Requirement]:
    """Return what applies at a level: it and all below it, minus what a higher one replaces.

    The rule is the national criteria service's: an advanced level includes the basic one, except
    for the requirements whose place a sharper one takes. No level shows all of them.
    """
    if not level:
        return list(requirements)
    order = list(LEVELS.values())
    most = order.index(LEVELS[level])
    within = [
        requirement for requirement in requirements if order.index(requirement.level) <= most
    ]
    replaced = {requirement.replaces for requirement in within}
    return [requirement for requirement in within if requirement.uid not in replaced]


def is_filtered(query: Container[str]) -> bool:
    """Tell whether an address filters, or asks for all that filters left out."""
    return SHOW_ALL in query or any(name in query for name in NAMES.values())
