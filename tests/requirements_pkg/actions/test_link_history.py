"""Who tied a requirement to what, and who untied it: nothing of it is lost."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.backoffice.history import entries
from actionplan.models import ProductArea, SubGoal
from requirements_pkg.actions.links import confirm, set_product_areas, set_services, set_treatments
from requirements_pkg.models import (
    GoalService,
    RequirementArea,
    RequirementSource,
    RequirementsPackage,
    RiskTreatment,
)
from risks.models import RiskStatement
from tests.factories import PackageFactory, RequirementFactory
from tests.requirements_pkg.admin_forms import address, untouched
from tests.requirements_pkg.sheets import bring, exported, sentences

LINKS = (RequirementArea, RiskTreatment, GoalService)


@pytest.fixture
def requirement(plan):
    return RequirementFactory(package=PackageFactory(plan=plan), code="SE-01")


@pytest.fixture
def ends(requirement):
    """What the requirement may be tied to."""
    return (
        ProductArea.objects.order_by("number").first(),
        RiskStatement.objects.order_by("pk").first(),
        SubGoal.objects.order_by("pk").first(),
    )


def history_of(obj) -> list[tuple[str, str, str, str]]:
    """Who did what with which part, newest first; the requirement's own fields left out."""
    pages = entries(admin.site.get_model_admin(type(obj)).history_of(obj))
    return [(e.who, e.field, e.what, e.where) for e in pages.get_page(1) if e.where]


def tie(requirement, ends, by):
    """Tie a requirement to an area, a risk and a sub-goal, or to none of them."""
    areas, statements, sub_goals = ([end] for end in ends) if ends else ([], [], [])
    set_product_areas(requirement=requirement, areas=[area.pk for area in areas], by=by)
    set_treatments(requirement=requirement, statements=statements, by=by)
    set_services(requirement=requirement, sub_goals=sub_goals, by=by)


def expected(ends, field, who="coordinator"):
    return {
        (who, field, str(model._meta.verbose_name), str(end))
        for model, end in zip(LINKS, ends, strict=True)
    }


def test_what_is_tied_and_untied_is_told_by_name(requirement, ends, coordinator):
    tie(requirement, ends, coordinator)
    assert set(history_of(requirement)) == expected(ends, "tillagd")
    tie(requirement, ends, coordinator)
    assert len(history_of(requirement)) == 3
    tie(requirement, None, coordinator)
    assert set(history_of(requirement)[:3]) == expected(ends, "borttagen")
    assert [model.objects.count() for model in LINKS] == [0, 0, 0]


def test_whoever_confirms_a_link_is_told(requirement, ends, coordinator, other_coordinator):
    set_treatments(requirement=requirement, statements=[ends[1]], by=other_coordinator)
    link = RiskTreatment.objects.get()
    confirm(link=link, by=coordinator, read=link.current_hash)
    assert history_of(requirement)[0] == (
        "coordinator",
        "bekräftad av",
        "risk som kravet hanterar",
        str(ends[1]),
    )


def test_what_is_gone_is_called_what_it_was_called_last(requirement, ends, coordinator):
    tie(requirement, ends, coordinator)
    tie(requirement, None, coordinator)
    for end in ends:
        end.save()
        end.delete()
    assert set(history_of(requirement)[:3]) == expected(ends, "borttagen")


def test_a_form_and_a_file_tell_who(requirement, ends, coordinator, as_persona):
    area, risk, goal = ends
    client, where = as_persona("coordinator"), address("requirement_change", requirement.pk)
    page = client.get(where)
    sent = untouched(page) | {"areas": [area.pk], "treated": [risk.pk], "served": [goal.pk]}
    assert client.post(where, sent).status_code == 302
    assert set(history_of(requirement)) == expected(ends, "tillagd")
    rows = exported(coordinator)
    rows[0] |= {"areas": "", "treats": "", "serves": "", "sources": "Förordning"}
    assert sentences(bring(coordinator, rows)) == ""
    newest = set(history_of(requirement)[:4])
    source = ("coordinator", "tillagd", str(RequirementSource._meta.verbose_name), "Förordning")
    assert newest == expected(ends, "borttagen") | {source}
    rows = exported(coordinator)
    rows[0]["sources"] = "En bok"
    assert sentences(bring(coordinator, rows)) == ""
    assert {(field, where) for _who, field, _what, where in history_of(requirement)[:2]} == {
        ("borttagen", "Förordning"),
        ("tillagd", "En bok"),
    }


def test_a_package_tells_its_title_and_introduction(requirement, as_persona):
    client, where = (
        as_persona("coordinator"),
        address("requirementspackage_change", requirement.package_id),
    )
    sent = untouched(client.get(where)) | {"introduction": "Så här används paketet."}
    assert client.post(where, sent).status_code == 302
    package = RequirementsPackage.objects.get()
    page = entries(admin.site.get_model_admin(type(package)).history_of(package)).get_page(1)
    newest = page[0]
    assert (newest.who, newest.field) == ("coordinator", "introduktion")
    assert newest.after == "Så här används paketet."
    history = client.get(address("requirementspackage_history", requirement.package_id))
    assert "Så här används paketet." in history.content.decode()


def test_the_history_of_a_requirement_costs_the_same_however_many_links(requirement, coordinator):
    counts = []
    for number in (1, 8):
        statements = RiskStatement.objects.order_by("pk")[:number]
        set_treatments(requirement=requirement, statements=statements, by=coordinator)
        with CaptureQueriesContext(connection) as captured:
            history_of(requirement)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert len(history_of(requirement)) == min(8, RiskStatement.objects.count())


def test_links_go_in_as_many_queries_as_one(requirement, coordinator):
    counts = []
    for number in (1, 8):
        set_treatments(
            requirement=requirement,
            statements=RiskStatement.objects.all()[:number],
            by=coordinator,
        )
        with CaptureQueriesContext(connection) as captured:
            set_treatments(requirement=requirement, statements=[], by=coordinator)
        counts.append(len(captured))
    assert counts[0] == counts[1]
