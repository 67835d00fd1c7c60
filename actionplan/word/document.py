"""An action plan as a document says it: plain values, no database, no Django.

A plan goes from Word or text to a `PlanDocument` and from there to rows; from rows to a
`PlanDocument` and from there to Word, text, JSON or Excel. Stages and dimensions are named by the
codes of their tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

RISK: Final = "risk"
OPPORTUNITY: Final = "opportunity"

# The years that a plan may be about; the database holds the same bounds.
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100

# More than anybody has written, and few enough to be stored while others wait a moment.
MOST_STATEMENTS: Final = 400
MOST_STATEMENTS_OF_PLAN: Final = 20_000
MOST_AREAS: Final = 100
MOST_GOALS: Final = 2_000

NOT_ASSESSED: Final = "not_assessed"
DESCRIBED: Final = "described"
NO_LEVERAGE: Final = "no_leverage"
SAME_AS: Final = "same_as"


@dataclass(frozen=True, slots=True)
class PlanStatement:
    """One risk or opportunity, word for word.

    `is_kept` says, here and below, that the plan keeps what its document no longer has.
    """

    kind: str
    text: str
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class CellReference:
    """What a cell that says "samma som …" points at: another cell, or a category."""

    area: int | None = None
    stage: str = ""
    dimension: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class PlanCell:
    """What the plan says of one stage in one dimension."""

    stage: str
    dimension: str
    assessment: str = NOT_ASSESSED
    level: str = ""
    statements: tuple[PlanStatement, ...] = ()
    same_as: CellReference | None = None

    @property
    def text(self) -> str:
        """The whole text of the cell; nothing of it is lost by cutting it into statements."""
        return " ".join(statement.text for statement in self.statements)

    @property
    def is_given(self) -> bool:
        """Whether the document says anything here."""
        return self.assessment != NOT_ASSESSED or bool(self.level)


@dataclass(frozen=True, slots=True)
class Area:
    """A product area and those of its cells that say something, in grid order."""

    number: int
    name: str
    cells: tuple[PlanCell, ...] = ()
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorText:
    number: str
    title: str
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class SubGoalText:
    number: str
    title: str
    indicators: tuple[IndicatorText, ...] = ()
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class GoalText:
    number: int
    title: str
    sub_goals: tuple[SubGoalText, ...] = ()
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class ContactText:
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A whole action plan. `introduction` holds paragraphs kept apart by a blank line."""

    category: str
    first_year: int
    last_year: int
    procurement_region: str
    coordinator: str
    contacts: tuple[ContactText, ...] = ()
    introduction: str = ""
    areas: tuple[Area, ...] = ()
    goals: tuple[GoalText, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write the plan as JSON; other programs rely on its names."""
        return {
            "category": self.category,
            "period": {"first_year": self.first_year, "last_year": self.last_year},
            "procurement_region": self.procurement_region,
            "coordinator": self.coordinator,
            "contacts": [{"name": c.name, "email": c.email} for c in self.contacts],
            "introduction": self.introduction,
            "product_areas": [_area_json(area) for area in self.areas],
            "goals": [_goal_json(goal) for goal in self.goals],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return the document that `to_json` wrote, or a published version holds."""
        return cls(
            category=data["category"],
            first_year=data["period"]["first_year"],
            last_year=data["period"]["last_year"],
            procurement_region=data["procurement_region"],
            coordinator=data["coordinator"],
            contacts=tuple(ContactText(c["name"], c["email"]) for c in data["contacts"]),
            introduction=data["introduction"],
            areas=tuple(_area(area) for area in data["product_areas"]),
            goals=tuple(_goal(goal) for goal in data["goals"]),
        )


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where something stands, counted from 1 as a person counts; 0 is "not there"."""

    table: int = 0
    row: int = 0
    column: int = 0
    paragraph: int = 0
    line: int = 0


class ProblemKind(StrEnum):
    """What can be wrong with a document, or not be understood in it.

    The sentences stand in `risks.importing.problems`, in the user's language; one per member.
    """

    # The file itself.
    EMPTY_FILE = "empty_file"
    TOO_LARGE = "too_large"
    NOT_WORD = "not_word"
    OLD_WORD = "old_word"
    RICH_TEXT = "rich_text"
    PDF = "pdf"
    WEB_PAGE = "web_page"
    OPEN_DOCUMENT = "open_document"
    WORKBOOK = "workbook"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    TOO_MANY_PARTS = "too_many_parts"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    ENTITIES = "entities"
    BROKEN = "broken"
    TOO_MUCH_INSIDE = "too_much_inside"
    TEXT_TOO_LARGE = "text_too_large"
    # The plan in it: each of these refuses the whole document.
    NO_CATEGORY = "no_category"
    NO_PERIOD = "no_period"
    PERIOD_UNCLEAR = "period_unclear"
    PERIOD_BACKWARDS = "period_backwards"
    CATEGORY_UNCLEAR = "category_unclear"
    UNKNOWN_CATEGORY = "unknown_category"
    NO_REGION = "no_region"
    UNKNOWN_REGION = "unknown_region"
    NO_COORDINATOR = "no_coordinator"
    UNKNOWN_COORDINATOR = "unknown_coordinator"
    NO_AREAS = "no_areas"
    AREA_TWICE = "area_twice"
    UNKNOWN_STAGE = "unknown_stage"
    UNKNOWN_DIMENSION = "unknown_dimension"
    HEADING_UNCLEAR = "heading_unclear"
    CELL_TWICE = "cell_twice"
    TOO_MANY_STATEMENTS = "too_many_statements"
    TOO_LARGE_PLAN = "too_large_plan"
    GOAL_TWICE = "goal_twice"
    TOO_LONG = "too_long"
    # Kept out, reported, and no reason to refuse the rest.
    TEXT_NOT_UNDERSTOOD = "text_not_understood"
    STRUCK_OUT = "struck_out"
    SIGN_NOT_READ = "sign_not_read"
    FIELD_NOT_READ = "field_not_read"
    LINK_NOT_READ = "link_not_read"
    NOTE_NOT_PLACED = "note_not_placed"
    OBJECT_NOT_READ = "object_not_read"
    EMBEDDED_NOT_READ = "embedded_not_read"
    COMMENT_NOT_READ = "comment_not_read"
    HEADER_NOT_READ = "header_not_read"
    FOOTER_NOT_READ = "footer_not_read"
    INDICATOR_WITHOUT_SUB_GOAL = "indicator_without_sub_goal"
    INDICATOR_WITHOUT_NUMBER = "indicator_without_number"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault or one thing not understood: what, where, and the words of the document.

    `near` are known headings that are like the words.
    """

    what: ProblemKind
    place: WordPlace = WordPlace()
    words: str = ""
    near: tuple[str, ...] = ()


class Remark(StrEnum):
    """What was understood without standing there in so many words. Sentences as for Trouble."""

    READ_AS = "read_as"
    FROM_ANSWER = "said"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark: the words of the document, and what they were read as.

    Of what a person said it is the code of the stage or the dimension, "" where it is left out.
    """

    what: Remark
    place: WordPlace
    words: str
    read_as: str


@dataclass(frozen=True, slots=True)
class WordReading:
    """What a reader made of a file: the plan if there was no fault, and what it says of the rest.

    `places` tells where the head facts stand ("procurement_region", "coordinator", "category",
    "period"), for faults that only the database can find, `words` what it calls them itself.
    `statements_are_cut` is False for the text form, which has lost the paragraphs of its cells.
    """

    document: PlanDocument | None
    faults: tuple[Problem, ...] = ()
    not_understood: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    places: Mapping[str, WordPlace] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    statements_are_cut: bool = True


def _cell_json(cell: PlanCell) -> dict[str, object]:
    entry: dict[str, object] = {
        "stage": cell.stage,
        "dimension": cell.dimension,
        "assessment": cell.assessment,
        "level": cell.level,
        "text": cell.text,
        "statements": [{"kind": s.kind, "text": s.text, **_kept(s)} for s in cell.statements],
    }
    if (to := cell.same_as) is not None:
        entry["same_as"] = (
            {"category": to.category}
            if to.category
            else {"product_area": to.area, "stage": to.stage, "dimension": to.dimension}
        )
    return entry


def _area_json(area: Area) -> dict[str, object]:
    cells = [_cell_json(cell) for cell in area.cells if cell.is_given]
    return {"number": area.number, "name": area.name, "cells": cells, **_kept(area)}


def _kept(part: PlanStatement | Area | GoalText | SubGoalText | IndicatorText) -> dict[str, bool]:
    """Return the entry that marks something as kept, or no entry where it is not."""
    return {"is_kept": True} if part.is_kept else {}


def _goal_json(goal: GoalText) -> dict[str, object]:
    return {
        "number": goal.number,
        "title": goal.title,
        "sub_goals": [
            {
                "number": sub.number,
                "title": sub.title,
                "indicators": [
                    {"number": i.number, "title": i.title, **_kept(i)} for i in sub.indicators
                ],
                **_kept(sub),
            }
            for sub in goal.sub_goals
        ],
        **_kept(goal),
    }


def _reference(data: dict[str, Any] | None) -> CellReference | None:
    if data is None:
        return None
    if "category" in data:
        return CellReference(category=data["category"])
    return CellReference(data["product_area"], data["stage"], data["dimension"])


def _cell(data: dict[str, Any]) -> PlanCell:
    return PlanCell(
        stage=data["stage"],
        dimension=data["dimension"],
        assessment=data["assessment"],
        level=data["level"],
        statements=tuple(
            PlanStatement(s["kind"], s["text"], s.get("is_kept", False))
            for s in data["statements"]
        ),
        same_as=_reference(data.get("same_as")),
    )


def _area(data: dict[str, Any]) -> Area:
    cells = tuple(map(_cell, data["cells"]))
    return Area(data["number"], data["name"], cells, data.get("is_kept", False))


def _goal(data: dict[str, Any]) -> GoalText:
    return GoalText(
        data["number"],
        data["title"],
        tuple(
            SubGoalText(
                sub["number"],
                sub["title"],
                tuple(
                    IndicatorText(i["number"], i["title"], i.get("is_kept", False))
                    for i in sub["indicators"]
                ),
                sub.get("is_kept", False),
            )
            for sub in data["sub_goals"]
        ),
        data.get("is_kept", False),
    )
