"""Läs mig: what the workbook holds, what was chosen, what is left out and why."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from actionplan.excel.streaming import Line, Page, Report
from actionplan.excel.streaming.cells import HEAD, LABEL, TITLE
from followup.workbook.chosen import Chosen
from followup.workbook.columns import Sheet


def read_me(
    report: Report,
    chosen: Chosen,
    sheets: Sequence[Sheet],
    *,
    made_at: datetime,
    confidential: bool,
) -> Page:
    """The first page, made when all else is written."""
    lines = [
        Line([_("Workbook for analysts")], TITLE),
        *_facts(chosen, made_at),
        Line([]),
        *_secrecy(confidential=confidential),
        *_cuts(report),
        Line([]),
        Line([_("Sheet"), _("What it holds"), _("Rows")], HEAD),
        *(
            Line([str(one.name), str(one.meaning), report.rows.get(str(one.name), 0)], LABEL)
            for one in sheets
        ),
    ]
    for sheet in sheets:
        lines += [Line([]), Line([str(sheet.name), _("What the column means")], HEAD)]
        lines += [
            Line([str(field.heading), str(field.meaning)], LABEL)
            for field in sheet.fields_for(confidential=confidential)
        ]
    return Page(_("Read me"), [32, 90, 12], lines)


def _facts(chosen: Chosen, made_at: datetime) -> list[Line]:
    everything = _("all")
    first, last = chosen.first_day or "", chosen.last_day or ""
    period = f"{first} – {last}" if first or last else everything
    dates = _(
        "Readings by the day they tell of, follow-ups by the day they were planned for or carried"
        " out, deviations by the day they were found, lessons by the day they were written,"
        " versions by the day they were published. Plans, risks, goals and requirements are as"
        " they stand now, whatever the period."
    )
    return [
        Line([_("Made"), f"{made_at:%Y-%m-%d %H:%M}"], LABEL),
        Line([_("Plans"), ", ".join(chosen.slugs) or everything], LABEL),
        Line([_("Procurement region"), chosen.region or everything], LABEL),
        Line([_("Period"), period], LABEL),
        Line([_("What the period chooses"), dates], LABEL),
        Line(
            [
                _("Shares"),
                _("Numerator and denominator stand beside every share: add those up first."),
            ],
            LABEL,
        ),
    ]


def _secrecy(*, confidential: bool) -> list[Line]:
    if confidential:
        words = _(
            "The workbook holds what is confidential (OSL 31:16): contracts, suppliers, findings,"
            " corrective actions, notes and lessons. Keep it where such documents are kept."
        )
        return [Line([_("Confidential"), words], LABEL)]
    words = _(
        "Contract and contract owner, supplier, sub-suppliers, auditor, case, responsible, notes,"
        " findings, evidence, corrective actions and the words of lessons are left out: all that"
        " was said in a follow-up is confidential (OSL 31:16). A lesson's public words are here"
        " once they have been reviewed for secrecy. Contacts are left out as personal data."
    )
    return [Line([_("Left out"), words], LABEL)]


def _cuts(report: Report) -> list[Line]:
    """What did not fit in a cell of Excel."""
    found = _("%(times)s texts were too long for a cell of Excel. They are cut, and end with “…”.")
    return [
        Line([f"{sheet}, {column}", found % {"times": times}], LABEL)
        for (sheet, column), times in report.cuts.items()
    ]
