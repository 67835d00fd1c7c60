"""The analysts' workbook: all of the chain as tidy tables, sent as it is read.

Rows go from the cursor to the sheet, one query for each. What is confidential is in it only when
somebody asks who may see all of it; it is refused to others, never thinned in silence.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.excel.streaming import NativeTable, WorkbookStream
from actionplan.models import ProcurementRegion
from actionplan.permissions import Person
from actionplan.processes.streamed_files import one_moment, spoken
from followup.models import FollowUp
from followup.permissions import may_see_any, visible
from followup.workbook import SHEETS, WorkbookFilters, WorkbookTable
from followup.workbook.coverage import WorkbookCoverage
from followup.workbook.diagrams import charts, published_charts
from followup.workbook.front import read_me
from followup.workbook.reported import WorkbookReports

# Rows that the database hands over at a time, and after which one hears how far it is.
CHUNK: Final = 2000
# Told the sheet, and how many of its rows are written.
Progress = Callable[[str, int], None]


def sheets(*, confidential: bool) -> list[WorkbookTable]:
    """Return the sheets of the ordinary workbook, or of the confidential one."""
    return [sheet for sheet in SHEETS if confidential or not sheet.confidential]


def row_counts(filters: WorkbookFilters, *, confidential: bool = False) -> dict[str, int]:
    """Tell how many rows each sheet will have: one query for all of them."""
    tables = sheets(confidential=confidential)
    # Any row that there always is, to hang the numbers on.
    counts = ProcurementRegion.objects.order_by("pk").values_list(
        *(sheet.count(filters, confidential=confidential) for sheet in tables)
    )
    return {str(sheet.name): rows for sheet, rows in zip(tables, counts[0], strict=True)}


def workbook(
    filters: WorkbookFilters,
    *,
    by: Person | None,
    confidential: bool = False,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """Return the file in pieces; rights are asked before the first of them.

    Args:
        by: who takes it out; nobody is the command line, which is told nothing confidential.

    Raises:
        PermissionDenied: `by` exports nothing, or may not see all that is confidential in it.
    """
    if by is not None and not permissions.may_export(by):
        raise PermissionDenied
    if confidential:
        refuse_unseen(filters, by)
    pieces = _stream(filters, confidential=confidential, progress=progress)
    # Whoever asks: scripts read the headings.
    return spoken(pieces, settings.LANGUAGE_CODE)


def refuse_unseen(filters: WorkbookFilters, by: Person | None) -> None:
    """Refuse the confidential workbook to who does not see every follow-up of the plans.

    Raises:
        PermissionDenied: with a sentence that says which plans to leave out.
    """
    if by is None or not may_see_any(by):
        raise PermissionDenied(
            _(
                "You cannot see any follow-ups, and so cannot download a workbook with "
                "confidential data."
            )
        )
    rows = FollowUp.objects.filter(filters.of_plans("product_area__plan"))
    unseen = rows.exclude(pk__in=FollowUp.objects.filter(visible(by)).values("pk"))
    slugs = unseen.values_list("product_area__plan__slug", flat=True)
    plans = list(slugs.order_by("product_area__plan__slug").distinct())
    if plans:
        sentence = _(
            "There are follow-ups that you may not see. Leave out these plans, or "
            "download the workbook without confidential data: %(plans)s"
        )
        raise PermissionDenied(sentence % {"plans": ", ".join(plans)})


def _stream(
    filters: WorkbookFilters, *, confidential: bool, progress: Progress | None
) -> Iterator[bytes]:
    """Yield the file as everything stood at one moment."""
    made_at = timezone.now()
    included_sheets = sheets(confidential=confidential)
    reports = WorkbookReports(filters)
    fillers = WorkbookCoverage(filters), reports
    book = WorkbookStream(_("Workbook for analysts"), created=made_at.astimezone(UTC))
    with one_moment():
        yield from book.stream(
            (
                _table(sheet, filters, fillers, confidential=confidential, progress=progress)
                for sheet in included_sheets
            ),
            front=lambda report: read_me(
                report,
                filters,
                included_sheets,
                made_at=timezone.localtime(made_at),
                confidential=confidential,
            ),
            charts=(
                _("Charts"),
                lambda: charts(filters) if confidential else published_charts(reports.totals),
            ),
        )


def _table(
    sheet: WorkbookTable,
    filters: WorkbookFilters,
    fillers: tuple[WorkbookCoverage, WorkbookReports],
    *,
    confidential: bool,
    progress: Progress | None,
) -> NativeTable:
    name = str(sheet.name)
    rows = sheet.tuples(filters, confidential=confidential).iterator(chunk_size=CHUNK)
    covered, reports = fillers
    if sheet.covered:
        rows = covered.filled(sheet, rows)
    if sheet.reported:
        rows = reports.filled(sheet, rows, confidential=confidential)
    columns = [field.column for field in sheet.fields_for(confidential=confidential)]
    return NativeTable(name, columns, _with_progress(name, rows, progress) if progress else rows)


def _with_progress(name: str, rows: Iterable[object], progress: Progress) -> Iterator[Any]:
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if number % CHUNK == 0:
            progress(name, number)
    progress(name, number)
