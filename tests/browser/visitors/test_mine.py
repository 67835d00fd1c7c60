"""One's own page in a browser: a calendar is made, and a mail's link turns reminders off."""

import pytest
from django.urls import reverse

from followup.actions.personal import off_token
from followup.models import CalendarFeed, ReminderOptOut
from tests.factories import FollowUpFactory

WIDTHS = [320, 768, 1280]
# So wide a window folds the menu.
NARROW = 768


@pytest.fixture
def waiting(site, version, coordinator) -> str:
    """The site, with something for the coordinator to do."""
    FollowUpFactory(version=version, responsible=coordinator)
    return site


@pytest.mark.parametrize("width", WIDTHS)
def test_a_coordinator_makes_a_calendar_and_can_read_the_page_at_any_width(
    waiting, page, context, log_in, violations, complaints, width
):
    log_in(context)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{waiting}/admin/")
    if width <= NARROW:
        page.get_by_text("Meny", exact=True).click()
    page.get_by_role("link", name="Mina påminnelser och min kalender").click()
    page.get_by_role("button", name="Skapa en adress").click()
    assert "/kalender/" in page.get_by_label("Adress", exact=True).input_value()
    assert CalendarFeed.objects.count() == 1
    is_wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(is_wider)
    # Before axe, which reads style sheets in ways that the browser complains of.
    assert complaints == []
    assert violations(page) == []


def test_the_link_of_a_mail_turns_reminders_off_without_a_login(
    waiting, page, coordinator, violations, complaints
):
    page.goto(f"{waiting}{reverse('reminders_off', args=[off_token(coordinator)])}")
    page.get_by_role("button", name="Stäng av påminnelser").click()
    page.get_by_role("heading", name="Påminnelserna är avstängda").wait_for()
    assert ReminderOptOut.objects.get().user == coordinator
    assert complaints == []
    assert violations(page) == []
