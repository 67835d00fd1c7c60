"""Somebody is invited by mail, with roles and a last day; the link lets them in, once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from actionplan.accounts.people import invitations
from actionplan.models import (
    ChangeEvent,
    ChangeLog,
    Invitation,
    Membership,
    Organisation,
    Role,
    User,
)
from tests.actionplan.accounts.entering.test_proof import some_time_ago
from tests.actionplan.accounts.test_log_in import PASSWORD
from tests.factories import UserFactory
from tests.mail_server import mail_server_away

ADD, LIST = (reverse(f"admin:actionplan_invitation_{page}") for page in ("add", "changelist"))
ADDRESS = "nils@region.example"
JOIN = {"first_name": "Nils", "last_name": "Ny", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_ADDRESS = "https://krav.example"


@pytest.fixture
def client(as_persona):
    return as_persona("region_administrator")


@pytest.fixture
def visitor(as_persona):
    return as_persona("visitor")


def text(response) -> str:
    return response.content.decode()


def ask(client, **more):
    stockholm = Organisation.objects.get(code="stockholm")
    fields = {"email": ADDRESS, "roles": ["analyst"], "organisation": stockholm.pk, "days": 7}
    return client.post(ADD, fields | more, follow=True)


def link() -> str:
    """The address in the last mail, on this machine."""
    return re.search(r"https://krav\.example(/admin/inbjudan/\S+/)", mail.outbox[-1].body)[1]


def do(client, what: str, invitation: Invitation):
    address = reverse(f"admin:actionplan_invitation_{what}", args=[invitation.pk])
    return client.post(address, follow=True)


def kinds(row) -> list[tuple[str, str]]:
    rows = ChangeEvent.objects.about(row).order_by("id")
    return list(rows.values_list("kind", "actor"))


def test_who_is_invited_chooses_name_and_password_and_has_the_roles(client, visitor):
    page = ask(client, email="Nils@Region.example", roles=["analyst", "reviewer"])
    assert "En inbjudan har skickats till nils@region.example." in text(page)
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert "analytiker, Region Stockholm" in message.body
    assert "granskare, Region Stockholm" in message.body
    page_text = text(visitor.get(link()))
    assert ADDRESS in page_text
    assert visitor.post(link(), JOIN)["Location"] == reverse("account_login")
    person = User.objects.get(email=ADDRESS)
    assert (person.username, person.get_full_name()) == (ADDRESS, "Nils Ny")
    assert person.check_password(PASSWORD)
    assert set(person.memberships.values_list("role", flat=True)) == {"analyst", "reviewer"}
    by = "region_administrator"
    given = [("role_given", by)] * 2
    assert kinds(person) == [("person_added", by), *given]
    invitation = Invitation.objects.get()
    assert kinds(invitation) == [("invited", by), ("invitation_accepted", ADDRESS)]
    assert invitation.person == person
    visitor.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD})
    assert visitor.get("/admin/").status_code == 200


def test_the_secret_of_the_link_is_stored_nowhere(client):
    ask(client)
    token = link().rstrip("/").rsplit("/", 1)[1]
    (invitation,) = Invitation.objects.values()
    assert token not in str(invitation)
    lines = ChangeLog.objects.filter(model="actionplan.Invitation").values()
    assert token not in str(list(lines))
    assert invitation["token_sha256"] not in str(list(lines))


def ends(client, invitation: Invitation, how: str) -> None:
    if how == "accepted":
        client.post(link(), JOIN)
    elif how == "cancelled":
        do(client, "cancel", invitation)
    elif how == "ended":
        ago = timezone.now() - timedelta(days=9)
        Invitation.objects.update(invited_at=ago, expires_at=ago + timedelta(days=7))
    else:
        Membership.objects.filter(user=invitation.invited_by).delete()


@pytest.mark.parametrize("how", ["accepted", "cancelled", "ended", "inviter has left"])
def test_a_link_that_has_ended_says_the_same_whatever_the_reason(client, visitor, how):
    ask(client)
    ends(client, Invitation.objects.get(), how)
    before = User.objects.count()
    unknown = text(visitor.get("/admin/inbjudan/finns-inte/"))
    for answer in (visitor.get(link()), visitor.post(link(), JOIN | {"first_name": "Tjuv"})):
        assert "Inbjudan gäller inte längre." in text(answer)
        assert ADDRESS not in text(answer)
        assert re.sub(r"\s+", "", text(answer)) == re.sub(r"\s+", "", unknown)
    assert User.objects.count() == before


def test_a_link_that_is_sent_again_ends_the_former(client, visitor):
    ask(client, days=3)
    former, invitation = link(), Invitation.objects.get()
    ends(client, invitation, "ended")
    do(client, "again", invitation)
    assert "gäller inte längre" in text(visitor.get(former))
    assert "Nils" not in text(visitor.get(link()))
    assert visitor.post(link(), JOIN).status_code == 302
    left = Invitation.objects.get().expires_at - Invitation.objects.get().invited_at
    assert left == timedelta(days=3)
    by = "region_administrator"
    assert kinds(invitation) == [
        ("invited", by),
        ("invited", by),
        ("invitation_accepted", ADDRESS),
    ]


@pytest.mark.parametrize("how", ["accepted", "cancelled"])
def test_what_is_over_is_neither_sent_again_nor_cancelled(client, how):
    ask(client)
    invitation = Invitation.objects.get()
    ends(client, invitation, how)
    stood = Invitation.objects.values().get()
    for what in ("again", "cancel"):
        assert "har redan tagits emot eller avbrutits" in text(do(client, what, invitation))
    assert Invitation.objects.values().get() == stood
    assert len(mail.outbox) == 1


def test_the_same_words_are_said_whoever_has_an_account(client, stockholm):
    """Else an administrator could ask who has one, one address after the other."""
    UserFactory(email=ADDRESS, role=Role.COORDINATOR, at=Organisation.objects.get(code="skane"))
    assert f"En inbjudan har skickats till {ADDRESS}." in text(ask(client))
    assert "En inbjudan har skickats till ny@region.example." in text(
        ask(client, email="ny@region.example")
    )
    bodies = [message.body.split("/admin/inbjudan/")[0] for message in mail.outbox]
    assert bodies[0] == bodies[1]


def test_who_has_an_account_gets_the_roles_when_they_are_logged_in_and_say_yes(client, visitor):
    skane = Organisation.objects.get(code="skane")
    owner = UserFactory(email=ADDRESS, role=Role.ANALYST, at=skane)
    ask(client, roles=["analyst", "reviewer"])
    page = visitor.get(link())
    assert "Du har redan ett konto" in text(page)
    visitor.post(link(), JOIN)
    assert owner.memberships.count() == 1
    visitor.force_login(owner)
    assert "Ta emot rollerna" in text(visitor.get(link()))
    assert visitor.post(link()).status_code == 302
    roles = set(owner.memberships.values_list("role", "organisation__code"))
    assert roles == {("analyst", "skane"), ("analyst", "stockholm"), ("reviewer", "stockholm")}
    assert User.objects.get(pk=owner.pk).password == owner.password


def test_somebody_elses_log_in_accepts_nothing(client, as_persona):
    owner = UserFactory(
        email=ADDRESS, role=Role.ANALYST, at=Organisation.objects.get(code="skane")
    )
    ask(client)
    as_persona("analyst").post(link(), JOIN)
    assert owner.memberships.count() == 1
    assert Invitation.objects.get().accepted_at is None


def test_a_name_that_somebody_left_behind_is_not_taken(client, visitor):
    UserFactory(username=ADDRESS, email=ADDRESS, is_active=False)
    ask(client)
    visitor.post(link(), JOIN)
    assert User.objects.get(is_active=True, email=ADDRESS).username == f"{ADDRESS}-2"


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ({"password2": "något annat helt"}, "lösenord"),
        ({"password1": "Sommar2026!!", "password2": "Sommar2026!!"}, "årstid"),
        ({"password1": "kort", "password2": "kort"}, "minst 12"),
        ({"first_name": ""}, "måste fyllas i"),
    ],
)
def test_a_weak_password_or_no_name_is_refused(client, visitor, expected, sentence):
    ask(client)
    page = visitor.post(link(), JOIN | expected)
    assert page.status_code == 200
    assert sentence in text(page)
    assert not User.objects.filter(email=ADDRESS).exists()


def test_nobody_is_invited_into_a_foreign_region_or_further_than_one_reaches(
    client, region_administrator, stockholm
):
    skane = Organisation.objects.get(code="skane")
    for forged in ({"organisation": skane.pk}, {"roles": ["secretariat"]}, {"roles": []}):
        assert ask(client, **forged).status_code == 200
    for role, organisation in ((Role.ANALYST, skane), (Role.ADMINISTRATOR, stockholm)):
        with pytest.raises(PermissionDenied):
            invitations.invite(
                email=ADDRESS, roles=[(role, organisation)], days=7, by=region_administrator
            )
    with pytest.raises(ValidationError, match="minst en roll"):
        invitations.invite(email=ADDRESS, roles=[], days=7, by=region_administrator)
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_what_was_typed_comes_back_after_the_proof_that_an_old_log_in_asks_for(
    client, region_administrator
):
    region_administrator.set_password(PASSWORD)
    region_administrator.save()
    client.force_login(region_administrator)
    some_time_ago(client)
    page = ask(client, roles=["analyst", "reviewer"], days=14)
    proof, _status = page.redirect_chain[-1]
    assert not Invitation.objects.exists()
    back = text(client.post(proof, {"password": PASSWORD}, follow=True))
    assert f'value="{ADDRESS}"' in back
    assert re.search(r'<option value="14" selected', back)
    checked = re.findall(r'name="roles" value="(\w+)"[^>]* checked', back)
    assert set(checked) == {"reviewer", "analyst"}


def test_invitations_of_other_regions_are_neither_seen_nor_touched(client, as_persona):
    ask(client)
    invitation = Invitation.objects.get()
    stood = Invitation.objects.values().get()
    other = as_persona("other_region_administrator")
    assert ADDRESS not in text(other.get(LIST))
    for what in ("again", "cancel"):
        assert do(other, what, invitation).status_code == 404
    assert Invitation.objects.values().get() == stood
    wide = as_persona("administrator")
    assert ADDRESS in text(wide.get(LIST))
    do(wide, "cancel", invitation)
    assert Invitation.objects.get().cancelled_at is not None


def test_an_address_is_invited_once_by_each_and_that_is_told(client):
    ask(client)
    assert "Du har redan bjudit in den adressen." in text(ask(client))
    assert Invitation.objects.count() == 1


def test_an_address_gets_three_mails_an_hour_and_that_is_told(client):
    ask(client)
    invitation = Invitation.objects.get()
    for _time in range(2):
        do(client, "again", invitation)
    page = do(client, "again", invitation)
    assert f"Inget mejl har skickats till {ADDRESS}." in text(page)
    assert len(mail.outbox) == 3


def test_a_mail_server_that_is_away_is_told_and_the_invitation_stays(client):
    with mail_server_away():
        page = ask(client)
    assert f"Inget mejl har skickats till {ADDRESS}." in text(page)
    do(client, "again", Invitation.objects.get())
    assert len(mail.outbox) == 1


def test_the_list_says_how_each_stands_and_is_narrowed_by_it(client):
    ask(client)
    ends(client, Invitation.objects.get(), "ended")
    ask(client, email="anna@region.example")
    page = text(client.get(LIST))
    assert "har gått ut" in page
    assert "analytiker, Region Stockholm" in page
    waiting = text(client.get(f"{LIST}?lage=open"))
    assert "anna@region.example" in waiting
    assert ADDRESS not in waiting


def test_who_reads_the_logs_learns_no_address(client, as_persona):
    ask(client)
    for address in ("changeevent", "changelog"):
        listed = reverse(f"admin:actionplan_{address}_changelist")
        assert ADDRESS not in text(as_persona("analyst").get(listed))
    log = reverse(
        "admin:actionplan_changelog_changelist", query={"model": "actionplan.Invitation"}
    )
    assert "1 ändring" in text(client.get(log))
    assert "0 ändringar" in text(as_persona("coordinator").get(log))


def test_the_page_of_a_link_is_kept_by_nobody(client, visitor):
    ask(client)
    answer = visitor.get(link())
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "strict-origin"
