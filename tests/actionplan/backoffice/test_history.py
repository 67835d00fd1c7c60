"""Who changed what from what to what, as the history page tells it."""

from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.backoffice.history import HistoryEntry, ModelHistory, entries, own_name
from actionplan.database.past_states import pasts
from actionplan.models import (
    ActionPlan,
    ChangeKind,
    ChangeLog,
    Goal,
    Indicator,
    Organisation,
    ProductArea,
    PurchasingCategory,
    SubGoal,
)
from risks.models import RiskCell, RiskMatrix, RiskStatement
from tests.factories import PlanFactory


@dataclass(frozen=True)
class ChangeEntry:
    """The part of an entry that a test names."""

    who: str
    field: str
    before: str
    after: str


def log(obj) -> list[ChangeEntry]:
    """What the history of one object says, newest first."""
    page = entries([ModelHistory(ChangeLog.objects.about(obj))]).get_page(1)
    return [ChangeEntry(entry.who, entry.field, entry.before, entry.after) for entry in page]


def on_the_page_of(obj) -> list[HistoryEntry]:
    """What the first page of an object's history says, its parts included."""
    return list(entries(admin.site.get_model_admin(type(obj)).history_of(obj)).get_page(1))


def change(obj, by, **fields) -> None:
    for name, value in fields.items():
        setattr(obj, name, value)
    obj.signed_by(by).save()


def test_a_change_says_who_from_what_to_what(plan, coordinator):
    change(plan, coordinator, introduction="Nytt.")
    newest = log(plan)[0]
    assert newest == ChangeEntry(
        "coordinator",
        "introduktion",
        "Servrar prioriteras.\n\nTelefoni prioriteras inte.",
        "Nytt.",
    )


def test_the_reason_of_a_change_is_told_where_there_is_one(plan, coordinator, as_persona):
    plan.introduction = "Nytt."
    plan.signed_by(coordinator, "Beslut i nämnden.").save()
    address = reverse("admin:actionplan_actionplan_history", args=[plan.pk])
    page = as_persona("analyst").get(address).content.decode()
    assert page.count("Skäl: Beslut i nämnden.") == 1


def test_several_fields_of_one_change_are_several_entries(plan, coordinator):
    before = len(log(plan))
    change(plan, coordinator, last_year=2026, introduction="Nytt.")
    fields = [entry.field for entry in log(plan)[: len(log(plan)) - before]]
    assert sorted(fields) == ["introduktion", "sista år"]


def test_a_choice_and_a_relation_are_told_by_their_names(plan, coordinator):
    gotland = Organisation.objects.get(code="gotland")
    change(plan, coordinator, status="review")
    assert (log(plan)[0].before, log(plan)[0].after) == ("utkast", "under granskning")
    change(plan, coordinator, coordinator=gotland)
    assert (log(plan)[0].before, log(plan)[0].after) == ("Region Stockholm", "Region Gotland")


def test_a_removed_relation_is_told_by_its_number(plan, coordinator):
    removed = ActionPlan.objects.create(
        category=plan.category,
        procurement_region=plan.procurement_region,
        coordinator=plan.coordinator,
        slug="gammal",
        first_year=2020,
        last_year=2022,
    )
    pk = removed.pk
    change(plan, coordinator, predecessor=removed)
    change(plan, coordinator, predecessor=None)
    removed.delete()
    assert [entry.before for entry in log(plan)[:1]] == [f"borttagen ({pk})"]


def test_a_save_that_changes_nothing_is_not_told(plan, coordinator):
    before = log(plan)
    change(plan, coordinator)
    assert log(plan) == before


def test_an_address_is_not_what_a_person_calls_a_change(plan, coordinator):
    area = ProductArea.objects.get(number=1)
    before = len(log(area))
    change(area, coordinator, name="lagring")
    assert area.slug == "lagring"
    assert [entry.field for entry in log(area)[: len(log(area)) - before]] == ["namn"]


def test_what_was_made_and_what_was_removed_are_told_whole(plan, coordinator):
    goal = Goal(plan=plan, number=7, text="Ett sjunde mål")
    change(goal, coordinator)
    whole = "Nummer: 7\nÖvergripande mål: Ett sjunde mål"
    assert log(goal) == [ChangeEntry("coordinator", "tillagd", "", whole)]
    history = ChangeLog.objects.about(goal)
    goal.signed_by(coordinator).delete()
    newest = entries([ModelHistory(history)]).get_page(1)[0]
    assert (newest.field, newest.before, newest.after) == ("borttagen", whole, "")


def test_a_change_of_what_was_never_written_down_is_no_addition(plan, coordinator):
    cell = RiskCell.objects.filter(assessment="not_assessed").first()
    assert not ChangeLog.objects.about(cell).exists()
    change(cell, coordinator, level="high")
    assert log(cell) == [ChangeEntry("coordinator", "risknivå", "", "hög")]


def test_what_has_gone_is_told_by_what_it_belonged_to(plan, coordinator):
    goal, sub_goal = Goal.objects.get(), SubGoal.objects.get(number="1.1")
    removed = {
        sub_goal: Indicator.objects.get(number="1.1"),
        goal: sub_goal,
        plan: ProductArea.objects.get(number=1),
    }
    for whole, part in removed.items():
        name = str(part)
        part.delete()
        newest = on_the_page_of(whole)[0]
        assert (newest.where, newest.field) == (name, "borttagen")
    goal.delete()
    assert on_the_page_of(plan)[0].where == "1. Ett gemensamt kravpaket"


def test_a_plan_tells_nothing_of_the_parts_of_another(plan, coordinator):
    other = PlanFactory(with_matrix=True, with_goals=True)
    before = on_the_page_of(plan)
    change(other.goals.get(), coordinator, text="Ett annat mål")
    assert on_the_page_of(plan) == before


def test_a_long_name_is_cut(plan, coordinator):
    goal = Goal(plan=plan, number=7, text="Ord " * 100)
    change(goal, coordinator)
    name = own_name(*pasts(ChangeLog.objects.about(goal)))
    assert (len(name), name[-1]) == (80, "…")


def test_the_first_edit_of_a_new_area_says_from_what(plan, coordinator, as_persona):
    client = as_persona("coordinator")
    data = {"plan": plan.pk, "number": 3, "name": "lagring"}
    client.post(reverse("admin:risks_riskmatrix_add"), data)
    area = RiskMatrix.objects.get(number=3)
    made = ChangeLog.objects.parts(RiskCell, area.pk)
    assert {(row.kind, row.by) for row in made} == {(ChangeKind.ADDED, coordinator)}
    # The area itself; its 24 empty cells are not told one by one.
    assert [(entry.field, entry.after) for entry in on_the_page_of(area)] == [
        ("tillagd", "Nummer: 3\nNamn: lagring")
    ]
    assert on_the_page_of(plan)[0].where == "3. lagring"
    change(area.cells.first(), coordinator, level="high")
    newest = on_the_page_of(area)[0]
    assert (newest.field, newest.before, newest.after) == ("risknivå", "", "hög")


def test_two_rows_are_never_compared_with_each_other(plan, coordinator):
    first, second = Indicator.objects.order_by("pk")
    change(first, coordinator, text="Ändrad")
    page = entries([ModelHistory(ChangeLog.objects.of(Indicator))]).get_page(1)
    pairs = [(entry.before, entry.after) for entry in page if entry.field == "målindikator"]
    assert pairs == [("Krav är framtagna: visat", "Ändrad")]
    assert second.text not in {text for pair in pairs for text in pair}


def test_a_change_from_the_command_line_says_so(plan):
    change(plan, None, introduction="Av ett kommando.")
    assert log(plan)[0].who == "kommandoraden"


def test_fifty_entries_make_a_page(plan, coordinator):
    for number in range(60):
        change(plan, coordinator, introduction=f"Text {number}.")
    pages = entries([ModelHistory(ChangeLog.objects.about(plan))])
    assert (pages.num_pages, len(pages.get_page(1)), pages.count) == (2, 50, 61)
    assert pages.get_page(1)[0].after == "Text 59."


def test_the_page_of_an_area_tells_of_its_cells_and_statements(plan, coordinator, as_persona):
    statement = RiskStatement.objects.get(text="Hög energianvändning.")
    change(statement, coordinator, text="Hög elanvändning.")
    area = statement.cell.product_area
    address = reverse("admin:risks_riskmatrix_history", args=[area.pk])
    page = as_persona("analyst").get(address).content.decode()
    for part in ("Hög energianvändning.", "Hög elanvändning.", str(statement.cell)):
        assert part in page


@pytest.mark.parametrize("rows", [1, 30])
def test_history_asks_no_query_per_row(plan, coordinator, rows, django_assert_num_queries):
    for number in range(rows):
        change(plan, coordinator, introduction=f"Text {number}.")
    # The rows with their users, and nothing else: no relation was changed.
    with django_assert_num_queries(1):
        log(plan)


def link(cell: RiskCell, to: RiskCell, category: PurchasingCategory, by) -> None:
    """Point a cell at another cell, and then at a category."""
    change(cell, by, assessment="same_as", same_as_cell=to)
    change(cell, by, same_as_cell=None, same_as_category=category)


def test_history_asks_no_query_per_related_row(plan, coordinator):
    first, second = RiskMatrix.objects.order_by("number")
    pairs = list(zip(first.cells.all(), second.cells.all(), strict=True))
    categories = [PlanFactory().category for _pair in pairs]

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert on_the_page_of(first)
        return len(captured)

    link(*pairs[0], categories[0], coordinator)
    few = cost()
    for pair, category in zip(pairs[1:], categories[1:], strict=True):
        link(*pair, category, coordinator)
    assert cost() == few
    assert str(categories[-1]) in {entry.after for entry in on_the_page_of(first)}
