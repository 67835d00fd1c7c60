"""A reviewer in a real browser: reads what changes, ticks, comments, returns; and axe."""

from itertools import product

import pytest
from django.urls import reverse

from requirements_pkg.actions.publishing import package_of, publish, request_publication
from requirements_pkg.actions.reviewing.comments import resolve, start_thread
from requirements_pkg.actions.withdrawal import request_withdrawal
from requirements_pkg.models import PublishRequest, ReadTick
from risks.models import RiskCell
from tests.browser.conftest import SCHEMES
from tests.factories import RequirementFactory

DRESSES = list(product((360, 1280), SCHEMES))


@pytest.fixture
def publish_request(site, plan, coordinator, reviewer) -> PublishRequest:
    """A published plan with changes of all kinds, sent for approval."""
    requirement = RequirementFactory(package=package_of(plan), code="SE-01")
    publish(package=requirement.package, by=coordinator, approved_by=reviewer, note="Första.")
    requirement.text = f"{requirement.text} Redovisa varje år."
    requirement.save()
    RequirementFactory(package=requirement.package, code="SE-02", verification="")
    plan.introduction = "En helt annan inledning."
    plan.save()
    return request_publication(package=requirement.package, by=coordinator, note="Nytt.")


@pytest.fixture
def decide(site, publish_request) -> str:
    return site + reverse("admin:requirements_pkg_decide", args=[publish_request.pk])


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def browsing(request, browser, log_in):
    """A reviewer's page, with JavaScript and without."""
    context = browser.new_context(java_script_enabled=request.param)
    log_in(context, "reviewer")
    yield context.new_page()
    context.close()


def test_a_draft_is_read_ticked_commented_and_returned(browsing, decide, publish_request):
    page = browsing
    page.goto(decide)
    page.get_by_role("link", name="Läs nästa olästa ändring").press("Enter")
    page.get_by_role("button", name="Markera som läst").first.press("Enter")
    assert page.get_by_text("1 av 3 lästa").is_visible()
    page.get_by_role("link", name="Nästa olästa ändring").press("Enter")
    changed = page.locator("article.change", has_text="SE-01")
    assert changed.locator("ins").get_by_text("Redovisa varje år.").is_visible()
    changed.locator("summary", has_text="Ny kommentar").press("Enter")
    changed.get_by_label("Kommentar", exact=True).fill("Vilket datum?")
    changed.get_by_role("button", name="Spara kommentaren").press("Enter")
    assert page.locator("article.change", has_text="SE-01").get_by_text("Vilket datum?").count()
    page.get_by_role("button", name="Markera allt på sidan som läst").press("Enter")
    page.goto(decide)
    assert page.get_by_text("3 av 3 lästa").is_visible()
    assert ReadTick.objects.count() == 3
    page.get_by_label("Ta med din olösta kommentar").check()
    page.get_by_role("button", name="Lämna tillbaka").press("Enter")
    publish_request.refresh_from_db()
    assert (publish_request.decision, "Vilket datum?" in publish_request.reason) == (
        "returned",
        True,
    )


def test_the_pages_of_a_review_have_no_fault(
    page, context, site, decide, publish_request, log_in, faults
):
    version = publish_request.package.versions.get()
    requirement = publish_request.package.requirements.get(code="SE-01")
    people = {"by": publish_request.requested_by}
    comment = start_thread(about=requirement, text="Vilken källa?", **people)
    resolve(thread=start_thread(about=requirement, text="Klart.", **people).thread, **people)
    cell = RiskCell.objects.filter(product_area__plan=publish_request.package.plan).last()
    start_thread(about=cell, text="Belägg?", quote="Gruvor.", **people)
    withdrawal = request_withdrawal(version=version, reason="Fel gräns.", **people)
    plan = publish_request.package.plan_id
    addresses = [
        decide,
        *(
            site + reverse(f"admin:requirements_pkg_{name}", args=args)
            for name, args in (
                ("changes", [plan, "om"]),
                ("changes", [plan, "krav"]),
                ("comments", ["krav", requirement.pk]),
                ("comments", ["ruta", cell.pk]),
                ("thread", [comment.thread_id]),
                ("all_comments", ["plan", plan]),
                ("decide_withdrawal", [withdrawal.pk]),
            )
        ),
        site + reverse("admin:requirements_pkg_requirement_change", args=[requirement.pk]),
    ]
    log_in(context, "reviewer")
    all_faults = {}
    for address in addresses:
        page.goto(address)
        if fault := faults(page, DRESSES):
            all_faults[address] = fault
    assert all_faults == {}


def test_what_is_sent_is_seen_before_it_is_sent(
    page, context, site, publish_request, log_in, faults
):
    log_in(context)
    plan = publish_request.package.plan
    plan.introduction = "En tredje."
    plan.save()
    page.goto(site + reverse("admin:requirements_pkg_ask", args=[plan.pk]))
    assert faults(page, DRESSES) == []
    page.get_by_role("link", name="Om kravpaketet").click()
    assert page.locator("ins").first.is_visible()
