"""What happened at 23:30 in UTC happened the next day in Sweden, wherever it is told."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from actionplan.models import ChangeEvent, Indicator
from followup.models import IndicatorReading, Summary
from requirements_pkg.actions.publishing import (
    approve_request,
    package_of,
    publish,
    request_publication,
)
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.models import PublishRequest, VersionWithdrawal
from requirements_pkg.published import page_cache
from requirements_pkg.tender.downloads import FORMS
from tests.factories import FollowUpFactory, ReadingFactory, RequirementFactory, SummaryFactory
from tests.factories import reviewed as with_review
from tests.factories.reports import report_on
from tests.requirements_pkg.tender.test_chosen_downloads import text_of
from tests.unguarded import unguarded

NIGHT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
DAY = re.compile(r"2026-03-02|(?<!\d)2 mars 2026|2 March 2026")
DAY_BEFORE = re.compile(r"2026-03-01|(?<!\d)1 mars 2026|1 March 2026")


@pytest.fixture
def slug(plan, coordinator, reviewer, monkeypatch) -> str:
    """A package of which all happened in one night: published, withdrawn, asked for, reported."""
    package = package_of(plan)
    RequirementFactory(package=package, code="SE-01")
    monkeypatch.setattr(timezone, "now", lambda: NIGHT)
    first, second = (
        publish(package=package, by=coordinator, approved_by=reviewer, note=f"Version {number}.")
        for number in (1, 2)
        for _change in [RequirementFactory(package=package, code=f"SE-1{number}")]
    )
    withdraw_version(
        version=first,
        by=coordinator,
        approved_by=first.approved_by,
        reason="Fel.",
        replaced_by=second,
    )
    indicator = Indicator.objects.first()
    ReadingFactory(
        indicator=indicator, author=coordinator, approved=True, approved_by=reviewer, as_of=NIGHT
    )
    follow_up = FollowUpFactory(version=second, status="closed", done_on=NIGHT.date())
    with_review(SummaryFactory(follow_up=follow_up, written_by=coordinator), by=reviewer)
    RequirementFactory(package=package, code="SE-13")
    publish_request = request_publication(package=package, by=coordinator, note="Version 3.")
    approve_request(request=publish_request, by=reviewer)
    RequirementFactory(package=package, code="SE-14")
    request_publication(package=package, by=coordinator, note="Version 4.")
    # What the database itself would date.
    with unguarded():
        PublishRequest.objects.update(requested_at=NIGHT)
        VersionWithdrawal.objects.update(withdrawn_at=NIGHT)
        ChangeEvent.objects.update(at=NIGHT)
        IndicatorReading.objects.update(decided_at=NIGHT, submitted_at=NIGHT, as_of="2026-03-02")
    Summary.objects.update(published_at=NIGHT, published_by=coordinator)
    report_on(package, by=coordinator, approved_by=reviewer)
    monkeypatch.undo()
    page_cache.forget()
    return str(package.slug)


PUBLIC = (
    "/",
    "/kravpaket/",
    "/kravpaket/{}/",
    "/kravpaket/{}/v1/",
    "/kravpaket/{}/versioner/",
    "/kravpaket/{}/jamfor/",
    "/kravpaket/{}/krav/SE-01/",
    "/kravpaket/{}/krav/SE-01/historik/",
    "/urval/?paket={}&version=3&krav=SE-01",
    "/uppfoljning/",
    "/uppfoljning/{}/",
    "/uppfoljning/{}/r1/",
    "/flode/",
    "/kravpaket/{}/flode/",
)


def says_the_day(text: str) -> tuple[bool, list[str]]:
    return bool(DAY.search(text)), DAY_BEFORE.findall(text)


@pytest.mark.parametrize("query", ["", "?sprak=en"])
def test_every_public_page_and_feed_has_the_day_of_the_swedish_clock(client, slug, query):
    client.get(f"/{query}")
    for address in PUBLIC:
        text = client.get(address.format(slug)).content.decode()
        assert says_the_day(text) == (True, []), address


@pytest.mark.parametrize("number", [1, 3])
def test_every_file_has_the_day_of_the_swedish_clock(client, slug, number):
    for extension in FORMS:
        for query in ("", "?krav=SE-01"):
            address = f"/kravpaket/{slug}/v{number}/ladda-ner/{extension}{query}"
            text = text_of(extension, client.get(address).content)
            has_day, before = says_the_day(text)
            assert before == [], address
            # A table of requirements alone says nothing of days, but for what is withdrawn.
            assert has_day or (extension == "csv" and number == 3), address


def test_every_page_inside_has_the_day_of_the_swedish_clock(slug, plan, as_persona):
    client: Client = as_persona("reviewer")
    publish_request = PublishRequest.objects.order_by("-pk").first()
    for address in (
        f"/admin/actionplan/actionplan/{plan.pk}/granska/",
        f"/admin/actionplan/actionplan/{plan.pk}/history/",
        "/admin/requirements_pkg/packageversion/",
        "/admin/requirements_pkg/versionwithdrawal/",
        "/admin/requirements_pkg/publishrequest/",
        f"/admin/requirements_pkg/requirementspackage/begaran/{publish_request.pk}/",
        "/admin/actionplan/changeevent/",
        "/admin/followup/mitt/",
    ):
        text = client.get(address).content.decode()
        assert says_the_day(text) == (True, []), address
