"""The calendar of a plan's follow-ups, the panel on its page, and what their pages cost."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Organisation
from followup.actions.follow_ups import ask
from followup.models import FollowUp
from followup.steps import planned_year
from tests.factories import FollowUpFactory, UserFactory
from tests.requirements_pkg.admin_forms import text_of

LIST_BUDGET = 12


@pytest.fixture
def at(demanding) -> str:
    return reverse("admin:followup_calendar", args=[demanding.package.plan.pk])


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("coordinator", 200),
        ("other_coordinator", 200),
        ("reviewer", 200),
        ("analyst", 403),
        ("staff", 302),
        ("visitor", 302),
    ],
)
def test_the_calendar_is_for_whoever_sees_follow_ups(at, as_persona, persona, status):
    assert as_persona(persona).get(at).status_code == status


def test_the_calendar_shows_only_visible_follow_ups(at, demanding, as_persona):
    ours = FollowUpFactory(version=demanding, planned_for=date(2024, 3, 1))
    theirs = FollowUpFactory(
        version=demanding,
        planned_for=date(2024, 4, 1),
        organisation=Organisation.objects.get(code="skane"),
    )
    for persona, seen in [("coordinator", {ours, theirs}), ("other_coordinator", {theirs})]:
        page = as_persona(persona).get(at, {"ar": "2024"}).content.decode()
        for follow_up in (ours, theirs):
            link = reverse("admin:followup_followup_change", args=[follow_up.pk])
            assert (link in page) is (follow_up in seen)


def test_a_year_has_a_row_for_each_area_and_a_column_for_each_month(at, demanding, as_persona):
    follow_up = FollowUpFactory(version=demanding, planned_for=date(2024, 3, 1))
    response = as_persona("coordinator").get(at, {"ar": "2024"})
    rows = response.context["rows"]
    assert [row.area for row in rows] == ["1. servrar", "2. nätverksprodukter"]
    filled = [(month.month, e.follow_up) for row in rows for month, es in row.months for e in es]
    assert filled == [(3, follow_up)]
    # The list of models beside it is made of tables, too.
    table = response.content.decode().partition('<table class="calendar stacks">')[2]
    table = table.partition("</table>")[0]
    assert (table.count('<th scope="col">'), table.count('<th scope="row">')) == (13, 2)


@pytest.mark.parametrize(
    ("year", "expected"),
    [("2024", 2024), ("1999", 2023), ("9999", 2025), ("x", 2025), ("²", 2025)],
)
def test_the_year_is_one_of_the_plans(at, as_persona, year, expected):
    assert as_persona("coordinator").get(at, {"ar": year}).context["year"] == expected


def test_what_is_planned_after_the_period_has_its_year_too(at, demanding, as_persona):
    FollowUpFactory(version=demanding, planned_for=date(2027, 3, 1))
    assert as_persona("coordinator").get(at).context["years"] == [2023, 2024, 2025, 2027]


def test_due_and_overdue_are_told_in_words(at, demanding, as_persona):
    today = timezone.localdate()
    late = FollowUpFactory(version=demanding, planned_for=today - timedelta(1))
    due = FollowUpFactory(version=demanding, planned_for=today + timedelta(30))
    FollowUpFactory(version=demanding, planned_for=today + timedelta(31))
    FollowUpFactory(version=demanding, planned_for=today - timedelta(1), closed=True)
    FollowUpFactory(version=demanding, planned_for=today, status="cancelled")
    response = as_persona("coordinator").get(at)
    assert [entry.follow_up for entry in response.context["overdue"]] == [late]
    assert [entry.follow_up for entry in response.context["due"]] == [due]
    assert "(försenad)" in text_of(response)


def test_a_follow_up_is_late_only_while_somebody_works_with_it():
    day = date(2026, 3, 2)
    follow_up = FollowUp(planned_for=date(2026, 3, 1), status="planned")
    assert planned_year.entry(follow_up, day).is_overdue
    assert not planned_year.entry(follow_up, follow_up.planned_for).is_overdue
    follow_up.status = "cancelled"
    assert not planned_year.entry(follow_up, day).is_overdue


def test_the_plans_page_counts_for_everybody_and_leads_on_for_some(at, demanding, as_persona):
    today = timezone.localdate()
    FollowUpFactory(version=demanding, planned_for=today - timedelta(1))
    FollowUpFactory(version=demanding, planned_for=today + timedelta(9))
    FollowUpFactory(version=demanding, planned_for=today - timedelta(9), closed=True)
    plan = demanding.package.plan
    page = reverse("admin:actionplan_actionplan_follow_up", args=[plan.pk])
    for persona in ("coordinator", "analyst"):
        response = as_persona(persona).get(page)
        panel = next(p for p in response.context["panels"] if p.anchor == "avtalen")
        assert [number for _name, number in panel.context["counts"]] == [3, 1, 1, 1]
        ((_title, (gap,)),) = response.context["missing"]
        assert gap.text == "1 uppföljning är försenad."
        assert ("#forsenade" in gap.address) is (persona == "coordinator")
        assert (at in response.content.decode()) is (persona == "coordinator")
        assert "Hemliga Hallar" not in response.content.decode()


def cost(client, address: str) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_and_the_calendar_cost_the_same_for_one_and_for_many(
    at, demanding, requirements, as_persona, coordinator
):
    client = as_persona("coordinator")
    listed = reverse("admin:followup_followup_changelist")
    plan = reverse("admin:actionplan_actionplan_follow_up", args=[demanding.package.plan.pk])
    first = FollowUpFactory(version=demanding, responsible=coordinator)
    uids = [str(requirement.uid) for requirement in requirements]
    ask(follow_up=first, requirement_uids=uids[:1], by=coordinator)
    page = reverse("admin:followup_followup_change", args=[first.pk])
    addresses = [listed, at, page, plan]
    few = [cost(client, address) for address in addresses]
    owners = Organisation.objects.filter(kind="region")[:10]
    for owner in owners:
        FollowUpFactory(version=demanding, organisation=owner, responsible=UserFactory())
    ask(follow_up=first, requirement_uids=uids, by=coordinator)
    assert [cost(client, address) for address in addresses] == few
    assert few[0] <= LIST_BUDGET
    assert few[1] <= LIST_BUDGET
