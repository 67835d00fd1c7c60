"""Rows for tests. Traits: `with_matrix`, `with_goals`."""

from tests.factories.people import UserFactory
from tests.factories.plans import (
    AreaFactory,
    CategoryFactory,
    PlanFactory,
    fill_cell,
)

__all__ = ["AreaFactory", "CategoryFactory", "PlanFactory", "UserFactory", "fill_cell"]
