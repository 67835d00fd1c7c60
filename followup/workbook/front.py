"""Läs mig: what the workbook holds, what was chosen, what is left out and why."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from actionplan.excel.streaming import LinesSheet, PageLine, StreamReport
from actionplan.excel.streaming.cells import HEAD, LABEL, TITLE
from followup.workbook.columns import WorkbookTable
from followup.workbook.filters import WorkbookFilters


def read_me(
    report: StreamReport,
    filters: WorkbookFilters,
    sheets: Sequence[WorkbookTable],
    *,
    made_at: datetime,
    confidential: bool,
) -> LinesSheet:
    """Return the first page, made when all else is written."""
    lines = [
        PageLine([_("Workbook for analysts")], TITLE),
        *_facts(filters, made_at),
        PageLine([]),
        *_secrecy(confidential=confidential),
        *_cuts(report),
        PageLine([]),
        PageLine([_("Sheet"), _("What the sheet contains"), _("Rows")], HEAD),
        *(
            PageLine(
                [str(sheet.name), str(sheet.meaning), report.rows.get(str(sheet.name), 0)], LABEL
            )
            for sheet in sheets
        ),
    ]
    for sheet in sheets:
        lines += [PageLine([]), PageLine([str(sheet.name), _("What the column means")], HEAD)]
        lines += [
            PageLine([str(field.column.label), str(field.column.help)], LABEL)
            for field in sheet.fields_for(confidential=confidential)
        ]
    return LinesSheet(_("Read me"), [32, 90, 12], lines)


def _facts(filters: WorkbookFilters, made_at: datetime) -> list[PageLine]:
    everything = _("all")
    first, last = filters.first_day or "", filters.last_day or ""
    period = f"{first} – {last}" if first or last else everything
    dates = _(
        "Readings by the day they concern, follow-ups by the day they were planned for or "
        "carried out, deviations by the day they were found, lessons by the day they were "
        "written, versions by the day they were published. Plans, risks, goals and "
        "requirements are as they are now, whatever the period."
    )
    return [
        PageLine([_("Created"), f"{made_at:%Y-%m-%d %H:%M}"], LABEL),
        PageLine([_("Plans"), ", ".join(filters.slugs) or everything], LABEL),
        PageLine([_("Procurement region"), filters.region or everything], LABEL),
        PageLine([_("Period"), period], LABEL),
        PageLine([_("What the period selects"), dates], LABEL),
        PageLine(
            [
                _("Shares"),
                _(
                    "The numerator and the denominator are beside every share. Add them "
                    "up first when you combine shares."
                ),
            ],
            LABEL,
        ),
    ]


def _secrecy(*, confidential: bool) -> list[PageLine]:
    if confidential:
        words = _(
            "The workbook contains confidential data (OSL 31:16): contracts, suppliers, "
            "findings, corrective actions, notes and lessons. Keep it where such "
            "documents are kept."
        )
        return [PageLine([_("Confidential"), words], LABEL)]
    words = _(
        "Everything that is one contract's is left out: follow-ups, deviations, corrective "
        "actions and the text of lessons are confidential (OSL 31:16). The counts are those "
        "of the newest published follow-up report of each plan, whatever the period. A lesson's "
        "public text is included once it has been reviewed for secrecy. Contacts are left out as "
        "personal data."
    )
    return [PageLine([_("Left out"), words], LABEL)]


def _cuts(report: StreamReport) -> list[PageLine]:
    """Return what did not fit in a cell of Excel."""
    sentence = _(
        "%(times)s texts were too long for an Excel cell. They are cut short and end with “…”."
    )
    return [
        PageLine([f"{sheet}, {column}", sentence % {"times": times}], LABEL)
        for (sheet, column), times in report.cuts.items()
    ]
