"""Something of each kind that somebody is to see to, and what of it must never leave the house."""

from datetime import UTC, date, datetime

from actionplan.models import Indicator, User
from followup.models import FollowUp, IndicatorReading, ReadingState
from requirements_pkg.models import Requirement
from tests.factories import (
    ActionFactory,
    ChangeFactory,
    DeviationFactory,
    FollowUpFactory,
    LessonFactory,
    ReadingFactory,
)

DUE = date(2026, 3, 16)
SECRET = [
    *("Hemliga", "Dolda", "Revisor", "RS-2025", "Dnr", "sent.", "smältverk", "Komplettera"),
    *("metallerna", "Kim", "Förteckningen"),
]


def add_all(follow_up: FollowUp, requirement: Requirement, author: User) -> None:
    """A deviation, an action, an indicator, a reading and a change, for the plan's own people."""
    deviation = DeviationFactory(
        follow_up=follow_up, requirement=requirement, found_on=date(2026, 1, 1), due_on=DUE
    )
    ActionFactory(deviation=deviation, due_on=DUE)
    # Without public words: nothing in it waits for a secrecy review.
    lesson = LessonFactory(follow_up=follow_up, written_by=author, public_text="")
    ChangeFactory(lesson=lesson, requirement=requirement)
    first = indicator_of(follow_up)
    Indicator.objects.filter(pk=first.pk).update(due_on=DUE)
    ReadingFactory(
        indicator=first,
        author=author,
        state=ReadingState.SUBMITTED,
        submitted_at=datetime(2026, 3, 9, 12, tzinfo=UTC),
    )


def add_another(follow_up: FollowUp, requirement: Requirement, author: User) -> None:
    """One more of everything."""
    add_all(
        FollowUpFactory(version=follow_up.version, responsible=follow_up.responsible),
        requirement,
        author,
    )


def indicator_of(follow_up: FollowUp) -> Indicator:
    plan = follow_up.product_area.plan
    return Indicator.objects.filter(sub_goal__goal__plan=plan).order_by("pk").first()


def approved(indicator: Indicator, by: User, second: User, **fields) -> IndicatorReading:
    return ReadingFactory(
        indicator=indicator, author=by, approved=True, approved_by=second, **fields
    )
