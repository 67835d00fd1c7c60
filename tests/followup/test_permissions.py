"""Who sees and writes what: a rule as a condition finds what the same rule as a question says."""

import pytest
from django.db.models import Q

from actionplan.models import Membership, Organisation, Role
from followup import permissions
from followup.models import FollowUp, Lesson
from tests.factories import FollowUpFactory, LessonFactory, UserFactory

# Whose follow-ups are seen and written in, by the organisation of the contract: the plan is C's.
OWNERS = ["stockholm", "skane", "uppsala"]
EXPECTED = {
    "coordinator": ({*OWNERS}, {*OWNERS}),
    "other_coordinator": ({"skane"}, {"skane"}),
    "reviewer": ({*OWNERS}, set()),
    "both": ({"skane", "uppsala"}, {"skane"}),
    "analyst": (set(), set()),
    "staff": (set(), set()),
    "superuser": ({*OWNERS}, {*OWNERS}),
}


@pytest.fixture
def both(other_coordinator):
    """Coordinates in one region and reviews in another, neither of them the plan's."""
    uppsala = Organisation.objects.get(code="uppsala")
    Membership.objects.create(user=other_coordinator, organisation=uppsala, role=Role.REVIEWER)
    return other_coordinator


@pytest.fixture
def superuser(db):
    return UserFactory(username="superuser", is_superuser=True)


@pytest.fixture
def lessons(demanding, coordinator) -> list[Lesson]:
    """One of each owner's follow-ups."""
    owners = Organisation.objects.filter(code__in=OWNERS)
    return [
        LessonFactory(
            follow_up=FollowUpFactory(version=demanding, organisation=owner),
            written_by=coordinator,
        )
        for owner in owners
    ]


def owners_of(rule: Q) -> set[str]:
    return set(FollowUp.objects.filter(rule).values_list("organisation__code", flat=True))


@pytest.mark.parametrize("persona", EXPECTED)
def test_what_is_found_is_what_may_be_seen_and_written_in(lessons, request, persona):
    user = request.getfixturevalue(persona)
    rows = FollowUp.objects.with_names()
    seen, written = EXPECTED[persona]
    for rule, question, expected in (
        (permissions.visible, permissions.may_see, seen),
        (permissions.writable, permissions.may_write, written),
    ):
        assert owners_of(rule(user)) == expected
        allowed = [follow_up for follow_up in rows if question(user, follow_up)]
        assert {follow_up.organisation.code for follow_up in allowed} == expected
        # The same by a path that leads to the follow-up.
        by_path = Lesson.objects.filter(rule(user, "follow_up"))
        assert {lesson.follow_up.organisation.code for lesson in by_path} == expected
    may_see_any = persona not in {"analyst", "staff"}
    assert permissions.may_see_any(user) is may_see_any


def test_nobody_is_the_second_after_oneself(lessons, reviewer, coordinator, other_coordinator):
    follow_up = FollowUp.objects.with_names().get(organisation__code="stockholm")
    assert permissions.may_second(reviewer, follow_up, first=coordinator)
    assert not permissions.may_second(coordinator, follow_up, first=coordinator)
    assert not permissions.may_second(other_coordinator, follow_up, first=coordinator)


def test_regions_are_looked_up_before_the_rows_and_joined_to_none(both):
    """Joined to each of a nation's deviations they took longer than all else of a list."""
    seen = Lesson.objects.filter(permissions.visible(both, "follow_up")).order_by()
    aliases = [alias for alias, number in seen.query.alias_refcount.items() if number]
    tables = {seen.query.alias_map[alias].table_name for alias in aliases}
    assert tables == {Lesson._meta.db_table, FollowUp._meta.db_table}
