"""A draft that waits for approval, and one whose published version is withdrawn."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan, Goal
from actionplan.workspace.tabs import OF_DRAFT, tab_address
from requirements_pkg.actions.publishing import package_of, publish, request_publication
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.models import Decision, PublishRequest
from tests.factories import PlanFactory, RequirementFactory
from tests.project.pages.test_query_budgets import LIST_BUDGET
from tests.requirements_pkg.admin_forms import address, text_of
from tests.unguarded import unguarded

WAITS = "Om du ändrar något behöver utkastet skickas igen"
STALE = "det behöver skickas igen innan det kan godkännas"
AGAIN = "behöver skickas igen"
MINE = "/admin/followup/mitt/"


@pytest.fixture
def publish_request(version, plan, coordinator) -> PublishRequest:
    """A draft with news that waits for approval."""
    plan.introduction = "Nytt."
    plan.save()
    return request_publication(package=version.package, by=coordinator, note="Nytt.")


def change(row) -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def review(plan: ActionPlan) -> str:
    return tab_address(plan.pk, PlanTab.REVIEW)


def change_draft(plan: ActionPlan, introduction: str = "Ännu nyare.") -> None:
    plan = ActionPlan.objects.get(pk=plan.pk)
    plan.introduction = introduction
    plan.save()


def test_every_page_that_changes_the_draft_says_that_it_waits(publish_request, plan, as_persona):
    goal = Goal.objects.first()
    requirement = RequirementFactory(package=publish_request.package, code="SE-09")
    sub_goal = goal.sub_goals.first()
    grid = reverse("admin:risks_riskmatrix_change", args=[plan.product_areas.first().pk])
    own = [plan, goal, sub_goal, sub_goal.indicators.first(), publish_request.package, requirement]
    tabs = [tab_address(plan.pk, tab) for tab in OF_DRAFT]
    for page in [*map(change, own), *tabs, grid]:
        assert WAITS in text_of(as_persona("coordinator").get(page)), page
        # Whoever only reads has nothing to know.
        assert WAITS not in text_of(as_persona("reviewer").get(page)), page
    with unguarded():
        PublishRequest.objects.filter(pk=publish_request.pk).delete()
    for page in [*map(change, own), *tabs, grid]:
        assert WAITS not in text_of(as_persona("coordinator").get(page)), page


def test_a_request_whose_draft_was_changed_is_to_be_sent_again(
    publish_request, plan, as_persona, coordinator
):
    client = as_persona("coordinator")
    home, ask = review(plan), address("ask", plan.pk)
    page = text_of(client.get(home))
    assert (STALE in page, ask in page) == (False, False)
    change_draft(plan)
    page = text_of(client.get(home))
    assert (STALE in page, ask in page, "Skicka igen" in page) == (True, True, True)
    assert STALE in text_of(as_persona("reviewer").get(home))
    assert STALE in text_of(client.get(change(publish_request.package)))
    assert client.post(ask, {"note": "Nyare."}).status_code == 302
    old, new = PublishRequest.objects.order_by("pk")
    assert (old.decision, old.decided_by, old.reason) == (
        Decision.RETURNED,
        coordinator,
        "Utkastet ändrades och skickades igen.",
    )
    assert (new.decision, new.note) == (Decision.PENDING, "Nyare.")
    assert STALE not in text_of(client.get(home))
    # The very same is not sent twice.
    assert client.post(ask, {"note": "Nyare."}).status_code == 400


def test_a_draft_that_says_what_is_published_again_is_not_sent(publish_request, plan, as_persona):
    change_draft(plan, publish_request.package.versions.get().content.plan.introduction)
    page = text_of(as_persona("coordinator").get(review(plan)))
    assert (STALE in page, address("ask", plan.pk) in page) == (True, False)


def test_after_a_version_is_withdrawn_the_draft_can_be_sent(
    version, plan, as_persona, coordinator
):
    client, ask = as_persona("coordinator"), address("ask", plan.pk)
    home = review(plan)
    page = text_of(client.get(home))
    assert "Utkastet är detsamma som den gällande versionen." in page
    assert ask not in page
    withdraw_version(
        version=version, by=coordinator, approved_by=version.approved_by, reason="Fel."
    )
    page = text_of(client.get(home))
    assert "Utkastet är detsamma som den gällande versionen." not in page
    assert "Ingen version gäller" in page
    assert ask in page
    assert client.post(ask, {"note": "Igen."}).status_code == 302


def test_an_older_version_in_force_is_what_the_draft_is_compared_with(
    version, plan, as_persona, coordinator, reviewer
):
    change_draft(plan)
    newer = publish(package=version.package, by=coordinator, approved_by=reviewer, note="Nyare.")
    withdraw_version(version=newer, by=coordinator, approved_by=newer.approved_by, reason="Fel.")
    page = text_of(as_persona("coordinator").get(review(plan)))
    assert "Utkastet har ändringar som inte är publicerade." in page
    assert address("ask", plan.pk) in page


@pytest.mark.parametrize("persona", ["coordinator", "reviewer"])
def test_every_page_of_a_request_says_that_it_has_to_be_sent_again(
    publish_request, plan, as_persona, persona
):
    client = as_persona(persona)
    pages = [
        reverse("admin:requirements_pkg_publishrequest_changelist"),
        change(publish_request),
        address("decide", publish_request.pk),
        MINE,
    ]
    for page in pages:
        assert AGAIN not in text_of(client.get(page)), page
    change_draft(plan)
    for page in pages:
        assert AGAIN in text_of(client.get(page)), page
    # What was changed and changed back is what was sent.
    change_draft(plan, "Nytt.")
    for page in pages:
        assert AGAIN not in text_of(client.get(page)), page


def test_others_have_no_request_of_another_region_to_send_again(publish_request, plan, as_persona):
    change_draft(plan)
    for persona in ("other_coordinator", "analyst"):
        assert AGAIN not in text_of(as_persona(persona).get(MINE))


def test_who_may_sends_it_again_from_the_page_of_the_request(publish_request, plan, as_persona):
    change_draft(plan)
    ask, page = address("ask", plan.pk), address("decide", publish_request.pk)
    assert f'href="{ask}"' in text_of(as_persona("coordinator").get(page))
    assert f'href="{ask}"' not in text_of(as_persona("reviewer").get(page))


def test_many_requests_that_wait_cost_no_more_queries_than_one(
    publish_request, as_persona, coordinator
):
    """Each is compared with its own draft; what is asked for the drafts is asked together."""
    client = as_persona("reviewer")

    def cost(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    pages = [address("publishrequest_changelist"), MINE]
    few = [cost(page) for page in pages]
    for _number in range(4):
        package = package_of(PlanFactory(with_matrix=True, with_goals=True))
        request_publication(package=package, by=coordinator, note="Ny.")
    change_draft(package.plan)
    assert [cost(page) for page in pages] == few
    assert few[0] <= LIST_BUDGET
    assert text_of(client.get(pages[0])).count(AGAIN) == 1
