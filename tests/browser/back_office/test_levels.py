"""A coordinator pastes a national analysis in a real browser: narrow and wide, with axe."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from risks.models import RiskCell
from tests.risks.analyses import STACK

ADDRESS = "https://analys.example/bildskarmar"


@pytest.fixture
def grid(site, plan, context, coordinator) -> str:
    """The matrix of the plan's first area, open to its coordinator."""
    client = Client()
    client.force_login(coordinator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    area = plan.product_areas.get(number=1)
    return site + reverse("admin:risks_riskmatrix_change", args=[area.pk])


def is_wider_than_the_window(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_an_analysis_is_pasted_previewed_and_its_source_shown(
    page, grid, violations, width, scheme
):
    # High enough for the whole grid: what the bar below covers is another test's matter.
    page.set_viewport_size({"width": width, "height": 8000})
    page.emulate_media(color_scheme=scheme)
    page.goto(grid)
    page.get_by_role("link", name="Nivåer från en nationell riskanalys").click()
    page.get_by_label("Analysen som text").fill(STACK)
    page.get_by_label("Sidans adress").fill(ADDRESS)
    assert (violations(page), is_wider_than_the_window(page)) == ([], False)
    page.get_by_role("button", name="Förhandsgranska").click()
    assert page.get_by_text("16 ändringar").is_visible()
    assert (violations(page), is_wider_than_the_window(page)) == ([], False)
    page.get_by_role("button", name="Importera").click()
    assert page.get_by_text("Importerat: 16 ändringar.").is_visible()
    assert RiskCell.objects.filter(level_source=ADDRESS).count() == 12
    assert (violations(page), is_wider_than_the_window(page)) == ([], False)
