"""A middleware for benchmarks alone: an answer says what it asked of the database."""

from collections.abc import Callable
from typing import Any, Final

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER: Final = "x-statements"


def statements(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Count the statements of a request; no other request and no other program is among them."""

    def counted(request: HttpRequest) -> HttpResponseBase:
        sent = 0

        def count(execute: Callable[..., Any], *given: Any) -> Any:
            nonlocal sent
            sent += 1
            return execute(*given)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response.headers[HEADER] = str(sent)
        return response

    return counted
