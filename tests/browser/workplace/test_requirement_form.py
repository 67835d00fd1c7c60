"""The form of a requirement: only what its kind is asked for, and no text cut."""

import pytest

from requirements_pkg.actions.publishing import package_of
from requirements_pkg.models import Requirement
from tests.factories import RequirementFactory

LONG = "Leverantören ska redovisa smältverken. " * 20
CUT = """all => all.filter(
  box => box.offsetParent && box.scrollHeight > box.clientHeight + 2).map(box => box.name)"""


@pytest.fixture
def requirement(site, plan) -> Requirement:
    return RequirementFactory(package=package_of(plan), code="SE-01", text=LONG, guidance=LONG)


@pytest.fixture
def form(page, context, site, log_in, requirement, complaints):
    log_in(context)
    page.goto(f"{site}/admin/requirements_pkg/requirement/{requirement.pk}/change/")
    yield page
    assert complaints == []


def test_points_and_a_scale_are_asked_of_an_award_criterion_alone(form):
    points, scale = form.locator("#id_max_points"), form.locator("#id_scale")
    assert not points.is_visible()
    assert not scale.is_visible()
    form.select_option("#id_kind", "award")
    points.fill("10")
    scale.fill("10 poäng: allt")
    # What somebody has written is never hidden, and the form says what is wrong with it.
    form.select_option("#id_kind", "contract")
    assert points.is_visible()
    form.get_by_role("button", name="Spara", exact=True).first.click()
    assert "bara för det" in form.inner_text("#requirement_form")
    points.fill("")
    scale.fill("")
    assert not scale.is_visible()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_text_of_the_form_is_cut(form, width):
    form.set_viewport_size({"width": width, "height": 900})
    assert form.locator("#requirement_form textarea").evaluate_all(CUT) == []
