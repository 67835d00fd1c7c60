"""An import gives nobody's reading, follow-up or requirement to something else."""

from dataclasses import replace

import pytest

from actionplan.models import Indicator, SubGoal
from actionplan.word.document import GoalText, IndicatorText, SubGoalText
from requirements_pkg.models import GoalService
from risks.importing.asking.answers import Answers
from tests.factories import FollowUpFactory, ReadingFactory, RequirementFactory
from tests.requirements_pkg.drafting.test_kept_statements import load, without

pytestmark = pytest.mark.django_db

NEW = GoalText(
    1,
    "Ett gemensamt kravpaket",
    (SubGoalText("1.1", "Två revisioner per år", (IndicatorText("1.1", "Antal revisioner"),)),),
)


@pytest.fixture
def reading(plan, coordinator, reviewer):
    """An approved reading: the indicator 1.1 is met."""
    indicator = Indicator.objects.get(number="1.1")
    return ReadingFactory(
        indicator=indicator,
        author=coordinator,
        approved=True,
        approved_by=reviewer,
        status="met",
    )


def with_goals(plan, *goals: GoalText):
    return replace(without(plan), goals=goals)


def test_a_reading_stays_with_the_words_that_it_was_made_for(plan, reading):
    changes = load(with_goals(plan, NEW))
    reading.refresh_from_db()
    kept = reading.indicator
    assert kept.text == "Krav är framtagna: visat"
    assert (kept.number, kept.former_number) == ("1.2", "1.1")
    assert (kept.sub_goal.number, kept.sub_goal.former_number) == ("1.2", "1.1")
    # What the document says comes first.
    assert list(SubGoal.objects.values_list("number", "position", "text")) == [
        ("1.1", 1, "Två revisioner per år"),
        ("1.2", 2, "Krav är framtagna"),
    ]
    assert Indicator.objects.get(text="Antal revisioner").readings.count() == 0
    assert [question.before for question in changes.questions] == [kept.text]
    assert {row.text for row in changes.kept} == {
        "1.1 Krav är framtagna",
        "1.1 Krav är framtagna: visat",
    }


def test_a_second_import_changes_nothing_and_asks_nothing(plan, reading):
    document = with_goals(plan, NEW)
    load(document)
    again = load(document)
    assert (len(again), again.questions) == (0, [])
    assert len(again.kept) == 2


def test_a_document_that_has_the_words_again_settles_what_was_kept(plan, reading):
    before = without(plan)
    load(with_goals(plan, NEW))
    load(before)
    reading.refresh_from_db()
    assert (reading.indicator.number, reading.indicator.former_number) == ("1.1", "")
    assert not SubGoal.objects.exclude(former_number="").exists()


def test_a_reading_goes_on_where_a_person_says_that_it_is_the_same(plan, reading):
    document = with_goals(plan, NEW)
    keys = [question.key for question in load(document, dry_run=True).questions]
    load(document, answers=Answers(same=frozenset(keys)))
    reading.refresh_from_db()
    assert reading.indicator.text == "Antal revisioner"
    assert reading.indicator.former_number == ""


def test_what_a_requirement_helps_to_reach_stays_with_its_words(plan, version, reading):
    requirement = RequirementFactory(package=version.package)
    served = SubGoal.objects.get(number="1.2")
    link = GoalService.objects.create(requirement=requirement, sub_goal=served, hash_at_link="x")
    other = GoalText(3, "Annat", (SubGoalText("3.1", "Uppföljning är gjord"),))
    load(with_goals(plan, NEW, other))
    link.refresh_from_db()
    assert link.sub_goal.text == "Uppföljning är gjord"
    assert (link.sub_goal.number, link.sub_goal.former_number) == ("3.1", "")


def test_a_follow_up_stays_with_the_area_that_it_was_made_in(plan, version, coordinator):
    follow_up = FollowUpFactory(version=version)
    first, second = without(plan).areas
    lamps = replace(first, name="lampor")
    load(replace(without(plan), areas=(lamps, second)))
    follow_up.refresh_from_db()
    area = follow_up.product_area
    assert (area.name, area.number, area.former_number) == ("servrar", 3, "1")
    load(replace(without(plan), areas=(replace(first, number=2), replace(second, number=1))))
    area.refresh_from_db()
    assert (area.number, area.former_number) == (2, "")
