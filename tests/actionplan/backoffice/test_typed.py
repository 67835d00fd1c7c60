"""What people paste into a form is stored, found and compared as if they had typed it."""

import pytest
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from actionplan.middleware import UnseenSignsMiddleware
from actionplan.models import Goal
from requirements_pkg.language.terms import tokens
from tests.requirements_pkg.admin_forms import untouched

PASTED = "Sluttill\u00advärkning\u200b av\u00a0anti\u2011korruption"
TYPED = "Sluttillvärkning av anti-korruption"


def read(method: str, **sent: str) -> HttpRequest:
    """A request that the view of a page gets."""
    request = HttpRequest()
    request.method = method
    fields = QueryDict(mutable=True)
    fields.update(sent)
    setattr(request, method, fields)
    UnseenSignsMiddleware(lambda _request: None).process_view(request)
    return request


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_signs_that_nobody_sees_are_taken_away_of_every_field(method):
    sent = getattr(read(method, text=PASTED, other="x"), method)
    assert sent.dict() == {"text": TYPED, "other": "x"}


@pytest.mark.parametrize("name", ["password", "new_password1", "initial-text", "seen"])
def test_passwords_and_what_a_form_showed_stay_as_they_are(name):
    assert read("POST", **{name: PASTED}).POST[name] == PASTED


def test_a_goal_that_was_pasted_is_found_by_who_types(plan, as_persona):
    goal = plan.goals.get()
    client = as_persona("coordinator")
    address = reverse("admin:actionplan_goal_change", args=[goal.pk])
    data = untouched(client.get(address)) | {"text": f"{PASTED}.\r\n\r\nRad två."}
    assert client.post(address, data).status_code == 302
    assert Goal.objects.get().text == f"{TYPED}.\n\nRad två."
    page = client.get(reverse("admin:actionplan_goal_changelist"), {"q": PASTED})
    assert [row.pk for row in page.context["cl"].result_list] == [goal.pk]


def test_a_form_without_edits_changes_no_text_that_was_stored_before(plan, as_persona):
    """Its own hidden copy still equals what is stored: nobody is told of a conflict."""
    Goal.objects.update(text=PASTED)
    goal = plan.goals.get()
    client = as_persona("coordinator")
    address = reverse("admin:actionplan_goal_change", args=[goal.pk])
    data = untouched(client.get(address)) | {"number": "7"}
    assert client.post(address, data).status_code == 302
    goal.refresh_from_db()
    assert (goal.number, goal.text) == (7, TYPED)


def test_a_text_that_is_published_with_such_signs_is_found():
    assert tokens(PASTED) == tokens(TYPED.replace("anti-", "anti\u2011"))


def test_a_search_finds_what_was_copied_out_of_a_matrix(client, plan):
    page = client.get("/sok/", {"q": PASTED}).content.decode()
    assert f'value="{TYPED}"' in page
