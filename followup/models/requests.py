"""What one person asks for and another decides: what must not be done alone."""

from typing import ClassVar, Final, Self, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, unique
from actionplan.models.second_person import (
    Decision,
    DecisionSentences,
    SecondPersonDecision,
    SecondPersonQuerySet,
    decision_constraints,
)
from followup.models.deviations import Deviation, DeviationState, Severity
from followup.models.follow_ups import FollowUp, FollowUpStatus
from followup.models.readings import ReportingPeriod


class RequestKind(models.TextChoices):
    """What is asked for."""

    CANCEL = "cancel", _("cancel the follow-up")
    WRITE_OFF = "write_off", _("write off the deviation")
    SEVERITY = "severity", _("lower the severity")
    DUE_ON = "due_on", _("move the due date")
    UNLOCK = "unlock", _("unlock the period")


OF_DEVIATION: Final = (RequestKind.WRITE_OFF, RequestKind.SEVERITY, RequestKind.DUE_ON)
# What an old and a new value are called, by what is asked for; a day says itself.
WORDS: Final[dict[str, type[models.TextChoices]]] = {
    RequestKind.CANCEL: FollowUpStatus,
    RequestKind.WRITE_OFF: DeviationState,
    RequestKind.SEVERITY: Severity,
}


class SecondPersonRequestQuerySet(SecondPersonQuerySet["SecondPersonRequest"]):
    def with_names(self) -> Self:
        """Read requests with what their names and rights are made of."""
        rows = self.select_related(
            "requested_by",
            "decided_by",
            "follow_up__product_area__plan__category",
            "follow_up__product_area__plan__procurement_region",
            "follow_up__organisation",
            "deviation__requirement",
            "period__plan__category",
        )
        return rows.order_by("requested_at", "pk")


class SecondPersonRequest(SecondPersonDecision):
    """A wish to do what takes two people, and another person's answer."""

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"

    kind = models.CharField(_("what"), max_length=20, choices=RequestKind.choices)
    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("follow-up"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
    )
    deviation = models.ForeignKey(
        Deviation,
        verbose_name=_("deviation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
    )
    period = models.ForeignKey(
        ReportingPeriod,
        verbose_name=_("reporting period"),
        null=True,
        blank=True,
        # The events tell of it when the period is gone.
        on_delete=models.CASCADE,
        related_name="requests",
    )
    old = models.CharField(_("before"), max_length=40, blank=True)
    new = models.CharField(_("after"), max_length=40, blank=True)
    reason = models.TextField(_("reason"), max_length=2000)
    answer = models.TextField(_("why it is returned"), max_length=2000, blank=True)

    objects: ClassVar = SecondPersonRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to a second person")
        verbose_name_plural = _("requests to a second person")
        ordering = ["-requested_at", "-id"]
        constraints = [
            one_of("kind", RequestKind, _("Choose one of the five things to ask for.")),
            check(
                "of_one_thing",
                Q(
                    kind=RequestKind.CANCEL,
                    follow_up__isnull=False,
                    deviation__isnull=True,
                    period__isnull=True,
                )
                | Q(
                    kind__in=OF_DEVIATION,
                    follow_up__isnull=False,
                    deviation__isnull=False,
                    period__isnull=True,
                )
                | Q(
                    kind=RequestKind.UNLOCK,
                    follow_up__isnull=True,
                    deviation__isnull=True,
                    period__isnull=False,
                ),
                _("State which follow-up, deviation or period the request is about."),
            ),
            unique(
                "one_cancellation",
                "follow_up",
                when=Q(decision=Decision.PENDING, kind=RequestKind.CANCEL),
                message=_("A request to cancel the follow-up is already waiting for an answer."),
            ),
            unique(
                "one_of_deviation",
                "kind",
                "deviation",
                when=Q(decision=Decision.PENDING),
                message=_(
                    "The same change of the deviation is already waiting for an answer."
                    " Take that request back first."
                ),
            ),
            unique(
                "one_of_period",
                "period",
                when=Q(decision=Decision.PENDING),
                message=_("A request to unlock the period is already waiting for an answer."),
            ),
            filled("reason", _("Write why it is asked for.")),
            *decision_constraints(
                DecisionSentences(
                    unknown=_("Choose waiting, approved or returned for the request."),
                    without_person=_("State both who decided on the request and when."),
                    without_date=_(
                        "A decision on the request needs a date, and a date needs a decision."
                    ),
                    by_oneself=_(
                        "You cannot approve what you asked for yourself. Ask somebody else."
                    ),
                    without_reason=_("Write why the request to a second person is returned."),
                ),
                reason="answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_kind_display()}"

    @property
    def subject(self) -> FollowUp | Deviation | ReportingPeriod:
        """What is to be changed."""
        # It is about one of them: `of_one_thing`.
        return cast(FollowUp, self.period or self.deviation or self.follow_up)

    @property
    def before(self) -> str:
        """What there was when it was asked for, in words."""
        return self._in_words(self.old)

    @property
    def after(self) -> str:
        """What there is to be, in words."""
        return self._in_words(self.new)

    def _in_words(self, value: str) -> str:
        if self.kind == RequestKind.UNLOCK:
            return gettext("locked") if value else gettext("unlocked")
        words = WORDS.get(self.kind)
        return value if words is None else str(words(value).label)
