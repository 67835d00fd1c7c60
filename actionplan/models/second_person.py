"""What one person asks for and another decides on."""

from typing import Self, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.models.logged import Logged, LoggedQuerySet


class Decision(models.TextChoices):
    PENDING = "pending", _("waiting")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


Row = TypeVar("Row", bound="SecondPersonDecision", covariant=True)


class SecondPersonQuerySet(LoggedQuerySet[Row]):
    def pending(self) -> Self:
        """Return what nobody has decided on."""
        return self.filter(decision=Decision.PENDING)


class SecondPersonDecision(Logged):
    """A wish of one person, and another's answer.

    Each model of them has its own constraints: that they agree, that they are two people, and that
    what is returned says why. Their sentences name what is asked for.
    """

    requested_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("requested by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    decision = models.CharField(
        _("decision"), max_length=20, choices=Decision.choices, default=Decision.PENDING
    )
    decided_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        abstract = True
