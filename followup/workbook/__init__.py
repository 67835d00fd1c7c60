"""The sheets of the analysts' workbook, in the order of their tabs."""

from typing import Final

from followup.workbook import follow_ups, goals, lessons, plans, requirements
from followup.workbook.columns import QueryColumn, WorkbookTable
from followup.workbook.filters import WorkbookFilters

SHEETS: Final = (
    plans.PLANS,
    plans.AREAS,
    plans.CELLS,
    plans.STATEMENTS,
    goals.GOALS,
    goals.READINGS,
    requirements.REQUIREMENTS,
    requirements.TREATMENTS,
    requirements.VERSIONS,
    follow_ups.FOLLOW_UPS,
    follow_ups.DEVIATIONS,
    lessons.LESSONS,
    follow_ups.ACTIONS,
)

__all__ = ["SHEETS", "QueryColumn", "WorkbookFilters", "WorkbookTable"]
