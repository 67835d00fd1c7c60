"""What was sent when the session had ended, or after another log-in, is brought back unsaved."""

import html
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from actionplan.models import Goal
from risks.models import RiskCell
from tests.actionplan.accounts.test_log_in import PASSWORD
from tests.project.back_office.test_forged_posts import rows_of
from tests.risks.grid.test_grid import cell_of, sent, texts

LOG_IN = reverse("admin:login")
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def token_of(response) -> str:
    return TOKEN.search(response.content.decode())[1]


def hidden(response, name: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return html.unescape(match[1]) if match else ""


class Browser:
    """A client that sends tokens and cookies as a browser does."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def log_in(self, user, page=None, **more):
        user.set_password(PASSWORD)
        user.save()
        page = page or self.client.get(LOG_IN)
        fields = {name: hidden(page, name) for name in ("next", "kept")} | more
        data = {"login": user.username, "password": PASSWORD, **fields}
        return self.send(LOG_IN, data, page, follow=True)

    def end_session(self) -> None:
        self.client.session.flush()
        self.client.cookies.pop(settings.SESSION_COOKIE_NAME)

    def send(self, address, data, page, **more):
        data = {**data, "csrfmiddlewaretoken": token_of(page)}
        return self.client.post(address, data, **{**ORIGIN, **more})


@pytest.fixture
def desk(coordinator) -> Browser:
    made = Browser()
    made.log_in(coordinator)
    return made


@pytest.fixture
def area(plan):
    return plan.product_areas.get(number=1)


@pytest.fixture
def grid(area):
    return reverse("admin:risks_riskmatrix_change", args=[area.pk])


@pytest.fixture
def cell(area) -> RiskCell:
    return cell_of(area, "other")


@pytest.fixture
def typed(area, cell) -> dict[str, str]:
    """A grid in which somebody has typed two lines."""
    words = 'Buller & "damm" </textarea>.\r\nGrannar störs.'
    return sent(area, **{f"risks_{cell.pk}": words, f"level_{cell.pk}": "high"})


def test_the_log_in_brings_the_grid_back_as_it_was_sent(desk, coordinator, grid, cell, typed):
    page = desk.client.get(grid)
    desk.end_session()
    response = desk.send(grid, typed, page)
    assert response.status_code == 403
    assert "är inte sparat" in response.content.decode()
    back = desk.log_in(coordinator, response)
    words = back.content.decode()
    assert back.redirect_chain[-1][0].startswith(grid)
    assert "Grannar störs." in words
    assert "&lt;/textarea&gt;" in words
    # Nothing is sent by itself; what comes back is sent by her, and then it is saved.
    assert texts(cell) == []
    again = desk.send(back.redirect_chain[-1][0], typed, back)
    assert again.status_code == 302
    assert texts(cell) == ['Buller & "damm" </textarea>.', "Grannar störs."]
    assert "Grannar störs." in desk.client.get(grid).content.decode()


def test_it_is_still_there_when_the_page_is_loaded_again_until_it_is_saved(
    desk, coordinator, grid, typed
):
    page = desk.client.get(grid)
    desk.end_session()
    back = desk.log_in(coordinator, desk.send(grid, typed, page))
    address = back.redirect_chain[-1][0]
    assert "Grannar störs." in desk.client.get(address).content.decode()
    desk.send(address, typed, back)
    assert "sparades inte" in back.content.decode()
    assert "sparades inte" not in desk.client.get(address).content.decode()


def test_what_was_sent_after_a_log_out_in_another_tab_comes_back_too(
    desk, coordinator, grid, typed, cell
):
    page = desk.client.get(grid)
    desk.send(reverse("admin:logout"), {}, page)
    response = desk.send(grid, typed, page)
    assert "är inte sparat" in response.content.decode()
    back = desk.log_in(coordinator, response)
    assert "Grannar störs." in back.content.decode()
    assert texts(cell) == []


def test_after_a_log_out_and_a_log_in_in_another_tab_it_is_offered_to_be_sent_again(
    desk, coordinator, grid, typed
):
    page = desk.client.get(grid)
    desk.send(reverse("admin:logout"), {}, page)
    desk.log_in(coordinator)
    words = desk.send(grid, typed, page).content.decode()
    assert "Skicka igen" in words
    assert "Grannar störs." in words


def test_another_person_who_logs_in_after_a_log_out_is_not_shown_it(
    desk, other_coordinator, grid, typed, cell
):
    page = desk.client.get(grid)
    desk.send(reverse("admin:logout"), {}, page)
    response = desk.send(grid, typed, page)
    assert "Grannar störs." not in response.content.decode()
    assert "Grannar störs." not in desk.log_in(other_coordinator, response).content.decode()
    assert "Grannar störs." not in desk.send(grid, typed, page).content.decode()
    assert texts(cell) == []


def test_what_somebody_sent_is_never_shown_to_another(desk, other_coordinator, grid, typed, cell):
    page = desk.client.get(grid)
    desk.end_session()
    back = desk.log_in(other_coordinator, desk.send(grid, typed, page))
    assert "Grannar störs." not in back.content.decode()
    # Nor is she led to where it was sent.
    assert back.redirect_chain[-1][0] == "/admin/"
    assert texts(cell) == []


def test_a_form_that_was_kept_opens_for_nobody_else(
    desk, coordinator, other_coordinator, grid, typed
):
    page = desk.client.get(grid)
    desk.end_session()
    back = desk.log_in(coordinator, desk.send(grid, typed, page))
    other = Client()
    other.force_login(other_coordinator)
    assert "Grannar störs." not in other.get(back.redirect_chain[-1][0]).content.decode()


def test_added_rows_come_back_too(desk, coordinator, plan):
    goal = Goal.objects.get()
    address = reverse("admin:actionplan_goal_change", args=[goal.pk])
    page = desk.client.get(address)
    data = rows_of(page) | {"text": "Ett mål med nya ord."}
    number = int(data["sub_goals-TOTAL_FORMS"])
    for at in (number, number + 1):
        data |= {
            f"sub_goals-{at}-number": f"1.{at}",
            f"sub_goals-{at}-text": f"Delmål {at} är nytt.",
            f"sub_goals-{at}-position": str(at),
        }
    data["sub_goals-TOTAL_FORMS"] = str(number + 2)
    desk.end_session()
    words = desk.log_in(coordinator, desk.send(address, data, page)).content.decode()
    for text in ("Ett mål med nya ord.", f"Delmål {number} är nytt.", f"Delmål {number + 1} är"):
        assert text in words
    assert f'name="sub_goals-TOTAL_FORMS" value="{number + 2}"' in words


def test_what_is_too_much_to_carry_is_told(desk, grid, typed, cell, monkeypatch):
    monkeypatch.setattr("actionplan.kept_forms.sent.MOST_CHARACTERS", 100)
    page = desk.client.get(grid)
    desk.end_session()
    response = desk.send(grid, typed, page)
    assert "kopiera din text" in response.content.decode()
    assert hidden(response, "kept") == ""


def test_after_a_log_in_elsewhere_what_was_sent_is_offered_to_be_sent_again(
    desk, coordinator, grid, typed, cell
):
    page = desk.client.get(grid)
    desk.end_session()
    desk.log_in(coordinator)
    stale = desk.send(grid, typed, page)
    assert stale.status_code == 403
    assert texts(cell) == []
    words = stale.content.decode()
    assert "Skicka igen" in words
    assert "ladda om" not in words
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="([\w-]+)" value="([^"]*)"', words)
    }
    assert {name: fields[name] for name in typed} == typed
    assert desk.send(grid, fields, stale).status_code == 302
    assert texts(cell)[1] == "Grannar störs."


def test_a_form_of_another_persons_log_in_is_not_shown(desk, other_coordinator, grid, typed):
    page = desk.client.get(grid)
    desk.end_session()
    desk.log_in(other_coordinator)
    stale = desk.send(grid, typed, page)
    assert stale.status_code == 403
    assert "Grannar störs." not in stale.content.decode()
    assert "kopiera din text" in stale.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://ond.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "", "HTTP_REFERER": "https://ond.example/form"},
        {"HTTP_ORIGIN": ""},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_nothing_of_a_form_of_another_site_is_sent_again(desk, coordinator, grid, typed, headers):
    page = desk.client.get(grid)
    desk.end_session()
    desk.log_in(coordinator)
    refused = desk.send(grid, typed, page, **headers)
    assert refused.status_code == 403
    assert "Grannar störs." not in refused.content.decode()
    assert 'method="post"' not in refused.content.decode()


def test_a_password_is_never_sent_back(desk, coordinator):
    page = desk.client.get(LOG_IN + "?next=/admin/")
    address = reverse("admin:password_change")
    page = desk.client.get(address)
    desk.end_session()
    data = {"old_password": PASSWORD, "new_password1": "hemligt så", "note": "Min text här."}
    for response in (
        desk.send(address, data, page),
        desk.log_in(coordinator, desk.send(address, data, page)),
    ):
        assert PASSWORD not in response.content.decode()
        assert "hemligt så" not in response.content.decode()


def test_it_comes_back_after_a_new_password_too(desk, coordinator, grid, cell, typed):
    """The link of the mail is opened in a tab that knows nothing of the form."""
    page = desk.client.get(grid)
    desk.end_session()
    desk.send(grid, typed, page)
    desk.client.cookies.clear()
    back = desk.log_in(coordinator)
    assert back.redirect_chain[-1][0].startswith(grid)
    assert "Grannar störs." in back.content.decode()
    assert texts(cell) == []
    # Once: the next log-in leads where it always does.
    desk.end_session()
    assert desk.log_in(coordinator).redirect_chain[-1][0] == "/admin/"


def test_what_waits_is_not_thrown_away_for_what_others_keep(desk, coordinator, grid, typed):
    page = desk.client.get(grid)
    desk.end_session()
    desk.send(grid, typed, page)
    for number in range(310):
        cache.set(f"zzz-{number}", number)
    assert "Grannar störs." in desk.log_in(coordinator).content.decode()


def test_every_form_that_waits_for_a_log_in_is_led_to(desk, coordinator, grid, typed):
    goal = Goal.objects.get()
    address = reverse("admin:actionplan_goal_change", args=[goal.pk])
    page, grid_page = desk.client.get(address), desk.client.get(grid)
    desk.end_session()
    response = desk.send(address, rows_of(page) | {"text": "Ett mål med nya ord."}, page)
    desk.send(grid, typed, grid_page)
    back = desk.log_in(coordinator, response)
    assert "Ett mål med nya ord." in back.content.decode()
    words = desk.client.get(reverse("admin:index")).content.decode()
    other = re.search(r'inte heller: <a href="([^"]+)">', words)[1]
    assert "Grannar störs." in desk.client.get(html.unescape(other)).content.decode()


def test_what_waits_for_a_log_in_waits_for_nobody_else(
    desk, coordinator, other_coordinator, grid, typed
):
    page = desk.client.get(grid)
    desk.end_session()
    desk.send(grid, typed, page)
    assert "Grannar störs." not in desk.log_in(other_coordinator).content.decode()
    desk.end_session()
    assert "Grannar störs." in desk.log_in(coordinator).content.decode()


def test_an_address_that_only_takes_posts_offers_to_send_again(desk, coordinator, plan):
    """A button of a page has no form of its own to come back to."""
    address = reverse("admin:requirements_pkg_confirm", args=["risk", 1])
    page = desk.client.get("/admin/")
    desk.end_session()
    response = desk.send(address, {"hash": "a" * 64, "note": "Läst båda."}, page)
    words = desk.log_in(coordinator, response).content.decode()
    assert "Läst båda." in words
    assert "Skicka igen" in words
