"""Lessons as pages tell them: how each was found, and which wordings have it. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actionplan.public.cached_words import cached_by_language
from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.document.schema import Lesson, Requirement, TakenIn


@dataclass(frozen=True, slots=True)
class LessonChange:
    """A wording that a lesson led to, and the version in which it was new."""

    revision: int
    version: int
    cite: str
    # Its code in the version that is read; without one there is no page to lead to.
    here: str


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A lesson in its words, how it was found, and the wordings that it led to."""

    text: str
    origin: str
    changes: tuple[LessonChange, ...]


def new_in(lessons: Iterable[Lesson], codes: Mapping[str, str], number: int) -> list[LessonCard]:
    """Return the lessons that a version is the first to have, each with its new wordings.

    Args:
        lessons: those that the version has incorporated.
        codes: what it calls the requirements that they changed, by uid.
        number: of the version.
    """
    return _lesson_cards(lessons, codes, lambda change: change.version == number)


def of_requirement(lessons: Iterable[Lesson], requirement: Requirement) -> list[LessonCard]:
    """Return the lessons of a requirement, each with the wordings of it that have them."""
    codes = {requirement.uid: requirement.code}
    return _lesson_cards(lessons, codes, lambda change: change.uid == requirement.uid)


def finding_words(lesson: Lesson) -> str:
    """Tell how a lesson was found, and in which year."""
    return _finding_words(lesson.method, lesson.year)


@cached_by_language
def _finding_words(method: str, year: int | None) -> str:
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
    dated, undated = words.get(method, other)
    sentence: str = dated % {"year": year} if year else undated
    return sentence


def _lesson_cards(
    lessons: Iterable[Lesson], codes: Mapping[str, str], counts: Callable[[TakenIn], bool]
) -> list[LessonCard]:
    return [
        LessonCard(
            lesson.text,
            finding_words(lesson),
            tuple(
                LessonChange(
                    change.revision, change.version, citation(change), codes.get(change.uid, "")
                )
                for change in changes
            ),
        )
        for lesson in lessons
        if (changes := [change for change in lesson.changes if counts(change)])
    ]
