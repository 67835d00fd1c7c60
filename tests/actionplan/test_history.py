"""Who changed what from what to what, as the history page tells it."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from actionplan.history import Told, entries
from actionplan.models import ActionPlan, Goal, Indicator, Organisation, ProductArea
from risks.models import RiskStatement


@dataclass(frozen=True)
class Said:
    """The part of an entry that a test names."""

    who: str
    field: str
    before: str
    after: str


def told(obj) -> list[Said]:
    """What the history of one object says, newest first."""
    found = entries([Told(obj.history.all())]).get_page(1)
    return [Said(entry.who, entry.field, entry.before, entry.after) for entry in found]


def change(obj, by, **fields) -> None:
    for name, value in fields.items():
        setattr(obj, name, value)
    obj._history_user = by
    obj.save()


def test_a_change_says_who_from_what_to_what(plan, coordinator):
    change(plan, coordinator, introduction="Nytt.")
    newest = told(plan)[0]
    assert newest == Said(
        "coordinator",
        "introduktion",
        "Servrar prioriteras.\n\nTelefoni prioriteras inte.",
        "Nytt.",
    )


def test_several_fields_of_one_change_are_several_entries(plan, coordinator):
    before = len(told(plan))
    change(plan, coordinator, last_year=2026, introduction="Nytt.")
    fields = [said.field for said in told(plan)[: len(told(plan)) - before]]
    assert sorted(fields) == ["introduktion", "sista år"]


def test_a_choice_and_a_relation_are_told_by_their_names(plan, coordinator):
    gotland = Organisation.objects.get(code="gotland")
    change(plan, coordinator, status="review")
    assert (told(plan)[0].before, told(plan)[0].after) == ("utkast", "under granskning")
    change(plan, coordinator, coordinator=gotland)
    assert (told(plan)[0].before, told(plan)[0].after) == ("Region Stockholm", "Region Gotland")


def test_a_removed_relation_is_told_by_its_number(plan, coordinator):
    gone = ActionPlan.objects.create(
        category=plan.category,
        procurement_region=plan.procurement_region,
        coordinator=plan.coordinator,
        slug="gammal",
        first_year=2020,
        last_year=2022,
    )
    pk = gone.pk
    change(plan, coordinator, predecessor=gone)
    change(plan, coordinator, predecessor=None)
    gone.delete()
    assert [said.before for said in told(plan)[:1]] == [f"borttagen ({pk})"]


def test_a_save_that_changes_nothing_is_not_told(plan, coordinator):
    before = told(plan)
    change(plan, coordinator)
    assert told(plan) == before


def test_an_address_is_not_what_a_person_calls_a_change(plan, coordinator):
    area = ProductArea.objects.get(number=1)
    before = len(told(area))
    change(area, coordinator, name="lagring")
    assert area.slug == "lagring"
    assert [said.field for said in told(area)[: len(told(area)) - before]] == ["namn"]


def test_what_was_made_and_what_was_removed_are_told_whole(plan, coordinator):
    goal = Goal(plan=plan, number=7, text="Ett sjunde mål")
    change(goal, coordinator)
    assert told(goal) == [Said("coordinator", "tillagd", "", "7, Ett sjunde mål")]
    history = Goal.history.filter(id=goal.pk)
    goal._history_user = coordinator
    goal.delete()
    newest = entries([Told(history)]).get_page(1)[0]
    assert (newest.field, newest.before, newest.after) == ("borttagen", "7, Ett sjunde mål", "")


def test_two_rows_are_never_compared_with_each_other(plan, coordinator):
    first, second = Indicator.objects.order_by("pk")
    change(first, coordinator, text="Ändrad")
    found = entries([Told(Indicator.history.all())]).get_page(1)
    pairs = [(entry.before, entry.after) for entry in found if entry.field == "målindikator"]
    assert pairs == [("Krav är framtagna: visat", "Ändrad")]
    assert second.text not in {text for pair in pairs for text in pair}


def test_a_change_from_the_command_line_says_so(plan):
    change(plan, None, introduction="Av ett kommando.")
    assert told(plan)[0].who == "kommandoraden"


def test_fifty_entries_make_a_page(plan, coordinator):
    for number in range(60):
        change(plan, coordinator, introduction=f"Text {number}.")
    pages = entries([Told(plan.history.all())])
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
        told(plan)
