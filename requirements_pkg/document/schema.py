"""What a published version says, field by field.

Names are those of its JSON, which other programs rely on: a field is added with a new schema
number and a step in `upgrade`, and none is renamed. Figures and dates are texts, "" where there
is none. What has a default is left out of the JSON where it says no more than that.
"""

from typing import Annotated, Final

import msgspec

SCHEMA: Final = 5
ACTIVE: Final = "active"


def says(sentence: str) -> msgspec.Meta:
    """Describe a field in the published JSON Schema."""
    return msgspec.Meta(description=sentence)


class Part(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A record of the document; what it does not know it refuses, so that nothing is lost."""


class PackageHead(Part, frozen=True):
    """What a package is called, and how a buyer uses it."""

    slug: Annotated[str, says("Its address, which never changes.")]
    title: Annotated[str, says("What it is called.")]
    introduction: Annotated[
        str, says("How a buyer uses it, in paragraphs separated by blank lines.")
    ]


class Label(Part, frozen=True):
    """A life-cycle stage or a dimension: its code, and its name when the version was made."""

    code: Annotated[str, says("The code that the rest of the document uses for it.")]
    name: Annotated[str, says("The name that people read, as it was when the version was made.")]


class Period(Part, frozen=True):
    """The years that a plan is about, the last included."""

    first_year: Annotated[int, says("The first year.")]
    last_year: Annotated[int, says("The last year, inclusive.")]


class Contact(Part, frozen=True):
    """Somebody who answers questions: in a plan's own JSON only, no version holds any."""

    name: Annotated[str, says("The name of the person to ask.")]
    email: Annotated[str, says("The e-mail address.")]


class Statement(Part, frozen=True):
    """One risk or opportunity, word for word.

    `is_kept` says, here and below, that the plan keeps what its document no longer has.
    """

    kind: Annotated[str, says("`risk` or `opportunity`.")]
    text: Annotated[str, says("Its text.")]
    is_kept: Annotated[
        bool, says("True if the plan keeps it although its own document no longer contains it.")
    ] = False


class Reference(Part, frozen=True):
    """What a cell is the same as: another cell, or a category, whose name then stands alone."""

    category: Annotated[str, says("The purchasing category; then no cell is named.")] = ""
    product_area: Annotated[int | None, says("The number of the product area.")] = None
    stage: Annotated[str, says("The code of the life-cycle stage.")] = ""
    dimension: Annotated[str, says("The code of the dimension.")] = ""


class Cell(Part, frozen=True):
    """What the plan says of one stage in one dimension."""

    stage: Annotated[str, says("The code of the life-cycle stage.")]
    dimension: Annotated[str, says("The code of the dimension.")]
    assessment: Annotated[str, says("`not_assessed`, `described`, `no_leverage` or `same_as`.")]
    level: Annotated[str, says("`high`, `medium`, `low`, `insufficient`, or empty.")]
    text: Annotated[str, says("All statements together.")]
    statements: Annotated[
        tuple[Statement, ...], says("Its risks and opportunities, in the plan's order.")
    ]
    same_as: Annotated[
        Reference | None, says("The cell or category whose risks also apply here.")
    ] = None
    resolved: Annotated[
        tuple[Statement, ...] | None,
        says("The statements that it refers to; only where it is the same as another."),
    ] = None


class ProductArea(Part, frozen=True):
    """A product area, and those of its cells that say something, in reading order."""

    number: Annotated[int, says("Its number in the plan.")]
    name: Annotated[str, says("What is bought.")]
    cells: Annotated[tuple[Cell, ...], says("The cells that have content, in reading order.")]
    is_kept: Annotated[
        bool, says("True if the plan keeps it although its own document no longer contains it.")
    ] = False


class AimIndicator(Part, frozen=True):
    """An indicator as its plan words it."""

    number: Annotated[str, says("Its number in the plan.")]
    title: Annotated[str, says("Its text.")]
    is_kept: Annotated[
        bool, says("True if the plan keeps it although its own document no longer contains it.")
    ] = False


class SubGoal(Part, frozen=True):
    """A sub-goal with its indicators."""

    number: Annotated[str, says("Its number in the plan.")]
    title: Annotated[str, says("Its text.")]
    indicators: Annotated[tuple[AimIndicator, ...], says("What shows whether it is met.")]
    is_kept: Annotated[
        bool, says("True if the plan keeps it although its own document no longer contains it.")
    ] = False


class Goal(Part, frozen=True):
    """An overall goal with its sub-goals."""

    number: Annotated[int, says("Its number in the plan.")]
    title: Annotated[str, says("Its text.")]
    sub_goals: Annotated[tuple[SubGoal, ...], says("Its sub-goals.")]
    is_kept: Annotated[
        bool, says("True if the plan keeps it although its own document no longer contains it.")
    ] = False


class Plan(Part, frozen=True):
    """The action plan that a package belongs to."""

    category: Annotated[str, says("The purchasing category.")]
    period: Annotated[Period, says("The years it covers.")]
    procurement_region: Annotated[str, says("The letter of the procurement region.")]
    coordinator: Annotated[str, says("The region that coordinates it.")]
    contacts: Annotated[
        tuple[Contact, ...], says("None in a published version: they are personal data.")
    ]
    introduction: Annotated[str, says("In paragraphs separated by blank lines.")]
    product_areas: Annotated[
        tuple[ProductArea, ...], says("What is bought, each with its risk matrix.")
    ]
    goals: Annotated[tuple[Goal, ...], says("What the plan wants to reach.")]


class Module(Part, frozen=True):
    """A shared module that a package includes, at the version that it includes."""

    slug: Annotated[str, says("The address of the shared module.")]
    title: Annotated[str, says("What it is called.")]
    version: Annotated[int, says("The version that is included.")]


class ModuleVersion(Part, frozen=True):
    """The module, and its version, that a requirement comes from."""

    slug: Annotated[str, says("The address of the shared module.")]
    version: Annotated[int, says("The version that is included.")]


class Source(Part, frozen=True):
    """What a requirement builds on: a law, a standard, a report."""

    title: Annotated[str, says("What it is called.")]
    url: Annotated[str, says("The web address where it can be read, or empty.")]
    dated: Annotated[str, says("Its date, YYYY-MM-DD, or empty.")]


class Proof(Part, frozen=True):
    """A label or a certificate that is accepted as proof of a requirement, or what equals it."""

    name: Annotated[str, says("What it is called.")]
    owner: Annotated[str, says("Who decides what it demands.")]
    url: Annotated[str, says("The web address of its demands, or empty.")]
    proves: Annotated[str, says("What it proves.")]


class TreatedRisk(Part, frozen=True):
    """A risk or an opportunity that a requirement treats, and where the matrix has it."""

    id: Annotated[int, says("The key of the statement; another version may have another.")]
    product_area: Annotated[int, says("The number of the product area.")]
    stage: Annotated[str, says("The code of the life-cycle stage.")]
    dimension: Annotated[str, says("The code of the dimension.")]
    kind: Annotated[str, says("`risk` or `opportunity`.")]
    text: Annotated[str, says("Its text.")]


class ServedGoal(Part, frozen=True):
    """A sub-goal that a requirement serves."""

    number: Annotated[str, says("The number of the sub-goal.")]
    title: Annotated[str, says("Its text.")]


class Withdrawal(Part, frozen=True):
    """When a requirement was withdrawn, why, and the uid of what to use instead."""

    on: Annotated[str, says("The day, YYYY-MM-DD.")]
    reason: Annotated[str, says("Why it was withdrawn.")]
    successor: Annotated[str | None, says("The uid of what to use instead.")]


class Requirement(Part, frozen=True):
    """What a buyer can demand.

    `replaces` is the uid of what it stands for; `product_areas` are numbers, of which none means
    all. A requirement that a module wrote says which in `module`.
    """

    uid: Annotated[str, says("Its identity through all versions and codes.")]
    code: Annotated[str, says("What people call it.")]
    revision: Annotated[int, says("The number of its wording: SE-01:2 is the second.")]
    title: Annotated[str, says("What it is about.")]
    text: Annotated[str, says("What is demanded, with fill-in places as [name: default | help].")]
    rationale: Annotated[str, says("Why it is demanded.")]
    verification: Annotated[str, says("How a bidder proves it.")]
    follow_up_method: Annotated[str, says("How it is followed up during the contract.")]
    guidance: Annotated[str, says("What a buyer needs to know.")]
    law_baseline: Annotated[str, says("What the law already demands.")]
    beyond_law: Annotated[str, says("What the requirement demands beyond the law.")]
    kind: Annotated[str, says("`qualification`, `specification`, `award` or `contract`.")]
    level: Annotated[str, says("`basic`, `advanced` or `spearhead`.")]
    max_points: Annotated[int | None, says("The most points an award criterion can give.")]
    scale: Annotated[str, says("How the points are given.")]
    replaces: Annotated[
        str | None, says("The uid of the requirement of a lower level that it replaces.")
    ]
    state: Annotated[str, says("`active` or `withdrawn`.")]
    withdrawn: Annotated[
        Withdrawal | None, says("Date, reason and successor, if it is withdrawn.")
    ]
    product_areas: Annotated[
        tuple[int, ...], says("The numbers of those it applies to; none means all.")
    ]
    cpv: Annotated[
        tuple[str, ...], says("Codes of the common procurement vocabulary, with check digit.")
    ]
    sources: Annotated[tuple[Source, ...], says("What it builds on.")]
    treats: Annotated[
        tuple[TreatedRisk, ...], says("The risks and opportunities that it addresses.")
    ]
    serves: Annotated[tuple[ServedGoal, ...], says("The sub-goals that it contributes to.")]
    module: Annotated[ModuleVersion | None, says("The shared module that wrote it.")]
    # Requirements are read by themselves, too, from versions that were published without it.
    supplier_question: Annotated[
        str, says("What a supplier is asked in a follow-up; places are those of the other texts.")
    ] = ""
    proofs: Annotated[
        tuple[Proof, ...], says("Labels and certificates that prove it; equivalents do, too.")
    ] = ()

    @property
    def is_active(self) -> bool:
        """Whether it is in force: not withdrawn."""
        return self.state == ACTIVE


class Indicator(Part, frozen=True):
    """What a plan's own words do not say of an indicator: its figures and its day."""

    id: Annotated[int, says("Its key, which readings name.")]
    goal: Annotated[int, says("The number of its overall goal.")]
    sub_goal: Annotated[str, says("The number of its sub-goal.")]
    number: Annotated[str, says("Its number in the plan.")]
    kind: Annotated[str, says("`milestone` or `measure`.")]
    unit: Annotated[str, says("The unit of its figures, or empty.")]
    baseline: Annotated[str, says("The figure it starts from, or empty.")]
    target: Annotated[str, says("The figure to reach, or empty.")]
    due_on: Annotated[str, says("The due date, YYYY-MM-DD, or empty.")]


class TakenIn(Part, frozen=True):
    """The wording of a requirement that a lesson led to; it is new in the version it names."""

    uid: Annotated[str, says("The uid of the requirement.")]
    code: Annotated[str, says("The code of the requirement.")]
    revision: Annotated[int, says("The number of the wording.")]
    version: Annotated[int, says("The version of the package in which it was new.")]


class Lesson(Part, frozen=True):
    """What a follow-up taught, in its public text, and the wordings that contain it."""

    id: Annotated[int, says("Its key.")]
    text: Annotated[str, says("Its public text.")]
    method: Annotated[
        str, says("`dialogue`, `self_assessment`, `transparency`, `audit` or another word.")
    ]
    year: Annotated[int | None, says("When it was learnt.")]
    changes: Annotated[tuple[TakenIn, ...], says("The wordings that it led to.")]


class AnsweredRemark(Part, frozen=True):
    """A remark of a consultation in the words of whoever decided on it, and what came of it."""

    uid: Annotated[str, says("The uid of the requirement; empty if it is on the whole draft.")]
    code: Annotated[str, says("The code of the requirement in the draft, or empty.")]
    revision: Annotated[int, says("The number of its wording in the draft, or 0.")]
    title: Annotated[str, says("What the requirement was called in the draft, or empty.")]
    text: Annotated[str, says("The remark in short.")]
    decision: Annotated[str, says("`taken_in`, `partly` or `not_taken_in`.")]
    reason: Annotated[str, says("Why.")]
    sender: Annotated[
        str, says("The organisation or person that sent it and agreed to be named, or empty.")
    ]


class ConsultationSummary(Part, frozen=True):
    """What was answered when a draft was out for consultation, and what came of it."""

    number: Annotated[int, says("The number of the consultation on the package.")]
    introduction: Annotated[str, says("What was asked.")]
    opened_on: Annotated[str, says("When the draft was sent out, YYYY-MM-DD.")]
    closed_on: Annotated[str, says("The last day to answer, YYYY-MM-DD.")]
    replies: Annotated[int, says("How many answers were sent.")]
    organisations: Annotated[int, says("How many organisations they came from, where told.")]
    named: Annotated[
        tuple[str, ...], says("The organisations and people that agreed to be named.")
    ]
    remarks: Annotated[tuple[AnsweredRemark, ...], says("Each remark and its decision.")]


class Document(Part, frozen=True):
    """One version of a package, whole; a shared module has no plan.

    `schema` is the one that it was written in.
    """

    schema: Annotated[int, says("The number of the schema it was written in.")]
    package: Annotated[PackageHead, says("What the package is called.")]
    plan: Annotated[Plan | None, says("Its action plan; a shared module has none.")]
    stages: Annotated[tuple[Label, ...], says("The life-cycle stages, in order.")]
    dimensions: Annotated[tuple[Label, ...], says("The dimensions, in order.")]
    region_name: Annotated[str, says("Who owns the package.")]
    modules: Annotated[tuple[Module, ...], says("The shared modules that it includes.")]
    requirements: Annotated[
        tuple[Requirement, ...], says("What it demands, in reading order, withdrawn ones too.")
    ]
    indicators: Annotated[tuple[Indicator, ...], says("The figures of the plan's indicators.")]
    lessons: Annotated[tuple[Lesson, ...], says("The lessons incorporated in its requirements.")]
    consultations: Annotated[
        tuple[ConsultationSummary, ...],
        says("The consultations on its draft, with what came of the answers."),
    ]

    @property
    def active(self) -> tuple[Requirement, ...]:
        """The requirements that are in force."""
        return tuple(requirement for requirement in self.requirements if requirement.is_active)

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
        """Return the requirement with a code, if the document has it."""
        return next(
            (requirement for requirement in self.requirements if requirement.code == code), None
        )
