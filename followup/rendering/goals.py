"""The goals of a plan with all that was reported of them, as HTML. Pure.

A nation's plan has a hundred indicators, and in a template each of their words would be looked at
anew; see `requirements_pkg.cards.pieces`, which says why `html.escape`.
"""

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from followup.published.status_page import GoalPart, IndicatorPart, ReadingRow, SubGoalPart
from followup.rendering.drawing import Pictures
from followup.report.schema import PublishedReading


class GoalParts:
    """Makes the parts of a plan's goals; holds the words that all of them need.

    Args:
        lang: the attribute of Swedish words on a page in another language.
        all_readings: the query of the page with every reading.
    """

    def __init__(self, lang: str, all_readings: str) -> None:
        self.lang = lang
        self.overall = escape(gettext("Overall goal %(number)s"))
        self.sub_goal = escape(gettext("Sub-goal"))
        self.no_sub_goals = _quiet(gettext("The goal has no sub-goals yet."))
        self.indicators = IndicatorParts(lang, all_readings)
        self.no_indicators = _quiet(gettext("The sub-goal has no indicators yet."))

    def html(self, goals: Iterable[GoalPart]) -> SafeString:
        """Return the goals, each as `status_page.goals` makes it."""
        # Every value is escaped.
        return mark_safe("\n".join(map(self._goal, goals)))  # noqa: S308

    def _goal(self, goal: GoalPart) -> str:
        number = goal["number"]
        eyebrow = self.overall % {"number": number}
        within = "".join(map(self._sub_goal, goal["sub_goals"])) or self.no_sub_goals
        return (
            f'<section class="status-goal" id="mal-{number}"><h3><span class="eyebrow">{eyebrow}'
            f'</span> <span class="unseen">:</span> <span class="name"{self.lang}>'
            f"{escape(goal['title'])}</span></h3>{_status(goal)}{within}</section>"
        )

    def _sub_goal(self, sub_goal: SubGoalPart) -> str:
        number, title = escape(sub_goal["number"]), escape(sub_goal["title"])
        within = "".join(map(self.indicators.html, sub_goal["indicators"])) or self.no_indicators
        return (
            f'<section class="status-sub-goal"><p class="eyebrow">{self.sub_goal} {number}</p>'
            f"<h4{self.lang}>{title}</h4>{_status(sub_goal)}{within}</section>\n"
        )


class IndicatorParts:
    """Makes the part of each indicator: what it says, how it goes, the picture and the table.

    Args:
        lang: the attribute of Swedish words on a page in another language.
        all_readings: the query of the page with every reading.
    """

    def __init__(self, lang: str, all_readings: str) -> None:
        self.lang = lang
        self.all_readings = escape(all_readings)
        self.pictures = Pictures(lang)
        self.rows = ReadingRows(lang)
        self.indicator = escape(gettext("Indicator"))
        self.levels = escape(gettext("target")), escape(gettext("baseline"))
        self.due = escape(gettext("to be met by"))
        self.in_words = escape(gettext(", according to the text"))
        no_due = escape(gettext("no due date"))
        self.no_due = f"<span>{no_due}</span>"

    def html(self, indicator: IndicatorPart) -> str:
        """Return an indicator as `status_page.indicator` makes it."""
        number, title = escape(indicator["number"]), escape(indicator["title"])
        facts = f"{indicator['status_mark'].html} {' '.join(self._facts(indicator))}"
        readings = self._readings(indicator) if indicator["readings"] else ""
        return (
            f'<div class="status-indicator" id="{escape(indicator["id"])}"><p class="eyebrow">'
            f'{self.indicator} {number}</p><p class="title"{self.lang}>{title}</p>'
            f'<p class="quiet facts-line">{facts}</p>{readings}</div>\n'
        )

    def _facts(self, indicator: IndicatorPart) -> Iterator[str]:
        if indicator["met"]:
            yield f"<span>{escape(indicator['met'])}</span>"
        unit = f"<span{self.lang}>{escape(indicator['unit'])}</span>"
        for label, level in zip(
            self.levels, (indicator["target"], indicator["baseline"]), strict=True
        ):
            if level:
                yield f"<span>{label} {escape(level)} {unit}</span>"
        day = indicator["due_on"]
        if day:
            words = self.in_words if indicator["due_in_words"] else ""
            yield (
                f'<span>{self.due} <time datetime="{day.isoformat()}">'
                f"{escape(date_format(day, 'j F Y'))}</time>{words}</span>"
            )
        elif indicator["lacks_due_on"]:
            yield self.no_due

    def _readings(self, indicator: IndicatorPart) -> str:
        key, caption = escape(indicator["id"]), escape(indicator["caption"])
        chart = indicator["chart"]
        picture = self.pictures.html(indicator, chart) if chart else ""
        more = ""
        if indicator["more"]:
            href = f"?{self.all_readings}#{key}"
            more = f'<p class="next-steps"><a href="{href}">{escape(indicator["more"])}</a></p>'
        return (
            f'<div class="with-chart">{picture}<div class="scroll" role="region" tabindex="0" '
            f'aria-labelledby="{key}-tabell"><table class="readings stacks" role="table">'
            f'<caption id="{key}-tabell">{caption}</caption>{self.rows.table(indicator)}'
            f"</table></div>{more}</div>"
        )


class ReadingRows:
    """Makes the tables of readings; holds the words that all of them need.

    Args:
        lang: the attribute of Swedish words on a page in another language.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.day = escape(gettext("Date"))
        self.who, self.status = escape(gettext("Who")), escape(gettext("Status"))
        self.value, self.comment = escape(gettext("Value")), escape(gettext("Comment"))
        country = escape(gettext("whole country"))
        self.country = f"<span>{country}</span>"
        self.evidence = escape(gettext("Evidence"))

    def table(self, indicator: IndicatorPart) -> str:
        """Return head and body of the table of an indicator's readings."""
        unit = indicator["unit"]
        labels = [self.day, self.who, self.status, self.comment]
        if unit:
            labels.insert(-1, f"{self.value} (<span{self.lang}>{escape(unit)}</span>)")
        head = "".join(map('<th scope="col" role="columnheader">{}</th>'.format, labels))
        body = "\n".join(self._row(row, has_value=bool(unit)) for row in indicator["readings"])
        return (
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
            f'<tbody role="rowgroup">{body}</tbody>'
        )

    def _row(self, row: ReadingRow, *, has_value: bool) -> str:
        reading = row["reading"]
        day = reading.as_of.isoformat()
        who = f"<span{self.lang}>{escape(reading.organisation)}</span>"
        value = (
            f'<td class="number" role="cell" data-label="{self.value}">'
            f"<span>{escape(row['value'] or '–')}</span></td>"
        )
        return (
            f'<tr role="row"><th scope="row" role="rowheader"><time datetime="{day}">{day}</time>'
            f'</th><td role="cell" data-label="{self.who}">'
            f"{who if reading.organisation else self.country}</td>"
            f'<td role="cell" data-label="{self.status}">{row["status_mark"].html}</td>'
            f"{value if has_value else ''}"
            f'<td role="cell" data-label="{self.comment}">'
            f"<span{self.lang}>{escape(reading.comment)}</span>{self._evidence(reading, day)}"
            "</td></tr>"
        )

    def _evidence(self, reading: PublishedReading, day: str) -> str:
        if not reading.evidence_url:
            return ""
        return (
            f' <a href="{escape(reading.evidence_url)}" rel="nofollow">{self.evidence}'
            f'<span class="unseen">, {day}</span></a>'
        )


def _status(_status: GoalPart | SubGoalPart) -> str:
    """Return how it goes with a goal or a sub-goal, and how much of it is reported."""
    reported = _status["reported"]
    quiet = f' <span class="quiet">{escape(reported)}</span>' if reported else ""
    return f'<p class="facts-line">{_status["status_mark"].html}{quiet}</p>'


def _quiet(words: str) -> str:
    return f'<p class="quiet">{escape(words)}</p>'
