"""How somebody without a log-in says that a requirement works, and how they are answered."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeLog, User
from actionplan.models.logged import CONCEALED
from followup.models import ReminderKind
from followup.reminders.due import due
from requirements_pkg.actions.dialogue import feedback as actions
from requirements_pkg.actions.publishing import publish
from requirements_pkg.models import Feedback, Requirement
from requirements_pkg.public.dialogue.sent_forms import SIGNER
from tests.factories import FeedbackFactory, ModuleFactory, PackageFactory, RequirementFactory
from tests.factories.requirements import include

LIST = "/admin/synpunkter/"


def stamp(seconds: float) -> str:
    return SIGNER.sign(str(timezone.now().timestamp() - seconds))


def sent(**fields: object) -> dict[str, object]:
    """A form that was on a screen for a minute."""
    return {"works": "no", "text": "Mätmetoden finns inte.", "page": stamp(60), **fields}


@pytest.fixture
def requirement(plan, coordinator, reviewer) -> Requirement:
    made = RequirementFactory(package=PackageFactory(plan=plan), code="SE-01", title="Spåra tenn")
    publish(package=made.package, by=coordinator, approved_by=reviewer, note="Ny.")
    return made


@pytest.fixture
def address(requirement) -> str:
    return reverse("feedback", args=[requirement.package.slug, "SE-01"])


def test_the_page_of_a_requirement_leads_to_the_form(client, address, requirement):
    own = client.get(reverse("requirement", args=[requirement.package.slug, "SE-01"]))
    assert address in own.content.decode()
    page = client.get(address)
    assert "Spåra tenn" in page.content.decode()
    assert (page.headers["X-Robots-Tag"], page.headers["Cache-Control"]) == ("noindex", "no-store")


def test_it_is_taken_in_without_a_name_a_cookie_or_a_log_in(client, address, requirement):
    answer = client.post(address, sent())
    assert answer.headers["Location"] == f"{address}?tack=1"
    assert not answer.cookies
    row = Feedback.objects.get()
    assert (row.cite, row.uid, row.package) == ("SE-01:1", requirement.uid, requirement.package)
    assert (row.works, row.text, row.name, row.decision) == (
        "no",
        "Mätmetoden finns inte.",
        "",
        "pending",
    )
    assert "Tack" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"works": ""}, "Ange om kravet fungerar för dig."),
        ({"text": ""}, "Skriv vad som inte fungerar."),
        ({"name": "Kim"}, "Kryssa för att vi får spara dina uppgifter, eller lämna fälten tomma."),
        ({"text": "x" * 2001}, 'class="errorlist"'),
        ({"page": ""}, "Sidan har varit öppen länge."),
        ({"page": "1:gissning"}, "Sidan har varit öppen länge."),
        ({"page": lambda: stamp(1)}, "Det gick fort."),
        ({"page": lambda: stamp(25 * 60 * 60)}, "Sidan har varit öppen länge."),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_kept_in_the_form(client, address, fields, sentence):
    given = {name: value() if callable(value) else value for name, value in fields.items()}
    answer = client.post(address, sent(organisation="", **given))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Feedback.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client, address):
    answer = client.post(address, sent(website="https://spam.example/"))
    assert answer.headers["Location"] == f"{address}?tack=1"
    assert not Feedback.objects.exists()


@pytest.mark.usefixtures("few_a_minute")
def test_somebody_who_sends_too_often_is_told_to_wait(client, address):
    answers = [client.post(address, sent()).status_code for _time in range(3)]
    assert answers == [302, 302, 429]
    assert client.get(address).status_code == 200


def test_a_package_takes_in_so_much_a_day(client, address, monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 1)
    assert client.post(address, sent()).status_code == 302
    assert "Försök i morgon." in client.post(address, sent()).content.decode()
    Feedback.objects.update(sent_at=timezone.now() - timedelta(days=2))
    assert client.post(address, sent()).status_code == 302


def test_what_is_said_of_a_module_reaches_those_who_wrote_it(
    client, requirement, coordinator, reviewer
):
    module = ModuleFactory()
    RequirementFactory(package=module, code="UK-01")
    version = publish(package=module, by=coordinator, approved_by=reviewer, note="Ny.")
    include(requirement.package, version)
    publish(package=requirement.package, by=coordinator, approved_by=reviewer, note="Med modul.")
    client.post(reverse("feedback", args=[requirement.package.slug, "UK-01"]), sent())
    assert Feedback.objects.get().package == module


def test_the_log_tells_that_something_came_and_not_by_whom(client, address):
    client.post(address, sent(name="Kim", email="kim@upphandling.example", has_consented="on"))
    row = Feedback.objects.get()
    after = ChangeLog.objects.about(row).get().after
    assert (row.name, row.email) == ("Kim", "kim@upphandling.example")
    assert {after[name] for name in ("name", "email", "text")} == {CONCEALED}


def test_it_is_a_task_of_the_coordinators_of_the_region_alone(
    requirement, coordinator, other_coordinator, reviewer, client
):
    FeedbackFactory.create_batch(2, package=requirement.package)
    people = due(User.objects.all())
    reminded = {
        user for user, items in people.items() for i in items if i.kind is ReminderKind.FEEDBACK
    }
    assert reminded == {coordinator}
    client.force_login(coordinator)
    assert "2 synpunkter på" in client.get("/admin/").content.decode()
    client.force_login(other_coordinator)
    assert "synpunkter på" not in client.get("/admin/").content.decode()


def test_whoever_answers_says_what_comes_of_it_and_why(client, requirement, coordinator):
    row = FeedbackFactory(package=requirement.package, text="Krångligt.")
    client.force_login(coordinator)
    assert "SE-01:1" in client.get(LIST).content.decode()
    page = f"{LIST}{row.pk}/"
    assert "Krångligt." in client.get(page).content.decode()
    assert client.post(page, {"decision": "noted", "reason": " "}).status_code == 400
    client.post(page, {"decision": "change_planned", "reason": "Vi byter mätmetod."})
    row.refresh_from_db()
    assert (row.decision, row.reason, row.decided_by) == (
        "change_planned",
        "Vi byter mätmetod.",
        coordinator,
    )
    assert "SE-01:1" not in client.get(LIST).content.decode()
    assert "ändring planeras" in client.get(f"{LIST}?alla=1").content.decode()


def test_nobody_else_reads_or_answers_it(client, requirement, other_coordinator, reviewer):
    row = FeedbackFactory(package=requirement.package, text="Krångligt.")
    for person in (other_coordinator, reviewer):
        client.force_login(person)
        assert client.get(f"{LIST}{row.pk}/").status_code == 403
        with pytest.raises(PermissionDenied):
            actions.decide_on_feedback(key=row.pk, decision="noted", reason="Ja.", by=person)
    client.force_login(other_coordinator)
    assert "SE-01:1" not in client.get(f"{LIST}?alla=1").content.decode()


def test_a_decision_is_a_decision(requirement, coordinator):
    row = FeedbackFactory(package=requirement.package)
    with pytest.raises(ValidationError):
        actions.decide_on_feedback(key=row.pk, decision="pending", reason="Nja.", by=coordinator)


def test_who_sent_it_is_forgotten_after_the_months_of_the_setting(requirement, settings):
    person = {"name": "Kim", "organisation": "Region A", "email": "kim@a.example"}
    old = FeedbackFactory(package=requirement.package, has_consented=True, **person)
    Feedback.objects.update(sent_at=timezone.now() - timedelta(days=366))
    new = FeedbackFactory(package=requirement.package, has_consented=True, **person)
    output = StringIO()
    call_command("tidy", "--dry-run", stdout=output)
    assert "Glömda avsändare: 1." in output.getvalue()
    old.refresh_from_db()
    assert old.name == "Kim"
    call_command("tidy", stdout=output)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.name, old.organisation, old.email, new.name) == ("", "", "", "Kim")
    assert old.text
    assert "Kim" not in str(list(ChangeLog.objects.about(old).values()))


def test_the_privacy_page_tells_the_months_of_the_setting(client, db, settings):
    settings.SENDER_MONTHS = 7
    assert "i högst 7 månader" in client.get("/integritet/").content.decode()
