"""What the history of a requirement tells of its parts: sources, areas, risks and sub-goals."""

from typing import Any, Final

from django.db import models
from django.db.models import Model, QuerySet

from actionplan.backoffice.history import ModelHistory, own_name
from actionplan.database.past_states import pasts
from actionplan.models import ChangeLog, ProductArea, SubGoal
from requirements_pkg.models import (
    AcceptedProof,
    GoalService,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementSource,
    RiskTreatment,
)
from risks.models import RiskStatement

# Links, and what stands at their other end.
LINKS: Final[tuple[tuple[Any, str, Any], ...]] = (
    (RequirementArea, "product_area_id", ProductArea),
    (RequirementProof, "proof_id", AcceptedProof),
    (RiskTreatment, "statement_id", RiskStatement),
    (GoalService, "sub_goal_id", SubGoal),
)
# Says when somebody looked at a link, which an event tells, and what the texts came to then.
SILENT: Final = frozenset({"hash_at_link", "confirmed_at"})


def parts_of(requirement: Requirement) -> list[ModelHistory]:
    """Return the changes of a requirement's parts, also of removed ones, and how to name each."""
    log = ChangeLog.objects
    return [
        ModelHistory(log.parts(RequirementSource, requirement.pk), own_name),
        *(_links(log.parts(model, requirement.pk), end, other) for model, end, other in LINKS),
    ]


def _links(changes: QuerySet[ChangeLog], end: str, other: type[models.Model]) -> ModelHistory:
    ends = {past.values[end] for past in pasts(changes)}
    names = _names(other, ends)
    return ModelHistory(changes, lambda past: names.get(past.values[end], ""), silent=SILENT)


def _names(model: type[Model], keys: set[int]) -> dict[int, str]:
    """Return the names of rows by their keys; of those that are gone, the last they had."""
    there = {row.pk: str(row) for row in model._default_manager.filter(pk__in=keys)}
    removals = ChangeLog.objects.of(model).filter(key__in=keys - there.keys())
    return {past.change.key: own_name(past) for past in pasts(removals)} | there
