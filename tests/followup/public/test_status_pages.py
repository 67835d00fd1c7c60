"""The public pages of follow-up: what they tell, and what they keep to themselves."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplan.models import Indicator, Organisation
from followup.models import (
    ReadingStatus,
    ReusedAudit,
    Sanction,
    Severity,
)
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.published import page_cache
from tests.factories.followup import (
    DONE,
    DeviationFactory,
    QuestionFactory,
    ReadingFactory,
    SummaryFactory,
    reviewed,
)
from tests.factories.plans import AreaFactory
from tests.factories.reports import newly_reported

PAGES = ["/uppfoljning/", "/uppfoljning/oversikt/", "/uppfoljning/{slug}/"]
WITHHELD = '<span class="withheld">lämnas inte ut</span>'
SECRETS = [
    "Hemliga Hallar",
    "Dolda Delar",
    "Revisor &",
    "Dnr 2026-17",
    "svarar sent",
    "RS-2025",
    "smältverk.",
]


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_without_plans_the_pages_say_so(client, db):
    for address in PAGES[:2]:
        assert "Ingen handlingsplan är publicerad ännu" in client.get(address).content.decode()


def test_a_plan_of_which_nothing_is_published_has_no_status(client, plan, version):
    assert client.get(f"/uppfoljning/{plan.slug}/").status_code == 200
    assert client.get("/uppfoljning/finns-inte/").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_a_plan_without_readings_and_follow_ups_is_told_of(look, plan, address):
    assert plan.category.name in look(address)


def test_a_reading_is_told_of_once_it_is_approved(look, plan, coordinator, reviewer):
    indicator = Indicator.objects.get(number="1.1")
    ReadingFactory(indicator=indicator, author=coordinator, comment="Ett utkast.")
    assert "Ett utkast." not in look()
    ReadingFactory(
        indicator=indicator,
        author=coordinator,
        approved=True,
        approved_by=reviewer,
        comment="Kraven är klara.",
        status=ReadingStatus.MET,
        evidence_url="https://region.example/krav",
    )
    page = look()
    assert "Kraven är klara." in page
    assert "https://region.example/krav" in page
    assert '<svg viewBox="0 0 360 200" role="img"' in page
    assert "1 lägesrapport. 2026-06-30: uppnått." in page
    assert "coordinator" not in page


def test_a_goal_is_met_when_all_its_indicators_are(look, coordinator, reviewer):
    def report(number: str) -> None:
        ReadingFactory(
            indicator=Indicator.objects.get(number=number),
            author=coordinator,
            approved=True,
            approved_by=reviewer,
            status=ReadingStatus.MET,
        )

    report("1.1")
    assert "0 av 1" in look("/uppfoljning/")
    report("1.2")
    assert "1 av 1" in look("/uppfoljning/")
    assert f'<time datetime="{timezone.localdate()}">' in look("/uppfoljning/")


def test_a_measure_is_drawn_with_its_target(look, plan, coordinator, reviewer, version):
    Indicator.objects.filter(number="1.1").update(
        kind="measure", unit="procent", target=80, baseline=10
    )
    publish(package=package_of(plan), by=coordinator, approved_by=reviewer, note="Mätbart.")
    for day, value in ((date(2025, 6, 30), 12.5), (date(2026, 6, 30), 40)):
        ReadingFactory(
            indicator=Indicator.objects.get(number="1.1"),
            author=coordinator,
            approved=True,
            approved_by=reviewer,
            as_of=day,
            value=value,
        )
    page = look()
    assert "2025-06-30: 12,5 procent, enligt plan; 2026-06-30: 40 procent" in page
    assert '<path class="target"' in page
    assert '<path class="baseline"' in page


@pytest.mark.parametrize(("suppliers", "is_public"), [("AB", False), ("ABC", True)])
def test_counts_are_told_of_from_three_suppliers_on(
    look, follow_up, requirement, suppliers, is_public
):
    for supplier in suppliers:
        followed = follow_up(supplier)
    DeviationFactory(follow_up=followed, requirement=requirement, severity=Severity.MAJOR)
    # That somebody plans to look at three more says nothing of what was found.
    for supplier in "DEF":
        follow_up(supplier, closed=False)
    for words in (f"{len(suppliers)} av {len(suppliers) + 3}", "1 öppen"):
        assert (words in look("/uppfoljning/")) is is_public
    assert ("allvarlig: 1" in look()) is is_public
    assert (WITHHELD in look()) is not is_public


def test_what_is_found_counts_when_the_follow_up_is_done(look, follow_up, requirement):
    """Else it is the plan's count less that of its requirements, which are of what is done."""
    for contract in "ABC":
        follow_up(contract)
    waits = follow_up("D", closed=False, status="answered")
    follow_up("E", closed=False)
    follow_up("F", closed=False)
    DeviationFactory(follow_up=waits, requirement=requirement, severity=Severity.MAJOR)
    page = look()
    assert "3 av 6" in page
    assert "allvarlig: 1" not in page


def test_three_follow_ups_of_one_supplier_are_of_one_supplier(look, follow_up):
    for contract in "ABC":
        follow_up(contract, supplier="Hemliga Hallar AB")
    assert "lämnas inte ut" in look("/uppfoljning/")


def test_an_area_that_is_withheld_takes_another_with_it(look, follow_up):
    for contract in "ABCD":
        follow_up(contract)
    follow_up("E", area=2)
    page = look()
    assert "4 av 4" not in page
    assert "5 av 5" in page


def test_nothing_is_told_as_none_of_none(look, plan, coordinator, reviewer):
    plan.goals.all().delete()
    publish(package=package_of(plan), by=coordinator, approved_by=reviewer, note="Utan mål.")
    assert "inga mål" in look("/uppfoljning/")
    for address in PAGES:
        assert "0 av 0" not in look(address)
    assert "inga planerade ännu" in look()


def test_a_cancelled_follow_up_is_not_counted(look, follow_up):
    for contract in "ABC":
        follow_up(contract)
    follow_up("D", closed=False, status="cancelled")
    assert "3 av 3" in look()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_confidential_is_on_a_page(
    look, follow_up, requirement, coordinator, reviewer, address
):
    for contract in ("RS-2025-1", "RS-2025-2", "RS-2025-3"):
        followed = follow_up(contract)
        DeviationFactory(follow_up=followed, requirement=requirement)
        QuestionFactory(follow_up=followed, requirement=requirement, comment="Hemliga Hallar AB")
    SummaryFactory(follow_up=followed, written_by=coordinator, supplier="Hemliga Hallar AB")
    page = look(address)
    assert [secret for secret in SECRETS if secret in page] == []


@pytest.mark.parametrize("may_name", [True, False])
def test_a_published_summary_names_the_supplier_only_if_the_review_lets_it(
    look, follow_up, coordinator, reviewer, may_name
):
    followed = follow_up("A")
    summary = SummaryFactory(
        follow_up=followed, written_by=coordinator, supplier="Öppna Hallar AB"
    )
    reviewed(summary, reviewer, may_name_supplier=may_name)
    assert summary.text not in look()
    summary.published_by, summary.published_at = coordinator, summary.review.reviewed_at
    summary.save()
    ReusedAudit.objects.create(
        follow_up=followed,
        organisation="Region Hemlig",
        clause_level="same",
        method="audit",
        audited_on=DONE,
    )
    page = look()
    assert summary.text in page
    assert ("Öppna Hallar AB" in page) == may_name
    assert "mars 2026" in page
    assert "revision" in page
    assert "Region Hemlig" not in page
    summary.text = "Ord som ingen har prövat."
    summary.save()
    assert summary.text not in look()


def test_the_overview_shows_gaps_and_asks_for_one_dimension(look, follow_up, requirement):
    page = look("/uppfoljning/oversikt/?dimension=environment")
    assert "inget krav ännu" in page
    assert "1 krav aldrig uppföljt" in page
    for contract in "ABC":
        QuestionFactory(follow_up=follow_up(contract), requirement=requirement)
    page = look("/uppfoljning/oversikt/?dimension=environment")
    assert "3 uppföljningar" in page
    assert "aldrig uppföljt" not in page
    assert "<caption" in page
    assert "Mänskliga rättigheter</h2>" not in page
    assert "Mänskliga rättigheter</h2>" in look("/uppfoljning/oversikt/")


def test_the_overview_withholds_what_few_suppliers_stand_behind(look, follow_up, requirement):
    QuestionFactory(follow_up=follow_up("A"), requirement=requirement)
    page = look("/uppfoljning/oversikt/?dimension=environment")
    assert "uppföljningar lämnas inte ut" in page
    assert "aldrig uppföljt" not in page


def test_an_unknown_dimension_is_not_found(client, version):
    assert client.get("/uppfoljning/oversikt/?dimension=finns-inte").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_speak_english(look, address):
    page = look(f"{address}?sprak=en")
    assert '<html lang="en">' in page
    assert "Follow-up" in page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_the_same_for_one_and_for_many_and_nothing_when_warm(
    client, version, follow_up, requirement, coordinator, reviewer, address
):
    address = address.format(slug=version.package.slug)

    def add(number: int) -> None:
        for at in range(number):
            followed = follow_up(f"{number}-{at}", organisation=Organisation.objects.all()[at])
            DeviationFactory(follow_up=followed, requirement=requirement)
            QuestionFactory(follow_up=followed, requirement=requirement)
            summary = SummaryFactory(follow_up=followed, written_by=coordinator)
            reviewed(summary, reviewer)
            summary.published_by, summary.published_at = coordinator, summary.review.reviewed_at
            summary.save()
            ReadingFactory(
                indicator=Indicator.objects.get(number="1.1"),
                author=coordinator,
                approved=True,
                approved_by=reviewer,
            )

    add(1)
    newly_reported(version.package)
    few = cost(client, address)
    add(9)
    newly_reported(version.package)
    assert cost(client, address) == few <= 6
    assert cost(client, address) == 0


def test_an_area_that_is_not_published_is_not_told_of_and_leaves_no_trace(look, follow_up, plan):
    """Else it would follow from the whole before and after it is published."""
    for contract in "ABC":
        follow_up(contract)
    AreaFactory(plan=plan, number=3, name="Utkast till område")
    for contract in "DEF":
        follow_up(contract, area=3)
    assert "6 av 6" in look("/uppfoljning/")
    page = look()
    assert "6 av 6" in page
    assert "Utkast till område" not in page


def test_the_day_of_a_follow_up_is_not_told(look, follow_up):
    """It is the day of one contract, however many there are."""
    for contract in "ABC":
        follow_up(contract)
    assert f"{DONE:%Y-%m-%d}" not in look("/uppfoljning/")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (None, "grönt: inga avvikelser"),
        ({"due_on": date(2999, 1, 1)}, "gult: avvikelser hanteras"),
        ({"due_on": DONE}, "rött: avvikelser"),
        ({"due_on": date(2999, 1, 1), "state": "escalated", "escalation_reason": "Ja."}, "rött"),
    ],
)
def test_the_traffic_light_is_told_in_words(look, follow_up, requirement, fields, words):
    for contract in "ABC":
        last = follow_up(contract)
    if fields:
        DeviationFactory(follow_up=last, requirement=requirement, **fields)
    assert words in look()


@pytest.mark.parametrize("lifted_on", [None, DONE])
def test_a_sanction_that_is_in_force_is_red_and_a_lifted_one_is_not(look, follow_up, lifted_on):
    _first, _second, third = (follow_up(contract) for contract in "ABC")
    Sanction.objects.create(
        follow_up=third, kind="penalty", decided_on=DONE, reference="B7", lifted_on=lifted_on
    )
    assert ("eller en sanktion" in look()) is (lifted_on is None)
    assert "B7" not in look()


def test_a_package_and_its_status_lead_to_each_other(look):
    assert 'href="/kravpaket/' in look()
    assert 'href="/uppfoljning/' in look("/kravpaket/{slug}/mal/").split("<main")[1]


def test_a_plan_whose_versions_are_withdrawn_has_no_status(client, version, coordinator):
    address = f"/uppfoljning/{version.package.slug}/"
    assert client.get(address).status_code == 200
    withdraw_version(
        version=version, by=coordinator, approved_by=version.approved_by, reason="Fel krav."
    )
    page_cache.forget()
    assert client.get(address).status_code == 404
    page = client.get(f"/kravpaket/{version.package.slug}/mal/").content.decode()
    assert address not in page
