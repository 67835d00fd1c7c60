"""A list that nobody would read on a page is told by its beginning, and whole in a file."""

import io
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from tests.risks.admin.test_import_pages import EXAMPLE, send

LINES = 3000


@pytest.fixture
def page(as_persona):
    """The preview of a plan with thousands of lines that belong nowhere."""
    text = EXAMPLE.with_suffix(".txt").read_text()
    more = "".join(f"Lös rad {number} som ingen förstår.\n" for number in range(LINES))
    return send(as_persona("coordinator"), (more + text).encode(), "plan.txt", follow=True)


def address(page) -> str:
    return re.search(r'href="([^"]*/lista/[^"]+)"', page.content.decode())[1]


def test_a_page_shows_the_beginning_and_the_file_all(page, as_persona):
    words = page.content.decode()
    assert page.context["not_understood"].number >= LINES
    assert words.count("som ingen förstår") == 200
    assert "Det här är de första 200 av" in words
    assert len(words) < 300_000
    whole = as_persona("coordinator").get(address(page))
    sheet = load_workbook(io.BytesIO(whole.getvalue())).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == page.context["not_understood"].number
    assert sum("som ingen förstår" in row[1] for row in rows) == LINES


@pytest.mark.parametrize("persona", ["other_coordinator", "superuser", "reviewer"])
def test_a_list_is_only_for_whom_it_was_shown_to(persona, page, as_persona):
    response = as_persona(persona).get(address(page))
    assert response.status_code in (302, 403)


def test_a_list_that_has_gone_is_told(page, as_persona):
    cache.clear()
    with override("sv"):
        response = as_persona("coordinator").get(address(page), follow=True)
    assert response.redirect_chain == [(reverse("admin:index"), 302)]
    assert "Listan finns inte kvar" in response.content.decode()
