"""The picture of readings: everything stands within it, in the order of time."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.text import figure
from followup.status import chart

FIGURES = st.decimals("-1000000", "1000000", places=3)
POINTS = st.lists(
    st.tuples(st.dates(date(2000, 1, 1), date(2100, 1, 1)), FIGURES),
    min_size=1,
    max_size=9,
).map(lambda points: sorted(points, key=lambda point: point[0]))


@given(POINTS, st.none() | FIGURES, st.none() | FIGURES)
def test_every_reading_and_both_lines_stand_within_the_picture(points, baseline, target):
    picture = chart.of_figures({"": points}, baseline=baseline, target=target, due=None)
    heights = [y for _x, y in picture.lines[0].points]
    heights += [at for at in (picture.target, picture.baseline) if at is not None]
    assert all(picture.top <= at <= picture.bottom for at in heights)
    places = [x for x, _y in picture.lines[0].points]
    assert all(picture.left < at < picture.right for at in places)
    assert places == sorted(places)
    assert 2 <= len(picture.rows) <= 8


def test_a_larger_figure_stands_higher():
    points = [(date(2025, 1, 1), Decimal(1)), (date(2026, 1, 1), Decimal(9))]
    picture = chart.of_figures({"": points}, baseline=None, target=Decimal(10), due=None)
    (_x, low), (_last, high) = picture.lines[0].points
    assert picture.target < high < low
    assert [mark.text for mark in picture.days] == ["2025-01-01", "2026-01-01"]


def test_a_stair_of_statuses_has_a_row_for_each_and_ends_at_the_due_day():
    points = [(date(2025, 1, 1), Decimal(1)), (date(2025, 6, 1), Decimal(0))]
    picture = chart.of_statuses({"": points}, ["uppnått", "enligt plan"], date(2026, 1, 1))
    assert [mark.text for mark in picture.rows] == ["uppnått", "enligt plan"]
    assert [mark.at for mark in picture.rows] == [
        at for _x, at in reversed(picture.lines[0].points)
    ]
    assert picture.due > picture.lines[0].points[-1][0]
    assert picture.lines[0].path.count("V") == 1


def test_nothing_reported_is_no_picture():
    assert chart.of_statuses({}, ["uppnått"], None) is None
    assert chart.of_figures({"": []}, baseline=None, target=None, due=None) is None


@pytest.mark.parametrize(("organisations", "circles"), [(6, 2 + 12), (7, 2)])
def test_of_many_who_report_only_the_country_has_dots(organisations, circles):
    points = [(date(2025, month, 1), Decimal(month)) for month in (1, 6)]
    series = {"": points, **{f"Region {number}": points for number in range(organisations)}}
    picture = chart.of_figures(series, baseline=None, target=None, due=None)
    assert sum(line.circles.count("<circle") for line in picture.lines) == circles
    assert picture.is_dotted is (organisations == 6)
    assert all("L" in line.path for line in picture.lines)


def test_who_reported_once_is_seen_among_many():
    points = [(date(2025, month, 1), Decimal(month)) for month in (1, 6)]
    series = {f"Region {number}": points for number in range(8)} | {"Gotland": points[:1]}
    picture = chart.of_figures(series, baseline=None, target=None, due=None)
    assert [line.has_dots for line in picture.lines] == [False] * 8 + [True]


@pytest.mark.parametrize(
    ("value", "words"), [("12.500", "12,5"), ("100", "100"), ("-3", "−3"), ("0.000", "0")]
)
def test_a_figure_is_written_as_in_swedish(value, words):
    assert figure(Decimal(value)) == words
