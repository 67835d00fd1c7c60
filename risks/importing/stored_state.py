"""What is stored of a plan, as a checksum.

Whatever takes time is worked out from the stored rows while nobody waits. Who then holds the plan
to write asks for the checksum again: where it is the same, so is what was worked out.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from django.db.models import Q, QuerySet

from actionplan.models import ActionPlan, Contact, Goal, Indicator, ProductArea, SubGoal
from risks.models import RiskCell, RiskStatement

# So often is something worked out anew because somebody else wrote meanwhile.
ATTEMPTS: Final = 3


def grid_state(area: ProductArea) -> str:
    """The checksum of all that the grid of an area is made of: its words, and its plan's cells."""
    of_plan = Q(product_area__plan=area.plan_id)
    return _checksum(
        [
            ActionPlan.objects.filter(pk=area.plan_id),
            ProductArea.objects.filter(plan=area.plan_id),
            RiskCell.objects.filter(of_plan),
            RiskStatement.objects.filter(cell__product_area=area.pk),
        ]
    )


def plan_state(plan: int | None) -> str:
    """The checksum of all that a document says of a plan; None is a plan that is not there."""
    if plan is None:
        return ""
    return _checksum(
        [
            ActionPlan.objects.filter(pk=plan),
            Contact.objects.filter(plan=plan),
            ProductArea.objects.filter(plan=plan),
            RiskCell.objects.filter(product_area__plan=plan),
            RiskStatement.objects.filter(cell__product_area__plan=plan),
            Goal.objects.filter(plan=plan),
            SubGoal.objects.filter(goal__plan=plan),
            Indicator.objects.filter(sub_goal__goal__plan=plan),
        ]
    )


def _checksum(rows: Iterable[QuerySet]) -> str:
    digest = hashlib.sha256()
    for found in rows:
        digest.update(repr(list(found.order_by("pk").values_list())).encode())
    return digest.hexdigest()
