"""Whatever is sent, no page fails: it answers, or says in Swedish what it cannot do.

`HOSTILE_REQUESTS=50000 HOSTILE_SEED=2 pytest tests/project/hostile` sends more, and with
`HOSTILE_EVERYBODY=True` each request is sent by everybody (`make hostile`).
"""

import logging
import os
import sys
import traceback
from collections import Counter
from itertools import islice

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from tests.project.back_office.admin_table import MODELS, PAGES, PEOPLE
from tests.project.hostile import rubbish
from tests.project.pages.public import TABLE

REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "300"))
SEED = int(os.environ.get("HOSTILE_SEED", "1"))
IS_EVERYBODY = os.environ.get("HOSTILE_EVERYBODY") == "True"
# Each kind of page is met by somebody who may open it, and now and then by somebody who may not.
WHO = [who for person in PEOPLE for who in ("superuser", "coordinator", person)]
# They show nothing to people: what they answer to is a machine, or a browser that asks by itself.
BARE = {"", "text/plain", "application/json", "application/atom+xml", "text/calendar"}


def addresses(world, names) -> list[str]:
    """Every address that exists, of the admin and of the public."""
    paths = [
        world(f"{label}/{page}") for label, rights in MODELS.items() for page in rights.pages()
    ]
    paths += [world(name) for name in PAGES if name != "logout"]
    paths += [world("autocomplete")]
    return paths + [row.path.format(**names) for rows in TABLE.values() for row in rows]


@pytest.fixture
def everywhere(world, names, as_persona) -> tuple[list[str], dict[str, Client]]:
    clients = {name: as_persona(name) for name in dict.fromkeys(WHO)}
    for client in clients.values():
        client.raise_request_exception = False
    logging.disable(logging.CRITICAL)
    yield addresses(world, names), clients
    logging.disable(logging.NOTSET)


def send(client: Client, attempt: rubbish.Attempt):
    """The answer; whatever the request stored is taken back, and nobody is logged out."""
    path, _mark, query = attempt.path.partition("?")
    mine = {name: morsel.value for name, morsel in client.cookies.items()}
    cookies = "; ".join(f"{name}={value}" for name, value in (mine | attempt.cookies).items())
    try:
        with transaction.atomic():
            response = client.generic(
                attempt.method,
                path,
                attempt.data,
                attempt.content_type,
                headers=attempt.headers | {"Cookie": cookies},
                QUERY_STRING=query,
            )
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
    finally:
        client.cookies.clear()
        client.cookies.load(mine)
    return response


def fault(attempt: rubbish.Attempt, response) -> str:
    """What is wrong with an answer, "" where nothing is."""
    if response.status_code >= 500:
        return f"status {response.status_code}"
    if response.status_code < 400 or attempt.method == "HEAD":
        return ""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    page = response.content.decode()
    if kind == "text/html" and 'lang="sv"' in page and "<h1" in page:
        return ""
    return "" if kind in BARE and kind else f"status {response.status_code}, no Swedish page"


# Only a warning where people are: a date without a clock.
@pytest.mark.filterwarnings("ignore:DateTimeField .* received a naive datetime")
def test_nothing_that_is_sent_breaks_a_page(everywhere, monkeypatch):
    at, clients = everywhere
    faults: dict[str, str] = {}
    raised: list[str] = []

    def note(sender, request, **kwargs):
        raised.append("".join(traceback.format_exception(*sys.exc_info())[-4:]))

    got_request_exception.connect(note)
    statuses = Counter()
    try:
        for number, attempt in enumerate(islice(rubbish.attempts(at, SEED), REQUESTS)):
            for who in PEOPLE if IS_EVERYBODY else [WHO[number % len(WHO)]]:
                raised.clear()
                response = send(clients[who], attempt)
                statuses[response.status_code] += 1
                if (sentence := fault(attempt, response)) or raised:
                    faults[f"{who}: {attempt}"] = f"{sentence} {raised[-1] if raised else ''}"
    finally:
        got_request_exception.disconnect(note)
    assert not faults, "\n\n".join(f"{title}\n{sentence}" for title, sentence in faults.items())
    # Not everything is turned away at the door.
    assert statuses[200] > REQUESTS / 10
    assert min(statuses[400], statuses[404], statuses[405]) > REQUESTS / 100, statuses
