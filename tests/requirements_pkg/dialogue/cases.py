"""Cases that break a constraint of what the world says of requirements."""

from datetime import timedelta

from django.utils import timezone

from actionplan.models import User
from requirements_pkg.models import (
    Announcement,
    Feedback,
    LinkCheck,
    PackageVersion,
    RequirementsPackage,
    Subscription,
)
from tests.factories import FeedbackFactory, SubscriptionFactory
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


def version() -> PackageVersion:
    return PackageVersion.objects.first()


def subscription() -> Subscription:
    """A subscription to a package, beside one of another address to it and to everything."""
    if not Subscription.objects.exists():
        for package in (None, version().package):
            SubscriptionFactory(email="a@a.example", package=package)
    return SubscriptionFactory.build(email="b@b.example", package=version().package)


def to_a_selection() -> Subscription:
    """A buyer's address, beside another one of the same selection."""
    words = {"selection": "paket=it&version=1&krav=SE-01", "digest": "0" * 64}
    words["news_until"] = timezone.now()
    Subscription.objects.get_or_create(email="a@a.example", digest="0" * 64, defaults=words)
    return Subscription(email="b@b.example", **words)


def to_everything() -> Subscription:
    row = subscription()
    row.package = None
    return row


def announced() -> Announcement:
    return Announcement(version=version(), channel="mail", recipients=3)


def announced_elsewhere() -> Announcement:
    if not Announcement.objects.exists():
        announced().save()
    person = User.objects.get(username="coordinator")
    return Announcement(version=version(), channel="other", where="Nyhetsbrev", noted_by=person)


CASES = [
    Break(
        "requirements_pkg_subscription_email_is_filled",
        subscription,
        {"email": ""},
        "Ange en e-postadress.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_subscription_once",
        subscription,
        {"email": "a@a.example"},
        "Adressen prenumererar redan på kravpaketet.",
    ),
    Break(
        "requirements_pkg_subscription_once_to_all",
        to_everything,
        {"email": "a@a.example"},
        "Adressen prenumererar redan på allt.",
    ),
    Break(
        "requirements_pkg_subscription_once_of_selection",
        to_a_selection,
        {"email": "a@a.example"},
        "Adressen bevakar redan urvalet.",
    ),
    Break(
        "requirements_pkg_subscription_of_package_or_selection",
        to_a_selection,
        {"selection": ""},
        "En bevakning gäller kravpaket eller ett urval, inte båda.",
    ),
    Break(
        "requirements_pkg_announcement_channel_is_known",
        announced_elsewhere,
        {"channel": "pigeon"},
        "Välj hur det kommunicerades.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_announcement_mailed_once",
        announced_elsewhere,
        {"channel": "mail", "where": "", "noted_by": None, "recipients": 3},
        "Prenumeranterna har redan fått meddelande om versionen.",
    ),
    Break(
        "requirements_pkg_announcement_says_to_how_many_or_where",
        announced_elsewhere,
        {"where": ""},
        "Ange var det kommunicerades.",
    ),
    Break(
        "requirements_pkg_feedback_works_is_known",
        feedback,
        {"works": "maybe"},
        "Ange om kravet fungerar för dig.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_feedback_decision_is_known",
        answered,
        {"decision": "eaten"},
        "Välj vad synpunkten leder till.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_feedback_cite_is_filled",
        feedback,
        {"cite": ""},
        "Ange vilket krav synpunkten gäller.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_feedback_title_is_filled",
        feedback,
        {"title": ""},
        "Ange vad kravet heter.",
        is_field_error=True,
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
        "Kryssa för att vi får spara dina uppgifter, eller lämna fälten tomma.",
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
        "Skriv ett skäl när du besvarar synpunkten.",
    ),
    Break(
        "requirements_pkg_linkcheck_address_is_filled",
        link_check,
        {"address": ""},
        "Ange vilken webbadress som kontrollerades.",
        is_field_error=True,
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
