"""Files that take long: few at once, within limits, and a page that says so to everybody else."""

from dataclasses import replace

import pytest

from actionplan.processes.child_process import MEGABYTE
from actionplan.processes.heavy_work import RETRY_AFTER, WorkPlaces
from requirements_pkg.public import selection_pages
from requirements_pkg.published import page_cache
from requirements_pkg.tender import pdf
from tests.requirements_pkg.tenders import content

FOLDER = "/kravpaket/it-teknisk-plattform/v1/ladda-ner/"
WHOLE, SELECTION = "", "?krav=SV-04"


@pytest.fixture(autouse=True)
def stored(store_content):
    page_cache.forget()
    return store_content(content())


@pytest.fixture
def places(monkeypatch) -> WorkPlaces:
    monkeypatch.setattr(selection_pages, "FILES", WorkPlaces(1, waiting=1, patience=0.01))
    return selection_pages.FILES


@pytest.mark.parametrize("query", [WHOLE, SELECTION], ids=["whole", "chosen"])
@pytest.mark.parametrize("extension", ["docx", "csv"])
def test_who_comes_when_every_place_is_taken_is_asked_to_come_again(
    client, places, extension, query
):
    address = f"{FOLDER}{extension}{query}"
    with places.place():
        busy = client.get(address)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, str(RETRY_AFTER))
    assert "Försök igen om en stund" in busy.content.decode()
    assert busy.headers["Cache-Control"] == "no-store"
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("extension", ["docx", "csv", "xlsx", "pdf"])
def test_a_selection_of_packages_has_its_files_made_in_the_same_places(client, places, extension):
    address = f"/urval/ladda-ner/{extension}?paket=it-teknisk-plattform&version=1&krav=SV-04"
    with places.place():
        busy = client.get(address)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, str(RETRY_AFTER))
    assert client.get(address).status_code == 200


def test_pages_and_files_that_are_kept_are_answered_meanwhile(client, places):
    client.get(f"{FOLDER}csv")
    with places.place():
        for address in ("/healthz", "/", f"{FOLDER}csv"):
            assert client.get(address).status_code == 200


def test_no_more_wait_than_may(client, places):
    with places.queue(), places.queue():
        assert client.get(f"{FOLDER}csv").status_code == 503


@pytest.mark.parametrize("limits", [{"memory": MEGABYTE}, {"seconds": 0.01}], ids=str)
def test_a_pdf_beyond_its_limits_is_a_page_that_says_what_to_do(
    client, monkeypatch, caplog, limits
):
    monkeypatch.setattr(pdf, "SETTING", replace(pdf.SETTING, **limits))
    failed = client.get(f"{FOLDER}pdf")
    assert failed.status_code == 503
    assert "Välj färre krav" in failed.content.decode()
    assert "Retry-After" not in failed.headers
    assert "/ladda-ner/pdf: " in caplog.text
    monkeypatch.undo()
    # What could not be made is not kept.
    assert client.get(f"{FOLDER}pdf").status_code == 200


def test_a_pdf_that_finds_no_place_of_its_own_is_asked_to_come_again(client, monkeypatch):
    places = WorkPlaces(1)
    monkeypatch.setattr(pdf, "SETTING", replace(pdf.SETTING, places=places))
    with places.place():
        assert client.get(f"{FOLDER}pdf").headers["Retry-After"] == str(RETRY_AFTER)
