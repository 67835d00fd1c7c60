"""The goals of a document, their sub-goals and indicators, as rows: level by level.

`work_out_goals` finds what changes and writes nothing; each `Level` is then written in its turn.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from actionplan import bulk
from actionplan.models import ActionPlan, Goal, Indicator, SubGoal, User
from actionplan.word.document import IndicatorText, PlanDocument
from risks.changes import Changes
from risks.keeping import holders
from risks.matrix import match

Row = Goal | SubGoal | Indicator


class Level:
    """The rows of one model: what is new, edited or gone is written at once for all of them."""

    def __init__(self, model: type[Row], name: str, changes: Changes) -> None:
        self.model, self.name, self.changes = model, name, changes
        self.added: list[Row] = []
        self.edited: list[Row] = []
        self.gone: list[Row] = []
        self.fields: set[str] = set()

    def put(self, row: Row, **values: Any) -> Row:
        """Give a row its values and remember to write it if they are others than before."""
        before = "" if row.pk is None else str(row)
        moved = any(getattr(row, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(row, name, value)
        if self.changes.note(self.name, before, str(row)) or moved:
            (self.edited if row.pk else self.added).append(row)
            self.fields |= set(values)
        return row

    def remove(self, row: Row) -> None:
        """Take a row away, unless something builds on it or on what is below it."""
        if by := holders([row]):
            self.changes.keep(self.name, row, by)
            return
        self.changes.note(self.name, str(row), "")
        self.gone.append(row)

    def write(self, by: User | None) -> None:
        """Store what was put. The reader has checked the words, the database has its rules."""
        bulk.make(self.model, self.added, by=by)
        bulk.change(self.model, self.edited, sorted(self.fields), by=by)

    def write_gone(self, by: User | None) -> None:
        """Remove what went; what was below it is removed by now."""
        if self.model is SubGoal:
            links = SubGoal.product_areas.through.objects
            links.filter(subgoal__in=[row.pk for row in self.gone]).delete()
        bulk.remove(self.model, self.gone, by=by)


def write_goals(levels: Sequence[Level], *, by: User | None) -> None:
    """Store what was worked out; call it where the plan is locked, and is as it was then."""
    for level in reversed(levels):
        level.write_gone(by)
    for level in levels:
        level.write(by)


def work_out_goals(plan: ActionPlan, document: PlanDocument, changes: Changes) -> list[Level]:
    """Find what makes the goals equal to the document's; what it cannot say stays.

    Returns the goals, the sub-goals and the indicators, for `write_goals`.
    """
    goals = plan.goals.prefetch_related("sub_goals__indicators") if plan.pk else ()
    there = {goal.number: goal for goal in goals}
    level = Level(Goal, _("Overall goal"), changes)
    pairs = []
    for text in document.goals:
        goal = there.pop(text.number, None)
        old = list(goal.sub_goals.all()) if goal else []
        goal = level.put(goal or Goal(plan=plan, number=text.number), text=text.title)
        pairs.append((goal, old, text.sub_goals))
    for goal in there.values():
        level.remove(goal)
    below = _sub_goals(pairs, changes)
    sub_goals = [sub_goal for goal in level.gone for sub_goal in goal.sub_goals.all()]
    _take_along(sub_goals, *below)
    return [level, *below]


def _sub_goals(pairs: list[tuple], changes: Changes) -> list[Level]:
    level = Level(SubGoal, _("Sub-goal"), changes)
    below = []
    for goal, old, texts in pairs:
        there = {sub_goal.number: sub_goal for sub_goal in old}
        for position, text in enumerate(texts, start=1):
            sub_goal = there.pop(text.number, None)
            indicators = list(sub_goal.indicators.all()) if sub_goal else []
            sub_goal = sub_goal or SubGoal(goal=goal, number=text.number)
            level.put(sub_goal, text=text.title, position=position)
            below.append((sub_goal, indicators, text.indicators))
        for sub_goal in there.values():
            level.remove(sub_goal)
    indicators = Level(Indicator, _("Indicator"), changes)
    _take_along([], level, indicators)
    for sub_goal, old, texts in below:
        _put_indicators(indicators, sub_goal, old, texts)
    return [level, indicators]


def _take_along(sub_goals: Sequence[SubGoal], level: Level, indicators: Level) -> None:
    """Remove also what is below: the indicators of a sub-goal, told with it."""
    gone = sub_goals or level.gone
    indicators.gone += [row for sub_goal in gone for row in sub_goal.indicators.all()]
    level.gone += sub_goals


def _put_indicators(
    level: Level, sub_goal: SubGoal, old: Sequence[Indicator], texts: Sequence[IndicatorText]
) -> None:
    # Two indicators may share a number: they are known by their words first.
    pairs = match([row.text for row in old], [text.title for text in texts])
    free = [row for index, row in enumerate(old) if index not in pairs]
    for position, (index, text) in enumerate(zip(pairs, texts, strict=True), start=1):
        row = old[index] if index is not None else _of_number(free, text.number)
        level.put(
            row or Indicator(sub_goal=sub_goal),
            text=text.title,
            number=text.number,
            position=position,
        )
    for row in free:
        level.remove(row)


def _of_number(free: list[Indicator], number: str) -> Indicator | None:
    """An indicator that was worded anew keeps its row, and with it its readings."""
    for row in free:
        if row.number == number:
            free.remove(row)
            return row
    return None
