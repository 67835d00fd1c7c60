"""The import in the admin: upload, preview, confirm, and only what was previewed."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ActionPlan, ChangeEvent, ChangeLog, ProductArea
from risks.models import PlanUpload, RiskCell

EXAMPLE = Path(settings.BASE_DIR / "examples/handlingsplan-it-teknisk-plattform.docx")
UPLOAD = "/admin/risks/riskmatrix/importera/"


def send(client, data: bytes, name: str = "plan.docx", **options):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)}, **options)


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


@pytest.fixture
def preview(client):
    """The preview of the example plan."""
    return send(client, EXAMPLE.read_bytes(), follow=True)


def confirm(client, preview):
    address = preview.redirect_chain[-1][0]
    return client.post(address, {"foreseen": preview.context["foreseen"]}, follow=True)


def test_a_preview_tells_what_was_understood_and_stores_nothing(preview):
    page = preview.content.decode()
    assert "IT-teknisk plattform" in page
    assert "2023–2025" in page
    assert "av 72" in page
    assert "Planen är ny." in page
    assert "dokumentet ”plan.docx”" in page
    assert not ActionPlan.objects.exists()


def test_a_preview_tells_what_headings_were_read_as(client, preview):
    assert "Läst som" not in preview.content.decode()
    text = EXAMPLE.with_suffix(".txt").read_text().replace("Råvara:", "Råvaror:", 1)
    page = send(client, text.encode(), "plan.txt", follow=True).content.decode()
    assert "<h2>Läst som</h2>" in page
    assert "”Råvaror: risker och möjligheter” är läst som Råvara." in page


def test_confirming_imports_exactly_what_was_previewed(client, preview, coordinator):
    page = confirm(client, preview)
    plan = ActionPlan.objects.get()
    assert page.redirect_chain[-1][0] == reverse(
        "admin:actionplan_actionplan_overview", args=[plan.pk]
    )
    assert RiskCell.objects.count() == 72
    assert ChangeLog.objects.about(plan).first().by == coordinator
    kept = PlanUpload.objects.get()
    assert bytes(kept.content) == EXAMPLE.read_bytes()
    assert kept.confirmed_at is not None


def test_confirming_twice_does_it_once(client, preview):
    confirm(client, preview)
    page = confirm(client, preview)
    assert "redan importerat" in page.content.decode()
    assert client.get(preview.redirect_chain[-1][0]).status_code == 302
    assert ChangeEvent.objects.filter(kind="imported").count() == 1


def test_the_same_document_again_offers_nothing_to_import(client, preview):
    confirm(client, preview)
    page = send(client, EXAMPLE.read_bytes(), follow=True).content.decode()
    assert "planen stämmer redan med dokumentet" in page
    assert 'value="Importera"' not in page


def test_a_plan_that_changed_since_the_preview_is_previewed_anew(client, preview):
    confirm(client, preview)
    area = ProductArea.objects.get(number=1)
    area.name = "nytt namn"
    area.save()
    second = send(client, EXAMPLE.read_bytes(), follow=True)
    area.name = "ännu ett namn"
    area.save()
    page = confirm(client, second)
    assert "Planen har ändrats sedan förhandsgranskningen" in page.content.decode()
    area.refresh_from_db()
    assert area.name == "ännu ett namn"


def test_a_preview_is_its_uploaders_own(preview, as_persona, superuser, request):
    address = preview.redirect_chain[-1][0]
    for persona in ("other_coordinator", "superuser"):
        assert as_persona(persona).get(address).status_code == 404


@pytest.mark.parametrize("persona", ["reviewer", "analyst", "staff"])
def test_others_do_not_import(as_persona, persona):
    client, status = as_persona(persona), 302 if persona == "staff" else 403
    assert client.get(UPLOAD).status_code == status
    assert send(client, EXAMPLE.read_bytes()).status_code == status
    assert not PlanUpload.objects.exists()


def test_a_foreign_regions_plan_is_refused_with_a_sentence(as_persona):
    response = send(as_persona("other_coordinator"), EXAMPLE.read_bytes())
    assert response.status_code == 400
    assert "som du inte samordnar" in response.content.decode()
    assert not PlanUpload.objects.exists()


def bomb() -> bytes:
    """A small archive that unpacks to more than the bound."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(EXAMPLE) as example:
            for part in example.infolist():
                archive.writestr(part, example.read(part))
        archive.writestr("word/media/bomb.xml", b" " * (101 * 1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"%PDF-1.7 not a plan", "Det här är en pdf", id="a PDF"),
        pytest.param(b"PK\x03\x04 broken", "skadad", id="a broken archive"),
        pytest.param(b"Bara en rad text", "saknas", id="a text that is no plan"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_stores_nothing(client, data, sentence):
    response = send(client, data)
    assert response.status_code == 400
    page = response.content.decode()
    assert "Inget sparades" in page
    assert sentence in page
    assert not PlanUpload.objects.exists()


def test_an_archive_that_unpacks_beyond_the_bound_is_refused(client):
    response = send(client, bomb())
    assert "större än 100 MB när den packas upp" in response.content.decode()
    assert not PlanUpload.objects.exists()


def test_an_empty_file_is_refused_by_the_form(client):
    response = send(client, b"")
    assert response.context["form"].errors["file"]


def test_uploads_that_nobody_confirmed_are_forgotten(client, preview):
    old = timezone.now() - timedelta(days=2)
    PlanUpload.objects.update(uploaded_at=old)
    send(client, EXAMPLE.read_bytes())
    assert PlanUpload.objects.count() == 1
    assert PlanUpload.objects.get().uploaded_at > old


@pytest.mark.parametrize("form", ["docx", "xlsx", "txt", "json"])
@pytest.mark.parametrize(
    ("persona", "status"), [("analyst", 200), ("other_coordinator", 200), ("staff", 302)]
)
def test_whoever_reads_takes_the_draft_out(plan, as_persona, persona, status, form):
    response = as_persona(persona).get(reverse("admin:risks_export", args=[plan.pk, form]))
    assert response.status_code == status
    if status == 200:
        assert plan.slug in response["Content-Disposition"]


def test_an_unknown_form_is_not_found(plan, client):
    address = reverse("admin:risks_export", args=[plan.pk, "exe"])
    assert client.get(address).status_code == 404
