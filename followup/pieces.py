"""The parts that the pages of follow-up have hundreds of, as HTML. Pure.

In a template each of their names would be looked at anew; see `requirements_pkg.pieces`, which
says why `html.escape`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.dateformat import format as in_words
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from followup.counting import PlanCounts
from followup.plans import Head

Shown = dict[str, Any]
CELL = '<td role="cell" data-label="{}"><div>{}</div></td>'


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
                gettext("Lessons built in"),
                gettext("Last report"),
            )
        ]
        self.of_total = escape(gettext("%(met)s of %(total)s"))
        self.done = escape(gettext("%(done)s of %(total)s"))
        self.carried_out = f'<span class="more">{escape(gettext("carried out of planned"))}</span>'
        self.no_goals = _withheld(gettext("no goals"))
        self.none_planned = _withheld(gettext("none planned yet"))
        self.too_few = _withheld(gettext("fewer than three contracts"))
        self.nothing = _withheld(gettext("nothing reported yet"))

    def html(self, rows: Iterable[Shown]) -> SafeString:
        """The rows, each as `status.listed` makes it."""
        # Every value is escaped.
        return mark_safe("\n".join(map(self._row, rows)))  # noqa: S308

    def _row(self, row: Shown) -> str:
        cells = (
            "".join(self._goals(row)),
            self._follow_ups(row["counts"]),
            self._deviations(row["counts"]),
            f'<span class="figure">{row["plan"].lesson_count}</span>',
            _day(row["last"]) if row["last"] else self.nothing,
        )
        told = "".join(map(CELL.format, self.labels, cells))
        return f'<tr role="row">{self._head(row["plan"])}{told}</tr>'

    def _head(self, plan: Head) -> str:
        href = reverse("status_of_package", args=[plan.slug])
        return (
            f'<th scope="row" role="rowheader"><a href="{href}"{self.lang}>{escape(plan.title)}'
            f'</a> <span class="areas"{self.lang}>{escape(f"{plan.period}, {plan.region}")}</span>'
            "</th>"
        )

    def _goals(self, row: Shown) -> Iterator[str]:
        told = self.of_total % {"met": row["met"], "total": row["goals"]}
        yield f'<span class="figure">{told}</span>' if row["goals"] else self.no_goals
        for standing, count in row["statuses"]:
            yield f' <span class="more">{escape(standing.words)}: {count}</span>'

    def _follow_ups(self, counts: PlanCounts | None) -> str:
        if counts is None:
            return self.too_few
        if not counts.planned:
            return self.none_planned
        told = self.done % {"done": counts.done, "total": counts.planned}
        return f'<span class="figure">{told}</span> {self.carried_out}'

    def _deviations(self, counts: PlanCounts | None) -> str:
        if counts is None:
            return self.too_few
        if not counts.done:
            return _withheld("–")
        opened = ngettext("%(number)s open", "%(number)s open", counts.open)
        closed = ngettext("%(number)s closed", "%(number)s closed", counts.closed)
        return (
            f'<span class="figure">{escape(opened % {"number": counts.open})}</span> '
            f'<span class="more">{escape(closed % {"number": counts.closed})}</span>'
        )


def _withheld(words: str) -> str:
    return f'<span class="withheld">{escape(words)}</span>'


def _day(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{in_words(day, "j F Y")}</time>'
