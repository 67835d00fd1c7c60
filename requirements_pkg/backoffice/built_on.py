"""Which requirements build on what somebody is about to change."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.models import ActionPlan, SubGoal, User
from actionplan.models.second_person import Decision
from actionplan.text import figure
from requirements_pkg.actions.links import move_treatments
from requirements_pkg.models import GoalService, PackageVersion, PublishRequest, RiskTreatment
from risks.extension_points import requirements_on, statements_joined, written_on_top
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


@statements_joined
def treatments_of_joined(statements: Mapping[int, int], by: User) -> str:
    """Move the links of requirements to the statements that theirs were joined with."""
    number = move_treatments(statements=statements, by=by) if statements else 0
    if not number:
        return ""
    text = ngettext(
        "%(number)s requirement came along to the joined row.",
        "%(number)s requirements came along to the joined row.",
        number,
    )
    return text % {"number": figure(number)}


@written_on_top
def published_since(plan: ActionPlan, moment: datetime) -> Iterator[str]:
    """Yield the versions of a plan's package that were published after a moment, and requests."""
    own = {"package__plan": plan.pk}
    versions = PackageVersion.objects.filter(**own, published_at__gt=moment)
    for number in versions.order_by("number").values_list("number", flat=True):
        yield _("Version %(number)s was published.") % {"number": number}
    requests = PublishRequest.objects.filter(**own, requested_at__gt=moment)
    if requests.filter(decision=Decision.PENDING).exists():
        yield _("A draft was sent for approval.")
