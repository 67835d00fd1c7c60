"""What differs beside the plan: lessons, and the figures and dates of indicators. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from django.utils.translation import gettext

from requirements_pkg.cards.consultations import remark_words
from requirements_pkg.cards.lessons import finding_words
from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.comparing.differences import Change, DifferenceKind
from requirements_pkg.comparing.lines import ChangedField, line
from requirements_pkg.comparing.parts import ComparedItem, ItemKey
from requirements_pkg.comparing.plan_parts import Grouped, changed_rows
from requirements_pkg.document.schema import AnsweredRemark, Document, Indicator, Lesson, Plan

Key = tuple[int, str, str]
Facts = list[tuple[str, str]]
Row = TypeVar("Row")
# Before this schema nothing was told of figures and dates.
TELLS_INDICATORS: Final = 3


def lessons(change: Change | None, pair: tuple[Document, Document]) -> Grouped:
    """Yield the lessons that only one of the contents has, and those that read otherwise."""
    yield "", list(_lessons(change, pair[0].lessons, pair[1].lessons))


def indicators(
    change: Change | None, pair: tuple[Document, Document], plans: tuple[Plan, Plan]
) -> Grouped:
    """Yield the indicators whose kind, figures or date differ; the goals tell of their words.

    Where one of the documents was written before it told them, there is nothing to compare.
    """
    if min(document.schema for document in pair) < TELLS_INDICATORS:
        return
    names = _names(plans[0]) | _names(plans[1])
    items = []
    for row, before, after, indicator in changed_rows(
        change, pair[0].indicators, pair[1].indicators
    ):
        if lines := _lines(_figures, before, after):
            kinds = tuple(kind for kind in row.kinds if kind != DifferenceKind.MOVED)
            eyebrow = gettext("Indicator %(number)s") % {"number": indicator.number}
            items.append(
                ComparedItem(
                    kinds,
                    names.get(_key(indicator), indicator.number),
                    eyebrow,
                    lines=lines,
                    key=ItemKey("figures", _key(indicator), after is None),
                )
            )
    yield "", items


def consultations(change: Change | None, pair: tuple[Document, Document]) -> Grouped:
    """Yield the remarks of each consultation that is new, or was summed up again.

    An earlier one that is no longer told of stands in the version that it led to.
    """
    items = []
    rows = changed_rows(change, pair[0].consultations, pair[1].consultations)
    for _row, before, after, _either in rows:
        known = before.remarks if before else ()
        for place, remark in enumerate(after.remarks if after else ()):
            if remark not in known:
                items.append(_remark(remark, (after.number if after else 0, place)))
    yield "", items


def _remark(remark: AnsweredRemark, place: tuple[int, int]) -> ComparedItem:
    what = remark_words(remark)
    return ComparedItem(
        (DifferenceKind.ADDED,),
        what.about,
        what.decision,
        body="\n\n".join(filter(None, (remark.text, remark.reason, remark.sender))),
        key=ItemKey("remark", place),
    )


def _lessons(
    change: Change | None, old: Sequence[Lesson], new: Sequence[Lesson]
) -> Iterator[ComparedItem]:
    for row, before, after, lesson in changed_rows(change, old, new):
        title = ", ".join(map(citation, lesson.changes)) or gettext("Lesson")
        key = ItemKey("lesson", (lesson.id,), after is None)
        if before is None or after is None:
            yield ComparedItem(row.kinds, title, finding_words(lesson), body=lesson.text, key=key)
        elif lines := _lines(_facts_of, before, after):
            kinds = (DifferenceKind.CHANGED,)
            yield ComparedItem(kinds, title, finding_words(lesson), lines=lines, key=key)


def _lines(
    facts: Callable[[Row], Facts], before: Row | None, after: Row | None
) -> tuple[ChangedField, ...]:
    """Return the facts that differ, by their labels; all of them, where one side has no row."""
    was = dict(facts(before)) if before else {}
    now = dict(facts(after)) if after else {}
    return tuple(
        line(label, label, was.get(label, ""), now.get(label, ""))
        for label in (now or was)
        if was.get(label, "") != now.get(label, "")
    )


def _facts_of(lesson: Lesson) -> Facts:
    named = gettext("%(title)s, version %(number)s")
    return [
        (gettext("Lesson"), lesson.text),
        (gettext("How it was found"), finding_words(lesson)),
        (
            gettext("Incorporated in"),
            "\n".join(
                named % {"title": citation(change), "number": change.version}
                for change in lesson.changes
            ),
        ),
    ]


def _figures(indicator: Indicator) -> Facts:
    kinds = {"milestone": gettext("milestone"), "measure": gettext("measure")}
    return [
        (gettext("Type of indicator"), kinds.get(indicator.kind, indicator.kind)),
        (gettext("Unit"), indicator.unit),
        (gettext("Baseline"), indicator.baseline),
        (gettext("Target"), indicator.target),
        (gettext("Due date"), indicator.due_on),
    ]


def _key(indicator: Indicator) -> Key:
    return indicator.goal, indicator.sub_goal, indicator.number


def _names(plan: Plan) -> dict[Key, str]:
    """Return the names of indicators, by the numbers of their goal, their sub-goal and theirs."""
    return {
        (goal.number, sub_goal.number, indicator.number): indicator.title
        for goal in plan.goals
        for sub_goal in goal.sub_goals
        for indicator in sub_goal.indicators
    }
