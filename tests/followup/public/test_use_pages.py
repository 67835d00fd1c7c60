"""How a buyer without a log-in says that a selection was used, and what comes of it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from actionplan.models import ChangeLog, Organisation, User
from actionplan.models.logged import CONCEALED
from followup.actions.contracts import use_claims as actions
from followup.models import ReminderKind, UseClaim
from followup.reminders.due import due
from requirements_pkg.public.dialogue.sent_forms import SIGNER
from tests.factories import UseClaimFactory

LIST = "/admin/anvant/"


def stamp(seconds: float) -> str:
    return SIGNER.sign(str(timezone.now().timestamp() - seconds))


def sent(**fields: object) -> dict[str, object]:
    """A form that was on a screen for a minute."""
    return {
        "authority": "Myndigheten för stickprov",
        "reference": "2026-117",
        "kind": "call_off",
        "value_class": "large",
        "level": "basic",
        "email": "Kim@stickprov.example",
        "has_consented": "on",
        "page": stamp(60),
        **fields,
    }


@pytest.fixture(autouse=True)
def site(settings, monkeypatch) -> None:
    """A site that sends mails, at once."""
    settings.SITE_ADDRESS = "https://krav.example"
    monkeypatch.setattr(actions, "do_afterwards", lambda work, *given: work(*given))


@pytest.fixture
def address(demanding) -> str:
    slug = demanding.package.slug
    return f"/urval/anvant/?paket={slug}&version=1&krav=SE-01&krav=SE-02"


def link() -> str:
    """The secret address of the last mail."""
    body = mail.outbox[-1].body
    start = body.index("https://krav.example") + len("https://krav.example")
    return body[start:].split()[0]


def test_the_selection_leads_to_the_form(client, address):
    page = client.get(address.replace("anvant/", "")).content.decode()
    assert address.replace("&", "&amp;") in page
    form = client.get(address)
    assert "2 krav:" in form.content.decode()
    assert form.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in form.headers["Cache-Control"]


def test_it_counts_only_when_confirmed_from_the_mail_and_by_a_person(
    client, address, coordinator, demanding, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, sent())
    assert answer.headers["Location"] == f"{address}&tack=1"
    assert not answer.cookies
    claim = UseClaim.objects.get()
    assert (claim.email, claim.authority_name) == (
        "kim@stickprov.example",
        "Myndigheten för stickprov",
    )
    assert mail.outbox[-1].to == [claim.email]
    assert "stickprov" not in mail.outbox[-1].body
    secret = link()
    assert "2026-117" in client.get(secret).content.decode()
    # Mail programs fetch links: nothing is confirmed by it.
    client.force_login(coordinator)
    assert client.get(f"{LIST}{claim.pk}/").status_code == 404
    client.post(secret)
    client.post(f"{LIST}{claim.pk}/", {"decision": "accepted"})
    claim.refresh_from_db()
    assert (claim.decision, claim.decided_by) == ("accepted", coordinator)
    codes = claim.requirements.values_list("requirement__code", flat=True)
    assert sorted(codes) == ["SE-01", "SE-02"]
    assert "bekräftad" in client.get(secret).content.decode()
    client.post(f"{LIST}{claim.pk}/", {"decision": "refused", "reason": "Dubblett."})
    assert not claim.requirements.exists()
    assert "Dubblett." in client.get(secret).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"authority": ""}, "Ange vilken myndighet som har använt urvalet."),
        ({"kind": ""}, "Välj vad kraven användes i."),
        ({"has_consented": ""}, "Kryssa för att vi får spara din adress."),
        ({"email": "kim"}, 'class="errorlist"'),
        ({"page": ""}, "Sidan har varit öppen länge."),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_kept_in_the_form(client, address, fields, sentence):
    answer = client.post(address, sent(**fields))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert sentence in page
    assert "2026-117" in page
    assert not UseClaim.objects.exists()


def test_an_organisation_is_known_by_its_name(client, address):
    name = Organisation.objects.get(code="uppsala").name
    assert f'<option value="{Organisation.objects.get(code="stockholm").name}"></option>' in (
        client.get(address).content.decode()
    )
    client.post(address, sent(authority=name.upper()))
    assert UseClaim.objects.get().organisation.code == "uppsala"


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client, address):
    answer = client.post(address, sent(website="https://spam.example/"))
    assert answer.headers["Location"] == f"{address}&tack=1"
    assert not UseClaim.objects.exists()
    assert not mail.outbox


def test_nobody_is_flooded_by_others(client, address, monkeypatch):
    answers = [client.post(address, sent()).status_code for _time in range(4)]
    assert answers == [302, 302, 302, 400]
    monkeypatch.setattr(actions, "MOST_A_DAY", 3)
    late = client.post(address, sent(email="robin@stickprov.example"))
    assert "Försök i morgon." in late.content.decode()


@pytest.mark.usefixtures("few_a_minute")
def test_somebody_who_sends_too_often_is_told_to_wait(client, address):
    answers = [client.post(address, sent()).status_code for _time in range(3)]
    assert answers == [302, 302, 429]


def test_without_mail_it_cannot_be_confirmed_and_is_not_taken_in(client, address, settings):
    settings.SITE_ADDRESS = ""
    assert client.post(address, sent()).status_code == 400
    assert not UseClaim.objects.exists()


def test_it_is_taken_back_with_one_button(client, demanding, coordinator):
    claim = UseClaimFactory(package=demanding.package)
    client.post(f"/anvandning/{actions.token_of(claim)}/", {"_ta-tillbaka": "1"})
    assert not UseClaim.objects.exists()
    claim = UseClaimFactory(package=demanding.package)
    decide(claim, coordinator)
    client.post(f"/anvandning/{actions.token_of(claim)}/", {"_ta-tillbaka": "1"})
    claim.refresh_from_db()
    assert (claim.email, claim.decision) == ("", "accepted")


def decide(claim: UseClaim, by: User, decision: str = "accepted") -> None:
    actions.decide_on_claim(
        key=claim.pk, decision=decision, reason="Nej.", organisation=None, by=by
    )


def test_nobody_else_reads_or_decides(client, demanding, other_coordinator, reviewer):
    claim = UseClaimFactory(package=demanding.package, reference="2026-117")
    for person in (other_coordinator, reviewer):
        client.force_login(person)
        assert client.get(f"{LIST}{claim.pk}/").status_code == 403
        with pytest.raises(PermissionDenied):
            decide(claim, person)
    client.force_login(other_coordinator)
    assert "2026-117" not in client.get(f"{LIST}?alla=1").content.decode()


def test_it_is_a_task_of_the_coordinators_of_the_region_alone(
    demanding, coordinator, other_coordinator, client
):
    UseClaimFactory.create_batch(2, package=demanding.package)
    UseClaimFactory(package=demanding.package, confirmed_at=None)
    reminded = {
        user
        for user, items in due(User.objects.all()).items()
        for item in items
        if item.kind is ReminderKind.USE_CLAIM
    }
    assert reminded == {coordinator}
    client.force_login(coordinator)
    assert "2 rapporterade användningar" in client.get("/admin/").content.decode()
    client.force_login(other_coordinator)
    assert "rapporterade användningar" not in client.get("/admin/").content.decode()


def test_a_refusal_needs_a_reason_and_the_authority_can_be_named_better(
    client, demanding, coordinator
):
    claim = UseClaimFactory(
        package=demanding.package, organisation=None, authority="Sthlms läns landsting"
    )
    client.force_login(coordinator)
    page = f"{LIST}{claim.pk}/"
    assert client.post(page, {"decision": "refused", "reason": " "}).status_code == 400
    stockholm = Organisation.objects.get(code="stockholm")
    client.post(page, {"decision": "accepted", "organisation": stockholm.pk})
    claim.refresh_from_db()
    assert (claim.organisation, claim.authority_name) == (stockholm, stockholm.name)
    assert claim.authority == "Sthlms läns landsting"


def test_the_log_tells_that_something_came_and_not_by_whom(demanding):
    claim = UseClaimFactory(package=demanding.package)
    after = ChangeLog.objects.about(claim).get().after
    assert {after[name] for name in ("reference", "email")} == {CONCEALED}


def test_addresses_and_what_nobody_confirmed_are_forgotten(demanding):
    old, unconfirmed, new = (
        UseClaimFactory(package=demanding.package, confirmed_at=at)
        for at in (timezone.now(), None, timezone.now())
    )
    UseClaim.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=366))
    UseClaim.objects.filter(pk=unconfirmed.pk).update(sent_at=timezone.now() - timedelta(days=8))
    output = StringIO()
    call_command("tidy", "--dry-run", stdout=output)
    assert "Glömda avsändare: 2." in output.getvalue()
    assert UseClaim.objects.count() == 3
    call_command("tidy", stdout=output)
    assert not UseClaim.objects.filter(pk=unconfirmed.pk).exists()
    emails = dict(UseClaim.objects.values_list("pk", "email"))
    assert (emails[old.pk], emails[new.pk]) == ("", "kim@upphandling.example")
