"""The verbs of feedback: take it in, decide on it, forget who sent it."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import old_personal_data
from actionplan.models import User
from requirements_pkg import permissions
from requirements_pkg.models import Feedback, FeedbackDecision
from requirements_pkg.models.dialogue.feedback import PERSONAL
from requirements_pkg.models.dialogue.months import months_before

DAY: Final = timedelta(days=1)
# A package has no use for more in a day: it is a flood.
MOST_A_DAY: Final = 200


@all_or_nothing()
def take_in_feedback(feedback: Feedback) -> None:
    """Store what somebody without a log-in has sent.

    Raises:
        ValidationError: it breaks a rule, or its package has got enough for a day.
    """
    since = timezone.now() - DAY
    latest = Feedback.objects.filter(package=feedback.package_id, sent_at__gt=since)
    if latest.count() >= MOST_A_DAY:
        raise ValidationError(_("We have got as much as we can take in today. Try tomorrow."))
    feedback.full_clean()
    feedback.save()


@all_or_nothing()
def decide_on_feedback(*, key: int, decision: str, reason: str, by: User) -> None:
    """Say what comes of it, and why; a decision can be made again.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: no decision, or no reason.
    """
    feedback = Feedback.objects.with_names().get(pk=key)
    if not permissions.may_answer(by, feedback.package):
        raise PermissionDenied
    if decision == FeedbackDecision.PENDING:
        raise ValidationError({"decision": _("Choose what comes of the feedback.")})
    feedback.decision, feedback.reason = decision, reason.strip()
    feedback.decided_by, feedback.decided_at = by, timezone.now()
    feedback.full_clean()
    feedback.signed_by(by).save()


@old_personal_data
@transaction.atomic
def forget_senders(is_trial: bool) -> int:
    """Remove who sent feedback so long ago, and return of how many; a trial only counts."""
    before = months_before(timezone.now(), settings.SENDER_MONTHS)
    rows = list(Feedback.objects.with_personal_data(before))
    if not is_trial:
        for row in rows:
            row.name = row.organisation = row.email = ""
        bulk.change(Feedback, rows, PERSONAL, by=None)
    return len(rows)
