"""Sheets of requirements as a person gets them, edits them and brings them back."""

import tablib

from actionplan.excel.formats import SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.excel.importing.results import SheetResult
from requirements_pkg.excel.columns import REQUIREMENTS
from requirements_pkg.models import Requirement, RequirementsPackage

NAMES = list(REQUIREMENTS.by_name)
# A row of the file: values by the names of the columns.
Cells = dict[str, object]


def exported(user, **filters) -> list[Cells]:
    """The rows as the file that a person gets holds them."""
    rows = Requirement.objects.filter(**filters).in_reading_order()
    sheet = ResourceFront(REQUIREMENTS, user).export(rows)
    again = SafeXLSX().create_dataset(SafeXLSX().export_data(sheet))
    return [dict(zip(NAMES, row, strict=True)) for row in again]


def dataset(rows: list[Cells], headers: list[str] = NAMES) -> tablib.Dataset:
    return tablib.Dataset(*[[row.get(n, "") for n in headers] for row in rows], headers=headers)


def bring(user, rows: list[Cells], headers: list[str] = NAMES, **kwargs) -> SheetResult:
    """Import rows; `dry_run` and `mapping` as the admin gives them."""
    sheet = ResourceFront(REQUIREMENTS, user)
    return sheet.import_data(dataset(rows, headers), file_name="krav.xlsx", user=user, **kwargs)


def new_row(package: RequirementsPackage, code: str = "SE-90", **cells) -> Cells:
    """A requirement that is not stored, whole and without a fault."""
    return {
        "package": package.slug,
        "code": code,
        "title": f"Nytt krav {code}",
        "text": "Leverantören ska svara inom [antal dagar: 5 | från frågan] dagar.",
        "rationale": "Svar behövs.",
        "verification": "Ett svar.",
        "follow_up_method": "Stickprov.",
        "kind": "contract",
        "level": "basic",
        **cells,
    }


def sentences(result: SheetResult) -> str:
    """All that is wrong with a file, in one text."""
    return " ".join([*result.refusals, *(sentence for *_place, sentence in result.faults)])


def faulty(result: SheetResult) -> set[tuple[int, str]]:
    """Where a file is wrong: rows as Excel numbers them, and the headings of columns."""
    return {(row, column) for row, column, _sentence in result.faults}


def heading(name: str) -> str:
    return str(REQUIREMENTS.by_name[name].label)
