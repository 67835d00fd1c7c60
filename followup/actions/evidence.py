"""Files that show that a reading is right: what is taken, what is refused, and how one is kept."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import PurePath
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.excel.importing.sentences import sentence
from actionplan.excel.reading.bounds import SheetRefused
from actionplan.excel.reading.package import check_workbook
from actionplan.models import User
from actionplan.processes import uploads
from actionplan.processes.uploads import FileRefused
from actionplan.word.document import ProblemKind
from actionplan.word.file.archive import UnreadableFile, check_package
from followup.actions.readings import OPEN, refuse_locked, refuse_stranger
from followup.models import Evidence, IndicatorReading
from risks.importing.problems import SENTENCES

LARGEST: Final = 5 * 1024 * 1024
OFFICE: Final = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
ACCEPTED: Final = ",".join(f".{ending}" for ending in CONTENT_TYPES)


def check(file_name: str, content: bytes) -> None:
    """Refuse a file that is too large, of another type, or not what its name says.

    Raises:
        ValidationError: with what is wrong with it.
    """
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > LARGEST:
        raise ValidationError(too_large())
    looks_right = LOOKS.get(ending_of(file_name))
    if looks_right is None:
        raise ValidationError(_("Choose a file of type pdf, docx, xlsx, png or jpg."))
    try:
        if not looks_right(content):
            raise ValidationError(
                _("The file is not of the type that its name shows. Choose another file.")
            )
    except UnreadableFile as unreadable:
        raise ValidationError(str(SENTENCES[unreadable.problem.what])) from unreadable
    except SheetRefused as refused:
        raise ValidationError(sentence(refused)) from refused
    except FileRefused as refused:
        raise ValidationError(str(refused)) from refused


def taken(file: "UploadedFile[bytes]") -> bytes:
    """Check an upload that is to be evidence, and return its content.

    Raises:
        ValidationError: with what is wrong with it.
    """
    if (file.size or 0) > LARGEST:
        raise ValidationError(too_large())
    content: bytes = file.read()
    check(file.name or "", content)
    return content


def too_large() -> str:
    """Return the sentence for a file that is too large."""
    return str(_("The file is larger than 5 MB. Choose a smaller file."))


def ending_of(file_name: str) -> str:
    """Return the ending of a file's name, such as "pdf", in lower case."""
    return PurePath(file_name).suffix.lower().removeprefix(".")


def content_type_of(file_name: str) -> str:
    """Return the content type that a stored file is sent with."""
    return CONTENT_TYPES.get(ending_of(file_name), "application/octet-stream")


def keep(*, reading: IndicatorReading, by: User, file_name: str, content: bytes) -> Evidence:
    """Check a file, and store it as the evidence of a reading.

    Raises:
        PermissionDenied: `by` does not report this.
        ValidationError: the file is refused, or the reading is not to be written on.
    """
    # Before anything is held: it may take seconds.
    check(file_name, content)
    return store(reading=reading, by=by, file_name=file_name, content=content)


@all_or_nothing()
def store(*, reading: IndicatorReading, by: User, file_name: str, content: bytes) -> Evidence:
    """Store a file that `check` has passed as the evidence of a reading, in place of an older one.

    Raises:
        PermissionDenied: `by` does not report this.
        ValidationError: the reading is not to be written on.
    """
    _refuse_closed(reading, by=by)
    evidence = Evidence.objects.filter(reading=reading).first() or Evidence(reading=reading)
    evidence.file_name = short_name(file_name)
    evidence.content = content
    evidence.sha256 = sha256(content).hexdigest()
    evidence.uploaded_by = by
    evidence.uploaded_at = timezone.now()
    evidence.full_clean()
    evidence.signed_by(by).save()
    return evidence


@all_or_nothing()
def remove(*, reading: IndicatorReading, by: User) -> None:
    """Take the evidence of a reading away again.

    Raises:
        PermissionDenied: `by` does not report this.
        ValidationError: the reading is not to be written on.
    """
    _refuse_closed(reading, by=by)
    files = Evidence.objects.filter(reading=reading).only("pk")
    bulk.remove(Evidence, files, by=by)


def _refuse_closed(reading: IndicatorReading, *, by: User) -> None:
    stored = IndicatorReading.objects.select_for_update().get(pk=reading.pk)
    refuse_stranger(by, stored)
    if stored.state not in OPEN:
        raise ValidationError(
            _("The reading has been submitted, so its evidence cannot be changed.")
        )
    refuse_locked(stored.plan, stored.as_of)


def short_name(file_name: str) -> str:
    """Return the name without a folder, within what the column holds, its ending kept."""
    name = PurePath(file_name.replace("\\", "/"))
    return f"{name.stem[: 190 - len(name.suffix)]}{name.suffix}"


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def _is_word(content: bytes) -> bool:
    try:
        uploads.read(check_package, content, raises=(UnreadableFile,))
    except UnreadableFile as unreadable:
        # Its sentence speaks of plans.
        if unreadable.problem.what == ProblemKind.NOT_WORD:
            return False
        raise
    return True


def _is_workbook(content: bytes) -> bool:
    uploads.read(check_workbook, content, raises=(SheetRefused,))
    return True


LOOKS: Final[Mapping[str, Callable[[bytes], bool]]] = {
    "pdf": _is_pdf,
    "docx": _is_word,
    "xlsx": _is_workbook,
    "png": _is_png,
    "jpg": _is_jpeg,
    "jpeg": _is_jpeg,
}
