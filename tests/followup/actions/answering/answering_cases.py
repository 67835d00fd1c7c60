"""How each constraint of what suppliers are sent and attach is broken."""

from datetime import date, datetime

from django.utils import timezone

from actionplan.models import User
from followup.models import Attachment, Deviation, FollowUp, Question, SupplierForm
from requirements_pkg.models import PackageVersion
from tests.factories import DeviationFactory, FollowUpFactory, QuestionFactory
from tests.followup.following_cases import requirement
from tests.project.house.breaking import Break

AT = datetime(2026, 3, 16, 12, tzinfo=timezone.get_fixed_timezone(60))


def followed() -> FollowUp:
    version = PackageVersion.objects.get(number=1, package__plan__isnull=False)
    return FollowUp.objects.first() or FollowUpFactory(version=version)


def user() -> User:
    return User.objects.get(username="coordinator")


def form() -> SupplierForm:
    """A form that a supplier has not answered."""
    return SupplierForm(
        key="nyckel",
        follow_up=followed(),
        reply_by=date(2026, 5, 1),
        sender="Region Stockholm",
        contact="Kim Ek",
        sent_by=user(),
    )


def question() -> Question:
    follow_up, row = followed(), requirement("SE-01")
    there = follow_up.questions.filter(requirement=row).first()
    return there or QuestionFactory(follow_up=follow_up, requirement=row)


def deviation() -> Deviation:
    follow_up, row = followed(), requirement("SE-01")
    return follow_up.deviations.first() or DeviationFactory(follow_up=follow_up, requirement=row)


def attachment() -> Attachment:
    """A file that the supplier sent with an answer."""
    row = question()
    return Attachment(
        follow_up=row.follow_up,
        question=row,
        file_name="intyg.pdf",
        content=b"%PDF-",
        size=5,
        sha256="0" * 64,
    )


def of_deviation() -> Attachment:
    """A file that the region attached to a deviation."""
    row = attachment()
    row.question, row.deviation, row.uploaded_by = None, deviation(), user()
    return row


CASES = [
    Break(
        "followup_supplierform_key_is_filled",
        form,
        {"key": ""},
        "Formuläret saknar nyckel. Skicka det igen.",
        is_field_error=True,
    ),
    Break(
        "followup_supplierform_sender_is_filled",
        form,
        {"sender": ""},
        "Ange vem som frågar, som leverantören läser det.",
        is_field_error=True,
    ),
    Break(
        "followup_supplierform_contact_is_filled",
        form,
        {"contact": ""},
        "Ange vem leverantören kan fråga.",
        is_field_error=True,
    ),
    Break(
        "followup_supplierform_submitted_as_answers",
        form,
        {"submitted_at": AT, "answers": {"1": {"answer": "yes"}}},
        "Det som är inskickat står som svar.",
    ),
    Break(
        "followup_attachment_file_name_is_filled",
        attachment,
        {"file_name": ""},
        "Ange filens namn.",
        is_field_error=True,
    ),
    Break(
        "followup_attachment_of_one_thing",
        attachment,
        {"deviation": lambda row: deviation()},
        "En fil hör till ett svar, en avvikelse eller en åtgärd.",
    ),
    Break(
        "followup_attachment_from_the_supplier_to_a_question",
        of_deviation,
        {"uploaded_by": None},
        "Bara svarens filer kommer från leverantören.",
    ),
]
