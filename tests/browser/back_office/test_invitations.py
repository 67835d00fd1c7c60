"""Somebody is invited, joins by the link of the mail, and chooses a second step."""

import re

from django.core import mail
from django.urls import reverse

from actionplan.models import Invitation, User
from tests.browser.back_office.test_own_log_in import DRESSES

PASSWORD = "sju svarta svanar"


def test_who_is_invited_writes_a_name_and_is_in(page, context, site, log_in, settings, faults):
    settings.SITE_ADDRESS, settings.MFA_REQUIRED = "https://krav.example", False
    log_in(context, "administrator")
    page.goto(site + reverse("admin:actionplan_invitation_add"))
    assert faults(page, DRESSES) == []
    page.get_by_label("E-postadress").fill("nils@region.example")
    page.get_by_label("Organisation").select_option(label="Region Uppsala")
    page.get_by_label("samordnare").check()
    page.get_by_role("button", name="Bjud in").click()
    page.get_by_text("En inbjudan har skickats till nils@region.example.").wait_for()
    page.get_by_role("link", name="nils@region.example").click()
    page_text = page.locator("#content").inner_text()
    assert "samordnare, Region Uppsala" in page_text
    assert Invitation.objects.get().token_sha256 not in page_text
    context.clear_cookies()
    link = re.search(r"https://krav\.example(/admin/inbjudan/\S+/)", mail.outbox[-1].body)[1]
    page.goto(site + link)
    assert faults(page, DRESSES) == []
    page.get_by_label("Förnamn").fill("Nils")
    page.get_by_label("Efternamn").fill("Ny")
    page.get_by_label("Lösenord:").fill(PASSWORD)
    page.get_by_label("Lösenordet igen").fill(PASSWORD)
    page.get_by_role("button", name="Gå med").click()
    page.get_by_text("Ditt konto är klart.").wait_for()
    # Shown by the link itself: no other mail is asked for.
    settings.MFA_REQUIRED = True
    page.get_by_label("Användarnamn eller e-postadress").fill("nils@region.example")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("link", name="Koppla en app").click()
    page.get_by_label("Kod").wait_for()
    assert User.objects.get(email="nils@region.example").get_full_name() == "Nils Ny"
