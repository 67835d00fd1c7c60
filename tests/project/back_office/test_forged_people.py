"""Posts about people that no form of ours would send: nobody reaches beyond their own region."""

import pytest
from django.core import mail
from django.urls import reverse

from actionplan.models import Membership, Organisation, Role, User
from tests.factories import UserFactory
from tests.project.back_office.test_admin_addresses import stored
from tests.project.back_office.test_forged_posts import change, post

ADD = reverse("admin:actionplan_user_add")
LIST = reverse("admin:actionplan_user_changelist")
FACTS = ("first_name", "last_name", "email", "username", "is_active")


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_ADDRESS = "https://krav.example"


@pytest.fixture
def client(as_persona):
    return as_persona("region_administrator")


@pytest.fixture
def skane(db) -> Organisation:
    return Organisation.objects.get(code="skane")


@pytest.fixture
def between(stockholm, skane) -> User:
    """An analyst of the administrator's region, who reviews in another."""
    user = UserFactory(
        username="between", email="between@region.example", role=Role.ANALYST, at=stockholm
    )
    Membership.objects.create(user=user, organisation=skane, role=Role.REVIEWER)
    return user


def new(**more: object) -> dict[str, object]:
    return {
        "first_name": "Nils",
        "last_name": "Ny",
        "email": "nils@region.example",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": "analyst",
    } | more


def test_nobody_of_another_region_is_seen_changed_or_written_to(
    client, other_coordinator, superuser
):
    User.objects.filter(pk=other_coordinator.pk).update(email="hanna@region.example")
    before = stored()
    for person in (other_coordinator, superuser):
        assert client.get(change(person))["Location"] == "/admin/"
        assert client.post(change(person), {"first_name": "Stulen"})["Location"] == "/admin/"
        send = reverse("admin:actionplan_user_send_link", args=[person.pk])
        assert client.post(send).status_code == 404
        assert person.get_username() not in client.get(LIST).content.decode()
        form = {"action": "send_links", "_selected_action": [person.pk], "select_across": "1"}
        client.post(LIST, form)
    assert "hanna@region.example" not in [to for message in mail.outbox for to in message.to]
    assert stored() == before


@pytest.mark.parametrize(
    "search", ["email__startswith=c", "password__startswith=md5", "reminder_opt_out__isnull=True"]
)
def test_the_list_answers_no_question_about_what_it_does_not_show(client, coordinator, search):
    answer = client.get(f"{LIST}?{search}")
    if answer.status_code == 200:
        # Of the people whom one sees anyway.
        assert "other_coordinator" not in answer.content.decode()
    else:
        assert answer.status_code in (302, 400)


def test_a_new_person_gets_no_role_in_a_foreign_region(client, stockholm, skane):
    before = stored()
    assert client.post(ADD, new(**{"memberships-0-organisation": skane.pk})).status_code == 200
    assert client.post(ADD, new(**{"memberships-0-role": ""})).status_code == 200
    assert stored() == before
    assert client.post(ADD, new(**{"memberships-0-organisation": stockholm.pk})).status_code == 302
    assert User.objects.get(email="nils@region.example").memberships.get().role == "analyst"


def test_a_membership_does_not_move_into_a_foreign_region(client, coordinator, skane):
    before = stored()
    assert post(client, coordinator, memberships__0__organisation=skane.pk).status_code == 200
    assert stored() == before


def test_nobody_gives_themselves_a_role_in_a_foreign_region(client, region_administrator, skane):
    before = stored()
    forged = {
        "memberships__1__organisation": skane.pk,
        "memberships__1__role": "region_administrator",
    }
    assert post(client, region_administrator, **forged).status_code == 200
    assert stored() == before


def test_the_id_of_a_foreign_membership_changes_nothing_of_it(client, coordinator, between, skane):
    foreign = between.memberships.get(organisation=skane)
    for person in (coordinator, between):
        before = stored()
        post(client, person, memberships__0__id=foreign.pk, memberships__0__role="analyst")
        post(client, person, memberships__0__id=foreign.pk, memberships__0__DELETE="on")
        assert stored() == before


def test_what_only_a_superuser_gives_is_in_no_administrators_post(client, coordinator):
    forged = {
        "is_superuser": "on",
        "is_staff": "on",
        "password": "md5$x$y",
        "password1": "sju svarta svanar",
        "password2": "sju svarta svanar",
        "last_login_0": "2030-01-01",
        "date_joined_0": "2030-01-01",
        "groups": "1",
        "user_permissions": "1",
    }
    before = User.objects.filter(pk=coordinator.pk).values().get()
    assert post(client, coordinator, first_name="Åsa", **forged).status_code == 302
    after = User.objects.filter(pk=coordinator.pk).values().get()
    assert after == before | {"first_name": "Åsa"}


def test_who_somebody_of_two_regions_is_stays_and_so_does_the_foreign_role(
    client, between, stockholm
):
    """Whoever set the address of such a person could take over the other region's role."""
    before = User.objects.filter(pk=between.pk).values().get()
    forged = dict.fromkeys(FACTS, "annan@region.example") | {"memberships__0__role": "coordinator"}
    assert post(client, between, **forged).status_code == 302
    assert User.objects.filter(pk=between.pk).values().get() == before
    roles = set(between.memberships.values_list("role", "organisation__code"))
    assert roles == {("coordinator", "stockholm"), ("reviewer", "skane")}


@pytest.mark.parametrize("role", ["secretariat", "administrator"])
def test_a_region_gives_nobody_a_role_that_reaches_every_region(
    client, as_persona, coordinator, region_administrator, stockholm, role
):
    before = stored()
    wide = {"memberships-0-organisation": stockholm.pk, "memberships-0-role": role}
    assert client.post(ADD, new(**wide)).status_code == 200
    for person in (coordinator, region_administrator):
        assert post(client, person, memberships__0__role=role).status_code == 200
    assert stored() == before
    assert as_persona("administrator").post(ADD, new(**wide)).status_code == 302
    assert User.objects.get(email="nils@region.example").memberships.get().role == role


def test_who_has_a_role_in_every_region_is_not_a_regions_to_change(
    client, administrator, coordinator, stockholm
):
    """She is employed in the region: its administrator sees her, and gives her other roles."""
    before = User.objects.filter(pk=administrator.pk).values().get()
    forged = dict.fromkeys(FACTS, "annan@region.example")
    given = {"memberships__0__role": "analyst", "memberships__0__organisation": stockholm.pk}
    assert post(client, administrator, **forged, **given).status_code == 302
    assert administrator.memberships.filter(role="analyst").exists()
    wide = administrator.memberships.get(role=Role.ADMINISTRATOR)
    taken = {"memberships__0__id": wide.pk, "memberships__0__DELETE": "on"}
    for person in (administrator, coordinator):
        post(client, person, **taken)
    assert User.objects.filter(pk=administrator.pk).values().get() == before
    assert administrator.memberships.filter(role=Role.ADMINISTRATOR).exists()


def test_an_administrator_neither_removes_people_nor_sets_passwords(client, coordinator):
    before = stored()
    remove = reverse("admin:actionplan_user_delete", args=[coordinator.pk])
    password = reverse("admin:auth_user_password_change", args=[coordinator.pk])
    for address in (remove, password):
        assert client.post(address, {"post": "yes", "password1": "x"}).status_code == 403
    assert stored() == before


@pytest.mark.parametrize("persona", ["region_administrator", "superuser"])
def test_nobody_shuts_themselves_out(as_persona, request, persona):
    user = request.getfixturevalue(persona)
    answer = post(as_persona(persona), user, is_active="", is_superuser="", first_name="Åsa")
    assert answer.status_code == 302
    after = User.objects.get(pk=user.pk)
    assert (after.first_name, after.is_staff, after.is_superuser) == (
        "Åsa",
        True,
        user.is_superuser,
    )
