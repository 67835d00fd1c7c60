"""How gunicorn serves the site, wherever it runs: `gunicorn --config deploy/gunicorn.conf.py`."""

import gc
import os
from http import HTTPStatus

from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

# Loaded before there are workers, so that they count together how often somebody asks.
from actionplan.throttling import allowance  # noqa: F401

# What gunicorn answers before the application hears of it: the heading, and what to do.
REFUSALS = {
    HTTPStatus.BAD_REQUEST: (
        "Förfrågan gick inte att förstå",
        "Något i adressen eller i det som skickades är fel. Gå tillbaka och försök igen.",
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        "Adressen är för lång",
        "Gå tillbaka. Ett för långt urval laddas ner med knapparna på sidan för urvalet.",
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        "Webbläsaren skickade för mycket på en gång",
        "Ta bort webbplatsens kakor i webbläsaren och försök igen.",
    ),
}
PAGE = """<!DOCTYPE html>
<html lang="sv"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{heading}</title></head>
<body><main><h1>{heading}</h1><p>{advice}</p><p><a href="/">Till startsidan</a></p></main></body>
</html>
"""


def refusal(status: HTTPStatus) -> bytes:
    """Make the whole answer that says in Swedish what was wrong with a request."""
    heading, advice = REFUSALS[status]
    body = PAGE.format(heading=heading, advice=advice).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\n"
        f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class SwedishWorker(ThreadWorker):
    """Gunicorn's own worker with threads, which refuses a request in the visitors' language."""

    def handle_error(self, req, client, addr, exc):  # noqa: ANN001, ANN201
        """Answer what no application hears of; its own failures are told as they were."""
        if not isinstance(exc, errors.ParseException):
            return super().handle_error(req, client, addr, exc)
        status = HTTPStatus.BAD_REQUEST
        if isinstance(exc, errors.LimitRequestLine):
            status = HTTPStatus.REQUEST_URI_TOO_LONG
        elif isinstance(exc, errors.LimitRequestHeaders):
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        self.log.warning("Refused (%s): %s", status.value, exc)
        try:
            client.sendall(refusal(status))
        except OSError:
            self.log.debug("The visitor had gone.")
        return None


wsgi_app = "actionplan.wsgi"
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = SwedishWorker
# Each worker is a process, with finished pages in its own memory.
workers = int(os.environ.get("WEB_CONCURRENCY") or 1)
# How many requests a worker answers at a time. Threads that wait for a page that another one makes
# cost little, and /healthz must get one. Each keeps a connection to PostgreSQL.
threads = int(os.environ.get("WEB_THREADS") or 16)
# A buyer's selection lives in its address: this is the longest that gunicorn takes.
limit_request_line = 8190
control_socket_disable = True
loglevel = "warning"


def post_worker_init(worker: object) -> None:
    """Never look for garbage in what was loaded: it stops all threads, for a third of a second."""
    gc.collect()
    gc.freeze()
