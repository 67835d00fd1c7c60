"""The verbs of files that the region attaches to what was found and done."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from followup.actions.answering.answers import refuse_more
from followup.actions.evidence import check, short_name
from followup.actions.follow_ups import locked_for
from followup.models import Attachment, CorrectiveAction, Deviation, DeviationState, FollowUp


def attach(
    *, to: Deviation | CorrectiveAction, by: User, file_name: str, content: bytes
) -> Attachment:
    """Check a file, and keep it at a deviation or one of its actions.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: the file is refused, there are too many, or the deviation is closed.
    """
    # Before anything is held: it may take seconds.
    check(file_name, content)
    deviation = to if isinstance(to, Deviation) else to.deviation
    with all_or_nothing():
        follow_up = locked_for(deviation.follow_up, by)
        _refuse_closed(follow_up, deviation)
        refuse_more(follow_up.pk, len(content), beside=to.attachments.count())
        file = Attachment(
            follow_up=follow_up,
            deviation=to if isinstance(to, Deviation) else None,
            action=to if isinstance(to, CorrectiveAction) else None,
            file_name=short_name(file_name),
            content=content,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            uploaded_by=by,
        )
        file.full_clean()
        file.signed_by(by).save()
    return file


@all_or_nothing()
def remove(*, attachment: Attachment, by: User) -> None:
    """Take away a file that the region attached; what the supplier sent in stays.

    Raises:
        PermissionDenied: `by` does not write in the follow-up.
        ValidationError: it is the supplier's, or what it shows is closed.
    """
    follow_up = locked_for(attachment.follow_up, by)
    if attachment.uploaded_by_id is None:
        raise ValidationError(_("What the supplier has sent in stays as it is."))
    action = attachment.action
    _refuse_closed(follow_up, attachment.deviation if action is None else action.deviation)
    attachment.signed_by(by).delete()


def _refuse_closed(follow_up: FollowUp, deviation: Deviation | None) -> None:
    state = None if deviation is None else Deviation.objects.get(pk=deviation.pk).state
    if follow_up.has_ended or state == DeviationState.CLOSED:
        raise ValidationError(_("The deviation is closed, so its files stay as they are."))
