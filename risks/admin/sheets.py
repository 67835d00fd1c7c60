"""The sheets of the risk matrix."""

from collections import defaultdict
from typing import Final

from django.utils.translation import gettext_lazy as _

from actionplan.admin.sheets import (
    CHECKSUM,
    FINGERPRINT_COLUMN,
    ID_COLUMN,
    PLAN,
    READ_ONLY_HELP,
)
from actionplan.django_edges import AnyRows
from actionplan.excel.columns import CODE, TEXT, Column
from actionplan.excel.columns.kinds import DATE, WHOLE, ChoiceKind
from actionplan.excel.lists import (
    ColumnUse,
    ExcelList,
    ListColumn,
)
from risks.admin.incoming_statements import IncomingStatements
from risks.models import (
    Assessment,
    Dimension,
    HeadingAlias,
    LifecycleStage,
    PlanUpload,
    RiskCell,
    RiskLevel,
    RiskMatrix,
    RiskStatement,
    StatementKind,
)
from risks.models.matrix import RiskMatrixQuerySet

HEADING_HELP = _(
    "The name or the code, or a heading found in documents. One of the two columns is enough."
)


# Risks and opportunities: exported, edited in Excel, imported again.
STATEMENTS: Final = ExcelList(
    RiskStatement,
    _("Risks and opportunities"),
    (
        ID_COLUMN,
        ListColumn(PLAN, "cell__product_area__plan__slug", ColumnUse.PLACE),
        ListColumn(
            Column("area_number", _("Product area no."), 10, WHOLE, _("As in the plan.")),
            "cell__product_area__number",
            ColumnUse.PLACE,
        ),
        ListColumn(
            Column("area", _("Product area"), 24, TEXT, READ_ONLY_HELP), "cell__product_area__name"
        ),
        ListColumn(
            Column("stage", _("Life-cycle stage"), 24, TEXT, HEADING_HELP),
            "cell__stage__name",
            ColumnUse.PLACE,
        ),
        ListColumn(
            Column("stage_code", _("Stage code"), 16, CODE), "cell__stage__code", ColumnUse.PLACE
        ),
        ListColumn(
            Column("dimension", _("Dimension"), 24, TEXT, HEADING_HELP),
            "cell__dimension__name",
            ColumnUse.PLACE,
        ),
        ListColumn(
            Column("dimension_code", _("Dimension code"), 16, CODE),
            "cell__dimension__code",
            ColumnUse.PLACE,
        ),
        ListColumn(
            Column("kind", _("Type"), 14, ChoiceKind(StatementKind)),
            "kind",
            ColumnUse.WRITTEN,
            keeps=True,
        ),
        ListColumn(
            Column("text", _("Text"), 80, TEXT, _("One risk or opportunity.")),
            "text",
            ColumnUse.WRITTEN,
        ),
        ListColumn(
            Column(
                "position",
                _("Order"),
                8,
                WHOLE,
                _("The order within the cell. A new row without it is placed last."),
            ),
            "position",
            ColumnUse.WRITTEN,
            keeps=True,
        ),
        ListColumn(
            Column("level", _("Level"), 14, ChoiceKind(RiskLevel), READ_ONLY_HELP), "cell__level"
        ),
        FINGERPRINT_COLUMN,
    ),
    owner_path="cell__product_area__plan",
    incoming=IncomingStatements,
)


def _texts_of_cells(queryset: AnyRows) -> dict[int, dict[str, object]]:
    """Return the texts of all cells, in one query."""
    cells = queryset.order_by().values("pk")
    rows = RiskStatement.objects.filter(cell__in=cells).order_by("cell_id", "position", "id")
    texts = defaultdict(list)
    for cell, words in rows.values_list("cell_id", "text"):
        texts[cell].append(words)
    return {cell: {"text": " ".join(words)} for cell, words in texts.items()}


# The cells of the matrices, each with its whole text.
CELLS: Final = ExcelList(
    RiskCell,
    _("Cells of the risk matrix"),
    (
        ListColumn(PLAN, "product_area__plan__slug"),
        ListColumn(
            Column("area_number", _("Product area no."), 10, WHOLE), "product_area__number"
        ),
        ListColumn(Column("area", _("Product area"), 24), "product_area__name"),
        ListColumn(Column("stage", _("Life-cycle stage"), 24), "stage__name"),
        ListColumn(Column("stage_code", _("Stage code"), 16, CODE), "stage__code"),
        ListColumn(Column("dimension", _("Dimension"), 24), "dimension__name"),
        ListColumn(Column("dimension_code", _("Dimension code"), 16, CODE), "dimension__code"),
        ListColumn(
            Column("assessment", _("Assessment"), 18, ChoiceKind(Assessment)), "assessment"
        ),
        ListColumn(Column("level", _("Level"), 14, ChoiceKind(RiskLevel)), "level"),
        ListColumn(Column("level_source", _("Source of the level"), 40), "level_source"),
        ListColumn(
            Column("level_source_dated", _("Date of the source"), 14, DATE), "level_source_dated"
        ),
        ListColumn(
            Column(
                "text", _("Text"), 80, TEXT, _("All statements of the cell, one after another.")
            )
        ),
        ListColumn(
            Column("same_area", _("Same as product area no."), 12, WHOLE),
            "same_as_cell__product_area__number",
        ),
        ListColumn(Column("same_stage", _("Same as stage"), 24), "same_as_cell__stage__name"),
        ListColumn(
            Column("same_dimension", _("Same as dimension"), 24), "same_as_cell__dimension__name"
        ),
        ListColumn(Column("same_category", _("Same as category"), 24), "same_as_category__name"),
    ),
    owner_path="product_area__plan",
    details=_texts_of_cells,
)


# The rows of the matrix.
STAGES: Final = ExcelList(
    LifecycleStage,
    _("Life-cycle stages"),
    (
        ListColumn(Column("code", _("Code"), 24, CODE), "code"),
        ListColumn(Column("name", _("Name"), 40), "name"),
        ListColumn(Column("position", _("Position"), 10, WHOLE), "position"),
    ),
)


# The columns of the matrix.
DIMENSIONS: Final = ExcelList(
    Dimension,
    _("Dimensions"),
    (
        ListColumn(Column("code", _("Code"), 24, CODE), "code"),
        ListColumn(Column("name", _("Name"), 40), "name"),
        ListColumn(Column("position", _("Position"), 10, WHOLE), "position"),
    ),
)


# The spellings that documents are read by.
ALIASES: Final = ExcelList(
    HeadingAlias,
    _("Spellings in documents"),
    (
        ListColumn(Column("folded", _("Heading in documents"), 40), "folded"),
        ListColumn(Column("stage", _("Life-cycle stage"), 30), "stage__name"),
        ListColumn(Column("dimension", _("Dimension"), 30), "dimension__name"),
        ListColumn(Column("organisation", _("Organisation"), 30), "organisation__name"),
        ListColumn(Column("category", _("Purchasing category"), 30), "category__name"),
    ),
)


# The documents that were brought in; who did it is personal data and stays.
UPLOADS: Final = ExcelList(
    PlanUpload,
    _("Uploaded plans"),
    (
        ListColumn(Column("file_name", _("File name"), 50), "file_name"),
        ListColumn(CHECKSUM, "sha256"),
        ListColumn(Column("uploaded_at", _("Uploaded"), 18, DATE), "uploaded_at"),
        ListColumn(Column("confirmed_at", _("Confirmed"), 18, DATE), "confirmed_at"),
    ),
)


def _counted(queryset: AnyRows) -> AnyRows:
    """Add the counts, unless the list already has them."""
    counted = {"cell_count", "assessed"} <= set(queryset.query.annotations)
    if isinstance(queryset, RiskMatrixQuerySet) and not counted:
        return queryset.with_progress()
    return queryset


# The product areas with how much of their matrix says something.
MATRICES: Final = ExcelList(
    RiskMatrix,
    _("Risk matrices"),
    (
        ListColumn(PLAN, "plan__slug"),
        ListColumn(Column("category", _("Purchasing category"), 30), "plan__category__name"),
        ListColumn(Column("number", _("Product area no."), 10, WHOLE), "number"),
        ListColumn(Column("name", _("Product area"), 40), "name"),
        ListColumn(Column("cells", _("Cells"), 10, WHOLE), "cell_count"),
        ListColumn(
            Column("assessed", _("Assessed cells"), 10, WHOLE, _("Cells that contain text.")),
            "assessed",
        ),
    ),
    owner_path="plan",
    prepare=_counted,
)
