"""One person's own pages: what is due, reminders on and off, and the calendar."""

import re
from datetime import date

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.models import User
from followup.actions.personal import make_calendar, off_token
from followup.admin import personal
from followup.models import CalendarFeed, ReminderKind, ReminderOptOut
from requirements_pkg.backoffice.tasks import Task, TaskGroup
from tests.factories import FollowUpFactory
from tests.followup.reminders.test_icalendar import read
from tests.followup.to_do import DUE, SECRET, add_all, add_another
from tests.project.back_office.test_forged_posts import rows_of

MINE = "/admin/followup/mitt/"
ADDRESS = re.compile(r"https://krav\.example(/kalender/[\w-]{43}\.ics)")
READERS = ["coordinator", "other_coordinator", "reviewer", "analyst", "superuser"]


@pytest.fixture(autouse=True)
def everything(settings, follow_up, requirements, coordinator) -> None:
    """Something of every kind; the coordinator is responsible."""
    settings.SITE_ADDRESS = "https://krav.example"
    follow_up.responsible, follow_up.planned_for = coordinator, DUE
    follow_up.save()
    add_all(follow_up, requirements[0], coordinator)


@pytest.fixture
def person(as_persona) -> Client:
    return as_persona("coordinator")


def content(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("persona", READERS)
def test_whoever_has_a_role_opens_their_own_page(as_persona, persona):
    page = content(as_persona(persona).get(MINE))
    assert ("Avvikelse från SE-01" in page) is (persona == "coordinator")
    assert ("väntar på godkännande" in page) is (persona == "reviewer")
    # The link to it stands on every page of the admin.
    assert reverse("admin:followup_mine") in content(as_persona(persona).get("/admin/"))


@pytest.mark.parametrize("persona", READERS)
def test_the_first_page_tells_what_waits_for_whoever_has_logged_in(as_persona, persona):
    page = content(as_persona(persona).get("/admin/"))
    assert "Det här ska du göra" in page
    assert ("Avvikelse från SE-01" in page) is (persona == "coordinator")
    assert ("väntar på godkännande" in page) is (persona == "reviewer")
    assert "Senaste" not in page


def test_the_first_page_tells_some_of_many_tasks_and_leads_to_all(person, monkeypatch):
    assert content(person.get("/admin/")).count("senast 2") > 1
    monkeypatch.setattr("followup.admin.personal.FIRST", 1)
    page = content(person.get("/admin/"))
    assert "Alla mina uppgifter" in page
    assert page.count("senast 2") + page.count("väntar sedan") == 1


def test_the_first_page_tells_of_each_group_however_much_stands_before_it(person, monkeypatch):
    numbers = {TaskGroup.ANSWER: 20, TaskGroup.OVERDUE: 30, TaskGroup.MEND: 1}
    tasks = [
        Task(f"{group.name} {at}", "/admin/", group=group)
        for group, number in numbers.items()
        for at in range(number)
    ]
    waiting = {"today": date(2026, 3, 17), "items": [], "tasks": tasks}
    monkeypatch.setattr(personal, "_tasks", lambda user: waiting)
    page = content(person.get("/admin/"))
    assert [page.count(f">{group.name} ") for group in numbers] == [9, 2, 1]
    assert "(30)" in page


def test_whoever_has_no_role_has_no_page(as_persona):
    for do in ("make", "off"):
        assert as_persona("staff").post(MINE, {"do": do}).status_code == 302
    for persona in ("staff", "visitor"):
        response = as_persona(persona).get(MINE)
        assert response["Location"] == f"/admin/login/?next={MINE}"


def test_the_page_says_what_is_past_its_day_and_nothing_confidential(person):
    page = content(person.get(MINE))
    assert "senast 2026-03-16" in page
    assert "försenat" in page
    assert [word for word in SECRET if word in page] == []


def test_an_address_is_shown_once_and_reads_the_calendar(person, client):
    answer = content(person.post(MINE, {"do": "make"}))
    (path,) = ADDRESS.search(answer).groups()
    assert "Kopiera adressen nu" in answer
    assert ADDRESS.search(content(person.get(MINE))) is None
    assert CalendarFeed.objects.get().token_sha256 not in path
    assert client.get(path).status_code == 200


def test_a_new_address_ends_the_old_one_and_a_stopped_calendar_ends_both(person, client):
    old, new = (
        ADDRESS.search(content(person.post(MINE, {"do": "make"}))).group(1) for _twice in "12"
    )
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    assert person.post(MINE, {"do": "revoke"}).status_code == 302
    assert [client.get(path).status_code for path in (old, new)] == [404, 404]


def test_reminders_are_turned_off_and_on_again(person, coordinator):
    assert "Stäng av påminnelser" in content(person.get(MINE))
    person.post(MINE, {"do": "off"})
    assert ReminderOptOut.objects.get().user == coordinator
    assert "Slå på påminnelser" in content(person.get(MINE))
    person.post(MINE, {"do": "on"})
    assert not ReminderOptOut.objects.exists()


def test_nobody_turns_anything_of_somebody_else(as_persona, coordinator, reviewer):
    make_calendar(by=coordinator)
    ReminderOptOut.objects.create(user=coordinator)
    for do in ("revoke", "on", "off", "make"):
        as_persona("reviewer").post(MINE, {"do": do, "user": coordinator.pk})
    assert CalendarFeed.objects.filter(user=coordinator).exists()
    assert ReminderOptOut.objects.filter(user=coordinator).exists()


def test_something_that_nobody_offers_is_refused_and_a_form_needs_its_token(person, coordinator):
    assert person.post(MINE, {"do": "explode"}).status_code == 400
    assert person.post(MINE).status_code == 400
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(coordinator)
    assert strict.post(MINE, {"do": "off"}).status_code == 403
    assert not ReminderOptOut.objects.exists()


def calendar_of(user: User):
    return Client().get(reverse("calendar", args=[make_calendar(by=user)]))


def test_a_calendar_holds_what_the_person_has_to_do_in_swedish(coordinator, follow_up, plan):
    response = calendar_of(coordinator)
    lines = read(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert ("X-WR-CALNAME", "Uppföljning") in lines
    assert sum(line == ("BEGIN", "VEVENT") for line in lines) == 5
    start = lines.index(("UID", f"follow_up-{follow_up.pk}@krav.example"))
    event = dict(lines[start : start + 5])
    assert event["DTSTART;VALUE=DATE"] == "20260316"
    assert event["SUMMARY"] == f"Uppföljning (självskattning): servrar, {plan}"
    path = f"/admin/followup/followup/{follow_up.pk}/change/"
    assert ("URL", f"https://krav.example{path}") in lines


def test_a_calendar_holds_no_confidential_word_and_nothing_of_others(coordinator, reviewer):
    text = calendar_of(coordinator).content.decode().replace("\r\n ", "")
    assert [word for word in SECRET if word in text] == []
    assert "väntar på godkännande" not in text
    assert "väntar på godkännande" in calendar_of(reviewer).content.decode().replace("\r\n ", "")


def test_a_calendar_goes_years_ahead_and_keeps_its_names(coordinator, version):
    far = FollowUpFactory(version=version, responsible=coordinator, planned_for=date(2031, 1, 7))
    (first, another) = (read(calendar_of(coordinator).content) for _twice in "12")
    names = [[value for name, value in lines if name == "UID"] for lines in (first, another)]
    assert f"follow_up-{far.pk}@krav.example" in names[0]
    assert names[0] == names[1]


def test_a_calendar_is_kept_by_nobody_and_found_by_no_search_engine(coordinator):
    response = calendar_of(coordinator)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


@pytest.mark.parametrize("token", ["finns-inte", "0" * 43, "å", "a" * 500])
def test_an_unknown_calendar_is_not_found(client, token):
    assert client.get(reverse("calendar", args=[token])).status_code == 404


def test_neither_the_stored_checksum_nor_an_inactive_person_opens_a_calendar(client, coordinator):
    token = make_calendar(by=coordinator)
    kept = CalendarFeed.objects.get().token_sha256
    assert client.get(reverse("calendar", args=[kept])).status_code == 404
    assert client.get(reverse("calendar", args=[token])).status_code == 200
    coordinator.is_active = False
    coordinator.save()
    assert client.get(reverse("calendar", args=[token])).status_code == 404


def test_a_calendar_ends_with_the_password(client, coordinator):
    token = make_calendar(by=coordinator)
    coordinator.first_name = "Sam"
    coordinator.save()
    assert client.get(reverse("calendar", args=[token])).status_code == 200
    coordinator.set_password("sju svarta svanar")
    coordinator.save()
    assert client.get(reverse("calendar", args=[token])).status_code == 404


@pytest.mark.parametrize("what", ["role", "account"])
def test_a_calendar_ends_with_a_role_and_with_the_account(client, superuser, coordinator, what):
    token = make_calendar(by=coordinator)
    client.force_login(superuser)
    address = reverse("admin:actionplan_user_change", args=[coordinator.pk])
    sent = rows_of(client.get(address))
    assert client.post(address, sent | {"is_active": "on"}).status_code == 302
    assert client.get(reverse("calendar", args=[token])).status_code == 200
    if what == "role":
        sent |= {"is_active": "on", "memberships-0-DELETE": "on"}
    else:
        del sent["is_active"]
    assert client.post(address, sent).status_code == 302
    assert not CalendarFeed.objects.exists()


def test_the_queries_are_the_same_for_one_thing_and_for_many(
    client, person, coordinator, follow_up, requirements
):
    path = reverse("calendar", args=[make_calendar(by=coordinator)])

    def cost(of: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            content(of.get(address))
        return len(captured)

    few = [cost(client, path), cost(person, MINE)]
    for _again in range(5):
        add_another(follow_up, requirements[0], coordinator)
    assert [cost(client, path), cost(person, MINE)] == few
    # A query for each kind, and four for the person and the address; comments and withdrawals
    # are of the page alone.
    assert few[0] <= len(ReminderKind) + 4
    assert few[1] <= len(ReminderKind) + 11


def test_following_the_link_of_a_mail_asks_and_only_pressing_turns_off(client, coordinator):
    address = reverse("reminders_off", args=[off_token(coordinator)])
    for method in (client.get, client.head):
        assert method(address).status_code == 200
    page = content(client.get(address))
    assert "Stäng av påminnelser" in page
    assert coordinator.username not in page
    assert not ReminderOptOut.objects.exists()
    done = client.post(address)
    assert "Påminnelserna är avstängda" in content(done)
    assert done["Cache-Control"] == "private, no-store"
    assert ReminderOptOut.objects.get().user == coordinator
    # Pressed again, it is still off.
    assert client.post(address).status_code == 200


def test_a_forged_link_turns_nothing_off(client, coordinator):
    other = Signer(salt="something.else").sign(str(coordinator.pk))
    good = off_token(coordinator)
    forged = [str(coordinator.pk), f"{coordinator.pk}:x", other, good[:-1], "x" + good, "å"]
    for token in forged:
        address = reverse("reminders_off", args=[token])
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert not ReminderOptOut.objects.exists()


def test_a_link_of_somebody_who_has_left_is_not_found(client, coordinator):
    address = reverse("reminders_off", args=[off_token(coordinator)])
    coordinator.is_active = False
    coordinator.save()
    assert client.post(address).status_code == 404


def test_many_tasks_stand_on_pages_that_somebody_reads(person, monkeypatch):
    monkeypatch.setattr(personal, "TASKS_A_PAGE", 2)
    counts = []
    for number in (1, 2, 3):
        page = content(person.get(MINE, {"sida": number}))
        assert f"Sida {number} av 3" in page
        counts.append(page.split('<ul class="todo">')[1].split("</ul>")[0].count("senast"))
    # What is due is told once, two at a time.
    assert counts == [2, 2, 1]
