"""Somebody is invited by mail, with roles and a last day; the link lets them in, once."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan import permissions
from actionplan.accounts.password_links import AN_HOUR, can_send, new_mailer
from actionplan.accounts.people.recording import record_given
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import (
    ChangeEvent,
    EventKind,
    Invitation,
    InvitationState,
    InvitedRole,
    Membership,
    Organisation,
    User,
)
from actionplan.models.invitations import invitation_hash

# Mails to one address within an hour, whoever has them sent.
MOST_AN_HOUR: Final = 3
LONGEST_NAME: Final = User._meta.get_field("username").max_length or 150
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SentInvitation:
    """An invitation, and the secret of its link, which is stored nowhere."""

    invitation: Invitation
    token: str


def invite(
    *, email: str, roles: Sequence[tuple[str, Organisation]], days: int, by: User
) -> SentInvitation:
    """Store an invitation; its mail is sent afterwards, by `send`.

    Whether somebody has an account at the address is told to nobody: they get the roles by the
    same link.

    Raises:
        PermissionDenied: a role is not theirs to give.
        ValidationError: no role is given, or this person has invited the address already.
    """
    if not roles:
        raise ValidationError(_("Choose at least one role. Nobody can log in without a role."))
    token, now = secrets.token_urlsafe(32), timezone.now()
    with all_or_nothing():
        invitation = Invitation(
            email=email.lower(),
            token_sha256=invitation_hash(token),
            days=days,
            invited_by=by,
            invited_at=now,
            expires_at=now + timedelta(days=days),
        ).signed_by(by)
        invitation.save()
        for role, organisation in roles:
            InvitedRole(invitation=invitation, role=role, organisation=organisation).signed_by(
                by
            ).save()
        if not permissions.may_manage_invitation(by, invitation):
            raise PermissionDenied
        ChangeEvent.objects.record(EventKind.INVITED, invitation, by=by, detail={})
    return SentInvitation(invitation, token)


def invite_again(*, invitation: Invitation, by: User) -> SentInvitation:
    """Give an invitation another link and as many days as before; the former link ends.

    Raises:
        PermissionDenied: it is not theirs.
        ValidationError: it was accepted or cancelled.
    """
    token, now = secrets.token_urlsafe(32), timezone.now()
    with all_or_nothing():
        waiting = _waiting(invitation, by)
        waiting.token_sha256, waiting.invited_at = invitation_hash(token), now
        waiting.expires_at = now + timedelta(days=waiting.days)
        waiting.signed_by(by).save()
        ChangeEvent.objects.record(EventKind.INVITED, waiting, by=by, detail={})
    return SentInvitation(waiting, token)


def cancel(*, invitation: Invitation, by: User) -> None:
    """End an invitation before its day.

    Raises:
        PermissionDenied: it is not theirs.
        ValidationError: it was accepted or cancelled.
    """
    with all_or_nothing():
        waiting = _waiting(invitation, by)
        waiting.cancelled_at = timezone.now()
        waiting.signed_by(by).save()
        ChangeEvent.objects.record(EventKind.INVITATION_CANCELLED, waiting, by=by, detail={})


def accept(*, invitation: Invitation, by: User) -> None:
    """Give somebody who has an account at the address the roles that they do not have.

    Raises:
        ValidationError: the invitation has ended, was cancelled, or accepted by somebody.
    """
    with all_or_nothing():
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if locked.state != InvitationState.OPEN or not _is_still_given(locked):
            raise ValidationError(ended())
        locked.accepted_at, locked.person = timezone.now(), by
        locked.signed_by(by).save()
        for given in locked.roles.select_related("organisation"):
            facts = {"user": by, "role": given.role, "organisation": given.organisation}
            if not Membership.objects.filter(**facts).exists():
                Membership(**facts).signed_by(locked.invited_by).save()
                record_given(by, given.role, given.organisation, by=locked.invited_by)
        ChangeEvent.objects.record(EventKind.INVITATION_ACCEPTED, locked, by=by, detail={})
    by.__dict__.pop("roles", None)


def join(*, invitation: Invitation, first_name: str, last_name: str, password: str) -> User:
    """Make an account for whoever opened the link, with the roles of the invitation.

    Raises:
        ValidationError: the invitation has ended, or somebody has an account at the address.
    """
    with all_or_nothing():
        person = User(
            username=_free_name(invitation.email),
            email=invitation.email,
            first_name=first_name,
            last_name=last_name,
        )
        person.set_password(password)
        person.signed_by(invitation.invited_by).save()
        ChangeEvent.objects.record(
            EventKind.PERSON_ADDED, person, by=invitation.invited_by, detail={}
        )
        accept(invitation=invitation, by=person)
    return person


def opened_by(token: str) -> Invitation | None:
    """Return the invitation of a link, while it is open and who sent it could send it."""
    rows = Invitation.objects.with_token(token).select_related("invited_by")
    invitation = rows.first()
    return invitation if invitation is not None and _is_still_given(invitation) else None


def owner_of(invitation: Invitation) -> User | None:
    """Return who has an account at the address by now."""
    return User.objects.at_address(invitation.email).first()


def ended() -> str:
    """Return what is said of a link that opens nothing, whatever the reason."""
    return _("The invitation no longer works. Ask whoever invited you to send it again.")


def send(sent: SentInvitation) -> bool:
    """Mail the link, and tell whether it was handed over. Never inside a transaction."""
    if not can_send():
        return False
    turn = _take_turn(sent.invitation.email)
    if turn is None:
        return False
    try:
        new_mailer().send_messages([mail(sent)])
    except Exception:
        logger.exception("No mail was sent of invitation %s.", sent.invitation.pk)
        cache.delete(turn)
        return False
    return True


def mail(sent: SentInvitation) -> EmailMessage:
    """Write the mail, in Swedish."""
    invitation = sent.invitation
    with override(settings.LANGUAGE_CODE):
        roles = invitation.roles.select_related("organisation")
        context = {
            "roles": [str(role) for role in roles],
            "by": invitation.invited_by.get_full_name(),
            "site_name": settings.SITE_NAME,
            "site": settings.SITE_ADDRESS,
            "link": f"{settings.SITE_ADDRESS}{reverse('invitation', args=[sent.token])}",
            "until": timezone.localtime(invitation.expires_at),
        }
        return EmailMessage(
            _("%(site)s: you are invited") % {"site": settings.SITE_NAME},
            render_to_string("actionplan/accounts/invitation.txt", context),
            to=[invitation.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )


def _is_still_given(invitation: Invitation) -> bool:
    """Tell whether who invited gives these roles still: they may have left."""
    return permissions.may_manage_invitation(invitation.invited_by, invitation)


def _waiting(invitation: Invitation, by: User) -> Invitation:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not permissions.may_manage_invitation(by, locked):
        raise PermissionDenied
    if locked.state not in (InvitationState.OPEN, InvitationState.ENDED):
        raise ValidationError(_("The invitation was accepted or cancelled meanwhile."))
    return locked


def _free_name(address: str) -> str:
    """Return the address as user name, with a number where somebody who has left has it."""
    name, number = address[:LONGEST_NAME], 1
    while User.objects.filter(username__iexact=name).exists():
        number += 1
        end = f"-{number}"
        name = f"{address[: LONGEST_NAME - len(end)]}{end}"
    return name


def _take_turn(address: str) -> str | None:
    """Take one of an hour's turns of an address; each is a key that only one process can add."""
    mark = invitation_hash(address.lower())[:32]
    turns = (f"invitation-{mark}-{number}" for number in range(MOST_AN_HOUR))
    return next((turn for turn in turns if cache.add(turn, True, AN_HOUR)), None)
