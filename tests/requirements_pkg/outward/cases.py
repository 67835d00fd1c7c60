"""Cases that break a constraint of what the world says of requirements."""

from datetime import timedelta

from django.utils import timezone

from actionplan.models import User
from requirements_pkg.models import Feedback, LinkCheck, RequirementsPackage
from tests.factories import FeedbackFactory
from tests.project.house.breaking import Break


def link_check() -> LinkCheck:
    if not LinkCheck.objects.exists():
        LinkCheck.objects.create(address="https://lag.example/1")
    return LinkCheck(address="https://lag.example/2")


def feedback() -> Feedback:
    return FeedbackFactory.build(package=RequirementsPackage.objects.first())


def answered() -> Feedback:
    row = feedback()
    row.decision, row.reason = "noted", "Vi tar med det."
    row.decided_by, row.decided_at = User.objects.get(username="coordinator"), timezone.now()
    return row


CASES = [
    Break(
        "requirements_pkg_feedback_works_is_known",
        feedback,
        {"works": "maybe"},
        "Ange om kravet fungerar för dig.",
        is_told_by_field=True,
    ),
    Break(
        "requirements_pkg_feedback_decision_is_known",
        answered,
        {"decision": "eaten"},
        "Välj vad synpunkten leder till.",
        is_told_by_field=True,
    ),
    Break(
        "requirements_pkg_feedback_cite_is_filled",
        feedback,
        {"cite": ""},
        "Ange vilket krav synpunkten gäller.",
        is_told_by_field=True,
    ),
    Break(
        "requirements_pkg_feedback_title_is_filled",
        feedback,
        {"title": ""},
        "Ange vad kravet heter.",
        is_told_by_field=True,
    ),
    Break(
        "requirements_pkg_feedback_says_what_does_not_work",
        feedback,
        {"text": ""},
        "Skriv vad som inte fungerar.",
    ),
    Break(
        "requirements_pkg_feedback_personal_data_with_consent",
        feedback,
        {"name": "Kim"},
        "Kryssa för att vi får spara dina uppgifter, eller lämna dem tomma.",
    ),
    Break(
        "requirements_pkg_feedback_who_and_when",
        answered,
        {"decided_by": None},
        "Ange både vem som besvarade synpunkten och när.",
    ),
    Break(
        "requirements_pkg_feedback_decided_with_reason",
        answered,
        {"reason": ""},
        "Skriv varför, när du besvarar synpunkten.",
    ),
    Break(
        "requirements_pkg_linkcheck_address_is_filled",
        link_check,
        {"address": ""},
        "Ange vilken webbadress som kontrollerades.",
        is_told_by_field=True,
    ),
    Break(
        "requirements_pkg_linkcheck_once",
        link_check,
        {"address": "https://lag.example/1"},
        "Webbadressen är redan kontrollerad.",
    ),
    Break(
        "requirements_pkg_linkcheck_failing_when_checked",
        link_check,
        {"failing_since": lambda row: row.checked_at + timedelta(days=1)},
        "En adress kan inte ha slutat svara efter att den kontrollerades.",
    ),
]
