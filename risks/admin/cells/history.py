"""What became of one cell, change by change, and what it was before each, to be restored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db.models import Q, TextChoices
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from actionplan.models import ChangeKind, ChangeLog
from actionplan.models.change_log import Values
from actionplan.models.columns import stored_field
from actionplan.models.logged import stored_values
from actionplan.text import is_number
from risks.admin.cells.choices import choice_of
from risks.grid.rows import Row
from risks.models import Assessment, RiskCell, RiskLevel, RiskStatement, StatementKind

# So many lines of the log are looked at.
MOST_LINES: Final = 300
CELL: Final = RiskCell._meta.label
STATEMENT: Final = RiskStatement._meta.label
# The columns that say something to a reader, with the words for their values.
WORDS: Final[dict[str, dict[str, type[TextChoices] | None]]] = {
    STATEMENT: {"text": None, "kind": StatementKind},
    CELL: {
        "assessment": Assessment,
        "level": RiskLevel,
        "level_source": None,
        "level_source_dated": None,
    },
}


@dataclass(frozen=True)
class ValueChange:
    """One thing that a change did: what it is about, and what it was and became."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class CellChange:
    """What somebody changed in a cell at once; `pk` names the state before it."""

    pk: int
    at: datetime
    by: int | None
    who: str
    reason: str
    values: list[ValueChange]


def changes_of(cell: RiskCell) -> list[CellChange]:
    """Return what was changed in a cell, the newest first; one query."""
    return [
        CellChange(
            pk=min(line.pk for line in lines),
            at=lines[0].at,
            by=lines[0].by_id,
            who=lines[0].who or _("the command line"),
            reason=lines[0].reason,
            values=[part for line in reversed(lines) for part in _value_changes(line)],
        )
        for lines in _at_once(_lines(cell))
    ]


def named_change(cell: RiskCell, key: str) -> ChangeLog | None:
    """Return the line of the log on a cell that an address or a form names, if there is one."""
    if not is_number(key):
        return None
    return next((line for line in _lines(cell) if line.pk == int(key)), None)


def moment_of(change: ChangeLog) -> str:
    """Tell when something was changed."""
    return date_format(localtime(change.at), "Y-m-d H:i")


def state_before(cell: RiskCell, pk: int) -> tuple[dict[str, object], list[Row]]:
    """Return the facts and the rows of a cell before a change that the log tells of."""
    lines = _lines(cell)
    facts: Values = stored_values(RiskCell, [cell.pk])[cell.pk]
    there = {row.pk for row in cell.statements.all()}
    rows: dict[int, Values] = stored_values(RiskStatement, list(there))
    for line in lines:
        if line.pk < pk:
            break
        if line.model == CELL:
            facts = facts | line.before
        elif line.kind == ChangeKind.ADDED:
            rows.pop(line.key, None)
        else:
            rows[line.key] = rows.get(line.key, {}) | line.before
    ordered = sorted(rows.items(), key=lambda pair: (pair[1]["position"], pair[0]))
    past = RiskCell(**{name: facts[name] for name in facts if name != "level_source_dated"})
    return (
        {
            "assessment": choice_of(past),
            "level": past.level,
            "level_source": past.level_source,
            "level_source_dated": facts["level_source_dated"],
        },
        [Row(key if key in there else None, row["kind"], row["text"]) for key, row in ordered],
    )


def _lines(cell: RiskCell) -> list[ChangeLog]:
    """Return the lines of the log on a cell and its statements, the newest first."""
    about = Q(model=CELL, key=cell.pk) | Q(model=STATEMENT, part_of=cell.pk)
    kinds = (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED)
    rows = ChangeLog.objects.filter(about, kind__in=kinds).select_related("by")
    # An empty cell comes with its area, and says nothing.
    rows = rows.exclude(model=CELL, kind=ChangeKind.ADDED)
    return list(rows.order_by("-id")[:MOST_LINES])


def _at_once(lines: Sequence[ChangeLog]) -> Iterator[list[ChangeLog]]:
    """Yield the lines of each request; those of the command line are told by their moment."""
    for _key, group in groupby(lines, key=lambda line: line.request or line.at):
        yield list(group)


def _value_changes(line: ChangeLog) -> Iterator[ValueChange]:
    """Yield what a line changed, in words; of a whole statement only what it says."""
    is_whole = line.kind != ChangeKind.CHANGED
    for name, words in WORDS[line.model].items():
        if is_whole and name == "kind":
            continue
        before, after = (_in_words(side.get(name), words) for side in (line.before, line.after))
        if before != after:
            yield ValueChange(_name(line, name), before, after)


def _in_words(value: object, words: type[TextChoices] | None) -> str:
    if value in (None, ""):
        return ""
    return str(value if words is None else words(str(value)).label)


def _name(line: ChangeLog, column: str) -> str:
    """Name a value: of a statement what kind it is, else as its field is called."""
    if line.model == STATEMENT:
        kind = line.after.get("kind") or line.before.get("kind")
        return capfirst(_in_words(kind, StatementKind) or _("text"))
    return capfirst(str(stored_field(RiskCell, column).verbose_name))
