"""How many risks of a row are treated, as the version in force says: one query for all sheets.

`requirements_pkg.document.coverage` works out whether a requirement treats a risk, where cells
that are the same as others are resolved and opportunities are none; facts keep it.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from followup.workbook.columns import WorkbookTable
from followup.workbook.filters import WorkbookFilters
from requirements_pkg.document.facts import CoveredArea, CoveredCell
from requirements_pkg.models import PackageVersion
from requirements_pkg.published import stored_facts

# Where every such sheet has the plan, and the number and the name of the area.
PLAN: Final = slice(0, 1)
AREA: Final = slice(3, 5)
# How many risks are treated, and how many there are.
Numbers = tuple[int, int]
UNKNOWN: Final = (None, None)


class WorkbookCoverage:
    """The risks of some plans, and those treated: by plan, by area and by cell."""

    def __init__(self, filters: WorkbookFilters) -> None:
        self._filters = filters

    def filled(
        self, sheet: WorkbookTable, rows: Iterable[tuple[object, ...]]
    ) -> Iterator[tuple[object, ...]]:
        """Put the numbers of their risks into rows of a sheet, in place of what was asked for."""
        fields = [field for field in sheet.fields if field.has_value]
        at = next(place for place, field in enumerate(fields) if field.is_covered)
        here = slice(at, at + 2)
        for row in rows:
            key = row[PLAN] if sheet.covered == "plan" else (*row[PLAN], *row[AREA])
            numbers = self._known.get(key, UNKNOWN)
            if sheet.covered == "cell" and numbers is not UNKNOWN:
                # A cell that the version in force has no risk in.
                numbers = self._known.get((*key, *row[here]), (0, 0))
            yield (*row[: here.start], *numbers, *row[here.stop :])

    @cached_property
    def _known(self) -> dict[tuple[object, ...], Numbers]:
        versions = PackageVersion.objects.in_force().filter(package__plan__in=self._filters.plans)
        numbers: dict[tuple[object, ...], Numbers] = {}
        for slug, areas in stored_facts.rows(versions, "package__plan__slug", "facts__covered"):
            numbers[(slug,)] = _sum(*map(_of_area, areas))
            for area in areas:
                key = slug, area.number, area.name
                numbers[key] = _of_area(area)
                for cell in area.cells:
                    numbers[(*key, cell.stage, cell.dimension)] = _of_cell(cell)
        return numbers


def _of_area(area: CoveredArea) -> Numbers:
    return _sum(*map(_of_cell, area.cells))


def _of_cell(cell: CoveredCell) -> Numbers:
    return cell.risks - cell.untreated, cell.risks


def _sum(*numbers: Numbers) -> Numbers:
    return sum(treated for treated, _risks in numbers), sum(risks for _treated, risks in numbers)
