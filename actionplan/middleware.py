"""What every request goes through: bounds, language, policy, and what cannot be done just now."""

import logging
import sqlite3
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _

from actionplan.accounts.sessions import SessionStore
from actionplan.database.broken_rules import BrokenRule, refusal
from actionplan.django_edges.answered import answering
from actionplan.django_edges.charset import UNREADABLE
from actionplan.kept_forms.sent import SECRET
from actionplan.processes.child_process import ChildFailed, Failure
from actionplan.processes.heavy_work import RETRY_AFTER, AllPlacesTaken
from actionplan.public.views import unavailable
from actionplan.text import is_number, typed

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
LANGUAGE_PARAMETER = "sprak"
# How PostgreSQL says that nothing may be written now.
READ_ONLY: Final = "25006"
# What SQLite cannot do now and may do soon; it says the same of a wrong question as of these.
PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
# What a form was filled in with, or showed: fields that nobody types in.
AS_STORED = ("initial-", "seen")
A_YEAR = 365 * 24 * 60 * 60


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Send the policy of `SECURE_CSP`, which has the shape of Django 6's own setting."""
    policy = "; ".join(f"{name} {' '.join(where)}" for name, where in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Say that no page, nor a frame in one, asks for anything of `PERMISSIONS_POLICY`."""
    policy = ", ".join(f"{name}=()" for name in settings.PERMISSIONS_POLICY)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", policy)
        return response

    return middleware


def bounded_request(get_response: GetResponse) -> GetResponse:
    """Refuse what no page of ours sends: a body beyond the bound of uploads, a NUL, other letters.

    Django bounds fields but not files, and PostgreSQL answers a NUL in a filter with an error.
    """
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not is_number(length) or int(length) > most:
            return render(request, "413.html", status=413)
        is_unreadable = request.content_type == UNREADABLE
        if is_unreadable or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def bounded_form(get_response: GetResponse) -> GetResponse:
    """Refuse a form larger than any of the public pages, unless somebody is logged in.

    Its percent signs are read one by one: at the bound of uploads that takes seconds. Looked at
    before anything of it is read; a file is sent in another way, which costs little.
    """
    most = settings.MOST_FORM_BYTES

    def middleware(request: HttpRequest) -> HttpResponse:
        is_large = int(request.META.get("CONTENT_LENGTH") or "0") > most
        is_form = request.content_type == "application/x-www-form-urlencoded"
        if is_large and is_form and not request.user.is_authenticated:
            text = _("What you sent is larger than %(most)d MB. Nothing was saved.")
            context = {"reason": text % {"most": most // 2**20}}
            return render(request, "413.html", context, status=413)
        return get_response(request)

    return middleware


def refusals_as_pages(get_response: GetResponse) -> GetResponse:
    """Answer a method that a page does not take with a page; Django answers with nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = render(request, "405.html", status=response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    return middleware


class UnseenSignsMiddleware:
    """Takes away of what people paste the signs that they do not see: in forms and addresses.

    A soft hyphen out of a matrix and a space that holds a line together are found by no search
    and equal nothing that somebody types. A password is no text, and what a form was filled in
    with before somebody changed it is compared with what is stored.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Hand the view what was typed; when it is read, what is too large is refused."""
        # The stubs let nobody set them.
        request.GET = _typed(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _typed(request.POST)  # type: ignore[assignment]
            for _name, files in request.FILES.lists():
                for file in files:
                    file.name = typed(file.name or "")


def _typed(sent: QueryDict) -> QueryDict:
    """Return what was sent as somebody would type it; the same object if nothing changes."""
    changed = {
        name: cleaned
        for name, values in sent.lists()
        if not name.startswith(AS_STORED) and SECRET not in name.lower()
        if (cleaned := [typed(value) for value in values]) != values
    }
    if not changed:
        return sent
    query = sent.copy()
    for name, values in changed.items():
        query.setlist(name, values)
    query._mutable = False
    return query


class HeavyWork:
    """Tells whoever asked for heavy work why it was not done, and others nothing of it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show a page for work that found no place, or that a child process did not finish."""
        if isinstance(exception, ChildFailed) and exception.failure is not Failure.BUSY:
            logger.error("%s: %s %s", _method_and_path(request), exception.failure, exception.log)
            response = render(request, "not_made.html", status=503)
        elif isinstance(exception, ChildFailed | AllPlacesTaken):
            response = render(request, "busy.html", status=503)
            response.headers["Retry-After"] = str(RETRY_AFTER)
        else:
            return None
        response.headers["Cache-Control"] = "no-store"
        return response


def preferred_language(get_response: GetResponse) -> GetResponse:
    """Choose Swedish unless the visitor chose otherwise; `?sprak=en` chooses and is remembered.

    Django's own middleware would answer an English browser in English, but the plans are
    Swedish and so is whoever reads them with a borrowed computer.
    """
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get(LANGUAGE_PARAMETER)
        if wanted in known and request.method in ("GET", "HEAD"):
            query = request.GET.copy()
            del query[LANGUAGE_PARAMETER]
            address = request.path + (f"?{query.urlencode()}" if query else "")
            # A path may begin with two slashes, which a browser reads as another host.
            back = HttpResponseRedirect("/" + address.lstrip("/"))
            back.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=A_YEAR, samesite="Lax")
            return back
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if wanted in known:
            # What is sent in a form is answered, and not asked for anew without it.
            language = wanted
        language = language if language in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            # Text that is not made yet must still be made in this language.
            if hasattr(response, "render") and callable(response.render):
                response.render()
        if wanted in known:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, wanted, max_age=A_YEAR, samesite="Lax"
            )
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


class UnavailableMiddleware:
    """Answers 503 where a view failed because the database is away, locked or too slow."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say so, unless the fault is another; what the view began is rolled back by then."""
        if not is_away(error):
            return None
        logger.error("%s: %s", _method_and_path(request), _without_values(error))
        return unavailable(request, nothing_saved=True)


class RefusalMiddleware:
    """Tells what the database refused, where no form of the page has told it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say the rule that was broken; what the view began is rolled back by then."""
        if not isinstance(error, IntegrityError | BrokenRule):
            return None
        logger.warning("%s: %s", _method_and_path(request), _without_values(error))
        context = {"sentences": refusal(error).messages}
        return render(request, "refused.html", context, status=HTTPStatus.CONFLICT)


def signed_in_log(get_response: GetResponse) -> GetResponse:
    """Let the change log say who sent the request in which something is written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with answering(request.user, uuid4().hex):
            return get_response(request)

    return middleware


class Sessions(SessionMiddleware):
    """Django's own: renewed by use, and aware that the database may fail after a view's work."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the session; where that fails, what was sent may have been saved all the same."""
        try:
            # Only where somebody asked for it: the public pages know no session.
            session = request.session
            if isinstance(session, SessionStore) and session.accessed:
                session.modified |= session.is_due_for_renewal()
            return super().process_response(request, response)
        except (OperationalError, InterfaceError, InternalError) as error:
            if not is_away(error):
                raise
            logger.error("%s, session: %s", _method_and_path(request), _without_values(error))
            return unavailable(request, nothing_saved=False)


def _method_and_path(request: HttpRequest) -> str:
    """Return what was asked for, in which nothing begins a line of its own in a log."""
    return f"{request.method} {escape_uri_path(request.path)}"


def _without_values(error: Exception) -> str:
    """Return what failed; PostgreSQL tells the values of the row on the lines below it."""
    return str(error).partition("\n")[0]


def is_away(error: Exception) -> bool:
    """Tell whether the database could not do what it can do at other times."""
    if isinstance(error, InternalError):
        # PostgreSQL that lets nothing be written, while another takes its place.
        return getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    # The first byte is the fault, the rest its kind.
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code is None or code & 0xFF in PASSING
