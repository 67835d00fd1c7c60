"""Readings over time as lines of a picture: where everything stands, and no colours. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import starmap
from math import ceil, floor, log10
from typing import Final, NamedTuple

from actionplan.text import figure

WIDTH: Final = 360
HEIGHT: Final = 200
LEFT, RIGHT, TOP, BOTTOM = 92, 348, 18, 168
# Narrower, since numbers are shorter than words.
LEFT_OF_NUMBERS: Final = 48
MOST_TICKS: Final = 5


class ChartPoint(NamedTuple):
    """What was reported on a day: a figure, or the place of a status from the top."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A word or a figure at an edge, and where its line goes."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One who reports: the path, and a dot for each reading."""

    path: str
    dots: tuple[tuple[float, float], ...]
    is_main: bool

    @property
    def circles(self) -> str:
        """The dots as the picture has them: numbers only. A plan has hundreds."""
        return "".join(starmap('<circle cx="{}" cy="{}" r="4" />'.format, self.dots))


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


# By who reports, the whole country under "".
Series = Mapping[str, Sequence[ChartPoint]]


def of_figures(
    series: Series, *, baseline: Decimal | None, target: Decimal | None, due: date | None
) -> ReadingsChart | None:
    """Return a picture with a line for each who reports a figure; None where nobody has."""
    figures = [point.value for points in series.values() for point in points]
    if not figures:
        return None
    ticks = _ticks([*figures, *(level for level in (baseline, target) if level is not None)])
    low, high = ticks[0], ticks[-1]

    @cache
    def y(value: Decimal) -> float:
        return _round(BOTTOM - (BOTTOM - TOP) * float((value - low) / (high - low)))

    x, days, due_at = _time(series, due, LEFT_OF_NUMBERS)
    lines = tuple(
        _line([(x[day], y(value)) for day, value in points], is_main=not who, stepped=False)
        for who, points in series.items()
        if points
    )
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
        return _round(TOP + step * (float(value) + 0.5))

    x, days, due_at = _time(series, due, LEFT)
    lines = tuple(
        _line([(x[day], y(value)) for day, value in points], is_main=not who, stepped=True)
        for who, points in series.items()
        if points
    )
    rows = tuple(ChartMark(y(Decimal(place)), name) for place, name in enumerate(names))
    return ReadingsChart(LEFT, rows, days, lines, due=due_at)


class _Days(dict[date, float]):
    """Where a day stands between the first and the last; worked out once for all who report."""

    def __init__(self, first: date, last: date, left: int) -> None:
        super().__init__()
        self.first, self.left = first, left
        self.span = max((last - first).days, 1)

    def __missing__(self, day: date) -> float:
        # Some air, so that no dot sits on an edge.
        left, right = self.left + 10, RIGHT - 10
        self[day] = _round(left + (right - left) * (day - self.first).days / self.span)
        return self[day]


def _time(
    series: Series, due: date | None, left: int
) -> tuple[_Days, tuple[ChartMark, ...], float | None]:
    """Return the scale of time, its first and last day in words, and where the due day stands."""
    days = {point.day for points in series.values() for point in points}
    ends = sorted({min(days), max(days), *([due] if due else [])})
    scale = _Days(ends[0], ends[-1], left)
    marks = tuple(ChartMark(scale[day], day.isoformat()) for day in sorted({ends[0], ends[-1]}))
    return scale, marks, None if due is None else scale[due]


def _line(points: list[tuple[float, float]], *, is_main: bool, stepped: bool) -> ChartLine:
    (x, y), *rest = points
    way = "H{}V{}" if stepped else "L{} {}"
    path = f"M{x} {y}" + "".join(starmap(way.format, rest))
    return ChartLine(path, tuple(points), is_main)


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


def _round(value: float) -> float:
    return round(value, 1)
