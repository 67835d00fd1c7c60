"""Cases that break a constraint of requests to withdraw a version."""

from django.utils import timezone

from actionplan.models import User
from requirements_pkg.models import PackageVersion, WithdrawalRequest
from tests.project.house.breaking import Break


def person(name: str) -> User:
    return User.objects.get(username=name)


def waiting() -> WithdrawalRequest:
    return WithdrawalRequest(
        version=PackageVersion.objects.first(),
        reason="Fel gräns.",
        requested_by=person("coordinator"),
    )


def decided(decision: str, answer: str = "") -> WithdrawalRequest:
    """A decided request, beside one that waits."""
    if not WithdrawalRequest.objects.exists():
        waiting().save()
    row = waiting()
    row.decision, row.answer = decision, answer
    row.decided_by, row.decided_at = person("reviewer"), timezone.now()
    return row


def approved() -> WithdrawalRequest:
    return decided("approved")


def returned() -> WithdrawalRequest:
    return decided("returned", "Det stämmer.")


def undone(row: WithdrawalRequest) -> str:
    """Make a decided request wait again, as the one beside it does."""
    row.decided_by = row.decided_at = None
    return "pending"


CASES = [
    Break(
        "requirements_pkg_withdrawalrequest_one_pending",
        returned,
        {"decision": undone},
        "En begäran om att dra in versionen väntar redan på svar.",
    ),
    Break(
        "requirements_pkg_withdrawalrequest_decision_is_known",
        approved,
        {"decision": "kanske"},
        "Välj väntar, godkänd eller återlämnad för indragningen.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_withdrawalrequest_who_and_when",
        approved,
        {"decided_by": None},
        "Ange både vem som beslutade om indragningen och när.",
    ),
    Break(
        "requirements_pkg_withdrawalrequest_decided_when_decided",
        waiting,
        {"decision": "approved"},
        "Ett beslut om indragningen ska ha ett datum, och ett datum ska ha ett beslut.",
    ),
    Break(
        "requirements_pkg_withdrawalrequest_two_people",
        approved,
        {"decided_by": lambda row: row.requested_by},
        "Du kan inte godkänna en indragning som du själv har begärt. Be en annan granskare.",
    ),
    Break(
        "requirements_pkg_withdrawalrequest_returned_with_reason",
        returned,
        {"answer": ""},
        "Skriv varför indragningen lämnas tillbaka.",
    ),
    Break(
        "requirements_pkg_withdrawalrequest_reason_is_filled",
        waiting,
        {"reason": ""},
        "Skriv varför versionen ska dras in.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_withdrawalrequest_not_replaced_by_itself",
        waiting,
        {"replaced_by": lambda row: row.version},
        "En version kan inte ersättas av sig själv. Välj en annan version.",
    ),
]
