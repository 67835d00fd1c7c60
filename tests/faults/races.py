"""Eight clients do the same at once: nothing is lost, and nothing has a number twice."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ActionPlan, ProductArea
from actionplan.word.document import WordReading
from followup.actions.deviations import record_deviation, write_off
from followup.actions.masking import approve_masking, return_masking
from followup.actions.readings import approve, return_reading
from followup.actions.reports import approve_report, request_report
from followup.models import (
    Deviation,
    FollowUp,
    FollowUpReport,
    IndicatorReading,
    Masking,
    ReadingState,
)
from requirements_pkg.actions.next_period.start import start_next_period
from requirements_pkg.actions.publishing import (
    approve_request,
    publish,
    request_publication,
    return_request,
)
from requirements_pkg.actions.reviewing.comments import reply, resolve, start_thread
from requirements_pkg.actions.withdrawal import approve_withdrawal, return_withdrawal
from requirements_pkg.models import (
    CommentThread,
    Decision,
    PackageVersion,
    PublishRequest,
    RequirementsPackage,
    VersionFacts,
    VersionWithdrawal,
    WithdrawalRequest,
)
from risks.importing import plans
from risks.models import RiskCell, RiskStatement
from tests.factories.reports import TRIED
from tests.faults import consulting, contracting
from tests.faults.racing import CLIENTS, DONE, REFUSED, Race, Try, person
from tests.faults.site import FREE
from tests.risks.grid.test_grid import sent
from tests.risks.importing.test_locks import LINE, large


def package() -> RequirementsPackage:
    return RequirementsPackage.objects.with_owner().get(slug="stor")


def free_area() -> ProductArea:
    return ProductArea.objects.get(number=FREE)


def typing_in(cell_of: Callable[[int], RiskCell]) -> Try:
    """Return an act: each client, with the page as it was, writes a line of its own in a cell."""
    area = free_area()
    forms, browsers = [], []
    for number in range(CLIENTS):
        client = Client(raise_request_exception=True)
        client.force_login(person("samordnare"))
        forms.append(sent(area, **{f"risks_{cell_of(number).pk}": f"Rad av klient {number}."}))
        browsers.append(client)
    address = reverse("admin:risks_riskmatrix_change", args=[area.pk])

    def act(number: int) -> bool:
        response = browsers[number].post(address, forms[number])
        assert response.status_code < 500
        return response.status_code == 302

    return act


def cells() -> list[RiskCell]:
    return list(RiskCell.objects.filter(product_area=free_area()).order_by("pk"))


def written() -> list[str]:
    return sorted(
        RiskStatement.objects.filter(text__startswith="Rad av").values_list("text", flat=True)
    )


def race_for_a_cell() -> Race:
    """Of those who rewrite the same lines one is saved, and the others are told."""
    cell = cells()[0]
    race = Race(typing_in(lambda number: cell)).run()
    assert race.outcomes[DONE] == len(written()) == 1, race
    return race


def race_for_cells_beside_each_other() -> Race:
    """Those who write in a cell each are all saved, or told that they are not."""
    beside = cells()
    race = Race(typing_in(lambda number: beside[number])).run()
    assert race.outcomes[DONE] == len(written()) > 0, race
    return race


def race_to_publish() -> Race:
    """One version comes about."""
    by, second, of = person("samordnare"), person("granskare"), package()
    race = Race(lambda number: publish(package=of, by=by, approved_by=second, note="Ny.")).run()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    assert list(PackageVersion.objects.values_list("number", flat=True).order_by("number")) == [
        1,
        2,
    ]
    return race


def race_to_decide_on_a_request() -> Race:
    """It is approved or returned, once."""
    publish_request = request_publication(package=package(), by=person("samordnare"), note="Ny.")
    by = person("granskare")

    def act(number: int) -> None:
        request = PublishRequest.objects.select_related("package__plan", "requested_by").get(
            pk=publish_request.pk
        )
        if number % 2:
            approve_request(request=request, by=by)
        else:
            return_request(request=request, by=by, reason="Rätta.")

    race = Race(act).run()
    publish_request.refresh_from_db()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    is_published = PackageVersion.objects.count() == 2
    assert is_published == (publish_request.decision == Decision.APPROVED)
    return race


def race_to_decide_on_a_reading() -> Race:
    """It is approved or returned, once."""
    reading, by = IndicatorReading.objects.get(), person("granskare")

    def act(number: int) -> None:
        if number % 2:
            approve(reading=reading, by=by)
        else:
            return_reading(reading=reading, by=by, reason="Rätta.")

    race = Race(act).run()
    reading.refresh_from_db()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    assert reading.state in (ReadingState.APPROVED, ReadingState.RETURNED)
    return race


def race_to_close_a_deviation() -> Race:
    """It is written off once."""
    deviation, by = Deviation.objects.get(), person("samordnare")
    race = Race(lambda number: write_off(deviation=deviation, by=by, reason="Gäller inte.")).run()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    return race


def race_to_register_deviations() -> Race:
    """Each is stored."""
    by, follow_up = person("samordnare"), FollowUp.objects.get()
    uid = Deviation.objects.get().requirement.uid
    finding = {
        "severity": "observation",
        "finding": "Saknas.",
        "found_on": date(2026, 1, 2),
        "due_on": date(2027, 1, 2),
    }
    race = Race(
        lambda number: record_deviation(follow_up=follow_up, requirement_uid=uid, by=by, **finding)
    ).run()
    assert race.outcomes == {DONE: CLIENTS}, race
    assert Deviation.objects.count() == CLIENTS + 1
    return race


def race_to_publish_reports() -> Race:
    """Each has a number of its own, without a gap."""
    by, second, of = person("samordnare"), person("granskare"), package()
    today = timezone.localdate()

    def act(number: int) -> None:
        report_request = request_report(package=of, as_of=today, note=f"Läge {number}.", by=by)
        approve_report(request=report_request, by=second, **TRIED)

    race = Race(act).run()
    numbers = FollowUpReport.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, race.outcomes[DONE] + 1)), race
    assert race.outcomes[DONE] > 0, race
    return race


def race_to_import() -> Race:
    """The plan is as one of them brought it."""
    document = large(package().plan, LINE, areas=3, statements=2)
    read, plans.uploads.read = plans.uploads.read, lambda *given, **named: WordReading(document)
    try:
        race = Race(lambda number: plans.import_plan(b"", file_name="plan.docx", by=None)).run()
    finally:
        plans.uploads.read = read
    assert race.outcomes[DONE] > 0, race
    lines = RiskStatement.objects.filter(text__startswith="Risk ")
    assert lines.count() == 3 * 24 * 2
    return race


def race_to_start_the_next_period() -> Race:
    """One plan comes about, whole."""
    by, before = person("samordnare"), ActionPlan.objects.get(slug="stor")
    years = {"first_year": 2030, "last_year": 2033}
    race = Race(lambda number: start_next_period(plan=before, by=by, **years)).run()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    (after,) = before.category.plans.exclude(pk=before.pk)
    assert after.product_areas.count() == before.product_areas.count()
    assert after.package.requirements.count() == package().requirements.count()
    return race


def race_to_decide_on_a_withdrawal() -> Race:
    """It is approved or returned, once."""
    withdrawal_request, by = WithdrawalRequest.objects.get(), person("granskare")

    def act(number: int) -> None:
        request = WithdrawalRequest.objects.with_names().get(pk=withdrawal_request.pk)
        if number % 2:
            approve_withdrawal(request=request, by=by)
        else:
            return_withdrawal(request=request, by=by, answer="Det stämmer.")

    race = Race(act).run()
    withdrawal_request.refresh_from_db()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    assert VersionWithdrawal.objects.exists() == (withdrawal_request.decision == Decision.APPROVED)
    return race


def race_to_decide_on_a_masking() -> Race:
    """It is approved or returned, once, and the version has its facts."""
    requested, by = Masking.objects.get(), person("granskare")

    def act(number: int) -> None:
        masking = Masking.objects.get(pk=requested.pk)
        if number % 2:
            approve_masking(masking=masking, by=by)
        else:
            return_masking(masking=masking, by=by, answer="Det får stå.")

    race = Race(act).run()
    requested.refresh_from_db()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    (masked,) = VersionFacts.objects.values_list("masked", flat=True)
    assert bool(masked) == (requested.decision == Decision.APPROVED)
    return race


def race_to_answer_in_a_thread() -> Race:
    """Each answer is stored, while others say that all is settled."""
    by, of = person("samordnare"), package().requirements.select_related("package__plan")
    thread = start_thread(about=of[0], by=by, text="Vilken källa?").thread

    def act(number: int) -> None:
        mine = CommentThread.objects.get(pk=thread.pk)
        if number % 2:
            reply(thread=mine, by=by, text=f"Svar {number}.")
        else:
            resolve(thread=mine, by=by)

    race = Race(act).run()
    assert race.outcomes == {DONE: CLIENTS}, race
    assert thread.comments.count() == 1 + CLIENTS // 2
    return race


RACES: dict[str, Callable[[], Race]] = {
    "cell": race_for_a_cell,
    "cells": race_for_cells_beside_each_other,
    "publish": race_to_publish,
    "approve or return a version": race_to_decide_on_a_request,
    "approve or return a reading": race_to_decide_on_a_reading,
    "close": race_to_close_a_deviation,
    "register": race_to_register_deviations,
    "report": race_to_publish_reports,
    "import": race_to_import,
    "next period": race_to_start_the_next_period,
    "approve or return a withdrawal": race_to_decide_on_a_withdrawal,
    "approve or return a masking": race_to_decide_on_a_masking,
    "answer": race_to_answer_in_a_thread,
    **consulting.RACES,
    **contracting.RACES,
}
