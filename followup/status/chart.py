"""Readings over time as lines of a picture: where everything stands, and no colours. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import starmap
from math import ceil, floor, log10
from typing import Final

from actionplan.text import figure

WIDTH: Final = 360
HEIGHT: Final = 200
LEFT, RIGHT, TOP, BOTTOM = 92, 348, 18, 168
# Narrower, since numbers are shorter than words.
LEFT_OF_NUMBERS: Final = 48
MOST_TICKS: Final = 5
# Of more than so many who report, dots would hide the lines.
MOST_DOTTED: Final = 6


# What was reported on a day: a figure, or the place of a status from the top. Plain, for a nation
# has hundreds.
ChartPoint = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A word or a figure at an edge, and where its line goes."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One who reports: where each reading stands."""

    points: tuple[tuple[float, float], ...]
    is_main: bool
    is_stepped: bool
    # Whether each reading has a dot.
    has_dots: bool

    @property
    def path(self) -> str:
        """The line as the picture has it."""
        (x, y), *rest = self.points
        way = "H{}V{}" if self.is_stepped else "L{} {}"
        return f"M{x} {y}" + "".join(starmap(way.format, rest))

    @property
    def circles(self) -> str:
        """The dots as the picture has them: numbers only."""
        if not self.has_dots:
            return ""
        return "".join(starmap('<circle cx="{}" cy="{}" r="4" />'.format, self.points))


@dataclass(frozen=True, slots=True)
class ReadingsChart:
    """A picture that a template draws."""

    left: int
    rows: tuple[ChartMark, ...]
    days: tuple[ChartMark, ...]
    lines: tuple[ChartLine, ...]
    target: float | None = None
    baseline: float | None = None
    due: float | None = None
    width: int = WIDTH
    height: int = HEIGHT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM

    @property
    def is_mixed(self) -> bool:
        """Whether both the country and organisations report: dots need telling apart."""
        return len({line.is_main for line in self.lines}) > 1

    @property
    def is_dotted(self) -> bool:
        """Whether every reading of every line has a dot."""
        return all(line.has_dots for line in self.lines)


# By who reports, the whole country under "".
Series = Mapping[str, Sequence[ChartPoint]]


def of_figures(
    series: Series, *, baseline: Decimal | None, target: Decimal | None, due: date | None
) -> ReadingsChart | None:
    """Return a picture with a line for each who reports a figure; None where nobody has."""
    figures = [value for points in series.values() for _day, value in points]
    if not figures:
        return None
    ticks = _ticks([*figures, *(level for level in (baseline, target) if level is not None)])
    low, high = float(ticks[0]), float(ticks[-1])
    height = (BOTTOM - TOP) / (high - low)

    def y(value: Decimal) -> float:
        return _tenths(BOTTOM - height * (float(value) - low))

    x, days, due_at = _time(series, due, LEFT_OF_NUMBERS)
    lines = _lines(series, x, y, is_stepped=False)
    return ReadingsChart(
        LEFT_OF_NUMBERS,
        tuple(ChartMark(y(tick), figure(tick)) for tick in ticks),
        days,
        lines,
        target=None if target is None else y(target),
        baseline=None if baseline is None else y(baseline),
        due=due_at,
    )


def of_statuses(series: Series, names: Sequence[str], due: date | None) -> ReadingsChart | None:
    """Return a stair of statuses, the best on top; None where nothing is reported."""
    if not any(series.values()):
        return None
    step = (BOTTOM - TOP) / len(names)

    @cache
    def y(value: Decimal) -> float:
        return _tenths(TOP + step * (float(value) + 0.5))

    x, days, due_at = _time(series, due, LEFT)
    lines = _lines(series, x, y, is_stepped=True)
    rows = tuple(ChartMark(y(Decimal(place)), name) for place, name in enumerate(names))
    return ReadingsChart(LEFT, rows, days, lines, due=due_at)


class _Days(dict[date, float]):
    """Where a day stands between the first and the last; worked out once for all who report."""

    def __init__(self, first: date, last: date, left: int) -> None:
        super().__init__()
        self.first = first.toordinal()
        # Some air, so that no dot sits on an edge.
        self.start = left + 10
        self.per_day = (RIGHT - 10 - self.start) / max((last - first).days, 1)

    def __missing__(self, day: date) -> float:
        place = _tenths(self.start + self.per_day * (day.toordinal() - self.first))
        self[day] = place
        return place


def _time(
    series: Series, due: date | None, left: int
) -> tuple[_Days, tuple[ChartMark, ...], float | None]:
    """Return the scale of time, its first and last day in words, and where the due day stands."""
    days = {day for points in series.values() for day, _value in points}
    ends = sorted({min(days), max(days), *([due] if due else [])})
    scale = _Days(ends[0], ends[-1], left)
    marks = tuple(ChartMark(scale[day], day.isoformat()) for day in sorted({ends[0], ends[-1]}))
    return scale, marks, None if due is None else scale[due]


def _lines(
    series: Series, x: _Days, y: Callable[[Decimal], float], *, is_stepped: bool
) -> tuple[ChartLine, ...]:
    """Return a line for each who reports; the one of the whole country always has its dots."""
    is_dotted = len(series) - ("" in series) <= MOST_DOTTED
    return tuple(
        ChartLine(
            tuple([(x[day], y(value)) for day, value in points]),
            is_main=not who,
            is_stepped=is_stepped,
            # A line of one reading is a dot or nothing.
            has_dots=is_dotted or not who or len(points) == 1,
        )
        for who, points in series.items()
        if points
    )


def _ticks(values: Sequence[Decimal]) -> list[Decimal]:
    """Round figures from under the least to over the largest, nought among them if near."""
    low, high = min(values), max(values)
    if low > 0 and low < high:
        low = Decimal(0) if low < high / 2 else low
    if low == high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0)) or Decimal(1)
    rough = (high - low) / (MOST_TICKS - 1)
    power = Decimal(10) ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = floor(low / step), ceil(high / step)
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def _tenths(place: float) -> float:
    """Return a place within the picture, rounded; quicker than `round`."""
    return int(place * 10 + 0.5) / 10
