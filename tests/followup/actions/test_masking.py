"""Words that were published by mistake: two persons mask them, and they are read nowhere."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from actionplan.models import ChangeEvent, Indicator
from followup.actions.masking import approve_masking, request_masking, return_masking
from followup.models import FollowUpReport, Masking
from followup.report.reading import read
from requirements_pkg.actions.inclusion import include_module
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.document.reading import digest
from requirements_pkg.models import PackageVersion
from requirements_pkg.published import page_cache
from requirements_pkg.searching import indexing
from tests.factories import ModuleFactory, ReadingFactory, RequirementFactory
from tests.factories.reports import report_on
from tests.requirements_pkg.admin_forms import text_of

SECRET = "Granit Drift"
GIVEN = {"ground": "osl_31_16", "reason": "Leverantören skulle inte ha namngetts."}


@pytest.fixture
def report(demanding, coordinator, reviewer) -> FollowUpReport:
    """A report that names somebody in a comment and in what is new."""
    ReadingFactory(
        indicator=Indicator.objects.first(),
        author=coordinator,
        approved=True,
        approved_by=reviewer,
        comment="Driften hos granit  drift är granskad.",
    )
    return report_on(demanding.package, note="Granit Drift är följd upp.")


@pytest.fixture
def masking(report, coordinator) -> Masking:
    return request_masking(package=report.package, words=SECRET, by=coordinator, **GIVEN)


def paths(slug: str) -> list[str]:
    return [
        f"/uppfoljning/{slug}/",
        f"/uppfoljning/{slug}/r1/",
        f"/uppfoljning/{slug}/jamfor/",
        "/uppfoljning/",
        "/flode/",
        f"/kravpaket/{slug}/flode/",
        "/",
    ]


def test_words_are_masked_once_a_second_person_approves(client, masking, report, reviewer):
    slug = report.package.slug

    def pages() -> str:
        page_cache.forget()
        return " ".join(
            " ".join(client.get(path).content.decode().split()) for path in paths(slug)
        ).casefold()

    assert SECRET.casefold() in pages()
    approve_masking(masking=masking, by=reviewer)
    before = pages()
    assert SECRET.casefold() not in before
    assert "(maskerat) är följd upp." in before
    assert "driften hos (maskerat) är granskad." in before
    assert "ord i planens rapporter maskerades" in before
    assert "leverantören skulle inte" not in before


@pytest.mark.parametrize("at", [4, 5])
def test_the_feeds_tell_of_the_act_and_not_the_words(client, masking, report, reviewer, at):
    slug = report.package.slug
    address = paths(slug)[at]
    page_cache.forget()
    assert "Maskerade ord" not in client.get(address).content.decode()
    approve_masking(masking=masking, by=reviewer)
    page_cache.forget()
    feed = client.get(address).content.decode()
    assert f"Maskerade ord: {report.title}" in feed
    assert "31 kap. 16 §" in feed
    assert f"/kravpaket/{slug}/versioner/" in feed
    assert SECRET.casefold() not in feed.casefold()
    assert GIVEN["reason"] not in feed
    names = re.findall("<id>(.*?)</id>", feed)
    assert len(set(names)) == len(names)


def test_the_report_and_its_checksum_stay(masking, report, reviewer):
    before = (report.content, report.sha256)
    approve_masking(masking=masking, by=reviewer)
    stored = FollowUpReport.objects.get()
    assert (stored.content, stored.sha256) == before
    assert digest(stored.content.encode()) == stored.sha256
    assert "granit" in read(stored.content).readings[0].comment


def test_the_events_tell_of_the_masking_and_not_the_words(masking, reviewer):
    approve_masking(masking=masking, by=reviewer)
    events = ChangeEvent.objects.about(masking)
    assert [(event.kind, event.actor) for event in events] == [
        ("approved", "reviewer"),
        ("requested", "coordinator"),
    ]
    assert SECRET not in str([event.detail for event in events])


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst", "staff"])
def test_who_does_not_write_the_reports_asks_for_nothing(report, request, persona):
    by = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        request_masking(package=report.package, words=SECRET, by=by, **GIVEN)


@pytest.mark.parametrize("persona", ["coordinator", "other_coordinator", "analyst", "staff"])
def test_nobody_but_a_reviewer_of_the_plan_approves(masking, request, persona):
    with pytest.raises(PermissionDenied):
        approve_masking(masking=masking, by=request.getfixturevalue(persona))
    assert Masking.objects.get().decision == "pending"


@pytest.mark.parametrize("words", ["", "  ", "Finns inte", "open", "uppfoljning", "rif", "Dri"])
def test_what_stands_in_no_text_cannot_be_masked(report, coordinator, words):
    with pytest.raises(ValidationError):
        request_masking(package=report.package, words=words, by=coordinator, **GIVEN)


def test_it_is_returned_with_a_reason_and_decided_once(masking, reviewer):
    with pytest.raises(ValidationError):
        return_masking(masking=masking, by=reviewer, answer=" ")
    return_masking(masking=masking, by=reviewer, answer="Namnet är offentligt.")
    with pytest.raises(ValidationError, match="redan"):
        approve_masking(masking=masking, by=reviewer)


def test_it_is_asked_for_and_approved_on_its_pages(report, as_persona):
    coordinator, reviewer = as_persona("coordinator"), as_persona("reviewer")
    at = reverse("admin:followup_mask", args=[report.package.plan_id])
    home = reverse("admin:actionplan_actionplan_follow_up", args=[report.package.plan_id])
    assert at in coordinator.get(home).content.decode()
    assert coordinator.post(at, {"words": "Finns inte", **GIVEN}).status_code == 400
    after = coordinator.post(at, {"words": SECRET, **GIVEN}, follow=True)
    assert "En annan person ska godkänna den" in text_of(after)
    decide = reverse("admin:followup_masking_decide", args=[Masking.objects.get().pk])
    assert coordinator.post(decide, {"_approve": "1"}).status_code == 403
    assert decide in reviewer.get(reverse("admin:index")).content.decode()
    page_text = text_of(reviewer.get(decide))
    assert SECRET in page_text
    assert "2 gånger i det som är publicerat" in page_text
    done = reviewer.post(decide, {"_approve": "1"}, follow=True)
    assert "Orden är maskerade" in text_of(done)
    for persona in ("analyst", "other_coordinator"):
        assert as_persona(persona).get(decide).status_code == 404


@pytest.fixture
def module(coordinator, reviewer) -> PackageVersion:
    """A module that names somebody, published."""
    package = ModuleFactory()
    RequirementFactory(package=package, code="UK-01", source="Kod", text=f"Som {SECRET}.")
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Modul.")


@pytest.fixture
def including(plan, module, coordinator, reviewer) -> PackageVersion:
    """A package that includes it, published with the same words of its own."""
    package = package_of(plan)
    RequirementFactory(package=package, code="SE-01", source="Kod", text=f"Inte som {SECRET}.")
    include_module(package=package, version=module, by=coordinator)
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Kraven.")
    indexing.catch_up()
    return version


def test_words_of_a_module_are_masked_in_what_others_include_of_it(
    client, module, including, coordinator, reviewer, django_capture_on_commit_callbacks
):
    masking = request_masking(package=module.package, words=SECRET, by=coordinator, **GIVEN)
    with django_capture_on_commit_callbacks(execute=True):
        approve_masking(masking=masking, by=reviewer)
    slug = including.package.slug
    of_module = text_of(client.get(f"/kravpaket/{module.package.slug}/v1/krav/UK-01/"))
    included = text_of(client.get(f"/kravpaket/{slug}/v1/krav/UK-01/"))
    own = text_of(client.get(f"/kravpaket/{slug}/v1/krav/SE-01/"))
    assert "Som (maskerat)." in of_module
    assert "Som (maskerat)." in included
    assert SECRET not in of_module + included
    assert f"Inte som {SECRET}." in own
    for package in (module.package, including.package):
        feed = client.get(f"/kravpaket/{package.slug}/flode/").content.decode()
        assert feed.count("Maskerade ord:") == 1


def test_who_keeps_the_module_asks_on_its_page(module, as_persona):
    coordinator = as_persona("coordinator")
    home = reverse("admin:requirements_pkg_requirementspackage_change", args=[module.package_id])
    ask = reverse("admin:followup_mask_module", args=[module.package_id])
    assert ask in coordinator.get(home).content.decode()
    assert ask not in as_persona("other_coordinator").get(home).content.decode()
    sent = coordinator.post(ask, {"words": SECRET, **GIVEN}, follow=True)
    assert "En annan person ska godkänna den" in text_of(sent)
    decide = reverse("admin:followup_masking_decide", args=[Masking.objects.get().pk])
    assert "1 gång i det som är publicerat" in text_of(as_persona("reviewer").get(decide))
    assert as_persona("other_coordinator").get(ask).status_code == 403


def test_nobody_else_asks_for_it(module, other_coordinator):
    with pytest.raises(PermissionDenied):
        request_masking(package=module.package, words=SECRET, by=other_coordinator, **GIVEN)
