"""Requirements removed with their links and sources, in a few statements however many they are."""

from collections.abc import Iterable

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from requirements_pkg.models import (
    GoalService,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementSource,
    RiskTreatment,
)


@all_or_nothing()
def remove_requirements(requirements: Iterable[Requirement], *, by: User) -> None:
    """Delete requirements that were never published, and what belongs to them alone.

    What else points at one the database refuses.
    """
    by_key = {requirement.pk: requirement for requirement in requirements}
    parts = (RiskTreatment, GoalService, RequirementArea, RequirementSource, RequirementProof)
    for model in parts:
        bulk.remove(model, model.objects.filter(requirement__in=by_key), by=by)
    bulk.remove(Requirement, by_key.values(), by=by)
