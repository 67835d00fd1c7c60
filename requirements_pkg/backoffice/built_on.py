"""Which requirements build on what somebody is about to change."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db.models import Model

from actionplan.models import SubGoal
from requirements_pkg.models import GoalService, RiskTreatment
from risks.extension_points import requirements_on
from risks.models import RiskStatement

# The links that lead from a requirement to a row, and the field that names the row.
LINKS: Final[dict[type[Model], tuple[Any, str]]] = {
    RiskStatement: (RiskTreatment, "statement"),
    SubGoal: (GoalService, "sub_goal"),
}


@requirements_on
def codes_on(model: type[Model], keys: Collection[int]) -> Mapping[int, dict[int, str]]:
    """Return the codes of the requirements that build on risks or sub-goals; one query."""
    if model not in LINKS:
        return {}
    links, name = LINKS[model]
    rows = links.objects.filter(**{f"{name}__in": keys})
    codes: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for key, requirement, code in rows.values_list(
        name, "requirement_id", "requirement__code"
    ).order_by("requirement__code"):
        codes[key][requirement] = code
    return codes
