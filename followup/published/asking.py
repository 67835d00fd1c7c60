"""How often requirements were asked about in follow-ups, and what was found: numbers alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Aggregate,
    CharField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat, Trim, Upper

from followup.models import Deviation, DeviationState, FollowUp, FollowUpStatus, Question
from followup.published.counting import Contracts
from followup.published.standing import disclosed
from followup.status import suppression
from requirements_pkg.models import Requirement

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
        treating: by plan and cell, the uids of requirements that treat it as published.
    """
    if not treating:
        return FollowedUp()
    keys = _keys(treating)
    plans = {slug: _Cells(cells, keys) for slug, cells in treating.items()}
    rows = _asking(treating, "requirement").values_list(*NAMES)
    for slug, area, contract, done_on, asked in rows:
        plans[slug].add(area, contract, asked.split(",") if asked else (), done=bool(done_on))
    return FollowedUp(
        tuple(one for slug, plan in plans.items() for one in plan.behind.contracts(slug)),
        tuple(((slug, at), one) for slug, plan in plans.items() for at, one in plan.asked()),
    )


def of_plan(slug: str) -> "Findings":
    """What was asked and found in the follow-ups of a plan, by uids of requirements: one query."""
    deviations = Deviation.objects.filter(follow_up=OuterRef("pk"))
    named = Concat(
        Cast("requirement__uid", CharField()), Value(":"), "state", output_field=CharField()
    )
    rows = _asking([slug], "requirement__uid").annotate(found=_gathered(deviations, named))
    findings = Findings()
    for _slug, area, contract, done_on, asked, found in rows.values_list(*NAMES, "found"):
        findings.behind.add(area, contract, done=bool(done_on))
        if done_on:
            findings.add(area, contract, _parted(asked), _parted(found))
    return findings


def _asking(slugs: Collection[str], name: str) -> QuerySet[Any, Any]:
    """Follow-ups that somebody plans or has carried out, with what they ask about."""
    questions = Question.objects.filter(follow_up=OuterRef("pk"))
    return (
        FollowUp.objects.exclude(status=FollowUpStatus.CANCELLED)
        .filter(**{f"{PLAN}__package__slug__in": list(slugs)})
        .order_by()
        .annotate(contract=CONTRACT, asked=_gathered(questions, name))
    )


def _gathered(rows: QuerySet[Any, Any], what: Any) -> Subquery:
    return Subquery(rows.order_by().values("follow_up").annotate(all=Gathered(what)).values("all"))


def _parted(told: str | None) -> list[str]:
    return told.split(",") if told else []


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
    """What it is not told of how often it was asked about: in a plan with these follow-ups.

    Where the counts of areas are withheld they would follow from what is for one area alone: then
    it is all that was asked about.
    """
    bits: dict[str, int] = {}
    areas: dict[int, dict[str, int]] = {}
    for area, contract, asked in rows:
        bit = bits.setdefault(contract, 1 << len(bits))
        of_area = areas.setdefault(area, {})
        for name in asked:
            of_area[name] = of_area.get(name, 0) | bit
    if not disclosed(list(behind.contracts(""))).parts:
        return frozenset[str]().union(*areas.values())
    return suppression.withheld_asked(list(areas.values()))


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
        self.behind = Behind()
        self.follow_ups = 0
        # The areas and contracts that ask about each requirement, as long as these are few.
        self.few: dict[str, set[tuple[int, str]]] = {}
        self.enough: set[str] = set()
        self.rows: list[tuple[int, str, Collection[str]]] = []

    def add(self, area: int, contract: str, asked: Collection[str], *, done: bool) -> None:
        """Add a follow-up; only what is done has asked anything."""
        self.behind.add(area, contract, done=done)
        if not done:
            return
        self.rows.append((area, contract, asked))
        cells = 0
        for key in asked:
            cells |= self.treated.get(key, 0)
            if key not in self.enough:
                self._count(key, area, contract)
        self.follow_ups += cells

    def _count(self, key: str, area: int, contract: str) -> None:
        places = self.few.setdefault(key, set())
        places.add((area, contract))
        if suppression.enough(len({contract for _area, contract in places})):
            self.enough.add(key)
            del self.few[key]

    def _withheld(self) -> Collection[str]:
        """The keys of which it is not told how often they were asked about."""
        by_area: dict[int, set[str]] = {}
        for area, contract in set[tuple[int, str]]().union(*self.few.values()):
            by_area.setdefault(area, set()).add(contract)
        is_told = disclosed(list(self.behind.contracts(""))).parts
        is_plain = all(suppression.enough(len(one)) for one in by_area.values())
        if is_told and is_plain and self._is_enough_left():
            # As most often: nothing else has to hide them.
            return self.few
        # By what pages of requirements call them: of two as rare, both withhold the same.
        name = {key: self.names.get(key, key) for key in self.enough | self.few.keys()}
        rows = ((area, at, [name[key] for key in asked]) for area, at, asked in self.rows)
        withheld = withheld_of(self.behind, rows)
        return [key for key in name if name[key] in withheld]

    def _is_enough_left(self) -> bool:
        """Whether enough stands behind each area less what nowhere else was asked about."""
        names: dict[int, set[str]] = {}
        for area, _contract, asked in self.rows:
            names.setdefault(area, set()).update(asked)
        told = {
            area: here.difference(
                self.few, *(there for other, there in names.items() if other != area)
            )
            for area, here in names.items()
        }
        left: dict[int, set[str]] = {area: set() for area in names}
        for area, contract, asked in self.rows:
            # Most areas have enough after a few.
            if len(left[area]) < suppression.BOUND and not told[area].issuperset(asked):
                left[area].add(contract)
        return all(suppression.enough(len(contracts)) for contracts in left.values())

    def asked(self) -> Iterator[tuple[Cell, Asked]]:
        """How often each cell was asked about."""
        withheld = 0
        for key in self._withheld():
            withheld |= self.treated.get(key, 0)
        requirements = sum(self.treated.get(key, 0) for key in self.enough | self.few.keys())
        counted = (self.follow_ups, requirements, withheld)
        for at, cell in enumerate(self.cells):
            follow_ups, number, few = (number >> at * LANE & LANE_BITS for number in counted)
            yield cell, Asked(follow_ups, number, bool(few))
