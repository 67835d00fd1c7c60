"""A file that ends its reader is a sentence on the page where it was chosen, and nothing more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplan.models import Indicator
from actionplan.processes import child_process, uploads
from actionplan.processes.child_process import ChildFailed, Failure
from actionplan.processes.forked import ChildOrder
from actionplan.processes.uploads import FileRefused
from followup.models import Evidence, FollowUpStatus, IndicatorReading
from requirements_pkg.models import Requirement, WordTemplate
from risks.models import PlanUpload
from tests.actionplan import child_work
from tests.factories.followup import FollowUpFactory
from tests.hostile import documents, workbooks

ENDINGS = [
    (Failure.BUSY, "Vänta en minut och försök igen."),
    (Failure.TOO_LONG, "Filen tar för lång tid att läsa."),
    (Failure.TOO_MUCH, "mer än vad som kan läsas på en gång"),
    (Failure.CRASHED, "Filen gick inte att läsa."),
]


@pytest.fixture(params=ENDINGS, ids=lambda pair: pair[0].value)
def sentence(request, monkeypatch) -> str:
    """Every reader ends in this way; the sentence that says so."""
    failure, words = request.param

    def ended(_order: ChildOrder, _arguments: bytes) -> bytes:
        raise ChildFailed(failure, "Traceback: for the operator alone")

    monkeypatch.setattr(child_process, "_answered", ended)
    return words


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


def a_file(name: str) -> SimpleUploadedFile:
    data = workbooks.good() if name.endswith("xlsx") else documents.good()
    return SimpleUploadedFile(name, data)


def refused(response, sentence: str, status: int) -> None:
    page = response.content.decode()
    assert response.status_code == status
    assert sentence in page
    assert "Traceback" not in page
    assert 'type="file"' in page


def test_a_plan_that_is_not_read(client, plan, sentence):
    address = reverse("admin:risks_import")
    refused(client.post(address, {"file": a_file("plan.docx")}), sentence, 400)
    assert not PlanUpload.objects.exists()


def test_a_kept_plan_that_is_not_read_again(client, coordinator, sentence):
    kept = PlanUpload.objects.create(
        file_name="a", content=b"a", sha256="", uploaded_by=coordinator
    )
    address = reverse("admin:risks_import_preview", args=[kept.pk])
    for response in (client.get(address), client.post(address, {"foreseen": ""})):
        refused(response, sentence, 400)
    kept.refresh_from_db()
    assert kept.confirmed_at is None


def test_a_national_analysis_that_is_not_read(client, plan, sentence):
    address = reverse("admin:risks_levels", args=[plan.product_areas.all()[0].pk])
    given = {"text": "Råvara", "source": "https://a.example/", "dated": "2026-01-01"}
    response = client.post(address, given)
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_a_list_in_excel_that_is_not_read(client, plan, sentence):
    address = reverse("admin:requirements_pkg_requirement_import")
    sent = {"import_file": a_file("krav.xlsx"), "format": "0", "resource": "0"}
    refused(client.post(address, sent), sentence, 200)
    assert not Requirement.objects.exists()


def test_answers_that_are_not_read(client, version, sentence):
    follow_up = FollowUpFactory(version=version, status=FollowUpStatus.SENT)
    address = reverse("admin:followup_read_answers", args=[follow_up.pk])
    refused(client.post(address, {"file": a_file("svar.xlsx")}), sentence, 400)


def test_a_letterhead_that_is_not_read(client, stockholm, sentence):
    address = reverse("admin:requirements_pkg_wordtemplate_add")
    sent = {"organisation": stockholm.pk, "file": a_file("brev.docx")}
    refused(client.post(address, sent), sentence, 200)
    assert not WordTemplate.objects.exists()


@pytest.mark.parametrize("name", ["rapport.docx", "rapport.xlsx"])
def test_evidence_that_is_not_read(client, plan, sentence, name):
    sent = {
        "indicator": Indicator.objects.order_by("pk")[0].pk,
        "as_of": "2026-06-30",
        "status": "on_track",
        "comment": "Så.",
        "file": a_file(name),
    }
    address = reverse("admin:followup_indicatorreading_add")
    refused(client.post(address, sent), sentence, 200)
    assert not IndicatorReading.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.children
def test_what_a_dead_reader_said_is_in_the_log_alone(caplog):
    with pytest.raises(FileRefused, match="Filen gick inte att läsa"):
        uploads.read(child_work.stumble)
    assert "child_work.stumble: crashed" in caplog.text
    assert "LookupError: a fault of ours" in caplog.text
