"""A disk that is full or lets nothing be written: a clear page, and nothing half done."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from risks.models import RiskStatement
from tests.faults.races import cells, free_area, person
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
}


@contextmanager
def nothing_written(fault: str) -> Iterator[None]:
    """Let the database write nothing for a while."""
    ways = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    if fault not in ways:
        pytest.skip("A full disk ends the server of PostgreSQL, which is met as a lost one.")
    off, on = ways[fault]
    with connection.cursor() as cursor:
        cursor.execute(off)
    yield
    with connection.cursor() as cursor:
        cursor.execute(on)


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_who_writes_is_told_and_it_goes_on_by_itself(sites, db, caplog, fault):
    site = sites["work"]
    with site.in_use():
        client = Client(raise_request_exception=False)
        client.force_login(person("samordnare"))
        area, cell = free_area(), cells()[0]
        address = reverse("admin:risks_riskmatrix_change", args=[area.pk])
        form = sent(area, **{f"risks_{cell.pk}": LINES})
        before = RiskStatement.objects.count()
        with nothing_written(fault):
            refused = client.post(address, form)
            assert refused.status_code == 503
            assert "Inget sparades" in refused.content.decode()
            assert refused["Retry-After"]
            assert client.get("/kravpaket/").status_code == 200
        assert "POST /admin/risks/riskmatrix/" in caplog.text
        assert RiskStatement.objects.count() == before
        assert client.post(address, form).status_code == 302
        assert RiskStatement.objects.count() == before + 300
    site.put_back()
