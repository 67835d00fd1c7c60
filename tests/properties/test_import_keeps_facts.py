"""Whatever document is imported over whatever plan: no fact ends at words it was not made for."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplan.models import ActionPlan, Indicator, SubGoal
from actionplan.word.document import (
    Area,
    GoalText,
    IndicatorText,
    PlanCell,
    PlanDocument,
    PlanStatement,
    SubGoalText,
    WordReading,
)
from followup.models import IndicatorReading
from requirements_pkg.models import GoalService, RequirementArea, RiskTreatment
from risks.grid.matrix import ALIKE, likeness
from risks.importing import plans
from risks.importing.sameness import is_reworded, same_words
from risks.models import RiskStatement
from tests.factories import PackageFactory, ReadingFactory, RequirementFactory, treat

AIMS = [
    "Krav för servrar är framtagna",
    "Kravet för servrar är framtaget",
    "Krav för servrar och hallar är framtagna",
    "Krav för hallar är framtagna",
    "Minst 50 % av avtalen följs upp",
    "Minst 60 % av avtalen följs upp",
    "Uppföljning av hallar är genomförd",
    "Antal",
    "!",
]
NAMES = ["servrar", "server", "servrar och lagring", "hallar", "datahallar", "1"]
RISKS = ["Buller stör grannar.", "Buller stör grannarna.", "Damm sprids.", "Barnarbete."]
SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
titles = st.sampled_from(AIMS)


def texts(options, most: int):
    return st.lists(st.sampled_from(options), max_size=most)


@st.composite
def goals(draw, number: int) -> GoalText:
    sub_goals = []
    for at in range(1, draw(st.integers(0, 3)) + 1):
        own = f"{number}.{at}"
        indicators = tuple(IndicatorText(own, text) for text in draw(texts(AIMS, 2)))
        sub_goals.append(SubGoalText(own, draw(titles), indicators))
    return GoalText(number, draw(titles), tuple(sub_goals))


@st.composite
def areas(draw, number: int) -> Area:
    statements = tuple(PlanStatement("risk", text) for text in draw(texts(RISKS, 3)))
    cell = PlanCell(
        "use", "environment", "described" if statements else "not_assessed", "", statements
    )
    return Area(number, draw(st.sampled_from(NAMES)), (cell,) if statements else ())


def numbers(least: int):
    return st.lists(st.integers(1, 4), min_size=least, max_size=3, unique=True)


@st.composite
def documents(draw) -> PlanDocument:
    return PlanDocument(
        "Provkategori",
        2024,
        2026,
        "C",
        "Region Stockholm",
        areas=tuple(draw(areas(number)) for number in draw(numbers(1))),
        goals=tuple(draw(goals(number)) for number in draw(numbers(0))),
    )


@pytest.fixture
def put(db, monkeypatch):
    """Import a document as it is, without writing and reading a file."""
    monkeypatch.setattr(plans.uploads, "read", lambda _read, data, **_: WordReading(data))
    return lambda data: plans.import_plan(data, file_name="plan", by=None)


def build_on_everything(plan: ActionPlan, author) -> list:
    """A fact for everything that the plan has, each with the words that it was made for."""
    requirement = RequirementFactory(package=PackageFactory(plan=plan))
    readings = [
        (ReadingFactory(indicator=indicator, author=author), indicator.text)
        for indicator in Indicator.objects.all()
    ]
    services = [
        (
            GoalService.objects.create(requirement=requirement, sub_goal=sub, hash_at_link="x"),
            sub.text,
        )
        for sub in SubGoal.objects.all()
    ]
    treated = [
        (treat(requirement, statement), statement.text)
        for statement in RiskStatement.objects.all()
    ]
    places = [
        (RequirementArea.objects.create(requirement=requirement, product_area=area), area.name)
        for area in plan.product_areas.all()
    ]
    return [*readings, *services, *treated, *places]


def words_of(fact) -> str:
    """The words that a fact is about now."""
    match fact:
        case IndicatorReading():
            return fact.indicator.text
        case GoalService():
            return fact.sub_goal.text
        case RiskTreatment():
            return fact.statement.text
    return fact.product_area.name


def is_the_same(fact, before: str, after: str) -> bool:
    if isinstance(fact, RiskTreatment):
        return before == after or likeness(before, after) >= ALIKE
    return same_words(before, after) or is_reworded(before, after)


@SLOW
@given(documents(), documents())
def test_no_fact_ends_at_words_that_it_was_not_made_for(put, coordinator, first, second):
    with transaction.atomic():
        facts = build_on_everything(put(first).plan, coordinator)
        for document in (second, second, first):
            put(document)
            connection.check_constraints()
            stored = [type(fact).objects.get(pk=fact.pk) for fact, _words in facts]
            for fact, (_fact, words) in zip(stored, facts, strict=True):
                assert is_the_same(fact, words, words_of(fact))
            # What was worded anew may be worded anew again.
            facts = [(fact, words_of(fact)) for fact in stored]
        transaction.set_rollback(True)


@SLOW
@given(documents(), documents())
def test_the_document_stands_in_the_plan_and_a_second_import_finds_nothing(
    put, coordinator, first, second
):
    with transaction.atomic():
        plan = put(first).plan
        build_on_everything(plan, coordinator)
        put(second)
        rows = SubGoal.objects.filter(goal__plan=plan, former_number="")
        sub_goals = {(sub.number, sub.title) for goal in second.goals for sub in goal.sub_goals}
        assert set(rows.values_list("number", "text")) == sub_goals
        named = plan.product_areas.filter(former_number="").values_list("number", "name")
        assert set(named) == {(area.number, area.name) for area in second.areas}
        again = put(second)
        assert (len(again.changes), again.changes.questions) == (0, [])
        transaction.set_rollback(True)
