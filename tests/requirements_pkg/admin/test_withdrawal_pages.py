"""The pages on which a version is withdrawn: one person asks, another decides."""

import pytest
from django.urls import reverse

from requirements_pkg.actions.withdrawal import request_withdrawal
from requirements_pkg.models import VersionWithdrawal, WithdrawalRequest
from tests.requirements_pkg.admin_forms import text_of

MINE = "/admin/followup/mitt/"
WAITS = "Begäran om att dra in"


@pytest.fixture
def withdrawal_request(version, coordinator) -> WithdrawalRequest:
    return request_withdrawal(version=version, by=coordinator, reason="Fel gräns.")


def decide(withdrawal_request) -> str:
    return reverse("admin:requirements_pkg_decide_withdrawal", args=[withdrawal_request.pk])


def review_tab(withdrawal_request) -> str:
    plan = withdrawal_request.version.package.plan
    return reverse("admin:actionplan_actionplan_review", args=[plan.pk])


def test_a_request_is_sent_and_stands_where_versions_are(version, as_persona):
    client = as_persona("coordinator")
    ask = reverse("admin:requirements_pkg_withdraw_version", args=[version.pk])
    client.post(ask, {"reason": "Fel gräns."})
    withdrawal_request = WithdrawalRequest.objects.get()
    page = text_of(client.get(review_tab(withdrawal_request)))
    assert "Indragningen väntar på godkännande" in page
    assert decide(withdrawal_request) in page
    assert ask not in page
    assert not VersionWithdrawal.objects.exists()


def test_the_other_person_sees_why_and_approves(withdrawal_request, as_persona):
    client = as_persona("reviewer")
    assert f"{WAITS} {withdrawal_request.version}" in text_of(client.get(MINE))
    page = text_of(client.get(decide(withdrawal_request)))
    assert "Fel gräns." in page
    assert client.post(decide(withdrawal_request), {"_approve": ""})["Location"] == review_tab(
        withdrawal_request
    )
    assert VersionWithdrawal.objects.get().version == withdrawal_request.version
    assert WAITS not in text_of(client.get(MINE))
    assert "_approve" not in text_of(client.get(decide(withdrawal_request)))


def test_returning_needs_a_reason(withdrawal_request, as_persona):
    client = as_persona("reviewer")
    assert (
        client.post(decide(withdrawal_request), {"_return": "", "reason": ""}).status_code == 400
    )
    client.post(decide(withdrawal_request), {"_return": "", "reason": "Det stämmer."})
    withdrawal_request.refresh_from_db()
    assert (withdrawal_request.decision, withdrawal_request.answer) == ("returned", "Det stämmer.")
    assert "Det stämmer." in text_of(as_persona("coordinator").get(decide(withdrawal_request)))


def test_who_asked_does_not_approve_and_takes_it_back(withdrawal_request, as_persona):
    client = as_persona("coordinator")
    assert WAITS not in text_of(client.get(MINE))
    assert "_approve" not in text_of(client.get(decide(withdrawal_request)))
    assert client.post(decide(withdrawal_request), {"_approve": ""}).status_code == 403
    client.post(decide(withdrawal_request), {"_return": "", "reason": "Jag läste fel."})
    assert not WithdrawalRequest.objects.pending().exists()


def test_others_do_not_see_it(withdrawal_request, as_persona):
    for persona in ("other_coordinator", "analyst"):
        assert as_persona(persona).get(decide(withdrawal_request)).status_code == 403


def test_a_request_that_cannot_be_approved_says_why(withdrawal_request, as_persona):
    plan = withdrawal_request.version.package.plan
    plan.status = "closed"
    plan.save()
    refused = as_persona("reviewer").post(decide(withdrawal_request), {"_approve": ""})
    assert refused.status_code == 400
    assert "kan inte godkännas" in text_of(refused)
