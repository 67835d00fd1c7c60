"""How much was followed up and found, counted by the database; nothing else leaves it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import itemgetter, or_
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Aggregate,
    BigIntegerField,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Concat, Trim, Upper

from followup.models import (
    Deviation,
    DeviationState,
    FollowUp,
    FollowUpStatus,
    Question,
    Sanction,
    Severity,
)

PLAN: Final = "product_area__plan"
IS_DONE: Final = Q(done_on__isnull=False)
# A number is one owner's own: two regions may have the same.
CONTRACT: Final = Concat(
    Cast("organisation_id", CharField()), Value(":"), Upper(Trim("contract_reference"))
)
CONTRACTS: Final = {
    "contracts": Count(CONTRACT, distinct=True),
    "done_contracts": Count(CONTRACT, distinct=True, filter=IS_DONE),
}
# What an area is told of itself; the rest is its plan's, or of its deviations.
OF_AREA: Final = (
    *("slug", "area", "contracts", "done_contracts"),
    *("planned", "done", "last_done", "sanctioned"),
)
# The parts of `area_counts` have these in common; what one does not count is nought in it.
NUMBERS: Final = (
    *("contracts", "done_contracts", "planned", "done", "sanctioned"),
    *("late", "open", "closed"),
)
COLUMNS: Final = (
    *("area_pk", "plan", "slug", "area", "severity", "last_done"),
    *NUMBERS,
)
Cell = tuple[str, str]
Numbers = dict[str, Any]
# Of follow-ups or deviations, grouped: what a row is has no model.
Counted = QuerySet[Any, Any]


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


def area_counts(on: date, *slugs: str) -> tuple[AreaCounts, ...]:
    """The counts of every product area that has follow-ups, of some plans or of all: one query.

    Follow-ups by area, by plan, and deviations by area and severity are each grouped on their
    own and put together here: grouped as one join, each would be counted through all others.
    """
    rows = _by_area(on, slugs).union(_by_plan(slugs), _by_severity(on, slugs), all=True)
    areas: list[Numbers] = []
    plans: dict[int, Numbers] = {}
    found: dict[int, dict[str, Numbers]] = {}
    for row in rows:
        numbers = dict(zip(COLUMNS, row, strict=True))
        if numbers["severity"]:
            found.setdefault(numbers["area_pk"], {})[numbers["severity"]] = numbers
        elif numbers["area_pk"] is None:
            plans[numbers["plan"]] = numbers
        else:
            areas.append(numbers)
    areas.sort(key=itemgetter("slug", "area"))
    return tuple(_area(one, plans[one["plan"]], found.get(one["area_pk"], {})) for one in areas)


def _area(area: Numbers, plan: Numbers, found: Mapping[str, Numbers]) -> AreaCounts:
    return AreaCounts(
        **{name: area[name] for name in OF_AREA},
        plan_contracts=plan["contracts"],
        plan_done_contracts=plan["done_contracts"],
        late=sum(one["late"] for one in found.values()),
        open=tuple(found[one]["open"] if one in found else 0 for one in Severity),
        closed=tuple(found[one]["closed"] if one in found else 0 for one in Severity),
    )


def _by_area(on: date, slugs: Collection[str]) -> Counted:
    in_force = Sanction.objects.in_force(on).filter(follow_up=OuterRef("pk"))
    return _part(
        _counted(slugs).values(
            area_pk=F("product_area"),
            plan=F(PLAN),
            slug=F(f"{PLAN}__package__slug"),
            area=F("product_area__number"),
        ),
        **CONTRACTS,
        planned=Count("pk"),
        done=Count("pk", filter=IS_DONE),
        last_done=Max("done_on"),
        sanctioned=Count("pk", filter=IS_DONE & Exists(in_force)),
    )


def _by_plan(slugs: Collection[str]) -> Counted:
    """A contract may be of several areas, and is one of the plan's."""
    return _part(_counted(slugs).values(plan=F(PLAN)), **CONTRACTS)


def _by_severity(on: date, slugs: Collection[str]) -> Counted:
    """What a follow-up finds counts when it is done, as on the pages of requirements: else the
    difference between the two would be that of a few."""
    rows = Deviation.objects.filter(follow_up__done_on__isnull=False).order_by()
    rows = rows.exclude(follow_up__status=FollowUpStatus.CANCELLED)
    if slugs:
        rows = rows.filter(**{f"follow_up__{PLAN}__package__slug__in": slugs})
    is_open = ~Q(state=DeviationState.CLOSED)
    is_late = is_open & (Q(state=DeviationState.ESCALATED) | Q(due_on__lt=on))
    return _part(
        rows.values("severity", area_pk=F("follow_up__product_area")),
        late=Count("pk", filter=is_late),
        open=Count("pk", filter=is_open),
        closed=Count("pk", filter=~is_open),
    )


def _part(rows: Counted, **counted: Any) -> Counted:
    """One part of a question, grouped, with the columns of all parts."""
    rows = rows.annotate(**counted)
    lacking = {
        **dict.fromkeys(("area_pk", "plan", "area"), Value(None, BigIntegerField())),
        **dict.fromkeys(("slug", "severity"), Value("", CharField())),
        "last_done": Value(None, DateField()),
        **dict.fromkeys(NUMBERS, Value(0)),
    }
    known = {*rows.query.annotations, *rows.query.values_select}
    return rows.annotate(
        **{name: value for name, value in lacking.items() if name not in known}
    ).values_list(*COLUMNS)


class Gathered(Aggregate):
    """The keys of all rows of a group in one text, parted by commas."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        """PostgreSQL's name for it."""
        return self.as_sql(
            compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')"
        )


def asked(uids: Mapping[str, Mapping[Cell, Collection[str]]]) -> dict[tuple[str, Cell], Asked]:
    """How often each cell was asked about: one query.

    Both halves say which follow-ups: those of each contract, and those that ask about each
    requirement. Nations have ten times as many questions as requirements, so the database
    gathers them.

    Args:
        uids: by plan and cell, the requirements that treat a risk there as published.
    """
    if not uids:
        return {}
    plan = f"{PLAN}__package__slug"
    done = _counted(list(uids)).filter(IS_DONE)
    contracts = (
        done.values(key=CONTRACT, slug=F(plan))
        .annotate(uid=Value(None, UUIDField()), ids=Gathered("pk"))
        .values_list("uid", "slug", "ids")
    )
    # The uid as it is stored, and first: sorting texts was half of the question's time.
    questions = (
        Question.objects.filter(
            follow_up__done_on__isnull=False, **{f"follow_up__{plan}__in": list(uids)}
        )
        .exclude(follow_up__status=FollowUpStatus.CANCELLED)
        .order_by()
        .values(uid=F("requirement__uid"), slug=F(f"follow_up__{plan}"))
        .annotate(ids=Gathered("follow_up_id"))
        .values_list("uid", "slug", "ids")
    )
    plans = {slug: _Plan() for slug in uids}
    for uid, slug, ids in contracts.union(questions, all=True):
        plans[slug].add(uid, ids.split(","))
    return {
        (slug, cell): plans[slug].asked(treating)
        for slug, cells in uids.items()
        for cell, treating in cells.items()
    }


class _Plan:
    """Which follow-ups a plan has of each contract, and which ask about each requirement."""

    def __init__(self) -> None:
        self.contracts: list[list[str]] = []
        self.questions: dict[str, list[str]] = {}

    def add(self, uid: UUID | None, ids: list[str]) -> None:
        """Add the follow-ups that ask about a requirement, or else those of a contract."""
        if uid is None:
            self.contracts.append(ids)
        else:
            self.questions[str(uid)] = ids

    def asked(self, treating: Collection[str]) -> Asked:
        """How often requirements were asked about together."""
        found = [bits for uid in treating if (bits := self.bits.get(uid))]
        follow_ups = reduce(or_, (one for one, _contracts in found), 0)
        contracts = reduce(or_, (one for _follow_ups, one in found), 0)
        return Asked(follow_ups.bit_count(), contracts.bit_count(), len(found))

    @cached_property
    def bits(self) -> dict[str, tuple[int, int]]:
        """Of each requirement its follow-ups and their contracts, a bit for each.

        Cells share requirements: sets of follow-ups would be united anew for each of them.
        """
        contract = {one: 1 << at for at, ids in enumerate(self.contracts) for one in ids}
        follow_up = {one: 1 << at for at, one in enumerate(contract)}
        return {
            uid: (
                reduce(or_, map(follow_up.__getitem__, ids)),
                reduce(or_, map(contract.__getitem__, ids)),
            )
            for uid, ids in self.questions.items()
        }


def _counted(slugs: Collection[str]) -> QuerySet[FollowUp]:
    """Follow-ups that somebody plans or has carried out, of some plans or of all."""
    rows = FollowUp.objects.exclude(status=FollowUpStatus.CANCELLED).order_by()
    return rows.filter(**{f"{PLAN}__package__slug__in": slugs}) if slugs else rows
