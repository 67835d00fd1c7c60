"""A version as a file, or what a buyer chose in it: made of the published content alone."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.word.writing.writer import write_docx
from requirements_pkg.choosing.need_words import assessment
from requirements_pkg.choosing.selection import Selection
from requirements_pkg.document.facts import period_of
from requirements_pkg.document.plan import written_plan
from requirements_pkg.document.schema import Document
from requirements_pkg.published import catalogue
from requirements_pkg.published.catalogue import PlanEnd
from requirements_pkg.published.version_info import VersionInfo
from requirements_pkg.tender import source as sources
from requirements_pkg.tender.document import Tender, joined, tender_of
from requirements_pkg.tender.excel import sheets_of, tender_csv, tender_rows, tender_workbook
from requirements_pkg.tender.pdf import write_pdf
from requirements_pkg.tender.requirement import GREEN_CRITERIA, NATIONAL, removed_since
from requirements_pkg.tender.source import TenderSource, WithdrawalNotice
from requirements_pkg.tender.word import append_requirements, write_tender
from risks.exporting.workbook import plan_workbook

OFFICE: Final = "application/vnd.openxmlformats-officedocument."
# What a draft that is out for consultation can be read in, far from the site.
CONSULTED: Final = ("docx", "pdf")
# What the file of several packages is called.
SEVERAL: Final = "kravurval"
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """What somebody wants as a file: a whole version, or a selection in it."""

    content: Document
    version: VersionInfo
    # Of the site, for addresses that are read far from it.
    origin: str = ""
    selection: Selection | None = None
    # The letterhead that a Word file is written on.
    paper: bytes | None = None
    # The version in force and its content, where that is another one.
    newer: tuple[VersionInfo, Document] | None = None
    # That the plan's period is over, or the plan is closed.
    ended: PlanEnd | None = None
    # What is wanted of further packages in the same file.
    further: tuple["DownloadRequest", ...] = ()

    @property
    def parts(self) -> tuple["DownloadRequest", ...]:
        """What is wanted of each package."""
        return (self, *self.further)

    @property
    def is_whole(self) -> bool:
        """Whether it is all that the version says, plan included."""
        return self.selection is None

    @property
    def tender(self) -> Tender:
        """The requirements, ready to be written."""
        parts = ((part, source_of(part)) for part in self.parts)
        return joined([tender_of(part.content, at, part.selection) for part, at in parts])


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: what it is called, for whom it is, and how it is made."""

    name: str
    use: str | Promise
    # The same for a selection.
    use_of_selection: str | Promise
    content_type: str
    make: Callable[[DownloadRequest], bytes]
    pack: bool = False


def source_of(order: DownloadRequest) -> TenderSource:
    """Tell where the requirements of an order can be read for ever."""
    version = order.version
    return TenderSource(
        slug=order.content.package.slug,
        number=version.number,
        published=timezone.localtime(version.published_at).date(),
        sha256=version.sha256,
        note=version.note,
        origin=order.origin,
        withdrawal=_withdrawal(version),
        ended=_ended(order),
        masked=tuple(_masked(version)),
        **_since(order),
    )


def _withdrawal(version: VersionInfo) -> WithdrawalNotice | None:
    withdrawal = version.withdrawn
    if withdrawal is None:
        return None
    day = timezone.localtime(withdrawal.at).date()
    return WithdrawalNotice(day, withdrawal.reason, withdrawal.replaced_by)


def _ended(order: DownloadRequest) -> sources.PlanEndNotice | None:
    ended = order.ended
    if ended is None:
        return None
    period = ended.period if ended.is_over else ""
    if not ended.successor:
        return sources.PlanEndNotice(period, ended.is_closed)
    address = f"{order.origin}{reverse('package', args=[ended.successor])}"
    return sources.PlanEndNotice(period, ended.is_closed, ended.later_period, address)


def _since(order: DownloadRequest) -> dict[str, Any]:
    if order.newer is None:
        return {}
    version, content = order.newer
    removed = removed_since(order.content, content, version.number)
    return {"in_force": version.number, "removed": removed}


def _docx(order: DownloadRequest) -> bytes:
    if not order.is_whole:
        return write_tender(order.tender, paper=order.paper)
    return _whole_docx(order.content, order.tender, order.paper)


def _whole_docx(content: Document, made: Tender, paper: bytes | None = None) -> bytes:
    """Write all that a document says, its plan before its requirements."""
    if content.plan is None:
        return write_tender(made, paper=paper)
    document = written_plan(content.plan)
    plan = write_docx(
        document,
        stage_names=content.stage_names,
        dimension_names=content.dimension_names,
    )
    return append_requirements(plan, made)


def _pdf(order: DownloadRequest) -> bytes:
    return write_pdf(order.tender, order.content if order.is_whole else None)


def consulted_file(content: Document, source: TenderSource, extension: str) -> bytes:
    """Write a draft that is out for consultation as a file to read, as a version is written.

    Args:
        extension: one of `CONSULTED`.
    """
    made = tender_of(content, source, None)
    return write_pdf(made, content) if extension == "pdf" else _whole_docx(content, made)


def _xlsx(order: DownloadRequest) -> bytes:
    content, made = order.content, order.tender
    document = None if content.plan is None else written_plan(content.plan)
    if not order.is_whole or document is None:
        return tender_workbook(made, about=_about(order))
    return plan_workbook(
        document,
        stage_names=content.stage_names,
        dimension_names=content.dimension_names,
        about=_about(order),
        more=sheets_of(made) if made.items else (),
    )


def _about(order: DownloadRequest) -> list[tuple[str, str]]:
    made = order.tender
    whole = ((_("Procurement"), made.reference), (_("Contracting authority"), made.buyer))
    return [
        *(fact for part in order.parts for fact in _about_version(part)),
        *((name, words) for name, words in whole if words),
        *assessment(made.needs),
    ]


def _about_version(order: DownloadRequest) -> list[tuple[str, str]]:
    content, version, source = order.content, order.version, source_of(order)
    published = timezone.localtime(version.published_at)
    return [
        *([(_("Still in force?"), source.warning)] if source.warning else []),
        (_("Requirements package"), content.package.title),
        *([(_("Period"), period_of(content.plan))] if content.plan else []),
        (_("Version"), str(version.number)),
        (_("Published"), date_format(published, "Y-m-d")),
        (_("What is new"), version.note),
        (_("Permanent address"), source.address()),
        (_("Checksum (SHA-256)"), version.sha256),
        *((_("Masked"), masked_words) for masked_words in source.masked),
    ]


def _masked(version: VersionInfo) -> list[str]:
    """Return what is to be known of each masking: since when, and on which provision."""
    return [
        f"{timezone.localtime(masking.at).date().isoformat()}, {masking.provision}"
        for masking in version.masked
    ]


def _csv(order: DownloadRequest) -> bytes:
    return tender_csv(order.tender)


def _json(order: DownloadRequest) -> bytes:
    if order.further:
        content = _several_contents(order)
    elif order.is_whole:
        # As it was written: what an older schema lacks is not in what its checksum is taken of.
        content = {**_head(order), **catalogue.as_stored(order.version, order.content)}
    else:
        content = {**_head(order), **_selected_content(order)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _head(order: DownloadRequest) -> Content:
    """Return what is told of a version; the rest is what the checksum is taken of.

    That holds for a whole version where nothing in it is masked.
    """
    version, withdrawal = order.version, order.version.withdrawn
    return {
        "version": version.number,
        "published_at": timezone.localtime(version.published_at).isoformat(),
        "sha256": version.sha256,
        "note": version.note,
        "withdrawn": withdrawal
        and {
            "at": timezone.localtime(withdrawal.at).isoformat(),
            "reason": withdrawal.reason,
            "replaced_by": withdrawal.replaced_by,
        },
        "masked": _masked(version),
    }


def _selected_content(order: DownloadRequest) -> Content:
    """Return a selection of one package for other programs."""
    made = order.tender
    return {
        **_package_content(order, made),
        "buyer": made.buyer,
        "reference": made.reference,
        "eforms": {GREEN_CRITERIA: NATIONAL},
        "requirements": tender_rows(made),
    }


def _several_contents(order: DownloadRequest) -> Content:
    """Return a selection of several packages for other programs."""
    made = order.tender
    return {
        "buyer": made.buyer,
        "reference": made.reference,
        "eforms": {GREEN_CRITERIA: NATIONAL},
        "packages": [
            {**_head(part), **_package_content(part, own), "requirements": tender_rows(own)}
            for part, own in zip(order.parts, made.parts, strict=True)
        ],
    }


def _package_content(order: DownloadRequest, made: Tender) -> Content:
    return {
        "package": msgspec.to_builtins(order.content.package),
        "address": made.source.address(),
        "warning": made.source.warning,
    }


FORMS: Final = {
    "docx": Form(
        "Word",
        gettext_lazy("the plan and its requirements to edit and use"),
        gettext_lazy("to edit, with fields for the bidder’s answers"),
        f"{OFFICE}wordprocessingml.document",
        _docx,
    ),
    "pdf": Form(
        "PDF",
        gettext_lazy("the same, to read and print, also with a screen reader"),
        gettext_lazy("to read and print, also with a screen reader"),
        "application/pdf",
        _pdf,
    ),
    "xlsx": Form(
        "Excel",
        gettext_lazy("every risk, indicator and requirement as a row, for sorting and filtering"),
        gettext_lazy("one row per requirement, with columns for answers"),
        f"{OFFICE}spreadsheetml.sheet",
        _xlsx,
    ),
    "csv": Form(
        "CSV",
        gettext_lazy("every requirement as a row, for other systems"),
        gettext_lazy("one row per requirement, for other systems"),
        "text/csv; charset=utf-8",
        _csv,
        pack=True,
    ),
    "json": Form(
        "JSON",
        gettext_lazy("the whole version for other programs"),
        gettext_lazy("the requirements with codes, for other programs"),
        "application/json",
        _json,
        pack=True,
    ),
}


def selection_name(order: DownloadRequest, extension: str) -> str:
    """Return the name of the file of a selection."""
    if order.further:
        return f"{SEVERAL}.{extension}"
    slug = order.content.package.slug
    return file_name(slug, order.version, extension, is_selection=True)


def file_name(
    slug: str, version: VersionInfo, extension: str, *, is_selection: bool = False
) -> str:
    """Return the name a file is saved under, with the version in it, as buyers are used to."""
    return f"{slug}-v{version.number}{'-urval' if is_selection else ''}.{extension}"
