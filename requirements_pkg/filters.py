"""Which requirements of a package a buyer sees: the filters that her address holds. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from actionplan.text import clean, fold
from requirements_pkg import cpv
from requirements_pkg.snapshot import ACTIVE

Requirement = Mapping[str, Any]
# As the address says them, in the order of a tender (LOU) and of ambition.
KINDS: Final = {
    "kvalificering": "qualification",
    "specifikation": "specification",
    "tilldelning": "award",
    "villkor": "contract",
}
LEVELS: Final = {"bas": "basic", "avancerad": "advanced", "spjutspets": "spearhead"}
LONGEST_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What a buyer wants to see; an empty value shows everything."""

    area: str = ""
    kind: str = ""
    level: str = ""
    dimension: str = ""
    stage: str = ""
    cpv: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], content: Mapping[str, Any]) -> "Filters":
        """The filters of an address; a value that the package does not have counts as none."""
        offered = {name: set(values) for name, values in choices(content).items()}
        given = {
            field: query.get(name, "")
            for field, name in NAMES.items()
            if query.get(name, "") in offered.get(field, ())
        }
        return cls(**given, text=clean(query.get(NAMES["text"], ""))[:LONGEST_TEXT])

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters that are set, as the address holds them."""
        given = ((name, getattr(self, field)) for field, name in NAMES.items())
        return [(name, value) for name, value in given if value]

    def choose(self, requirements: Sequence[Requirement]) -> list[Requirement]:
        """The requirements in force that fit, in their order."""
        standing = [one for one in requirements if one["state"] == ACTIVE]
        return [one for one in effective(standing, self.level) if self._fits(one)]

    def _fits(self, one: Requirement) -> bool:
        return (
            (not self.area or not one["product_areas"] or int(self.area) in one["product_areas"])
            and (not self.kind or one["kind"] == KINDS[self.kind])
            and (not (self.stage or self.dimension) or any(map(self._is_there, one["treats"])))
            and (not self.cpv or not one["cpv"] or any(map(self._is_bought, one["cpv"])))
            and (not self.text or self._says(one))
        )

    def _is_there(self, treated: Mapping[str, Any]) -> bool:
        return (not self.stage or treated["stage"] == self.stage) and (
            not self.dimension or treated["dimension"] == self.dimension
        )

    def _is_bought(self, code: str) -> bool:
        """A code fits what lies under it and what it lies under: a server is an IT product too."""
        return cpv.covers(code, self.cpv) or cpv.covers(self.cpv, code)

    def _says(self, one: Requirement) -> bool:
        words = fold(" ".join((one["code"], one["title"], one["text"], one["rationale"])))
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


def choices(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """What each filter can be set to, in the package's own order."""
    plan = content["plan"] or {"product_areas": []}
    codes = {code for one in content["requirements"] for code in one["cpv"]}
    return {
        "area": [str(area["number"]) for area in plan["product_areas"]],
        "kind": list(KINDS),
        "level": list(LEVELS),
        "dimension": [label["code"] for label in content["dimensions"]],
        "stage": [label["code"] for label in content["stages"]],
        "cpv": sorted(codes),
    }


def effective(requirements: Iterable[Requirement], level: str) -> list[Requirement]:
    """What applies at a level: that level and all below it, minus what a higher one replaces.

    The rule is the national criteria service's: an advanced level includes the basic one, except
    for the requirements whose place a sharper one takes. No level shows all of them.
    """
    if not level:
        return list(requirements)
    order = list(LEVELS.values())
    most = order.index(LEVELS[level])
    within = [one for one in requirements if order.index(one["level"]) <= most]
    replaced = {one["replaces"] for one in within}
    return [one for one in within if one["uid"] not in replaced]
