"""Somebody tells how a requirement works, with the keyboard of a narrow window."""

import pytest
from django.urls import reverse

from requirements_pkg.actions.publishing import publish
from requirements_pkg.models import Feedback, PackageVersion
from requirements_pkg.public.dialogue import sent_forms
from tests.factories import PackageFactory, RequirementFactory

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def published(plan, coordinator, reviewer) -> PackageVersion:
    package = PackageFactory(plan=plan)
    RequirementFactory(package=package, code="SE-01", title="Spåra tenn till smältverket")
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_requirement_is_answered_by_keyboard_alone(
    site, published, page, violations, complaints, width, monkeypatch
):
    monkeypatch.setattr(sent_forms, "LEAST", sent_forms.LEAST * 0)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{site}{reverse('requirement', args=[published.package.slug, 'SE-01'])}")
    page.get_by_role("link", name="Berätta för oss").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Nej").wait_for()
    assert not page.evaluate(WIDER)
    page.get_by_role("button", name="Skicka").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Ange om kravet fungerar för dig.").wait_for()
    assert not page.evaluate(WIDER)
    page.get_by_role("radio", name="Ja").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Mätmetoden finns inte.")
    # Name, organisation, address, consent; what people never see is passed over.
    for _stop in range(5):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Vad vi sparar, och hur länge"
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tack").wait_for()
    assert [(row.works, row.text) for row in Feedback.objects.all()] == [
        ("no", "Mätmetoden finns inte.")
    ]
    assert violations(page) == []
