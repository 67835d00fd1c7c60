"""Reports as the public reads them: each for ever, compared, and nothing of a live row."""

import pytest

from actionplan.models import Indicator
from followup.models import ReadingStatus, Sanction, Severity
from requirements_pkg.published import page_cache
from tests.factories.followup import (
    DONE,
    DeviationFactory,
    QuestionFactory,
    ReadingFactory,
    SummaryFactory,
    reviewed,
)
from tests.factories.reports import newly_reported, report_on
from tests.followup.public.test_status_pages import PAGES


def test_what_has_changed_since_the_last_report_waits_for_enough_suppliers(
    look, follow_up, requirement
):
    done = [follow_up(contract) for contract in "ABC"]
    assert "3 av 3" in look()
    DeviationFactory(follow_up=done[0], requirement=requirement, severity=Severity.MAJOR)
    page = look()
    assert "allvarlig: 1" not in page
    assert "Uppföljningsrapport" in page
    for followed in done[1:]:
        DeviationFactory(follow_up=followed, requirement=requirement, severity=Severity.MAJOR)
    assert "allvarlig: 3" in look()


@pytest.mark.parametrize("change", ["sanction", "deviation", "reading", "summary"])
def test_no_row_changes_a_page_until_a_report_is_published(
    client, follow_up, requirement, version, coordinator, reviewer, change
):
    """A sanction registered later turned a published green summary red."""
    done = [follow_up(contract) for contract in "ABCD"]
    summary = SummaryFactory(follow_up=done[0], written_by=coordinator)
    reviewed(summary, reviewer)
    summary.published_by, summary.published_at = coordinator, summary.review.reviewed_at
    summary.save()
    newly_reported(version.package)
    paths = [
        *(page.format(slug=version.package.slug) for page in PAGES),
        f"/uppfoljning/{version.package.slug}/r1/",
        f"/kravpaket/{version.package.slug}/krav/SE-01/",
    ]
    before = [client.get(path).content for path in paths]
    match change:
        case "sanction":
            Sanction.objects.create(
                follow_up=done[0], kind="penalty", decided_on=DONE, reference="B"
            )
        case "deviation":
            for followed in done:
                DeviationFactory(follow_up=followed, requirement=requirement)
                QuestionFactory(follow_up=followed, requirement=requirement)
        case "reading":
            ReadingFactory(
                indicator=Indicator.objects.get(number="1.1"),
                author=coordinator,
                approved=True,
                approved_by=reviewer,
            )
        case "summary":
            summary.text = "Andra ord."
            summary.save()
    page_cache.forget()
    assert [client.get(path).content for path in paths] == before


def test_a_report_has_its_address_for_ever(client, look, follow_up, version, requirement):
    done = [follow_up(contract) for contract in "ABC"]
    look()
    address = f"/uppfoljning/{version.package.slug}/r1/"
    first = client.get(address).content.decode()
    assert "3 av 3" in first
    assert "Det finns en nyare rapport" not in first
    for followed in done:
        DeviationFactory(follow_up=followed, requirement=requirement, severity=Severity.MAJOR)
    assert "allvarlig: 3" in look()
    page_cache.forget()
    again = client.get(address).content.decode()
    assert "Det finns en nyare rapport" in again
    assert "allvarlig: 3" not in again
    assert client.get(address.replace("r1", "r3")).status_code == 404


def test_two_reports_are_compared(client, look, follow_up, version, coordinator, reviewer):
    address = f"/uppfoljning/{version.package.slug}/jamfor/"
    assert client.get(address).status_code == 404
    look()
    page_cache.forget()
    assert "bara en rapport än så länge" in client.get(address).content.decode()
    for contract in "ABC":
        follow_up(contract)
    ReadingFactory(
        indicator=Indicator.objects.get(number="1.1"),
        author=coordinator,
        approved=True,
        approved_by=reviewer,
        status=ReadingStatus.MET,
    )
    report_on(version.package)
    page_cache.forget()
    page = " ".join(client.get(address).content.decode().split())
    assert "från rapport 1 till rapport 2" in page
    assert "Genomförda uppföljningar" in page
    assert "ingen lägesrapport" in page
    assert "samma rapport två gånger" in client.get(f"{address}?fran=2&till=2").content.decode()
    for query in ("fran=9", "till=x", "fran=-1", "till=" + "9" * 5000):
        assert client.get(f"{address}?{query}").status_code == 404, query


def test_without_a_report_the_page_says_so_and_tells_nothing_of_follow_up(
    client, follow_up, version, requirement, coordinator, reviewer
):
    for contract in "ABC":
        DeviationFactory(follow_up=follow_up(contract), requirement=requirement)
    ReadingFactory(
        indicator=Indicator.objects.get(number="1.1"),
        author=coordinator,
        approved=True,
        approved_by=reviewer,
        comment="Inget för alla.",
    )
    slug = version.package.slug
    page = client.get(f"/uppfoljning/{slug}/").content.decode()
    assert "Ingen uppföljningsrapport är publicerad ännu" in page
    assert "Inget för alla." not in page
    assert "ingen rapport ännu" in client.get("/uppfoljning/").content.decode()
    overview = client.get("/uppfoljning/oversikt/?dimension=environment").content.decode()
    assert "ingen uppföljningsrapport ännu" in overview
    requirement_page = client.get(f"/kravpaket/{slug}/krav/SE-01/").content.decode()
    assert requirement_page.count("Ingen uppföljningsrapport är publicerad ännu") == 2


@pytest.mark.parametrize("address", ["/flode/", "/kravpaket/{slug}/flode/"])
def test_the_feeds_tell_of_a_report(client, version, address):
    report_on(version.package, note="Två avtal är följda upp.")
    page_cache.forget()
    text = client.get(address.format(slug=version.package.slug)).content.decode()
    assert "uppföljningsrapport 1" in text
    assert "Två avtal är följda upp." in text
    assert f"/uppfoljning/{version.package.slug}/r1/" in text
