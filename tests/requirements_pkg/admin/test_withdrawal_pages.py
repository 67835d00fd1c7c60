"""The pages on which a version is withdrawn: one person asks, another decides."""

import pytest
from django.urls import reverse

from requirements_pkg.actions.withdrawal import request_withdrawal
from requirements_pkg.models import VersionWithdrawal, WithdrawalRequest
from tests.requirements_pkg.admin_forms import text_of

MINE = "/admin/followup/mitt/"
WAITS = "Begäran om att dra in"


@pytest.fixture
def asked(version, coordinator) -> WithdrawalRequest:
    return request_withdrawal(version=version, by=coordinator, reason="Fel gräns.")


def decide(asked) -> str:
    return reverse("admin:requirements_pkg_decide_withdrawal", args=[asked.pk])


def review_tab(asked) -> str:
    plan = asked.version.package.plan
    return reverse("admin:actionplan_actionplan_review", args=[plan.pk])


def test_a_request_is_sent_and_stands_where_versions_are(version, as_persona):
    client = as_persona("coordinator")
    ask = reverse("admin:requirements_pkg_withdraw_version", args=[version.pk])
    client.post(ask, {"reason": "Fel gräns."})
    asked = WithdrawalRequest.objects.get()
    page = text_of(client.get(review_tab(asked)))
    assert "Indragningen väntar på godkännande" in page
    assert decide(asked) in page
    assert ask not in page
    assert not VersionWithdrawal.objects.exists()


def test_the_other_person_sees_why_and_approves(asked, as_persona):
    client = as_persona("reviewer")
    assert f"{WAITS} {asked.version}" in text_of(client.get(MINE))
    page = text_of(client.get(decide(asked)))
    assert "Fel gräns." in page
    assert client.post(decide(asked), {"_approve": ""})["Location"] == review_tab(asked)
    assert VersionWithdrawal.objects.get().version == asked.version
    assert WAITS not in text_of(client.get(MINE))
    assert "_approve" not in text_of(client.get(decide(asked)))


def test_returning_needs_a_reason(asked, as_persona):
    client = as_persona("reviewer")
    assert client.post(decide(asked), {"_return": "", "reason": ""}).status_code == 400
    client.post(decide(asked), {"_return": "", "reason": "Det stämmer."})
    asked.refresh_from_db()
    assert (asked.decision, asked.answer) == ("returned", "Det stämmer.")
    assert "Det stämmer." in text_of(as_persona("coordinator").get(decide(asked)))


def test_who_asked_does_not_approve_and_takes_it_back(asked, as_persona):
    client = as_persona("coordinator")
    assert WAITS not in text_of(client.get(MINE))
    assert "_approve" not in text_of(client.get(decide(asked)))
    assert client.post(decide(asked), {"_approve": ""}).status_code == 403
    client.post(decide(asked), {"_return": "", "reason": "Jag läste fel."})
    assert not WithdrawalRequest.objects.pending().exists()


def test_others_do_not_see_it(asked, as_persona):
    for persona in ("other_coordinator", "analyst"):
        assert as_persona(persona).get(decide(asked)).status_code == 403


def test_a_request_that_cannot_be_approved_says_why(asked, as_persona):
    plan = asked.version.package.plan
    plan.status = "closed"
    plan.save()
    refused = as_persona("reviewer").post(decide(asked), {"_approve": ""})
    assert refused.status_code == 400
    assert "kan inte godkännas" in text_of(refused)
