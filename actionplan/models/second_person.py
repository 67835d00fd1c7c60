"""What one person asks for and another decides on."""

from typing import NamedTuple, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, one_of, together
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


class DecisionSentences(NamedTuple):
    """What is said where a decision is not whole: each model names what it is about."""

    unknown: str | Promise
    without_person: str | Promise
    without_date: str | Promise
    by_oneself: str | Promise
    without_reason: str | Promise


def decision_constraints(
    sentences: DecisionSentences,
    *,
    reason: str = "reason",
    dated: str = "decided_when_decided",
    apart: str = "two_people",
) -> list[models.CheckConstraint]:
    """Demand a whole decision, by another person, that says why where it returns what is asked.

    Args:
        reason: the field that says why.
        dated: the name of the rule that decision and date agree.
        apart: that of the rule that there are two people.
    """
    pending = Q(decision=Decision.PENDING)
    return [
        one_of("decision", Decision, sentences.unknown),
        together("who_and_when", "decided_by", "decided_at", message=sentences.without_person),
        check(
            dated,
            Q(decision=Decision.PENDING, decided_at__isnull=True)
            | (~pending & Q(decided_at__isnull=False)),
            sentences.without_date,
        ),
        check(
            apart,
            ~Q(decision=Decision.APPROVED) | ~Q(requested_by=F("decided_by")),
            sentences.by_oneself,
        ),
        check(
            "returned_with_reason",
            ~Q(decision=Decision.RETURNED) | ~Q(**{reason: ""}),
            sentences.without_reason,
        ),
    ]


class SecondPersonDecision(Logged):
    """A wish of one person, and another's answer; `decision_constraints` keeps it whole."""

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
