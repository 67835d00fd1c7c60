"""What the preview of a document asks about its words, and what was answered in its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.models import Organisation, PurchasingCategory
from actionplan.permissions import Person
from actionplan.text import clean
from actionplan.word.document import Note, Problem, ProblemKind, Remark
from actionplan.word.reading.headings import bare_heading
from risks.importing.asking.answers import LEFT_OUT, Answers
from risks.importing.asking.spellings import headings
from risks.importing.category import category_of, near_categories
from risks.importing.problems import place_text
from risks.models import Dimension, LifecycleStage

STAGE: Final = "stage"
DIMENSION: Final = "dimension"
HEADINGS: Final = frozenset(
    {ProblemKind.UNKNOWN_STAGE, ProblemKind.UNKNOWN_DIMENSION, ProblemKind.HEADING_UNCLEAR}
)
OWNER: Final = frozenset(
    {
        ProblemKind.NO_REGION,
        ProblemKind.UNKNOWN_REGION,
        ProblemKind.NO_COORDINATOR,
        ProblemKind.UNKNOWN_COORDINATOR,
    }
)
PERIOD: Final = frozenset(
    {ProblemKind.NO_PERIOD, ProblemKind.PERIOD_UNCLEAR, ProblemKind.PERIOD_BACKWARDS}
)
CATEGORY: Final = frozenset({ProblemKind.NO_CATEGORY, ProblemKind.UNKNOWN_CATEGORY})
# What a person can settle on the preview's page; everything else is mended in the document.
SETTLED_HERE: Final = HEADINGS | OWNER | PERIOD | CATEGORY
# Of what somebody types.
LONGEST_ANSWER: Final = 300
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WordQuestion:
    """One thing that the document says in words of its own, and what it may mean.

    Without choices it is answered in words.
    """

    name: str
    text: str
    place: str
    answer: str
    choices: Choices = ()
    hint: str = ""

    @property
    def key(self) -> str:
        """The question's name as the id of a field."""
        return "id_" + "".join(sign if sign.isalnum() else "-" for sign in self.name)


@dataclass(frozen=True)
class _Heading:
    kind: str
    words: str
    place: str
    answer: str


def is_settled_here(faults: Iterable[Problem]) -> bool:
    """Tell whether a person can settle all that is wrong with a document on the preview's page."""
    return all(fault.what in SETTLED_HERE for fault in faults)


@dataclass(frozen=True)
class ReadWords:
    """What was made of a document's words: faults, remarks, and its own category."""

    faults: tuple[Problem, ...]
    notes: tuple[Note, ...]
    category: str


def word_questions(read: ReadWords, answers: Answers, user: Person) -> list[WordQuestion]:
    """Return what is asked of a document's words: the head of the plan, then its headings."""
    by_kind = {fault.what: fault for fault in reversed(read.faults)}
    questions = (
        _category_question(read.category, answers),
        _period_question(by_kind, answers),
        _owner_question(by_kind, answers, user),
    )
    head = [question for question in questions if question is not None]
    return [*head, *_heading_questions(read)]


def is_about_spellings(questions: Iterable[WordQuestion]) -> bool:
    """Tell whether what is answered can be kept as a spelling."""
    return any(question.choices for question in questions)


def sent_answers(data: QueryDict) -> Answers:
    """Return what was answered in the form of a preview."""
    given = {name: clean(str(value))[:LONGEST_ANSWER] for name, value in data.items()}
    return Answers(
        category=given.get("category", ""),
        same=frozenset(data.getlist("same")),
        stages=_below(given, STAGE),
        dimensions=_below(given, DIMENSION),
        period=given.get("period", ""),
        coordinator=given.get("coordinator", ""),
        replaced=_below(given, "replaces"),
        left=frozenset(data.getlist("leave")),
    )


def _below(given: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return the answers to the questions of one kind, by what is asked; not the empty ones."""
    parts = {name.partition(":")[::2]: value for name, value in given.items() if value}
    return {what: value for (kind, what), value in sorted(parts.items()) if kind == prefix}


def _heading_questions(read: ReadWords) -> list[WordQuestion]:
    choices = {
        STAGE: (
            ("", _("Choose a life-cycle stage")),
            *LifecycleStage.objects.values_list("code", "name"),
            (LEFT_OUT, _("None: do not read the row")),
        ),
        DIMENSION: (
            ("", _("Choose a dimension")),
            *Dimension.objects.values_list("code", "name"),
            (LEFT_OUT, _("None: do not read the column")),
        ),
    }
    met: dict[tuple[str, str], _Heading] = {}
    for heading in _met_headings(read.faults, read.notes):
        met.setdefault((heading.kind, bare_heading(heading.words)), heading)
    return [
        WordQuestion(
            name=f"{kind}:{spelling}",
            text=_("What does the heading “%(words)s” mean?") % {"words": heading.words},
            place=heading.place,
            answer=heading.answer,
            choices=choices[kind],
        )
        for (kind, spelling), heading in met.items()
    ]


def _met_headings(faults: Iterable[Problem], notes: Iterable[Note]) -> Iterable[_Heading]:
    """Yield the headings that are no known spelling, with what they were read as."""
    known = headings()
    kinds = {ProblemKind.UNKNOWN_STAGE: STAGE, ProblemKind.UNKNOWN_DIMENSION: DIMENSION}
    for fault in faults:
        if fault.what in HEADINGS:
            near = next(iter(fault.near), "")
            kind = kinds.get(fault.what) or (STAGE if known.stage(near) else DIMENSION)
            yield _Heading(kind, fault.words, place_text(fault.place), "")
    for note in notes:
        place = place_text(note.place)
        if note.what is Remark.FROM_ANSWER:
            kind = STAGE if note.place.column <= 1 else DIMENSION
            yield _Heading(kind, note.words, place, note.read_as or LEFT_OUT)
        elif note.what is Remark.READ_AS:
            for kind, code in (
                (STAGE, known.stage(note.read_as)),
                (DIMENSION, known.dimension(note.read_as)),
            ):
                if code:
                    yield _Heading(kind, note.words, place, code)


def _category_question(own: str, answers: Answers) -> WordQuestion | None:
    """Ask what a document is about that names no category, or one that nobody knows."""
    if own and (category_of(own).pk is not None or near_categories(own)):
        return None
    names = tuple(PurchasingCategory.objects.values_list("name", "name"))
    if own and not names:
        return None
    new = _("It is a new one: %(name)s") % {"name": own} if own else _("Choose a category")
    return WordQuestion(
        name="category",
        text=_("Which purchasing category is the plan about?"),
        place="",
        answer=answers.category,
        choices=(("", new), *names),
    )


def _period_question(
    faults: Mapping[ProblemKind, Problem], answers: Answers
) -> WordQuestion | None:
    fault = _first(faults, PERIOD)
    if fault is None and not answers.period:
        return None
    return WordQuestion(
        name="period",
        text=_("Which years is the plan for?"),
        place=place_text(fault.place) if fault else "",
        answer=answers.period,
        hint=_("The first and the last year: 2023–2025"),
    )


def _owner_question(
    faults: Mapping[ProblemKind, Problem], answers: Answers, user: Person
) -> WordQuestion | None:
    fault = _first(faults, OWNER)
    if fault is None and not answers.coordinator:
        return None
    members: Any = Organisation.objects.select_related("procurement_region").order_by(
        "procurement_region__code", "name"
    )
    names = [
        (str(member.pk), f"{member.procurement_region.code}: {member.name}")
        for member in members
        if permissions.may_edit_in(user, member.procurement_region_id)
    ]
    return WordQuestion(
        name="coordinator",
        text=_("Which organisation coordinates the plan?"),
        place=place_text(fault.place) if fault else "",
        answer=answers.coordinator,
        choices=(("", _("Choose an organisation")), *names),
    )


def _first(faults: Mapping[ProblemKind, Problem], kinds: Iterable[ProblemKind]) -> Problem | None:
    return next((faults[kind] for kind in faults if kind in kinds), None)
