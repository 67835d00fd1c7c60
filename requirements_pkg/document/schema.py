"""What a published version says, field by field.

Names are those of its JSON, which other programs rely on: a field is added with a new schema
number and a step in `upgrade`, and none is renamed. Figures and dates are texts, "" where there
is none. What has a default is left out of the JSON where it says no more than that.
"""

from typing import Final

import msgspec

SCHEMA: Final = 3
ACTIVE: Final = "active"


class Part(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A record of the document; what it does not know it refuses, so that nothing is lost."""


class PackageHead(Part, frozen=True):
    """What a package is called, and how a buyer uses it."""

    slug: str
    title: str
    introduction: str


class Label(Part, frozen=True):
    """A life-cycle stage or a dimension: its code, and its name when the version was made."""

    code: str
    name: str


class Period(Part, frozen=True):
    """The years that a plan is about, the last included."""

    first_year: int
    last_year: int


class Contact(Part, frozen=True):
    """Somebody who answers questions: in a plan's own JSON only, no version holds any."""

    name: str
    email: str


class Statement(Part, frozen=True):
    """One risk or opportunity, word for word.

    `is_kept` says, here and below, that the plan keeps what its document no longer has.
    """

    kind: str
    text: str
    is_kept: bool = False


class Reference(Part, frozen=True):
    """What a cell is the same as: another cell, or a category, whose name then stands alone."""

    category: str = ""
    product_area: int | None = None
    stage: str = ""
    dimension: str = ""


class Cell(Part, frozen=True):
    """What the plan says of one stage in one dimension.

    `text` is all of its statements; `resolved` is there where the cell is the same as another,
    and holds the statements that it points at.
    """

    stage: str
    dimension: str
    assessment: str
    level: str
    text: str
    statements: tuple[Statement, ...]
    same_as: Reference | None = None
    resolved: tuple[Statement, ...] | None = None


class ProductArea(Part, frozen=True):
    """A product area, and those of its cells that say something, in reading order."""

    number: int
    name: str
    cells: tuple[Cell, ...]
    is_kept: bool = False


class AimIndicator(Part, frozen=True):
    """An indicator as its plan words it."""

    number: str
    title: str
    is_kept: bool = False


class SubGoal(Part, frozen=True):
    """A sub-goal with its indicators."""

    number: str
    title: str
    indicators: tuple[AimIndicator, ...]
    is_kept: bool = False


class Goal(Part, frozen=True):
    """An overall goal with its sub-goals."""

    number: int
    title: str
    sub_goals: tuple[SubGoal, ...]
    is_kept: bool = False


class Plan(Part, frozen=True):
    """The action plan that a package belongs to."""

    category: str
    period: Period
    procurement_region: str
    coordinator: str
    contacts: tuple[Contact, ...]
    introduction: str
    product_areas: tuple[ProductArea, ...]
    goals: tuple[Goal, ...]


class Module(Part, frozen=True):
    """A shared module that a package includes, at the version that it includes."""

    slug: str
    title: str
    version: int


class ModuleVersion(Part, frozen=True):
    """The module, and its version, that a requirement comes from."""

    slug: str
    version: int


class Source(Part, frozen=True):
    """What a requirement builds on: a law, a standard, a report."""

    title: str
    url: str
    dated: str


class TreatedRisk(Part, frozen=True):
    """A risk or an opportunity that a requirement treats, and where the matrix has it."""

    id: int
    product_area: int
    stage: str
    dimension: str
    kind: str
    text: str


class ServedGoal(Part, frozen=True):
    """A sub-goal that a requirement serves."""

    number: str
    title: str


class Withdrawal(Part, frozen=True):
    """When a requirement was withdrawn, why, and the uid of what to use instead."""

    on: str
    reason: str
    successor: str | None


class Requirement(Part, frozen=True):
    """What a buyer can demand.

    `replaces` is the uid of what it stands for; `product_areas` are numbers, of which none means
    all. A requirement that a module wrote says which in `module`.
    """

    uid: str
    code: str
    revision: int
    title: str
    text: str
    rationale: str
    verification: str
    follow_up_method: str
    guidance: str
    law_baseline: str
    beyond_law: str
    kind: str
    level: str
    max_points: int | None
    scale: str
    replaces: str | None
    state: str
    withdrawn: Withdrawal | None
    product_areas: tuple[int, ...]
    cpv: tuple[str, ...]
    sources: tuple[Source, ...]
    treats: tuple[TreatedRisk, ...]
    serves: tuple[ServedGoal, ...]
    module: ModuleVersion | None

    @property
    def is_active(self) -> bool:
        """Whether it is in force: not withdrawn."""
        return self.state == ACTIVE


class Indicator(Part, frozen=True):
    """What a plan's own words do not say of an indicator: how it is counted, and from what to what."""

    id: int
    goal: int
    sub_goal: str
    number: str
    kind: str
    unit: str
    baseline: str
    target: str
    due_on: str


class TakenIn(Part, frozen=True):
    """The wording of a requirement that a lesson led to; it is new in the version it names."""

    uid: str
    code: str
    revision: int
    version: int


class Lesson(Part, frozen=True):
    """What a follow-up taught, in its public words, and the wordings that have it."""

    id: int
    text: str
    method: str
    year: int | None
    changes: tuple[TakenIn, ...]


class Document(Part, frozen=True):
    """One version of a package, whole; a shared module has no plan."""

    schema: int
    package: PackageHead
    plan: Plan | None
    stages: tuple[Label, ...]
    dimensions: tuple[Label, ...]
    region_name: str
    modules: tuple[Module, ...]
    requirements: tuple[Requirement, ...]
    indicators: tuple[Indicator, ...]
    lessons: tuple[Lesson, ...]

    @property
    def active(self) -> tuple[Requirement, ...]:
        """The requirements that are in force."""
        return tuple(one for one in self.requirements if one.is_active)

    @property
    def areas(self) -> tuple[ProductArea, ...]:
        """The product areas of the plan; a module has none."""
        return () if self.plan is None else self.plan.product_areas

    @property
    def stage_names(self) -> dict[str, str]:
        """What the life-cycle stages are called, by code."""
        return {label.code: label.name for label in self.stages}

    @property
    def dimension_names(self) -> dict[str, str]:
        """What the dimensions are called, by code."""
        return {label.code: label.name for label in self.dimensions}

    def requirement(self, code: str) -> Requirement | None:
        """The requirement with a code, if the document has it."""
        return next((one for one in self.requirements if one.code == code), None)
