"""The sheets of the analysts' workbook, in the order of their tabs."""

from typing import Final

from followup.workbook import demands, follow_ups, goals, lessons, plans
from followup.workbook.chosen import WorkbookFilters
from followup.workbook.columns import QueryColumn, WorkbookTable

SHEETS: Final = (
    plans.PLANS,
    plans.AREAS,
    plans.CELLS,
    plans.STATEMENTS,
    goals.GOALS,
    goals.READINGS,
    demands.REQUIREMENTS,
    demands.TREATMENTS,
    demands.VERSIONS,
    follow_ups.FOLLOW_UPS,
    follow_ups.DEVIATIONS,
    lessons.LESSONS,
    follow_ups.ACTIONS,
)

__all__ = ["SHEETS", "QueryColumn", "WorkbookFilters", "WorkbookTable"]
