"""How much was followed up and found: numbers, and nothing of a contract."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Final

from django.db import connection

from followup.models import Severity
from followup.status import suppression

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
            COUNT(follow_up_id) AS sanctioned
        FROM follow_up GROUP BY plan, area, owner, contract
    ),
    of_plan AS (
        SELECT plan, owner, contract, SUM(done) AS done
        FROM of_area GROUP BY plan, owner, contract
    ),
    counted AS (
        SELECT plan, area, '' AS severity, COUNT(*) AS contracts,
            COUNT(NULLIF(done, 0)) AS done_contracts, SUM(planned) AS planned, SUM(done) AS done,
            SUM(sanctioned) AS sanctioned, 0 AS late, 0 AS open, 0 AS closed
        FROM of_area GROUP BY plan, area
    UNION ALL
        SELECT plan, NULL, '', COUNT(*), COUNT(NULLIF(done, 0)), 0, 0, 0, 0, 0, 0
        FROM of_plan GROUP BY plan
    UNION ALL
        SELECT plan, area, severity, 0, 0, 0, 0, 0,
            COUNT(*) FILTER (WHERE state = 'escalated' OR state <> 'closed' AND due_on < %(on)s),
            COUNT(*) FILTER (WHERE state <> 'closed'),
            COUNT(*) FILTER (WHERE state = 'closed')
        FROM followup_deviation AS found JOIN follow_up ON follow_up.id = found.follow_up_id
        WHERE done_on IS NOT NULL GROUP BY plan, area, severity
    )
    SELECT package.slug, area.number, severity, contracts, done_contracts,
        CAST(planned AS INTEGER), CAST(done AS INTEGER),
        CAST(sanctioned AS INTEGER), late, open, closed
    FROM counted
    JOIN requirements_pkg_requirementspackage AS package ON package.plan_id = counted.plan
    LEFT JOIN actionplan_productarea AS area ON area.id = counted.area
    """
# The same of whole plans, for lists. A contract is one owner’s: where there are enough
# owners there are enough contracts, and nobody needs to gather their names.
OF_PLANS: Final = """
    SELECT package.slug,
        CASE WHEN COUNT(*) >= %(enough)s THEN COUNT(*) ELSE ({contracts}) END,
        CASE WHEN COUNT(NULLIF(of_owner.done, 0)) >= %(enough)s
            THEN COUNT(NULLIF(of_owner.done, 0))
            ELSE ({contracts} AND one.done_on IS NOT NULL) END,
        CAST(SUM(of_owner.planned) AS INTEGER), CAST(SUM(of_owner.done) AS INTEGER),
        COALESCE(MAX(found.open), 0), COALESCE(MAX(found.closed), 0)
    FROM (
        SELECT area.plan_id AS plan, COUNT(*) AS planned, COUNT(one.done_on) AS done
        FROM {follow_ups} GROUP BY area.plan_id, one.organisation_id
    ) AS of_owner
    JOIN requirements_pkg_requirementspackage AS package ON package.plan_id = of_owner.plan
    LEFT JOIN (
        SELECT area.plan_id AS plan, COUNT(*) FILTER (WHERE deviation.state <> 'closed') AS open,
            COUNT(*) FILTER (WHERE deviation.state = 'closed') AS closed
        FROM followup_deviation AS deviation, {follow_ups}
            AND deviation.follow_up_id = one.id AND one.done_on IS NOT NULL
        GROUP BY area.plan_id
    ) AS found ON found.plan = of_owner.plan
    GROUP BY package.slug, package.plan_id
    """
FOLLOW_UPS: Final = """
    actionplan_productarea AS area, followup_followup AS one
    WHERE area.plan_id IN (
        SELECT plan_id FROM requirements_pkg_requirementspackage WHERE slug IN ({slugs})
    ) AND one.product_area_id = area.id AND one.status <> 'cancelled'
    """
CONTRACTS: Final = """
    SELECT COUNT(DISTINCT one.organisation_id || ':' || UPPER(TRIM(one.contract_reference)))
    FROM actionplan_productarea AS area, followup_followup AS one
    WHERE area.plan_id = package.plan_id AND one.product_area_id = area.id
        AND one.status <> 'cancelled'
    """
# What an area is told of itself; the rest is its plan's, or of its deviations.
OF_AREA: Final = ("slug", "area", "contracts", "done_contracts", "planned", "done", "sanctioned")
COLUMNS: Final = (
    *("slug", "area", "severity", "contracts", "done_contracts", "planned", "done"),
    *("sanctioned", "late", "open", "closed"),
)
Numbers = dict[str, Any]


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
    late: int
    # Follow-ups with a sanction that is in force.
    sanctioned: int
    # In the order of Severity.
    open: tuple[int, ...]
    closed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """What was done and found in a whole plan, as lists tell of it."""

    slug: str
    # How many stand behind the counts; of more than enough perhaps not all.
    contracts: int
    done_contracts: int
    planned: int
    done: int
    open: int
    closed: int


def plan_counts(slugs: Collection[str]) -> tuple[PlanCounts, ...]:
    """Return the counts of those of some plans that have follow-ups: one query."""
    if not slugs:
        return ()
    chosen = {f"slug_{at}": slug for at, slug in enumerate(slugs)}
    follow_ups = FOLLOW_UPS.format(slugs=", ".join(f"%({name})s" for name in chosen))
    sql = OF_PLANS.format(follow_ups=follow_ups, contracts=CONTRACTS)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"enough": suppression.BOUND, **chosen})
        return tuple(PlanCounts(*row) for row in cursor.fetchall())


def area_counts(on: date, *slugs: str) -> tuple[AreaCounts, ...]:
    """Return the counts of product areas with follow-ups, of some plans or of all: one query."""
    chosen = {f"slug_{at}": slug for at, slug in enumerate(slugs)}
    named = ", ".join(f"%({name})s" for name in chosen)
    sql = COUNTS.format(chosen=f"AND package.slug IN ({named})" if slugs else "")
    areas: list[Numbers] = []
    plans: dict[str, Numbers] = {}
    deviations: dict[tuple[str, int], dict[str, Numbers]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": on, **chosen})
        for row in cursor.fetchall():
            numbers = dict(zip(COLUMNS, row, strict=True))
            if numbers["severity"]:
                place = numbers["slug"], numbers["area"]
                deviations.setdefault(place, {})[numbers["severity"]] = numbers
            elif numbers["area"] is None:
                plans[numbers["slug"]] = numbers
            else:
                areas.append(numbers)
    areas.sort(key=itemgetter("slug", "area"))
    return tuple(
        _area(area, plans[area["slug"]], deviations.get((area["slug"], area["area"]), {}))
        for area in areas
    )


def _area(area: Numbers, plan: Numbers, deviations: Mapping[str, Numbers]) -> AreaCounts:
    return AreaCounts(
        **{name: area[name] for name in OF_AREA},
        plan_contracts=plan["contracts"],
        plan_done_contracts=plan["done_contracts"],
        late=sum(numbers["late"] for numbers in deviations.values()),
        open=tuple(
            deviations[severity]["open"] if severity in deviations else 0 for severity in Severity
        ),
        closed=tuple(
            deviations[severity]["closed"] if severity in deviations else 0
            for severity in Severity
        ),
    )
