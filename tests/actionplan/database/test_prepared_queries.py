"""A question that is written once answers as the query set does, whatever it is asked."""

from uuid import UUID

import pytest

from actionplan.database.prepared_queries import FIRST, alone, in_step, prepared, together
from actionplan.models import ActionPlan, Goal, SubGoal
from requirements_pkg.document.requirement_fields import STORED
from requirements_pkg.drafting import draft_rows
from requirements_pkg.models import Requirement
from risks.models import RiskStatement
from tests.factories import PlanFactory
from tests.factories.requirements import RequirementFactory


def goals(plan):
    return Goal.objects.filter(plan=plan).order_by("number").values_list("pk", "plan_id", "text")


def statements(plans):
    rows = RiskStatement.objects.filter(cell__product_area__plan__in=plans).order_by("pk")
    return rows.values_list("cell__product_area__plan_id", "text", "is_kept")


@pytest.fixture
def plans(db):
    return [PlanFactory(with_matrix=True, with_goals=True).pk for _number in range(3)]


def test_each_key_gets_its_own_rows(plans):
    ask = prepared(goals)
    for plan in plans:
        assert ask(plan) == list(goals(plan)) != []


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_several_keys_are_asked_for_however_many(plans, number):
    ask = prepared(statements)
    # Another number first: its question is another.
    assert ask(plans[:1]) == list(statements(plans[:1]))
    assert ask(plans[:number]) == list(statements(plans[:number]))
    assert {row[0] for row in ask(plans[:number])} == set(plans[:number])


def of_slug(slug, plans):
    rows = Goal.objects.filter(plan__slug=slug, plan__in=plans).order_by("number")
    return rows.values_list("pk", "plan__slug")


def test_a_slug_is_a_key_too_beside_others_and_whatever_it_says(plans):
    ask = prepared(of_slug)
    slugs = list(ActionPlan.objects.order_by("pk").values_list("slug", flat=True))
    for slug in slugs:
        assert ask(slug, plans) == list(of_slug(slug, plans)) != []
    # What stands for it while the question is written is no slug of anybody's.
    for nobody in ("", "' OR 1=1 --", "%s", str(FIRST), str(FIRST + 1)):
        assert ask(nobody, plans) == []
    assert ask(slugs[0], plans[1:]) == []
    first, second = together(ask.of(slugs[0], plans), ask.of(slugs[1], plans))
    assert (first, second) == (ask(slugs[0], plans), ask(slugs[1], plans))


def test_values_are_those_of_the_model(plans):
    RiskStatement.objects.filter(pk=RiskStatement.objects.first().pk).update(is_kept=True)
    assert {type(row[2]) for row in prepared(statements)(plans)} == {bool}
    requirement = RequirementFactory()
    pk, uid, *_rest = draft_rows.requirements(requirement.package_id)[0][len(STORED) :]
    assert (pk, UUID(uid)) == (requirement.pk, requirement.uid)


def test_it_is_written_once_and_asked_each_time(plans, django_assert_num_queries):
    written = []

    def noted(plan):
        written.append(plan)
        return goals(plan)

    ask = prepared(noted)
    before = ask(plans[0])
    Goal.objects.filter(plan=plans[0]).update(text="Ett annat mål")
    with django_assert_num_queries(1):
        assert {text for _pk, _plan, text in ask(plans[0])} == {"Ett annat mål"}
    assert ask(plans[0]) != before
    assert len(written) == 1


@pytest.mark.parametrize(
    "question",
    [
        lambda plan: Goal.objects.values_list("pk"),
        lambda plan: Goal.objects.filter(plan=plan or 1).order_by("text").distinct(),
    ],
    ids=["the key is not asked for", "more is read than shown"],
)
def test_a_question_that_cannot_be_written_once_is_refused(plans, question):
    def repeated(plan):
        return question(plan).values_list("pk")

    with pytest.raises(ValueError, match="cannot be written once"):
        prepared(repeated)(plans[0])


def test_a_draft_is_the_same_after_another_package_was_asked_for(plan, version):
    """The questions of drafts are of the package that they are given."""
    other = RequirementFactory(code="SE-77")
    assert other.package_id != version.package_id
    assert [row[0] for row in draft_rows.requirements(other.package_id)] == ["SE-77"]
    own = Requirement.objects.filter(package=version.package_id).count()
    assert len(draft_rows.requirements(version.package_id)) == own


def test_several_are_asked_together_by_one_statement(plans, django_assert_num_queries):
    """Each has the rows and the order that it has alone, also where another has none."""
    goal_query, statement_query = prepared(goals), prepared(statements)
    RiskStatement.objects.filter(pk=RiskStatement.objects.first().pk).update(is_kept=True)
    SubGoal.objects.all().delete()
    Goal.objects.filter(plan=plans[1]).delete()
    queries = [
        goal_query.of(plans[0]),
        statement_query.of(plans[:2]),
        goal_query.of(plans[1]),
        statement_query.of([]),
        goal_query.of(plans[2]),
    ]
    with django_assert_num_queries(1):
        answers = together(*queries)
    assert answers == [
        list(goals(plans[0])),
        list(statements(plans[:2])),
        [],
        [],
        list(goals(plans[2])),
    ]
    assert {type(row[2]) for row in answers[1]} == {bool}
    with django_assert_num_queries(0):
        assert together(statement_query.of([])) == [[]]


def test_works_in_step_ask_as_often_as_the_longest_of_them(plans, django_assert_num_queries):
    goal_query, statement_query = prepared(goals), prepared(statements)

    def work(plan, steps):
        rows = []
        for _step in range(steps):
            rows += yield [goal_query.of(plan), statement_query.of([plan])]
        return rows

    with django_assert_num_queries(2):
        short, none, long = in_step(work(plans[0], 1), work(plans[1], 0), work(plans[2], 2))
    assert (short, none) == ([list(goals(plans[0])), list(statements(plans[:1]))], [])
    assert long == [list(goals(plans[2])), list(statements(plans[2:]))] * 2


def test_work_done_alone_gets_the_same_rows_by_a_statement_each(plans, django_assert_num_queries):
    goal_query, statement_query = prepared(goals), prepared(statements)

    def work():
        return (yield [goal_query.of(plans[0]), statement_query.of([]), statement_query.of(plans)])

    with django_assert_num_queries(2):
        rows = alone(work())
    assert rows == in_step(work())[0] == [list(goals(plans[0])), [], list(statements(plans))]
