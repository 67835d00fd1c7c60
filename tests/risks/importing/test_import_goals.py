"""Goals, sub-goals and indicators go on by their words; what was reported of them stays there."""

from datetime import date

import pytest

from actionplan.models import ChangeKind, ChangeLog, Goal, Indicator, SubGoal
from actionplan.word.document import Area, GoalText, IndicatorText, SubGoalText
from risks.importing.asking.answers import Answers
from risks.importing.changes import Changes
from tests.risks.importing.test_importing_edges import document, load

pytestmark = pytest.mark.django_db

SERVERS, HALLS = "Krav för servrar är framtagna", "Uppföljning av datahallar genomförd"


def goal(number: int, title: str, *sub_goals: SubGoalText) -> GoalText:
    return GoalText(number, title, sub_goals)


def sub(number: str, title: str, *indicators: str) -> SubGoalText:
    return SubGoalText(number, title, tuple(IndicatorText(number, text) for text in indicators))


def put(*goals: GoalText, **options) -> Changes:
    return load(document(Area(1, "stolar"), goals=goals), **options).changes


def dated(text: str) -> Indicator:
    """An indicator of which an editor has said when it is due: a fact that no document says."""
    row = Indicator.objects.get(text=text)
    row.due_on = date(2025, 12, 31)
    row.save()
    return row


def numbers() -> dict[str, str]:
    rows = [*SubGoal.objects.all(), *Indicator.objects.all()]
    return {row.text: row.number for row in rows}


def test_unlike_words_under_the_same_number_are_a_new_item_and_asked_about():
    put(goal(1, "Mål", sub("1.1", SERVERS, "Kraven är beslutade")))
    old = dated("Kraven är beslutade")
    wanted = goal(1, "Mål", sub("1.1", SERVERS, "Två revisioner genomförda"))
    changes = put(wanted)
    (question,) = changes.questions
    assert question.sentence == "Målindikator 1.1 har fått en ny formulering. Är det samma sak?"
    assert (question.before, question.after) == (old.text, "Två revisioner genomförda")
    assert sorted(str(change.kind) for change in changes) == ["added", "removed"]
    assert Indicator.objects.get().due_on is None
    assert Indicator.objects.get().pk != old.pk


def test_a_person_may_say_that_it_is_the_same():
    put(goal(1, "Mål", sub("1.1", SERVERS, "Kraven är beslutade")))
    old = dated("Kraven är beslutade")
    wanted = goal(1, "Mål", sub("1.1", SERVERS, "Två revisioner genomförda"))
    preview = put(wanted, dry_run=True)
    keys = [question.key for question in preview.questions]
    changes = put(wanted, answers=Answers(same=frozenset(keys)))
    assert changes.digest() != preview.digest()
    assert [change.kind for change in changes] == ["changed"]
    row = Indicator.objects.get()
    assert (row.pk, row.text, row.due_on) == (old.pk, "Två revisioner genomförda", old.due_on)
    assert put(wanted).questions == []


def test_what_changes_places_or_moves_takes_along_what_was_said_of_it():
    put(
        goal(
            1, "Samma krav", sub("1.1", SERVERS, "Kraven är beslutade"), sub("1.2", HALLS, "Antal")
        ),
        goal(2, "Gemensam uppföljning", sub("2.1", "Revisioner görs", "Två gjorda")),
    )
    rows = {row.text: row.pk for row in (*SubGoal.objects.all(), *Indicator.objects.all())}
    dues = [dated("Kraven är beslutade"), dated("Två gjorda")]
    changes = put(
        goal(1, "Gemensam uppföljning", sub("1.1", HALLS, "Antal"), sub("1.2", "Revisioner görs")),
        goal(2, "Samma krav", sub("2.1", SERVERS, "Kraven är beslutade", "Två gjorda")),
    )
    assert changes.questions == []
    assert {row.text: row.pk for row in (*SubGoal.objects.all(), *Indicator.objects.all())} == rows
    for due in dues:
        due.refresh_from_db()
        assert due.due_on
        assert due.sub_goal.text == SERVERS
    assert list(Goal.objects.values_list("number", "text")) == [
        (1, "Gemensam uppföljning"),
        (2, "Samma krav"),
    ]
    assert numbers()[HALLS] == "1.1"


def test_nothing_is_asked_where_nothing_is_at_stake():
    put(goal(1, "Mål", sub("1.1", SERVERS, "Kraven är beslutade")))
    changes = put(goal(1, "Annat", sub("1.1", HALLS, "Två revisioner genomförda")))
    assert changes.questions == []
    assert numbers() == {HALLS: "1.1", "Två revisioner genomförda": "1.1"}
    # What went is told in the history as it was.
    removal = ChangeLog.objects.filter(kind=ChangeKind.REMOVED)
    assert removal.of(Goal).get().before["number"] == 1
    assert removal.of(SubGoal).get().before["number"] == "1.1"


def test_a_rewording_keeps_the_row_and_is_told_as_one_change(coordinator):
    put(goal(1, "Mål", sub("1.1", SERVERS, "Kraven är beslutade")))
    old = dated("Kraven är beslutade")
    wanted = goal(1, "Mål", sub("1.1", SERVERS, "Alla kraven är beslutade"))
    changes = put(wanted)
    assert [change.kind for change in changes] == ["changed"]
    assert changes.questions == []
    old.refresh_from_db()
    assert old.text == "Alla kraven är beslutade"
    assert len(put(wanted)) == 0
