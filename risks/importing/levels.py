"""From a national risk analysis to the levels of one product area, and nothing else of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import ActionPlan, ChangeEvent, EventKind, ProductArea, User
from actionplan.processes import uploads
from risks.importing.asking.spellings import headings
from risks.importing.changes import Changes
from risks.importing.plans import OvertakenImport
from risks.importing.statements import place_of
from risks.levels import (
    STAGES,
    LevelFault,
    LevelProblem,
    NationalAnalysis,
    RefusedLevels,
    read_levels,
)
from risks.models import Dimension, OverallLevel, RiskCell, RiskLevel

# Where the agency's analyses begin, for those who do not say which page they read.
AGENCY: Final = "https://www.upphandlingsmyndigheten.se/riskanalyser"
LONGEST_SOURCE: Final = 500
CELL_FIELDS: Final = ["level", "level_source", "level_source_dated"]
OVERALL_FIELDS: Final = ["level", "source", "dated"]


@dataclass
class LevelOutcome:
    """What an import of levels did, or would do."""

    analysis: NationalAnalysis
    changes: Changes


@dataclass(frozen=True)
class _StatedLevel:
    """A level as its source gives it."""

    level: str
    source: str
    dated: date | None

    def __str__(self) -> str:
        level = RiskLevel(self.level).label if self.level else ""
        if not self.source:
            return str(level)
        return _("%(level)s, according to %(source)s, %(dated)s") % {
            "level": level,
            "source": self.source,
            "dated": self.dated,
        }


def import_risk_levels(
    *,
    area: ProductArea,
    text: str,
    source: str,
    dated: date,
    by: User | None,
    foreseen: str | None = None,
) -> LevelOutcome:
    """Set the levels of an area's three stages, and its overall levels, as an analysis gives them.

    An analysis that gives no overall level leaves those that another one gave.

    Args:
        text: the analysis, in one of the forms that `risks.levels` reads.
        source: the web address of the analysis.
        dated: when it was made or read.
        by: who imports; None is the operator of the command line, who has the database anyway.
        foreseen: checksum of the changes that were previewed; others are refused.

    Raises:
        FileRefused: the text could not be read within what reading may cost.
        RefusedLevels: the text, the address or the date has a fault; nothing was stored.
        OvertakenImport: the changes are not those that were foreseen.
        BrokenRule: the database refuses them.
        PermissionDenied: `by` does not edit the plan.
        ProductArea.DoesNotExist: somebody removed the area.
    """
    # Read while nobody waits.
    analysis = _checked(text, source, dated)
    with all_or_nothing():
        outcome = _store(area, analysis, source, dated, by=by)
        if foreseen is not None and outcome.changes.digest() != foreseen:
            raise OvertakenImport
    return outcome


def preview_risk_levels(
    *, area: ProductArea, text: str, source: str, dated: date, by: User | None
) -> LevelOutcome:
    """Work out what `import_risk_levels` would do, by doing it all and rolling it back."""
    analysis = _checked(text, source, dated)
    with transaction.atomic():
        outcome = _store(area, analysis, source, dated, by=by)
        transaction.set_rollback(True)
    return outcome


def _store(
    area: ProductArea, analysis: NationalAnalysis, source: str, dated: date, *, by: User | None
) -> LevelOutcome:
    """Set the levels of an area; at most all of its cells are written."""
    plan = ActionPlan.objects.select_for_update(of=("self",)).get(pk=area.plan_id)
    if by is not None and not permissions.may_edit(by, plan):
        raise PermissionDenied
    area = plan.product_areas.get(pk=area.pk)
    changes = Changes()
    cells = {key: _StatedLevel(level, source, dated) for key, level in analysis.levels.items()}
    _store_cells(area, cells, changes, by=by)
    overall = {
        code: _StatedLevel(level, source, dated) for code, level in analysis.overall.items()
    }
    _store_overall(area, overall, changes, by=by)
    if changes:
        detail = {"product_area": area.number, "source": source, "changes": len(changes)}
        ChangeEvent.objects.record(EventKind.IMPORTED, plan, by=by, detail=detail)
    return LevelOutcome(analysis, changes)


def _checked(text: str, source: str, dated: date) -> NationalAnalysis:
    """Read the analysis in a child process, and check it; call it before anything is locked.

    Raises:
        FileRefused: the text could not be read within what reading may cost.
        RefusedLevels: all that is wrong with it and with where it is from.
    """
    problems: list[LevelProblem] = []
    try:
        URLValidator(schemes=["http", "https"])(source)
    except ValidationError:
        problems.append(LevelProblem(LevelFault.BAD_SOURCE, words=source))
    if len(source) > LONGEST_SOURCE:
        problems.append(LevelProblem(LevelFault.BAD_SOURCE, words=source[:LONGEST_SOURCE]))
    if dated > timezone.localdate():
        problems.append(LevelProblem(LevelFault.BAD_DATE, words=str(dated)))
    try:
        analysis = uploads.read(read_levels, text, headings(), raises=(RefusedLevels,))
    except RefusedLevels as refused:
        problems += refused.problems
    if problems:
        raise RefusedLevels(problems)
    return analysis


def _store_cells(
    area: ProductArea,
    wanted: Mapping[tuple[str, str], _StatedLevel],
    changes: Changes,
    *,
    by: User | None,
) -> None:
    rows = RiskCell.objects.filter(product_area=area, stage__code__in=STAGES)
    changed = []
    for cell in rows.select_related("product_area").in_grid_order():
        stated = wanted.get((cell.stage.code, cell.dimension.code))
        if stated is None:
            continue
        before = _StatedLevel(cell.level, cell.level_source, cell.level_source_dated)
        cell.give_level(stated.level, stated.source, stated.dated)
        if changes.note(place_of(cell), str(before), str(stated)):
            changed.append(cell)
    bulk.change(RiskCell, changed, CELL_FIELDS, by=by)


def _store_overall(
    area: ProductArea, wanted: Mapping[str, _StatedLevel], changes: Changes, *, by: User | None
) -> None:
    there = {row.dimension_id: row for row in area.overall_levels.all()}
    added: list[OverallLevel] = []
    edited: list[OverallLevel] = []
    for dimension in Dimension.objects.filter(code__in=wanted):
        stated = wanted[dimension.code]
        row = there.get(dimension.pk) or OverallLevel(product_area=area, dimension=dimension)
        before = str(_StatedLevel(row.level, row.source, row.dated))
        row.level, row.source = stated.level, stated.source
        # What an import says has a date.
        row.dated = stated.dated  # type: ignore[assignment]
        where = _("Product area %(number)d, overall level, %(dimension)s")
        where %= {"number": area.number, "dimension": dimension.name}
        if changes.note(where, before, str(stated)):
            (edited if row.pk else added).append(row)
    bulk.make(OverallLevel, added, by=by)
    bulk.change(OverallLevel, edited, OVERALL_FIELDS, by=by)
