"""What readings say of an indicator, a sub-goal, a goal and a plan, on any day."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.models import ReadingStatus
from followup.status.progress import (
    NO_REPORT,
    WORST_FIRST,
    ReportedReading,
    progress,
    status_name,
    status_of,
)
from requirements_pkg.document.schema import Goal, Indicator

DAY, LATER = date(2026, 6, 30), date(2027, 1, 1)
GOALS = [
    {
        "number": 1,
        "title": "Ett gemensamt kravpaket",
        "sub_goals": [
            {
                "number": "1.1",
                "title": "Krav",
                "indicators": [
                    {"number": "1.1", "title": "Kraven är framtagna"},
                    {"number": "1.1", "title": "Kraven är förankrade"},
                ],
            },
            {
                "number": "1.2",
                "title": "Uppföljning",
                "indicators": [{"number": "1.2", "title": "Uppföljning är gjord"}],
            },
        ],
    },
    {"number": 2, "title": "Ett mål utan delmål", "sub_goals": []},
]
INDICATORS = [
    {"id": 11, "goal": 1, "sub_goal": "1.1", "unit": "", "target": "", "due_on": ""},
    {"id": 12, "goal": 1, "sub_goal": "1.1", "unit": "", "target": "", "due_on": ""},
    {"id": 13, "goal": 1, "sub_goal": "1.2", "unit": "%", "target": "80", "due_on": "2026-06-30"},
]


def goals_of(goals: list[dict]) -> list[Goal]:
    return msgspec.convert(goals, list[Goal])


def facts_of(indicators: list[dict]) -> list[Indicator]:
    blank = {"number": "", "kind": "measure", "baseline": "", "unit": "", "target": ""}
    return msgspec.convert(
        [{**blank, "due_on": "", **fields} for fields in indicators], list[Indicator]
    )


def reading(status: str, *, of: int = 11, by: str = "", as_of: date = DAY) -> ReportedReading:
    return ReportedReading(of, by, as_of, status, None)


def plan_progress(*readings: ReportedReading, on: date = DAY):
    return progress(goals_of(GOALS), facts_of(INDICATORS), readings, on=on)


def indicator(*readings: ReportedReading, on: date = DAY):
    return plan_progress(*readings, on=on).goals[0].sub_goals[0].indicators[0]


@pytest.mark.parametrize(
    ("readings", "status", "met"),
    [
        ([], NO_REPORT, (0, 0)),
        ([reading("on_track")], "on_track", (0, 0)),
        # The latest wins, also when it was written down first.
        (
            [reading("met"), reading("delayed", as_of=date(2026, 1, 1))],
            "met",
            (0, 0),
        ),
        # Of one day the one that was made last.
        ([reading("met"), reading("not_met")], "not_met", (0, 0)),
        # The country's beats those of organisations.
        (
            [reading("on_track", as_of=date(2026, 1, 1)), reading("not_met", by="Region Skåne")],
            "on_track",
            (0, 0),
        ),
        # Of organisations the worst counts, and one speaks for itself only once.
        (
            [
                reading("not_met", by="Region Skåne", as_of=date(2026, 1, 1)),
                reading("met", by="Region Skåne"),
                reading("not_started", by="Region Uppsala"),
            ],
            "not_started",
            (1, 2),
        ),
        (
            [reading("met", by="Region Skåne"), reading("met", by="Region Uppsala")],
            "met",
            (2, 2),
        ),
        # Another indicator's, and one of a later day.
        ([reading("met", of=12), reading("met", as_of=date(2026, 7, 1))], NO_REPORT, (0, 0)),
    ],
)
def test_the_status_of_an_indicator(readings, status, met):
    indicator_progress = indicator(*readings)
    assert (indicator_progress.status, indicator_progress.met) == (status, met)


@pytest.mark.parametrize(
    ("status", "after"),
    [
        (None, "delayed"),
        ("not_started", "delayed"),
        ("on_track", "delayed"),
        ("met", "met"),
        ("not_met", "not_met"),
    ],
)
def test_an_indicator_whose_day_has_passed_is_delayed_unless_it_is_decided(status, after):
    readings = [reading(status, of=13)] if status else []

    def at(on: date) -> str:
        return plan_progress(*readings, on=on).goals[0].sub_goals[1].indicators[0].status

    assert at(DAY) == (status or NO_REPORT)
    assert at(date(2026, 7, 1)) == after


@pytest.mark.parametrize(
    ("days", "after"),
    [
        # In time, whatever was said of it afterwards.
        ([("met", DAY)], "met"),
        ([("on_track", date(2026, 1, 1)), ("met", DAY), ("met", date(2027, 1, 1))], "met"),
        # First said to be met on a later day than it was due.
        ([("met", date(2026, 7, 1))], "met_late"),
        ([("delayed", DAY), ("met", date(2026, 12, 31))], "met_late"),
        # Met in time, taken back, and met again.
        ([("met", DAY), ("on_track", date(2026, 8, 1)), ("met", date(2026, 9, 1))], "met_late"),
        # Written down in another order than it happened.
        ([("met", date(2027, 1, 1)), ("met", DAY)], "met"),
    ],
)
def test_an_indicator_that_was_met_after_its_day_says_so(days, after):
    readings = [reading(status, of=13, as_of=day) for status, day in days]
    goal = plan_progress(*readings, on=date(2027, 6, 1)).goals[0]
    assert goal.sub_goals[1].status == goal.sub_goals[1].indicators[0].status == after
    # Late or not, it is met.
    assert goal.sub_goals[1].met == (1, 1)


def test_an_indicator_of_organisations_is_late_when_one_of_them_was():
    in_time, late = reading("met", of=13, by="A"), reading("met", of=13, by="B", as_of=LATER)
    assert plan_progress(in_time, on=LATER).goals[0].sub_goals[1].status == "met"
    assert plan_progress(in_time, late, on=LATER).goals[0].sub_goals[1].status == "met_late"


def test_a_day_that_stands_in_words_only_counts_and_a_stored_one_before_it():
    limited = [{**GOALS[0]["sub_goals"][1], "title": "Uppföljning senast i december 2023"}]
    goals = [{**GOALS[0], "sub_goals": limited}]

    def of(due_on: str):
        facts = [{**INDICATORS[2], "due_on": due_on}]
        plan = progress(goals_of(goals), facts_of(facts), [reading("met", of=13)], on=DAY)
        return plan.goals[0].sub_goals[0].indicators[0]

    in_words, stored = of(""), of("2026-06-30")
    assert (in_words.status, in_words.due_on) == ("met_late", date(2023, 12, 31))
    assert (stored.status, stored.due_on) == ("met", DAY)
    assert (in_words.due_in_words, stored.due_in_words) == (True, False)


def test_a_group_tells_how_many_of_its_indicators_have_a_report():
    plan = plan_progress(reading("met"), reading("on_track", of=13))
    goal = plan.goals[0]
    assert [sub_goal.reported for sub_goal in goal.sub_goals] == [(1, 2), (1, 1)]
    assert goal.reported == plan.reported == (2, 3)


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ([], NO_REPORT),
        ([NO_REPORT, NO_REPORT], NO_REPORT),
        (["met", "met"], "met"),
        (["met", NO_REPORT], "on_track"),
        (["met", "not_started"], "on_track"),
        (["not_started", NO_REPORT], "not_started"),
        (["on_track", "not_started"], "on_track"),
        (["on_track", "delayed", "met"], "delayed"),
        (["delayed", "not_met", "met"], "not_met"),
    ],
)
def test_the_status_of_a_group(statuses, status):
    assert status_of(statuses) == status


def test_a_goal_and_a_plan_count_what_is_met_of_all_their_indicators():
    plan = plan_progress(reading("met"), reading("met", of=12), reading("on_track", of=13))
    first, second = plan.goals
    assert [(sub.status, sub.met) for sub in first.sub_goals] == [
        ("met", (2, 2)),
        ("on_track", (0, 1)),
    ]
    assert (first.status, first.met, first.as_of) == ("on_track", (2, 3), DAY)
    assert (second.status, second.met, second.as_of) == (NO_REPORT, (0, 0), None)
    assert (plan.status, plan.met, plan.goals_met) == ("on_track", (2, 3), (0, 2))


def test_every_day_has_its_own_answer():
    readings = [
        reading(status, as_of=date(2026, month, 1))
        for month, status in enumerate(["not_started", "on_track", "delayed", "met"], start=1)
    ]
    days = [date(2025, 12, 31), *(date(2026, month, 15) for month in range(1, 5))]
    statuses = [indicator(*readings, on=day).status for day in days]
    assert statuses == [NO_REPORT, "not_started", "on_track", "delayed", "met"]


def test_a_content_older_than_readings_has_goals_without_reports():
    plan = progress(goals_of(GOALS), [], [reading("met")], on=DAY)
    keys = [indicator_progress.id for indicator_progress in plan.goals[0].indicators]
    assert keys == [None, None, None]
    assert (plan.status, plan.met) == (NO_REPORT, (0, 3))


def test_the_statuses_are_those_of_readings_and_each_has_a_name():
    assert set(WORST_FIRST) == set(ReadingStatus.values)
    for value, label in ReadingStatus.choices:
        assert status_name(value) == label
    assert status_name(NO_REPORT) == "ingen lägesrapport"


many_readings = st.lists(
    st.builds(
        ReportedReading,
        st.sampled_from([11, 12, 13]),
        st.sampled_from(["", "Region Skåne", "Region Uppsala"]),
        st.dates(DAY - timedelta(days=9), DAY + timedelta(days=9)),
        st.sampled_from(WORST_FIRST),
        st.none(),
    ),
    max_size=12,
)


@given(many_readings)
def test_a_plan_is_met_exactly_when_all_its_indicators_are(readings):
    plan = plan_progress(*readings)
    statuses = [indicator_progress.status for indicator_progress in plan.goals[0].indicators]
    assert (plan.status == "met") == (statuses == ["met"] * 3)
    assert plan.met == (statuses.count("met"), 3)


@given(many_readings)
def test_what_comes_later_does_not_change_what_was(readings):
    earlier = [report for report in readings if report.as_of <= DAY]
    assert plan_progress(*readings) == plan_progress(*earlier)
