"""A region's own Word template: what is kept of it, or in words why it is refused."""

from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.processes import uploads
from actionplan.processes.uploads import FileRefused
from actionplan.word.document import ProblemKind
from requirements_pkg.tender.letterhead.reading import (
    LARGEST,
    LetterheadFault,
    LetterheadRefused,
    cleaned,
)
from risks.importing.problems import SENTENCES as TROUBLES

SENTENCES: Final[dict[LetterheadFault, Promise]] = {
    LetterheadFault.TOO_LARGE: gettext_lazy(
        "The template is larger than 2 MB. Use smaller pictures."
    ),
    LetterheadFault.UNPACKS_TOO_LARGE: gettext_lazy(
        "The template is larger than 10 MB when unpacked. Use smaller pictures."
    ),
    LetterheadFault.ENTITIES: TROUBLES[ProblemKind.ENTITIES],
    LetterheadFault.TOO_MUCH_INSIDE: gettext_lazy(
        "The template has more styles, shapes or links than a letterhead needs. Remove those that"
        " are not used."
    ),
    LetterheadFault.UNFIT: gettext_lazy("The template cannot be used. Save it as .docx in Word."),
    LetterheadFault.FETCHING_FIELD: gettext_lazy(
        "The template has a field that fetches something from elsewhere. Remove the field."
    ),
    LetterheadFault.OTHER_TEMPLATE: gettext_lazy(
        "The document is based on another template. In Word: Developer, Document "
        "Template, empty the field and save again."
    ),
    LetterheadFault.EMBEDDED: gettext_lazy(
        "The template contains an embedded object or another document. Remove it."
    ),
    LetterheadFault.OUTSIDE: gettext_lazy(
        "The template fetches something from elsewhere: “%(target)s”. Embed the picture."
    ),
}


class UnusableLetterhead(ValueError):
    """A template that is not taken; its message says why, in the user's language."""


def checked(data: bytes) -> bytes:
    """Return the template as it is kept, made clean and small in a child process.

    Raises:
        Refused: it is no Word file, too large, or holds what no letterhead needs.
    """
    try:
        return uploads.read(cleaned, data, raises=(LetterheadRefused,))
    except FileRefused as refused:
        raise UnusableLetterhead(str(refused)) from refused
    except LetterheadRefused as refused:
        raise UnusableLetterhead(_sentence(refused)) from refused


def taken(file: "UploadedFile[bytes]") -> bytes:
    """Return the template in an upload, as it is kept.

    Raises:
        ValidationError: with what is wrong with the file.
    """
    if (file.size or 0) > LARGEST:
        raise ValidationError(str(SENTENCES[LetterheadFault.TOO_LARGE]))
    try:
        return checked(file.read())
    except UnusableLetterhead as refused:
        raise ValidationError(str(refused)) from refused


def _sentence(refused: LetterheadRefused) -> str:
    if refused.fault != LetterheadFault.UNREADABLE:
        return str(SENTENCES[refused.fault]) % {"target": refused.words}
    trouble = ProblemKind(refused.words)
    if trouble == ProblemKind.NOT_WORD:
        return _("This is not a Word document (.docx) or template (.dotx). Choose another file.")
    return str(TROUBLES[trouble])
