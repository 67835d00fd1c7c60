"""What differs in the plan of two versions: matrix, goals and head. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext

from actionplan.word.document import DESCRIBED, NO_LEVERAGE, NOT_ASSESSED, OPPORTUNITY, SAME_AS
from requirements_pkg import layout
from requirements_pkg.comparing import words
from requirements_pkg.comparing.lines import Line, Names, Plain, line, module_said
from requirements_pkg.comparing.parts import RENUMBERED, Item, in_order
from requirements_pkg.differences import Change, Fields, Kind, Row, Rows, Text
from requirements_pkg.snapshot import modules_of

Grouped = Iterator[tuple[str, list[Item]]]
Plans = tuple[Plain, Plain]
Pair = tuple[Row, Plain | None, Plain | None]
# What a plan leaves out is a cell all the same.
BLANK: Final[Plain] = {"assessment": NOT_ASSESSED, "level": "", "statements": []}
BELOW: Final = {"goal": "sub_goals", "sub_goal": "indicators", "indicator": ""}
NEXT: Final = {"goal": "sub_goal", "sub_goal": "indicator"}


def matrix(
    change: Change | None, plans: tuple[Plain, Plain], names: tuple[Names, Names]
) -> Grouped:
    """The product areas that differ, and in each the cells that do."""
    maker = _Matrix(names)
    areas = plans[0]["product_areas"], plans[1]["product_areas"]
    for row, before, after in changed_rows(change, *areas):
        yield capfirst((after or before or {})["name"]), list(maker.area(row, before, after))


def goals(change: Change | None, plans: Plans) -> Grouped:
    """The goals that differ, each with what differs below it."""
    for row, before, after in changed_rows(change, plans[0]["goals"], plans[1]["goals"]):
        yield (after or before or {})["title"], list(_aims("goal", row, before, after))


def head(old: Plain, new: Plain) -> Grouped:
    """What a package says of itself."""
    before, after = _head_said(old), _head_said(new)
    found = [
        line(label, label, before[label], text)
        for label, text in after.items()
        if before[label] != text
    ]
    yield "", [Item((Kind.CHANGED,), "", lines=tuple(found))] if found else []


def changed_rows(
    change: Change | None, old: Sequence[Plain], new: Sequence[Plain]
) -> Iterator[Pair]:
    """The rows that are not what they were, each with what it was and what it is."""
    for row in change.rows if isinstance(change, Rows) else ():
        if row.kinds:
            before = None if row.old is None else old[row.old]
            after = None if row.new is None else new[row.new]
            yield row, before, after


class _Matrix:
    """Makes the items of a matrix; holds the names that all of them need."""

    def __init__(self, names: tuple[Names, Names]) -> None:
        self.names = names
        self.levels = layout.level_names()
        self.assessments = {
            NOT_ASSESSED: gettext("Not assessed"),
            DESCRIBED: gettext("Described"),
            NO_LEVERAGE: gettext("No leverage"),
            SAME_AS: gettext("Same as another"),
        }

    def area(self, row: Row, before: Plain | None, after: Plain | None) -> Iterator[Item]:
        """What became of an area itself, and then of its cells."""
        one = after or before or {}
        eyebrow = gettext("Product area %(number)s") % {"number": one["number"]}
        title = capfirst(one["name"])
        if before is None or after is None:
            side = 0 if after is None else 1
            body = "\n".join(self.whole(cell, side) for cell in one["cells"])
            yield Item(row.kinds, title, eyebrow, body=body)
            return
        kinds, notes = _order(row, before, after)
        change = row.change.changed if isinstance(row.change, Fields) else {}
        lines: tuple[Line, ...] = ()
        if isinstance(name := change.get("name"), Text):
            lines = (Line("name", gettext("Name"), name.pieces),)
            kinds.append(Kind.CHANGED)
        if kinds:
            yield Item(in_order(kinds), title, eyebrow, notes, lines)
        for pair in changed_rows(change.get("cells"), before["cells"], after["cells"]):
            yield from self.cell(*pair)

    def cell(self, row: Row, before: Plain | None, after: Plain | None) -> Iterator[Item]:
        """What became of a cell; nothing where it only follows an area's new number."""
        old, new = before or BLANK, after or BLANK
        changed = row.change.changed if isinstance(row.change, Fields) else {}
        said = zip(self.facts(old, 0), self.facts(new, 1), strict=True)
        lines = [line(label, label, was, now) for (label, was), (_, now) in said if was != now]
        statements = changed.get("statements")
        if before is None or after is None:
            kind = words.INSERT if before is None else words.DELETE
            lines += [_statement(one, kind) for one in (*old["statements"], *new["statements"])]
        else:
            lines += _statements(statements, old["statements"], new["statements"])
        notes = []
        if isinstance(statements, Rows) and any(one.moved for one in statements.rows):
            notes.append(gettext("The statements stand in another order."))
        if lines or notes:
            kinds = tuple(kind for kind in row.kinds if kind != Kind.MOVED)
            title = self.place(after or before or {}, 0 if after is None else 1)
            yield Item(kinds, title, notes=tuple(notes), lines=tuple(lines))

    def facts(self, cell: Mapping[str, Any], side: int) -> list[tuple[str, str]]:
        """What a cell says besides its statements."""
        level, assessment = cell["level"], cell["assessment"]
        return [
            (gettext("Assessment"), self.assessments.get(assessment, assessment)),
            (gettext("Level"), self.levels.get(level, level)),
            (gettext("Same as"), self.target(cell.get("same_as"), side)),
        ]

    def target(self, to: Mapping[str, Any] | None, side: int) -> str:
        """What a cell is the same as."""
        if to is None:
            return ""
        return str(to["category"]) if "category" in to else self.names[side].place(to)

    def place(self, cell: Mapping[str, Any], side: int) -> str:
        """A cell within its area."""
        names, stage, dimension = self.names[side], cell["stage"], cell["dimension"]
        return f"{names.stages.get(stage, stage)}, {names.dimensions.get(dimension, dimension)}"

    def whole(self, cell: Mapping[str, Any], side: int) -> str:
        """A cell in a line, for an area that only one of the versions has."""
        texts = [one["text"] for one in cell["statements"]]
        told = texts or [self.assessments.get(cell["assessment"], "")]
        return f"{self.place(cell, side)}: {' '.join(told)}"


def _statements(change: Change | None, old: list[Plain], new: list[Plain]) -> Iterator[Line]:
    for row, before, after in changed_rows(change, old, new):
        if before is None or after is None:
            yield _statement(row.value, words.INSERT if before is None else words.DELETE)
        elif row.change is not None:
            label, was = _statement_label(after), _statement_label(before)
            if label != was:
                label = gettext("%(now)s, earlier %(then)s") % {"now": label, "then": was}
            yield line("statement", label, before["text"], after["text"])


def _statement(statement: Mapping[str, str], kind: str) -> Line:
    pieces = (words.Piece(kind, statement["text"]),)
    return Line("statement", _statement_label(statement), pieces)


def _statement_label(statement: Mapping[str, str]) -> str:
    return str(gettext("Opportunity") if statement["kind"] == OPPORTUNITY else gettext("Risk"))


def _aims(level: str, row: Row, before: Plain | None, after: Plain | None) -> Iterator[Item]:
    """What became of a goal, a sub-goal or an indicator, and of what stands below it."""
    one = after or before or {}
    eyebrow, below = _aim_names()[level] % {"number": one["number"]}, BELOW[level]
    if before is None or after is None:
        body = "\n".join(f"{under['number']} {under['title']}" for under in one.get(below, ()))
        yield Item(row.kinds, one["title"], eyebrow, body=body)
        return
    kinds, notes = _order(row, before, after)
    change = row.change.changed if isinstance(row.change, Fields) else {}
    lines: tuple[Line, ...] = ()
    if isinstance(title := change.get("title"), Text):
        lines = (Line("title", gettext("Text"), title.pieces),)
        kinds.append(Kind.CHANGED)
    if kinds:
        yield Item(in_order(kinds), one["title"], eyebrow, notes, lines)
    if below:
        for pair in changed_rows(change.get(below), before[below], after[below]):
            yield from _aims(NEXT[level], *pair)


def _aim_names() -> dict[str, str]:
    return {
        "goal": gettext("Overall goal %(number)s"),
        "sub_goal": gettext("Sub-goal %(number)s"),
        "indicator": gettext("Indicator %(number)s"),
    }


def _order(row: Row, before: Plain, after: Plain) -> tuple[list[str], tuple[str, ...]]:
    """Whether something has another number or stands elsewhere, and that in words."""
    kinds: list[str] = []
    notes = []
    was, now = (str(one["number"]).split(".")[-1] for one in (before, after))
    # Where the whole is renumbered its parts follow: 1.2 becomes 2.2, and that is no news.
    if was != now:
        kinds.append(RENUMBERED)
        notes.append(gettext("Earlier number %(number)s.") % {"number": before["number"]})
    if row.moved:
        kinds.append(Kind.MOVED)
    return kinds, tuple(notes)


def _head_said(content: Plain) -> dict[str, str]:
    """The head of a content as a reader meets it, by the labels."""
    plan, package = content["plan"], content["package"]
    period = plan["period"]
    years = f"{period['first_year']}–{period['last_year']}" if period else ""
    region = " ".join(filter(None, (plan["procurement_region"], content["region_name"])))
    return {
        gettext("Title"): package["title"],
        gettext("How the package is used"): package.get("introduction", ""),
        gettext("Purchasing category"): plan["category"],
        gettext("Period"): years,
        gettext("Procurement region"): region,
        gettext("Coordinator"): plan["coordinator"],
        gettext("Introduction"): plan["introduction"],
        gettext("Included modules"): "\n".join(map(module_said, modules_of(content))),
        gettext("Life-cycle stages"): ", ".join(label["name"] for label in content["stages"]),
        gettext("Dimensions"): ", ".join(label["name"] for label in content["dimensions"]),
    }
