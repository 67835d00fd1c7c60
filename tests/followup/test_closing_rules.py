"""Who may do what in which state, as one table: state × act × persona, with the sentence.

Of each act the table says, by state, what becomes of it for whoever has the right to it: "ja" is
done, "begäran" waits for a second person, else it is refused with a sentence that has these words.
Whoever has no right to the act is refused in every state, whatever is missing.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from actionplan.models import User
from followup.actions import readings
from followup.actions.approvals import approve_request
from followup.admin.deviations import ActionInline
from followup.models import (
    Deviation,
    DeviationState,
    FollowUp,
    FollowUpStatus,
    ReportingPeriod,
    SecondPersonRequest,
)
from followup.models.follow_ups import ENDED
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.models import ImmutableError, Requirement
from tests.factories import (
    RequirementFactory,
    UserFactory,
)
from tests.factories.followup import DONE
from tests.followup.closing_acts import ACTS, find, refuse_unless
from tests.kept import kept

YES, ASKS, NO = "ja", "begäran", "nej"
PERSONAS = ("coordinator", "other_coordinator", "reviewer", "analyst", "superuser")
WRITERS = frozenset({"coordinator", "superuser"})
SECONDS = WRITERS | {"reviewer"}
STATUSES = FollowUpStatus.values
LIVE = [status for status in STATUSES if status not in ENDED]
STATES = DeviationState.values
Table = dict[str, dict[str, str]]


def every(states: list[str], outcome: str, **others: str) -> dict[str, str]:
    """The same outcome in every state but some."""
    return dict.fromkeys(states, outcome) | others


def live(outcome: str, ended: str) -> dict[str, str]:
    """One outcome while a follow-up goes on, another when it has ended."""
    return every(LIVE, outcome) | dict.fromkeys(ENDED, ended)


# A step that does not lead on says so.
NOT_ON = "kan inte bli"
FOLLOW_UPS: Table = {
    "cancel": live(YES, NOT_ON),
    "cancel with an open deviation": live("1 avvikelse är fortfarande öppen", NOT_ON),
    "cancel with a closed zero tolerance": live(ASKS, NOT_ON),
    "cancel with an open zero tolerance": live("1 avvikelse är fortfarande öppen", NOT_ON),
}
# An answer that deviates is decided before the follow-up is approved or closed.
TO_APPROVED = ("reviewed",)
TO_CLOSED = ("approved", "audited", "acting", "re_audit")
UNDECIDED = "1 svar avviker och är inte avgjort"
for to, at in (("approve", TO_APPROVED), ("close", TO_CLOSED)):
    for way, outcome in (
        ("with an answer that deviates", UNDECIDED),
        ("with an answer that is explained", YES),
        ("with an answer whose deviation is closed", YES),
    ):
        FOLLOW_UPS[f"{to} {way}"] = every(STATUSES, NOT_ON) | dict.fromkeys(at, outcome)
# What is answered stays as it is in a follow-up that has ended.
FOLLOW_UPS["answer a question"] = live(YES, "avslutad")
# What is found is of the version and the product area, while the follow-up goes on.
FOLLOW_UPS |= {
    "record a deviation": live(YES, "avslutad"),
    "record a deviation from a newer requirement": live("gäller inte i den version", "avslutad"),
    "record a deviation of another area": live("gäller ett annat produktområde", "avslutad"),
}
# Facts of what has ended are locked. A sanction is a fact of its own, decided when it may be.
FOLLOW_UPS |= {
    "change the facts": live(YES, NO),
    "choose the questions": live(YES, "avslutad") | {"sent": "utskickad till leverantören"},
    "reuse an audit": live(YES, "avslutad"),
    "change a deviation": live(YES, "avslutad"),
    "impose a sanction": every(STATUSES, YES),
}
DEVIATIONS: Table = {
    "write off minor": every(STATES, YES, closed="redan avslutad"),
    "write off major": every(STATES, ASKS, closed="redan avslutad"),
    "write off zero tolerance": every(STATES, ASKS, closed="redan avslutad"),
}

# Without the action that is neither done nor struck, and with it.
DEVIATIONS |= {
    f"remedy {way}{severity}": every(STATES, NOT_ON, plan_approved=answers)
    for severity in ("minor", "major", "zero tolerance")
    for way, answers in (
        ("", YES),
        ("with an action left ", "1 åtgärd är varken genomförd eller struken"),
        ("with an action struck ", YES),
    )
}
# A lesser deviation's due date is moved by whoever writes; that of a severe one is not, nor is a
# severity lowered, without a reason, and not by one person once the action plan is approved.
WHY = "Skriv varför allvarlighetsgraden sänks eller slutdatumet flyttas"
NOT_CHANGED = {"remedied": "åtgärdad eller avslutad", "closed": "åtgärdad eller avslutad"}
DEVIATIONS |= {
    act: every(STATES, alone, plan_approved=agreed, **NOT_CHANGED)
    for act, alone, agreed in (
        ("move the due date, minor", YES, YES),
        ("move the due date, major", YES, ASKS),
        ("move the due date, zero tolerance", YES, ASKS),
        ("move the due date without a reason, minor", YES, YES),
        ("move the due date without a reason, major", WHY, WHY),
        ("move the due date without a reason, zero tolerance", WHY, WHY),
        ("lower to observation, minor", YES, ASKS),
        ("lower to major, zero tolerance", YES, ASKS),
        # Whoever lowered it could close it alone, so it always takes two.
        ("lower to minor, major", ASKS, ASKS),
        ("lower to minor without a reason, major", WHY, WHY),
        ("lower to observation without a reason, minor", WHY, WHY),
        ("raise to zero tolerance without a reason, major", YES, YES),
    )
}
# A period is locked by who coordinates the plan, and unlocked when a reviewer approves that.
PERIODS: Table = {
    "lock": {"open": YES, "locked": "redan låst"},
    "unlock": {"open": "inte låst", "locked": ASKS},
    "unlock without a reason": {"open": "inte låst", "locked": "Skriv varför du begär det"},
    "change the days": {"open": YES, "locked": "Perioden är låst"},
    "overlap with another": {"open": "överlappar", "locked": "Perioden är låst"},
}
# Whoever asked never approves it. The act is tried on what the coordinator asked for.
APPROVED = {
    "cancel with a closed zero tolerance": SECONDS,
    "write off": SECONDS,
    "unlock": frozenset({"reviewer", "superuser"}),
}
# What is verified stays as it is, and the plan that was agreed to loses no action.
CORRECTIVE_ACTIONS: Table = {
    "change": every(STATES, YES, remedied=NO, closed=NO),
    "add": every(STATES, YES, remedied=NO, closed=NO),
    "delete": every(STATES, YES, plan_approved=NO, remedied=NO, closed=NO),
}


@pytest.fixture
@kept
def requirements(plan) -> list[Requirement]:
    """Two requirements of every product area, and one of the second."""
    package, area = package_of(plan), plan.product_areas.order_by("number")[1]
    codes = ("SE-01", "SE-02")
    rows = [RequirementFactory(package=package, code=code, source="Förordning") for code in codes]
    other = RequirementFactory(package=package, code="SE-03", source="Förordning", areas=[area])
    return [*rows, other]


@pytest.fixture
def people(request) -> dict[str, User]:
    UserFactory(username="other_reviewer")
    return {name: request.getfixturevalue(name) for name in PERSONAS}


def outcome_of(act: Callable[[Any, User], Any], row: Any, by: User) -> str:
    """What becomes of an act; nothing of it stays."""
    with transaction.atomic():
        try:
            done = act(row, by)
        except PermissionDenied:
            outcome = NO
        except ValidationError as error:
            outcome = " ".join(error.messages)
        else:
            outcome = ASKS if isinstance(done, SecondPersonRequest) else YES
        transaction.set_rollback(True)
    return outcome


def assert_outcomes(act: str, row: Any, people: dict[str, User], who: frozenset[str], answer: str):
    fresh = type(row).objects.get
    for persona, by in people.items():
        outcome = outcome_of(ACTS[act], fresh(pk=row.pk), by)
        expected = answer if persona in who else NO
        assert expected in outcome, f"{persona}: {act}"
        # "Ja" is a part of many a sentence.
        assert (outcome in (YES, ASKS, NO)) is (expected in (YES, ASKS, NO)), outcome


def rows_of(table: Table) -> list[tuple[str, str, str]]:
    return [
        (act, state, answer) for act, states in table.items() for state, answer in states.items()
    ]


@pytest.mark.parametrize(("act", "status", "answer"), rows_of(FOLLOW_UPS))
def test_what_is_done_with_a_follow_up(follow_up, people, act, status, answer):
    FollowUp.objects.filter(pk=follow_up.pk).update(status=status, done_on=DONE)
    assert_outcomes(act, follow_up, people, WRITERS, answer)


@pytest.mark.parametrize(("act", "state", "answer"), rows_of(DEVIATIONS))
def test_what_is_done_with_a_deviation(follow_up, people, act, state, answer):
    name, severity = split(act)
    assert_outcomes(name, find(follow_up, severity, state), people, WRITERS, answer)


@pytest.fixture
def period(follow_up) -> ReportingPeriod:
    """A period of the plan, before another one."""
    plan = follow_up.plan
    for name, months in (("Hösten", (7, 12)), ("Våren", (1, 6))):
        first, last = date(2026, months[0], 1), date(2026, months[1], 30)
        period = ReportingPeriod.objects.create(
            plan=plan, name=name, first_day=first, last_day=last
        )
    return period


@pytest.mark.parametrize(("act", "state", "answer"), rows_of(PERIODS))
def test_what_is_done_with_a_period(period, people, act, state, answer):
    if state == "locked":
        readings.lock_period(period=period, by=people["coordinator"])
    assert_outcomes(act, period, people, WRITERS, answer)


@pytest.mark.parametrize("act", APPROVED)
def test_who_approves_what_the_coordinator_asked_for(follow_up, period, people, act):
    first = people["coordinator"]
    row: Any = follow_up
    if act == "write off":
        row = find(follow_up, "major", "open")
    elif act == "unlock":
        row = readings.lock_period(period=period, by=first)
    decision_request = ACTS[act](row, first)
    for persona, by in people.items():
        outcome = outcome_of(
            lambda row, by: approve_request(request=row, by=by) and None, decision_request, by
        )
        may = persona in APPROVED[act] and persona != "coordinator"
        assert outcome == (YES if may else NO), persona


@pytest.mark.parametrize(("act", "state", "answer"), rows_of(CORRECTIVE_ACTIONS))
def test_what_is_done_with_corrective_actions(follow_up, people, act, state, answer):
    inline = ActionInline(Deviation, admin.site)
    may = getattr(inline, f"has_{act}_permission")
    row = find(follow_up, "minor", state)
    for persona, by in people.items():
        outcome = outcome_of(lambda row, by: refuse_unless(may, row, by), row, by)
        assert outcome == (answer if persona in WRITERS else NO), persona


@pytest.mark.parametrize("status", ENDED)
def test_facts_of_what_has_ended_are_not_stored(follow_up, status):
    stale = FollowUp.objects.get()
    FollowUp.objects.filter(pk=follow_up.pk).update(status=status, done_on=DONE)
    for row in (stale, FollowUp.objects.get()):
        row.supplier = "Ett annat bolag"
        with pytest.raises(ImmutableError):
            row.save()
    assert FollowUp.objects.get().supplier == "Hemliga Hallar AB"


@pytest.mark.parametrize("status", ENDED)
def test_a_page_of_what_has_ended_is_only_read(follow_up, as_persona, status):
    FollowUp.objects.filter(pk=follow_up.pk).update(status=status, done_on=DONE)
    client = as_persona("coordinator")
    at = reverse("admin:followup_followup_change", args=[follow_up.pk])
    assert b'name="supplier"' not in client.get(at).content
    assert client.post(at, {"supplier": "Ett annat bolag"}).status_code == 403
    assert FollowUp.objects.get().supplier == "Hemliga Hallar AB"


def split(act: str) -> tuple[str, str]:
    """An act and the severity that ends its name."""
    for severity in ("zero_tolerance", "major", "minor"):
        if act.endswith(severity.replace("_", " ")):
            return act.removesuffix(severity.replace("_", " ")).strip(), severity
    raise AssertionError(act)


def test_the_table_has_every_state_of_every_act():
    actions = CORRECTIVE_ACTIONS, STATES
    periods = PERIODS, ["open", "locked"]
    for table, states in ((FOLLOW_UPS, STATUSES), (DEVIATIONS, STATES), actions, periods):
        for act, rows in table.items():
            assert set(rows) == set(states), act
