"""What published follow-up reports tell of a row: the counts that everybody may have.

Live rows of follow-up are one contract's each. Who does not see the contracts has these instead.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from django.db.models import IntegerField, Value
from django.utils.translation import gettext_lazy as _

from followup.models import FollowUpReport
from followup.report.reading import read
from followup.report.schema import Counts, Report
from followup.workbook.columns import QueryColumn, WorkbookTable, count
from followup.workbook.coverage import AREA, PLAN
from followup.workbook.filters import WorkbookFilters

NONE: Final = Value(None, IntegerField())
Numbers = tuple[int | None, ...]
# Done, planned, closed and open; of a requirement asked about, closed and open.
UNKNOWN: Final[Numbers] = (None, None, None, None)


def published_counts() -> tuple[QueryColumn, ...]:
    """Return what the newest report tells of a plan or a product area; empty where withheld."""
    return _reported(
        count(
            "published_done",
            _("Published: follow-ups done"),
            _("According to the newest follow-up report; empty if withheld or not reported."),
            NONE,
        ),
        count(
            "published_planned",
            _("Published: follow-ups planned"),
            _("Including those carried out; empty if withheld or not reported."),
            NONE,
        ),
        *_published_deviations(),
    )


def published_of_requirement() -> tuple[QueryColumn, ...]:
    """Return what the newest report tells of a requirement; asked for is only which it is."""
    return _reported(
        count(
            "published_asked",
            _("Published: follow-ups"),
            _("That ask about it, according to the newest report; empty if withheld."),
            "uid",
        ),
        *_published_deviations(),
    )


def _published_deviations() -> tuple[QueryColumn, QueryColumn]:
    return (
        count(
            "published_closed",
            _("Published: deviations closed"),
            _("According to the newest follow-up report; empty if withheld."),
            NONE,
        ),
        count(
            "published_open",
            _("Published: deviations open"),
            _("On the day of the newest follow-up report; empty if withheld."),
            NONE,
        ),
    )


def _reported(*columns: QueryColumn) -> tuple[QueryColumn, ...]:
    return tuple(replace(column, is_reported=True) for column in columns)


class WorkbookReports:
    """The counts in the newest reports of some plans: by plan, by area and by requirement."""

    def __init__(self, filters: WorkbookFilters) -> None:
        self._filters = filters

    def filled(
        self, sheet: WorkbookTable, rows: Iterable[tuple[object, ...]], *, confidential: bool
    ) -> Iterator[tuple[object, ...]]:
        """Put what is told into rows of a sheet, in place of what was asked for."""
        fields = [
            field for field in sheet.fields_for(confidential=confidential) if field.has_value
        ]
        places = [place for place, field in enumerate(fields) if field.is_reported]
        here = slice(places[0], places[-1] + 1)
        for row in rows:
            if sheet.reported == "requirement":
                numbers = self._requirements.get(str(row[here.start]), UNKNOWN[1:])
            else:
                key = row[PLAN] if sheet.reported == "plan" else (*row[PLAN], *row[AREA])
                numbers = self._plans.get(key, UNKNOWN)
            yield (*row[: here.start], *numbers, *row[here.stop :])

    @property
    def totals(self) -> list[tuple[str, Counts]]:
        """The counts of each plan that tells its own, by its address."""
        return [(slug, report.whole) for slug, report in self._reports if report.whole is not None]

    @cached_property
    def _reports(self) -> list[tuple[str, Report]]:
        rows = FollowUpReport.objects.newest().filter(package__plan__in=self._filters.plans)
        rows = rows.order_by("package__plan__category__name", "package__plan__first_year", "pk")
        return [
            (slug, read(content))
            for slug, content in rows.values_list("package__plan__slug", "content")
        ]

    @cached_property
    def _plans(self) -> dict[tuple[object, ...], Numbers]:
        numbers: dict[tuple[object, ...], Numbers] = {}
        for slug, report in self._reports:
            numbers[(slug,)] = _numbers(report.whole)
            for area in report.areas:
                numbers[slug, area.number, area.name] = _numbers(area.counts)
        return numbers

    @cached_property
    def _requirements(self) -> dict[str, Numbers]:
        """Return the counts of requirements; those of shared modules are several plans'."""
        return {
            counts.uid: (counts.done, counts.closed, counts.open)
            for _slug, report in self._reports
            for counts in report.requirements
            if not counts.is_shared
        }


def _numbers(counts: Counts | None) -> Numbers:
    if counts is None:
        return UNKNOWN
    closed, opened = sum(counts.closed.values()), sum(counts.open.values())
    return counts.done, counts.planned, closed, opened
