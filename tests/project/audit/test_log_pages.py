"""The log in the admin: found by plan, person, object and time, and changed by nobody."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplan.admin.sheets import Moment, Together
from actionplan.audit.moments import local_moment
from actionplan.audit.names import names_of
from actionplan.models import (
    ChangeEvent,
    ChangeLog,
    EventKind,
    Invitation,
    Membership,
    Organisation,
)
from actionplan.models.change_log import label_of
from followup.models import Deviation
from requirements_pkg.models import Requirement
from tests.factories import RequirementFactory, UserFactory
from tests.project.pages.test_draft_leak import unpacked
from tests.unguarded import unguarded

LIST = "/admin/actionplan/changelog/"


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def lines(client, **filters) -> list[ChangeLog]:
    return list(client.get(LIST, filters).context_data["cl"].result_list)


def test_the_list_calls_rows_plans_and_people_by_their_names(plan, coordinator, as_persona):
    goal = plan.goals.get()
    goal.text = "Fler mäter."
    goal.signed_by(coordinator).save()
    page = text_of(as_persona("reviewer").get(LIST, {"plan": plan.pk}))
    for words in ("Fler mäter.", str(plan), "coordinator", "Övergripande mål", "ändrad"):
        assert words in page
    assert not re.search(r"actionplan\.\w+ \d", page)


@pytest.mark.parametrize("words", ["coordinator", "kategori", "mål coordinator"])
def test_it_is_searched_for_people_kinds_and_plans(words, plan, coordinator, as_persona):
    goal = plan.goals.get()
    goal.text = "Fler mäter."
    goal.signed_by(coordinator).save()
    client = as_persona("analyst")
    listed = {(line.model, line.key) for line in lines(client, q=words)}
    assert ("actionplan.Goal", goal.pk) in listed
    assert lines(client, q="zirkonium") == []


def test_it_is_filtered_by_object_time_and_request(plan, as_persona):
    client, goal = as_persona("superuser"), plan.goals.get()
    newest = ChangeLog.objects.latest("pk")
    assert {line.key for line in lines(client, model="actionplan.Goal", key=goal.pk)} == {goal.pk}
    day = timezone.localdate(newest.at)
    day = {"at__year": day.year, "at__month": day.month, "at__day": day.day}
    assert newest in lines(client, **day)
    assert lines(client, at__year=1999) == []
    assert lines(client, request="a" * 32) == []


def test_as_many_questions_are_asked_for_many_lines_as_for_few(plan, as_persona, coordinator):
    client = as_persona("superuser")
    client.get(LIST)

    def number() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST, {"model": "requirements_pkg.Requirement"})
        return len(captured)

    package = RequirementFactory(code="A-1").package
    few = number()
    for at in range(30):
        RequirementFactory(package=package, code=f"B-{at}")
    assert number() == few


def test_what_is_gone_keeps_its_name_and_so_does_who_did_it(plan, as_persona):
    kim = UserFactory(username="kim.ek")
    row = Organisation(code="ny", name="Region Ny", procurement_region=plan.procurement_region)
    row.signed_by(kim).save()
    key = row.pk
    row.signed_by(kim).delete()
    # As somebody went before the database kept people.
    with unguarded():
        kim.delete()
    page = text_of(as_persona("superuser").get(LIST, {"model": "actionplan.Organisation"}))
    assert "(borttagen)" in page
    assert "kim.ek" in page
    assert "kommandoraden" not in page
    subject = ("actionplan.Organisation", key)
    assert names_of([subject])[subject] == "ny (borttagen)"


@pytest.mark.parametrize("persona", ["coordinator", "region_administrator", "superuser"])
def test_nobody_changes_the_log_an_administrator_included(persona, plan, as_persona):
    client, line = as_persona(persona), ChangeLog.objects.of(type(plan)).first()
    before = list(ChangeLog.objects.order_by("pk").values())
    for page in ("change", "delete"):
        client.post(f"{LIST}{line.pk}/{page}/", {"reason": "x", "post": "yes"})
    client.post(f"{LIST}add/", {"reason": "x"})
    form = {"action": "delete_selected", "_selected_action": line.pk, "post": "yes"}
    client.post(LIST, form)
    after = list(ChangeLog.objects.order_by("pk").values())
    assert after[: len(before)] == before
    admin = site._registry[ChangeLog]
    assert not admin.has_add_permission(None)
    assert not admin.has_change_permission(None)
    assert not admin.has_delete_permission(None)


@pytest.mark.parametrize(
    ("persona", "secrets", "people"),
    [
        ("superuser", True, True),
        ("coordinator", True, False),
        ("reviewer", True, False),
        ("other_coordinator", False, False),
        ("analyst", False, False),
        ("region_administrator", False, True),
    ],
)
def test_a_line_is_seen_by_who_sees_what_it_is_about(
    persona, secrets, people, guarded_rows, as_persona, coordinator
):
    as_persona("reviewer").get(
        reverse("admin:followup_deviation_change", args=[guarded_rows["followup_deviation"]])
    )
    client = as_persona(persona)
    for model, is_seen in ((Deviation, secrets), (Membership, people), (Requirement, True)):
        assert bool(lines(client, model=label_of(model))) is is_seen, model
    assert bool(lines(client, kind="read")) is secrets
    line = ChangeLog.objects.filter(model="followup.Deviation").first()
    page = client.get(f"{LIST}{line.pk}/change/")
    assert (page.status_code == 200) is secrets


def test_an_administrator_sees_people_of_the_own_region_alone(
    region_administrator, other_coordinator, coordinator, as_persona
):
    changes = lines(as_persona("region_administrator"), model="actionplan.Membership")
    keys = {line.part_of for line in changes}
    assert coordinator.pk in keys
    assert other_coordinator.pk not in keys


@pytest.mark.parametrize(
    ("persona", "status"),
    [("superuser", 200), ("region_administrator", 200), ("coordinator", 403)],
)
def test_it_is_taken_out_by_who_manages_people_and_that_is_told(
    persona, status, plan, as_persona, break_off
):
    client = as_persona(persona)
    page = client.get(f"{LIST}export/")
    assert page.status_code == status
    data = {"format": "0", "resource": "0"}
    response = client.post(f"{LIST}export/", data)
    if status == 403:
        assert response.status_code == 403
        return
    assert response.streaming
    break_off(response)
    last = ChangeLog.objects.latest("pk")
    assert (last.kind, last.model, last.by_name) == ("exported", "actionplan.ChangeLog", persona)
    assert last.after["rows"] > 10


@pytest.mark.parametrize("form", ["0", "1"])
def test_its_file_tells_from_what_to_what(form, coordinator, superuser, as_persona):
    coordinator.first_name = "Samira"
    coordinator.signed_by(superuser, "Nytt namn.").save()
    response = as_persona("superuser").post(f"{LIST}export/", {"format": form, "resource": "0"})
    whole = unpacked(b"".join(response.streaming_content))
    assert "first_name: Samira" in whole
    assert "Nytt namn." in whole


def test_it_is_searched_for_whom_something_was_done_to(coordinator, superuser, as_persona):
    role = coordinator.memberships.get()
    role.role = "reviewer"
    role.signed_by(superuser).save()
    coordinator.first_name = "Sam"
    coordinator.signed_by(superuser).save()
    client = as_persona("region_administrator")
    listed = {(line.model, line.by_name) for line in lines(client, q="coordinator")}
    assert ("actionplan.User", "superuser") in listed
    assert ("actionplan.Membership", "superuser") in listed
    # Who may not see what is told of people finds none of it.
    assert not {line.model for line in lines(as_persona("analyst"), q="coordinator")} & {
        "actionplan.User",
        "actionplan.Membership",
    }


def test_it_is_searched_for_the_name_or_code_of_an_object(plan, as_persona):
    requirement, other = RequirementFactory(code="ZQ-01"), RequirementFactory(code="YX-02")
    listed = {(line.model, line.key) for line in lines(as_persona("analyst"), q="zq-01")}
    assert ("requirements_pkg.Requirement", requirement.pk) in listed
    assert ("requirements_pkg.Requirement", other.pk) not in listed


def test_a_search_asks_as_many_questions_whatever_it_finds(plan, as_persona):
    client = as_persona("superuser")
    client.get(LIST)

    def number() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST, {"q": "Q"})
        return len(captured)

    package = RequirementFactory(code="Q-1").package
    few = number()
    for at in range(30):
        RequirementFactory(package=package, code=f"Q-{at + 2}")
    assert number() == few


def test_events_are_searched_for_whom_they_are_about(coordinator, superuser, as_persona):
    ChangeEvent.objects.record(EventKind.DEACTIVATED, coordinator, by=superuser, detail={})
    page = as_persona("superuser").get("/admin/actionplan/changeevent/", {"q": "coordinator"})
    rows = {(event.kind, event.actor) for event in page.context_data["cl"].result_list}
    assert ("deactivated", "superuser") in rows


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("2026-07-01T10:00:00+00:00", "2026-07-01 12:00"),
        ("2026-01-01T23:30:00.123456+00:00", "2026-01-02 00:30"),
        ("2026-07-01T10:00:00Z", "2026-07-01 12:00"),
        ("2026-07-01", "2026-07-01"),
        ("Mötet den 2026-07-01T10:00:00Z", "Mötet den 2026-07-01T10:00:00Z"),
    ],
)
def test_moments_are_told_as_the_clock_here_showed_them(kept, expected):
    assert local_moment(kept) == expected


def test_a_line_and_its_file_tell_local_times_and_nothing_of_what_is_empty(
    coordinator, superuser, as_persona
):
    at = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    invitation = Invitation(
        email="ny@region.example",
        token_sha256="a",
        invited_by=superuser,
        invited_at=at,
        expires_at=at + timedelta(days=7),
    )
    invitation.signed_by(superuser).save()
    line = ChangeLog.objects.about(invitation).get()
    page = text_of(as_persona("superuser").get(f"{LIST}{line.pk}/change/"))
    assert "Går ut: 2026-07-08 12:00" in page
    assert "None" not in page
    cell = Together().show(line.after)
    assert "expires_at: 2026-07-08 12:00" in cell
    assert "None" not in cell
    assert "accepted_at" not in cell
    assert Moment().show(at) == "2026-07-01 12:00"
    event = ChangeEvent.objects.record(
        EventKind.IMPORTED, coordinator, by=superuser, detail={"from": None, "to": "x"}
    )
    page_text = text_of(
        as_persona("superuser").get(f"/admin/actionplan/changeevent/{event.pk}/change/")
    )
    assert "None" not in page_text
