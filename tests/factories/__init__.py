"""Rows for tests. Traits: `with_matrix`, `with_goals`."""

from tests.factories.people import UserFactory
from tests.factories.plans import (
    AreaFactory,
    CategoryFactory,
    PlanFactory,
    fill_cell,
)
from tests.factories.requirements import (
    ModuleFactory,
    PackageFactory,
    RequirementFactory,
    include,
    treat,
)

__all__ = [
    "AreaFactory",
    "CategoryFactory",
    "ModuleFactory",
    "PackageFactory",
    "PlanFactory",
    "RequirementFactory",
    "UserFactory",
    "fill_cell",
    "include",
    "treat",
]
