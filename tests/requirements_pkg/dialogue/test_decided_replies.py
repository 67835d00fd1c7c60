"""The answers to a consultation: decided one by one, summed up, published with the version."""

import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from actionplan.models import User
from followup.models import ReminderKind
from followup.reminders.due import due
from requirements_pkg.actions.dialogue import deciding
from requirements_pkg.actions.dialogue.consultations import (
    close_consultation,
    extend_consultation,
    withdraw_consultation,
)
from requirements_pkg.actions.publishing import publish
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.models import (
    Consultation,
    ConsultationRemark,
    ConsultationState,
    RequirementsPackage,
)
from tests.factories import PackageFactory, RequirementFactory, answered, consult


@pytest.fixture
def package(plan, coordinator, reviewer) -> RequirementsPackage:
    package = PackageFactory(plan=plan)
    RequirementFactory(package=package, code="SE-01", title="Spåra tenn")
    publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
    RequirementFactory(package=package, code="SE-02", title="Redovisa kobolt")
    return package


@pytest.fixture
def opened(package, coordinator, reviewer) -> Consultation:
    """Out for consultation, with one answer by name and one without."""
    row = consult(package, coordinator, reviewer)
    uid = str(package.requirements.get(code="SE-02").uid)
    who = {"name": "Kim", "organisation": "Tenn AB", "email": "kim@tenn.example"}
    answered(row, {"": "Bra.", uid: "Kim undrar."}, has_consented=True, may_be_named=True, **who)
    answered(row, {uid: "Dyrt."}, name="Robin", has_consented=True)
    return row


def decided(by: User, decision: str = "partly") -> None:
    for remark in ConsultationRemark.objects.select_related("reply__consultation__package"):
        remark.decision, remark.summary, remark.reason = decision, "I korthet.", "Därför."
        deciding.decide_remark(remark=remark, by=by)


@pytest.fixture
def summed_up(opened, coordinator) -> Consultation:
    close_consultation(consultation=opened, by=coordinator)
    decided(coordinator)
    deciding.sum_up(consultation=opened, by=coordinator)
    opened.refresh_from_db()
    return opened


def address(name: str, row: Consultation) -> str:
    return reverse(f"admin:requirements_pkg_{name}", args=[row.pk])


def test_the_coordinator_decides_one_by_one_and_is_led_on(client, opened, coordinator):
    client.force_login(coordinator)
    page = client.get(address("answers", opened)).content.decode()
    for words in ("Kim undrar.", "Dyrt.", "Om helheten", "Tenn AB", "Robin"):
        assert words in page
    first, second, last = ConsultationRemark.objects.of(opened)
    own = client.get(f"/admin/remisser/synpunkt/{second.pk}/").content.decode()
    assert "kim@tenn.example" in own
    assert "/requirement/" in own
    given = {"decision": "partly", "summary": "Otydligt.", "reason": "Vi förtydligar."}
    refused = client.post(f"/admin/remisser/synpunkt/{second.pk}/", {**given, "reason": " "})
    assert refused.status_code == 400
    on = client.post(f"/admin/remisser/synpunkt/{second.pk}/", given)
    assert on.headers["Location"] == f"/admin/remisser/synpunkt/{last.pk}/"
    # After the last in the order, the first that still waits.
    on = client.post(f"/admin/remisser/synpunkt/{last.pk}/", given)
    assert on.headers["Location"] == f"/admin/remisser/synpunkt/{first.pk}/"
    on = client.post(f"/admin/remisser/synpunkt/{first.pk}/", given)
    assert on.headers["Location"] == address("answers", opened)
    second.refresh_from_db()
    assert (second.decision, second.reason, second.decided_by) == (
        "partly",
        "Vi förtydligar.",
        coordinator,
    )
    assert "Kim undrar." not in client.get(address("answers", opened)).content.decode()
    assert "Kim undrar." in client.get(f"{address('answers', opened)}?alla=1").content.decode()


def test_nobody_else_reads_them(client, opened, other_coordinator, reviewer, analyst):
    remark = ConsultationRemark.objects.first()
    remark.decision, remark.summary, remark.reason = "partly", "X.", "Y."
    for person in (other_coordinator, reviewer, analyst):
        client.force_login(person)
        for name in ("answers", "answers_file", "sum_up"):
            assert client.get(address(name, opened)).status_code == 403
        assert client.get(f"/admin/remisser/synpunkt/{remark.pk}/").status_code == 403
        with pytest.raises(PermissionDenied):
            deciding.decide_remark(remark=remark, by=person)
        with pytest.raises(PermissionDenied):
            deciding.sum_up(consultation=opened, by=person)


def test_a_decision_is_a_decision(opened, coordinator):
    with pytest.raises(ValidationError):
        decided(coordinator, "pending")
    withdraw_consultation(consultation=opened, by=coordinator)
    with pytest.raises(ValidationError, match="tillbakadragen"):
        decided(coordinator)


def test_all_of_them_are_taken_to_excel(client, opened, coordinator):
    client.force_login(coordinator)
    answer = client.get(address("answers_file", opened))
    assert "attachment" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    words = {value for row in rows for value in row if value}
    assert {
        "SE-02:1",
        "Om helheten",
        "Kim undrar.",
        "Dyrt.",
        "Tenn AB",
        "kim@tenn.example",
    } <= words


def test_they_are_a_task_of_the_coordinators_of_the_region_alone(
    client, opened, coordinator, other_coordinator, reviewer
):
    def reminded() -> set[User]:
        people = due(User.objects.all())
        kind = ReminderKind.CONSULTATION
        return {user for user, items in people.items() if kind in {i.kind for i in items}}

    assert reminded() == {coordinator}
    client.force_login(coordinator)
    assert "3 synpunkter på utkastet" in client.get("/admin/").content.decode()
    client.force_login(other_coordinator)
    assert "synpunkter på utkastet" not in client.get("/admin/").content.decode()
    decided(coordinator)
    # Nothing to do while others may still answer.
    assert reminded() == set()
    close_consultation(consultation=opened, by=coordinator)
    client.force_login(coordinator)
    assert "kan sammanfattas" in client.get("/admin/").content.decode()
    deciding.sum_up(consultation=opened, by=coordinator)
    assert reminded() == set()


def test_it_is_summed_up_when_it_is_over_and_all_is_decided(opened, coordinator):
    with pytest.raises(ValidationError, match="fortfarande öppen"):
        deciding.sum_up(consultation=opened, by=coordinator)
    close_consultation(consultation=opened, by=coordinator)
    with pytest.raises(ValidationError, match="alla synpunkter"):
        deciding.sum_up(consultation=opened, by=coordinator)
    decided(coordinator)
    deciding.sum_up(consultation=opened, by=coordinator)
    row = Consultation.objects.get()
    assert row.state() is ConsultationState.SUMMED_UP
    with pytest.raises(ValidationError):
        extend_consultation(
            consultation=row, by=coordinator, closes_on=row.closes_on.replace(year=2099)
        )


def test_another_decision_is_to_be_summed_up_again(summed_up, package, coordinator):
    assert draft_content(package).consultations
    decided(coordinator, "taken_in")
    assert not draft_content(package).consultations
    deciding.sum_up(consultation=summed_up, by=coordinator)
    (summary,) = draft_content(package).consultations
    assert {remark.decision for remark in summary.remarks} == {"taken_in"}


def test_the_summary_names_only_whom_it_may_and_quotes_nobody(summed_up, package):
    (summary,) = draft_content(package).consultations
    assert (summary.replies, summary.organisations, summary.named) == (2, 1, ("Tenn AB",))
    assert [remark.sender for remark in summary.remarks] == ["Tenn AB", "Tenn AB", ""]
    for words in ("Kim", "Robin", "kim@tenn.example", "Dyrt."):
        assert words not in str(summary)


def test_words_that_name_somebody_are_screened(opened, coordinator, monkeypatch):
    close_consultation(consultation=opened, by=coordinator)
    decided(coordinator)
    seen = []

    def look(package, texts):
        seen.extend(texts.placed())
        return [deciding.screening.NamedWords("SE-02", "Smältverk AB", "k")]

    monkeypatch.setattr(deciding.screening, "names_in", look)
    with pytest.raises(ValidationError, match="Smältverk AB"):
        deciding.sum_up(consultation=opened, by=coordinator)
    assert {"I korthet.", "Därför."} <= set(seen)
    # Who agreed to be named is not asked about again.
    assert "Tenn AB" not in seen
    deciding.sum_up(consultation=opened, by=coordinator, names_stand="Ett exempel.")


def test_the_next_version_tells_what_came_of_it(client, summed_up, package, coordinator, reviewer):
    slug = package.slug
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Efter remiss.")
    path = f"/kravpaket/{slug}/v{version.number}/remiss/"
    assert path in client.get(f"/kravpaket/{slug}/").content.decode()
    assert path not in client.get(f"/kravpaket/{slug}/v1/").content.decode()
    assert client.get(f"/kravpaket/{slug}/v1/remiss/").status_code == 404
    page = client.get(path).content.decode()
    for words in ("2 svar kom in.", "I korthet.", "Därför.", "Delvis", "Tenn AB", "Är kraven"):
        assert words in page
    assert "Robin" not in page
    assert f"/kravpaket/{slug}/v{version.number}/krav/SE-02/" in page
    stored = client.get(f"/kravpaket/{slug}/v{version.number}/ladda-ner/json").json()
    assert stored["consultations"][0]["replies"] == 2
    compared = client.get(f"/kravpaket/{slug}/jamfor/?fran=1&till=2").content.decode()
    assert "I korthet." in compared


def test_a_summary_stays_until_the_next_round_is_summed_up(
    summed_up, package, coordinator, reviewer
):
    publish(package=package, by=coordinator, approved_by=reviewer, note="Efter remiss.")
    # Nothing has changed by publishing.
    assert draft_content(package).consultations[0].number == 1
    again = consult(package, coordinator, reviewer, introduction="Och nu?")
    close_consultation(consultation=again, by=coordinator)
    deciding.sum_up(consultation=again, by=coordinator)
    (summary,) = draft_content(package).consultations
    assert (summary.number, summary.replies) == (2, 0)


def test_whoever_approves_reads_the_summary_in_the_draft(client, summed_up, package, reviewer):
    client.force_login(reviewer)
    preview = reverse("admin:requirements_pkg_preview", args=[package.plan_id])
    assert "I korthet." in client.get(preview).content.decode()
    changes = reverse("admin:requirements_pkg_changes", args=[package.plan_id, "remiss"])
    assert "I korthet." in client.get(changes).content.decode()


def test_the_coordinator_sums_up_on_a_page(client, opened, coordinator):
    client.force_login(coordinator)
    close_consultation(consultation=opened, by=coordinator)
    assert address("sum_up", opened) not in client.get(address("answers", opened)).content.decode()
    assert client.post(address("sum_up", opened), {}).status_code == 400
    decided(coordinator)
    assert address("sum_up", opened) in client.get(address("answers", opened)).content.decode()
    done = client.post(address("sum_up", opened), {}, follow=True)
    assert "sammanfattad" in done.content.decode()


def test_the_list_costs_the_same_however_many_came(
    client, opened, coordinator, django_assert_max_num_queries
):
    client.force_login(coordinator)
    for _time in range(5):
        answered(opened, {"": "Bra."})
    client.get(address("answers", opened))
    with django_assert_max_num_queries(12):
        client.get(address("answers", opened))
