"""The parts that the pages of follow-up have hundreds of, as HTML. Pure.

In a template each of their names would be looked at anew; see `requirements_pkg.cards.pieces`,
which says why `html.escape`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from actionplan.text import figure
from followup.models import ClauseLevel, Method
from followup.published.plans import PlanHead
from followup.published.reports import ListedReport
from followup.published.status_page import PlanRow, status_light
from followup.published.timeline import TimelineEvent
from followup.report.facts import Totals
from followup.report.schema import EarlierAudit, ReportedSummary
from requirements_pkg.language.breaking import breakable

CELL = '<td role="cell" data-label="{}">{}</td>'


class PlanRows:
    """Makes the rows of the list of plans; holds the words that all of them need.

    Args:
        lang: the attribute of Swedish words on a page in another language.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.labels = [
            escape(name)
            for name in (
                gettext("Goals met"),
                gettext("Follow-ups done"),
                gettext("Deviations"),
                gettext("Lessons incorporated"),
                gettext("Last report"),
            )
        ]
        self.of_total = escape(gettext("%(met)s of %(total)s"))
        self.done = escape(gettext("%(done)s of %(total)s"))
        carried_out = escape(gettext("carried out of planned"))
        self.carried_out = f'<span class="more">{carried_out}</span>'
        self.no_goals = _withheld(gettext("no goals"))
        self.none_planned = _withheld(gettext("none planned yet"))
        self.too_few = _withheld(gettext("withheld"))
        self.nothing = _withheld("–")
        self.unreported = _withheld(gettext("no report yet"))

    def html(self, rows: Iterable[PlanRow]) -> SafeString:
        """Return the rows, each as `status_page.listed` makes it."""
        # Every value is escaped.
        return mark_safe("\n".join(map(self._row, rows)))  # noqa: S308

    def _row(self, row: PlanRow) -> str:
        lessons = f'<div class="figure">{figure(row["plan"].lesson_count)}</div>'
        cells = (*(f"<div>{self.nothing}</div>",) * 3, lessons, f"<div>{self.unreported}</div>")
        if row["report"]:
            cells = (
                f"<div>{''.join(self._goals(row))}</div>",
                f"<div>{self._follow_ups(row['counts'])}</div>",
                f"<div>{self._deviations(row['counts'])}</div>",
                lessons,
                f"<div>{self._report(row['plan'], row['report'])}</div>",
            )
        html = "".join(map(CELL.format, self.labels, cells))
        return f'<tr role="row">{self._head(row["plan"])}{html}</tr>'

    def _head(self, plan: PlanHead) -> str:
        href = reverse("status_of_package", args=[plan.slug])
        return (
            f'<th scope="row" role="rowheader"><a href="{href}"{self.lang}>{breakable(plan.title)}'
            f'</a> <span class="areas"{self.lang}>{escape(f"{plan.period}, {plan.region}")}</span>'
            "</th>"
        )

    def _report(self, plan: PlanHead, report: ListedReport) -> str:
        href = reverse("report", args=[plan.slug, report.number])
        return f'<a href="{href}">r{report.number}</a> {_day(report.as_of)}'

    def _goals(self, row: PlanRow) -> Iterator[str]:
        share = self.of_total % {"met": figure(row["met"]), "total": figure(row["goals"])}
        yield f'<span class="figure">{share}</span>' if row["goals"] else self.no_goals
        for status, count in row["statuses"]:
            yield f' <span class="more">{escape(status.words)}: {figure(count)}</span>'

    def _follow_ups(self, counts: Totals | None) -> str:
        if counts is None:
            return self.too_few
        if not counts.planned:
            return self.none_planned
        share = self.done % {"done": figure(counts.done), "total": figure(counts.planned)}
        return f'<span class="figure">{share}</span> {self.carried_out}'

    def _deviations(self, counts: Totals | None) -> str:
        if counts is None:
            return self.too_few
        if not counts.done:
            return _withheld("–")
        opened = ngettext("%(number)s open", "%(number)s open", counts.open)
        closed = ngettext("%(number)s closed", "%(number)s closed", counts.closed)
        return (
            f'<span class="figure">{escape(opened % {"number": figure(counts.open)})}</span> '
            f'<span class="more">{escape(closed % {"number": figure(counts.closed)})}</span>'
        )


def events(given: Iterable[TimelineEvent], lang: str) -> SafeString:
    """Return what happened, each event as an entry of a list."""
    pieces = []
    for event in given:
        name = escape(event.name)
        if event.href:
            name = f'<a href="{escape(event.href)}">{name}</a>'
        text = f'<p class="words"{lang}>{escape(event.text)}</p>' if event.text else ""
        pieces.append(f'<li><p class="quiet">{_day(event.day)}</p><h3>{name}</h3>{text}</li>\n')
    # Every value is escaped.
    return mark_safe("".join(pieces))  # noqa: S308


def summaries(given: Iterable[ReportedSummary], areas: Mapping[int, str], lang: str) -> SafeString:
    """Return the published words of follow-ups, each with the name of its product area."""
    done, supplier = escape(gettext("done")), escape(gettext("supplier"))
    pieces = []
    for summary in given:
        area = areas.get(summary.area, "")
        traffic_light = status_light(summary.light)
        facts = [f"<span>{escape(str(Method(summary.method).label))}</span>"]
        if summary.done_on:
            month = f"{summary.done_on:%Y-%m}"
            facts.append(
                f'<span>{done} <time datetime="{month}">{_month(summary.done_on)}</time></span>'
            )
        if summary.supplier:
            name = f"<span{lang}>{escape(summary.supplier)}</span>"
            facts.append(f"<span>{supplier}: {name}</span>")
        pieces.append(
            f'<article class="public-summary" id="sammanfattning-{summary.id}"><h3>'
            f'<span class="name"{lang}>{escape(area)}</span></h3><p class="quiet facts-line">'
            f'<span class="traffic-light {traffic_light.code}">'
            f'<span aria-hidden="true">{traffic_light.mark}</span> '
            f"{escape(traffic_light.words)}</span> {' '.join(facts)}</p>"
            f'<div class="words"{lang}>{_paragraphs(summary.text)}</div>'
            f"{_reused(summary.reused)}</article>\n"
        )
    return mark_safe("".join(pieces))  # noqa: S308


def _reused(audit: EarlierAudit | None) -> str:
    if audit is None:
        return ""
    says = gettext(
        "Based on another organisation’s %(method)s of %(on)s, against terms %(level)s."
    )
    sentence = says % {
        "method": str(Method(audit.method).label),
        "on": audit.audited_on.isoformat(),
        "level": str(ClauseLevel(audit.level).label),
    }
    return f'<p class="quiet">{escape(sentence)}</p>'


def _paragraphs(text: str) -> str:
    """Return a text as the templates' "linebreaks" has it; most are one paragraph."""
    if "\n" in text or "\r" in text:
        return linebreaks(text, autoescape=True)
    return f"<p>{escape(text)}</p>"


def _withheld(words: str) -> str:
    return f'<span class="withheld">{escape(words)}</span>'


def _day(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{day.day} {_month(day)}</time>'


def _month(day: date) -> str:
    """Return the month and the year in words, as the templates' "F Y" writes them."""
    return f"{_months(get_language() or '')[day.month]} {day.year}"


@cache
def _months(_language: str) -> dict[int, str]:
    """Return the months in the words of the language that is spoken; a page has hundreds."""
    return {number: str(name) for number, name in MONTHS.items()}
