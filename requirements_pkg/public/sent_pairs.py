"""What an address or a sent form says, in its own order: a selection reads by it."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest

from requirements_pkg.choosing.selection import Pair

FORM: Final = "application/x-www-form-urlencoded"


def in_address(request: HttpRequest) -> list[Pair]:
    """Return what the address says."""
    return _read(request.META.get("QUERY_STRING", "").encode("iso-8859-1", "replace"))


def in_form(request: HttpRequest) -> list[Pair]:
    """Return what a form says, if one was sent."""
    if request.method != "POST":
        return []
    if request.content_type == FORM:
        return _read(request.body)
    # As programs may send it: each name with all its values.
    return [(name, value) for name, values in request.POST.lists() for value in values]


def sent_to(request: HttpRequest) -> list[Pair]:
    """Return what the address says, and then what a form does."""
    return [*in_address(request), *in_form(request)]


def overruled(pairs: Iterable[Pair], by: Iterable[Pair]) -> list[Pair]:
    """Return pairs before which others stand, without what those say otherwise."""
    first = list(by)
    names = {name for name, _value in first}
    return [*first, *(pair for pair in pairs if pair[0] not in names)]


def _read(body: bytes) -> list[Pair]:
    """Read a query as Django does, within its bound, and keep its order.

    Raises:
        TooManyFieldsSent: more fields than any form has.
    """
    try:
        return parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        )
    except ValueError as error:
        raise TooManyFieldsSent from error
