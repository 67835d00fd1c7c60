"""A plan is closed by who has read what that does, and opened again by whom rights say."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan, ChangeEvent, ChangeLog, EventKind, PlanStatus
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.closing import close_plan, reopen_plan
from requirements_pkg.actions.publishing import package_of, publish, request_publication
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.models import Decision, PublishRequest
from requirements_pkg.published import page_cache
from tests.factories import FollowUpFactory, PlanFactory, RequirementFactory
from tests.requirements_pkg.admin_forms import address, text_of

IS_CLOSED = "Planen är avslutad och hålls inte längre aktuell."
PUBLIC = (
    "/kravpaket/{}/",
    "/kravpaket/{}/v1/",
    "/kravpaket/{}/v1/krav/SE-01/",
    "/kravpaket/{}/krav/SE-01/historik/",
    "/kravpaket/{}/jamfor/",
    "/kravpaket/{}/versioner/",
    "/urval/?paket={}&version=1&krav=SE-01",
    "/uppfoljning/{}/",
)
RETURNED = "lämnades tillbaka"
MINE = "/admin/followup/mitt/"


@pytest.fixture
def publish_request(version, plan, coordinator) -> PublishRequest:
    """A published plan whose draft has news that wait for approval."""
    plan.introduction = "Nytt."
    plan.save()
    return request_publication(package=version.package, by=coordinator, note="Nytt.")


def status(plan: ActionPlan) -> str:
    return ActionPlan.objects.values_list("status", flat=True).get(pk=plan.pk)


def home(plan: ActionPlan) -> str:
    return tab_address(plan.pk, PlanTab.REVIEW)


def test_closing_asks_first_and_says_what_it_does(publish_request, version, plan, as_persona):
    FollowUpFactory(version=version)
    client, close = as_persona("coordinator"), address("close", plan.pk)
    assert close in text_of(client.get(home(plan)))
    page = text_of(client.get(close))
    for sentence in (
        "Version 1 fortsätter att gälla",
        "coordinator skickade",
        "lämnas tillbaka",
        "1 uppföljning som inte är avslutad fortsätter",
        "kan öppna den igen",
    ):
        assert sentence in page, sentence
    assert status(plan) == PlanStatus.REVIEW
    answer = client.post(close, follow=True)
    assert "Planen är avslutad." in text_of(answer)
    assert (status(plan), close in text_of(answer)) == (PlanStatus.CLOSED, False)


def test_a_plan_of_which_nothing_is_published_says_so(plan, as_persona):
    page = text_of(as_persona("coordinator").get(address("close", plan.pk)))
    assert "Inget av den är publicerat" in page
    assert "Ingen begäran om godkännande väntar på svar." in page
    assert "Ingen uppföljning pågår" in page


def test_what_waits_is_returned_when_a_plan_is_closed_and_nobody_has_it_to_do(
    publish_request, plan, as_persona, coordinator
):
    close_plan(plan=plan, by=coordinator)
    publish_request.refresh_from_db()
    assert (publish_request.decision, publish_request.reason) == (
        Decision.RETURNED,
        "Planen avslutades.",
    )
    assert RETURNED not in text_of(as_persona("coordinator").get(MINE))
    reopen_plan(plan=plan, by=coordinator)
    assert RETURNED in text_of(as_persona("coordinator").get(MINE))


def test_public_pages_say_at_once_that_a_plan_is_closed_and_that_it_is_open_again(
    client, coordinator, reviewer, django_capture_on_commit_callbacks
):
    plan = PlanFactory(first_year=2020, last_year=2099, with_matrix=True)
    slug = package_of(plan).slug
    RequirementFactory(package=package_of(plan), code="SE-01")
    publish(package=package_of(plan), by=coordinator, approved_by=reviewer, note="Ny.")

    def say_so() -> set[bool]:
        return {IS_CLOSED in text_of(client.get(path.format(slug))) for path in PUBLIC}

    assert say_so() == {False}
    with django_capture_on_commit_callbacks(execute=True):
        close_plan(plan=plan, by=coordinator)
    assert say_so() == {True}
    # What is published stays in force.
    assert '<span class="badge now">gäller nu</span>' in text_of(
        client.get(PUBLIC[0].format(slug))
    )
    with django_capture_on_commit_callbacks(execute=True):
        reopen_plan(plan=plan, by=coordinator)
    assert say_so() == {False}


def test_a_plan_that_was_published_is_adopted_when_it_is_opened_again(
    version, plan, as_persona, coordinator
):
    withdraw_version(
        version=version, by=coordinator, approved_by=version.approved_by, reason="Fel."
    )
    close_plan(plan=plan, by=coordinator)
    client, reopen = as_persona("coordinator"), address("reopen", plan.pk)
    page = text_of(client.get(home(plan)))
    assert (reopen in page, address("ask", plan.pk) in page) == (True, False)
    page = text_of(client.get(reopen))
    assert "Den får statusen antagen." in page
    assert "behöver skickas på nytt" in page
    assert "Planen är öppen igen." in text_of(client.post(reopen, follow=True))
    assert status(plan) == PlanStatus.ADOPTED


def test_a_plan_that_was_never_published_is_a_draft_when_it_is_opened_again(plan, coordinator):
    close_plan(plan=plan, by=coordinator)
    reopen_plan(plan=plan, by=coordinator)
    assert status(plan) == PlanStatus.DRAFT


def test_closing_and_opening_are_told_in_the_log_and_the_history(
    plan, as_persona, superuser, coordinator
):
    close_plan(plan=plan, by=coordinator)
    reopen_plan(plan=plan, by=superuser)
    events = ChangeEvent.objects.about(plan).values_list("kind", "actor")
    assert list(events) == [
        (EventKind.REOPENED, "superuser"),
        (EventKind.CLOSED, "coordinator"),
    ]
    users = ChangeLog.objects.about(plan).values_list("after__status", "by__username")[:2]
    assert list(users) == [("draft", "superuser"), ("closed", "coordinator")]
    page = text_of(as_persona("reviewer").get(tab_address(plan.pk, PlanTab.HISTORY)))
    assert "avslutad – coordinator" in page
    assert "öppnad igen – superuser" in page


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("superuser", 302),
        ("coordinator", 302),
        ("other_coordinator", 403),
        ("reviewer", 403),
        ("analyst", 403),
        ("region_administrator", 403),
    ],
)
def test_the_plans_coordinators_close_and_open_it_and_nobody_else(
    plan, as_persona, persona, code, request
):
    client, user = as_persona(persona), request.getfixturevalue(persona)
    for page, verb, becomes in (
        ("close", close_plan, PlanStatus.CLOSED),
        ("reopen", reopen_plan, PlanStatus.DRAFT),
    ):
        before = status(plan)
        assert client.post(address(page, plan.pk)).status_code == code
        assert status(plan) == (becomes if code == 302 else before)
        if code == 403:
            with pytest.raises(PermissionDenied):
                verb(plan=plan, by=user)
            ActionPlan.objects.filter(pk=plan.pk).update(status=becomes)
        has_link = address("reopen" if page == "close" else "close", plan.pk) in text_of(
            client.get(home(plan))
        )
        assert has_link is (code == 302)


def test_what_is_done_already_is_not_done_again(plan, as_persona, coordinator):
    client = as_persona("coordinator")
    with pytest.raises(ValidationError, match="öppen"):
        reopen_plan(plan=plan, by=coordinator)
    assert "Planen är redan öppen." in text_of(client.get(address("reopen", plan.pk)))
    close_plan(plan=plan, by=coordinator)
    with pytest.raises(ValidationError, match="avslutad"):
        close_plan(plan=plan, by=coordinator)
    answer = client.post(address("close", plan.pk))
    assert "Planen är redan avslutad." in text_of(answer)
    assert ChangeEvent.objects.filter(kind=EventKind.CLOSED).count() == 1


def test_a_closed_plan_whose_period_is_over_says_both(version, plan, client, coordinator):
    close_plan(plan=plan, by=coordinator)
    page_cache.forget()
    page = text_of(client.get(f"/kravpaket/{version.package.slug}/"))
    assert "Planens period, 2023–2025, är över." in page
    assert IS_CLOSED in page
