"""The chosen language and the content security policy, on every kind of answer."""

import logging
import re
from io import BytesIO
from unittest.mock import patch
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory
from django.utils.translation import get_language, gettext

from actionplan.django_edges.answered import RequestOfLine, request_name
from actionplan.django_edges.charset import utf8_alone
from actionplan.middleware import (
    RefusalMiddleware,
    UnavailableMiddleware,
    content_security_policy,
    preferred_language,
)
from actionplan.models import Organisation, User
from actionplan.public.secrets_in_log import SecretAddresses
from requirements_pkg.choosing.selection import MOST_CODES
from requirements_pkg.document.fill_in import LONGEST_VALUE

COOKIE = settings.LANGUAGE_COOKIE_NAME


def answered(path: str = "/", method: str = "get", **cookies: str) -> HttpResponse:
    """What the language middleware makes of a request; the body is the active language."""
    request = getattr(RequestFactory(), method)(path)
    request.COOKIES.update(cookies)
    return preferred_language(lambda _request: HttpResponse(get_language()))(request)


def test_what_the_database_refuses_is_told_where_no_form_tells_it(stockholm, caplog):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Organisation.objects.create(
            code=stockholm.code, name="Ny", procurement_region=stockholm.procurement_region
        )
    request = RequestFactory().post("/admin/")
    middleware = RefusalMiddleware(HttpResponse)
    assert middleware.process_exception(request, ValueError()) is None
    response = middleware.process_exception(request, refused.value)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Inget har sparats" in page
    assert "unique constraint" in caplog.text.lower()
    # What somebody wrote is in the answer and the database; a log is read by others.
    assert stockholm.code not in caplog.text


def test_no_value_of_a_row_and_no_line_of_a_visitor_gets_into_the_log(caplog):
    request = RequestFactory().post("/admin/a%0AFORGED%20line/")
    broken = IntegrityError("broken rule\nDETAIL:  Failing row contains (1, Hemlig AB).\n")
    RefusalMiddleware(HttpResponse).process_exception(request, broken)
    away = OperationalError("closed\nLINE 1: SELECT 'Hemlig AB'")
    UnavailableMiddleware(HttpResponse).process_exception(request, away)
    messages = [record.getMessage() for record in caplog.records]
    place = "POST /admin/a%0AFORGED%20line/"
    assert messages == [f"{place}: broken rule", f"{place}: closed"]


def test_no_secret_address_gets_into_the_log():
    line = "Gone: %s"
    for path in (
        "/remiss/abc/forslag/",
        "/remiss/svar/1:abc/",
        "/prenumerera/1:abc/avsluta/",
        "/anvandning/1:abc/",
    ):
        record = logging.makeLogRecord({"msg": line, "args": (path,)})
        assert SecretAddresses().filter(record)
        assert "abc" not in record.getMessage()
    plain = logging.makeLogRecord({"msg": line, "args": ("/kravpaket/abc/",)})
    assert SecretAddresses().filter(plain)
    assert plain.getMessage() == "Gone: /kravpaket/abc/"
    (handler,) = settings.LOGGING["handlers"].values()
    assert handler["filters"] == ["secrets", "requests"]


def test_a_page_is_swedish_whatever_the_browser_prefers():
    request = RequestFactory().get("/", headers={"accept-language": "en"})
    response = preferred_language(lambda _request: HttpResponse(get_language()))(request)
    assert (response.content, response["Content-Language"]) == (b"sv", "sv")
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize(("cookie", "language"), [("en", b"en"), ("sv", b"sv"), ("xx", b"sv")])
def test_the_remembered_language_is_used_if_there_is_such_a_one(cookie, language):
    assert answered(**{COOKIE: cookie}).content == language


def test_the_language_of_one_request_is_not_that_of_the_next():
    answered(**{COOKIE: "en"})
    assert get_language() == "sv"


def test_choosing_a_language_comes_back_to_the_page_and_is_remembered():
    response = answered("/kravpaket/?q=el&sprak=en&sida=2")
    assert response.status_code == 302
    assert response["Location"] == "/kravpaket/?q=el&sida=2"
    cookie = response.cookies[COOKIE]
    assert (cookie.value, cookie["samesite"]) == ("en", "Lax")


def test_an_unknown_language_is_not_chosen():
    response = answered("/?sprak=xx")
    assert (response.status_code, response.content) == (200, b"sv")
    assert COOKIE not in response.cookies


def test_what_is_posted_is_never_lost_in_a_redirect():
    assert answered("/?sprak=en", method="post").status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/?sprak=en", "///evil.example/x?sprak=en"])
def test_choosing_a_language_never_leads_to_another_host(path):
    request = RequestFactory().get("/?sprak=en")
    request.path = path.split("?")[0]
    response = preferred_language(lambda _request: HttpResponse())(request)
    assert response["Location"].startswith("/evil.example/")


def test_a_template_that_is_rendered_late_is_still_in_the_chosen_language():
    class Late(SimpleTemplateResponse):
        @property
        def rendered_content(self) -> str:
            return gettext("Action plans")

    def late(_request):
        return Late("unused.html")

    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = "en"
    in_english = preferred_language(late)(request).content
    del request.COOKIES[COOKIE]
    assert in_english != preferred_language(late)(request).content


def test_the_policy_is_written_as_django_6_writes_it(settings):
    settings.SECURE_CSP = {"default-src": ["'self'"], "img-src": ["'self'", "data:"]}
    middleware = content_security_policy(lambda _request: HttpResponse())
    header = middleware(RequestFactory().get("/"))["Content-Security-Policy"]
    assert header == "default-src 'self'; img-src 'self' data:"


def test_a_view_with_a_policy_of_its_own_keeps_it():
    def strict(_request):
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    response = content_security_policy(strict)(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("address", ["/", "/finns-inte/", "/admin/login/", "/healthz"])
def test_every_answer_says_what_no_page_asks_a_browser_for(client, db, address):
    response = client.get(address)
    for name in ("camera", "microphone", "geolocation", "payment"):
        assert f"{name}=()" in response["Permissions-Policy"].split(", ")
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/", "/finns-inte/", "/admin/login/", "/healthz"])
def test_every_answer_allows_only_our_own_scripts_and_styles(client, db, address):
    rules = dict(
        rule.split(" ", 1) for rule in client.get(address)["Content-Security-Policy"].split("; ")
    )
    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert rules["form-action"] == "'self'"


def test_a_body_beyond_the_bound_is_refused_before_it_is_read(client, db):
    response = client.post("/admin/login/", CONTENT_LENGTH=str(22 * 1024 * 1024))
    assert response.status_code == 413
    assert "högst 20 MB" in response.content.decode()


FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
NAMED = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n1\r\n--x--\r\n'


def answer(method: str, address: str, kind: str, body: bytes) -> tuple[int, str]:
    """What a server answers; the tests' own client passes by what a server goes through first."""
    path, _mark, query = address.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
    environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "HTTP_HOST": "testserver"}
    setup_testing_defaults(environ)
    statuses: list[int] = []
    begin = lambda status, _headers: statuses.append(int(status[:3]))  # noqa: E731
    # They would close the connection that the test's transaction is on.
    with patch.object(request_started, "send"), patch.object(request_finished, "send"):
        application = utf8_alone(get_wsgi_application())
        page = b"".join(application(environ | {"wsgi.input": BytesIO(body)}, begin)).decode()
    return statuses[0], page


@pytest.mark.parametrize("letters", ["rot13", "hex", "zlib", "utf-7", "idna", "utf-16", "x" * 500])
@pytest.mark.parametrize(("kind", "body"), [(FORM, b"email=%E5"), (MULTIPART, NAMED)])
@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("address", ["/prenumerera/", "/sok/?q=%C3%A5", "/admin/login/"])
def test_what_is_not_utf_8_is_refused_in_words(db, address, method, kind, body, letters):
    status, page = answer(method, address, f"{kind}; charset={letters}", body)
    assert (status, "<h1" in page) == (400, True)


@pytest.mark.parametrize("letters", ["UTF-8", '"utf-8"'])
def test_what_says_that_it_is_utf_8_is_read(db, letters):
    for kind, body in ((FORM, b"email=%C3%A5"), (MULTIPART, NAMED)):
        status, _page = answer("POST", "/urval/", f"{kind}; charset={letters}", body)
        assert status == 200


@pytest.mark.parametrize("address", ["/urval/", "/", "/admin/login/", "/admin/losenord/glomt/"])
def test_a_form_that_takes_seconds_to_read_is_refused_before_it_is_read(client, db, address):
    size = str(settings.MOST_FORM_BYTES + 1)
    with patch.object(WSGIRequest, "_load_post_and_files") as read:
        response = client.post(address, "a=b", content_type=FORM, CONTENT_LENGTH=size)
    assert response.status_code == 413
    assert "större än 4 MB" in response.content.decode()
    read.assert_not_called()


def test_whoever_is_logged_in_may_send_a_larger_form(client, superuser):
    client.force_login(superuser)
    words = "a=" + "x" * settings.MOST_FORM_BYTES
    assert client.post("/admin/login/", words, content_type=FORM).status_code != 413


def test_the_largest_selection_is_a_smaller_form():
    """Four places in each, filled to the brim with the letters that take most room in a form."""
    places = range(4 * MOST_CODES)
    filled = [(f"f.{'X' * 30}.{'y' * 60}-{at}", "Å" * LONGEST_VALUE) for at in places]
    codes = [("krav", "X" * 30)] * MOST_CODES
    assert len(urlencode([*filled, *codes])) < settings.MOST_FORM_BYTES


def test_a_nul_in_the_address_is_a_bad_request(client, db):
    assert client.get("/kravpaket/?q=%00").status_code == 400


def test_a_size_that_is_no_number_of_bytes_is_refused(client, db):
    for size in ("9" * 5000, "x", "²"):
        assert client.post("/admin/login/", CONTENT_LENGTH=size).status_code == 413


def test_the_page_for_a_fault_has_the_number_that_its_line_in_the_log_has(
    as_persona, monkeypatch, caplog
):
    client = as_persona("analyst")
    client.raise_request_exception = False
    caplog.handler.addFilter(RequestOfLine())
    caplog.handler.setFormatter(logging.Formatter("%(request_name)s%(message)s"))
    monkeypatch.setattr(admin.site, "each_context", lambda request: 1 / 0)
    page = client.get("/admin/").content.decode()
    (number,) = re.findall("<code>([0-9a-f]{32})</code>", page)
    assert f"[{number} person {User.objects.get(username='analyst').pk}] " in caplog.text
    # No page that somebody else gets later has it.
    assert number not in client.get("/admin/").content.decode()


def test_a_line_says_who_was_refused_a_page(as_persona, caplog):
    client, person = as_persona("analyst"), User.objects.get(username="analyst")
    caplog.handler.addFilter(RequestOfLine())
    caplog.handler.setFormatter(logging.Formatter("%(request_name)s%(message)s"))
    client.get("/admin/actionplan/user/")
    assert re.search(rf"\[[0-9a-f]{{32}} person {person.pk}\] Forbidden", caplog.text)
    assert request_name() == ""
