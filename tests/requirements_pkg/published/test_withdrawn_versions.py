"""A withdrawn version says so on every page and in every file, and leads to one that stands."""

import json
from datetime import UTC, datetime

import pytest

from requirements_pkg.models import PackageVersion, VersionWithdrawal
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.tender.downloads import FORMS
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.tender.test_chosen_downloads import text_of
from tests.requirements_pkg.tenders import content, requirement_records

SLUG = "it-teknisk-plattform"
PACKAGE = f"/kravpaket/{SLUG}/"
SELECTION = f"/urval/?paket={SLUG}&version="
WARNING = "Version 1 drogs in 2026-02-28: Fel gräns. Använd version 2 i stället."


@pytest.fixture
def withdraw(coordinator):
    """A function that withdraws a version, told at once."""

    def now(version: PackageVersion, by: PackageVersion | None = None) -> None:
        at = datetime(2026, 2, 28, 12, tzinfo=UTC)
        VersionWithdrawal.objects.create(
            version=version,
            reason="Fel\ngräns",
            replaced_by=by,
            withdrawn_by=coordinator,
            withdrawn_at=at,
        )
        page_cache.forget()

    return now


@pytest.fixture
def two(store_content):
    """Two versions of a package with the same requirements."""
    return [store_content(content()) for _number in range(2)]


def page_text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("query", ["", "?krav=SV-04"])
@pytest.mark.parametrize("extension", ["docx", "pdf", "xlsx", "csv"])
def test_a_file_says_when_and_why_and_what_to_use_instead(client, two, withdraw, extension, query):
    address = f"{PACKAGE}v1/ladda-ner/{extension}{query}"
    assert "Version 1 drogs in" not in text_of(extension, client.get(address).content)
    withdraw(two[0], two[1])
    assert WARNING in text_of(extension, client.get(address).content)


@pytest.mark.parametrize("query", ["", "?krav=SV-04"])
def test_json_tells_it_as_data(client, two, withdraw, query):
    address = f"{PACKAGE}v1/ladda-ner/json{query}"
    assert json.loads(client.get(address).content)["withdrawn"] is None
    withdraw(two[0], two[1])
    assert json.loads(client.get(address).content)["withdrawn"] == {
        "at": "2026-02-28T13:00:00+01:00",
        "reason": "Fel\ngräns",
        "replaced_by": 2,
    }


@pytest.mark.parametrize("extension", FORMS)
def test_a_file_that_is_kept_is_made_anew_when_its_version_is_withdrawn(
    client, two, withdraw, extension, monkeypatch
):
    before = client.get(f"{PACKAGE}v1/ladda-ner/{extension}").content
    # Another process withdraws: this one forgets nothing, and asks again when it is time.
    monkeypatch.setattr(page_cache, "forget", lambda: None)
    withdraw(two[0], two[1])
    later = page_cache.monotonic() + page_cache.REMEMBERED + 1
    monkeypatch.setattr(page_cache, "monotonic", lambda: later)
    assert client.get(f"{PACKAGE}v1/ladda-ner/{extension}").content != before


def test_a_plan_without_requirements_says_it_in_word_too_and_reads_back(
    client, plan, publish_plan, withdraw
):
    from risks.importing.plans import import_plan

    version = publish_plan(plan)
    withdraw(version)
    body = client.get(f"/kravpaket/{version.package.slug}/v1/ladda-ner/docx").content
    assert "Version 1 drogs in 2026-02-28: Fel gräns." in text_of("docx", body)
    assert list(import_plan(body, file_name="v1.docx", by=None).changes) == []


def test_no_state_says_in_force_in_a_withdrawn_version(client, two, withdraw):
    withdraw(two[0])
    text = text_of("csv", client.get(f"{PACKAGE}v1/ladda-ner/csv").content)
    assert ";gäller nu" not in text
    # The period of the plan is over, and nothing follows it.
    still = ";gäller nu. Planens period, 2023–2025, är över.;"
    assert still in text_of("csv", client.get(f"{PACKAGE}v2/ladda-ner/csv").content)


@pytest.mark.parametrize("extension", ["docx", "pdf", "xlsx", "csv"])
@pytest.mark.parametrize("query", ["", "?krav=SV-04&krav=TS-02"])
def test_a_file_of_an_older_version_says_which_one_is_in_force_and_what_is_gone_since(
    client, two, store_content, extension, query
):
    newer = list(requirement_records())
    withdrawal = {"on": "2026-03-01", "reason": "Lagen kräver det.", "successor": None}
    newer[0].update(state="withdrawn", withdrawn=withdrawal)
    store_content(a_content(*newer))
    page_cache.forget()
    body = client.get(f"{PACKAGE}v2/ladda-ner/{extension}{query}").content
    text = " ".join(text_of(extension, body).split())
    assert "Version 2 gäller inte längre: version 3 gäller nu." in text
    assert "Indraget 2026-03-01: Lagen kräver det." in text
    assert "gäller nu;" not in text
    assert "BT-805" in text
    newest = client.get(f"{PACKAGE}v3/ladda-ner/{extension}{query}").content
    assert "gäller inte längre" not in text_of(extension, newest)


def test_where_all_are_withdrawn_none_is_in_force(client, two, withdraw):
    for version in two:
        withdraw(version)
    versions = catalogue.versions_of(SLUG)
    assert versions.in_force is None
    assert versions.newest.number == 2
    for number in (1, 2):
        for address in (f"{PACKAGE}v{number}/", f"{SELECTION}{number}&krav=SV-04"):
            page = page_text(client, address)
            assert f"Version {number} är indragen." in page
            assert "som gäller" not in page
            assert "nu gäller" not in page
            assert '<span class="badge now">' not in page
            assert "Flytta urvalet" not in page
    history = page_text(client, f"{PACKAGE}krav/SV-04/historik/")
    assert "Alla versioner av kravpaketet är indragna." in history
    assert "som gäller" not in history


def test_a_replacement_that_was_withdrawn_leads_on_to_the_one_that_stands(
    client, two, store_content, withdraw
):
    third = store_content(content())
    withdraw(two[0], two[1])
    withdraw(two[1], third)
    assert "Använd version 3 i stället" in page_text(client, f"{PACKAGE}v1/")
    assert "Använd version 3 i stället" in page_text(client, f"{SELECTION}1&krav=SV-04")
    withdraw(third)
    assert "i stället" not in page_text(client, f"{PACKAGE}v1/")


def test_replacements_in_a_ring_lead_nowhere(client, two, withdraw):
    withdraw(two[0], two[1])
    withdraw(two[1], two[0])
    assert catalogue.versions_of(SLUG).all[1].withdrawn.replaced_by is None


def test_a_requirement_that_the_version_in_force_lacks_is_told_of(client, two, store_content):
    store_content(a_content(a_requirement("KK-01")))
    history = page_text(client, f"{PACKAGE}krav/SV-04/historik/")
    assert "Kravet finns inte i version 3, som gäller nu." in history
