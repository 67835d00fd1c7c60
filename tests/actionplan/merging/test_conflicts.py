"""What a conflict tells, and what becomes of each choice: mine, the stored one, or both."""

from django.utils import timezone

from actionplan.merging.merge_forms import GoalForm, SubGoalForm
from actionplan.models import Goal
from tests.actionplan.merging.test_merge_forms import FIELDS, Browser, areas, rows, send, show

__all__ = ["rows"]


def test_a_conflict_says_who_wrote_the_other_text_and_when(coordinator):
    goal = next(f for f in FIELDS if f.form is GoalForm)
    form = show(goal)
    stored = Goal.objects.get()
    stored.text = "Deras mål"
    stored.signed_by(coordinator).save()
    # A later change of something else is not what the conflict is about.
    Goal.objects.get().save()
    (sentence,) = send(goal, form, ["Mitt mål"]).errors["text"]
    assert f"coordinator ändrade det här den {timezone.localdate().day} " in sentence


def test_the_stored_text_is_taken_by_a_choice(plan):
    goal = next(f for f in FIELDS if f.form is GoalForm)
    form = show(goal)
    goal.store_theirs()
    refused = Browser(str(send(goal, form, ["Mitt mål"]))).sent
    again = send(goal, refused | {"text-choice": ["theirs"]})
    assert again.is_valid(), again.errors
    assert again.changed_data == []
    assert Goal.objects.get().text == "Deras mål"


def test_keeping_both_leaves_out_what_either_took_away(plan):
    goal = next(f for f in FIELDS if f.form is GoalForm)
    Goal.objects.update(text="Ett.\nTvå.\nTre.")
    form = show(goal)
    Goal.objects.update(text="Ett.\nTre.\nDeras.")
    refused = Browser(str(send(goal, form, ["Ett.\r\nTvå.\r\nMitt."]))).sent
    again = send(goal, refused | {"text-choice": ["both"]})
    assert again.is_valid(), again.errors
    again.save()
    assert Goal.objects.get().text == "Ett.\nDeras.\nMitt."


def test_both_choices_of_several_are_kept():
    several = next(f for f in FIELDS if f.form is SubGoalForm)
    form = show(several)
    several.store_theirs()
    refused = Browser(str(send(several, form, several.typed()))).sent
    again = send(several, refused | {"product_areas-choice": ["both"]})
    assert again.is_valid(), again.errors
    again.save()
    assert several.stored() == areas(1, 2)


def test_where_only_one_can_stand_both_are_not_offered():
    year = next(f for f in FIELDS if f.name == "last_year")
    form = show(year)
    year.store_theirs()
    page = str(send(year, form, ["2026"]))
    assert 'value="theirs"' in page
    assert 'value="both"' not in page
