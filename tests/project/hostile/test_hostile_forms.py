"""Whatever is typed in the fields of a form, it is stored or refused: no page fails.

`HOSTILE_FORMS=50 pytest tests/project/hostile` sends more of each page, and with
`HOSTILE_EVERYBODY=True` each page is sent by everybody (`make hostile`).
"""

import logging
import os
import random
import sys
import traceback
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.project.back_office.admin_table import PEOPLE
from tests.project.back_office.sendings import SENDINGS, Form, Sending, names
from tests.project.hostile.rubbish import VALUES

TIMES = int(os.environ.get("HOSTILE_FORMS", "2"))
IS_EVERYBODY = os.environ.get("HOSTILE_EVERYBODY") == "True"
SEED = int(os.environ.get("HOSTILE_SEED", "1"))
WORDS = st.one_of(
    st.sampled_from([unquote(value, errors="replace") for value in VALUES]),
    st.text(max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.decimals().map(str),
    st.dates().map(str),
    st.datetimes().map(str),
)
# One value of a field, several, or none.
SENT = st.one_of(WORDS, st.lists(WORDS, max_size=3))


@pytest.fixture
def raised() -> Iterator[list[str]]:
    """What was raised while a page was answered, as it comes."""
    errors: list[str] = []

    def note(sender, request, **kwargs):
        errors.append("".join(traceback.format_exception(*sys.exc_info())[-3:]))

    got_request_exception.connect(note)
    logging.disable(logging.CRITICAL)
    yield errors
    logging.disable(logging.NOTSET)
    got_request_exception.disconnect(note)


def send_anything(page: Form) -> int:
    """Send a page again and again with other words in some of its fields; return how often."""
    number, fields = 0, st.dictionaries(st.sampled_from(sorted(page.data)), SENT, max_size=4)

    @settings(max_examples=TIMES, deadline=None, database=None, derandomize=TIMES < 10)
    @given(changed=fields)
    def send(changed):
        nonlocal number
        number += 1
        data = page.data | changed
        for value in data.values():
            if hasattr(value, "seek"):
                value.seek(0)
        with transaction.atomic():
            answer = page.client.post(page.address, data)
            transaction.set_rollback(True)
        assert answer.status_code < 500, changed

    send()
    return number


def senders(who: str, luck: random.Random) -> list[str]:
    """Who sends a page: whoever it is for, and somebody else; or everybody."""
    others = [person for person in PEOPLE if person != who]
    return [who, *(others if IS_EVERYBODY else luck.sample(others, k=1))]


def pages_of(name: str, clients: dict[str, Client], world, luck) -> Iterator[tuple[str, Form]]:
    """A page as each sender has it before them; of whom it is for, where they have none."""
    how = SENDINGS.get(name, Sending())
    page = Form(name, how, clients[how.who], world)
    if not page.data:
        return
    for who in senders(how.who, luck):
        own = Form(name, how, clients[who], world)
        own.data = own.data or page.data
        yield who, own


# Only a warning where people are: a date without a clock.
@pytest.mark.filterwarnings("ignore:DateTimeField .* received a naive datetime")
def test_no_form_fails_whatever_is_typed(world, as_persona, raised):
    clients = {name: as_persona(name) for name in PEOPLE}
    for client in clients.values():
        client.raise_request_exception = False
    luck = random.Random(SEED)  # noqa: S311 - the same every time is what it is for
    pages, posts, faults = 0, 0, {}
    for name in names():
        with transaction.atomic():
            for who, page in pages_of(name, clients, world, luck):
                pages += 1
                try:
                    posts += send_anything(page)
                except AssertionError as error:
                    faults[f"{who}: {name}"] = f"{error} {raised[-1:]}"
            transaction.set_rollback(True)
    assert not faults, "\n\n".join(f"{name}\n{sentence}" for name, sentence in faults.items())
    assert pages > 120
    assert posts >= pages
