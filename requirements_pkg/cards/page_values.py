"""What pages are drawn from: the plain values of cards, cells, rows and menus, by name. Pure."""

from collections.abc import Sequence
from typing import Generic, NotRequired, TypedDict, TypeVar

from django.utils.safestring import SafeString

from requirements_pkg.document.facts import RequirementEntry
from requirements_pkg.document.fill_in import FillIn
from requirements_pkg.document.schema import (
    Module,
    ModuleVersion,
    Proof,
    ServedGoal,
    Source,
    Withdrawal,
)

CellValues = TypeVar("CellValues")


class CoverageMark(TypedDict):
    """A state of coverage, its mark and its name, and how many cells have it."""

    code: str
    mark: str
    name: str
    count: int


class CoverageValues(TypedDict):
    """What a cell says of its coverage, and where that leads."""

    state: str
    label: str
    count: int
    says: str
    rest: Sequence[str]
    href: str


class PointValues(TypedDict):
    """A risk or an opportunity among those of a cell."""

    text: str
    chance: bool
    kept: bool


class CellPage(TypedDict):
    """A cell of the matrix with the plan's words."""

    id: str
    label: str
    level: str
    level_name: str
    blank: bool
    no_leverage: bool
    points: Sequence[PointValues]
    # What it is the same as, where that stands, and what is read there.
    same: str
    href: str
    resolved: Sequence[PointValues]
    # What is covered of it, on the pages that say so.
    covered: CoverageValues | None


class RowValues(TypedDict, Generic[CellValues]):
    """A life-cycle stage with its cells."""

    name: str
    cells: list[CellValues]
    blank: NotRequired[bool]


class AreaMap(TypedDict):
    """A product area with what is covered of its cells."""

    number: int
    name: str
    href: str
    rows: list[RowValues[CoverageValues]]
    # Its rows as they are drawn.
    html: NotRequired[SafeString]


class AreaMatrix(TypedDict):
    """A product area with its whole grid."""

    id: str
    number: int
    name: str
    kept: bool
    rows: list[RowValues[CellPage]]
    cell_count: int
    assessed: int
    html: NotRequired[SafeString]


class OptionValues(TypedDict):
    """What can be chosen in a menu."""

    value: str
    label: str
    is_selected: bool


class FilterMenu(TypedDict):
    """A filter of a package as a menu."""

    name: str
    label: str
    # What people wrote is Swedish, whatever language the page is in.
    is_swedish: bool
    options: list[OptionValues]
    html: NotRequired[SafeString]


class RequirementCard(TypedDict):
    """A requirement as a list shows it."""

    code: str
    cite: str
    title: str
    kind: str
    level: str
    level_code: str
    areas: str
    text: list[SafeString]
    points: int | None
    law: list[str]
    beyond: list[str]
    withdrawn: Withdrawal | None


class CardGroup(TypedDict):
    """The cards of a package's own requirements, or of those of one module."""

    module: ModuleVersion | None
    title: str
    cards: list[RequirementCard]
    html: NotRequired[SafeString]


class TreatedValues(TypedDict):
    """A risk that a requirement addresses, with the name of its cell, and where that stands."""

    text: str
    chance: bool
    area: str
    stage: str
    dimension: str
    href: str


class RequirementValues(RequirementCard):
    """Everything there is to say of a requirement."""

    uid: str
    scale: list[SafeString]
    rationale: list[str]
    verification: list[SafeString]
    follow_up: list[SafeString]
    supplier_question: list[SafeString]
    guidance: list[str]
    treats: list[TreatedValues]
    serves: Sequence[ServedGoal]
    sources: Sequence[Source]
    proofs: Sequence[Proof]
    cpv: list[str]
    replaces: RequirementEntry | None
    replaced_by: Sequence[RequirementEntry]
    successor: RequirementEntry | None
    module: Module | None
    places: Sequence[FillIn]
