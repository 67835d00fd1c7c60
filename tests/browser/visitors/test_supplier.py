"""A supplier is sent questions, answers them by keyboard without a log-in, and gets a receipt."""

from itertools import product

import pytest
from django.urls import reverse

from followup.actions.answering.supplier_forms import send_form, token_of
from followup.actions.follow_ups import ask
from followup.models import Attachment, FollowUp, SupplierForm
from requirements_pkg.actions.publishing import package_of, publish
from tests.browser.conftest import SCHEMES
from tests.factories import DeviationFactory, FollowUpFactory, RequirementFactory
from tests.followup.actions.answering.conftest import facts

DRESSES = list(product((360, 1280), SCHEMES))


@pytest.fixture
def asking(site, plan, coordinator, reviewer) -> FollowUp:
    """A planned follow-up with a question."""
    requirement = RequirementFactory(package=package_of(plan), code="SE-01", title="Spåra tenn")
    people = {"by": coordinator, "approved_by": reviewer}
    version = publish(package=requirement.package, note="Första.", **people)
    follow_up = FollowUpFactory(version=version)
    ask(follow_up=follow_up, requirement_uids=[str(requirement.uid)], by=coordinator)
    return follow_up


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visiting(request, browser):
    """A supplier's page, with JavaScript and without."""
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_a_supplier_is_sent_a_page_answers_and_gets_a_receipt(
    browser, log_in, site, asking, visiting, tmp_path
):
    context = browser.new_context()
    log_in(context)
    sender = context.new_page()
    sender.goto(site + reverse("admin:followup_followup_change", args=[asking.pk]))
    sender.get_by_role("link", name="Skicka till leverantören").press("Enter")
    sender.get_by_role("button", name="Skicka").press("Enter")
    sender.get_by_text("Frågorna kan besvaras på leverantörens sida.").wait_for()
    address = sender.get_by_role("link", name="/svara/").get_attribute("href")
    context.close()

    file = tmp_path / "intyg.pdf"
    file.write_bytes(b"%PDF-1.4 intyg")
    page = visiting
    page.goto(address)
    page.get_by_label("Delvis").press("Space")
    page.get_by_label("Kommentar: SE-01:1").fill("Två smältverk saknas.")
    page.get_by_label("Bifoga filer: SE-01:1").set_input_files(file)
    page.get_by_role("button", name="Spara och fortsätt senare").press("Enter")
    page.get_by_text("Sparat. Inget är inskickat än.").wait_for()
    page.get_by_role("button", name="Skicka in svaren").press("Enter")
    page.get_by_role("heading", name="Era svar är inskickade").wait_for()
    question = FollowUp.objects.get().questions.get()
    assert (question.answer, question.comment) == ("partly", "Två smältverk saknas.")
    assert Attachment.objects.get().file_name == "intyg.pdf"


def test_no_page_of_the_supplier_has_a_fault_in_any_dress(
    page, site, asking, coordinator, faults, complaints
):
    form = send_form(follow_up=asking, facts=facts(), by=coordinator)
    address = site + reverse("supplier_form", args=[token_of(form)])
    page.goto(address)
    assert faults(page, DRESSES) == []
    page.get_by_role("button", name="Skicka in svaren").click()
    page.get_by_role("alert").wait_for()
    assert faults(page, DRESSES) == []
    # The browser tells of what was answered with 400.
    complaints.clear()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Skicka in svaren").click()
    page.get_by_role("heading", name="Era svar är inskickade").wait_for()
    assert faults(page, DRESSES) == []


def test_no_page_of_who_asks_has_a_fault_in_any_dress(browser, log_in, site, asking, faults):
    deviation = DeviationFactory(
        follow_up=asking, requirement=asking.version.package.requirements.get()
    )
    context = browser.new_context()
    log_in(context)
    page = context.new_page()
    for name, args in (
        ("followup_send_many", []),
        ("followup_send", [asking.pk]),
        ("followup_attachments", [deviation.pk]),
    ):
        page.goto(site + reverse(f"admin:{name}", args=args))
        assert faults(page, DRESSES) == [], name
    assert not SupplierForm.objects.exists()
    context.close()
