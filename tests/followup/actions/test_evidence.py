"""Files as evidence: what is taken, what is refused, and who may change one."""

import io
import zipfile
from hashlib import sha256

import docx
import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import Indicator
from followup.actions import evidence, readings
from followup.models import Evidence, IndicatorReading
from tests.factories.followup import ReadingFactory

PDF = b"%PDF-1.7\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
JPG = b"\xff\xd8\xff\xe0" + bytes(16)


def word() -> bytes:
    target = io.BytesIO()
    docx.Document().save(target)
    return target.getvalue()


def workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write(0, 0, "Värde")
    return target.getvalue()


def bomb(data: bytes) -> bytes:
    """The file with a part that unpacks to more than is read."""
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("media/big.bin", bytes(101 << 20))
    return target.getvalue()


@pytest.fixture
def reading(plan, coordinator) -> IndicatorReading:
    return ReadingFactory(indicator=Indicator.objects.order_by("pk")[0], author=coordinator)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", PDF),
        ("RAPPORT.PDF", PDF),
        ("protokoll.docx", word()),
        ("värden.xlsx", workbook()),
        ("bild.png", PNG),
        ("bild.jpg", JPG),
        ("bild.jpeg", JPG),
    ],
)
def test_what_is_what_its_name_says_is_kept(reading, coordinator, name, content):
    kept = evidence.keep(reading=reading, by=coordinator, file_name=name, content=content)
    kept.refresh_from_db()
    assert (kept.file_name, bytes(kept.content)) == (name, content)
    assert kept.sha256 == sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("rapport.pdf", b"", "Filen är tom. Välj en annan fil."),
        ("rapport.pdf", PDF + bytes(5 << 20), "Filen är större än 5 MB. Välj en mindre fil."),
        ("rapport.exe", b"MZ", "Välj en fil av typen"),
        ("rapport", PDF, "Välj en fil av typen"),
        ("sida.html", b"<script>", "Välj en fil av typen"),
        ("bild.svg", b"<svg/>", "Välj en fil av typen"),
        ("rapport.pdf", b"<html>%PDF-", "inte av den typ"),
        ("bild.png", JPG, "inte av den typ"),
        ("bild.jpg", PNG, "inte av den typ"),
        ("protokoll.docx", PDF, "en pdf, inte ett Worddokument"),
        ("protokoll.docx", workbook(), "en Excelfil, inte ett Worddokument"),
        ("värden.xlsx", word(), "inte en Excelfil"),
        ("värden.xlsx", b"PK\x03\x04 trasig", "inte en Excelfil"),
        ("protokoll.docx", bomb(word()), "packas upp"),
        ("värden.xlsx", bomb(workbook()), "packas upp"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rubbish_is_refused_with_a_reason(reading, coordinator, name, content, sentence):
    with pytest.raises(ValidationError) as refused:
        evidence.keep(reading=reading, by=coordinator, file_name=name, content=content)
    assert sentence in " ".join(refused.value.messages)
    assert not Evidence.objects.exists()


def test_a_second_file_takes_the_place_of_the_first(reading, coordinator):
    for name, content in [("a.pdf", PDF), ("b.png", PNG)]:
        evidence.keep(reading=reading, by=coordinator, file_name=name, content=content)
    assert Evidence.objects.get().file_name == "b.png"
    evidence.remove(reading=reading, by=coordinator)
    assert not Evidence.objects.exists()


def test_the_evidence_of_what_was_sent_stays(reading, coordinator, reviewer):
    given = {"reading": reading, "by": coordinator}
    evidence.keep(**given, file_name="a.pdf", content=PDF)
    readings.submit(reading=reading, by=coordinator)
    with pytest.raises(ValidationError):
        evidence.keep(**given, file_name="b.pdf", content=PDF)
    with pytest.raises(ValidationError):
        evidence.remove(**given)
    reading.refresh_from_db()
    readings.return_reading(reading=reading, by=reviewer, reason="Fel fil.")
    evidence.keep(**given, file_name="b.pdf", content=PDF)
    assert Evidence.objects.get().file_name == "b.pdf"


@pytest.mark.parametrize("persona", ["other_coordinator", "reviewer", "analyst", "staff"])
def test_who_does_not_report_changes_no_evidence(request, reading, persona):
    by = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        evidence.keep(reading=reading, by=by, file_name="a.pdf", content=PDF)
    with pytest.raises(PermissionDenied):
        evidence.remove(reading=reading, by=by)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\hemligt\\rapport.pdf", "rapport.pdf"),
        ("../../rapport.pdf", "rapport.pdf"),
        (f"{'å' * 300}.pdf", f"{'å' * 186}.pdf"),
    ],
)
def test_a_name_is_kept_short_and_without_its_folder(reading, coordinator, given, kept):
    made = evidence.keep(reading=reading, by=coordinator, file_name=given, content=PDF)
    assert made.file_name == kept
