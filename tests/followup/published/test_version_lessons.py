"""Which lessons a draft has, and that what is published says the same, to the checksum."""

import pytest

from followup.actions import lessons, summaries
from followup.models import Lesson, ProposedChange
from requirements_pkg.actions.publishing import publish
from requirements_pkg.comparing.differences import apply, differences
from requirements_pkg.document.reading import checksum
from requirements_pkg.drafting.draft import draft_content
from tests.factories import ChangeFactory, LessonFactory

TRIED = {"ground": "osl_31_16", "conclusion": "Inget rör affärsförhållanden."}


@pytest.fixture
def package(demanding):
    return demanding.package


@pytest.fixture
def taken_in(follow_up, requirements, coordinator) -> ProposedChange:
    """A change that is taken into SE-01:2, of a lesson that nobody has reviewed."""
    lesson = LessonFactory(follow_up=follow_up, written_by=coordinator)
    change = ChangeFactory(lesson=lesson, requirement=requirements[0])
    reword(requirements[0], "Leverantören ska räkna upp metallerna.")
    return lessons.take_in(change=change, by=coordinator)


@pytest.fixture
def reviewed(taken_in, reviewer) -> Lesson:
    summaries.review_secrecy(subject=taken_in.lesson, by=reviewer, **TRIED)
    return taken_in.lesson


def reword(requirement, text: str) -> None:
    requirement.text = text
    requirement.save()


def test_a_lesson_is_in_the_draft_once_it_is_reviewed(taken_in, package, reviewer):
    assert draft_content(package).lessons == ()
    summaries.review_secrecy(subject=taken_in.lesson, by=reviewer, **TRIED)
    (lesson,) = draft_content(package).lessons
    assert lesson.text == taken_in.lesson.public_text
    (change,) = lesson.changes
    assert (change.code, change.revision, change.version) == ("SE-01", 2, 2)
    # What was said in confidence is not.
    assert taken_in.lesson.text not in str(draft_content(package))


def test_a_review_of_other_words_leaves_the_lesson_out(reviewed, package):
    Lesson.objects.filter(pk=reviewed.pk).update(public_text="Andra ord.")
    assert draft_content(package).lessons == ()
    Lesson.objects.filter(pk=reviewed.pk).update(public_text=reviewed.public_text)
    assert draft_content(package).lessons


@pytest.mark.parametrize(
    ("known", "may_name", "is_public"),
    [
        ({"sub_suppliers": "Nya Namn Ltd, Malaysia"}, True, False),
        ({"supplier": "Nya Namn Ltd"}, False, False),
        ({"supplier": "Nya Namn Ltd"}, True, True),
        ({"supplier": "Hemliga Hallar AB"}, False, True),
    ],
)
def test_who_became_known_after_the_review_is_not_told(
    taken_in, package, reviewer, known, may_name, is_public
):
    Lesson.objects.update(public_text="Nya namn ska räknas upp.")
    tried = TRIED | {"may_name_supplier": may_name}
    lesson = Lesson.objects.select_related("follow_up").get()
    summaries.review_secrecy(subject=lesson, by=reviewer, **tried)
    assert draft_content(package).lessons
    type(lesson.follow_up).objects.update(**known)
    assert bool(draft_content(package).lessons) is is_public


def test_a_wording_that_went_back_is_left_out(reviewed, requirements, demanding, package):
    published = demanding.content.requirement("SE-01").text
    reword(requirements[0], published)
    assert draft_content(package).lessons == ()
    reword(requirements[0], "Leverantören ska räkna upp alla metaller.")
    assert draft_content(package).lessons


def test_a_change_that_is_taken_out_or_undecided_is_left_out(
    reviewed, taken_in, requirements, package, coordinator
):
    lessons.propose_change(
        lesson=reviewed, requirement=requirements[1], text="Också här.", by=coordinator
    )
    (lesson,) = draft_content(package).lessons
    assert [change.code for change in lesson.changes] == ["SE-01"]
    lessons.take_out(change=taken_in, by=coordinator)
    assert draft_content(package).lessons == ()


def test_the_checksum_is_the_same_before_and_after_publishing(
    reviewed, package, coordinator, reviewer
):
    before = draft_content(package)
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Lärdomen.")
    after = draft_content(package)
    assert before.lessons
    assert checksum(after) == checksum(before) == version.sha256
    assert (version.number, after.lessons[0].changes[0].version) == (2, 2)


def test_what_became_of_lessons_and_indicators_can_be_applied(reviewed, plan, demanding, package):
    indicator = plan.goals.get().sub_goals.first().indicators.get()
    indicator.unit = "krav"
    indicator.save()
    old, new = demanding.content, draft_content(package)
    assert (old.lessons, old.indicators) != (new.lessons, new.indicators)
    for a, b in [(old, new), (new, old)]:
        changes = differences(a, b)
        assert {"lessons", "indicators"} <= set(changes.changed)
        assert apply(changes, a) == b
