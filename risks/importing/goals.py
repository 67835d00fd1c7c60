"""The goals of a document, their sub-goals and indicators, as rows: level by level.

`work_out_goals` finds what changes and writes nothing; each `Level` is then written in its turn.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.django_edges import Handed
from actionplan.models import (
    ActionPlan,
    Goal,
    Indicator,
    IndicatorKind,
    SubGoal,
    SubGoalArea,
    User,
)
from actionplan.word.document import GoalText, IndicatorText, PlanDocument, SubGoalText
from risks.actions.delete_protection import builders
from risks.actions.numbering import put_aside
from risks.importing.asking.answers import GOALS
from risks.importing.changes import Changes
from risks.importing.sameness import ComparableItem, Pairs, pair

Row = Goal | SubGoal | Indicator
Text = GoalText | SubGoalText | IndicatorText
OfModel = TypeVar("OfModel", bound=Row)
OfDocument = TypeVar("OfDocument", bound=Text)
# What a row stands under.
PARENT: Final[dict[type[object], str]] = {SubGoal: "goal", Indicator: "sub_goal"}


@dataclass
class Level(Generic[OfModel]):
    """The rows of one model: what is new, edited or gone is written at once for all of them."""

    model: type[OfModel]
    name: str
    changes: Changes
    added: list[OfModel] = field(default_factory=list)
    edited: list[OfModel] = field(default_factory=list)
    removed: list[OfModel] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def put(self, row: OfModel, **values: Handed) -> OfModel:
        """Give a row its values and remember to write it if they are others than before."""
        before, parent = "" if row.pk is None else str(row), PARENT.get(self.model, "")
        under = getattr(row, parent) if parent and row.pk else None
        moved = any(getattr(row, name) != value for name, value in values.items())
        is_elsewhere = under is not None and values.get(parent, under) != under
        full_before = f"{under} › {before}" if is_elsewhere else before
        for name, value in values.items():
            setattr(row, name, value)
        after = f"{getattr(row, parent)} › {row}" if parent and is_elsewhere else str(row)
        if full_before != after:
            self.changes.touch(row)
        if self.changes.note(self.name, full_before, after) or moved:
            (self.edited if row.pk else self.added).append(row)
            self.fields |= set(values)
        return row

    def keep(self, row: OfModel, by: Iterable[Model], **values: Handed) -> None:
        """Leave a row out of the document's way, and say what builds on it."""
        self.changes.touch(row)
        self.changes.keep(self.name, row, by)
        self.put(row, former_number=row.former_number or str(row.number), **values)

    def remove(self, row: OfModel) -> None:
        """Take a row away; nothing builds on it."""
        self.changes.touch(row)
        self.changes.note(self.name, str(row), "")
        self.removed.append(row)

    def write(self, by: User | None) -> None:
        """Store what was put. The reader has checked the words, the database has its rules."""
        # Two may change places, and no two may share a number on the way.
        put_aside(self.model, self.edited)
        bulk.make(self.model, self.added, by=by)
        bulk.change(self.model, self.edited, sorted(self.fields), by=by)

    def write_removed(self, by: User | None) -> None:
        """Remove what went. What goes on elsewhere is told so afterwards, before anybody asks."""
        if self.model is SubGoal:
            links = SubGoalArea.objects.filter(subgoal__in=[row.pk for row in self.removed])
            bulk.remove(SubGoalArea, links, by=by)
        bulk.remove(self.model, self.removed, by=by)


@dataclass
class _Side(Generic[OfModel, OfDocument]):
    """One level as it is stored and as the document has it.

    `under` are the places of the document's parents, `place` is the one that a stored row's parent
    went on as.
    """

    level: Level[OfModel]
    rows: list[OfModel]
    texts: list[OfDocument]
    under: list[int]
    place: list[int | None]
    matches: list[OfModel | None] = field(default_factory=list)
    left: list[OfModel] = field(default_factory=list)
    builders: dict[int, list[Model]] = field(default_factory=dict)
    # The numbers that the rows had.
    numbers: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {row.pk: str(row.number) for row in self.rows}

    def kept(self) -> list[OfModel]:
        """Return the rows that stay though the document no longer has them."""
        return [row for row in self.left if row.pk in self.builders]

    def match(self) -> None:
        """Find which rows go on; ask where only a person can tell, and something is at stake."""
        old = [
            ComparableItem(str(row.number), row.text, at)
            for row, at in zip(self.rows, self.place, strict=True)
        ]
        new = [
            ComparableItem(str(text.number), text.title, at)
            for text, at in zip(self.texts, self.under, strict=True)
        ]
        pairs = pair(old, new)
        self.builders = builders([self.rows[at] for at in pairs.left(len(self.rows))])
        self._ask(pairs)
        self.matches = [None if at is None else self.rows[at] for at in pairs.matches]
        self.left = [self.rows[at] for at in pairs.left(len(self.rows))]

    def _ask(self, pairs: Pairs) -> None:
        for at, to in pairs.doubtful:
            row, text = self.rows[at], self.texts[to]
            if row.pk not in self.builders and not _has_facts(row):
                continue
            where = f"{self.level.name} {row.number}"
            if self.level.changes.ask(where, row, row.text, text.title):
                pairs.take(at, to)


_Goals = _Side[Goal, GoalText]
_SubGoals = _Side[SubGoal, SubGoalText]
_Indicators = _Side[Indicator, IndicatorText]
_Sides = tuple[_Goals, _SubGoals, _Indicators]


def write_goals(levels: Sequence[Level[Any]], *, by: User | None) -> None:
    """Store what was worked out; call it where the plan is locked, and is as it was then."""
    for level in reversed(levels):
        level.write_removed(by)
    for level in levels:
        level.write(by)


def work_out_goals(plan: ActionPlan, document: PlanDocument, changes: Changes) -> list[Level[Any]]:
    """Find what makes the goals equal to the document's; what it cannot say stays.

    Returns the goals, the sub-goals and the indicators, for `write_goals`.
    """
    changes.enter(GOALS, _("Goals"))
    if GOALS in changes.left:
        return []
    goals, sub_goals, indicators = _sides(plan, document, changes)
    sides: tuple[_Side[Any, Any], ...] = (goals, sub_goals, indicators)
    put: list[Row] = []
    for side in sides:
        parents, put = put, []
        positions: dict[int, int] = {}
        for row, text, under in zip(side.matches, side.texts, side.under, strict=True):
            values: dict[str, object] = {"number": text.number, "text": text.title}
            if name := PARENT.get(side.level.model):
                positions[under] = positions.get(under, 0) + 1
                values |= {name: parents[under], "position": positions[under]}
            row = row or side.level.model(**({} if name else {"plan": plan}))
            stays = (row.former_number or str(text.number)) if text.is_kept else ""
            put.append(side.level.put(row, former_number=stays, **values))
    _settle(goals, sub_goals, indicators)
    return [goals.level, sub_goals.level, indicators.level]


def _sides(plan: ActionPlan, document: PlanDocument, changes: Changes) -> _Sides:
    """Return the three levels, each matched where the one above is."""
    stored = (
        list(plan.goals.prefetch_related("sub_goals__indicators", "sub_goals__product_areas"))
        if plan.pk
        else []
    )
    goals = _Side(
        Level(Goal, _("Overall goal"), changes),
        list(stored),
        list(document.goals),
        [0] * len(document.goals),
        [0] * len(stored),
    )
    goals.match()
    sub_goals = _below(goals, Level(SubGoal, _("Sub-goal"), changes), "sub_goals")
    sub_goals.match()
    indicators = _below(sub_goals, Level(Indicator, _("Indicator"), changes), "indicators")
    indicators.match()
    return goals, sub_goals, indicators


def _below(above: _Side[Any, Any], level: Level[OfModel], name: str) -> _Side[OfModel, Any]:
    """Return the level below one that is matched."""
    places = {row.pk: at for at, row in enumerate(above.matches) if row is not None}
    rows = [
        (row, places.get(parent.pk))
        for parent in above.rows
        for row in getattr(parent, name).all()
    ]
    texts = [(text, at) for at, parent in enumerate(above.texts) for text in getattr(parent, name)]
    return _Side(
        level,
        [row for row, _at in rows],
        [text for text, _at in texts],
        [at for _text, at in texts],
        [at for _row, at in rows],
    )


def _settle(goals: _Goals, sub_goals: _SubGoals, indicators: _Indicators) -> None:
    """Keep what others build on, with what it stands under; remove the rest that is left.

    The document's numbers rule: what is kept stands last, and gets a free number where the
    document gives its own to another.
    """
    for above, below in ((sub_goals, indicators), (goals, sub_goals)):
        left = {row.pk for row in above.left}
        for row in below.left:
            under = getattr(row, f"{PARENT[below.level.model]}_id")
            if row.pk in below.builders and under in left:
                above.builders.setdefault(under, []).extend(below.builders[row.pk])
    _keep_goals(goals)
    _keep_sub_goals(sub_goals, goals)
    _keep_indicators(indicators, sub_goals)
    sides: tuple[_Side[Any, Any], ...] = (goals, sub_goals, indicators)
    for side in sides:
        for row in side.left:
            if row.pk not in side.builders:
                side.level.remove(row)


def _keep_goals(goals: _Goals) -> None:
    taken = {text.number for text in goals.texts}
    last = max([*taken, *(row.number for row in goals.rows)], default=0)
    for row in goals.kept():
        number = row.number
        if number in taken:
            number = last = last + 1
        goals.level.keep(row, goals.builders[row.pk], number=number)


def _keep_sub_goals(sub_goals: _SubGoals, goals: _Goals) -> None:
    taken = {text.number for text in sub_goals.texts}
    last = Counter(goals.matches[at] for at in sub_goals.under)
    for row in sub_goals.kept():
        last[row.goal] += 1
        number = _follow(row.number, goals.numbers[row.goal_id], str(row.goal.number))
        free = (f"{row.goal.number}.{at}" for at in count(last[row.goal]))
        number = next(candidate for candidate in chain([number], free) if candidate not in taken)
        taken.add(number)
        by = sub_goals.builders[row.pk]
        sub_goals.level.keep(row, by, number=number, position=last[row.goal])


def _keep_indicators(indicators: _Indicators, sub_goals: _SubGoals) -> None:
    last = Counter(sub_goals.matches[at] for at in indicators.under)
    for row in indicators.kept():
        last[row.sub_goal] += 1
        before, after = sub_goals.numbers[row.sub_goal_id], row.sub_goal.number
        values = {"number": _follow(row.number, before, after), "position": last[row.sub_goal]}
        indicators.level.keep(row, indicators.builders[row.pk], **values)


def _follow(number: str, before: str, after: str) -> str:
    """Return the number of what stands under something that got another number itself."""
    if number == before or number.startswith(f"{before}."):
        return after + number.removeprefix(before)
    return number


def _has_facts(row: Row) -> bool:
    """Tell whether somebody has said something of a row that no document says."""
    if isinstance(row, SubGoal):
        return bool(row.product_areas.all())
    if isinstance(row, Indicator):
        facts = (row.unit, row.baseline, row.target, row.due_on)
        return row.kind != IndicatorKind.MILESTONE or any(fact not in ("", None) for fact in facts)
    return False
