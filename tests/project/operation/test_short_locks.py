"""Every page of the admin that takes something: what it checks and shows, it does under no lock.

Sent in a database of its own, since in a test's transaction everything would be in one.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.forms.forms import BaseForm
from django.template.backends.django import Template
from django.test import Client

from actionplan.models import User
from followup.actions import follow_ups, lessons, summaries
from followup.excel import answers
from requirements_pkg.actions import publishing
from risks.admin import forms
from tests.project.back_office.admin_table import MODELS, PAGES
from tests.project.back_office.sendings import SENDINGS, Sending
from tests.project.back_office.sent_forms import filled_in
from tests.second_writer import OwnDatabase

# What takes long: forms, pages, drafts of packages, contents of versions, what is compared.
HEAVY: list[tuple[Any, str]] = [
    (BaseForm, "full_clean"),
    (Template, "render"),
    (publishing, "drafted"),
    (lessons, "draft_content"),
    (follow_ups, "askable"),
    (answers, "compare"),
    (summaries, "_refuse_names"),
    (forms, "work_out"),
]
# And the content of a version, which is megabytes; a part of it is another matter.
CONTENT = re.compile(r'"requirements_pkg_packageversion"."content"(,| FROM)')
# Fewer pages than this took what they were sent: then the test sees too little.
FEWEST = 40


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[OwnDatabase]:
    with django_db_blocker.unblock():
        database = OwnDatabase(tmp_path_factory.mktemp("own"))
    yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture
def world(database, db, request) -> Iterator[Callable[[str], str]]:
    """Something of every model, stored for good, and the address of each page about it."""
    with database.in_use():
        yield request.getfixturevalue("world")


@contextmanager
def watched(page: str, done: set[tuple[str, str]]) -> Iterator[None]:
    """Note what is done of HEAVY while a transaction is open."""

    def noting(original: Callable, name: str) -> Callable:
        def noted(*given: Any, **named: Any) -> Any:
            if connection.in_atomic_block:
                done.add((page, name))
            return original(*given, **named)

        return noted

    def execute(run: Callable, sql: str, *given: Any) -> Any:
        if connection.in_atomic_block and CONTENT.search(sql):
            done.add((page, "content"))
        return run(sql, *given)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(execute))
        for owner, name in HEAVY:
            stack.enter_context(patch.object(owner, name, noting(getattr(owner, name), name)))
        yield


def pages() -> list[str]:
    """Every page that may take something; what deletes comes last."""
    every = [f"{label}/{kind}" for kind in ("add", "change") for label in MODELS]
    deleting = [f"{label}/delete" for label in MODELS]
    return [
        *dict.fromkeys([*every, *sorted(PAGES.keys() - {"login", "logout"}), *SENDINGS]),
        *deleting,
    ]


def test_nothing_that_takes_long_is_done_under_a_lock(world):
    clients = {}
    for name in ("superuser", "reviewer"):
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(User.objects.get(username=name))
    done: set[tuple[str, str]] = set()
    taken = 0
    for name in pages():
        how = SENDINGS.get(name, Sending())
        client, address = clients[how.who], world(name.partition(" ")[0]) + how.query()
        page = client.get(address)
        if page.status_code != 200 or page.context is None:
            continue
        data = {"post": "yes"} if name.endswith("/delete") else filled_in(page) | how.more(page)
        with watched(name, done):
            response = client.post(address, data)
        taken += response.status_code == 302
    assert not done
    assert taken >= FEWEST
