"""What a request says that it is written in, before Django believes it."""

from collections.abc import Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.utils.http import parse_header_parameters

UTF8: Final = "utf-8"
# What stands for a kind that nobody is to read.
UNREADABLE: Final = "application/x-unreadable"


def utf8_alone(application: WSGIApplication) -> WSGIApplication:
    """Let no request name another encoding than ours, which no page of ours does.

    Django reads addresses and forms in what the sender names, already while it makes the request:
    "hex" and "rot13" are known to Python and are none of text, and no middleware hears of it.
    `bounded_request` refuses what is marked here.
    """

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        _kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        if parameters.get("charset", UTF8).lower() != UTF8:
            environ["CONTENT_TYPE"] = UNREADABLE
        return application(environ, start_response)

    return guarded
