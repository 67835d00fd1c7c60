"""Who was asked to join, with which roles, and until when."""

from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, one_of, together, unique, unique_text
from actionplan.models.logged import Logged, LoggedQuerySet
from actionplan.models.people import Organisation, Role, User


def invitation_hash(token: str) -> str:
    """Tell how the secret of a link is kept: whoever reads the database cannot use it."""
    return sha256(token.encode()).hexdigest()


class InvitationState(models.TextChoices):
    """How an invitation stands; worked out of its days."""

    OPEN = "open", _("open")
    ENDED = "ended", _("has ended")
    ACCEPTED = "accepted", _("has been accepted")
    CANCELLED = "cancelled", _("has been cancelled")


class InvitationQuerySet(LoggedQuerySet["Invitation"]):
    def in_state(self, state: str, *, at: datetime) -> Self:
        """Return the invitations that stand so at a moment."""
        waiting = Q(accepted_at__isnull=True, cancelled_at__isnull=True)
        rules = {
            InvitationState.OPEN: waiting & Q(expires_at__gt=at),
            InvitationState.ENDED: waiting & Q(expires_at__lte=at),
            InvitationState.ACCEPTED: Q(accepted_at__isnull=False),
            InvitationState.CANCELLED: Q(cancelled_at__isnull=False),
        }
        return self.filter(rules[InvitationState(state)])

    def with_token(self, token: str) -> Self:
        """Return the invitation whose link holds this, if it can still be accepted."""
        rows = self.in_state(InvitationState.OPEN, at=timezone.now())
        return rows.filter(token_sha256=invitation_hash(token))


class Invitation(Logged):
    """An address that gets a link: whoever opens it in time has an account and these roles."""

    logged_hidden = frozenset({"token_sha256"})
    # Not by the address: the logs are read by others than who looks after people.
    logged_name = "id"

    email = models.EmailField(_("email address"))
    token_sha256 = models.CharField(_("checksum of the address"), max_length=64, unique=True)
    days = models.PositiveSmallIntegerField(_("the link works for"), default=7)
    invited_by = models.ForeignKey(
        User, verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends"))
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects: ClassVar[object] = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-id"]
        constraints = [
            unique_text(
                "open_once",
                Lower("email"),
                F("invited_by"),
                message=_(
                    "You have invited this address already. Send that one again, or cancel it."
                ),
                when=Q(accepted_at__isnull=True, cancelled_at__isnull=True),
            ),
            check(
                "ends_later",
                Q(expires_at__gt=F("invited_at")),
                _("The invitation has to end after it was sent."),
            ),
            check(
                "accepted_or_cancelled",
                Q(accepted_at__isnull=True) | Q(cancelled_at__isnull=True),
                _("An invitation that was accepted is not cancelled."),
            ),
            together(
                "accepted_by_somebody",
                "accepted_at",
                "person",
                message=_("An accepted invitation says when, and by whom."),
            ),
        ]

    def __str__(self) -> str:
        return _("Invitation %(number)s") % {"number": self.pk}

    @property
    def state(self) -> InvitationState:
        """How it stands now."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.cancelled_at is not None:
            return InvitationState.CANCELLED
        is_open = self.expires_at > timezone.now()
        return InvitationState.OPEN if is_open else InvitationState.ENDED


class InvitedRole(Logged):
    """A role that whoever accepts an invitation gets, at an organisation."""

    logged_in = "invitation"

    invitation = models.ForeignKey(
        Invitation,
        verbose_name=_("invitation"),
        on_delete=models.CASCADE,
        related_name="roles",
        db_index=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("role of an invitation")
        verbose_name_plural = _("roles of invitations")
        constraints = [
            unique(
                "once",
                "invitation",
                "organisation",
                "role",
                message=_("The invitation gives this role at this organisation already."),
            ),
            one_of("role", Role, _("Choose one of the roles in the list.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"
