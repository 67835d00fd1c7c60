"""What became of one cell, change by change, and what it was before each, to be restored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplan.models import ChangeKind, ChangeLog
from actionplan.models.change_log import Values
from actionplan.models.logged import stored_values
from risks.admin.cells.choices import chosen
from risks.grid.rows import Row
from risks.models import Assessment, RiskCell, RiskLevel, RiskStatement, StatementKind

# So many lines of the log are looked at.
MOST_LINES: Final = 300
CELL: Final = RiskCell._meta.label
STATEMENT: Final = RiskStatement._meta.label


@dataclass(frozen=True)
class Told:
    """One thing that a change did: what it is about, and what it was and became."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class CellChange:
    """What somebody changed in a cell at once; `pk` names the state before it."""

    pk: int
    at: datetime
    who: str
    reason: str
    told: list[Told]


def changes_of(cell: RiskCell) -> list[CellChange]:
    """Return what was changed in a cell, the newest first; one query."""
    return [
        CellChange(
            pk=min(line.pk for line in lines),
            at=lines[0].at,
            who=lines[0].who or _("the command line"),
            reason=lines[0].reason,
            told=[told for line in reversed(lines) for told in _told(line)],
        )
        for lines in _at_once(_lines(cell))
    ]


def state_before(cell: RiskCell, pk: int) -> tuple[dict[str, Any], list[Row]] | None:
    """Return the facts and the rows of a cell before a change, None where there is no such one."""
    lines = _lines(cell)
    if all(line.pk != pk for line in lines):
        return None
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
            "assessment": chosen(past),
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
    return list(rows.order_by("-id")[:MOST_LINES])


def _at_once(lines: Sequence[ChangeLog]) -> Iterator[list[ChangeLog]]:
    """Yield the lines of each request; those of the command line are told by their moment."""
    for _key, group in groupby(lines, key=lambda line: line.request or line.at):
        yield list(group)


def _told(line: ChangeLog) -> Iterator[Told]:
    if line.model == STATEMENT:
        kinds = dict(StatementKind.choices)
        for name in ("text", "kind"):
            before, after = line.before.get(name, ""), line.after.get(name, "")
            if name == "kind":
                if line.kind != ChangeKind.CHANGED:
                    continue
                before, after = (str(kinds.get(value, value)) for value in (before, after))
            if before != after:
                yield Told(_statement_name(line), before, after)
        return
    words = {"level": dict(RiskLevel.choices), "assessment": dict(Assessment.choices)}
    for name, values in words.items():
        if name in line.after and line.kind == ChangeKind.CHANGED:
            before, after = (str(values.get(v[name], "")) for v in (line.before, line.after))
            yield Told(capfirst(str(RiskCell._meta.get_field(name).verbose_name)), before, after)
    for name in ("level_source", "level_source_dated"):
        if name in line.after and line.kind == ChangeKind.CHANGED:
            label = capfirst(str(RiskCell._meta.get_field(name).verbose_name))
            yield Told(label, str(line.before[name] or ""), str(line.after[name] or ""))


def _statement_name(line: ChangeLog) -> str:
    kind = line.after.get("kind") or line.before.get("kind")
    kinds = dict(StatementKind.choices)
    return capfirst(str(kinds.get(kind, _("text"))))
