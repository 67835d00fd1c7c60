"""Lessons as pages tell them: how each was found, and which wordings have it. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from requirements_pkg.demands import citation
from requirements_pkg.snapshot import Plain, lessons_of, requirements_of


def new_in(content: Mapping[str, Any], number: int) -> list[Plain]:
    """The lessons that a version is the first to have, each with the wordings that are new."""
    return _told(content, lambda change: change["version"] == number)


def of_requirement(content: Mapping[str, Any], uid: str) -> list[Plain]:
    """The lessons that a requirement has, each with the wordings of it that have them."""
    return _told(content, lambda change: change["uid"] == uid)


def found_words(lesson: Mapping[str, Any]) -> str:
    """How a lesson was found, and in which year."""
    year = lesson["year"]
    words = {
        "dialogue": (_("From a dialogue in %(year)s"), _("From a dialogue")),
        "self_assessment": (_("From a self-assessment in %(year)s"), _("From a self-assessment")),
        "transparency": (
            _("From a follow-up of the supply chain in %(year)s"),
            _("From a follow-up of the supply chain"),
        ),
        "audit": (_("From an audit in %(year)s"), _("From an audit")),
    }
    other = (_("From a follow-up in %(year)s"), _("From a follow-up"))
    dated, undated = words.get(str(lesson["method"]), other)
    said: str = dated % {"year": year} if year else undated
    return said


def _told(content: Mapping[str, Any], counts: Callable[[Plain], bool]) -> list[Plain]:
    codes = {one["uid"]: one["code"] for one in requirements_of(content)}
    return [
        {
            "text": lesson["text"],
            "found": found_words(lesson),
            "changes": [
                # Without a code of this content there is no page to lead to.
                {**change, "cite": citation(change), "here": codes.get(change["uid"], "")}
                for change in changes
            ],
        }
        for lesson in lessons_of(content)
        if (changes := [change for change in lesson["changes"] if counts(change)])
    ]
