"""A consultation from end to end: sent out, let out, answered without a script, decided, read."""

from itertools import product

import pytest
from django.urls import reverse

from requirements_pkg.actions.dialogue.consultations import close_consultation
from requirements_pkg.actions.dialogue.deciding import decide_remark, sum_up
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import Consultation, ConsultationRemark, ConsultationState
from requirements_pkg.public.dialogue import sent_forms
from tests.browser.conftest import SCHEMES
from tests.factories import RequirementFactory, answered, consult

DRESSES = list(product((360, 1280), SCHEMES))
AGREED = {"has_consented": True}


@pytest.fixture
def package(site, plan, coordinator, reviewer):
    """A package in force, of which one requirement is reworded and one is new."""
    requirement = RequirementFactory(package=package_of(plan), code="SE-01", title="Spåra tenn")
    publish(package=requirement.package, by=coordinator, approved_by=reviewer, note="Första.")
    requirement.text = f"{requirement.text} Redovisa varje år."
    requirement.save()
    RequirementFactory(package=requirement.package, code="SE-02", title="Redovisa kobolt")
    return requirement.package


@pytest.fixture
def opened(package, coordinator, reviewer) -> Consultation:
    return consult(package, coordinator, reviewer)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visiting(request, browser):
    """A visitor's page, with JavaScript and without."""
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_a_coordinator_sends_it_out_and_a_reviewer_lets_it_out(browser, log_in, site, package):
    contexts = {name: browser.new_context() for name in ("coordinator", "reviewer")}
    for name, context in contexts.items():
        log_in(context, name)
    page = contexts["coordinator"].new_page()
    page.goto(site + reverse("admin:actionplan_actionplan_review", args=[package.plan_id]))
    page.get_by_role("link", name="Skicka på remiss").press("Enter")
    page.get_by_label("Vad ni frågar om").fill("Är kraven rimliga?")
    page.get_by_role("button", name="Skicka för godkännande").press("Enter")
    page.get_by_text("Remissen är skickad för godkännande.").wait_for()
    row = Consultation.objects.get()
    other = contexts["reviewer"].new_page()
    other.goto(site + reverse("admin:requirements_pkg_decide_consultation", args=[row.pk]))
    other.get_by_role("button", name="Godkänn och skicka ut").press("Enter")
    other.get_by_text("Utkastet är ute på remiss.").wait_for()
    row.refresh_from_db()
    assert row.state() is ConsultationState.OPEN
    for context in contexts.values():
        context.close()


def test_a_visitor_answers_by_keyboard_and_sees_the_receipt(visiting, site, opened, monkeypatch):
    monkeypatch.setattr(sent_forms, "LEAST", sent_forms.LEAST * 0)
    page = visiting
    page.goto(site + reverse("consultations"))
    page.get_by_role("link", name=opened.title).press("Enter")
    page.get_by_role("button", name="Börja svara").press("Enter")
    page.get_by_label("Ditt svar om helheten").fill("Bra ambition.")
    page.get_by_role("button", name="Spara och fortsätt").press("Enter")
    page.get_by_role("link", name="Redovisa kobolt").press("Enter")
    page.get_by_label("Vad vill du säga?").fill("Hur mäts det?")
    page.get_by_role("button", name="Spara och gå tillbaka").press("Enter")
    page.get_by_text("Du har skrivit", exact=True).wait_for()
    page.get_by_role("button", name="Titta igenom och skicka").press("Enter")
    page.get_by_role("textbox", name="Organisation").fill("Tenn AB")
    page.get_by_role("button", name="Skicka svaret").press("Enter")
    page.get_by_text("Kryssa för att vi får spara dina uppgifter").wait_for()
    page.get_by_label("Ni får spara mitt namn").check()
    page.get_by_role("button", name="Skicka svaret").press("Enter")
    page.get_by_role("heading", name="Tack för ditt svar").wait_for()
    texts = list(ConsultationRemark.objects.values_list("cite", "text"))
    assert texts == [("", "Bra ambition."), ("SE-02:1", "Hur mäts det?")]


def test_the_coordinator_decides_and_closes(browser, log_in, site, opened):
    answered(opened, {"": "Bra ambition."})
    context = browser.new_context()
    log_in(context)
    page = context.new_page()
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name="1 synpunkt på utkastet").first.press("Enter")
    page.get_by_role("link", name="Om helheten").press("Enter")
    page.get_by_label("Delvis beaktad").check()
    page.get_by_label("Varför").fill("Vi skärper målet.")
    page.get_by_role("button", name="Spara och gå till nästa").press("Enter")
    page.get_by_text("Beslutet är sparat.").wait_for()
    row = ConsultationRemark.objects.get()
    assert (row.decision, row.summary) == ("partly", "Bra ambition.")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_it_is_closed_summed_up_approved_and_read_with_the_version(
    browser, log_in, site, opened, width
):
    answered(opened, {"": "Bra ambition."}, organisation="Tenn AB", may_be_named=True, **AGREED)
    pages = {}
    for name in ("coordinator", "reviewer"):
        context = browser.new_context(viewport={"width": width, "height": 844})
        log_in(context, name)
        pages[name] = context.new_page()
    page = pages["coordinator"]
    page.goto(site + reverse("admin:requirements_pkg_sum_up", args=[opened.pk]))
    page.get_by_text("Remissen är fortfarande öppen").wait_for()
    page.get_by_role("link", name="Till remissen").press("Enter")
    page.get_by_role("button", name="Avsluta: ta inte emot fler svar").press("Enter")
    page.get_by_text("Remissen är avslutad.").wait_for()
    page.get_by_role("link", name="Läs och besluta om svaren").press("Enter")
    page.get_by_text("1 synpunkt väntar på beslut.").wait_for()
    page.get_by_role("link", name="Om helheten").press("Enter")
    page.get_by_label("Delvis beaktad").check()
    page.get_by_label("Varför").fill("Vi skärper målet.")
    page.get_by_role("button", name="Spara och gå till nästa").press("Enter")
    page.get_by_role("link", name="Sammanfatta").press("Enter")
    # What will be published is read before it is.
    page.get_by_text("Vi skärper målet.").wait_for()
    page.get_by_role("button", name="Sammanfatta").press("Enter")
    page.get_by_text("Remissen är sammanfattad").wait_for()
    page.goto(site + reverse("admin:requirements_pkg_ask", args=[opened.package.plan_id]))
    page.get_by_label("Nytt i versionen").fill("Efter remissen.")
    page.get_by_role("button", name="Skicka för godkännande").press("Enter")
    other = pages["reviewer"]
    other.goto(f"{site}/admin/")
    other.get_by_role("link", name="Begäran").first.press("Enter")
    other.get_by_label("Godkänn fast").check()
    other.get_by_role("button", name="Godkänn och publicera").press("Enter")
    visitor = browser.new_context(viewport={"width": width, "height": 844}).new_page()
    visitor.goto(f"{site}/kravpaket/{opened.package.slug}/")
    visitor.get_by_role("link", name="Vad de ledde till").first.press("Enter")
    visitor.get_by_role("heading", name="Vad remissen ledde till").wait_for()
    for words in ("Bra ambition.", "Delvis beaktad", "Vi skärper målet.", "Tenn AB"):
        assert visitor.get_by_text(words).first.is_visible()
    for context in [*(p.context for p in pages.values()), visitor.context]:
        context.close()


def test_no_page_has_a_fault_at_any_width_in_any_dress(page, site, opened, faults, complaints):
    address = f"{site}/remiss/{opened.key}/"
    for path in ("", "forslag/", "andringar/", "krav/SE-01/"):
        page.goto(address + path)
        assert faults(page, DRESSES) == []
    page.goto(site + reverse("consultations"))
    assert faults(page, DRESSES) == []


def test_the_pages_of_the_coordinator_and_what_came_of_it_have_no_fault(
    browser, log_in, site, opened, coordinator, reviewer, faults
):
    answered(opened, {"": "Bra ambition."})
    context = browser.new_context()
    log_in(context)
    page = context.new_page()
    names = ("consultation", "answers", "invitees", "sum_up", "decide_consultation")
    addresses = [reverse(f"admin:requirements_pkg_{name}", args=[opened.pk]) for name in names]
    remark = ConsultationRemark.objects.get()
    addresses.append(reverse("admin:requirements_pkg_decide_remark", args=[remark.pk]))
    for address in addresses:
        page.goto(site + address)
        assert faults(page, DRESSES) == [], address
    # Closed and decided on: what will be published stands there.
    close_consultation(consultation=opened, by=coordinator)
    remark.decision, remark.summary, remark.reason = "partly", "I korthet.", "Därför."
    remark.reply.consultation = opened
    decide_remark(remark=remark, by=coordinator)
    for name in names:
        page.goto(site + reverse(f"admin:requirements_pkg_{name}", args=[opened.pk]))
        assert faults(page, DRESSES) == [], name
    sum_up(consultation=opened, by=coordinator)
    package = opened.package
    publish(package=package, by=coordinator, approved_by=reviewer, note="Efter remissen.")
    page.goto(site + reverse("version_consultations", args=[package.slug, 2]))
    page.get_by_text("Därför.").wait_for()
    assert faults(page, DRESSES) == []
    context.close()
