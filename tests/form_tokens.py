"""Every page that a test's client gets is looked through for forms that lost their token.

A client lets a form in that has none, so that a test of what is sent notices nothing; in a browser
it is refused. So each form that is sent, on each page of each test, has to have one, unless the
view that it goes to takes in forms of people without a session.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

FORM: Final = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL | re.IGNORECASE)
POST: Final = re.compile(r"""\bmethod\s*=\s*["']?post""", re.IGNORECASE)
ACTION: Final = re.compile(r"""\baction\s*=\s*["']([^"']*)["']""", re.IGNORECASE)


def takes_no_token(address: str) -> bool:
    """Tell whether the view at an address takes in forms without a token."""
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return False
    return getattr(view, "csrf_exempt", False)


def forms_without_token(page: str, address: str) -> Iterator[str]:
    """Yield where each form of a page goes that ought to have a token and has none."""
    for tag, body in FORM.findall(page):
        if not POST.search(tag) or 'name="csrfmiddlewaretoken"' in body:
            continue
        action = ACTION.search(tag)
        target = urljoin(address, action[1] if action else "")
        if not takes_no_token(target):
            yield target


def check(response: HttpResponse, address: str) -> None:
    """See that the forms of a page have their tokens.

    Raises:
        AssertionError: one has none.
    """
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.streaming or not is_page or b"<form" not in response.content:
        return
    without = list(forms_without_token(response.content.decode(errors="replace"), address))
    assert not without, f"{address} has forms without a token, which go to {without}"


def checking(request: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return how a client asks and then looks at what it got."""

    def ask(client: Client, **environ: str) -> HttpResponse:
        response = request(client, **environ)
        check(response, environ.get("PATH_INFO", "/"))
        return response

    return ask
