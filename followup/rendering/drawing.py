"""Pictures of readings over time as HTML. Pure.

A plan has a picture for each indicator, with a line for each of twenty regions. In a template that
was a third of the processor time of its page; see `requirements_pkg.cards.pieces`.
"""

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from followup.published.status_page import IndicatorPart
from followup.status.chart import ReadingsChart


class Pictures:
    """Makes the pictures of a page; holds the words that all of them need.

    Args:
        lang: the attribute of Swedish words on a page in another language.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.title = gettext("Indicator %(number)s over time")
        self.country = _dot("dot main", gettext("whole country"))
        single = gettext("single organisations")
        self.single, self.single_lines = _dot("dot", single), _dot("sample single", single)
        self.target = _dot("sample target", gettext("target"))
        self.baseline = _dot("sample baseline", gettext("baseline"))
        self.due = _dot("sample due", gettext("to be met by"))

    def html(self, indicator: IndicatorPart, chart: ReadingsChart) -> SafeString:
        """Return the picture of an indicator as `status_page.indicator` makes it, with its key."""
        key, number = escape(indicator["id"]), escape(indicator["number"])
        title = escape(self.title) % {"number": number}
        head = (
            f'<figure class="chart"><svg viewBox="0 0 {chart.width} {chart.height}" role="img" '
            f'aria-labelledby="{key}-bild {key}-ord"><title id="{key}-bild">{title}</title>'
            f'<desc id="{key}-ord">{escape(indicator["says"])}</desc>\n'
        )
        pieces = (
            head,
            *_scales(chart),
            *_lines(chart),
            "</svg><figcaption>",
            *self._key(chart, indicator["unit"]),
            "</figcaption></figure>",
        )
        # Words are escaped, and all else are numbers.
        return mark_safe("".join(pieces))  # noqa: S308

    def _key(self, chart: ReadingsChart, unit: str) -> Iterator[str]:
        if unit:
            yield f"<span{self.lang}>{escape(unit)}</span> "
        if chart.is_mixed:
            yield self.country
            yield self.single if chart.is_dotted else self.single_lines
        if chart.target is not None:
            yield self.target
        if chart.baseline is not None:
            yield self.baseline
        if chart.due:
            yield self.due


def _scales(chart: ReadingsChart) -> Iterator[str]:
    """Yield the lines and words at the edges, and what is to be reached and when."""
    left, right = chart.left, chart.right
    for row in chart.rows:
        yield (
            f'<path class="grid-line" d="M{left} {row.at}H{right}" /><text class="row-name" '
            f'x="{left}" y="{row.at}" dx="-8" dy="4">{escape(row.text)}</text>\n'
        )
    ends = ("first", "last") if len(chart.days) > 1 else ("",)
    for end, day in zip(ends, (chart.days[0], chart.days[-1]), strict=False):
        yield (
            f'<text class="day {end}" x="{day.at}" y="{chart.bottom}" dy="20">'
            f"{escape(day.text)}</text>\n"
        )
    if chart.due:
        yield f'<path class="due" d="M{chart.due} {chart.top}V{chart.bottom}" />'
    if chart.baseline is not None:
        yield f'<path class="baseline" d="M{left} {chart.baseline}H{right}" />'
    if chart.target is not None:
        yield f'<path class="target" d="M{left} {chart.target}H{right}" />'


def _lines(chart: ReadingsChart) -> Iterator[str]:
    for line in chart.lines:
        name = "line main" if line.is_main else "line"
        yield f'<g class="{name}"><path d="{line.path}" />{line.circles}</g>\n'


def _dot(name: str, words: str) -> str:
    return f'<span class="{name}">{escape(words)}</span> '
