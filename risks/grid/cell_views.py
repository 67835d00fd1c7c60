"""The cells of a matrix as pages show them: what stands in each, and what others know of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.extension_points import Button, PlanTab
from actionplan.models import ProductArea
from actionplan.text import figure
from actionplan.workspace.tabs import tab_address
from risks.extension_points import statement_requirements
from risks.grid.cell_links import notes
from risks.models import Assessment, RiskCell, RiskLevel, RiskMatrix, RiskStatement, StatementKind
from risks.models.matrix import RiskCellQuerySet

# In the address of the tab: the number of the product area that is read.
AREA: Final = "omrade"


@dataclass(frozen=True)
class StatementView:
    """A risk or an opportunity, and the requirements that treat it."""

    row: RiskStatement
    requirements: list[Button] = field(default_factory=list)

    @property
    def is_chance(self) -> bool:
        return self.row.kind == StatementKind.OPPORTUNITY

    @property
    def treated(self) -> str:
        """How many requirements treat it, in words; "" for none."""
        number = len(self.requirements)
        says = ngettext("%(number)s requirement", "%(number)s requirements", number)
        return says % {"number": figure(number)} if number else ""

    @property
    def to_review(self) -> str:
        """How many of its links have to be looked at again, in words; "" for none."""
        number = sum(button.is_main for button in self.requirements)
        says = ngettext("%(number)s link to review", "%(number)s links to review", number)
        return says % {"number": figure(number)} if number else ""


@dataclass(frozen=True)
class CellView:
    """A cell with its statements, and the links that wait for somebody in it."""

    cell: RiskCell
    statements: list[StatementView]
    notes: list[Button]

    @property
    def address(self) -> str:
        return cell_address(self.cell.pk)

    @property
    def level(self) -> str:
        """What the chip of its level says."""
        return level_words(self.cell.level)

    @property
    def is_blank(self) -> bool:
        return self.cell.assessment == Assessment.NOT_ASSESSED

    @property
    def has_no_leverage(self) -> bool:
        return self.cell.assessment == Assessment.NO_LEVERAGE

    @property
    def reference(self) -> str:
        """What it is the same as, in words; "" where it stands for itself."""
        return reference_words(self.cell)

    @property
    def referred(self) -> list[StatementView]:
        """What stands in the cell that it is the same as."""
        target = self.cell.same_as_cell
        return [] if target is None else [StatementView(row) for row in target.statements.all()]


@dataclass(frozen=True)
class StageView:
    """A row of the matrix: a stage with its cells."""

    name: str
    cells: list[CellView]


def cell_address(cell: int) -> str:
    """Return where a cell is read and edited by itself."""
    return reverse("admin:risks_cell", args=[cell])


def area_address(plan: int, number: int, cell: int | None = None) -> str:
    """Return where the matrix of a product area is read, or a cell of it."""
    anchor = "" if cell is None else f"#cell-{cell}"
    return f"{tab_address(plan, PlanTab.MATRIX)}?{AREA}={number}{anchor}"


def level_words(level: str) -> str:
    """Return what the chip of a level says, "" for none."""
    words = {
        RiskLevel.HIGH: _("High risk"),
        RiskLevel.MEDIUM: _("Medium risk"),
        RiskLevel.LOW: _("Low risk"),
        RiskLevel.INSUFFICIENT: _("Insufficient information"),
    }
    return words[RiskLevel(level)] if level else ""


def reference_words(cell: RiskCell) -> str:
    """Say what a cell is the same as: another cell of this area or of another, or a category."""
    if cell.same_as_category is not None:
        return _("the category %(name)s") % {"name": cell.same_as_category.name}
    target = cell.same_as_cell
    if target is None:
        return ""
    words = {"stage": target.stage.name, "dimension": target.dimension.name}
    if target.product_area_id == cell.product_area_id:
        return _("%(stage)s, %(dimension)s") % words
    area = target.product_area
    words |= {"number": str(area.number), "area": area.name}
    return _("%(stage)s, %(dimension)s in product area %(number)s, %(area)s") % words


def stage_views(request: HttpRequest, area: RiskMatrix) -> list[StageView]:
    """Return the rows of an area's matrix; the number of queries does not grow with it."""
    cells = list(whole_cells(RiskCell.objects.filter(product_area=area)))
    stages: dict[int, StageView] = {}
    for view in cell_views(request, area, cells):
        stage = view.cell.stage
        stages.setdefault(stage.pk, StageView(stage.name.replace("/", "/\u200b"), []))
        stages[stage.pk].cells.append(view)
    return list(stages.values())


def whole_cells(cells: RiskCellQuerySet) -> RiskCellQuerySet:
    """Read cells with all that a page says of them."""
    return (
        cells.in_grid_order()
        .select_related(
            "product_area__plan",
            "product_area__plan__category",
            "same_as_category",
            "same_as_cell__product_area",
            "same_as_cell__stage",
            "same_as_cell__dimension",
        )
        .prefetch_related("statements", "same_as_cell__statements")
    )


def cell_views(
    request: HttpRequest, area: ProductArea, cells: Collection[RiskCell]
) -> list[CellView]:
    """Return cells of an area as pages show them."""
    of_cell = notes(request, area, cells)
    keys = [row.pk for cell in cells for row in cell.statements.all()]
    requirements = requirements_of(request, keys)
    return [
        CellView(
            cell,
            [StatementView(row, requirements[row.pk]) for row in cell.statements.all()],
            [note for note in of_cell[cell.pk] if note.is_main],
        )
        for cell in cells
    ]


def requirements_of(request: HttpRequest, keys: Collection[int]) -> dict[int, list[Button]]:
    """Return the requirements that treat statements, by the keys of the statements."""
    treated: defaultdict[int, list[Button]] = defaultdict(list)
    for provide in statement_requirements if keys else ():
        for key, buttons in provide(request, keys).items():
            treated[key] += buttons
    return treated
