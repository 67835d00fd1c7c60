"""Readings and periods in the admin: written, sent, answered, corrected, locked."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Indicator, Organisation
from followup.actions import evidence, readings
from followup.models import Evidence, IndicatorReading, ReportingPeriod, SecondPersonRequest
from tests.factories import PlanFactory
from tests.factories.followup import FollowUpFactory, LessonFactory, ReadingFactory
from tests.factories.reports import report_on
from tests.requirements_pkg.admin_forms import text_of, untouched

ADD = "admin:followup_indicatorreading_add"
PDF = b"%PDF-1.7\n%%EOF"


def at(name: str, row) -> str:
    return reverse(f"admin:followup_{name}", args=[row.pk])


def sent(indicator: Indicator, **fields) -> dict:
    """What the form of a new reading sends."""
    return {
        "indicator": indicator.pk,
        "organisation": "",
        "as_of": "2026-06-30",
        "status": "on_track",
        "value": "",
        "comment": "Arbetet följer tidsplanen.",
        "evidence_url": "",
        **fields,
    }


@pytest.fixture
def indicator(plan) -> Indicator:
    return Indicator.objects.order_by("pk")[0]


def test_a_value_is_written_as_swedes_write_it(indicator, plan, as_persona):
    indicator.kind, indicator.unit, indicator.target = "measure", "kronor", Decimal(20000)
    indicator.save()
    as_persona("coordinator").post(
        reverse("admin:followup_indicatorreading_add"),
        sent(indicator, organisation=plan.coordinator_id, value="12 500,5"),
    )
    assert IndicatorReading.objects.get().value == Decimal("12500.5")


@pytest.fixture
def draft(indicator, coordinator) -> IndicatorReading:
    return ReadingFactory(indicator=indicator, author=coordinator)


@pytest.fixture
def submitted(draft, coordinator) -> IndicatorReading:
    return readings.submit(reading=draft, by=coordinator)


@pytest.fixture
def period(plan) -> ReportingPeriod:
    return ReportingPeriod.objects.create(
        plan=plan, name="Våren 2026", first_day=date(2026, 1, 1), last_day=date(2026, 6, 30)
    )


def edited(client, reading, **fields):
    """Send the form of a stored reading as the browser would, with what it was shown."""
    form = client.get(at("indicatorreading_change", reading)).context["adminform"].form
    data = {}
    for field in form:
        if field.name in ("file", "drop_file") or field.field.disabled:
            continue
        value = field.field.prepare_value(field.initial)
        expected = "" if value is None else value
        data |= {field.html_name: expected, field.html_initial_name: expected}
    return client.post(at("indicatorreading_change", reading), data | fields)


def test_a_coordinator_writes_a_draft_and_a_reviewer_approves_it(indicator, as_persona):
    coordinator, reviewer = as_persona("coordinator"), as_persona("reviewer")
    file = SimpleUploadedFile("rapport.pdf", PDF)
    response = coordinator.post(reverse(ADD), sent(indicator, file=file))
    reading = IndicatorReading.objects.get()
    assert response["Location"] == at("indicatorreading_change", reading)
    assert (reading.author.username, reading.evidence.file_name) == ("coordinator", "rapport.pdf")
    assert "Skicka in" in coordinator.get(response["Location"]).content.decode()
    coordinator.post(at("reading_submit", reading))
    page = reviewer.get(at("reading_decide", reading))
    for seen in ("2026-13-45T00:00:00+00:00", ""):
        reviewer.post(at("reading_decide", reading), {"_approve": "", "seen": seen})
        assert IndicatorReading.objects.get().state == "submitted"
    answer = {"_approve": "", "seen": page.context["seen"]}
    response = reviewer.post(at("reading_decide", reading), answer, follow=True)
    assert "Lägesrapporten är godkänd." in response.content.decode()
    reading.refresh_from_db()
    assert (reading.state, reading.decided_by.username) == ("approved", "reviewer")


@pytest.mark.parametrize("persona", ["reviewer", "analyst", "staff"])
def test_only_coordinators_write_readings(indicator, as_persona, persona):
    status = 302 if persona == "staff" else 403
    assert as_persona(persona).post(reverse(ADD), sent(indicator)).status_code == status
    assert not IndicatorReading.objects.exists()


def test_a_coordinator_of_another_region_reports_only_her_own_organisations(indicator, as_persona):
    client = as_persona("other_coordinator")
    refused = client.post(reverse(ADD), sent(indicator))
    assert "välj en av dina egna organisationer" in refused.content.decode()
    foreign = Organisation.objects.get(code="stockholm")
    client.post(reverse(ADD), sent(indicator, organisation=foreign.pk))
    assert not IndicatorReading.objects.exists()
    own = Organisation.objects.get(code="skane")
    assert client.post(reverse(ADD), sent(indicator, organisation=own.pk)).status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"as_of": "2999-01-01"},
            ("Datumet ligger i framtiden. Välj dagens datum eller ett tidigare."),
        ),
        ({"value": "12"}, "Lämna värdet tomt"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "Välj en fil av typen"),
        (
            {"file": SimpleUploadedFile("a.pdf", bytes(6 << 20))},
            ("Filen är större än 5 MB. Välj en mindre fil."),
        ),
    ],
)
def test_a_faulty_reading_says_why(indicator, as_persona, fields, sentence):
    response = as_persona("coordinator").post(reverse(ADD), sent(indicator, **fields))
    assert sentence in response.content.decode()
    assert not IndicatorReading.objects.exists()


def test_a_measure_has_a_value(indicator, as_persona):
    indicator.kind, indicator.unit, indicator.target = "measure", "%", 80
    indicator.save()
    as_persona("coordinator").post(reverse(ADD), sent(indicator, value="12.5"))
    assert IndicatorReading.objects.get().value == 12.5


def test_whoever_changes_a_draft_is_its_author(draft, superuser, client):
    client.force_login(superuser)
    assert edited(client, draft).status_code == 302
    draft.refresh_from_db()
    assert draft.author.username == "coordinator"
    assert edited(client, draft, status="delayed").status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.author.username) == ("delayed", "superuser")


def test_what_was_sent_is_read_and_not_written(submitted, as_persona):
    client = as_persona("coordinator")
    assert client.get(at("indicatorreading_change", submitted)).status_code == 200
    changed = client.post(at("indicatorreading_change", submitted), {"status": "met"})
    deleted = client.post(at("indicatorreading_delete", submitted), {"post": "yes"})
    assert (changed.status_code, deleted.status_code) == (403, 403)


def test_a_draft_is_deleted_with_its_file(draft, coordinator, as_persona):
    evidence.keep(reading=draft, by=coordinator, file_name="a.pdf", content=PDF)
    address = at("indicatorreading_delete", draft)
    assert as_persona("other_coordinator").post(address, {"post": "yes"}).status_code == 403
    assert as_persona("coordinator").post(address, {"post": "yes"}).status_code == 302
    assert not IndicatorReading.objects.exists()
    assert not Evidence.objects.exists()


def test_a_returned_reading_is_mended_and_sent_again(submitted, as_persona):
    reviewer, coordinator = as_persona("reviewer"), as_persona("coordinator")
    empty = reviewer.post(at("reading_decide", submitted), {"_return": "", "reason": " "})
    assert empty.status_code == 400
    assert "Skriv varför" in empty.content.decode()
    reviewer.post(at("reading_decide", submitted), {"_return": "", "reason": "Källan saknas."})
    page = coordinator.get(at("indicatorreading_change", submitted)).content.decode()
    assert "Källan saknas." in page
    assert edited(coordinator, submitted, comment="Se protokollet.").status_code == 302
    coordinator.post(at("reading_submit", submitted))
    submitted.refresh_from_db()
    assert (submitted.state, submitted.comment) == ("submitted", "Se protokollet.")


def test_a_correction_keeps_its_indicator(submitted, reviewer, as_persona):
    readings.approve(reading=submitted, by=reviewer)
    client = as_persona("coordinator")
    assert client.get(at("reading_correct", submitted)).status_code == 200
    client.post(at("reading_correct", submitted))
    draft = IndicatorReading.objects.get(corrects=submitted)
    other = Indicator.objects.order_by("pk")[1]
    assert edited(client, draft, indicator=other.pk, status="delayed").status_code == 302
    draft.refresh_from_db()
    assert (draft.indicator_id, draft.status) == (submitted.indicator_id, "delayed")
    again = client.post(at("reading_correct", submitted))
    assert "redan påbörjat" in again.content.decode()


def test_a_locked_period_refuses_new_readings(indicator, period, draft, as_persona):
    client = as_persona("coordinator")
    page = client.post(at("period_lock", period), follow=True).content.decode()
    assert "Perioden är låst." in page
    for response in (
        client.post(reverse(ADD), sent(indicator)),
        edited(client, draft, comment="Nytt."),
        client.post(at("reading_submit", draft)),
    ):
        assert "Perioden ”Våren 2026” är låst" in response.content.decode()
    changed = client.post(at("reportingperiod_change", period), {"name": "Hösten"})
    assert changed.status_code == 403
    assert "Detta fält måste fyllas i" in text_of(client.post(at("period_unlock", period)))
    unlocking = client.post(
        at("period_unlock", period), {"reason": "En siffra är fel."}, follow=True
    )
    assert "Begäran är skickad. Någon annan ska godkänna den." in text_of(unlocking)
    assert "Från ”låst” till ”upplåst”." in text_of(unlocking)
    assert b"l\xc3\xa5st" in client.post(reverse(ADD), sent(indicator)).content
    answer = at("request_decide", SecondPersonRequest.objects.get())
    assert client.post(answer, {"_approve": "1"}).status_code == 403
    assert answer in as_persona("reviewer").get(reverse("admin:index")).content.decode()
    as_persona("reviewer").post(answer, {"_approve": "1"})
    assert client.post(reverse(ADD), sent(indicator)).status_code == 302


@pytest.mark.parametrize(
    ("persona", "status"),
    [("other_coordinator", 403), ("analyst", 403), ("staff", 302), ("visitor", 302)],
)
def test_others_open_no_request_to_unlock(period, coordinator, as_persona, persona, status):
    readings.lock_period(period=period, by=coordinator)
    unlock_request = readings.ask_to_unlock(
        period=period, by=coordinator, reason="En siffra är fel."
    )
    assert as_persona(persona).get(at("request_decide", unlock_request)).status_code == status


def days(period: ReportingPeriod, first: str, last: str) -> dict[str, object]:
    return {"plan": period.plan_id, "name": "Ny", "first_day": first, "last_day": last}


@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [
        ("2025-07-01", "2025-12-31", False),
        ("2025-07-01", "2026-01-01", True),
        ("2026-03-01", "2026-03-31", True),
        ("2026-06-30", "2026-12-31", True),
        ("2025-01-01", "2027-12-31", True),
        ("2026-07-01", "2026-12-31", False),
    ],
)
def test_periods_of_a_plan_do_not_overlap(period, as_persona, first, last, is_refused):
    client, add = as_persona("coordinator"), reverse("admin:followup_reportingperiod_add")
    response = client.post(add, days(period, first, last))
    sentence = "Perioden överlappar ”Våren 2026”, 2026-01-01–2026-06-30. Välj andra dagar."
    assert (sentence in text_of(response)) is is_refused
    assert ReportingPeriod.objects.exclude(pk=period.pk).exists() is not is_refused
    # Its own days are no others'.
    home = at("reportingperiod_change", period)
    own = client.post(home, untouched(client.get(home)) | {"last_day": "2026-06-29"})
    assert own.status_code == 302


def test_another_plan_has_periods_of_its_own(period):
    other = ReportingPeriod(
        plan=PlanFactory(), name="Ny", first_day=period.first_day, last_day=period.last_day
    )
    other.full_clean()


def test_locking_says_what_waits_for_approval(submitted, period, as_persona):
    page = as_persona("coordinator").get(at("period_lock", period)).content.decode()
    assert "1 lägesrapport i perioden väntar på godkännande." in page


def test_a_file_is_sent_as_a_file_to_whoever_has_a_role(draft, coordinator, as_persona):
    kept = evidence.keep(reading=draft, by=coordinator, file_name="läge.pdf", content=PDF)
    for persona in ("coordinator", "other_coordinator", "reviewer", "analyst"):
        response = as_persona(persona).get(at("evidence", kept))
        assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''l%C3%A4ge.pdf"
    for persona in ("staff", "visitor"):
        assert as_persona(persona).get(at("evidence", kept)).status_code == 302


def test_what_the_system_knows_is_offered_and_put_in_the_comment(version, draft, as_persona):
    for number in "123":
        followed = FollowUpFactory(
            version=version,
            done_on=date(2026, 3, 1),
            contract_reference=f"RS 2026-{number}",
            supplier=f"Leverantör {number}",
        )
    report_on(version.package)
    lesson = LessonFactory(follow_up=followed, written_by=version.published_by)
    client, address = as_persona("coordinator"), at("indicatorreading_change", draft)
    offers = dict(client.get(address).context["offers"])
    day = timezone.localdate(version.published_at).isoformat()
    first = f"Version 1 publicerades {day}."
    assert list(offers) == [
        first,
        f"Den {timezone.localdate()} var 3 av 3 planerade uppföljningar genomförda.",
        "0 av 1 lärdom är inarbetad i kraven.",
    ]
    page = client.get(offers[first])
    assert f"Arbetet följer tidsplanen.\n{first}</textarea>" in page.content.decode()
    new = reverse(ADD, query={"indicator": draft.indicator_id})
    offers = dict(client.get(new).context["offers"])
    page = client.get(offers[first])
    assert f"{first}</textarea>" in page.content.decode()
    assert first not in dict(page.context["offers"])
    assert lesson.text not in page.content.decode()
    draft.refresh_from_db()
    assert draft.comment == "Arbetet följer tidsplanen."


def test_counts_that_the_public_page_withholds_are_not_offered(version, draft, as_persona):
    FollowUpFactory(version=version, done_on=date(2026, 3, 1))
    report_on(version.package)
    page = as_persona("coordinator").get(at("indicatorreading_change", draft))
    (only,) = dict(page.context["offers"])
    assert only.startswith("Version 1 publicerades")


def test_an_offered_sentence_is_saved_with_the_draft(version, draft, as_persona):
    client = as_persona("coordinator")
    comment = f"{draft.comment}\nVersion 1 publicerades."
    assert edited(client, draft, comment=comment).status_code == 302
    draft.refresh_from_db()
    assert draft.comment == comment


def plan_page(client, plan) -> str:
    address = reverse("admin:actionplan_actionplan_follow_up", args=[plan.pk])
    return " ".join(client.get(address).content.decode().split())


def test_the_plan_page_shows_how_indicators_stand(plan, submitted, reviewer, as_persona):
    client = as_persona("reviewer")
    page = plan_page(client, plan)
    assert "ingen lägesrapport" in page
    assert at("reading_decide", submitted) in page
    readings.approve(reading=submitted, by=reviewer)
    page = plan_page(client, plan)
    assert "enligt plan" in page
    assert "2026-06-30" in page
    assert at("reading_decide", submitted) not in page
    assert "Rapportera" not in page
    report = reverse(ADD, query={"indicator": submitted.indicator_id})
    assert report in plan_page(as_persona("coordinator"), plan)


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_as_much_for_one_reading_as_for_many(
    indicator, coordinator, as_persona, number, django_assert_max_num_queries
):
    for place in range(number):
        ReadingFactory(indicator=indicator, author=coordinator, as_of=date(2026, 1, 1 + place))
    client = as_persona("coordinator")
    with django_assert_max_num_queries(12):
        response = client.get(reverse("admin:followup_indicatorreading_changelist"))
    assert response.status_code == 200
