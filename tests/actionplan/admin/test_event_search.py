"""Events are looked for by who and by what, and there are half a million of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import ChangeEvent, EventKind
from tests.factories import PlanFactory, UserFactory
from tests.unguarded import unguarded

EVENTS = "/admin/actionplan/changeevent/"


@pytest.fixture
def searched(as_persona, db):
    """A function that tells who did what, of what a search finds."""
    plan, client = PlanFactory(), as_persona("analyst")
    for name in ("anna.ek", "bo.ek"):
        by = UserFactory(username=name)
        ChangeEvent.objects.record(EventKind.PUBLISHED, plan, by=by, detail={})
        ChangeEvent.objects.record(EventKind.PERSON_ADDED, by, by=by, detail={})
    # As somebody went before the database kept people.
    with unguarded():
        by.delete()

    def search(words: str) -> set[tuple[str, str]]:
        rows = client.get(EVENTS, {"q": words}).context_data["cl"].result_list
        return {(row.actor, row.target.rpartition(".")[2]) for row in rows}

    return search


@pytest.mark.parametrize(
    ("words", "those"),
    [
        ("ANNA", {("anna.ek", "ActionPlan"), ("anna.ek", "User")}),
        ("anna user", {("anna.ek", "User")}),
        # Somebody who is no longer here is found by the whole name.
        ("bo.ek actionplan.actionplan", {("bo.ek", "ActionPlan")}),
        ("zirkonium", set()),
    ],
)
def test_events_are_found_by_a_part_of_a_name_and_of_a_kind_of_row(searched, words, those):
    assert searched(words) == those


def test_no_text_is_looked_for_in_all_events(searched):
    with CaptureQueriesContext(connection) as captured:
        searched("anna")
    statements = [
        each["sql"] for each in captured if 'FROM "actionplan_changeevent"' in each["sql"]
    ]
    assert statements
    assert [sql for sql in statements if "LIKE" in sql] == []


def test_the_list_leads_on_without_looking_at_each_event(searched, as_persona):
    """To the years from the first to the last, and to the kinds of rows that there are."""
    first = ChangeEvent.objects.earliest("at")
    with unguarded():
        ChangeEvent.objects.filter(pk=first.pk).update(at=first.at.replace(year=first.at.year - 2))
    with CaptureQueriesContext(connection) as captured:
        page = as_persona("analyst").get(EVENTS)
    html = page.content.decode()
    years = [first.at.year - back for back in (2, 1, 0)]
    assert [f"?at__year={year}" in html for year in years] == [True] * 3
    assert [f"?target=actionplan.{name}" in html for name in ("ActionPlan", "User", "Goal")] == [
        *(True, True, False)
    ]
    statements = [each["sql"] for each in captured if "actionplan_changeevent" in each["sql"]]
    assert [sql for sql in statements if "DISTINCT" in sql] == []


def test_a_list_of_no_event_leads_nowhere(as_persona, db):
    with unguarded():
        ChangeEvent.objects.all().delete()
    assert as_persona("analyst").get(EVENTS).status_code == 200


def test_a_kind_of_row_is_found_by_what_it_is_called(searched):
    assert searched("anna användare") == {("anna.ek", "User")}


def test_an_event_is_told_in_words_and_leads_to_what_it_was_done_to(as_persona, coordinator):
    plan, client = PlanFactory(), as_persona("reviewer")
    detail = {"status": "review", "note": "<b>Nya</b> krav.", "sha256": "a" * 64, "created": True}
    event = ChangeEvent.objects.record(EventKind.REQUESTED, plan, by=coordinator, detail=detail)
    listing, page = (
        client.get(address).content.decode() for address in (EVENTS, f"{EVENTS}{event.pk}/change/")
    )
    assert "Handlingsplan" in listing
    assert str(plan) in listing
    assert (
        f'<a href="/admin/actionplan/actionplan/{plan.pk}/change/">Handlingsplan {plan}</a>'
        in (page)
    )
    assert (
        "ny plan: ja<br>kommentar: &lt;b&gt;Nya&lt;/b&gt; krav.<br>status: under granskning"
        in page
    )
    for word in ("actionplan.ActionPlan", "aaaa", "review<"):
        assert word not in page


def test_an_event_of_what_is_gone_is_told_without_a_link(as_persona, coordinator):
    plan = PlanFactory()
    event = ChangeEvent.objects.record(EventKind.CLOSED, plan, by=coordinator, detail={})
    with unguarded():
        ChangeEvent.objects.filter(pk=event.pk).update(target_id=987654)
    page = as_persona("reviewer").get(f"{EVENTS}{event.pk}/change/").content.decode()
    assert "Handlingsplan 987654" in page
    assert "/987654/" not in page.replace(f"{EVENTS}{event.pk}", "")
    with unguarded():
        ChangeEvent.objects.filter(pk=event.pk).update(target="gone.Thing")
    assert (
        "gone.Thing 987654"
        in as_persona("reviewer").get(f"{EVENTS}{event.pk}/change/").content.decode()
    )
