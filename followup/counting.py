"""How much was followed up and found: numbers, and nothing of a contract."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import (
    Aggregate,
    CharField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat, Trim, Upper

from followup.models import FollowUp, FollowUpStatus, Question, Severity
from requirements_pkg.models import Requirement

PLAN: Final = "product_area__plan"
# A number is one owner's own: two regions may have the same.
CONTRACT: Final = Concat(
    Cast("organisation_id", CharField()), Value(":"), Upper(Trim("contract_reference"))
)
# Follow-ups that somebody plans or has carried out, first gathered by contract: a database counts
# distinct texts by sorting them, once for each number. What is found counts when its follow-up is
# done, as on the pages of requirements: else the difference between the two would tell of a few.
COUNTS: Final = """
    WITH follow_up AS (
        SELECT one.id, area.plan_id AS plan, area.id AS area, one.done_on, sanction.follow_up_id,
            one.organisation_id AS owner, UPPER(TRIM(one.contract_reference)) AS contract
        FROM followup_followup AS one
        JOIN actionplan_productarea AS area ON area.id = one.product_area_id
        JOIN requirements_pkg_requirementspackage AS package ON package.plan_id = area.plan_id
        LEFT JOIN (
            SELECT DISTINCT follow_up_id FROM followup_sanction
            WHERE decided_on <= %(on)s AND (lifted_on IS NULL OR lifted_on > %(on)s)
        ) AS sanction ON sanction.follow_up_id = one.id AND one.done_on IS NOT NULL
        WHERE one.status <> 'cancelled' {chosen}
    ),
    of_area AS (
        SELECT plan, area, owner, contract, COUNT(*) AS planned, COUNT(done_on) AS done,
            MAX(done_on) AS last_done, COUNT(follow_up_id) AS sanctioned
        FROM follow_up GROUP BY plan, area, owner, contract
    ),
    of_plan AS (
        SELECT plan, owner, contract, MAX(last_done) AS last_done
        FROM of_area GROUP BY plan, owner, contract
    ),
    counted AS (
        SELECT plan, area, '' AS severity, COUNT(*) AS contracts,
            COUNT(last_done) AS done_contracts, SUM(planned) AS planned, SUM(done) AS done,
            MAX(last_done) AS last_done, SUM(sanctioned) AS sanctioned, 0 AS late, 0 AS open,
            0 AS closed
        FROM of_area GROUP BY plan, area
    UNION ALL
        SELECT plan, NULL, '', COUNT(*), COUNT(last_done), 0, 0, NULL, 0, 0, 0, 0
        FROM of_plan GROUP BY plan
    UNION ALL
        SELECT plan, area, severity, 0, 0, 0, 0, NULL, 0,
            COUNT(*) FILTER (WHERE state = 'escalated' OR state <> 'closed' AND due_on < %(on)s),
            COUNT(*) FILTER (WHERE state <> 'closed'),
            COUNT(*) FILTER (WHERE state = 'closed')
        FROM followup_deviation AS found JOIN follow_up ON follow_up.id = found.follow_up_id
        WHERE done_on IS NOT NULL GROUP BY plan, area, severity
    )
    SELECT package.slug, area.number, severity, contracts, done_contracts,
        CAST(planned AS INTEGER), CAST(done AS INTEGER), CAST(last_done AS TEXT),
        CAST(sanctioned AS INTEGER), late, open, closed
    FROM counted
    JOIN requirements_pkg_requirementspackage AS package ON package.plan_id = counted.plan
    LEFT JOIN actionplan_productarea AS area ON area.id = counted.area
    """
# What an area is told of itself; the rest is its plan's, or of its deviations.
OF_AREA: Final = ("slug", "area", "contracts", "done_contracts", "planned", "done", "sanctioned")
COLUMNS: Final = (
    *("slug", "area", "severity", "contracts", "done_contracts", "planned", "done"),
    *("last_done", "sanctioned", "late", "open", "closed"),
)
Cell = tuple[str, str]
Numbers = dict[str, Any]
# The bits that each cell has in one number, in which all cells of a plan are counted at once.
LANE: Final = 32
LANE_BITS: Final = (1 << LANE) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracts:
    """How many contracts stand behind the counts of one product area of a plan."""

    slug: str
    area: int
    contracts: int
    # Those that were followed up, which all but what is planned is of.
    done_contracts: int
    # Of the whole plan: a contract may be of several areas.
    plan_contracts: int
    plan_done_contracts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCounts(Contracts):
    """What was done and found in one product area of a plan."""

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


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What the overview tells of plans: the contracts of their areas, and how cells were asked."""

    contracts: tuple[Contracts, ...] = ()
    # By plan and cell.
    cells: tuple[tuple[tuple[str, Cell], Asked], ...] = ()


def area_counts(on: date, *slugs: str) -> tuple[AreaCounts, ...]:
    """The counts of every product area that has follow-ups, of some plans or of all: one query."""
    chosen = {f"slug_{at}": slug for at, slug in enumerate(slugs)}
    named = ", ".join(f"%({name})s" for name in chosen)
    sql = COUNTS.format(chosen=f"AND package.slug IN ({named})" if slugs else "")
    areas: list[Numbers] = []
    plans: dict[str, Numbers] = {}
    found: dict[tuple[str, int], dict[str, Numbers]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": on, **chosen})
        for row in cursor.fetchall():
            numbers = dict(zip(COLUMNS, row, strict=True))
            if numbers["severity"]:
                place = numbers["slug"], numbers["area"]
                found.setdefault(place, {})[numbers["severity"]] = numbers
            elif numbers["area"] is None:
                plans[numbers["slug"]] = numbers
            else:
                areas.append(numbers)
    areas.sort(key=itemgetter("slug", "area"))
    return tuple(
        _area(one, plans[one["slug"]], found.get((one["slug"], one["area"]), {})) for one in areas
    )


def _area(area: Numbers, plan: Numbers, found: Mapping[str, Numbers]) -> AreaCounts:
    last_done = area["last_done"]
    return AreaCounts(
        **{name: area[name] for name in OF_AREA},
        plan_contracts=plan["contracts"],
        plan_done_contracts=plan["done_contracts"],
        last_done=date.fromisoformat(last_done) if last_done else None,
        late=sum(one["late"] for one in found.values()),
        open=tuple(found[one]["open"] if one in found else 0 for one in Severity),
        closed=tuple(found[one]["closed"] if one in found else 0 for one in Severity),
    )


class Gathered(Aggregate):
    """All values of a group in one text, parted by commas."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        """PostgreSQL's name for it."""
        return self.as_sql(
            compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')"
        )


def followed_up(treating: Mapping[str, Mapping[Cell, Collection[str]]]) -> FollowedUp:
    """How often each cell of some plans was asked about: two queries.

    The first says of each follow-up which requirements it asks about, the second what these are
    called. Nations have ten times as many questions as requirements, so the database gathers them.

    Args:
        treating: by plan and cell, the uids of requirements that treat a risk there as published.
    """
    if not treating:
        return FollowedUp()
    keys = _keys(treating)
    plans = {slug: _Plan(cells, keys) for slug, cells in treating.items()}
    for slug, area, contract, done_on, asked in _asking(treating):
        plans[slug].add(area, contract, asked.split(",") if asked else (), done=bool(done_on))
    return FollowedUp(
        tuple(one for slug, plan in plans.items() for one in plan.contracts(slug)),
        tuple(((slug, at), one) for slug, plan in plans.items() for at, one in plan.asked()),
    )


def _asking(slugs: Collection[str]) -> Any:
    """Follow-ups that somebody plans or has carried out, with what they ask about."""
    questions = Question.objects.filter(follow_up=OuterRef("pk")).order_by().values("follow_up")
    return (
        FollowUp.objects.exclude(status=FollowUpStatus.CANCELLED)
        .filter(**{f"{PLAN}__package__slug__in": list(slugs)})
        .order_by()
        .annotate(
            contract=CONTRACT,
            asked=Subquery(questions.annotate(keys=Gathered("requirement")).values("keys")),
        )
        .values_list(
            f"{PLAN}__package__slug", "product_area__number", "contract", "done_on", "asked"
        )
    )


def _keys(slugs: Collection[str]) -> dict[str, str]:
    """The key of each requirement of these packages and of shared modules, by its uid."""
    named = Concat(
        Cast("pk", CharField()), Value(":"), Cast("uid", CharField()), output_field=CharField()
    )
    rows = (
        Requirement.objects.filter(
            Q(package__slug__in=list(slugs)) | Q(package__plan__isnull=True)
        )
        .order_by()
        .values("package")
        .annotate(names=Gathered(named))
        .values_list("names", flat=True)
    )
    pairs = (pair.split(":") for names in rows for pair in names.split(","))
    # SQLite keeps a uid without its hyphens.
    return {str(UUID(uid)): key for key, uid in pairs}


class _Plan:
    """Counts the follow-ups of one plan.

    A set of cells is a number with a lane of bits for each: sets are united by "or", and adding
    them counts all cells at once.
    """

    def __init__(self, cells: Mapping[Cell, Collection[str]], keys: Mapping[str, str]) -> None:
        self.cells = list(cells)
        # The cells that each requirement treats, by the requirement's key.
        self.treated: dict[str, int] = {}
        for at, uids in enumerate(cells.values()):
            for key in (keys[uid] for uid in uids if uid in keys):
                self.treated[key] = self.treated.get(key, 0) | 1 << at * LANE
        self.follow_ups = 0
        self.requirements: set[str] = set()
        self.by_contract: dict[str, int] = {}
        self.of_area: dict[int, tuple[set[str], set[str]]] = {}

    def add(self, area: int, contract: str, asked: Collection[str], *, done: bool) -> None:
        """Add a follow-up; only what is done has asked anything."""
        planned, carried_out = self.of_area.setdefault(area, (set(), set()))
        planned.add(contract)
        if not done:
            return
        carried_out.add(contract)
        cells = 0
        for key in asked:
            cells |= self.treated.get(key, 0)
        self.follow_ups += cells
        self.by_contract[contract] = self.by_contract.get(contract, 0) | cells
        self.requirements.update(asked)

    def contracts(self, slug: str) -> Iterator[Contracts]:
        """How many contracts stand behind each area, and behind all of them."""
        planned = set[str]().union(*(planned for planned, _done in self.of_area.values()))
        done = set[str]().union(*(done for _planned, done in self.of_area.values()))
        for area, (of_area, done_of_area) in sorted(self.of_area.items()):
            yield Contracts(
                slug=slug,
                area=area,
                contracts=len(of_area),
                done_contracts=len(done_of_area),
                plan_contracts=len(planned),
                plan_done_contracts=len(done),
            )

    def asked(self) -> Iterator[tuple[Cell, Asked]]:
        """How often each cell was asked about."""
        contracts = sum(self.by_contract.values())
        requirements = sum(self.treated.get(key, 0) for key in self.requirements)
        counted = (self.follow_ups, contracts, requirements)
        for at, cell in enumerate(self.cells):
            yield cell, Asked(*(number >> at * LANE & LANE_BITS for number in counted))
