"""Every form of the admin, sent back as it was shown: nothing is refused, nothing is written."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from actionplan.models import ChangeLog, Goal, Indicator, SubGoal
from tests.factories import PlanFactory


class Form(HTMLParser):
    """What a browser would send of a page's main form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = self.textarea = None
        # Beside it stand forms for a comment and for logging out.
        main = re.search(r'<form[^>]*id="\w+_form".*?</form>', page, re.DOTALL)
        self.feed(main[0] if main else page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name")
        if tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given and self.select:
            self._put(self.select, given.get("value", ""))
        elif tag == "textarea":
            self.textarea = name
            self._put(name, "")
        elif tag == "input" and name and given.get("type") not in ("submit", "checkbox"):
            self._put(name, given.get("value") or "")
        elif tag == "input" and name and "checked" in given:
            self._put(name, given.get("value") or "on")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.textarea = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.textarea:
            # A browser drops the first line break and ends lines its own way.
            self.sent[self.textarea][-1] += data.lstrip("\n").replace("\n", "\r\n")

    def _put(self, name, value):
        self.sent.setdefault(name, []).append(value)


def rows():
    goal = Goal.objects.first()
    return {
        "actionplan": goal.plan,
        "goal": goal,
        "subgoal": SubGoal.objects.first(),
        "indicator": Indicator.objects.first(),
    }


@pytest.mark.parametrize("name", ["actionplan", "goal", "subgoal", "indicator"])
def test_a_form_sent_back_untouched_is_saved_and_writes_nothing(plan, as_persona, name):
    row = rows()[name]
    if isinstance(row, SubGoal):
        row.product_areas.set(plan.product_areas.all())
    client = as_persona("coordinator")
    address = reverse(f"admin:actionplan_{name}_change", args=[row.pk])
    before = ChangeLog.objects.about(row).count()
    response = client.post(address, Form(client.get(address).content.decode()).sent)
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert ChangeLog.objects.about(row).count() == before
    if isinstance(row, SubGoal):
        assert row.product_areas.count() == 2


def test_a_sub_goal_takes_no_areas_of_another_plan(plan, as_persona):
    other = PlanFactory(with_matrix=True)
    response = as_persona("coordinator").post(
        reverse("admin:actionplan_subgoal_add"),
        {
            "goal": plan.goals.get().pk,
            "number": "1.9",
            "position": "9",
            "text": "Ett delmål",
            "product_areas": [other.product_areas.first().pk],
            "indicators-TOTAL_FORMS": "0",
            "indicators-INITIAL_FORMS": "0",
        },
    )
    assert response.status_code == 200
    assert "produktområden i den plan" in response.content.decode()
    assert not SubGoal.objects.filter(number="1.9").exists()


def test_a_row_that_somebody_else_removed_is_told(plan, as_persona):
    client = as_persona("coordinator")
    goal = plan.goals.get()
    address = reverse("admin:actionplan_goal_change", args=[goal.pk])
    sent = Form(client.get(address).content.decode()).sent
    goal.sub_goals.first().delete()
    response = client.post(address, sent)
    assert response.status_code == 200
    assert "tog bort en rad medan du skrev" in response.content.decode()
    # What is not there is not shown, and the next save goes through.
    again = Form(response.content.decode()).sent
    assert client.post(address, again).status_code == 302


def test_what_was_written_in_a_row_that_somebody_else_removed_is_not_lost(plan, as_persona):
    client = as_persona("coordinator")
    goal = plan.goals.get()
    address = reverse("admin:actionplan_goal_change", args=[goal.pk])
    sent = Form(client.get(address).content.decode()).sent
    number = goal.sub_goals.count()
    goal.sub_goals.first().delete()
    response = client.post(address, sent | {"sub_goals-0-text": "Mina nya ord."})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Mina nya ord." in page
    assert goal.sub_goals.count() == number - 1
    assert client.post(address, Form(page).sent).status_code == 302
    assert goal.sub_goals.filter(text="Mina nya ord.").exists()
