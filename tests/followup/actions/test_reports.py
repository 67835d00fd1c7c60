"""A follow-up report: who sends it, who approves it, and that just what was sent is published."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from actionplan.models import ActionPlan, ChangeEvent, Indicator
from followup.actions.reports import approve_report, request_report, return_report
from followup.actions.summaries import withdraw_summary
from followup.models import FollowUpReport, ReportRequest, StoredReportBasis
from followup.report.reading import read, read_basis
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.document.reading import digest
from requirements_pkg.models import ImmutableError
from tests.factories import FollowUpFactory, ReadingFactory, SummaryFactory, reviewed
from tests.factories.reports import TRIED, report_on

TODAY = timezone.localdate()
PERSONAS = ["coordinator", "other_coordinator", "reviewer", "analyst", "staff"]


@pytest.fixture
def package(demanding):
    return demanding.package


@pytest.fixture
def sent(package, coordinator) -> ReportRequest:
    return request_report(package=package, as_of=TODAY, note="Läget.", by=coordinator)


def followed(version, supplier: str, **fields):
    return FollowUpFactory(version=version, supplier=supplier, closed=True, **fields)


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_writes_in_the_plan_sends_its_report(package, request, persona):
    by = request.getfixturevalue(persona)
    if persona == "coordinator":
        row = request_report(package=package, as_of=TODAY, note=" Läget. ", by=by)
        assert (row.note, row.sha256) == ("Läget.", digest(row.content.encode()))
        event = ChangeEvent.objects.about(row).get()
        assert (event.kind, event.detail) == ("requested", {"as_of": f"{TODAY}", "note": "Läget."})
    else:
        with pytest.raises(PermissionDenied):
            request_report(package=package, as_of=TODAY, note="Läget.", by=by)
    assert ReportRequest.objects.exists() is (persona == "coordinator")


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_reviewer_of_the_plan_approves_what_somebody_else_sent(sent, request, persona):
    by = request.getfixturevalue(persona)
    if persona == "reviewer":
        report = approve_report(request=sent, by=by, **TRIED)
        assert (report.number, report.content, report.sha256) == (1, sent.content, sent.sha256)
        assert (report.published_by, report.approved_by) == (sent.requested_by, by)
        assert StoredReportBasis.objects.get().content == sent.basis
        event = ChangeEvent.objects.about(sent).first()
        assert (event.kind, event.actor, event.detail["report"]) == ("published", "reviewer", 1)
    else:
        with pytest.raises(PermissionDenied):
            approve_report(request=sent, by=by, **TRIED)
        assert not FollowUpReport.objects.exists()


def test_a_report_is_published_even_after_its_plan_is_closed(package, sent, reviewer):
    ActionPlan.objects.update(status="closed")
    assert approve_report(request=sent, by=reviewer, **TRIED).number == 1


def test_a_closed_plan_is_still_reported_on(package, coordinator):
    ActionPlan.objects.update(status="closed")
    assert request_report(package=package, as_of=TODAY, note="Sist.", by=coordinator).pk


@pytest.mark.parametrize("conclusion", ["", "   "])
def test_without_a_secrecy_review_nothing_is_published(sent, reviewer, conclusion):
    with pytest.raises(ValidationError):
        approve_report(request=sent, by=reviewer, ground="osl_31_16", conclusion=conclusion)
    sent.refresh_from_db()
    assert sent.decision == "pending"
    assert not FollowUpReport.objects.exists()


def test_what_changes_after_it_was_sent_is_not_in_it(demanding, sent, reviewer, coordinator):
    indicator = Indicator.objects.first()
    ReadingFactory(
        indicator=indicator, author=coordinator, approved=True, approved_by=reviewer, comment="Ny."
    )
    for supplier in "abc":
        followed(demanding, supplier)
    report = read(approve_report(request=sent, by=reviewer, **TRIED).content)
    assert (report.readings, report.whole.done) == ((), 0)


def test_a_summary_taken_back_meanwhile_stops_the_report(demanding, coordinator, reviewer):
    summary = SummaryFactory(
        follow_up=followed(demanding, "a"), written_by=coordinator, text="En hall är bra."
    )
    reviewed(summary, reviewer)
    summary.published_by, summary.published_at = coordinator, timezone.now()
    summary.save()
    package = demanding.package
    sent = request_report(package=package, as_of=TODAY, note="Läget.", by=coordinator)
    assert "En hall är bra." in sent.content
    withdraw_summary(summary=summary, by=coordinator, reason="Fel hall.")
    with pytest.raises(ValidationError, match="drogs in"):
        approve_report(request=sent, by=reviewer, **TRIED)


def test_a_reading_corrected_meanwhile_stops_the_report(package, coordinator, reviewer):
    made = {"author": coordinator, "approved": True, "approved_by": reviewer}
    first = ReadingFactory(indicator=Indicator.objects.first(), comment="Fel.", **made)
    sent = request_report(package=package, as_of=TODAY, note="Läget.", by=coordinator)
    ReadingFactory(indicator=first.indicator, as_of=first.as_of, corrects=first, **made)
    with pytest.raises(ValidationError, match="rättades"):
        approve_report(request=sent, by=reviewer, **TRIED)


def test_the_same_is_not_reported_twice(package, coordinator):
    report_on(package)
    with pytest.raises(ValidationError, match="Ingenting har ändrats"):
        request_report(package=package, as_of=TODAY, note="Igen.", by=coordinator)


def test_a_newer_report_takes_the_place_of_one_that_waits(package, sent, coordinator):
    newer = request_report(package=package, as_of=TODAY, note="Rättat.", by=coordinator)
    sent.refresh_from_db()
    assert (sent.decision, newer.decision) == ("returned", "pending")
    assert ReportRequest.objects.pending().get() == newer


@pytest.mark.parametrize("days", [1, 400])
def test_no_report_is_of_a_day_to_come(package, coordinator, days):
    with pytest.raises(ValidationError, match="framtiden"):
        request_report(
            package=package, as_of=TODAY + timedelta(days), note="Läget.", by=coordinator
        )


def test_no_report_is_of_a_day_before_the_last_one(package, coordinator):
    report_on(package)
    with pytest.raises(ValidationError, match=f"{TODAY}"):
        request_report(package=package, as_of=TODAY - timedelta(1), note="Läget.", by=coordinator)


def test_only_readings_up_to_its_day_are_in_it(package, coordinator, reviewer):
    made = {"author": coordinator, "approved": True, "approved_by": reviewer}
    for day, comment in ((date(2025, 3, 1), "Tidigt."), (date(2025, 9, 1), "Sent.")):
        ReadingFactory(indicator=Indicator.objects.first(), as_of=day, comment=comment, **made)
    report = read(report_on(package, as_of=date(2025, 6, 30)).content)
    assert [reading.comment for reading in report.readings] == ["Tidigt."]


def test_without_a_package_in_force_there_is_nothing_to_report_on(demanding, coordinator):
    withdraw_version(
        version=demanding, by=coordinator, approved_by=demanding.approved_by, reason="Fel."
    )
    with pytest.raises(ValidationError, match="Publicera"):
        request_report(package=demanding.package, as_of=TODAY, note="Läget.", by=coordinator)


@pytest.mark.parametrize("persona", ["coordinator", "reviewer"])
def test_it_is_returned_with_a_reason_or_taken_back(sent, request, persona):
    by = request.getfixturevalue(persona)
    with pytest.raises(ValidationError):
        return_report(request=sent, by=by, reason=" ")
    row = return_report(request=sent, by=by, reason="Skriv om noten.")
    assert (row.decision, row.reason, row.decided_by) == ("returned", "Skriv om noten.", by)
    with pytest.raises(ValidationError, match="redan"):
        return_report(request=sent, by=by, reason="Igen.")


@pytest.mark.parametrize("persona", ["other_coordinator", "analyst", "staff"])
def test_nobody_else_returns_it(sent, request, persona):
    with pytest.raises(PermissionDenied):
        return_report(request=sent, by=request.getfixturevalue(persona), reason="Nej.")


def test_suppliers_of_the_basis_are_never_in_what_is_published(demanding):
    for supplier in ("Hemliga Hallar AB", "Gömda Galler", "Dolda Delar"):
        followed(demanding, supplier, sub_suppliers="Under Jorden, Norge")
    report = report_on(demanding.package)
    basis = read_basis(report.basis.content)
    assert {row.supplier for row in basis.follow_ups} == {
        *("hemliga hallar", "gömda galler", "dolda delar")
    }
    assert basis.disclosure.whole
    assert "allar" not in report.content
    assert "Jorden" not in report.content


def test_nobody_changes_a_published_report(demanding):
    report = report_on(demanding.package)
    for change in (report.save, report.delete, FollowUpReport.objects.all().delete):
        with pytest.raises(ImmutableError):
            change()
    with pytest.raises(ImmutableError):
        FollowUpReport.objects.update(note="Annat.")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a trigger of PostgreSQL")
@pytest.mark.parametrize("table", ["followup_followupreport", "followup_storedreportbasis"])
def test_the_database_refuses_to_change_it(demanding, table):
    report_on(demanding.package)
    for sql in (f"UPDATE {table} SET content = ''", f"DELETE FROM {table}"):  # noqa: S608
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
