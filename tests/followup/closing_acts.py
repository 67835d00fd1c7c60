"""The acts of the table of `test_closing_rules`: each takes a stored row and who does it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils import timezone

from actionplan.models import User
from followup.actions import amendments, deviations, follow_ups, readings
from followup.admin.follow_ups import FollowUpAdmin
from followup.models import Deviation, FollowUp, Question, ReportingPeriod, ReusedAudit
from requirements_pkg.models import Requirement
from tests.factories import (
    ActionFactory,
    DeviationFactory,
    QuestionFactory,
    RequirementFactory,
)
from tests.factories.followup import DONE


def cancel(row: FollowUp, by: User) -> Any:
    return follow_ups.cancel(follow_up=row, by=by, reason="Avtalet är uppsagt.")


def cancel_with(severity: str, state: str) -> Callable[[FollowUp, User], Any]:
    def act(row: FollowUp, by: User) -> Any:
        find(row, severity, state)
        return cancel(row, by)

    return act


def advance_with(to: str, **decided: Any) -> Callable[[FollowUp, User], Any]:
    """Take a step where an answer deviates."""

    def act(row: FollowUp, by: User) -> Any:
        deviating(row, decided.get("explanation", ""))
        if "severity" in decided:
            find(row, decided["severity"], "closed")
        follow_ups.advance(follow_up=row, to=to, by=by)

    return act


def deviating(row: FollowUp, explanation: str = "") -> Question:
    return QuestionFactory(
        follow_up=row,
        requirement=row.version.package.requirements.first(),
        answer="no",
        answered_on=DONE,
        assessed="deviates",
        explanation=explanation,
    )


def answer(row: FollowUp, by: User) -> Any:
    question = deviating(row, "Smältverket är nytt i år.")
    question.answer = "partly"
    follow_ups.record_answers(follow_up=row, questions=[question], by=by)


def record(of: Callable[[FollowUp], Requirement]) -> Callable[[FollowUp, User], Any]:
    """Record a deviation from one of the requirements."""

    def act(row: FollowUp, by: User) -> Any:
        facts = {"severity": "minor", "finding": "Ingen.", "found_on": DONE, "due_on": DONE}
        deviations.record_deviation(follow_up=row, by=by, requirement_uid=of(row).uid, **facts)

    return act


def first(row: FollowUp) -> Requirement:
    return row.version.package.requirements.order_by("code")[0]


def newer(row: FollowUp) -> Requirement:
    return RequirementFactory(package=row.version.package, code="SE-09")


def of_other_area(row: FollowUp) -> Requirement:
    return row.version.package.requirements.get(code="SE-03")


def change_facts(row: FollowUp, by: User) -> Any:
    """Send the form of its facts."""
    refuse_unless(FollowUpAdmin(FollowUp, admin.site).has_change_permission, row, by)
    row.notes = "Nytt."
    row.save()


def refuse_unless(may: Callable[[Any, Any], bool], row: Any, by: User) -> None:
    """Ask the admin whether a form is saved."""
    request = RequestFactory().post("/")
    request.user = by
    if not may(request, row):
        raise PermissionDenied


def choose_questions(row: FollowUp, by: User) -> Any:
    follow_ups.ask(follow_up=row, by=by, requirement_uids=[str(first(row).uid)])


def reuse(row: FollowUp, by: User) -> Any:
    facts = {"clause_level": "same", "method": "audit", "organisation": "Region Skåne"}
    audit = ReusedAudit(audited_on=timezone.localdate(), **facts)
    follow_ups.reuse(follow_up=row, audit=audit, by=by)


def change_deviation(row: FollowUp, by: User) -> Any:
    deviation = find(row, "minor", "open")
    deviation.finding = "Nytt."
    amendments.amend(deviation=deviation, by=by, reason="")


def impose(row: FollowUp, by: User) -> Any:
    facts = {"kind": "penalty", "decided_on": DONE, "reference": "Beslut 2026-9"}
    deviations.impose_sanction(follow_up=row, by=by, **facts)


def write_off(row: Deviation, by: User) -> Any:
    return deviations.write_off(deviation=row, by=by, reason="Avtalet är uppsagt.")


def remedy(row: Deviation, by: User) -> Any:
    return deviations.record_remedy(deviation=row, by=by, evidence="Bilaga 3.")


def remedy_with(**fields: str) -> Callable[[Deviation, User], Any]:
    def act(row: Deviation, by: User) -> Any:
        ActionFactory(deviation=row, **fields)
        return remedy(row, by)

    return act


def amend_with(reason: str = "Smältverket byts ut.", **fields: Any):
    """Change some facts of a deviation: what takes two people waits for the second."""

    def act(row: Deviation, by: User) -> Any:
        for name, value in fields.items():
            setattr(row, name, value)
        decision_requests = amendments.amend(deviation=row, by=by, reason=reason)
        return decision_requests[0] if decision_requests else None

    return act


def lock(row: ReportingPeriod, by: User) -> Any:
    readings.lock_period(period=row, by=by)


def unlock_for(reason: str) -> Callable[[ReportingPeriod, User], Any]:
    def act(row: ReportingPeriod, by: User) -> Any:
        return readings.ask_to_unlock(period=row, by=by, reason=reason)

    return act


def keep_until(last: date) -> Callable[[ReportingPeriod, User], Any]:
    def act(row: ReportingPeriod, by: User) -> Any:
        row.last_day = last
        readings.keep_period(period=row, by=by)

    return act


LATER = {"due_on": date(2027, 1, 1)}


ACTS: dict[str, Callable[[Any, User], Any]] = {
    "cancel": cancel,
    "cancel with an open deviation": cancel_with("minor", "open"),
    "cancel with a closed zero tolerance": cancel_with("zero_tolerance", "closed"),
    "cancel with an open zero tolerance": cancel_with("zero_tolerance", "open"),
    "lock": lock,
    "unlock": unlock_for("En siffra är fel."),
    "unlock without a reason": unlock_for(" "),
    "change the days": keep_until(date(2026, 5, 31)),
    "overlap with another": keep_until(date(2026, 7, 1)),
    "answer a question": answer,
    "change the facts": change_facts,
    "choose the questions": choose_questions,
    "reuse an audit": reuse,
    "change a deviation": change_deviation,
    "impose a sanction": impose,
    "record a deviation": record(first),
    "record a deviation from a newer requirement": record(newer),
    "record a deviation of another area": record(of_other_area),
    "write off": write_off,
    "move the due date,": amend_with(**LATER),
    "move the due date without a reason,": amend_with(reason=" ", **LATER),
    "lower to observation,": amend_with(severity="observation"),
    "lower to observation without a reason,": amend_with(reason="", severity="observation"),
    "lower to major,": amend_with(severity="major"),
    "lower to minor,": amend_with(severity="minor"),
    "lower to minor without a reason,": amend_with(reason="", severity="minor"),
    "raise to zero tolerance without a reason,": amend_with(reason="", severity="zero_tolerance"),
    "remedy": remedy,
    "remedy with an action left": remedy_with(),
    "remedy with an action struck": remedy_with(struck_reason="Levereras inte längre."),
}
for name, status in (("approve", "approved"), ("close", "closed")):
    ACTS |= {
        f"{name} with an answer that deviates": advance_with(status),
        f"{name} with an answer that is explained": advance_with(status, explanation="Ny."),
        f"{name} with an answer whose deviation is closed": advance_with(status, severity="minor"),
    }


def find(follow_up: FollowUp, severity: str, state: str) -> Deviation:
    """A stored deviation in a state, with all that any step needs."""
    other = User.objects.get(username="other_reviewer")
    facts = {"evidence": "Dnr 2026-17.", "remedied_by": other}
    if state == "closed":
        second = User.objects.get(username="reviewer")
        facts |= {"closed_by": second, "closed_on": DONE}
    if state == "escalated":
        facts["escalation_reason"] = "Inget svar."
    row = DeviationFactory(
        follow_up=follow_up,
        requirement=follow_up.version.package.requirements.first(),
        severity=severity,
        state=state,
        **facts,
    )
    ActionFactory(deviation=row, done_on=DONE)
    return row
