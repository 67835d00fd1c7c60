"""Whoever goes from stop to stop sees where she is: nothing that sticks covers the focus."""

import pytest
from django.urls import reverse

from requirements_pkg.actions.publishing import package_of, publish
from risks.models import RiskStatement
from tests.factories import RequirementFactory

WIDTHS = [360, 768, 1280]
MOST_STOPS = 400
# The stop that has the focus, and what sticks on top of it; None after the last stop.
STOP = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const rects = [...stop.getClientRects()];
  const points = rects.flatMap(box => [
    [box.left + 3, box.top + 3], [box.left + box.width / 2, box.top + box.height / 2],
    [box.right - 3, box.bottom - 3],
  ]);
  const covers = (x, y) => {
    for (let top = document.elementFromPoint(x, y); top; top = top.parentElement) {
      if (top.contains(stop) || stop.contains(top)) return false;
      if (["sticky", "fixed"].includes(getComputedStyle(top).position)) return true;
    }
    return false;
  };
  const shown = points.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const fault = !shown.length ? "out of sight" : shown.some(at => covers(...at)) ? "covered" : "";
  return [stop.outerHTML.slice(0, 160), fault];
}"""


def walked(page) -> list[tuple[str, str]]:
    """Every stop of a page with what is wrong with it, by the Tab key from the top."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("window.scrollTo(0, 0)")
    stops = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(tuple(stop))
    return stops


@pytest.fixture
def published(site, plan, coordinator, reviewer):
    package = package_of(plan)
    for at in range(1, 13):
        RequirementFactory(
            package=package,
            code=f"SE-{at:02}",
            title=f"Krav nummer {at}",
            position=at,
            treats=RiskStatement.objects.all()[:3],
        )
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_covers_the_focus_on_a_public_page(page, site, published, width):
    slug = published.package.slug
    page.set_viewport_size({"width": width, "height": 640})
    for address in (
        f"/kravpaket/{slug}/krav/",
        f"/kravpaket/{slug}/risker/",
        f"/urval/?paket={slug}&version=1&krav=SE-01&krav=SE-02",
    ):
        page.goto(f"{site}{address}")
        stops = walked(page)
        assert len(stops) > 20
        assert [stop for stop in stops if stop[1]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_covers_the_focus_in_the_grid(page, context, site, plan, log_in, width):
    log_in(context)
    page.set_viewport_size({"width": width, "height": 640})
    area = plan.product_areas.get(number=1)
    page.goto(site + reverse("admin:risks_riskmatrix_change", args=[area.pk]))
    stops = walked(page)
    assert len(stops) > 50
    assert [stop for stop in stops if stop[1]] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_covers_the_focus_in_the_lists_and_forms_of_the_admin(
    page, context, site, published, log_in, width
):
    """A list with its bar of actions, and a form with its row of buttons."""
    log_in(context, "superuser")
    page.set_viewport_size({"width": width, "height": 640})
    requirement = published.package.requirements.first()
    for name, args in (
        ("requirements_pkg_requirement_changelist", []),
        ("requirements_pkg_requirement_change", [requirement.pk]),
    ):
        page.goto(site + reverse(f"admin:{name}", args=args))
        stops = walked(page)
        assert len(stops) > 10, name
        assert [stop for stop in stops if stop[1]] == []


def test_the_selection_is_a_few_stops_away(page, site, published):
    page.goto(f"{site}/kravpaket/{published.package.slug}/krav/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "till-urvalet"
    page.keyboard.press("Enter")
    page.wait_for_url("**/urval/**")


def test_a_box_is_named_by_its_requirement_and_a_tick_is_told(page, site, published):
    page.goto(f"{site}/kravpaket/{published.package.slug}/krav/")
    page.get_by_role("checkbox", name="Välj SE-03:1 Krav nummer 3", exact=True).check()
    status = page.get_by_role("status").filter(has_text="Valda krav")
    assert status.inner_text().split() == ["Valda", "krav:", "1"]
    assert page.locator("summary", has_text="SE-03 Krav nummer 3").count() == 1
