"""Asking for approval and answering, in the admin."""

import re

import pytest
from django.db import OperationalError
from django.urls import reverse

from actionplan.models import Membership, PlanStatus, Role
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.models import Decision, PackageVersion, PublishRequest
from requirements_pkg.searching import indexing


def page(client, plan) -> str:
    address = reverse("admin:actionplan_actionplan_review", args=[plan.pk])
    return client.get(address).content.decode()


def ask(client, plan, note="Första versionen."):
    return client.post(reverse("admin:requirements_pkg_ask", args=[plan.pk]), {"note": note})


@pytest.fixture
def publish_request(plan, as_persona) -> PublishRequest:
    ask(as_persona("coordinator"), plan)
    return PublishRequest.objects.get()


def answer(client, publish_request, **data):
    """Answer a request, all of whose changes need not be ticked as read."""
    data = {"despite_unread": "on"} | data
    return client.post(
        reverse("admin:requirements_pkg_decide", args=[publish_request.pk]), data, follow=True
    )


def test_a_coordinator_asks_and_a_reviewer_publishes(plan, publish_request, as_persona):
    reviewer = as_persona("reviewer")
    assert "Granska begäran" in page(reviewer, plan)
    response = answer(reviewer, publish_request, _approve="")
    assert "Version 1 är publicerad." in response.content.decode()
    version = PackageVersion.objects.get()
    assert (version.published_by.username, version.approved_by.username) == (
        "coordinator",
        "reviewer",
    )
    assert as_persona("visitor").get(f"/kravpaket/{plan.slug}/").status_code == 200


def test_a_line_that_a_slide_broke_is_stored_without_its_sign(plan, as_persona):
    """A note stands in feeds and files for ever, and XML has no such signs."""
    ask(as_persona("coordinator"), plan, "Första raden\x0bandra.")
    assert PublishRequest.objects.get().note == "Första raden andra."


def test_nobody_answers_their_own_request_but_may_take_it_back(plan, publish_request, as_persona):
    coordinator = as_persona("coordinator")
    assert "Ta tillbaka begäran" in page(coordinator, plan)
    assert answer(coordinator, publish_request, _approve="").status_code == 403
    assert not PackageVersion.objects.exists()
    answer(coordinator, publish_request, _return="", reason="Jag glömde en ruta.")
    publish_request.refresh_from_db()
    assert publish_request.decision == Decision.RETURNED


@pytest.mark.parametrize("persona", ["other_coordinator", "analyst", "staff"])
def test_others_neither_ask_nor_answer(plan, publish_request, as_persona, persona):
    client = as_persona(persona)
    if persona == "staff":
        # Without a role one is led to the log-in.
        assert (
            answer(client, publish_request, _approve="")
            .redirect_chain[0][0]
            .startswith("/admin/login/")
        )
        assert ask(client, plan).status_code == 302
    else:
        assert answer(client, publish_request, _approve="").status_code == 403
        assert ask(client, plan).status_code in {403, 404}
    publish_request.refresh_from_db()
    assert publish_request.decision == Decision.PENDING


def test_what_somebody_asked_who_no_longer_coordinates_is_returned(
    plan, publish_request, as_persona
):
    Membership.objects.filter(user=publish_request.requested_by).update(role=Role.ANALYST)
    reviewer = as_persona("reviewer")
    refused = answer(reviewer, publish_request, _approve="").content.decode()
    assert "Begäran kan inte godkännas" in refused
    assert not PackageVersion.objects.exists()
    answer(reviewer, publish_request, _return="", reason="Skicka den på nytt.")
    publish_request.refresh_from_db()
    assert publish_request.decision == Decision.RETURNED


def test_returning_needs_a_reason(publish_request, as_persona, plan):
    reviewer = as_persona("reviewer")
    response = answer(reviewer, publish_request, _return="", reason=" ")
    assert response.status_code == 400
    assert "Skriv varför" in response.content.decode()
    answer(reviewer, publish_request, _return="", reason="Miljörutan saknar källa.")
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT
    assert "Miljörutan saknar källa." in page(as_persona("coordinator"), plan)


def test_a_draft_edited_since_cannot_be_approved(plan, publish_request, as_persona):
    plan.introduction = "En annan introduktion."
    plan.save()
    reviewer = as_persona("reviewer")
    address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    assert "har ändrats sedan det skickades" in reviewer.get(address).content.decode()
    assert answer(reviewer, publish_request, _approve="").status_code == 400
    assert not PackageVersion.objects.exists()


def test_what_is_published_is_told_even_if_its_search_index_must_wait(
    publish_request, as_persona, monkeypatch
):
    def away(published: PackageVersion) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(indexing, "catch_up", away)
    response = answer(as_persona("reviewer"), publish_request, _approve="")
    assert "Version 1 är publicerad" in response.content.decode()
    assert PackageVersion.objects.exists()


def test_a_draft_without_news_is_not_sent(version, plan, as_persona):
    client = as_persona("coordinator")
    assert "Skicka för godkännande" not in page(client, plan)
    response = ask(client, plan)
    assert "Inget har ändrats" in response.content.decode()


@pytest.mark.parametrize(
    ("persona", "status"),
    [("coordinator", 200), ("analyst", 200), ("staff", 302), ("visitor", 302)],
)
def test_who_sees_the_draft(plan, as_persona, persona, status):
    address = reverse("admin:requirements_pkg_preview", args=[plan.pk])
    response = as_persona(persona).get(address)
    assert response.status_code == status
    if status == 200:
        text = response.content.decode()
        assert "Utkast" in text
        assert "Gruvor förorenar vatten." in text
        assert "Kim Hemlig" not in text
        assert "no-store" in response["Cache-Control"]


def test_the_page_of_a_request_leads_to_where_one_answers(publish_request, as_persona):
    client = as_persona("reviewer")
    at = reverse("admin:requirements_pkg_publishrequest_change", args=[publish_request.pk])
    decide = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    assert decide in client.get(at).content.decode()
    answer(client, publish_request, reason="Skriv vad som är nytt.", _return="")
    text = client.get(at).content.decode()
    assert decide not in text
    assert "Skriv vad som är nytt." in text


@pytest.mark.parametrize(
    ("persona", "words"),
    [
        ("reviewer", "Granska begäran"),
        ("coordinator", "Ta tillbaka begäran"),
        ("region_administrator", "väntar på en granskare"),
        ("other_coordinator", "väntar på en granskare"),
        ("analyst", "väntar på en granskare"),
    ],
)
def test_a_request_leads_only_those_who_answer_it_to_where_one_does(
    publish_request, as_persona, persona, words
):
    client = as_persona(persona)
    decide = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    is_led = words != "väntar på en granskare"
    for name, args in (("change", [publish_request.pk]), ("changelist", [])):
        page = client.get(reverse(f"admin:requirements_pkg_publishrequest_{name}", args=args))
        assert words in page.content.decode()
        assert (f'href="{decide}"' in page.content.decode()) is is_led
    assert client.get(decide).status_code == (200 if is_led else 403)


@pytest.mark.parametrize("persona", ["coordinator", "reviewer"])
def test_the_page_of_a_plan_says_which_version_is_in_force_whoever_reads_it(
    plan, version, coordinator, as_persona, publish_plan, persona
):
    plan.introduction = "Ny introduktion."
    plan.save()
    publish_plan(plan)
    text = page(as_persona(persona), plan)
    table = re.sub(r"<[^>]+>|\s+", " ", text.partition("Publicerade versioner")[2])
    states = re.findall(r"gäller nu|ersatt|indragen", table.partition("publicerad –")[0])
    assert states == ["gäller nu", "ersatt"]
    withdraw_version(
        version=plan.package.versions.get(number=2),
        by=coordinator,
        approved_by=plan.package.versions.get(number=2).approved_by,
        reason="Fel.",
    )
    text = page(as_persona(persona), plan)
    table = re.sub(r"<[^>]+>|\s+", " ", text.partition("Publicerade versioner")[2])
    states = re.findall(r"gäller nu|ersatt|indragen", table.partition("indragen –")[0])
    assert states[:2] == ["indragen", "gäller nu"]
