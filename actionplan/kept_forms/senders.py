"""Whose form was sent: told by its CSRF token, which is another one after each log-in.

A browser keeps, signed, for which person each of its last tokens was made. So a form is known to
be somebody's when her session has ended, and when somebody else has logged in since.
"""

import hashlib
import string
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE: Final = "formular"
# So many log-ins back is a form still known to be somebody's.
MOST: Final = 8
THIRTY_DAYS: Final = 30 * 24 * 60 * 60
# A token is a mask and the secret moved by it, letter by letter.
SIGNS: Final = string.ascii_letters + string.digits
HALF: Final = 32
Pair = tuple[int | None, str]


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser know that the forms of this session are this person's."""
    secret = request.META.get("CSRF_COOKIE")
    if not secret:
        return
    known, own = _known(request), (request.user.pk, _digest(secret))
    if known[:1] == [own]:
        return
    pairs = [own, *(pair for pair in known if pair[1] != own[1])][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(pairs, salt=COOKIE),
        max_age=THIRTY_DAYS,
        path="/admin/",
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def sender_of(request: HttpRequest) -> int | None:
    """Return the key of the person whom the sent form was made for, where this browser knows."""
    digest = _digest(_secret(request.POST.get("csrfmiddlewaretoken", "")))
    return next((pk for pk, known in _known(request) if known == digest), None)


def mark_of_browser(request: HttpRequest, person: int) -> str:
    """Return what tells a browser where the person has been logged in from all others, or ""."""
    return next((digest for pk, digest in _known(request) if pk == person), "")


def _known(request: HttpRequest) -> list[Pair]:
    try:
        pairs = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=THIRTY_DAYS)
    except signing.BadSignature:
        return []
    return [(pk, digest) for pk, digest in pairs]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:16]


def _secret(token: str) -> str:
    """Return the secret that a token hides; "" where it is no token of Django's."""
    if len(token) != 2 * HALF or not set(token) <= set(SIGNS):
        return ""
    pairs = zip(token[HALF:], token[:HALF], strict=True)
    return "".join(SIGNS[SIGNS.index(sign) - SIGNS.index(mask)] for sign, mask in pairs)
