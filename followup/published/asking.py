"""How often requirements were asked about in follow-ups, and what was found: numbers alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    CharField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat, Trim, Upper

from followup.gathered import Gathered, parted
from followup.models import Deviation, DeviationState, FollowUp, FollowUpStatus, Question
from followup.published.counting import Contracts
from followup.published.standing import disclosed
from followup.status import suppression
from requirements_pkg.models import PackageVersion, Requirement

PLAN: Final = "product_area__plan"
# A number is one owner's own: two regions may have the same.
CONTRACT: Final = Concat(
    Cast("organisation_id", CharField()), Value(":"), Upper(Trim("contract_reference"))
)
NAMES: Final = (f"{PLAN}__package__slug", "product_area__number", "contract", "done_on", "asked")
Cell = tuple[str, str]
# The bits that each cell has in one number, in which all cells of a plan are counted at once.
LANE: Final = 32
LANE_BITS: Final = (1 << LANE) - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a cell of a plan's matrix was asked about in follow-ups that are done."""

    follow_ups: int
    # How many of its requirements were asked about.
    requirements: int
    # Whether one of them was, in too few contracts to be told of.
    withheld: bool


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What the overview tells of plans: the contracts of their areas, and how cells were asked."""

    contracts: tuple[Contracts, ...] = ()
    # By plan and cell.
    cells: tuple[tuple[tuple[str, Cell], Asked], ...] = ()


def followed_up(treating: Mapping[str, Mapping[Cell, Collection[str]]]) -> FollowedUp:
    """How often each cell of some plans was asked about: two queries.

    The first says of each follow-up which requirements it asks about, the second what these are
    called. Nations have ten times as many questions as requirements, so the database gathers them.

    Args:
        treating: by plan and cell, the uids of requirements that treat it as published.
    """
    if not treating:
        return FollowedUp()
    keys = _keys(treating)
    plans = {slug: _Cells(cells, keys) for slug, cells in treating.items()}
    rows = _asking(_of(treating), "requirement").values_list(*NAMES)
    for slug, area, contract, done_on, asked in rows:
        plans[slug].add(area, contract, parted(asked), done=bool(done_on))
    return FollowedUp(
        tuple(one for slug, plan in plans.items() for one in plan.tally.behind.contracts(slug)),
        tuple(((slug, at), one) for slug, plan in plans.items() for at, one in plan.asked()),
    )


def of_plan(slug: str) -> "Findings":
    """What was asked and found in the follow-ups of a plan, by uids of requirements: one query."""
    deviations = Deviation.objects.filter(follow_up=OuterRef("pk"))
    named = Concat(
        Cast("requirement__uid", CharField()), Value(":"), "state", output_field=CharField()
    )
    rows = _asking(_of([slug]), "requirement__uid").annotate(found=_gathered(deviations, named))
    findings = Findings()
    for _slug, area, contract, done_on, asked, found in rows.values_list(*NAMES, "found"):
        findings.behind.add(area, contract, done=bool(done_on))
        if done_on:
            findings.add(area, contract, parted(asked), parted(found))
    return findings


def of_module(slug: str) -> tuple[Counter[str], frozenset[str]]:
    """How often a shared module's requirements were asked about, and of which it is not told.

    A number is the sum of those of plans. It is told where each of these tells its own on its
    public pages, so that nothing follows from it: three queries, one where nobody has asked.
    """
    asking = Question.objects.filter(
        requirement__package__slug=slug, follow_up__done_on__isnull=False
    ).values("follow_up__product_area__plan")
    rows = _asking(Q(**{f"{PLAN}__in": asking}), "requirement")
    plans: dict[str, _Tally] = {}
    for plan, area, contract, done_on, asked in rows.values_list(*NAMES):
        plans.setdefault(plan, _Tally()).add(area, contract, parted(asked), done=bool(done_on))
    if not plans:
        return Counter(), frozenset()
    slugs = list(filter(None, plans))
    names = {key: uid for uid, key in _keys(slugs).items()}
    in_force = PackageVersion.objects.in_force().filter(package__slug__in=slugs)
    public = set(in_force.values_list("package__slug", flat=True))
    done: Counter[str] = Counter()
    withheld: set[str] = set()
    for plan, tally in plans.items():
        done.update(tally.done)
        withheld.update(tally.withheld(names) if plan in public else tally.done)
    told = Counter({names.get(key, key): number for key, number in done.items()})
    return told, frozenset(names.get(key, key) for key in withheld)


def _of(slugs: Collection[str]) -> Q:
    """Follow-ups of plans with these packages."""
    return Q(**{f"{PLAN}__package__slug__in": list(slugs)})


def _asking(of: Q, name: str) -> QuerySet[Any, Any]:
    """Follow-ups that somebody plans or has carried out, with what they ask about."""
    questions = Question.objects.filter(follow_up=OuterRef("pk"))
    return (
        FollowUp.objects.exclude(status=FollowUpStatus.CANCELLED)
        .filter(of)
        .order_by()
        .annotate(contract=CONTRACT, asked=_gathered(questions, name))
    )


def _gathered(rows: QuerySet[Any, Any], what: Any) -> Subquery:
    return Subquery(rows.order_by().values("follow_up").annotate(all=Gathered(what)).values("all"))


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
    # SQLite keeps a uid without its hyphens; of a nation's thousands most need not be read.
    return {uid if "-" in uid else str(UUID(uid)): key for key, uid in pairs}


class Behind:
    """The contracts behind the areas of one plan."""

    def __init__(self) -> None:
        self.of_area: dict[int, tuple[set[str], set[str]]] = {}

    def add(self, area: int, contract: str, *, done: bool) -> None:
        """Add the contract of a follow-up."""
        planned, carried_out = self.of_area.setdefault(area, (set(), set()))
        planned.add(contract)
        if done:
            carried_out.add(contract)

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


class Findings:
    """What was asked and found in the follow-ups of one plan that are done."""

    def __init__(self) -> None:
        self.behind = Behind()
        # By requirement.
        self.done: Counter[str] = Counter()
        self.open: Counter[str] = Counter()
        self.closed: Counter[str] = Counter()
        self._asked: list[tuple[int, str, Collection[str]]] = []
        # By area and requirement, the contracts: a bit for each.
        self._bits: dict[str, int] = {}
        self._areas: dict[int, dict[str, int]] = {}

    def add(
        self, area: int, contract: str, asked: Collection[str], found: Collection[str]
    ) -> None:
        """Add a follow-up with the requirements it asks about, and those broken with the state."""
        bit = self._bits.setdefault(contract, 1 << len(self._bits))
        of_area = self._areas.setdefault(area, {})
        self._asked.append((area, contract, asked))
        for uid in asked:
            self.done[uid] += 1
            of_area[uid] = of_area.get(uid, 0) | bit
        for uid, state in (one.split(":") for one in found):
            of_area[uid] = of_area.get(uid, 0) | bit
            (self.closed if state == DeviationState.CLOSED else self.open)[uid] += 1

    @property
    def withheld(self) -> frozenset[str]:
        """The requirements of which it is not told how often they were asked about."""
        return withheld_of(self.behind, self._asked)

    @property
    def areas(self) -> list[Mapping[str, int]]:
        """The contracts of each area by requirement, as `disclosure` takes them."""
        return list(self._areas.values())

    @property
    def together(self) -> list[Mapping[str, int]]:
        """The same as if all areas were one."""
        whole: dict[str, int] = {}
        for area in self._areas.values():
            for uid, bits in area.items():
                whole[uid] = whole.get(uid, 0) | bits
        return [whole]


def withheld_of(
    behind: Behind, rows: Iterable[tuple[int, str, Collection[str]]]
) -> frozenset[str]:
    """What it is not told of how often it was asked about: in a plan with these follow-ups."""
    tally = _Tally(behind)
    for area, contract, asked in rows:
        tally.ask(area, contract, asked)
    return tally.withheld({})


class _Tally:
    """What the follow-ups of one plan asked about, by whatever requirements are called there."""

    def __init__(self, behind: Behind | None = None) -> None:
        self.behind = Behind() if behind is None else behind
        self.done: Counter[str] = Counter()
        # By area and requirement, the contracts: a bit for each.
        self.bits: dict[str, int] = {}
        self.areas: dict[int, dict[str, int]] = {}

    def add(self, area: int, contract: str, asked: Collection[str], *, done: bool) -> None:
        """Add a follow-up; only what is done has asked anything."""
        self.behind.add(area, contract, done=done)
        if done:
            self.ask(area, contract, asked)

    def ask(self, area: int, contract: str, asked: Collection[str]) -> None:
        """Add what a follow-up that is done asked about."""
        self.done.update(asked)
        bit = self.bits.setdefault(contract, 1 << len(self.bits))
        of_area = self.areas.setdefault(area, {})
        for name in asked:
            of_area[name] = of_area.get(name, 0) | bit

    def withheld(self, names: Mapping[str, str]) -> frozenset[str]:
        """Those of which it is not told how often they were asked about.

        Where the counts of areas are withheld they would follow from what is for one area alone:
        then it is all that was asked about.

        Args:
            names: what pages of requirements call them, so that of two as rare all withhold the
                same; those that it does not name are called so already.
        """
        if not disclosed(list(self.behind.contracts(""))).parts:
            return frozenset(self.done)
        called = {names.get(key, key): key for key in self.done}
        areas = [
            {names.get(key, key): contracts for key, contracts in area.items()}
            for area in self.areas.values()
        ]
        return frozenset(called[name] for name in suppression.withheld_asked(areas))


class _Cells:
    """Counts the follow-ups of one plan by the cells of its matrix.

    A set of cells is a number with a lane of bits for each: sets are united by "or", and adding
    them counts all cells at once.
    """

    def __init__(self, cells: Mapping[Cell, Collection[str]], keys: Mapping[str, str]) -> None:
        self.cells = list(cells)
        # The cells that each requirement treats, by the requirement's key; and what it is called.
        self.treated: dict[str, int] = {}
        for at, uids in enumerate(cells.values()):
            for key in (keys[uid] for uid in uids if uid in keys):
                self.treated[key] = self.treated.get(key, 0) | 1 << at * LANE
        self.names = {key: uid for uid, key in keys.items()}
        self.tally = _Tally()
        self.follow_ups = 0

    def add(self, area: int, contract: str, asked: Collection[str], *, done: bool) -> None:
        """Add a follow-up; only what is done has asked anything."""
        self.tally.add(area, contract, asked, done=done)
        if done:
            cells = 0
            for key in asked:
                cells |= self.treated.get(key, 0)
            self.follow_ups += cells

    def asked(self) -> Iterator[tuple[Cell, Asked]]:
        """How often each cell was asked about."""
        withheld = 0
        for key in self.tally.withheld(self.names):
            withheld |= self.treated.get(key, 0)
        requirements = sum(self.treated.get(key, 0) for key in self.tally.done)
        counted = (self.follow_ups, requirements, withheld)
        for at, cell in enumerate(self.cells):
            follow_ups, number, few = (number >> at * LANE & LANE_BITS for number in counted)
            yield cell, Asked(follow_ups, number, bool(few))
