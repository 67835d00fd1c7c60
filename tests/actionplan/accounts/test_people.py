"""People are added, changed and given roles in the admin; each of it is told in the log."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import models
from django.urls import reverse
from django.utils import timezone

from actionplan.accounts.entering import notices
from actionplan.accounts.people import admin
from actionplan.models import ChangeEvent, ChangeLog, Membership, Organisation, Role, User
from tests.factories import UserFactory
from tests.mail_server import mail_server_away
from tests.project.back_office.test_forged_people import new
from tests.project.back_office.test_forged_posts import change, post
from tests.unguarded import unguarded

ADD, LIST = (reverse(f"admin:actionplan_user_{page}") for page in ("add", "changelist"))


@pytest.fixture
def client(as_persona):
    return as_persona("region_administrator")


@pytest.fixture
def anna(stockholm) -> User:
    return UserFactory(
        username="anna", email="anna@region.example", role=Role.ANALYST, at=stockholm
    )


def text(response) -> str:
    return response.content.decode()


def add(client, **more):
    stockholm = Organisation.objects.get(code="stockholm")
    data = new(**{"memberships-0-organisation": stockholm.pk} | more)
    return client.post(ADD, data, follow=True)


def events(person: User) -> list[tuple[str, str, dict]]:
    rows = ChangeEvent.objects.about(person).order_by("id")
    return list(rows.values_list("kind", "actor", "detail"))


@pytest.mark.parametrize("persona", ["region_administrator", "superuser"])
def test_a_new_person_with_a_role_gets_a_mail_and_is_let_in(as_persona, persona):
    page = add(as_persona(persona), email="Nils@Region.example")
    assert "En länk för att välja lösenord har skickats till: Nils Ny." in text(page)
    person = User.objects.get(username="nils@region.example")
    assert person.is_staff
    assert not person.has_usable_password()
    (message,) = mail.outbox
    assert message.to == ["nils@region.example"]
    assert message.subject == "Kravkedjan: välj ditt lösenord"
    assert "Du har fått ett konto på Kravkedjan, https://krav.example." in message.body
    role = {"role": "analyst", "organisation": "stockholm"}
    assert events(person) == [
        ("person_added", persona, {}),
        ("role_given", persona, role),
        ("link_sent", persona, {}),
    ]
    assert "roll given" in text(page)


@pytest.mark.parametrize("lacking", ["first_name", "last_name", "email", "memberships-0-role"])
def test_a_new_person_has_a_name_an_address_and_a_role(client, lacking):
    add(client, **{lacking: ""})
    assert not User.objects.filter(last_name="Ny").exists()
    add(client)
    assert User.objects.filter(last_name="Ny").exists()


def test_an_address_is_one_active_persons_whatever_its_case(client, anna):
    refused = add(client, email="Anna@REGION.example", username="nils")
    assert "En annan aktiv person har den e-postadressen. Ange en annan adress." in text(refused)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    add(client, email="Anna@REGION.example", username="nils")
    assert User.objects.get(username="nils").email == "anna@region.example"


@pytest.mark.parametrize("name", ["ANNA", "anna@region.example"])
def test_a_user_name_is_nobody_elses_name_or_address(client, anna, name):
    add(client, username=name)
    assert not User.objects.filter(last_name="Ny").exists()


def test_a_mail_that_could_not_be_sent_is_told_and_sent_again(client):
    with mail_server_away():
        assert "Mejlet kunde inte skickas till: Nils Ny." in text(add(client))
    person = User.objects.get(last_name="Ny")
    again = reverse("admin:actionplan_user_send_link", args=[person.pk])
    assert again in text(client.get(change(person)))
    assert "har skickats till: Nils Ny." in text(client.post(again, follow=True))
    assert len(mail.outbox) == 1


def test_links_are_sent_to_those_chosen_in_the_list(client, anna, coordinator):
    form = {"action": "send_links", "_selected_action": [anna.pk, coordinator.pk]}
    page = text(client.post(LIST, form, follow=True))
    assert "har skickats till: anna." in page
    assert "Ingen länk skickades till coordinator" in page
    assert [message.to for message in mail.outbox] == [["anna@region.example"]]


def test_changed_roles_and_facts_are_told_by_who_whom_and_which_role(client, anna):
    post(client, anna, first_name="Anna", memberships__0__role="reviewer")
    post(client, anna, is_active="")
    role = {"organisation": "stockholm"}
    assert events(anna) == [
        ("person_changed", "region_administrator", {"fields": ["first_name"]}),
        ("role_taken", "region_administrator", role | {"role": "analyst"}),
        ("role_given", "region_administrator", role | {"role": "reviewer"}),
        ("deactivated", "region_administrator", {}),
    ]
    anna.refresh_from_db()
    assert not anna.is_staff
    assert "avaktiverad" in text(client.get(change(anna)))


def test_a_page_sent_back_untouched_writes_nothing(client, anna):
    assert post(client, anna).status_code == 302
    assert events(anna) == []


def test_a_last_role_is_taken_away_by_a_superuser_only(client, as_persona, anna):
    refused = post(client, anna, memberships__0__DELETE="on")
    assert "Den sista rollen kan inte tas bort" in text(refused)
    assert post(as_persona("superuser"), anna, memberships__0__DELETE="on").status_code == 302
    assert not User.objects.get(pk=anna.pk).is_staff


def test_the_role_in_ones_own_region_is_taken_from_somebody_of_two(client, anna):
    skane = Organisation.objects.get(code="skane")
    Membership.objects.create(user=anna, organisation=skane, role=Role.REVIEWER)
    page = text(client.get(change(anna)))
    assert "granskare, Region Skåne" in page
    assert post(client, anna, memberships__0__DELETE="on").status_code == 302
    assert [role.organisation for role in anna.memberships.all()] == [skane]
    assert client.get(change(anna))["Location"] == "/admin/"


def test_ones_own_last_role_as_administrator_is_given_up_only_knowingly(
    client, region_administrator
):
    refused = post(client, region_administrator, memberships__0__role="analyst")
    assert "Du tar bort din egen sista roll som administratör" in text(refused)
    given_up = post(client, region_administrator, memberships__0__role="analyst", resign="on")
    assert given_up["Location"] == "/admin/"
    assert client.get(LIST).status_code == 403
    assert client.get("/admin/").status_code == 200


def test_a_superuser_sets_a_password_where_no_mail_is_sent(as_persona, anna, settings):
    settings.SITE_ADDRESS = ""
    client = as_persona("superuser")
    at = reverse("admin:auth_user_password_change", args=[anna.pk])
    page = text(client.get(change(anna)))
    assert "kan inte skicka e-post" in page
    assert at in page
    data = dict.fromkeys(("password1", "password2"), "sju svarta svanar")
    assert client.post(at, data | {"set-password": "1"}).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password("sju svarta svanar")
    assert events(anna) == [("password_set", "superuser", {})]


def test_the_people_stand_on_the_index_of_whoever_manages_them(as_persona):
    for persona in ("region_administrator", "superuser", "coordinator"):
        is_there = LIST in text(as_persona(persona).get("/admin/"))
        assert is_there is (persona != "coordinator")


def delete(client, *people: User):
    """Sent from the page of one person, or for several from the list."""
    if len(people) == 1:
        address = reverse("admin:actionplan_user_delete", args=[people[0].pk])
        return client.post(address, {"post": "yes"}, follow=True)
    form = {"action": "delete_selected", "_selected_action": [person.pk for person in people]}
    return client.post(LIST, form | {"post": "yes"}, follow=True)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("persona", ["region_administrator", "superuser"])
def test_nobody_is_removed_by_anyone(persona, as_persona, anna, number):
    """They are deactivated, so that whatever they did goes on having a name."""
    people = [anna, UserFactory(username="bo")][:number]
    delete(as_persona(persona), *people)
    assert User.objects.filter(pk__in=[person.pk for person in people]).count() == number
    assert not ChangeEvent.objects.filter(kind="person_removed").exists()
    page = as_persona(persona).get(reverse("admin:actionplan_user_change", args=[anna.pk]))
    assert page.status_code == 200
    assert reverse("admin:actionplan_user_delete", args=[anna.pk]) not in page.content.decode()


def test_links_are_sent_to_so_many_at_a_time(client, stockholm, anna, monkeypatch):
    monkeypatch.setattr(admin, "MOST_AT_ONCE", 1)
    bo = UserFactory(username="bo", email="bo@region.example", role=Role.ANALYST, at=stockholm)
    form = {"action": "send_links", "_selected_action": [anna.pk, bo.pk]}
    assert "Välj högst 1 personer åt gången." in text(client.post(LIST, form, follow=True))
    assert mail.outbox == []


def test_who_had_the_address_hears_that_it_was_changed_and_what_is_done_next(client, anna):
    """Else whoever looks after people takes a log-in over, and its owner is told nothing."""
    post(client, anna, email="tjuv@region.example")
    was_changed = {message.to[0] for message in mail.outbox}
    assert was_changed == {"anna@region.example", "tjuv@region.example"}
    assert "E-postadressen till din inloggning har ändrats." in mail.outbox[0].body
    mail.outbox.clear()
    client.post(reverse("admin:actionplan_user_remove_factors", args=[anna.pk]))
    assert {message.to[0] for message in mail.outbox} == was_changed
    assert not any(len(message.to) > 1 for message in mail.outbox)


def test_an_address_of_long_ago_hears_no_more(anna):
    anna.email = "nya@region.example"
    anna.save()
    assert notices.addresses_of(anna) == ["nya@region.example", "anna@region.example"]
    with unguarded():
        ago = timezone.now() - notices.FORMER - timedelta(days=1)
        models.QuerySet(ChangeLog).update(at=ago)
    assert notices.addresses_of(anna) == ["nya@region.example"]
