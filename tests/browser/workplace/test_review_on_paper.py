"""A review on paper has what is read, and nothing that can only be pressed."""

from tests.browser.back_office.test_reviewer import decide, publish_request

__all__ = ["decide", "publish_request"]
PRESSED = ".read-so-far a, .tick .btn, .tick-all, .change .badges a, .comments > details"
WIDER = """() => {
  const paper = document.documentElement.clientWidth;
  const [...cards] = document.querySelectorAll(".change");
  return cards.map(card => card.getBoundingClientRect()).filter(
    ({ left, right }) => right > paper || right - left < 0.8 * paper).length;
}"""


def test_a_review_is_printed_without_its_buttons_and_as_wide_as_the_paper(
    page, context, log_in, decide
):
    log_in(context, "reviewer")
    page.goto(decide)
    page.get_by_role("link", name="Läs nästa olästa ändring").click()
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    assert page.locator(".change").count() > 0
    assert page.locator(PRESSED).count() > 0
    assert page.locator(f":is({PRESSED}):visible").count() == 0
    assert page.evaluate(WIDER) == 0


def test_there_is_room_for_the_reasons_of_who_returns_a_draft(page, context, log_in, decide):
    log_in(context, "reviewer")
    page.goto(decide)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = page.locator("main textarea, #content textarea").all()
        assert boxes
        assert min(box.bounding_box()["width"] for box in boxes if box.is_visible()) > 250
