"""A version as a file: Word, Excel or JSON, made from the published content alone."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.word.writer import write_docx
from requirements_pkg import snapshot
from requirements_pkg.catalogue import Edition, period_of
from risks.workbook import plan_workbook

OFFICE: Final = "application/vnd.openxmlformats-officedocument."
Content = dict[str, Any]
StrOrPromise = Any


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: what it is called, for whom it is, and how it is made."""

    name: str
    use: StrOrPromise
    content_type: str
    make: Callable[[Content, Edition], bytes]
    pack: bool = False


def _labels(content: Content, which: str) -> dict[str, str]:
    return {label["code"]: label["name"] for label in content[which]}


def _docx(content: Content, edition: Edition) -> bytes:
    return write_docx(
        snapshot.document_of(content),
        stage_names=_labels(content, "stages"),
        dimension_names=_labels(content, "dimensions"),
    )


def _xlsx(content: Content, edition: Edition) -> bytes:
    published = timezone.localtime(edition.published_at)
    about = [
        (_("Requirements package"), content["package"]["title"]),
        (_("Period"), period_of(content["plan"])),
        (_("Version"), str(edition.number)),
        (_("Published"), date_format(published, "Y-m-d")),
        (_("What is new"), edition.note),
        (_("Checksum (SHA-256)"), edition.sha256),
    ]
    return plan_workbook(
        snapshot.document_of(content),
        stage_names=_labels(content, "stages"),
        dimension_names=_labels(content, "dimensions"),
        about=about,
    )


def _json(content: Content, edition: Edition) -> bytes:
    # The content without these four is what the checksum is taken of.
    head = {
        "version": edition.number,
        "published_at": edition.published_at.isoformat(),
        "sha256": edition.sha256,
        "note": edition.note,
    }
    return json.dumps({**head, **content}, ensure_ascii=False, indent=1).encode()


FORMS: Final = {
    "docx": Form(
        "Word",
        gettext_lazy("the plan as a document to edit and take along"),
        f"{OFFICE}wordprocessingml.document",
        _docx,
    ),
    "xlsx": Form(
        "Excel",
        gettext_lazy("every risk and indicator as a row to sort and filter"),
        f"{OFFICE}spreadsheetml.sheet",
        _xlsx,
    ),
    "json": Form(
        "JSON",
        gettext_lazy("the whole version for other programs"),
        "application/json",
        _json,
        pack=True,
    ),
}


def file_name(slug: str, edition: Edition, extension: str) -> str:
    """The name a file is saved under; the version stands in it, as buyers are used to."""
    return f"{slug}-v{edition.number}.{extension}"
