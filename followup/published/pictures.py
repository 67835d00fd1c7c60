"""What the picture of an indicator shows, and the same in words."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext, ngettext

from actionplan.text import figure
from followup.report.schema import PublishedReading
from followup.status import chart, progress
from followup.status.progress import IndicatorProgress

# What a reading may say, the best on top, as the chart has them.
STATUSES: Final = (
    progress.MET,
    progress.ON_TRACK,
    progress.DELAYED,
    progress.NOT_MET,
    progress.NOT_STARTED,
)
# Where each stands from the top.
PLACES: Final = {status: Decimal(place) for place, status in enumerate(STATUSES)}
# How many readings are read out one by one.
READ_OUT: Final = 12


def chart_of(
    indicator: IndicatorProgress, baseline: str, readings: Sequence[PublishedReading]
) -> chart.ReadingsChart | None:
    """Return the picture of an indicator's readings, None where there is nothing to draw."""
    series: dict[str, list[chart.ChartPoint]] = {}
    for reading in readings:
        value = reading.value if indicator.unit else PLACES[reading.status]
        if value is not None:
            series.setdefault(reading.organisation, []).append((reading.as_of, value))
    if indicator.unit:
        low, high = (Decimal(text) if text else None for text in (baseline, indicator.target))
        return chart.of_figures(series, baseline=low, target=high, due=indicator.due_on)
    return chart.of_statuses(series, list(map(progress.status_name, STATUSES)), indicator.due_on)


def in_words(indicator: IndicatorProgress, readings: Sequence[PublishedReading]) -> str:
    """Say what the picture shows, for who does not see it; the table beside it says the rest.

    Few readings are read out. Of many the picture shows where those who report are now.
    """
    count = len(readings)
    number = ngettext("%(count)s reading", "%(count)s readings", count) % {"count": figure(count)}
    if count > READ_OUT:
        says = _latest(indicator, readings)
    else:
        sentences = (
            f"{reading.as_of.isoformat()}: {_reading_in_words(indicator, reading)}"
            for reading in readings
        )
        says = f"{'; '.join(sentences)}."
    return f"{number}. {says}"


def _latest(indicator: IndicatorProgress, readings: Sequence[PublishedReading]) -> str:
    """Say what the latest reading of each who reports says, all together."""
    days = {"first": readings[0].as_of.isoformat(), "last": readings[-1].as_of.isoformat()}
    period = gettext("From %(first)s to %(last)s.") % days
    latest = {reading.organisation: reading for reading in readings}.values()
    figures = [reading.value for reading in latest if reading.value is not None]
    if indicator.unit and figures:
        says = gettext("The latest of each is between %(low)s and %(high)s %(unit)s.")
        ends = {"low": figure(min(figures)), "high": figure(max(figures))}
        return f"{period} {says % {**ends, 'unit': indicator.unit}}"
    numbers = Counter(reading.status for reading in latest)
    counts = ", ".join(
        f"{progress.status_name(status)} {figure(numbers[status])}"
        for status in STATUSES
        if status in numbers
    )
    says = gettext("The latest of each: %(counts)s.")
    return f"{period} {says % {'counts': counts}}"


def _reading_in_words(indicator: IndicatorProgress, reading: PublishedReading) -> str:
    what = [progress.status_name(reading.status)]
    if reading.value is not None and indicator.unit:
        what.insert(0, f"{figure(reading.value)} {indicator.unit}")
    return ", ".join([*what, *([reading.organisation] if reading.organisation else [])])
