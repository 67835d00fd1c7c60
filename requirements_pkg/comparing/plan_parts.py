"""What differs in the plan of two versions: matrix, goals and head. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from django.utils.text import capfirst
from django.utils.translation import gettext

from actionplan.word.document import DESCRIBED, NO_LEVERAGE, NOT_ASSESSED, OPPORTUNITY, SAME_AS
from requirements_pkg.cards import matrix_page
from requirements_pkg.comparing import words
from requirements_pkg.comparing.differences import (
    Change,
    DifferenceKind,
    EditedText,
    Fields,
    ListDifference,
    RowDifference,
)
from requirements_pkg.comparing.lines import ChangedField, ContentNames, line, module_words
from requirements_pkg.comparing.parts import RENUMBERED, ComparedItem, ItemKey, in_order
from requirements_pkg.document.schema import (
    AimIndicator,
    Cell,
    Document,
    Goal,
    Part,
    Plan,
    ProductArea,
    Reference,
    Statement,
    SubGoal,
)

Grouped = Iterator[tuple[str, list[ComparedItem]]]
Plans = tuple[Plan, Plan]
Compared = TypeVar("Compared", bound=Part)
# A row that is not what it was: as it was, as it is, and as it was last.
Pair = tuple[RowDifference, Compared | None, Compared | None, Compared]
Aim = Goal | SubGoal | AimIndicator
Statements = Sequence[Statement]
# What a plan leaves out is a cell all the same.
BLANK: Final = Cell("", "", NOT_ASSESSED, "", "", ())
BELOW: Final = {"goal": "sub_goals", "sub_goal": "indicators", "indicator": ""}
NEXT: Final = {"goal": "sub_goal", "sub_goal": "indicator"}


def matrix(
    change: Change | None,
    plans: Plans,
    names: tuple[ContentNames, ContentNames],
    *,
    by_cell: bool = False,
) -> Grouped:
    """Yield the product areas that differ, and in each the cells that do."""
    maker = _MatrixItems(names, by_cell=by_cell)
    areas = plans[0].product_areas, plans[1].product_areas
    for pair in changed_rows(change, *areas):
        yield capfirst(pair[-1].name), list(maker.area(*pair))


def goals(change: Change | None, plans: Plans) -> Grouped:
    """Yield the goals that differ, each with what differs below it."""
    for pair in changed_rows(change, plans[0].goals, plans[1].goals):
        yield pair[-1].title, list(_aims("goal", *pair))


def head(pair: tuple[Document, Document], plans: Plans) -> Grouped:
    """Yield what differs in what a package says of itself."""
    before, after = (_head_words(*side) for side in zip(pair, plans, strict=True))
    lines = [
        line(label, label, before[label], text)
        for label, text in after.items()
        if before[label] != text
    ]
    key, kinds = ItemKey("head"), (DifferenceKind.CHANGED,)
    yield "", [ComparedItem(kinds, "", lines=tuple(lines), key=key)] if lines else []


def changed_rows(
    change: Change | None, old: Sequence[Compared], new: Sequence[Compared]
) -> Iterator[Pair[Compared]]:
    """Yield the rows that changed: what each was, what it is, and the last of these."""
    for row in change.rows if isinstance(change, ListDifference) else ():
        if row.kinds:
            before = None if row.old is None else old[row.old]
            after = None if row.new is None else new[row.new]
            if (last := after or before) is not None:
                yield row, before, after, last


class _MatrixItems:
    """Makes the items of a matrix; holds the names that all of them need."""

    def __init__(self, names: tuple[ContentNames, ContentNames], *, by_cell: bool = False) -> None:
        self.names = names
        self.by_cell = by_cell
        self.levels = matrix_page.level_names()
        self.assessments = {
            NOT_ASSESSED: gettext("Not assessed"),
            DESCRIBED: gettext("Described"),
            NO_LEVERAGE: gettext("No leverage"),
            SAME_AS: gettext("Same as another"),
        }

    def area(
        self,
        row: RowDifference,
        before: ProductArea | None,
        after: ProductArea | None,
        area: ProductArea,
    ) -> Iterator[ComparedItem]:
        """Yield what became of an area itself, and then of its cells."""
        eyebrow = gettext("Product area %(number)s") % {"number": area.number}
        title, key = capfirst(area.name), ItemKey("area", (area.number,), after is None)
        if before is None or after is None:
            yield from self.one_sided(row, area, ComparedItem(row.kinds, title, eyebrow, key=key))
            return
        kinds, notes = _order(row, before.number, after.number)
        change = row.change.changed if isinstance(row.change, Fields) else {}
        lines: tuple[ChangedField, ...] = ()
        if isinstance(name := change.get("name"), EditedText):
            lines = (ChangedField("name", gettext("Name"), name.pieces),)
            kinds.append(DifferenceKind.CHANGED)
        if kinds:
            yield ComparedItem(in_order(kinds), title, eyebrow, notes, lines, key=key)
        for pair in changed_rows(change.get("cells"), before.cells, after.cells):
            yield from self.cell(area.number, *pair)

    def one_sided(
        self, row: RowDifference, area: ProductArea, item: ComparedItem
    ) -> Iterator[ComparedItem]:
        """Yield an area that only one of the contents has, with its cells in it or after it."""
        side = 0 if row.new is None else 1
        if not self.by_cell:
            body = "\n".join(self.whole(cell, side) for cell in area.cells)
            yield replace(item, body=body)
            return
        yield item
        for at, cell in enumerate(area.cells):
            change = RowDifference(None, at, cell) if side else RowDifference(at, None, cell)
            before, after = (None, cell) if side else (cell, None)
            yield from self.cell(area.number, change, before, after, cell)

    def cell(
        self,
        area: int,
        row: RowDifference,
        before: Cell | None,
        after: Cell | None,
        last: Cell,
    ) -> Iterator[ComparedItem]:
        """Yield what became of a cell; nothing where it only follows an area's new number."""
        old, new = before or BLANK, after or BLANK
        changed = row.change.changed if isinstance(row.change, Fields) else {}
        fact_pairs = zip(self.facts(old, 0), self.facts(new, 1), strict=True)
        lines = [
            line(label, label, was, now) for (label, was), (_, now) in fact_pairs if was != now
        ]
        statements = changed.get("statements")
        if before is None or after is None:
            kind = words.INSERT if before is None else words.DELETE
            lines += [
                _statement(statement, kind) for statement in (*old.statements, *new.statements)
            ]
        else:
            lines += _statements(statements, old.statements, new.statements)
        notes = []
        if isinstance(statements, ListDifference) and any(
            difference.moved for difference in statements.rows
        ):
            notes.append(gettext("The statements are in another order."))
        if lines or notes:
            kinds = tuple(kind for kind in row.kinds if kind != DifferenceKind.MOVED)
            title = self.place(last, 0 if after is None else 1)
            key = ItemKey("cell", (area, last.stage, last.dimension), after is None)
            yield ComparedItem(kinds, title, notes=tuple(notes), lines=tuple(lines), key=key)

    def facts(self, cell: Cell, side: int) -> list[tuple[str, str]]:
        """Return what a cell says besides its statements."""
        level, assessment = cell.level, cell.assessment
        return [
            (gettext("Assessment"), self.assessments.get(assessment, assessment)),
            (gettext("Level"), self.levels.get(level, level)),
            (gettext("Same as"), self.target(cell.same_as, side)),
        ]

    def target(self, to: Reference | None, side: int) -> str:
        """Return what a cell is the same as, in words; "" where it refers to none."""
        if to is None:
            return ""
        return to.category or self.names[side].place(to)

    def place(self, cell: Cell, side: int) -> str:
        """Return the place of a cell within its area, in words."""
        names, stage, dimension = self.names[side], cell.stage, cell.dimension
        return f"{names.stages.get(stage, stage)}, {names.dimensions.get(dimension, dimension)}"

    def whole(self, cell: Cell, side: int) -> str:
        """Return a cell in a line, for an area that only one of the versions has."""
        texts = [statement.text for statement in cell.statements]
        sentences = texts or [self.assessments.get(cell.assessment, "")]
        return f"{self.place(cell, side)}: {' '.join(sentences)}"


def _statements(change: Change | None, old: Statements, new: Statements) -> Iterator[ChangedField]:
    for row, before, after, _last in changed_rows(change, old, new):
        if before is None or after is None:
            yield _statement(row.value, words.INSERT if before is None else words.DELETE)
        elif row.change is not None:
            label, was = _statement_label(after), _statement_label(before)
            if label != was:
                label = gettext("%(now)s, earlier %(then)s") % {"now": label, "then": was}
            yield line("statement", label, before.text, after.text)


def _statement(statement: Statement, kind: str) -> ChangedField:
    pieces = (words.WordRun(kind, statement.text),)
    return ChangedField("statement", _statement_label(statement), pieces)


def _statement_label(statement: Statement) -> str:
    return str(gettext("Opportunity") if statement.kind == OPPORTUNITY else gettext("Risk"))


def _aims(
    level: str,
    row: RowDifference,
    before: Aim | None,
    after: Aim | None,
    aim: Aim,
    above: tuple[str | int, ...] = (),
) -> Iterator[ComparedItem]:
    """Yield what became of a goal, a sub-goal or an indicator, and of what stands below it."""
    eyebrow, below = _aim_names()[level] % {"number": aim.number}, BELOW[level]
    key = ItemKey(level, (*above, aim.number), after is None)
    if before is None or after is None:
        body = "\n".join(f"{under.number} {under.title}" for under in _below(aim))
        yield ComparedItem(row.kinds, aim.title, eyebrow, body=body, key=key)
        return
    kinds, notes = _order(row, before.number, after.number)
    change = row.change.changed if isinstance(row.change, Fields) else {}
    lines: tuple[ChangedField, ...] = ()
    if isinstance(title := change.get("title"), EditedText):
        lines = (ChangedField("title", gettext("Text"), title.pieces),)
        kinds.append(DifferenceKind.CHANGED)
    if kinds:
        yield ComparedItem(in_order(kinds), aim.title, eyebrow, notes, lines, key=key)
    if below:
        for pair in changed_rows(change.get(below), _below(before), _below(after)):
            yield from _aims(NEXT[level], *pair, key.path)


def _below(aim: Aim) -> Sequence[Aim]:
    if isinstance(aim, Goal):
        return aim.sub_goals
    return aim.indicators if isinstance(aim, SubGoal) else ()


def _aim_names() -> dict[str, str]:
    return {
        "goal": gettext("Overall goal %(number)s"),
        "sub_goal": gettext("Sub-goal %(number)s"),
        "indicator": gettext("Indicator %(number)s"),
    }


def _order(
    row: RowDifference, before: str | int, after: str | int
) -> tuple[list[str], tuple[str, ...]]:
    """Tell whether something has another number or stands elsewhere, and that in words."""
    kinds: list[str] = []
    notes = []
    was, now = (str(number).split(".")[-1] for number in (before, after))
    # Where the whole is renumbered its parts follow: 1.2 becomes 2.2, and that is no news.
    if was != now:
        kinds.append(RENUMBERED)
        notes.append(gettext("Earlier number %(number)s.") % {"number": before})
    if row.moved:
        kinds.append(DifferenceKind.MOVED)
    return kinds, tuple(notes)


def _head_words(document: Document, plan: Plan) -> dict[str, str]:
    """Return the head of a document as a reader meets it, by the labels."""
    package, period = document.package, plan.period
    years = f"{period.first_year}–{period.last_year}" if period.first_year else ""
    region = " ".join(filter(None, (plan.procurement_region, document.region_name)))
    modules = (module_words(module.title, module.version) for module in document.modules)
    return {
        gettext("Title"): package.title,
        gettext("How the package is used"): package.introduction,
        gettext("Purchasing category"): plan.category,
        gettext("Period"): years,
        gettext("Procurement region"): region,
        gettext("Coordinator"): plan.coordinator,
        gettext("Introduction"): plan.introduction,
        gettext("Included modules"): "\n".join(modules),
        gettext("Life-cycle stages"): ", ".join(label.name for label in document.stages),
        gettext("Dimensions"): ", ".join(label.name for label in document.dimensions),
    }
