"""Lists of the back office in a browser: the filters leave the list its room, words stay whole."""

import pytest
from django.contrib.admin import site as site_of_admin

from risks.models import RiskCell
from tests.browser.broken_words import BROKEN_WORDS

WIDTHS = [768, 1100, 1280, 1440]
SHARE = """() => {
  const list = document.querySelector(".changelist-form-container").getBoundingClientRect();
  return list.width / document.querySelector("#content-main").getBoundingClientRect().width;
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_filters_leave_a_list_its_room(site, page, context, plan, log_in, complaints, width):
    log_in(context)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/admin/actionplan/indicator/")
    assert page.get_by_role("heading", name="Filtrera").is_visible()
    assert page.evaluate(SHARE) > 0.7
    is_wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(is_wider)
    assert complaints == []


def test_nothing_of_a_pager_is_cut_off(site, page, context, plan, log_in, monkeypatch):
    monkeypatch.setattr(site_of_admin.get_model_admin(RiskCell), "list_per_page", 1)
    log_in(context)
    page.goto(f"{site}/admin/risks/riskcell/?p=9")
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        pager = page.locator(".paginator").last
        assert pager.locator("a").count() > 5
        assert pager.evaluate("pager => pager.scrollWidth <= pager.clientWidth"), width


def test_no_name_of_a_list_or_a_filter_is_broken(site, page, context, plan, log_in):
    log_in(context)
    broken = []
    for address in ("/admin/", "/admin/risks/riskcell/", "/admin/risks/riskstatement/"):
        page.goto(site + address)
        for width in (320, 360, 768, 1100, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            broken += [(address, width, word) for word in page.evaluate(BROKEN_WORDS)]
    assert broken == []


def test_a_wide_list_scrolls_within_the_window(site, page, context, plan, log_in):
    log_in(context)
    page.goto(f"{site}/admin/actionplan/changelog/")
    # As long as what a nation writes.
    page.locator("#result_list tbody td").first.evaluate("cell => cell.append('Ord'.repeat(150))")
    for width in (360, 1024, 1060, 1100, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, width
