"""Drafts that are opened for consultation: exactly which words, to whom, and until when."""

from datetime import date
from enum import Enum
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models.second_person import Decision, SecondPersonDecision, SecondPersonQuerySet


class ConsultationState(Enum):
    """How a consultation stands on a day."""

    WAITING = _("waiting for approval")
    RETURNED = _("returned")
    OPEN = _("open")
    CLOSED = _("closed")
    SUMMED_UP = _("summed up")
    WITHDRAWN = _("withdrawn")


class ConsultationQuerySet(SecondPersonQuerySet["Consultation"]):
    def approved(self) -> Self:
        """Return those that a second person has let out, whatever became of them."""
        return self.filter(decision=Decision.APPROVED)

    def open_on(self, day: date) -> Self:
        """Return those that take in answers on a day."""
        ended = {"closed_at__isnull": True, "withdrawn_at__isnull": True}
        return self.approved().filter(closes_on__gte=day, **ended)

    def with_names(self) -> Self:
        """Read consultations with what their names and rights are made of."""
        owner = ("package__plan__category", "package__plan__procurement_region")
        return self.select_related(*owner, "package__steward", "requested_by", "decided_by")


class Consultation(SecondPersonDecision):
    """A draft as it stood on a day, which others are asked to read and to answer.

    Who edits the package asks, and who approves its versions lets it out: it makes a draft public.
    """

    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"
    # Whoever reads the log need not be among those who were asked.
    logged_hidden = frozenset({"key"})
    # A document.
    kept_exact = frozenset({"summary"})

    package = models.ForeignKey(
        "requirements_pkg.RequirementsPackage",
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="consultations",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    # What the draft is read against.
    base = models.ForeignKey(
        "requirements_pkg.PackageVersion",
        verbose_name=_("version in force"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.CharField(_("title"), max_length=300)
    introduction = models.TextField(_("what you ask about"), max_length=4000)
    closes_on = models.DateField(_("last day to answer"))
    is_secret = models.BooleanField(_("at a secret address"), default=False)
    # Or only those who are invited, each at an address of their own.
    is_for_anybody = models.BooleanField(_("anybody may answer"), default=True)
    # In its address: its package and number, or what nobody can guess.
    key = models.CharField(_("address"), max_length=120)
    answer = models.TextField(_("why it is returned"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("closed early"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # What the next version says of the answers, as JSON; made when all of them are decided.
    summary = models.TextField(_("summary of the answers"), blank=True)
    summed_up_at = models.DateTimeField(_("summed up"), null=True, blank=True)

    objects: ClassVar = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-requested_at", "-id"]
        constraints = [
            unique(
                "number_once",
                "package",
                "number",
                message=_("The package already has a consultation with this number."),
            ),
            unique("key_once", "key", message=_("The address is taken. Send it again.")),
            unique(
                "one_pending",
                "package",
                when=Q(decision=Decision.PENDING),
                message=_("A consultation on the package is already waiting for approval."),
            ),
            one_of(
                "decision",
                Decision,
                _("Choose waiting, approved or returned for the consultation."),
            ),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("State both who decided on the consultation and when."),
            ),
            check(
                "decided_when_decided",
                Q(decision=Decision.PENDING, decided_at__isnull=True)
                | (~Q(decision=Decision.PENDING) & Q(decided_at__isnull=False)),
                _("A decision on the consultation needs a date, and a date needs a decision."),
            ),
            check(
                "two_people",
                ~Q(decision=Decision.APPROVED) | ~Q(requested_by=F("decided_by")),
                _("You cannot approve a consultation that you asked for. Ask another reviewer."),
            ),
            check(
                "returned_with_reason",
                ~Q(decision=Decision.RETURNED) | ~Q(answer=""),
                _("Write why the consultation is returned."),
            ),
            check(
                "ended_when_approved",
                Q(decision=Decision.APPROVED)
                | Q(closed_at__isnull=True, withdrawn_at__isnull=True),
                _("Only a consultation that was approved can be closed or withdrawn."),
            ),
            check(
                "summed_up_when_made",
                Q(summed_up_at__isnull=True, summary="")
                | (Q(decision=Decision.APPROVED, summed_up_at__isnull=False) & ~Q(summary="")),
                _("A consultation that is summed up needs a summary. Write it."),
            ),
            filled("title", _("State what the draft is called.")),
            filled("introduction", _("Write what you ask about.")),
            filled("key", _("State the address of the consultation.")),
        ]

    def __str__(self) -> str:
        return self.title

    def state(self, today: date | None = None) -> ConsultationState:
        """Tell how it stands, today or on a day."""
        if self.decision == Decision.PENDING:
            return ConsultationState.WAITING
        if self.decision == Decision.RETURNED:
            return ConsultationState.RETURNED
        if self.withdrawn_at is not None:
            return ConsultationState.WITHDRAWN
        if self.summed_up_at is not None:
            return ConsultationState.SUMMED_UP
        is_over = self.closes_on < (today or timezone.localdate())
        return ConsultationState.CLOSED if self.closed_at or is_over else ConsultationState.OPEN

    @property
    def state_name(self) -> str:
        """How it stands today, in words."""
        return str(self.state().value)

    @property
    def is_open(self) -> bool:
        """Whether it takes in answers today."""
        return self.state() is ConsultationState.OPEN


class ConsultedDraft(models.Model):
    """The words that a consultation is about: they stand, so that answers refer to them."""

    consultation = models.OneToOneField(
        Consultation,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="draft",
    )
    # As JSON of `requirements_pkg.document`, just as its checksum is taken of it.
    content = models.TextField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("draft for consultation")
        verbose_name_plural = _("drafts for consultation")
        ordering = ["consultation"]
        constraints = [filled("content", _("State what the draft says."))]

    def __str__(self) -> str:
        return str(self.consultation)
