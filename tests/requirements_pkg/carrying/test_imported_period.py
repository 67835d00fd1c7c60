"""A document of later years leads to starting them from the plan before, and then changes that."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from actionplan.models import ActionPlan
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.models import Requirement
from risks.models import RiskStatement
from tests.factories import RequirementFactory
from tests.requirements_pkg.admin_forms import address, text_of

EXAMPLE = Path(settings.BASE_DIR / "examples/handlingsplan-it-teknisk-plattform.txt")
LATER = EXAMPLE.read_text().replace("2023", "2026").replace("2025", "2028")


def uploaded(client, text: str):
    upload = SimpleUploadedFile("plan.txt", text.encode())
    return client.post("/admin/risks/riskmatrix/importera/", {"file": upload}, follow=True)


def imported(client, text: str) -> ActionPlan:
    preview = uploaded(client, text)
    sent = {"foreseen": preview.context["foreseen"]}
    client.post(preview.redirect_chain[-1][0], sent, follow=True)
    return ActionPlan.objects.latest("pk")


@pytest.fixture
def old(as_persona) -> ActionPlan:
    """A plan that was imported, with a requirement that treats a risk of it."""
    plan = imported(as_persona("coordinator"), EXAMPLE.read_text())
    risk = RiskStatement.objects.filter(cell__product_area__plan=plan).first()
    RequirementFactory(package=package_of(plan), code="SE-01", treats=[risk], source="Lag")
    return plan


def test_a_document_of_later_years_leads_to_starting_them(old, as_persona):
    client = as_persona("coordinator")
    page = text_of(uploaded(client, LATER))
    start = f"{address('start_period', old.pk)}?first_year=2026&amp;last_year=2028"
    assert start in page
    assert "Kategorin har redan en plan för 2023–2025." in page
    form = text_of(client.get(start.replace("&amp;", "&")))
    assert 'value="2026"' in form
    client.post(address("start_period", old.pk), {"first_year": 2026, "last_year": 2028})
    new = ActionPlan.objects.get(first_year=2026)
    # Now the document is about that plan, and says the same.
    page = text_of(uploaded(client, LATER))
    assert start not in page
    assert "Planen är ny." not in page
    changed = imported(client, LATER.replace("sällsynta", "mycket sällsynta"))
    assert changed == new
    assert Requirement.objects.get(package__plan=new).treatments.count() == 1


def test_a_document_of_the_same_or_earlier_years_does_not(old, as_persona):
    client = as_persona("coordinator")
    earlier = EXAMPLE.read_text().replace("2023", "2019").replace("2025", "2021")
    for text in (EXAMPLE.read_text(), earlier):
        assert "start_period" not in text_of(uploaded(client, text))
        assert "Starta nästa period" not in text_of(uploaded(client, text))


def test_years_of_an_address_that_are_none_are_only_shown(old, as_persona):
    client, start = as_persona("coordinator"), address("start_period", old.pk)
    page = client.get(start, {"first_year": "<script>", "last_year": "2028"})
    assert page.status_code == 200
    assert "<script>" not in text_of(page).split("<h1>")[1]
