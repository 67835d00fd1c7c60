"""A follow-up report as a file: everything as JSON, or one figure or text a row as CSV."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.excel.columns import CODE, Column, ColumnKind
from actionplan.excel.writing.sheet_writing import csv_pieces
from followup.models import Severity
from followup.published.reports import ReportInfo
from followup.report.reading import written_report
from followup.report.schema import Counts, Report
from followup.status import progress

NUMBER: Final = ColumnKind("number")
COLUMNS: Final = (
    Column("category", gettext_lazy("Purchasing category"), 30),
    Column("period", gettext_lazy("Period"), 12),
    Column("report", gettext_lazy("Number of the report"), 8, NUMBER),
    Column("as_of", gettext_lazy("As of"), 12),
    Column("part", gettext_lazy("Of what"), 18),
    Column("number", gettext_lazy("Number or uid"), 18, CODE),
    Column("name", gettext_lazy("Name"), 40),
    Column("measure", gettext_lazy("What is told"), 30),
    Column("value", gettext_lazy("Figure"), 12, NUMBER),
    Column("withheld", gettext_lazy("Withheld"), 10),
    Column("organisation", gettext_lazy("Organisation"), 24),
    Column("day", gettext_lazy("Day"), 12),
    Column("text", gettext_lazy("Text"), 60),
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One figure or text of a report. `value` is None where it is withheld, or has none."""

    part: str
    number: str
    name: str
    measure: str
    value: int | Decimal | None = None
    is_withheld: bool = False
    organisation: str = ""
    day: date | None = None
    text: str = ""


def report_csv(info: ReportInfo, report: Report) -> bytes:
    """Write one row for each figure and text, as Swedish Excel opens it."""
    head = (report.plan.title, report.plan.period, info.number, report.as_of.isoformat())
    rows = (
        (
            *(*head, row.part, row.number, row.name, row.measure, row.value),
            *(_("Yes") if row.is_withheld else "", row.organisation),
            *(row.day.isoformat() if row.day else "", row.text),
        )
        for row in report_rows(report)
    )
    return b"".join(csv_pieces(report.plan.title, COLUMNS, rows))


def report_json(info: ReportInfo, report: Report) -> bytes:
    """Write the whole report for other programs, with what is known of it beside."""
    head = {
        "report": info.number,
        "published_at": timezone.localtime(info.published_at).isoformat(),
        "sha256": info.sha256,
        "note": info.note,
        "masked": [
            f"{timezone.localtime(masking.at).date().isoformat()}, {masking.provision}"
            for masking in info.masked
        ],
    }
    # The report without these is what the checksum is taken of, where nothing in it is masked.
    content: dict[str, object] = json.loads(written_report(report))
    return json.dumps({**head, **content}, ensure_ascii=False, indent=1).encode()


def report_rows(report: Report) -> Iterator[ReportRow]:
    """Yield every figure and text of a report, in reading order."""
    yield from _counted(_("Plan"), "", report.plan.title, report.whole, report.counted_on)
    for area in report.areas:
        place = (_("Product area"), str(area.number), area.name)
        yield from _counted(*place, area.counts, report.counted_on)
    yield from _of_requirements(report)
    yield from _of_use(report)
    yield from _of_indicators(report)
    names = {area.number: area.name for area in report.areas}
    for summary in report.summaries:
        place = (_("Product area"), str(summary.area), names.get(summary.area, ""))
        yield ReportRow(*place, _("Summary"), day=summary.done_on, text=summary.text)
    for lesson in report.lessons:
        codes = ", ".join(f"{change.code}:{change.revision}" for change in lesson.changes)
        yield ReportRow(_("Requirement"), codes, "", _("Lesson"), text=lesson.text)


def _counted(
    part: str, number: str, name: str, counts: Counts | None, day: date
) -> Iterator[ReportRow]:
    """Yield the counts of a plan or an area; where they are withheld, that they are."""
    place = (part, number, name)
    if counts is None:
        yield ReportRow(*place, _("Follow-ups and deviations"), is_withheld=True, day=day)
        return
    figures = {
        _("Follow-ups planned or carried out"): counts.planned,
        _("Follow-ups carried out"): counts.done,
        **_severities(_("Open deviations: %(severity)s"), counts.open),
        **_severities(_("Closed deviations: %(severity)s"), counts.closed),
        _("Open deviations not remedied in time"): counts.late,
        _("Follow-ups with a sanction"): counts.sanctioned,
    }
    for measure, value in figures.items():
        yield ReportRow(*place, measure, value, day=day)


def _severities(words: str, numbers: dict[str, int]) -> dict[str, int]:
    return {
        words % {"severity": severity.label}: numbers.get(severity, 0) for severity in Severity
    }


def _of_requirements(report: Report) -> Iterator[ReportRow]:
    for counts in report.requirements:
        figures = {
            _("Follow-ups that asked about it"): counts.done,
            _("Open deviations"): counts.open,
            _("Closed deviations"): counts.closed,
        }
        for measure, value in figures.items():
            yield ReportRow(
                *(_("Requirement"), counts.uid, "", measure, value),
                is_withheld=value is None,
                day=report.counted_on,
            )


def _of_use(report: Report) -> Iterator[ReportRow]:
    """Yield how many authorities have used the requirements; where it is withheld, that it is."""
    use = report.use
    if use is None:
        return
    measure, title = _("Authorities that have used requirements"), report.plan.title
    rows = [(_("Plan"), "", title, measure, use.authorities)]
    if use.authorities is not None:
        rows += [
            (_("Plan"), "", title, _("Regions that have used requirements"), use.regions),
            *((_("Year"), str(row.year), "", measure, row.authorities) for row in use.years),
            *((_("Level"), row.level, "", measure, row.authorities) for row in use.levels),
            *(
                (_("Requirement"), row.uid, "", measure, row.authorities)
                for row in use.requirements
            ),
        ]
    for row in rows:
        yield ReportRow(*row, is_withheld=row[-1] is None, day=use.counted_on)


def _of_indicators(report: Report) -> Iterator[ReportRow]:
    reached = progress.progress(report.goals, report.indicators, report.readings, on=report.as_of)
    readings = report.readings
    for goal in reached.goals:
        status = progress.status_name(goal.status)
        yield ReportRow(_("Goal"), str(goal.number), goal.text, _("Status"), text=status)
        for indicator in goal.indicators:
            place = (_("Indicator"), indicator.number, indicator.text)
            status = progress.status_name(indicator.status)
            yield ReportRow(*place, _("Status"), day=report.as_of, text=status)
            for reading in readings:
                if reading.indicator == indicator.id:
                    value = None if reading.value is None else reading.value.normalize()
                    words = (progress.status_name(reading.status), reading.comment)
                    yield ReportRow(
                        *(*place, _("Reading"), value),
                        organisation=reading.organisation,
                        day=reading.as_of,
                        text=": ".join(filter(None, words)),
                    )


FORMS: Final[dict[str, tuple[str, Callable[[ReportInfo, Report], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", report_csv),
    "json": ("application/json", report_json),
}
