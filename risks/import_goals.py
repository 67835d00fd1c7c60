"""The goals of a document, their sub-goals and indicators, as rows."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, Goal, Indicator, SubGoal, User
from actionplan.word.document import IndicatorText, PlanDocument, SubGoalText
from risks.changes import Changes
from risks.matrix import match

Row = Goal | SubGoal | Indicator


def store_goals(
    plan: ActionPlan, document: PlanDocument, changes: Changes, *, by: User | None
) -> None:
    """Make the goals equal to the document's; what it cannot say of an indicator stays."""
    rows = plan.goals.prefetch_related("sub_goals__indicators")
    there = {goal.number: goal for goal in rows}
    for wanted in document.goals:
        goal = there.pop(wanted.number, None)
        old = list(goal.sub_goals.all()) if goal else []
        goal = goal or Goal(plan=plan, number=wanted.number)
        _store(goal, changes, by, text=wanted.title)
        _store_sub_goals(goal, old, wanted.sub_goals, changes, by)
    for goal in there.values():
        _remove(goal, changes, by)


def _store_sub_goals(
    goal: Goal,
    old: Sequence[SubGoal],
    wanted: Sequence[SubGoalText],
    changes: Changes,
    by: User | None,
) -> None:
    there = {sub_goal.number: sub_goal for sub_goal in old}
    for position, text in enumerate(wanted, start=1):
        sub_goal = there.pop(text.number, None)
        indicators = list(sub_goal.indicators.all()) if sub_goal else []
        sub_goal = sub_goal or SubGoal(goal=goal, number=text.number)
        _store(sub_goal, changes, by, text=text.title, position=position)
        _store_indicators(sub_goal, indicators, text.indicators, changes, by)
    for sub_goal in there.values():
        _remove(sub_goal, changes, by)


def _store_indicators(
    sub_goal: SubGoal,
    old: Sequence[Indicator],
    wanted: Sequence[IndicatorText],
    changes: Changes,
    by: User | None,
) -> None:
    # Two indicators may share a number: they are known by their words.
    pairs = match([row.text for row in old], [text.title for text in wanted])
    free = [row for index, row in enumerate(old) if index not in pairs]
    for position, (index, text) in enumerate(zip(pairs, wanted, strict=True), start=1):
        row = old[index] if index is not None else _of_number(free, text.number)
        row = row or Indicator(sub_goal=sub_goal)
        _store(row, changes, by, text=text.title, number=text.number, position=position)
    for row in free:
        _remove(row, changes, by)


def _of_number(free: list[Indicator], number: str) -> Indicator | None:
    """An indicator that was worded anew keeps its row, and with it its readings."""
    for row in free:
        if row.number == number:
            free.remove(row)
            return row
    return None


def _store(row: Row, changes: Changes, by: User | None, **values: Any) -> None:
    before = "" if row.pk is None else str(row)
    moved = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    if changes.note(_where(row), before, str(row)) or moved:
        row._history_user = by
        # The reader has checked the words, the database its rules: asking it twice costs queries.
        row.save()


def _remove(row: Row, changes: Changes, by: User | None) -> None:
    changes.note(_where(row), str(row), "")
    row._history_user = by
    row.delete()


def _where(row: Row) -> str:
    names = {Goal: _("Overall goal"), SubGoal: _("Sub-goal"), Indicator: _("Indicator")}
    return names[type(row)]
