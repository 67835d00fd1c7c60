"""The traffic light: one row for each way in which it comes about."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import translation

from followup.models import DeviationState
from followup.status.traffic_light import ESCALATED, Colour, traffic_light

TODAY = date(2026, 6, 15)
EARLIER, YESTERDAY, TOMORROW = date(2026, 3, 16), date(2026, 6, 14), date(2026, 6, 16)


@dataclass(frozen=True)
class Row:
    """A deviation or a sanction, as far as the light looks."""

    state: str = "open"
    found_on: date = EARLIER
    due_on: date = TODAY
    closed_on: date | None = None
    decided_on: date = EARLIER
    lifted_on: date | None = None


IN_TIME = Row()
OVERDUE = Row(due_on=YESTERDAY)
UNVERIFIED = Row(state="remedied", due_on=YESTERDAY)
RAISED = Row(state="escalated")
CLOSED = Row(state="closed", closed_on=TODAY)
CLOSED_LATE = Row(state="closed", due_on=EARLIER, closed_on=YESTERDAY)
CLOSED_TOMORROW = Row(state="closed", closed_on=TOMORROW)
DEVIATION_OF_TOMORROW = Row(found_on=TOMORROW, due_on=TOMORROW)
SANCTION = Row(decided_on=TODAY)
DECIDED_TOMORROW = Row(decided_on=TOMORROW)
LIFTED = Row(lifted_on=TODAY)
LIFTED_TOMORROW = Row(lifted_on=TOMORROW)

TABLE = [
    ([], [], "Grön: inga öppna avvikelser"),
    ([CLOSED, CLOSED_LATE], [], "Grön: inga öppna avvikelser"),
    ([DEVIATION_OF_TOMORROW], [DECIDED_TOMORROW], "Grön: inga öppna avvikelser"),
    ([], [LIFTED], "Grön: inga öppna avvikelser"),
    ([IN_TIME], [], "Gul: 1 öppen avvikelse, hanteras i tid"),
    ([IN_TIME, CLOSED, CLOSED_TOMORROW], [], "Gul: 2 öppna avvikelser, hanteras i tid"),
    ([Row(state="plan_approved")], [LIFTED], "Gul: 1 öppen avvikelse, hanteras i tid"),
    ([OVERDUE], [], "Röd: 1 försenad avvikelse"),
    ([OVERDUE, UNVERIFIED, IN_TIME], [], "Röd: 2 försenade avvikelser"),
    ([RAISED], [], "Röd: 1 eskalerad avvikelse"),
    ([RAISED, RAISED, CLOSED], [], "Röd: 2 eskalerade avvikelser"),
    ([], [SANCTION], "Röd: 1 gällande sanktion"),
    ([CLOSED], [SANCTION, LIFTED_TOMORROW], "Röd: 2 gällande sanktioner"),
    (
        [OVERDUE, RAISED],
        [SANCTION],
        "Röd: 1 försenad avvikelse, 1 eskalerad avvikelse, 1 gällande sanktion",
    ),
]


@pytest.mark.parametrize(("deviations", "imposed", "words"), TABLE, ids=[row[2] for row in TABLE])
def test_the_light_says_its_colour_and_why(deviations, imposed, words):
    with translation.override("sv"):
        assert traffic_light(deviations, imposed, on=TODAY).words == words


def test_the_light_is_that_of_the_day_asked_about():
    colours = [
        traffic_light([OVERDUE], [], on=day).colour for day in (date(2026, 3, 15), EARLIER, TODAY)
    ]
    assert colours == [Colour.GREEN, Colour.YELLOW, Colour.RED]


def test_it_knows_the_state_by_the_name_it_is_stored_under():
    assert DeviationState.ESCALATED.value == ESCALATED


@pytest.mark.parametrize(
    ("deviations", "words"),
    [
        ([CLOSED], "Gul: 2 svar avviker och är inte avgjorda"),
        ([IN_TIME], "Gul: 1 öppen avvikelse, hanteras i tid, 2 svar avviker och är inte avgjorda"),
        ([OVERDUE], "Röd: 1 försenad avvikelse"),
    ],
)
def test_it_is_not_green_while_an_answer_that_deviates_is_undecided(deviations, words):
    with translation.override("sv"):
        assert traffic_light(deviations, [], on=TODAY, undecided=2).words == words
