"""What was answered once is filled in when the same is asked again, until it is forgotten."""

import pytest

from actionplan.models import ActionPlan, Indicator
from risks.models.answers import MOST_KEPT, ImportAnswers, recalled, remember
from tests.factories import PlanFactory
from tests.risks.importing.test_import_goals import dated, goal, put, sub
from tests.risks.importing.test_import_questions import AFTER, BEFORE, fields, preview, written

pytestmark = pytest.mark.django_db
OTHER = goal(1, "Mål", sub("1.1", "Krav finns", "Tre revisioner genomförda"))


@pytest.fixture
def client(as_persona):
    return as_persona("coordinator")


@pytest.fixture
def old():
    """An indicator with a due day, which a document has other words for."""
    put(BEFORE)
    return dated("Kraven är beslutade")


def say(client, old, *keys: str):
    """Answer the questions of a preview, and look at its changes without importing them."""
    page, address = preview(client, written(AFTER))
    sent = {"same": list(keys), "_show": "x"}
    return client.post(address, fields(page, **sent), follow=True)


def checked(page) -> bool:
    return "checked" in page.content.decode()


def test_an_answer_is_filled_in_when_the_same_file_comes_again(client, old):
    say(client, old, f"indicator-{old.pk}")
    page, address = preview(client, written(AFTER))
    assert checked(page)
    assert "1 fråga har besvarats tidigare" in page.content.decode()
    assert [change.kind for change in page.context["outcome"].changes] == ["changed"]
    client.post(address, fields(page, same=[f"indicator-{old.pk}"]))
    old.refresh_from_db()
    assert old.text == "Två revisioner genomförda"


def test_an_answer_that_is_taken_back_is_taken_back_for_the_next_time(client, old):
    say(client, old, f"indicator-{old.pk}")
    say(client, old)
    page, _address = preview(client, written(AFTER))
    assert not checked(page)


def test_other_words_are_asked_about_anew(client, old):
    say(client, old, f"indicator-{old.pk}")
    page, _address = preview(client, written(OTHER))
    assert not checked(page)
    # Nor if it is the stored words that are others.
    Indicator.objects.filter(pk=old.pk).update(text="Kraven är införda")
    page, _address = preview(client, written(AFTER))
    assert not checked(page)


def test_answers_are_forgotten_where_a_person_says_so(client, old):
    say(client, old, f"indicator-{old.pk}")
    page, address = preview(client, written(AFTER))
    again = client.post(address, fields(page, _forget="x"), follow=True)
    assert not checked(again)
    assert "Tidigare svar är borttagna." in again.content.decode()
    assert not ImportAnswers.objects.exists()


def test_a_category_is_not_asked_about_again_in_the_same_plan(client):
    put(BEFORE)
    near = written(BEFORE, category="Prov-kategori")
    page, address = preview(client, near)
    client.post(address, fields(page, category="Provkategori", _show="x"))
    page, address = preview(client, near)
    assert page.context["outcome"].plan == ActionPlan.objects.get()
    assert page.context["outcome"].recalled == 1
    # Another period is another plan.
    page, _address = preview(
        client, written(BEFORE, category="Prov-kategori", first_year=2026, last_year=2028)
    )
    assert page.context["outcome"].recalled == 0
    assert not page.context["may_import"]


def test_no_more_than_the_newest_answers_are_kept():
    plan, other = PlanFactory(), PlanFactory()
    remember(plan, {f"{number}": True for number in range(MOST_KEPT)})
    remember(plan, {"1": False, "ny": True})
    kept = recalled(plan)
    assert len(kept) == MOST_KEPT
    assert list(kept)[-2:] == ["1", "ny"]
    assert kept["1"] is False
    assert "0" not in kept
    assert recalled(other) == {}
    plan.delete()
    assert not ImportAnswers.objects.exists()
