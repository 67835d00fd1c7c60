"""A draft that is out for consultation as Word and PDF, for those who answer together."""

import io

import docx
import pypdf
import pytest

from actionplan.processes.heavy_work import RETRY_AFTER, WorkPlaces
from requirements_pkg.actions.dialogue import consultations as actions
from requirements_pkg.actions.publishing import publish
from requirements_pkg.models import Consultation
from requirements_pkg.public.dialogue import consultation_files
from tests.factories import ModuleFactory, PackageFactory, RequirementFactory, consult

KINDS = ["docx", "pdf"]


@pytest.fixture
def opened(plan, coordinator, reviewer) -> Consultation:
    package = PackageFactory(plan=plan)
    requirement = RequirementFactory(package=package, code="SE-01", title="Spåra tenn")
    publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
    requirement.text = "Leverantören ska spåra tennet till gruvan."
    requirement.save()
    return consult(package, coordinator, reviewer)


def file_of(client, row: Consultation, kind: str):
    return client.get(f"/remiss/{row.key}/ladda-ner/{kind}")


def pages_of(body: bytes, kind: str) -> list[str]:
    """What each page of a PDF says, or each section of a Word file with its foot."""
    if kind == "pdf":
        return [
            " ".join(page.extract_text().split())
            for page in pypdf.PdfReader(io.BytesIO(body)).pages
        ]
    word = docx.Document(io.BytesIO(body))
    whole = "".join(word.element.body.itertext())
    return [whole + section.footer.paragraphs[0].text for section in word.sections]


@pytest.mark.parametrize("kind", KINDS)
def test_the_draft_is_read_far_from_the_site_and_says_that_it_does_not_apply(client, opened, kind):
    page = client.get(f"/remiss/{opened.key}/").content.decode()
    assert f"/remiss/{opened.key}/ladda-ner/{kind}" in page
    response = file_of(client, opened, kind)
    assert response.status_code == 200
    assert f"-remiss-{opened.number}.{kind}" in response.headers["Content-Disposition"]
    pages = pages_of(response.content, kind)
    whole = " ".join(pages)
    assert "till gruvan" in whole
    assert "Utkast på remiss. Det gäller inte och kan ändras." in whole
    assert f"http://testserver/remiss/{opened.key}/krav/SE-01/" in whole.replace(" ", "")
    assert str(opened.closes_on) in whole
    assert "kravpaket/" not in whole
    assert "version 0" not in whole
    assert len(pages) > 1
    assert all("gäller inte" in words for words in pages)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_keeps_it_and_what_a_buyer_chose_does_not_spoil_it(client, opened, kind):
    response = file_of(client, opened, kind)
    for name, value in (
        ("Cache-Control", "private, no-store"),
        ("X-Robots-Tag", "noindex"),
        ("Referrer-Policy", "no-referrer"),
    ):
        assert response.headers[name] == value
    with_selection = client.get(
        f"/remiss/{opened.key}/ladda-ner/{kind}?paket=it&version=1&krav=IT-01"
    )
    assert with_selection.content == response.content


def test_it_is_the_frozen_words_and_gone_when_the_consultation_is(client, opened, coordinator):
    opened.package.requirements.update(text="Något helt annat.")
    assert "Något helt annat." not in pages_of(file_of(client, opened, "docx").content, "docx")[0]
    actions.close_consultation(consultation=opened, by=coordinator)
    response = file_of(client, opened, "docx")
    assert "Remissen är avslutad" in response.content.decode()
    assert "gruvan" not in response.content.decode()
    assert file_of(client, opened, "xlsx").status_code == 404


def test_a_new_last_day_stands_in_the_file(client, opened, coordinator):
    file_of(client, opened, "docx")
    later = opened.closes_on.replace(year=opened.closes_on.year + 1, day=1)
    Consultation.objects.update(closes_on=later)
    assert str(later) in pages_of(file_of(client, opened, "docx").content, "docx")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_shared_module_has_files_without_a_plan(client, coordinator, reviewer, kind):
    module = ModuleFactory()
    RequirementFactory(package=module, code="UK-01", title="Följa koden")
    row = consult(module, coordinator, reviewer)
    pages = pages_of(file_of(client, row, kind).content, kind)
    assert "Följa koden" in " ".join(pages)
    assert "gäller inte" in pages[0]
    assert "Utkast på remiss:" in pages[0]


@pytest.mark.parametrize("kind", KINDS)
def test_who_comes_when_every_place_is_taken_is_asked_to_come_again(
    client, opened, monkeypatch, kind
):
    places = WorkPlaces(1)
    monkeypatch.setattr(consultation_files, "FILES", places)
    with places.place():
        busy = file_of(client, opened, kind)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, str(RETRY_AFTER))
    assert file_of(client, opened, kind).status_code == 200
