"""How much was followed up and found, counted by the database; nothing else leaves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat, Trim, Upper

from followup.models import (
    DeviationState,
    FollowUp,
    FollowUpStatus,
    Question,
    Sanction,
    Severity,
)

PLAN: Final = "product_area__plan"
IS_DONE: Final = Q(done_on__isnull=False)
# What a follow-up finds counts when it is done, as on the pages of requirements: else the
# difference between the two would be that of a few.
IS_OPEN: Final = (
    IS_DONE & Q(deviations__isnull=False) & ~Q(deviations__state=DeviationState.CLOSED)
)
IS_CLOSED: Final = IS_DONE & Q(deviations__state=DeviationState.CLOSED)
# A number is one owner's own: two regions may have the same.
CONTRACT: Final = Concat(
    Cast("organisation_id", CharField()), Value(":"), Upper(Trim("contract_reference"))
)
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """What was done and found in one product area of a plan."""

    slug: str
    area: int
    contracts: int
    # Those that were followed up, which all but `planned` is of.
    done_contracts: int
    # Of the whole plan: a contract may be of several areas.
    plan_contracts: int
    plan_done_contracts: int
    planned: int
    done: int
    last_done: date | None
    late: int
    # Follow-ups with a sanction that is in force.
    sanctioned: int
    # In the order of Severity.
    open: tuple[int, ...]
    closed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a cell of a plan's matrix was asked about in follow-ups that are done."""

    follow_ups: int
    contracts: int
    requirements: int


def area_counts(on: date, slug: str = "") -> tuple[AreaCounts, ...]:
    """The counts of every product area that has follow-ups, of one plan or of all: one query."""
    rows = _counted()
    if slug:
        rows = rows.filter(**{f"{PLAN}__package__slug": slug})
    of_plan = _counted().filter(**{PLAN: OuterRef(PLAN)}).order_by().values(PLAN)
    contracts = Count(CONTRACT, distinct=True)
    done_contracts = Count(CONTRACT, distinct=True, filter=IS_DONE)
    in_force = Sanction.objects.in_force(on).filter(follow_up=OuterRef("pk"))
    is_late = IS_OPEN & (
        Q(deviations__state=DeviationState.ESCALATED) | Q(deviations__due_on__lt=on)
    )
    found = (
        rows.order_by()
        .values(PLAN, slug=F(f"{PLAN}__package__slug"), area=F("product_area__number"))
        .annotate(
            contracts=contracts,
            done_contracts=done_contracts,
            planned=Count("pk", distinct=True),
            done=Count("pk", distinct=True, filter=IS_DONE),
            last_done=Max("done_on"),
            late=Count("deviations", filter=is_late),
            sanctioned=Count("pk", distinct=True, filter=IS_DONE & Exists(in_force)),
            **_by_severity("open", IS_OPEN),
            **_by_severity("closed", IS_CLOSED),
        )
        .annotate(
            plan_contracts=Subquery(of_plan.annotate(number=contracts).values("number")),
            plan_done_contracts=Subquery(of_plan.annotate(number=done_contracts).values("number")),
        )
        .order_by("slug", "area")
    )
    return tuple(
        AreaCounts(
            **{name: row[name] for name in SIMPLE},
            open=tuple(row[f"open_{one}"] for one in Severity),
            closed=tuple(row[f"closed_{one}"] for one in Severity),
        )
        for row in found
    )


SIMPLE: Final = (
    *("slug", "area", "contracts", "done_contracts", "plan_contracts", "plan_done_contracts"),
    *("planned", "done", "last_done", "late", "sanctioned"),
)


def asked(uids: Mapping[str, Mapping[Cell, frozenset[str]]]) -> dict[tuple[str, Cell], Asked]:
    """How often each cell was asked about: one query.

    Args:
        uids: by plan and cell, the requirements that treat a risk there as published.
    """
    rows = (
        Question.objects.filter(
            follow_up__done_on__isnull=False,
            **{f"follow_up__{PLAN}__package__slug__in": list(uids)},
        )
        .exclude(follow_up__status=FollowUpStatus.CANCELLED)
        .order_by()
        .values_list(
            f"follow_up__{PLAN}__package__slug",
            "requirement__uid",
            "follow_up_id",
            "follow_up__organisation_id",
            Upper(Trim("follow_up__contract_reference")),
        )
    )
    by_requirement: dict[tuple[str, str], list[tuple[int, tuple[int, str]]]] = {}
    for slug, uid, follow_up, owner, contract in rows.iterator():
        by_requirement.setdefault((slug, str(uid)), []).append((follow_up, (owner, contract)))
    return {
        (slug, cell): _asked([by_requirement.get((slug, uid), ()) for uid in treating])
        for slug, cells in uids.items()
        for cell, treating in cells.items()
    }


def _asked(found: list[Iterable[tuple[int, tuple[int, str]]]]) -> Asked:
    pairs = {pair for one in found for pair in one}
    return Asked(
        follow_ups=len({follow_up for follow_up, _contract in pairs}),
        contracts=len({contract for _follow_up, contract in pairs}),
        requirements=sum(bool(one) for one in found),
    )


def _counted() -> QuerySet[FollowUp]:
    """Follow-ups that somebody plans or has carried out."""
    return FollowUp.objects.exclude(status=FollowUpStatus.CANCELLED)


def _by_severity(name: str, which: Q) -> dict[str, Count]:
    """The number of such deviations, severity by severity."""
    return {
        f"{name}_{one}": Count("deviations", filter=which & Q(deviations__severity=one))
        for one in Severity
    }
