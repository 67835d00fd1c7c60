"""An earlier text of a field comes back from the log, through the form in which it is written."""

import re
from html import unescape

import pytest
from django.contrib.admin import site
from django.urls import reverse

from actionplan.models import ChangeKind, ChangeLog
from actionplan.models.logged import Logged
from requirements_pkg.actions.publishing import package_of
from tests.factories import RequirementFactory
from tests.requirements_pkg.admin_forms import untouched

FIRST, SECOND = "Elen ska vara förnybar.", "Elen ska vara fossilfri."


@pytest.fixture
def goal(plan, coordinator):
    """A goal whose text was changed from the first to the second."""
    row = plan.goals.get()
    for text in (FIRST, SECOND):
        row.text = text
        row.signed_by(coordinator).save()
    return row


@pytest.fixture
def line(goal) -> ChangeLog:
    return ChangeLog.objects.about(goal).latest("pk")


def way_of(client, line: ChangeLog) -> str:
    page = client.get(reverse("admin:actionplan_changelog_change", args=[line.pk]))
    way = re.search(r'href="([^"]+aterstall=[^"]+)"', page.content.decode())
    return unescape(way[1]) if way else ""


def form_values(page) -> dict[str, object]:
    """What a browser sends of the page: the hidden field has what is stored."""
    (hidden,) = re.findall(r'name="initial-text" value="([^"]*)"', page.content.decode())
    assert unescape(hidden) == SECOND
    return untouched(page) | {"initial-text": unescape(hidden)}


def test_the_earlier_text_stands_in_the_form_and_nothing_is_stored_yet(goal, line, as_persona):
    client = as_persona("coordinator")
    page = client.get(way_of(client, line))
    form = page.context["adminform"].form
    assert form["text"].value() == FIRST
    assert "är ifyllt med texten från före" in page.content.decode()
    goal.refresh_from_db()
    assert goal.text == SECOND


def test_saving_the_form_restores_it_and_the_log_says_so(goal, line, as_persona):
    client = as_persona("coordinator")
    way = way_of(client, line)
    assert client.post(way, form_values(client.get(way))).status_code == 302
    goal.refresh_from_db()
    assert goal.text == FIRST
    last = ChangeLog.objects.about(goal).latest("pk")
    assert (last.by_name, last.before, last.after) == (
        "coordinator",
        {"text": SECOND},
        {"text": FIRST},
    )
    assert last.reason.startswith("Återställd från före 20")


def test_what_somebody_else_writes_meanwhile_is_not_overwritten(goal, line, as_persona):
    client = as_persona("coordinator")
    way = way_of(client, line)
    form = form_values(client.get(way))
    goal.text = "Av någon annan."
    goal.save()
    page = client.post(way, form)
    assert page.status_code == 200
    assert "Av någon annan." in page.content.decode()
    goal.refresh_from_db()
    assert goal.text == "Av någon annan."


@pytest.mark.parametrize("persona", ["reviewer", "other_coordinator", "analyst"])
def test_who_may_not_write_is_offered_nothing(persona, line, as_persona):
    client = as_persona(persona)
    assert way_of(client, line) == ""
    address = reverse("admin:actionplan_goal_change", args=[line.key])
    page = client.get(address, {"aterstall": line.pk, "falt": "text"})
    assert FIRST not in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"aterstall": "x", "falt": "text"},
        {"aterstall": "9" * 30, "falt": "text"},
        {"aterstall": "1", "falt": "text"},
        {"falt": "text"},
        {"aterstall": "LINE", "falt": "number"},
        {"aterstall": "LINE", "falt": "nothing"},
        {"aterstall": "LINE"},
    ],
)
def test_an_address_that_names_nothing_shows_the_form_as_it_is(query, goal, line, as_persona):
    query = {name: str(line.pk) if value == "LINE" else value for name, value in query.items()}
    address = reverse("admin:actionplan_goal_change", args=[goal.pk])
    page = as_persona("coordinator").get(address, query)
    assert page.context["adminform"].form["text"].value() == SECOND
    assert "är ifyllt med" not in page.content.decode()


def test_a_requirement_is_restored_too(plan, as_persona, coordinator):
    requirement = RequirementFactory(package=package_of(plan), code="SE-01", source="Förordning")
    requirement.text += " Mer."
    requirement.signed_by(coordinator).save()
    line = ChangeLog.objects.about(requirement).latest("pk")
    client = as_persona("coordinator")
    page = client.get(way_of(client, line))
    assert page.context["adminform"].form["text"].value() == line.before["text"]


def test_the_page_of_a_line_opens_for_every_kind_of_row(guarded_rows, plan, as_persona):
    """Whatever its form asks of the request."""
    client = as_persona("superuser")
    kinds = {page.opts.concrete_model for page in site._registry.values()}
    opened = 0
    for model in kinds:
        row = model._base_manager.first() if issubclass(model, Logged) else None
        if row is None:
            continue
        values = {"text": "Förr.", "name": "Förr.", "comment": "Förr.", "finding": "Förr."}
        names = {field.attname for field in model._meta.concrete_fields}
        before = {name: value for name, value in values.items() if name in names}
        change = ChangeLog(
            kind=ChangeKind.CHANGED,
            model=model._meta.label,
            key=row.pk,
            before=before,
            after=dict.fromkeys(before, "Nu."),
        )
        change.save()
        page = client.get(reverse("admin:actionplan_changelog_change", args=[change.pk]))
        assert page.status_code == 200, model
        opened += 1
    assert opened > 12
