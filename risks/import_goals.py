"""The goals of a document, their sub-goals and indicators, as rows: level by level."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from actionplan.models import ActionPlan, Goal, Indicator, SubGoal, User
from actionplan.word.document import IndicatorText, PlanDocument
from risks.changes import Changes
from risks.keeping import holders
from risks.matrix import match

Row = Goal | SubGoal | Indicator


class Level:
    """The rows of one model: what is new, edited or gone is written at once for all of them."""

    def __init__(self, model: type[Row], name: str, changes: Changes, by: User | None) -> None:
        self.model, self.name, self.changes, self.by = model, name, changes, by
        self.added: list[Row] = []
        self.edited: list[Row] = []
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
        """Take a row away, unless something builds on it; its history stays."""
        if by := holders([row]):
            self.changes.keep(self.name, row, by)
            return
        self.changes.note(self.name, str(row), "")
        row._history_user = self.by
        row.delete()

    def write(self) -> None:
        """Store what was put. The reader has checked the words, the database has its rules."""
        if self.added:
            bulk_create_with_history(self.added, self.model, default_user=self.by)
        if self.edited:
            fields = sorted(self.fields)
            bulk_update_with_history(self.edited, self.model, fields, default_user=self.by)


def store_goals(
    plan: ActionPlan, document: PlanDocument, changes: Changes, *, by: User | None
) -> None:
    """Make the goals equal to the document's; what it cannot say of an indicator stays."""
    there = {g.number: g for g in plan.goals.prefetch_related("sub_goals__indicators")}
    level = Level(Goal, _("Overall goal"), changes, by)
    pairs = []
    for text in document.goals:
        goal = there.pop(text.number, None)
        old = list(goal.sub_goals.all()) if goal else []
        goal = level.put(goal or Goal(plan=plan, number=text.number), text=text.title)
        pairs.append((goal, old, text.sub_goals))
    for goal in there.values():
        level.remove(goal)
    level.write()
    _store_sub_goals(pairs, changes, by)


def _store_sub_goals(pairs: list[tuple], changes: Changes, by: User | None) -> None:
    level = Level(SubGoal, _("Sub-goal"), changes, by)
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
    level.write()
    indicators = Level(Indicator, _("Indicator"), changes, by)
    for sub_goal, old, texts in below:
        _put_indicators(indicators, sub_goal, old, texts)
    indicators.write()


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
