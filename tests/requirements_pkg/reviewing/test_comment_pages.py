"""Comments where the thing is shown that they are about, in review, and among the tasks."""

import pytest
from django.urls import reverse

from actionplan.extension_points import PlanTab
from actionplan.models import Goal, SubGoal
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.publishing import package_of, request_publication
from requirements_pkg.actions.reviewing.comments import reply, resolve, start_thread
from requirements_pkg.models import Comment, CommentThread, PublishRequest
from risks.models import RiskCell, RiskStatement
from tests.factories import ModuleFactory, RequirementFactory

MINE = "/admin/followup/mitt/"


@pytest.fixture
def requirement(plan):
    return RequirementFactory(package=package_of(plan), code="SE-01", title="Spåra tenn")


@pytest.fixture
def thread(requirement, reviewer) -> CommentThread:
    return start_thread(about=requirement, by=reviewer, text="Vilken källa?").thread


def comments(kind, row) -> str:
    return reverse("admin:requirements_pkg_comments", args=[kind, row.pk])


def text(response) -> str:
    return response.content.decode()


def change(row) -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def test_a_comment_is_written_beside_the_thing_and_leads_back(requirement, as_persona):
    client = as_persona("reviewer")
    page = client.get(change(requirement))
    assert comments("krav", requirement) in text(page)
    sent = client.post(
        comments("krav", requirement), {"text": "Vilken källa?", "back": change(requirement)}
    )
    comment = Comment.objects.get()
    assert sent["Location"] == f"{change(requirement)}#kommentar-{comment.pk}"
    assert "Vilken källa?" in text(client.get(change(requirement)))


def test_nobody_is_led_elsewhere(requirement, as_persona):
    address = comments("krav", requirement)
    for back in ("https://annan.example/", "//annan.example/", "javascript:1"):
        sent = as_persona("reviewer").post(address, {"text": "Hm.", "back": back})
        assert sent["Location"].startswith(address)


@pytest.mark.parametrize(
    ("kind", "model"), [("ruta", RiskCell), ("mal", Goal), ("delmal", SubGoal)]
)
def test_cells_and_goals_show_their_comments(kind, model, plan, as_persona, reviewer):
    row = model.objects.last()
    start_thread(about=row, by=reviewer, text="Är det rätt?")
    client = as_persona("coordinator")
    assert "Är det rätt?" in text(client.get(change(row)))
    assert "Är det rätt?" in text(client.get(comments(kind, row)))


def test_a_comment_may_be_on_one_statement(plan, as_persona):
    statement = RiskStatement.objects.first()
    client = as_persona("reviewer")
    address = comments("ruta", statement.cell)
    client.post(address, {"text": "Belägg?", "quote": statement.pk})
    assert CommentThread.objects.get().quote == statement.text
    assert "Belägg?" in text(client.get(change(statement)))


def test_a_cell_of_the_grid_says_how_many_comments_wait(plan, as_persona, reviewer):
    cell = RiskCell.objects.filter(product_area__plan=plan).first()
    grid = reverse("admin:risks_riskmatrix_change", args=[cell.product_area_id])
    client = as_persona("analyst")
    assert "Kommentarer (1)" not in text(client.get(grid))
    thread = start_thread(about=cell, by=reviewer, text="Hm.").thread
    page = text(client.get(grid))
    assert "Kommentarer (1)" in page
    assert comments("ruta", cell) in page
    resolve(thread=thread, by=reviewer)
    assert "Kommentarer (1)" not in text(client.get(grid))


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(requirement, thread, as_persona):
    client = as_persona("coordinator")
    answer = reverse("admin:requirements_pkg_thread", args=[thread.pk])
    for address in (comments("krav", requirement), answer):
        refused = client.post(address, {"text": "Hej @ingen."})
        assert refused.status_code == 400
        assert "Hej @ingen." in text(refused)
        assert "heter @ingen" in text(refused)
    assert client.post(answer, {"text": ""}).status_code == 400
    assert Comment.objects.count() == 1


def test_people_of_the_region_are_chosen_to_be_told(requirement, as_persona, coordinator):
    client = as_persona("reviewer")
    page = client.get(comments("krav", requirement))
    names = [label for _pk, label in page.context["form"].fields["mentions"].choices]
    assert str(coordinator) in names
    client.post(comments("krav", requirement), {"text": "Se.", "mentions": coordinator.pk})
    assert Comment.objects.get().mentions.get().person == coordinator


def test_a_thread_is_answered_and_settled_on_its_page(thread, as_persona):
    address = reverse("admin:requirements_pkg_thread", args=[thread.pk])
    client = as_persona("coordinator")
    client.post(address, {"text": "Förordningen."})
    assert "Förordningen." in text(client.get(address))
    client.post(address, {"_resolve": ""})
    assert not CommentThread.objects.unresolved().exists()
    client.post(address, {"_reopen": ""})
    assert CommentThread.objects.unresolved().exists()
    assert as_persona("other_coordinator").post(address, {"_resolve": ""}).status_code == 403


@pytest.mark.parametrize("owner", ["plan", "modul"])
def test_all_comments_of_a_draft_stand_on_one_page(owner, requirement, as_persona, reviewer):
    package = requirement.package if owner == "plan" else ModuleFactory()
    about = requirement if owner == "plan" else RequirementFactory(package=package)
    thread = start_thread(about=about, by=reviewer, text="Vilken källa?").thread
    pk = package.plan_id or package.pk
    address = reverse("admin:requirements_pkg_all_comments", args=[owner, pk])
    client = as_persona("analyst")
    assert "Vilken källa?" in text(client.get(address))
    resolve(thread=thread, by=reviewer)
    assert "Vilken källa?" not in text(client.get(address))
    assert "Vilken källa?" in text(client.get(f"{address}?alla=1"))


def test_addresses_of_nothing_are_not_found(requirement, as_persona):
    client = as_persona("coordinator")
    for name, args in (
        ("comments", ["krav", 0]),
        ("comments", ["annat", requirement.pk]),
        ("all_comments", ["annat", requirement.pk]),
        ("thread", [0]),
    ):
        address = reverse(f"admin:requirements_pkg_{name}", args=args)
        assert client.get(address).status_code == 404


def test_a_tab_of_the_plan_leads_to_its_comments(plan, as_persona):
    address = reverse("admin:requirements_pkg_all_comments", args=["plan", plan.pk])
    assert address in text(as_persona("coordinator").get(tab_address(plan.pk, PlanTab.REVIEW)))


def test_mentions_and_unresolved_threads_are_tasks(
    requirement, as_persona, coordinator, reviewer, other_coordinator
):
    def tasks(persona):
        return text(as_persona(persona).get(MINE))

    thread = start_thread(
        about=requirement, by=reviewer, text="Hm.", mentions=[other_coordinator]
    ).thread
    mention, waits = "nämner dig i en kommentar om SE-01", "1 olöst kommentar om"
    assert mention in tasks("other_coordinator")
    assert waits not in tasks("other_coordinator")
    assert waits in tasks("coordinator")
    reply(thread=thread, by=other_coordinator, text="Jag vet inte.")
    assert mention not in tasks("other_coordinator")
    resolve(thread=thread, by=coordinator)
    assert waits not in tasks("coordinator")


@pytest.fixture
def publish_request(requirement, coordinator) -> PublishRequest:
    return request_publication(package=requirement.package, by=coordinator, note="Nytt.")


def test_a_review_shows_comments_beside_what_changed(publish_request, thread, as_persona):
    client = as_persona("reviewer")
    plan = publish_request.package.plan
    address = reverse("admin:requirements_pkg_changes", args=[plan.pk, "krav"])
    page = text(client.get(address))
    assert "Vilken källa?" in page
    assert comments("krav", publish_request.package.requirements.get()) in page
    decide = client.get(reverse("admin:requirements_pkg_decide", args=[publish_request.pk]))
    assert "1 olöst kommentar" in text(decide)


def test_own_comments_are_taken_along_as_reasons(publish_request, thread, as_persona, analyst):
    start_thread(about=Goal.objects.first(), by=analyst, text="Oviktigt.")
    client = as_persona("reviewer")
    address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    client.post(address, {"_return": "", "with_comments": "on", "reason": "Se nedan."})
    publish_request.refresh_from_db()
    assert publish_request.reason == "Se nedan.\n\nSE-01 Spåra tenn: Vilken källa?"


def test_settled_comments_are_no_reasons(publish_request, thread, reviewer, as_persona):
    resolve(thread=thread, by=reviewer)
    client = as_persona("reviewer")
    address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    assert "with_comments" not in client.get(address).context["form"].fields
    assert client.post(address, {"_return": "", "with_comments": "on"}).status_code == 400
    publish_request.refresh_from_db()
    assert publish_request.decision == "pending"
