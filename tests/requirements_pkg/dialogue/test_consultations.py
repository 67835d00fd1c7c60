"""A draft is frozen, let out by a second person, read without a log-in, and taken back."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from actionplan.models import ChangeLog, PlanStatus, User
from actionplan.models.logged import CONCEALED
from requirements_pkg.actions.dialogue import consultations as actions
from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.reviewing import notices
from requirements_pkg.comparing import comparison
from requirements_pkg.comparing.parts import ComparedPart
from requirements_pkg.document.schema import Document
from requirements_pkg.models import (
    Consultation,
    ConsultationState,
    ConsultedDraft,
    RequirementsPackage,
)
from requirements_pkg.reviewing import consulted
from tests.factories import ModuleFactory, PackageFactory, RequirementFactory, consult

DAY = timedelta(days=1)


@pytest.fixture
def package(plan, coordinator, reviewer) -> RequirementsPackage:
    """A package in force, of whose two requirements one is reworded and one is new."""
    package = PackageFactory(plan=plan)
    requirement = RequirementFactory(package=package, code="SE-01", title="Spåra tenn")
    publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
    requirement.text = "Leverantören ska spåra tennet till gruvan."
    requirement.save()
    RequirementFactory(package=package, code="SE-02", title="Redovisa kobolt")
    return package


@pytest.fixture
def opened(package, coordinator, reviewer) -> Consultation:
    return consult(package, coordinator, reviewer)


def read(client, row: Consultation, page: str = "", status: int = 200) -> str:
    answer = client.get(f"/remiss/{row.key}/{page}")
    assert answer.status_code == status
    return answer.content.decode()


def test_a_visitor_reads_what_is_new_and_what_was_changed(client, opened):
    assert "Spåra tenn" not in client.get("/remiss/").content.decode()
    assert opened.title in client.get("/remiss/").content.decode()
    first = read(client, opened)
    assert "Är kraven rimliga?" in first
    assert 'class="badge changed"' in first
    assert 'class="badge added"' in first
    whole = read(client, opened, "forslag/")
    assert "Utkast på remiss" in whole
    assert "Redovisa kobolt" in whole
    assert "till gruvan" in read(client, opened, "andringar/")
    own = read(client, opened, "krav/SE-01/")
    assert "<ins>" in own
    assert "till gruvan" in own
    assert read(client, opened, "krav/XX-99/", 404)


def test_what_was_sent_out_stands_whatever_becomes_of_the_draft(client, package, opened):
    package.requirements.filter(code="SE-02").update(text="Något helt annat.")
    assert "Något helt annat." not in read(client, opened, "krav/SE-02/")
    draft = ConsultedDraft.objects.get()
    draft.content = "{}"
    for change in (draft.save, draft.delete, ConsultedDraft.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nobody_keeps_a_page_or_hears_of_its_address(client, opened):
    for page in ("", "forslag/", "andringar/", "krav/SE-01/"):
        answer = client.get(f"/remiss/{opened.key}/{page}")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies


def test_a_secret_one_has_an_address_that_nobody_can_guess(client, package, coordinator, reviewer):
    row = consult(package, coordinator, reviewer, is_secret=True)
    assert len(row.key) >= 32
    assert row.title not in client.get("/remiss/").content.decode()
    assert "Spåra tenn" in read(client, row)
    assert ChangeLog.objects.about(row).first().after.get("key", CONCEALED) == CONCEALED
    assert row.key not in str(list(ChangeLog.objects.values()))


@pytest.mark.parametrize("decided", ["waiting", "returned"])
def test_nobody_reads_what_no_second_person_has_let_out(
    client, package, coordinator, reviewer, decided
):
    row = consult(package, coordinator)
    if decided == "returned":
        actions.return_consultation(consultation=row, by=reviewer, answer="Fler krav först.")
    for page in ("", "forslag/", "andringar/", "krav/SE-01/"):
        read(client, row, page, 404)
    assert row.title not in client.get("/remiss/").content.decode()


def test_a_closed_one_says_so_and_shows_nothing_of_the_draft(client, opened, coordinator):
    actions.close_consultation(consultation=opened, by=coordinator)
    for page in ("", "forslag/", "andringar/", "krav/SE-01/"):
        assert "Remissen är avslutad" in read(client, opened, page)
        assert "kobolt" not in read(client, opened, page)
    assert opened.title in client.get("/remiss/").content.decode()


@pytest.mark.parametrize("page", ["", "forslag/", "andringar/", "krav/SE-01/"])
def test_what_a_buyer_chose_goes_along(client, opened, page):
    query = "paket=it&version=1&krav=IT-01"
    assert "Ditt urval" not in read(client, opened, page)
    with_it = client.get(f"/remiss/{opened.key}/{page}?{query}").content.decode()
    assert f'href="/urval/?{escape(query)}"' in with_it
    assert f'href="/kravpaket/?{escape(query)}"' in with_it


def test_the_last_day_closes_it(client, opened, coordinator):
    Consultation.objects.update(closes_on=timezone.localdate())
    assert "Börja svara" in read(client, opened)
    Consultation.objects.update(closes_on=timezone.localdate() - DAY)
    assert "Remissen är avslutad" in read(client, opened)
    # Who was late gets more time, at the same address.
    later = timezone.localdate() + DAY
    actions.extend_consultation(consultation=opened, by=coordinator, closes_on=later)
    assert "Börja svara" in read(client, opened)


def test_a_withdrawn_one_is_gone_and_says_so(client, opened, coordinator):
    actions.withdraw_consultation(consultation=opened, by=coordinator)
    for page in ("", "forslag/", "krav/SE-01/"):
        text = read(client, opened, page, 410)
        assert "Fråga dem om du undrar varför." in text
        assert opened.title not in text
    assert opened.title not in client.get("/remiss/").content.decode()
    assert Consultation.objects.get().state() is ConsultationState.WITHDRAWN
    with pytest.raises(ValidationError):
        actions.withdraw_consultation(consultation=opened, by=coordinator)


def test_it_takes_two_people_of_the_region(
    package, coordinator, reviewer, other_coordinator, analyst
):
    for person in (other_coordinator, reviewer, analyst):
        with pytest.raises(PermissionDenied):
            consult(package, person)
    row = consult(package, coordinator)
    for person in (coordinator, other_coordinator, analyst):
        with pytest.raises(PermissionDenied):
            actions.approve_consultation(consultation=row, by=person)
    with pytest.raises(PermissionDenied):
        actions.return_consultation(consultation=row, by=analyst, answer="Nej.")
    actions.approve_consultation(consultation=row, by=reviewer)
    with pytest.raises(ValidationError):
        actions.approve_consultation(consultation=row, by=reviewer)
    with pytest.raises(ValidationError):
        actions.return_consultation(consultation=row, by=reviewer, answer="Nej.")


def test_whoever_asked_no_longer_coordinates_the_plan(package, coordinator, reviewer):
    row = consult(package, coordinator)
    coordinator.memberships.all().delete()
    row = Consultation.objects.with_names().get()
    with pytest.raises(PermissionDenied):
        actions.approve_consultation(consultation=row, by=reviewer)


def test_only_who_answers_for_the_package_changes_it(opened, other_coordinator, reviewer):
    later = opened.closes_on + DAY
    for person in (other_coordinator, reviewer):
        for verb in (actions.close_consultation, actions.withdraw_consultation):
            with pytest.raises(PermissionDenied):
                verb(consultation=opened, by=person)
        with pytest.raises(PermissionDenied):
            actions.extend_consultation(consultation=opened, by=person, closes_on=later)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_the_last_day_is_after_today_and_within_a_year(package, coordinator, days):
    with pytest.raises(ValidationError, match="inom ett år"):
        consult(package, coordinator, closes_on=timezone.localdate() + days * DAY)


def test_one_waits_or_is_open_at_a_time(package, opened, coordinator):
    with pytest.raises(ValidationError, match="är öppen"):
        consult(package, coordinator)
    actions.close_consultation(consultation=opened, by=coordinator)
    assert consult(package, coordinator).number == 2
    with pytest.raises(ValidationError, match="väntar redan"):
        consult(package, coordinator)


def test_more_time_is_more_and_a_closed_one_stays_closed(opened, coordinator):
    with pytest.raises(ValidationError, match="senare dag"):
        actions.extend_consultation(
            consultation=opened, by=coordinator, closes_on=opened.closes_on
        )
    actions.close_consultation(consultation=opened, by=coordinator)
    later = opened.closes_on + DAY
    with pytest.raises(ValidationError, match="avslutad"):
        actions.extend_consultation(consultation=opened, by=coordinator, closes_on=later)
    with pytest.raises(ValidationError, match="inte öppen"):
        actions.close_consultation(consultation=opened, by=coordinator)


def test_a_closed_plan_is_not_sent_out(package, superuser):
    package.plan.status = PlanStatus.CLOSED
    package.plan.save()
    with pytest.raises(ValidationError, match="avslutad"):
        consult(package, superuser)


def test_names_in_it_are_screened_as_in_a_version(package, coordinator, reviewer, monkeypatch):
    named = [actions.screening.NamedWords("SE-01", "Smältverk AB", "k")]
    monkeypatch.setattr(actions.screening, "names_in", lambda package, texts: named)
    row = Consultation(introduction="Fråga.", closes_on=timezone.localdate() + DAY)
    with pytest.raises(ValidationError, match="Smältverk AB"):
        actions.request_consultation(package=package, by=coordinator, row=row)
    waiting = consult(package, coordinator)
    with pytest.raises(ValidationError, match="Smältverk AB"):
        actions.approve_consultation(consultation=waiting, by=reviewer)


def test_a_first_draft_has_nothing_to_be_compared_with(client, plan, coordinator, reviewer):
    package = PackageFactory(plan=plan)
    RequirementFactory(package=package, code="SE-01")
    row = consult(package, coordinator, reviewer)
    assert "andringar/" not in read(client, row)
    read(client, row, "andringar/", 404)


def test_the_coordinator_asks_on_the_plans_tab_and_a_reviewer_answers(
    client, package, coordinator, reviewer, mailoutbox
):
    tab = f"/admin/actionplan/actionplan/{package.plan_id}/granska/"
    client.force_login(coordinator)
    address = reverse("admin:requirements_pkg_consult", args=[package.plan_id])
    assert address in client.get(tab).content.decode()
    given = {"introduction": "Rimligt?", "closes_on": "2020-01-01", "found_by": "address"}
    given["is_for_anybody"] = "invited"
    assert client.post(address, given).status_code == 400
    given["closes_on"] = str(timezone.localdate() + DAY)
    own = client.post(address, given, follow=True)
    assert "väntar på godkännande" in own.content.decode()
    row = Consultation.objects.get()
    assert (row.is_secret, row.is_for_anybody, row.requested_by) == (True, False, coordinator)
    decide = reverse("admin:requirements_pkg_decide_consultation", args=[row.pk])
    client.force_login(reviewer)
    assert decide in client.get("/admin/").content.decode()
    assert (
        "Redovisa kobolt"
        in client.get(
            reverse("admin:requirements_pkg_consulted_draft", args=[row.pk])
        ).content.decode()
    )
    assert client.post(decide, {"_return": "1", "reason": " "}).status_code == 400
    client.post(decide, {"_approve": "1"})
    assert "Spåra tenn" in read(client, row)


def test_the_coordinator_extends_closes_and_withdraws_it(client, opened, coordinator):
    client.force_login(coordinator)
    page = reverse("admin:requirements_pkg_consultation", args=[opened.pk])
    assert opened.key in client.get(page).content.decode()
    later = opened.closes_on + DAY
    assert client.post(page, {"_extend": "1", "closes_on": "x"}).status_code == 400
    client.post(page, {"_extend": "1", "closes_on": str(later)})
    assert Consultation.objects.get().closes_on == later
    client.post(page, {"_close": "1"})
    assert Consultation.objects.get().state() is ConsultationState.CLOSED
    again = client.post(page, {"_close": "1"}, follow=True)
    assert "inte öppen" in again.content.decode()
    unsure = client.post(page, {"_withdraw": "1"}, follow=True)
    assert "Kryssa för att du vet" in unsure.content.decode()
    assert Consultation.objects.get().state() is ConsultationState.CLOSED
    client.post(page, {"_withdraw": "1", "sure": "on"})
    assert Consultation.objects.get().state() is ConsultationState.WITHDRAWN


def test_a_shared_module_is_sent_out_from_its_own_page(client, coordinator, reviewer):
    module = ModuleFactory()
    RequirementFactory(package=module, code="UK-01", title="Följa koden")
    client.force_login(coordinator)
    own = reverse("admin:requirements_pkg_requirementspackage_change", args=[module.pk])
    address = reverse("admin:requirements_pkg_module_consult", args=[module.pk])
    assert address in client.get(own).content.decode()
    row = consult(module, coordinator, reviewer)
    assert "Följa koden" in read(client, row)


def test_a_page_costs_the_same_however_much_it_says(
    client, package, opened, coordinator, reviewer, django_assert_max_num_queries
):
    for page in ("", "forslag/", "andringar/", "krav/SE-01/"):
        with django_assert_max_num_queries(6):
            read(client, opened, page)
        # Frozen words are remembered.
        with django_assert_max_num_queries(3):
            read(client, opened, page)


def test_the_draft_is_compared_once_for_all_who_read_it(client, opened, monkeypatch):
    times: list[str] = []

    def compare(old: Document, new: Document) -> tuple[ComparedPart, ...]:
        times.append(get_language())
        return comparison.compare(old, new)

    monkeypatch.setattr(consulted, "compare", compare)
    for page in ("", "andringar/", "krav/SE-01/") * 2:
        assert "tenn" in read(client, opened, page)
    assert times == ["sv"]
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})
    for _visit in range(2):
        assert 'class="badge added">New' in read(client, opened)
    assert times == ["sv", "en"]


def test_reviewers_are_mailed_and_so_is_whoever_asked(
    package, coordinator, reviewer, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(notices, "do_afterwards", lambda work, *given: work(*given))
    for person in (coordinator, reviewer):
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@region.example")
        person.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        row = consult(package, coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_consultation(consultation=row, by=reviewer)
    subjects = " ".join(mail.subject for mail in mailoutbox)
    assert "en remiss väntar på ditt godkännande" in subjects
    assert "är ute på remiss" in subjects
