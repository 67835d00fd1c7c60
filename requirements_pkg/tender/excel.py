"""Requirements as rows: in Excel, CSV and JSON."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from actionplan.excel.columns import CODE, TEXT, Column, ColumnKind
from actionplan.excel.writing.sheet_writing import csv_pieces
from actionplan.excel.writing.spreadsheet import SheetDefinition, WorkbookWriter
from requirements_pkg.tender.answering import scale_of
from requirements_pkg.tender.columns import (
    TenderColumn,
    bidder_columns,
    distinguished,
    fields_of,
    notice_columns,
)
from requirements_pkg.tender.document import Tender
from requirements_pkg.tender.requirement import (
    GREEN_CRITERIA,
    NATIONAL,
)
from requirements_pkg.tender.words import title_of
from risks.exporting.workbook import read_me

About = list[tuple[str, str]]
# What a row is called stays in sight.
FIXED: Final = 2


def tender_workbook(made: Tender, *, about: About) -> bytes:
    """Write the requirements as an Excel file; a selection has room for a bidder's answers."""
    whole = _("Requirements: %(package)s") % {"package": made.title}
    book = WorkbookWriter(title_of(made) if made.selected else whole)
    sheets = sheets_of(made)
    read_me(book, about, {}, sheets)
    for sheet in sheets:
        book.table(sheet)
    return book.close()


def sheets_of(made: Tender) -> list[SheetDefinition]:
    """Return the sheets: of a selection with room for answers, of a version with its risks."""
    return _for_bidders(made) if made.selected else _whole(made)


def _for_bidders(made: Tender) -> list[SheetDefinition]:
    """Return what a bidder reads and answers, and apart what a notice and a system need."""
    answered = _(
        "One requirement per row. The bidder answers in the tinted columns. The "
        "texts are protected, without a password. A dash means that nothing is "
        "asked: whoever submits a tender accepts a contract term."
    )
    meaning = answered if made.has_answers else _("One requirement per row.")
    facts = _("What a notice and other systems need, one requirement per row.")
    scales = _scales(made) if made.has_answers else []
    return [
        _sheet(_("Requirements"), meaning, bidder_columns, made, protected=made.has_answers),
        *scales,
        _sheet(_("About the requirements"), facts, notice_columns, made),
    ]


def _whole(made: Tender) -> list[SheetDefinition]:
    """Write all that a version says of its requirements, and which risks they treat."""
    sheet = _sheet(_("Requirements"), _("One requirement per row."), fields_of, made)
    treated = SheetDefinition(
        _("Requirements and risks"),
        _("Which requirement addresses which risk, one pair per row."),
        _treated_columns(),
        list(_treated_rows(made)),
        fixed=FIXED,
    )
    return [sheet, treated]


def _sheet(
    name: str,
    meaning: str,
    fields: Callable[[Tender], list[TenderColumn]],
    made: Tender,
    *,
    protected: bool = False,
) -> SheetDefinition:
    return SheetDefinition(
        name,
        meaning,
        [field.column for field in fields(made)],
        [
            [field.value_of(item) for field in part_fields]
            # What is told of a requirement depends on its package.
            for part, part_fields in ((part, fields(part)) for part in made.parts)
            for group in part.groups
            for item in group.items
        ],
        fixed=FIXED,
        protected=protected,
    )


def _scales(made: Tender) -> list[SheetDefinition]:
    """Write each step of each scale on a row, with a box to tick."""
    tick = _("The bidder writes x beside the step that is claimed.")
    columns = [
        Column("code", _("Code"), 9, CODE, _("As in the package.")),
        Column("title", _("Title"), 30),
        Column("points", _("Points"), 9, CODE, _("What the step gives.")),
        Column("step", _("Step of the scale"), 60, TEXT, _("What is needed for it.")),
        Column("tick", _("Tick (x)"), 9, ColumnKind("answer", offers=("x",)), tick),
    ]
    rows = [
        [distinguished(item), item.title, step.points, step.words, ""]
        for item in made.every_item
        for step in scale_of(item)
    ]
    meaning = _("The steps of the award criteria, one per row, to tick.")
    sheet = SheetDefinition(
        _("Scales of points"), meaning, columns, rows, fixed=FIXED, protected=True
    )
    return [sheet] if rows else []


def tender_csv(made: Tender) -> bytes:
    """Write one row per requirement, as Swedish Excel opens it."""
    rows = (
        [field.value_of(item) for field in fields]
        for part, fields in ((part, fields_of(part)) for part in made.parts)
        for item in part.items
    )
    return b"".join(csv_pieces(made.title, [field.column for field in fields_of(made)], rows))


def tender_rows(made: Tender) -> list[dict[str, Any]]:
    """Return the requirements of a package for other programs: codes instead of names, lists."""
    fields = fields_of(made)
    return [
        {
            "uid": item.requirement.uid,
            "revision": item.requirement.revision,
            **{
                field.column.name: field.plain(item)
                for field in fields
                # Told as a block of its own below.
                if field.column.name != GREEN_CRITERIA
            },
            "values": {field.place.key: field.value for field in item.fields},
            "eforms": {GREEN_CRITERIA: NATIONAL},
        }
        for item in made.items
    ]


def _treated_columns() -> list[Column]:
    return [
        Column("code", _("Code"), 10, CODE, _("As in the package.")),
        Column("title", _("Title"), 32),
        Column("area", _("Product area"), 20),
        Column("stage", _("Life-cycle stage"), 22, TEXT, _("The row in the risk matrix.")),
        Column("dimension", _("Dimension"), 22, TEXT, _("The column in the risk matrix.")),
        Column("kind", _("Type"), 14, TEXT, _("Risk or opportunity.")),
        Column("text", _("Text"), 80, TEXT, _("Word for word as in the plan.")),
    ]


def _treated_rows(made: Tender) -> Iterator[list[object]]:
    names = made.names
    for item in made.items:
        for at in item.requirement.treats:
            yield [
                item.code,
                item.title,
                names.area(at.product_area),
                names.stages.get(at.stage, at.stage),
                names.dimensions.get(at.dimension, at.dimension),
                _("Opportunity") if at.kind == "opportunity" else _("Risk"),
                at.text,
            ]
