"""Suspect links by the procurement regions whose coordinators see to them, and since when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from actionplan.models import ActionPlan, ChangeKind, ChangeLog, SubGoal
from actionplan.models.change_log import label_of
from requirements_pkg.drafting.suspects import RISK, Suspect, suspects_that
from requirements_pkg.models import Requirement
from risks.models import RiskStatement


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """A suspect link as people are reminded of it: whose it is, and since when."""

    regions: frozenset[int]
    since: datetime


def suspects_in_regions(regions: Collection[int]) -> list[WaitingLink]:
    """Return the suspect links of which one end belongs to one of these regions.

    One query where there are none, and three more where there are any.
    """
    package = "requirement__package__"
    own = Q(**{f"{package}plan__procurement_region__in": regions})
    own |= Q(**{f"{package}steward__in": regions})
    links = suspects_that(lambda path: (own, Q(**{f"{path}__procurement_region__in": regions})))
    if not links:
        return []
    plans = ActionPlan.objects.filter(pk__in={link.plan_id for link in links})
    of_plan = dict(plans.values_list("pk", "procurement_region_id"))
    rows = Requirement.objects.filter(pk__in={link.requirement_id for link in links}).order_by()
    of_package = {
        pk: region or steward
        for pk, region, steward in rows.values_list(
            "pk", "package__plan__procurement_region_id", "package__steward_id"
        )
    }
    changed = _changed_at(links)
    return [
        WaitingLink(
            frozenset((of_plan[link.plan_id], of_package[link.requirement_id])),
            max(
                (changed[end] for end in _ends(link) if end in changed), default=link.confirmed_at
            ),
        )
        for link in links
    ]


End = tuple[str, int]


def _ends(link: Suspect) -> tuple[End, End]:
    """Return the two rows that a link joins, as the log names them."""
    target = RiskStatement if link.kind == RISK else SubGoal
    return (label_of(Requirement), link.requirement_id), (label_of(target), link.target_id)


def _changed_at(links: Collection[Suspect]) -> dict[End, datetime]:
    """Return when the rows at the ends of links were changed last, of those that were."""
    keys: dict[str, set[int]] = {}
    for link in links:
        for model, key in _ends(link):
            keys.setdefault(model, set()).add(key)
    ends = Q()
    for model, wanted in keys.items():
        ends |= Q(model=model, key__in=wanted)
    log = ChangeLog.objects.filter(ends, kind=ChangeKind.CHANGED).order_by()
    rows = log.values_list("model", "key").annotate(Max("at"))
    return {(model, key): at for model, key, at in rows}
