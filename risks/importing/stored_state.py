"""What is stored of a plan, as a checksum.

Whatever takes time is worked out from the stored rows while nobody waits. Who then holds the plan
to write asks for the checksum again: where it is the same, so is what was worked out.
"""

import hashlib
from typing import Final

from django.db.models import Model

from actionplan.database.prepared_queries import (
    KeyedQuery,
    PreparedQuery,
    prepared,
    together,
)
from actionplan.django_edges import TupleRows
from actionplan.models import ActionPlan, Contact, Goal, Indicator, ProductArea, SubGoal
from risks.models import RiskCell, RiskStatement


def _rows(model: type[Model], path: str) -> PreparedQuery:
    """Read all that is stored in rows of a model, by the key that a path leads to."""

    def question(key: int) -> TupleRows:
        return model._default_manager.filter(**{path: key}).order_by("pk").values_list()

    return prepared(question)


PLAN: Final = _rows(ActionPlan, "pk")
CONTACTS: Final = _rows(Contact, "plan")
AREAS: Final = _rows(ProductArea, "plan")
CELLS: Final = _rows(RiskCell, "product_area__plan")
STATEMENTS: Final = _rows(RiskStatement, "cell__product_area__plan")
STATEMENTS_OF_AREA: Final = _rows(RiskStatement, "cell__product_area")
GOALS: Final = _rows(Goal, "plan")
SUB_GOALS: Final = _rows(SubGoal, "goal__plan")
INDICATORS: Final = _rows(Indicator, "sub_goal__goal__plan")


def grid_state(area: ProductArea) -> str:
    """Return the checksum of what an area's grid is made of: its words, and its plan's cells."""
    of_plan = (query.of(area.plan_id) for query in (PLAN, AREAS, CELLS))
    return _checksum(*of_plan, STATEMENTS_OF_AREA.of(area.pk))


def plan_state(plan: int | None) -> str:
    """Return the checksum of all that a document says of a plan; "" where there is no plan."""
    if plan is None:
        return ""
    whole = (PLAN, CONTACTS, AREAS, CELLS, STATEMENTS, GOALS, SUB_GOALS, INDICATORS)
    return _checksum(*(query.of(plan) for query in whole))


def _checksum(*queries: KeyedQuery) -> str:
    return hashlib.sha256(repr(together(*queries)).encode()).hexdigest()
