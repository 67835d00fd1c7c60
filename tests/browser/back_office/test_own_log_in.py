"""A log-in in two steps, and one with a passkey, as a browser does them."""

import os
import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from actionplan.accounts import address_proof
from tests.actionplan.accounts.entering.app import code
from tests.actionplan.accounts.test_log_in import PASSWORD

DRESSES = [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def required(settings) -> None:
    settings.MFA_REQUIRED = True


@pytest.fixture
def known(site, coordinator):
    coordinator.set_password(PASSWORD)
    coordinator.email = "sam@region.example"
    coordinator.save()
    return coordinator


@pytest.fixture
def key_ring(page, context):
    """A telephone that keeps passkeys and knows its owner's finger."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def enter(page, site: str) -> None:
    page.set_default_timeout(5_000)
    page.goto(site + reverse("account_login"))
    # Its icon, too: what is left while it is loaded is given up, and complained of.
    page.wait_for_load_state("networkidle")
    page.get_by_label("Användarnamn eller e-postadress").fill("coordinator")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def show_address(page, site: str, person) -> None:
    """Ask for the mail that the first second step needs, and open its link."""
    page.get_by_role("button", name="Skicka en länk").click()
    page.get_by_text("Mejlet är på väg.").wait_for()
    link = re.search(r"/admin/konto/adress/\S+/", address_proof.mail(person).body)[0]
    page.goto(site + link)
    page.get_by_text("Tack. Välj nu ditt andra steg.").wait_for()


def look(page, name: str, faults, complaints) -> None:
    """Nothing is wrong with the page in any dress; PICTURES names a folder for what it is like."""
    assert complaints == []
    assert faults(page, DRESSES) == []
    complaints.clear()
    if folder := os.environ.get("PICTURES"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_an_app_is_connected_and_asked_for(required, page, site, known, faults, complaints):
    enter(page, site)
    page.get_by_role("heading", name="Min inloggning").wait_for()
    look(page, "overview", faults, complaints)
    page.get_by_role("link", name="Koppla en app").click()
    look(page, "address", faults, complaints)
    show_address(page, site, known)
    page.get_by_role("link", name="Koppla en app").click()
    key = page.locator("code.key").inner_text()
    look(page, "app", faults, complaints)
    page.get_by_label("Kod").fill(code(key))
    page.get_by_role("button", name="Koppla appen").click()
    page.get_by_role("heading", name="Återställningskoder").wait_for()
    assert len(re.findall(r"\b\d{8}\b", page.inner_text("main"))) == 10
    look(page, "codes", faults, complaints)
    page.get_by_role("link", name="Fortsätt dit du var på väg").click()
    page.get_by_role("button", name="Logga ut").click()
    enter(page, site)
    look(page, "code", faults, complaints)
    page.get_by_label("Kod").fill(code(key, half_minutes=1))
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("link", name="Min inloggning").click()
    look(page, "overview-with-app", faults, complaints)


def test_a_passkey_is_made_and_lets_in_without_a_password(
    required, page, site, known, key_ring, faults, complaints
):
    site = site.replace("127.0.0.1", "localhost")
    enter(page, site)
    page.get_by_role("link", name="Lägg till en passnyckel").click()
    show_address(page, site, known)
    page.get_by_role("link", name="Lägg till en passnyckel").click()
    look(page, "passkey", faults, complaints)
    page.get_by_label("Vad den heter").fill("Min telefon")
    page.get_by_role("button", name="Skapa passnyckeln").click()
    page.get_by_role("heading", name="Återställningskoder").wait_for()
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Min telefon"
    page.get_by_role("link", name="Fortsätt dit du var på väg").click()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_load_state("networkidle")
    page.goto(site + reverse("account_login") + "?next=/admin/actionplan/goal/")
    look(page, "log-in", faults, complaints)
    page.get_by_role("button", name="Logga in med passnyckel").click()
    page.wait_for_url(site + "/admin/actionplan/goal/")
    page.goto(site + reverse("mfa_index"))
    page.get_by_role("link", name="Ta bort Min telefon").click()
    look(page, "remove", faults, complaints)
    assert "Lägg till ett annat innan du tar bort det här." in page.inner_text("main")


def test_a_passkey_is_the_second_step_too_and_a_refusal_is_said(
    required, page, site, known, key_ring, complaints
):
    site = site.replace("127.0.0.1", "localhost")
    enter(page, site)
    page.get_by_role("link", name="Lägg till en passnyckel").click()
    show_address(page, site, known)
    page.get_by_role("link", name="Lägg till en passnyckel").click()
    page.get_by_role("button", name="Skapa passnyckeln").click()
    page.get_by_role("heading", name="Återställningskoder").wait_for()
    page.goto(site + reverse("admin:index"))
    page.get_by_role("button", name="Logga ut").click()
    enter(page, site)
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('nej')); }")
    page.get_by_role("button", name="Använd en passnyckel").click()
    page.get_by_text("Webbläsaren fick ingen passnyckel.").wait_for()
    page.reload()
    page.get_by_role("button", name="Använd en passnyckel").click()
    page.wait_for_url(site + "/admin/")


def test_without_a_script_the_way_without_one_is_told(browser, site, known):
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    enter(page, site)
    page.goto(site + reverse("mfa_add_webauthn"))
    assert "En passnyckel kräver JavaScript" in page.inner_text("main")
    page.get_by_role("link", name="Koppla en app för koder i stället").click()
    assert page.get_by_role("button", name="Koppla appen").is_visible()
    context.close()
