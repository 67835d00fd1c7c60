"""What the history of a requirement tells of its parts: sources, areas, risks and sub-goals."""

from typing import Any, Final

from django.db import models
from django.db.models import QuerySet

from actionplan.backoffice.history import Told, own_name
from actionplan.models import ProductArea, SubGoal
from requirements_pkg.models import (
    GoalService,
    Requirement,
    RequirementArea,
    RequirementSource,
    RiskTreatment,
)
from risks.models import RiskStatement

# Links, and what stands at their other end.
LINKS: Final[tuple[tuple[Any, str, Any], ...]] = (
    (RequirementArea, "product_area_id", ProductArea),
    (RiskTreatment, "statement_id", RiskStatement),
    (GoalService, "sub_goal_id", SubGoal),
)
# Says when somebody looked at a link, which an event tells, and what the texts came to then.
SILENT: Final = frozenset({"hash_at_link", "confirmed_at"})


def parts_of(requirement: Requirement) -> list[Told]:
    """The parts of a requirement, removed ones included, each by what it is about."""
    sources = RequirementSource.history.filter(requirement=requirement.pk)
    return [
        Told(sources, own_name),
        *(
            _told(model.history.filter(requirement=requirement.pk), end, other)
            for model, end, other in LINKS
        ),
    ]


def _told(rows: QuerySet, end: str, other: type[models.Model]) -> Told:
    names = _names(other, set(rows.values_list(end, flat=True)))
    return Told(rows, lambda row: names.get(getattr(row, end), ""), silent=SILENT)


def _names(model: Any, keys: set[int]) -> dict[int, str]:
    """What rows are called; those that are gone, as they were last."""
    there = {row.pk: str(row) for row in model.objects.filter(pk__in=keys)}
    gone = model.history.filter(id__in=keys - there.keys()).order_by("history_id")
    return {row.id: own_name(row) for row in gone} | there
