"""Views that cost something, or could be used to guess, answer each who asks so often a minute."""

import logging
import math
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import render

from actionplan.throttling.allowance import ALLOWANCES, AllowanceKind
from actionplan.throttling.visitors import visitor_of

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


def bounded(kind: AllowanceKind, *, of: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Answer with a page that says to wait, where somebody asks too often.

    Args:
        of: the methods that are counted; every one unless given.
    """

    def around(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            is_counted = not of or request.method in of
            refused = refusal(request, kind) if is_counted else None
            return refused or view(request, *args, **kwargs)

        return counted

    return around


def refusal(request: HttpRequest, kind: AllowanceKind) -> HttpResponse | None:
    """Count one more; returns what to answer whoever has had enough of it for now, else None."""
    most = settings.MOST_A_MINUTE[kind]
    seconds = ALLOWANCES[kind].seconds_until(visitor_of(request), most=most)
    if not seconds:
        return None
    logger.warning("Asked too often: %s.", kind)
    return wait(request, seconds=math.ceil(seconds))


def wait(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """Say that somebody asks too often, and for how long to wait; nothing was done."""
    response = render(
        request,
        "actionplan/too_often.html",
        {"seconds": seconds},
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response
