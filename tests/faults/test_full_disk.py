"""A disk that is full or read-only, and a lost database: a clear page, nothing half done."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from followup.models import ContractRequirement
from requirements_pkg.actions.dialogue.replies import token_of
from requirements_pkg.models import ConsultationReply
from risks.models import RiskStatement
from tests.faults.consulting import unsent
from tests.faults.contracting import IN_EACH, selection
from tests.faults.races import cells, free_area, person
from tests.project.back_office.sent_forms import filled_in
from tests.risks.grid.test_grid import sent

LINES = "\r\n".join(f"Rad {at} av någon som skriver mycket." for at in range(300))
# How each database comes to write nothing more, and how it does again.
SQLITE = {
    "full": ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823"),
    "read-only": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
}
POSTGRESQL = {
    "read-only": (
        "SET default_transaction_read_only = on",
        "SET default_transaction_read_only = off",
    ),
    # As when the server restarts: whoever asks next finds nobody there.
    "lost": ("SET idle_session_timeout = 1", "SELECT 1"),
}


@contextmanager
def nothing_written(fault: str) -> Iterator[None]:
    """Let the database write nothing for a while."""
    ways = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    if fault not in ways:
        pytest.skip("A full disk ends the server of PostgreSQL, and SQLite has none to lose.")
    off, on = ways[fault]
    with connection.cursor() as cursor:
        cursor.execute(off)
    # The server ends a session that waits a millisecond.
    time.sleep(0.2 if fault == "lost" else 0)
    yield
    if fault == "lost":
        connection.close()
    with connection.cursor() as cursor:
        cursor.execute(on)


@dataclass
class Sent:
    """Something that is sent from a page, and how many rows there are of what it stores."""

    client: Client
    address: str
    form: dict[str, Any]
    rows: QuerySet[Any]
    more: int


def in_a_cell() -> Sent:
    """Write a lot in a cell of the grid."""
    area, cell = free_area(), cells()[0]
    address = reverse("admin:risks_riskmatrix_change", args=[area.pk])
    form = sent(area, **{f"risks_{cell.pk}": LINES})
    return Sent(signed_in(), address, form, RiskStatement.objects.all(), 300)


def in_a_reply() -> Sent:
    """Write a lot in a reply to a consultation, without a log-in."""
    reply = unsent()[0]
    changed = ConsultationReply.objects.filter(pk=reply.pk).exclude(texts=reply.texts)
    form = {"text": "Vilken enhet gäller? " * 180}
    client = Client(raise_request_exception=False)
    return Sent(client, reverse("reply", args=[token_of(reply)]), form, changed, 1)


def in_the_register() -> Sent:
    """Register a contract with what a buyer chose."""
    client, address = signed_in(), reverse("admin:followup_contract_add")
    form = filled_in(client.get(address)) | {
        "supplier_name": "Ny Hall AB",
        "supplier_country": "SE",
        "selection": selection(),
        "cpv": "",
    }
    return Sent(client, address, form, ContractRequirement.objects.all(), IN_EACH)


def signed_in() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person("samordnare"))
    return client


@pytest.mark.parametrize("fault", ["full", "read-only", "lost"])
@pytest.mark.parametrize("act", [in_a_cell, in_a_reply, in_the_register])
def test_who_writes_is_told_and_it_goes_on_by_itself(sites, db, caplog, fault, act):
    site = sites["work"]
    with site.in_use():
        try_it = act()
        post = partial(try_it.client.post, try_it.address, try_it.form)
        before = try_it.rows.count()
        with nothing_written(fault):
            refused = post()
            assert refused.status_code == 503
            assert fault == "lost" or "Inget sparades" in refused.content.decode()
            assert refused["Retry-After"]
            assert fault == "lost" or try_it.client.get("/kravpaket/").status_code == 200
        # A secret address stands in no log.
        path = "/remiss/***" if act is in_a_reply else try_it.address
        assert f"POST {path}" in caplog.text
        assert try_it.rows.count() == before
        answer = post()
        assert answer.status_code == 302, answer.content.decode()
        assert try_it.rows.count() == before + try_it.more
    site.put_back()
