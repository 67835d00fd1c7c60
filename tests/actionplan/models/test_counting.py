"""Numbers beside the rows of a list, and pages that are looked up by their keys."""

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.admin.log import ChangeLogAdmin
from actionplan.database.key_pages import KeyPaginator
from actionplan.models import ActionPlan, ProductArea
from actionplan.models.counting import number_of
from tests.factories import AreaFactory, PlanFactory
from tests.requirements_pkg.admin_forms import text_of


def test_each_row_is_told_how_many_point_at_it_and_none_is_nought(db) -> None:
    many, none = PlanFactory(), PlanFactory()
    AreaFactory(plan=many, number=1)
    AreaFactory(plan=many, number=2)
    rows = ActionPlan.objects.annotate(areas=number_of(ProductArea.objects.all(), "plan"))
    assert {plan.pk: plan.areas for plan in rows} == {many.pk: 2, none.pk: 0}


def test_only_the_rows_that_are_counted_count(db) -> None:
    plan = PlanFactory()
    AreaFactory(plan=plan, number=1)
    rows = ActionPlan.objects.annotate(
        areas=number_of(ProductArea.objects.filter(number=2), "plan")
    )
    assert rows.get().areas == 0


def test_a_page_has_the_rows_of_its_place_in_the_order_of_the_list(db) -> None:
    plan = PlanFactory()
    for number in (3, 1, 4, 2, 5):
        AreaFactory(plan=plan, number=number)
    rows = ProductArea.objects.select_related("plan__category").order_by("-number")
    pages = KeyPaginator(rows, 2)
    assert [[area.number for area in pages.page(at).object_list] for at in (1, 2, 3)] == [
        [5, 4],
        [3, 2],
        [1],
    ]


def test_a_page_is_one_query_and_what_is_shown_beside_is_asked_for_its_rows_only(
    db, django_assert_num_queries
) -> None:
    for number in range(1, 4):
        AreaFactory(plan=PlanFactory(), number=number)
    rows = ProductArea.objects.select_related("plan__category").order_by("pk")
    page = KeyPaginator(rows, 2).page(1)
    inner = str(page.object_list.query).split("(SELECT")[1]
    assert "category" not in inner
    with django_assert_num_queries(1):
        assert [area.plan.category.name for area in page.object_list]


def test_the_last_pages_pass_over_no_more_rows_than_the_first(db) -> None:
    for number in range(1, 8):
        AreaFactory(plan=PlanFactory(), number=number)
    rows = ProductArea.objects.order_by("-number")
    pages = KeyPaginator(rows, 2)
    assert [[area.number for area in pages.page(at).object_list] for at in pages.page_range] == [
        [7, 6],
        [5, 4],
        [3, 2],
        [1],
    ]
    assert "OFFSET" not in str(pages.page(4).object_list.query)


def test_of_a_list_without_end_the_first_rows_are_counted_and_paged(db) -> None:
    for number in range(1, 8):
        AreaFactory(plan=PlanFactory(), number=number)
    rows = ProductArea.objects.order_by("-number")
    pages = KeyPaginator(rows, 2, most=5)
    assert (pages.count, pages.is_cut, pages.num_pages) == (5, True, 3)
    assert [[area.number for area in pages.page(at).object_list] for at in pages.page_range] == [
        [7, 6],
        [5, 4],
        [3],
    ]
    pages = KeyPaginator(rows, 2, most=7)
    assert (pages.count, pages.is_cut) == (7, False)


def test_the_log_says_that_there_is_more_than_it_counts(as_persona, plan, monkeypatch) -> None:
    address = reverse("admin:actionplan_changelog_changelist")
    monkeypatch.setattr(ChangeLogAdmin, "most_counted", 3)
    assert "fler än 3 ändringar" in text_of(as_persona("coordinator").get(address))
    monkeypatch.setattr(ChangeLogAdmin, "most_counted", 10_000)
    assert "fler än" not in text_of(as_persona("coordinator").get(address))


def test_a_log_leads_to_the_years_of_all_its_lines_however_it_is_filtered(
    as_persona, plan
) -> None:
    """Those of one plan would be looked for among all lines, from either end."""
    address, client = reverse("admin:actionplan_changelog_changelist"), as_persona("coordinator")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, {"plan": plan.pk}).status_code == 200
    (ends,) = [
        query["sql"] for query in captured if 'MIN("actionplan_changelog"."at")' in query["sql"]
    ]
    assert "WHERE" not in ends


def test_a_search_of_the_log_asks_for_kinds_plans_and_years_once(as_persona, plan) -> None:
    address, client = reverse("admin:actionplan_changelog_changelist"), as_persona("coordinator")
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address, {"q": "risk"})
    assert len(captured) <= 12
    statements = [query["sql"] for query in captured]
    assert len(set(statements)) == len(statements)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="how PostgreSQL orders its joins")
def test_the_keys_of_a_page_are_looked_up_before_anything_is_joined(db) -> None:
    AreaFactory(plan=PlanFactory(), number=1)
    rows = ProductArea.objects.select_related("plan__category").order_by("pk")
    page = KeyPaginator(rows, 2).page(1)
    assert "ANY(ARRAY(SELECT" in str(page.object_list.query)
    assert len(page.object_list) == 1


# Of these there are few.
SHORT = {"InvitationAdmin", "PersonAdmin", "WordTemplateAdmin"}


def test_no_list_of_ours_counts_what_it_does_not_show() -> None:
    """Django's own way counts the whole table at each look at a part of it."""
    ours = [
        model_admin
        for model, model_admin in site._registry.items()
        if model._meta.app_label in ("actionplan", "risks", "requirements_pkg", "followup")
        and type(model_admin).__name__ not in SHORT
    ]
    assert len(ours) > 20
    assert [
        type(model_admin).__name__
        for model_admin in ours
        if model_admin.show_full_result_count or model_admin.paginator is not KeyPaginator
    ] == []


def test_a_list_of_one_page_is_looked_up_by_its_keys(as_persona, plan) -> None:
    """What a search found is not looked for again with all that stands beside it."""
    address, goal = reverse("admin:actionplan_goal_changelist"), plan.goals.first()
    for words, goals in ((goal.text, [goal]), ("zirkoniumfilter", [])):
        with CaptureQueriesContext(connection) as captured:
            page = as_persona("coordinator").get(address, {"q": words})
        rows = page.context_data["cl"]
        assert (list(rows.result_list), rows.result_count) == (goals, len(goals))
        of_goals = [query["sql"] for query in captured if 'FROM "actionplan_goal"' in query["sql"]]
        assert len(of_goals) == 1 + len(goals)
        assert [sql for sql in of_goals[1:] if "LIKE" in sql] == []
