"""Somebody asks for mails, confirms them and ends them, with the keyboard of a narrow window."""

import pytest
from django.urls import reverse

from requirements_pkg.actions.dialogue.subscriptions import token_of
from requirements_pkg.models import Subscription
from requirements_pkg.public.dialogue import sent_forms

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_mails_are_asked_for_confirmed_and_ended_by_keyboard(
    site, version, page, violations, complaints, settings, width, monkeypatch
):
    monkeypatch.setattr(sent_forms, "LEAST", sent_forms.LEAST * 0)
    settings.SITE_ADDRESS = site
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(site)
    page.get_by_role("link", name="Få ett mejl när något publiceras").focus()
    page.keyboard.press("Enter")
    page.get_by_label("E-postadress").focus()
    page.keyboard.type("kim@upphandling.example")
    assert not page.evaluate(WIDER)
    assert complaints == []
    assert violations(page) == []
    page.get_by_role("button", name="Skicka").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Titta i din e-post").wait_for()
    row = Subscription.objects.get()
    page.goto(f"{site}{reverse('subscription', args=[token_of(row)])}")
    assert violations(page) == []
    page.get_by_role("button", name="Ja, skicka mejl till mig").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Avsluta prenumerationen").focus()
    assert Subscription.objects.confirmed().count() == 1
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Avsluta prenumerationen").focus()
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Prenumerationen är avslutad").wait_for()
    assert Subscription.objects.count() == 0
    assert not page.evaluate(WIDER)
