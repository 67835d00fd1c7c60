"""A page whose form lost its token fails the test that gets it."""

import pytest
from django.http import HttpResponse
from django.template.defaulttags import CsrfTokenNode

from tests.form_tokens import check, forms_without_token

TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="a">'
OPEN, CLOSED = "/kravpaket/", "/admin/logout/"


def form(action: str, inside: str = "", method: str = "post") -> str:
    return f'<form method="{method}" action="{action}">{inside}<button>Spara</button></form>'


@pytest.mark.parametrize(
    ("page", "without"),
    [
        (form(""), ["/admin/"]),
        (form(CLOSED), [CLOSED]),
        (form(CLOSED, TOKEN) + form("?steg=2"), ["/admin/?steg=2"]),
        (form(CLOSED).replace("post", "POST").replace('"', "'"), [CLOSED]),
        (form(CLOSED, TOKEN), []),
        (form(CLOSED, method="get"), []),
        # Forms of people without a session go without.
        (form(OPEN), []),
    ],
)
def test_forms_are_looked_through_for_their_token(page, without):
    assert list(forms_without_token(page, "/admin/")) == without


def test_a_client_that_gets_a_page_without_tokens_fails(client, db, monkeypatch):
    assert client.get("/admin/login/").status_code == 200
    monkeypatch.setattr(CsrfTokenNode, "render", lambda _node, _context: "")
    with pytest.raises(AssertionError, match="without a token"):
        client.get("/admin/login/")


@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_only_pages_have_forms(kind):
    check(HttpResponse(form(CLOSED), content_type=kind), "/admin/")
