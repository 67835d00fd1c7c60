"""What was found: deviations, what the supplier does about them, and sanctions as facts."""

from datetime import date
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, in_order, one_of, together
from actionplan.models.logged import Logged, LoggedQuerySet
from followup.models.follow_ups import LONGEST_TEXT, FollowUp
from requirements_pkg.models import Requirement


class Severity(models.TextChoices):
    """From the gravest to the least."""

    ZERO_TOLERANCE = "zero_tolerance", _("zero tolerance")
    MAJOR = "major", _("major")
    MINOR = "minor", _("minor")
    OBSERVATION = "observation", _("observation")


# What only a second person closes, and only with evidence.
SEVERE: Final = (Severity.ZERO_TOLERANCE, Severity.MAJOR)


class DeviationState(models.TextChoices):
    """How far its remedy has come. Late is a date, not a state; escalated is one."""

    OPEN = "open", _("open")
    PLAN_SUBMITTED = "plan_submitted", _("action plan submitted")
    PLAN_APPROVED = "plan_approved", _("action plan approved")
    REMEDIED = "remedied", _("remedied, not yet verified")
    ESCALATED = "escalated", _("escalated")
    CLOSED = "closed", _("closed")


class DeviationQuerySet(LoggedQuerySet["Deviation"]):
    def open(self) -> Self:
        """Return the deviations that are not closed, whatever is being done about them."""
        return self.exclude(state=DeviationState.CLOSED)

    def unplanned(self) -> Self:
        """Return the deviations without a corrective action plan; an observation needs none.

        One may be escalated just because there is no plan.
        """
        actions = CorrectiveAction.objects.filter(deviation=OuterRef("pk"))
        escalated = Q(state=DeviationState.ESCALATED) & ~Exists(actions)
        rows = self.exclude(severity=Severity.OBSERVATION)
        return rows.filter(Q(state=DeviationState.OPEN) | escalated)

    def closed(self) -> Self:
        """Return the deviations that are remedied and verified."""
        return self.filter(state=DeviationState.CLOSED)

    def overdue(self, on: date) -> Self:
        """Return the deviations that should have been closed before a day, and are not."""
        return self.open().filter(due_on__lt=on)

    def with_names(self) -> Self:
        """Read deviations with what their names and rights are made of."""
        return self.select_related(
            "requirement",
            "remedied_by",
            "closed_by",
            "follow_up__product_area__plan__category",
            "follow_up__product_area__plan__procurement_region",
            "follow_up__organisation",
            "follow_up__contract__supplier",
        )


class Deviation(Logged):
    """Something that is not as a requirement demands, as it stood in the follow-up's version."""

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"

    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("follow-up"),
        on_delete=models.PROTECT,
        related_name="deviations",
        # `deviation_of_follow_up` begins with it.
        db_index=False,
    )
    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.PROTECT,
        related_name="deviations",
    )
    revision = models.PositiveSmallIntegerField(_("wording"), default=1)
    severity = models.CharField(_("severity"), max_length=20, choices=Severity.choices)
    finding = models.TextField(_("finding"), max_length=LONGEST_TEXT, help_text=_("Confidential."))
    found_on = models.DateField(_("found"))
    due_on = models.DateField(_("to be remedied by"))
    state = models.CharField(
        _("state"), max_length=20, choices=DeviationState.choices, default=DeviationState.OPEN
    )
    # Once and for all: it may be escalated or opened again since.
    is_plan_approved = models.BooleanField(_("the action plan has been approved"), default=False)
    remedied_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("recorded as remedied by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    evidence = models.TextField(
        _("evidence"),
        blank=True,
        max_length=2000,
        help_text=_("What shows that it is remedied, and where the documents are. Confidential."),
    )
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    escalation_reason = models.TextField(_("why it is escalated"), blank=True, max_length=2000)
    # Closed without a remedy: who wanted that, and why.
    written_off_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("written off by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    written_off_reason = models.TextField(_("why it is written off"), blank=True, max_length=2000)

    objects: ClassVar = DeviationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["due_on", "id"], name="deviation_due"),
            # Lists of plans count a nation's by nothing else.
            models.Index(fields=["follow_up", "state"], name="deviation_of_follow_up"),
            # Whichever way a list goes, those of one state stand in order of their day.
            models.Index(fields=["state", "due_on", "id"], name="deviation_state"),
            models.Index(fields=["-state", "due_on", "id"], name="deviation_state_back"),
            # Of a nation's few are not closed: what is open or overdue.
            models.Index(
                fields=["due_on", "follow_up"],
                name="deviation_not_closed",
                condition=~Q(state=DeviationState.CLOSED),
            ),
            models.Index(fields=["severity", "due_on", "id"], name="deviation_severity"),
            models.Index(fields=["-severity", "due_on", "id"], name="deviation_severity_back"),
        ]
        constraints = [
            one_of("severity", Severity, _("Choose one of the four severities.")),
            one_of(
                "state",
                DeviationState,
                _("The deviation has an unknown state. Choose one of the options."),
            ),
            filled("finding", _("Describe what was found.")),
            in_order(
                "found_on",
                "due_on",
                _("The due date is before the date it was found. Correct one of the dates."),
            ),
            together(
                "who_and_when",
                "closed_by",
                "closed_on",
                message=_("State both who closed the deviation and when."),
            ),
            check(
                "closed_when_closed",
                Q(state=DeviationState.CLOSED, closed_on__isnull=False)
                | (~Q(state=DeviationState.CLOSED) & Q(closed_on__isnull=True)),
                _("Give the date when the deviation is closed, and only then."),
            ),
            check(
                "severe_by_two",
                ~Q(state=DeviationState.CLOSED)
                | ~Q(severity__in=SEVERE)
                | (
                    Q(written_off_by__isnull=True, remedied_by__isnull=False)
                    & ~Q(remedied_by=F("closed_by"))
                )
                | (Q(written_off_by__isnull=False) & ~Q(written_off_by=F("closed_by"))),
                _(
                    "A major deviation has to be closed by somebody other than the person "
                    "who recorded the remedy."
                ),
            ),
            check(
                "severe_with_evidence",
                ~Q(state=DeviationState.CLOSED)
                | ~Q(severity__in=SEVERE)
                | ~Q(evidence="")
                | Q(written_off_by__isnull=False),
                _("State what shows that the major deviation is remedied before it is closed."),
            ),
            check(
                "escalated_with_reason",
                ~Q(state=DeviationState.ESCALATED) | ~Q(escalation_reason=""),
                _("State why the deviation is escalated."),
            ),
            together(
                "who_and_why_written_off",
                "written_off_by",
                texts=["written_off_reason"],
                message=_("State both who wrote the deviation off and why."),
            ),
            check(
                "written_off_when_closed",
                Q(written_off_by__isnull=True) | Q(state=DeviationState.CLOSED),
                _("Only a closed deviation is written off. Close it, or remove the reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement.code}:{self.revision}, {self.get_severity_display()}"

    @property
    def is_severe(self) -> bool:
        """Whether closing takes a second person and evidence."""
        return self.severity in SEVERE

    @property
    def was_plan_approved(self) -> bool:
        """Whether the supplier's action plan is approved, or was before it was opened again."""
        return self.is_plan_approved or self.state == DeviationState.PLAN_APPROVED

    def is_overdue(self, on: date) -> bool:
        """Tell whether it should have been closed before a day, and is not."""
        return self.state != DeviationState.CLOSED and self.due_on < on


class CorrectiveActionQuerySet(LoggedQuerySet["CorrectiveAction"]):
    def done(self, on: date) -> Self:
        """Return the actions that were done on or before a day."""
        return self.filter(done_on__lte=on)

    def remaining(self) -> Self:
        """Return the actions that have no day on which they were done and are not struck."""
        return self.filter(done_on__isnull=True, struck_reason="")

    def undecided(self, on: date) -> Self:
        """Return the actions that are neither done on or before a day, nor struck."""
        return self.exclude(done_on__lte=on, done_on__isnull=False).filter(struck_reason="")


class CorrectiveAction(Logged):
    """A step of the supplier's corrective action plan (åtgärdsplan)."""

    is_confidential = True
    logged_in = "deviation"
    logged_plan = "deviation__follow_up__product_area__plan"

    deviation = models.ForeignKey(
        Deviation, verbose_name=_("deviation"), on_delete=models.CASCADE, related_name="actions"
    )
    text = models.TextField(_("action"), max_length=LONGEST_TEXT, help_text=_("Confidential."))
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True, max_length=2000)
    struck_reason = models.TextField(
        _("why it is struck"),
        blank=True,
        max_length=2000,
        help_text=_("Only if the action will not be carried out. Confidential."),
    )

    objects: ClassVar = CorrectiveActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("corrective action")
        verbose_name_plural = _("corrective actions")
        ordering = ["due_on", "id"]
        constraints = [
            filled("text", _("Describe what is done.")),
            check(
                "done_or_struck",
                Q(done_on__isnull=True) | Q(struck_reason=""),
                _(
                    "The action is both done and struck. Remove the date, or the reason why it "
                    "is struck."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_on}: {self.text[:60]}"


class SanctionKind(models.TextChoices):
    PENALTY = "penalty", _("penalty")
    ORDER_STOP = "order_stop", _("order stop")
    TERMINATION = "termination", _("termination")


class SanctionQuerySet(LoggedQuerySet["Sanction"]):
    def in_force(self, on: date) -> Self:
        """Return the sanctions that are decided and not lifted on a day."""
        return self.filter(decided_on__lte=on).exclude(lifted_on__lte=on)


class Sanction(Logged):
    """What the contract owner decided against the supplier: a fact, with its reference."""

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"

    follow_up = models.ForeignKey(
        FollowUp, verbose_name=_("follow-up"), on_delete=models.PROTECT, related_name="sanctions"
    )
    kind = models.CharField(_("sanction"), max_length=20, choices=SanctionKind.choices)
    decided_on = models.DateField(_("decided on"))
    reference = models.CharField(
        _("reference"),
        max_length=200,
        help_text=_("The reference of the decision in your own system."),
    )
    lifted_on = models.DateField(_("lifted"), null=True, blank=True)

    objects: ClassVar = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ["decided_on", "id"]
        constraints = [
            one_of("kind", SanctionKind, _("Choose penalty, order stop or termination.")),
            filled("reference", _("Enter the reference of the decision.")),
            check(
                "lifted_after_decided",
                Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("decided_on")),
                _(
                    "The sanction cannot be lifted before it was decided. Correct one of "
                    "the dates."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.decided_on}"
