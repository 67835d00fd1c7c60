"""What differs beside the plan: lessons, and the figures and dates of indicators. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from requirements_pkg.comparing.lines import Line, Plain, line
from requirements_pkg.comparing.parts import Item
from requirements_pkg.comparing.plan_parts import Grouped, changed_rows
from requirements_pkg.demands import citation
from requirements_pkg.differences import Change, Kind
from requirements_pkg.lessons import found_words
from requirements_pkg.snapshot import indicators_of, lessons_of

Key = tuple[str, str, str]
Facts = Callable[[Plain], list[tuple[str, str]]]


def lessons(change: Change | None, pair: tuple[Plain, Plain]) -> Grouped:
    """The lessons that only one of the contents has, and those that read otherwise."""
    yield "", list(_lessons(change, *map(lessons_of, pair)))


def indicators(change: Change | None, pair: tuple[Plain, Plain]) -> Grouped:
    """The indicators whose kind, figures or date differ; their words are told with the goals.

    Where one of the contents was published before it told them, there is nothing to compare.
    """
    names = _names(pair[0]) | _names(pair[1])
    items = []
    for row, before, after in changed_rows(change, *map(indicators_of, pair)):
        one = after or before or {}
        if found := _lines(_figures, before, after):
            kinds = tuple(kind for kind in row.kinds if kind != Kind.MOVED)
            eyebrow = gettext("Indicator %(number)s") % {"number": one["number"]}
            items.append(
                Item(kinds, names.get(_key(one), str(one["number"])), eyebrow, lines=found)
            )
    yield "", items


def _lessons(change: Change | None, old: Sequence[Plain], new: Sequence[Plain]) -> Iterator[Item]:
    for row, before, after in changed_rows(change, old, new):
        one = after or before or {}
        title = ", ".join(map(citation, one["changes"])) or gettext("Lesson")
        if before is None or after is None:
            yield Item(row.kinds, title, found_words(one), body=one["text"])
        elif found := _lines(_told, before, after):
            yield Item((Kind.CHANGED,), title, found_words(one), lines=found)


def _lines(facts: Facts, before: Plain | None, after: Plain | None) -> tuple[Line, ...]:
    """The facts that are not what they were, by their labels; all of what only one has."""
    was = dict(facts(before)) if before else {}
    now = dict(facts(after)) if after else {}
    return tuple(
        line(label, label, was.get(label, ""), now.get(label, ""))
        for label in (now or was)
        if was.get(label, "") != now.get(label, "")
    )


def _told(lesson: Plain) -> list[tuple[str, str]]:
    named = gettext("%(title)s, version %(number)s")
    return [
        (gettext("Lesson"), lesson["text"]),
        (gettext("How it was found"), found_words(lesson)),
        (
            gettext("Built into"),
            "\n".join(
                named % {"title": citation(one), "number": one["version"]}
                for one in lesson["changes"]
            ),
        ),
    ]


def _figures(one: Plain) -> list[tuple[str, str]]:
    kinds = {"milestone": gettext("milestone"), "measure": gettext("measure")}
    return [
        (gettext("Kind of indicator"), kinds.get(one["kind"], one["kind"])),
        (gettext("Unit"), one["unit"]),
        (gettext("Baseline"), one["baseline"]),
        (gettext("Target"), one["target"]),
        (gettext("Due date"), one["due_on"]),
    ]


def _key(one: Mapping[str, Any]) -> Key:
    return str(one["goal"]), str(one["sub_goal"]), str(one["number"])


def _names(content: Plain) -> dict[Key, str]:
    """What indicators are called, by the numbers of their goal, their sub-goal and their own."""
    return {
        (str(goal["number"]), str(sub_goal["number"]), str(one["number"])): one["title"]
        for goal in content["plan"]["goals"]
        for sub_goal in goal["sub_goals"]
        for one in sub_goal["indicators"]
    }
