"""How a cell may be assessed: by itself, as without leverage, or the same as something else."""

from collections import defaultdict
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from actionplan.models import ProductArea, PurchasingCategory
from risks.exporting.document import grid_names
from risks.grid.editing import GridNames
from risks.models import Assessment, RiskCell, RiskMatrix

OWN: Final = "own"
CELL: Final = "cell"
CATEGORY: Final = "category"
Choices = list[tuple[str, object]]


class CellChoices:
    """What the cells of an area may be the same as, in words; two queries for all of them."""

    def __init__(self, area: RiskMatrix | ProductArea) -> None:
        rows = RiskCell.objects.filter(product_area__plan=area.plan_id).in_grid_order()
        cells = list(rows.select_related("product_area"))
        planned = Q(plans__isnull=False) & ~Q(pk=area.plan.category_id)
        # What a cell already points at stays on offer, whatever has become of it.
        others = PurchasingCategory.objects.filter(
            planned | Q(referring_cells__product_area=area.pk)
        ).distinct()
        names = grid_names()
        self.own = [cell for cell in cells if cell.product_area_id == area.pk]
        self.names = GridNames(
            stages=names["stage_names"],
            dimensions=names["dimension_names"],
            categories=dict(others.values_list("pk", "name")),
            cells={cell.pk: cell for cell in cells},
        )
        self._columns: dict[tuple[int, int], list[RiskCell]] = defaultdict(list)
        self._places: dict[tuple[int, int], list[RiskCell]] = defaultdict(list)
        for cell in cells:
            self._columns[cell.product_area_id, cell.dimension_id].append(cell)
            self._places[cell.stage_id, cell.dimension_id].append(cell)
        self._categories = [
            (f"{CATEGORY}:{pk}", name) for pk, name in self.names.categories.items()
        ]
        self._by_itself: Choices = [
            (OWN, _("own risks and opportunities")),
            (Assessment.NO_LEVERAGE.value, Assessment.NO_LEVERAGE.label),
        ]

    def of(self, cell: RiskCell) -> Choices:
        """Return the ways to assess a cell: by itself, no leverage, or the same as another.

        Offered are the cells of the same column, the same cell of other areas, other categories,
        and whatever it already points at.
        """
        column = self._columns[cell.product_area_id, cell.dimension_id]
        other_cells = [*column, *self._places[cell.stage_id, cell.dimension_id]]
        target = self.names.cells.get(cell.same_as_cell_id or 0)
        if target is not None and target not in other_cells:
            other_cells.append(target)
        cells = [
            (f"{CELL}:{other.pk}", _name(other, cell.product_area))
            for other in dict.fromkeys(other_cells)
            if other != cell
        ]
        targets = [*cells, *self._categories]
        return [*self._by_itself, (_("Same as"), targets)] if targets else self._by_itself


def choice_of(cell: RiskCell) -> str:
    """Return the choice that says how a cell is assessed."""
    if cell.same_as_cell_id:
        return f"{CELL}:{cell.same_as_cell_id}"
    if cell.same_as_category_id:
        return f"{CATEGORY}:{cell.same_as_category_id}"
    return cell.assessment if cell.assessment == Assessment.NO_LEVERAGE else OWN


def meant(choice: str) -> dict[str, Any]:
    """Return what a choice says of a cell: its assessment, and what it is the same as."""
    how, _colon, target = choice.partition(":")
    same_as = {CELL: Assessment.SAME_AS, CATEGORY: Assessment.SAME_AS}
    return {
        "assessment": {OWN: Assessment.DESCRIBED, **same_as}.get(how, how),
        "same_as_cell": int(target) if how == CELL else None,
        "same_as_category": int(target) if how == CATEGORY else None,
    }


def _name(cell: RiskCell, area: ProductArea) -> str:
    name = f"{cell.stage}, {cell.dimension}"
    if cell.product_area_id == area.pk:
        return name
    return _("%(area)s: %(cell)s") % {"area": cell.product_area.name, "cell": name}
