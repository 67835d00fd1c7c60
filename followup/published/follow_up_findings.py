"""How often requirements were asked about in follow-ups, and what was found: numbers alone."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db import connection

from followup.models import DeviationState, FollowUpStatus, Question
from followup.published.counting import Contracts
from followup.published.joined_values import GATHERED, parted
from followup.published.status_page import disclosed
from followup.status import suppression
from requirements_pkg.models import PackageVersion

# Follow-ups that somebody plans or has carried out, each that is done with what it asked about and
# has found, by the keys of requirements; and for each package what these keys are called. In SQL,
# as the counts: Django takes longer to write it than the database to answer it. The number of a
# contract is one owner's own: two regions may have the same.
FOLLOW_UPS: Final = """
    SELECT package.slug, area.number,
        one.organisation_id || ':' || UPPER(TRIM(one.contract_reference)),
        one.done_on IS NOT NULL,
        CASE WHEN one.done_on IS NOT NULL THEN {asked} END,
        {findings}
    FROM requirements_pkg_requirementspackage AS package
    JOIN actionplan_productarea AS area ON area.plan_id = package.plan_id
    JOIN followup_followup AS one ON one.product_area_id = area.id
    WHERE one.status <> 'cancelled' AND package.slug IN ({slugs})
UNION ALL
    SELECT NULL, NULL, NULL, NULL,
        {gathered}(CAST(one.id AS TEXT) || ':' || CAST(one.uid AS TEXT), ','), NULL
    FROM requirements_pkg_requirement AS one
    JOIN requirements_pkg_requirementspackage AS package ON package.id = one.package_id
    WHERE package.slug IN ({slugs}) OR package.plan_id IS NULL
    GROUP BY one.package_id
    """
# PostgreSQL makes a text of an array faster than it joins texts, and a nation asks ten thousands.
ASKED: Final = {
    "postgresql": """
        ARRAY_TO_STRING(
            ARRAY(SELECT requirement_id FROM followup_question WHERE follow_up_id = one.id), ',')
    """,
    "sqlite": """
        (SELECT GROUP_CONCAT(requirement_id, ',')
            FROM followup_question WHERE follow_up_id = one.id)
    """,
}
FINDINGS: Final = """
        CASE WHEN one.done_on IS NOT NULL THEN
            (SELECT {gathered}(CAST(requirement_id AS TEXT) || ':' || state, ',')
                FROM followup_deviation WHERE follow_up_id = one.id)
        END
    """
PLAN: Final = "follow_up__product_area__plan"
Cell = tuple[str, str]
# A follow-up: its plan, area and contract, whether it is done, what it asks about and has found.
FollowUp = tuple[str, int, str, bool, str | None, str | None]


@dataclass(frozen=True, slots=True)
class CellCount:
    """How often a cell of a plan's matrix was asked about in follow-ups that are done."""

    follow_ups: int
    # How many of its requirements were asked about.
    requirements: int
    # Whether one of them was, in too few contracts to be told of.
    withheld: bool


@dataclass(frozen=True, slots=True)
class FollowedPlans:
    """What the overview tells of plans: the contracts of their areas, and how cells were asked."""

    contracts: tuple[Contracts, ...] = ()
    # By plan and cell.
    cells: tuple[tuple[tuple[str, Cell], CellCount], ...] = ()


def followed_up(treating: Mapping[str, Mapping[Cell, Collection[str]]]) -> FollowedPlans:
    """Tell how often each cell of some plans was asked about: one query.

    Nations have ten times as many questions as requirements, so the database gathers them.

    Args:
        treating: by plan and cell, the uids of requirements that treat it as published.
    """
    if not treating:
        return FollowedPlans()
    follow_ups, uids = _follow_ups(treating)
    keys = {uid: key for key, uid in uids.items()}
    of_plans: dict[str, list[FollowUp]] = {slug: [] for slug in treating}
    for follow_up in follow_ups:
        of_plans[follow_up[0]].append(follow_up)
    contracts, counts = list[Contracts](), list[tuple[tuple[str, Cell], CellCount]]()
    for slug, cells in treating.items():
        behind = PlanContracts(of_plans[slug])
        contracts += behind.contracts(slug)
        withheld = behind.withheld(uids)
        for at, treated in cells.items():
            asked = _questions_of(behind, withheld, [keys[uid] for uid in treated if uid in keys])
            counts.append(((slug, at), asked))
    return FollowedPlans(tuple(contracts), tuple(counts))


def _questions_of(
    behind: "PlanContracts", withheld: Collection[str], treating: Collection[str]
) -> CellCount:
    """Tell how often a cell was asked about that these requirements treat."""
    known = behind.follow_ups
    asked = [name for name in treating if name in known]
    return CellCount(
        follow_ups=reduce(or_, (known[name] for name in asked), 0).bit_count(),
        requirements=len(asked),
        withheld=any(name in withheld for name in asked),
    )


def of_plan(slug: str) -> "FollowUpFindings":
    """Return what was asked and found in a plan's follow-ups, by requirements: one query."""
    return FollowUpFindings(*_follow_ups([slug], FINDINGS))


def of_module(slug: str) -> tuple[Counter[str], frozenset[str]]:
    """Tell how often a shared module's requirements were asked about, and of which it is not told.

    Both are by uid. A number is the sum of those of plans. It is told where each of these tells
    its own on its public pages, so that nothing follows from it: three queries, one where nobody
    has asked.
    """
    asking = Question.objects.filter(
        requirement__package__slug=slug, follow_up__done_on__isnull=False
    ).exclude(follow_up__status=FollowUpStatus.CANCELLED)
    of_plan = asking.values_list(f"{PLAN}__package__slug", "requirement__uid").distinct()
    names: dict[str | None, set[str]] = {}
    for plan, uid in of_plan:
        names.setdefault(plan, set()).add(str(uid))
    # A plan without a package tells nothing.
    done, withheld = Counter[str](), set(names.pop(None, ()))
    if names:
        follow_ups, uids = _follow_ups(list(filter(None, names)))
        in_force = PackageVersion.objects.in_force().filter(package__slug__in=names)
        public = set(in_force.values_list("package__slug", flat=True))
        for plan, wanted in names.items():
            behind = PlanContracts([follow_up for follow_up in follow_ups if follow_up[0] == plan])
            hidden = behind.withheld(uids) if plan in public else behind.follow_ups
            counts = {
                uids.get(key, key): bits.bit_count() for key, bits in behind.follow_ups.items()
            }
            done.update({uid: counts.get(uid, 0) for uid in wanted})
            withheld |= {uids.get(key, key) for key in hidden} & wanted
    return done, frozenset(withheld)


def _follow_ups(
    slugs: Collection[str], findings: str = "NULL"
) -> tuple[list[FollowUp], dict[str, str]]:
    """Return the follow-ups of some plans, and by key the uids of what these may ask about."""
    gathered = GATHERED[connection.vendor]
    chosen = {f"slug_{at}": slug for at, slug in enumerate(slugs)}
    named = ", ".join(f"%({name})s" for name in chosen)
    sql = FOLLOW_UPS.format(
        gathered=gathered,
        slugs=named,
        asked=ASKED[connection.vendor],
        findings=findings.format(gathered=gathered),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, chosen)
        rows = cursor.fetchall()
    uids = dict(pair.split(":") for row in rows if row[0] is None for pair in parted(row[4]))
    if connection.vendor == "sqlite":
        # It keeps a uid without its hyphens.
        uids = {key: str(UUID(uid)) for key, uid in uids.items()}
    return [row for row in rows if row[0] is not None], uids


def _no_bits() -> defaultdict[str, int]:
    return defaultdict(int)


class PlanContracts:
    """The contracts behind one plan: its areas, and the requirements asked about in each.

    A set of contracts, or of follow-ups, is a number with a bit for each: they are united by "or".
    """

    def __init__(self, follow_ups: Sequence[FollowUp]) -> None:
        self.bits: dict[str, int] = {}
        for _slug, _area, contract, *_rest in follow_ups:
            if contract not in self.bits:
                self.bits[contract] = 1 << len(self.bits)
        # Of each area all that are planned, and those that were carried out.
        self._planned: defaultdict[int, int] = defaultdict(int)
        self._done: defaultdict[int, int] = defaultdict(int)
        # By area and requirement the contracts and, in the bits above, the follow-ups that asked.
        self._both: defaultdict[int, defaultdict[str, int]] = defaultdict(_no_bits)
        follow_up = 1 << len(self.bits)
        for _slug, area, contract, is_done, asked, _deviations in follow_ups:
            bit = self.bits[contract]
            self._planned[area] |= bit
            if not is_done:
                # Nothing was asked yet.
                continue
            self._done[area] |= bit
            here, both = self._both[area], bit | follow_up
            # A nation has tens of thousands.
            for name in parted(asked):
                here[name] |= both
            follow_up <<= 1

    @cached_property
    def areas(self) -> dict[int, dict[str, int]]:
        """By area and requirement, the contracts in which it was asked about."""
        every = (1 << len(self.bits)) - 1
        return {
            area: {name: both & every for name, both in here.items()}
            for area, here in self._both.items()
        }

    @cached_property
    def follow_ups(self) -> dict[str, int]:
        """By requirement, the follow-ups that asked about it."""
        together = suppression.united(self._both.values())
        return {name: both >> len(self.bits) for name, both in together.items()}

    def contracts(self, slug: str) -> Iterator[Contracts]:
        """Tell how many contracts stand behind each area, and behind all of them."""
        planned, done = (
            reduce(or_, of_areas.values(), 0).bit_count()
            for of_areas in (self._planned, self._done)
        )
        for area, of_area in sorted(self._planned.items()):
            yield Contracts(
                slug=slug,
                area=area,
                contracts=of_area.bit_count(),
                done_contracts=self._done.get(area, 0).bit_count(),
                plan_contracts=planned,
                plan_done_contracts=done,
            )

    def withheld(self, uids: Mapping[str, str]) -> frozenset[str]:
        """Return the requirements of which it is not told how often they were asked about.

        Where the counts of areas are withheld they would follow from what is for one area alone:
        then it is all that was asked about.

        Args:
            uids: what else the requirements are called: of two as rare the first is withheld.
        """
        areas = list(self.areas.values())
        if not disclosed(list(self.contracts(""))).parts:
            return frozenset[str]().union(*areas)
        return suppression.withheld_asked(areas, lambda name: uids.get(name, name))


class FollowUpFindings:
    """What was asked and found in the follow-ups of one plan that are done."""

    def __init__(self, follow_ups: Sequence[FollowUp], uids: Mapping[str, str]) -> None:
        self.behind, self.uids = PlanContracts(follow_ups), uids
        # By the key of the requirement.
        self.open: Counter[str] = Counter()
        self.closed: Counter[str] = Counter()
        self._broken: dict[int, dict[str, int]] = {}
        for _slug, area, contract, is_done, _questions_of, deviations in follow_ups:
            here = self._broken.setdefault(area, {})
            for name, state in (pair.split(":") for pair in parted(deviations) if is_done):
                here[name] = here.get(name, 0) | self.behind.bits[contract]
                (self.closed if state == DeviationState.CLOSED else self.open)[name] += 1

    def done(self, name: str) -> int:
        """Tell how many follow-ups asked about a requirement."""
        return self.behind.follow_ups.get(name, 0).bit_count()

    @property
    def withheld(self) -> frozenset[str]:
        """The requirements of which it is not told how often they were asked about."""
        return self.behind.withheld(self.uids)

    @property
    def areas(self) -> list[Mapping[str, int]]:
        """The contracts of each area by requirement, as `suppression` takes them."""
        return [
            suppression.united([asked, self._broken[area]])
            for area, asked in self.behind.areas.items()
        ]

    @property
    def together(self) -> list[Mapping[str, int]]:
        """The same as if all areas were one."""
        return [suppression.united(self.areas)]
