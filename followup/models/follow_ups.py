"""A contract is followed up: how, when, against which version, and what was answered.

Everything here is confidential (OSL 31:16) until a person publishes a summary: see `secrecy`.
"""

from datetime import date
from typing import ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of
from actionplan.django_edges import Handed
from actionplan.models import ActionPlan, Organisation, ProductArea
from actionplan.models.logged import Logged, LoggedQuerySet
from actionplan.models.written import Written
from followup.models.contracts.contracts import Contract
from requirements_pkg.models import ImmutableError, PackageVersion

# What names a supplier or a contract, or was said in confidence: it is in no
# export of whoever may not see the follow-up, and on no public page.
LONGEST_TEXT: Final = 8000


class Method(models.TextChoices):
    DIALOGUE = "dialogue", _("dialogue")
    SELF_ASSESSMENT = "self_assessment", _("self-assessment")
    TRANSPARENCY = "transparency", _("supply chain transparency")
    AUDIT = "audit", _("audit")


class AuditForm(models.TextChoices):
    OFFICE = "office", _("office audit")
    SITE = "site", _("site audit")


class FollowUpStatus(models.TextChoices):
    """How far the work has come, in its order. Sanctions are facts beside it."""

    PLANNED = "planned", _("planned")
    SENT = "sent", _("questionnaire sent")
    ANSWERED = "answered", _("questionnaire answered")
    REVIEWED = "reviewed", _("reviewed")
    APPROVED = "approved", _("approved")
    AUDIT_DECIDED = "audit_decided", _("audit decided")
    AUDITED = "audited", _("audit carried out")
    PLAN_REQUESTED = "plan_requested", _("corrective action plan requested")
    PLAN_APPROVED = "plan_approved", _("corrective action plan approved")
    ACTING = "acting", _("corrective actions under way")
    RE_AUDIT = "re_audit", _("follow-up audit")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


ENDED: Final = (FollowUpStatus.CLOSED, FollowUpStatus.CANCELLED)


def supplier_of(path: str = "") -> Coalesce:
    """Return the supplier of follow-ups: the register's, else the name that the follow-up has.

    Args:
        path: from the rows to their follow-up.
    """
    at = f"{path}__" if path else ""
    return Coalesce(f"{at}contract__supplier__name", f"{at}supplier")


def reference_of(path: str = "") -> Coalesce:
    """Return the contract reference of follow-ups, in the same way."""
    at = f"{path}__" if path else ""
    return Coalesce(f"{at}contract__reference", f"{at}contract_reference")


class FollowUpQuerySet(LoggedQuerySet["FollowUp"]):
    def open(self) -> Self:
        """Return the follow-ups that somebody still works with."""
        return self.exclude(status__in=ENDED)

    def done(self) -> Self:
        """Return the follow-ups that were carried out: the supplier was looked at on a day."""
        return self.filter(done_on__isnull=False)

    def due(self, on: date) -> Self:
        """Return the follow-ups that should be carried out on or before a day, and are not."""
        return self.open().filter(done_on__isnull=True, planned_for__lte=on)

    def overdue(self, on: date) -> Self:
        """Return the follow-ups that should have been carried out before a day, and are not."""
        return self.open().filter(done_on__isnull=True, planned_for__lt=on)

    def upcoming(self, first: date, last: date) -> Self:
        """Return the follow-ups that are planned for some days and not yet carried out."""
        return self.open().filter(done_on__isnull=True, planned_for__range=(first, last))

    def with_names(self) -> Self:
        """Read follow-ups with what their names and rights are made of."""
        rows = self.select_related(
            "product_area__plan__category",
            "product_area__plan__procurement_region",
            "version__package",
            "organisation",
            "responsible",
            "contract__supplier",
        )
        # What was published is large, and few ask for it.
        return rows.defer("version__content")


class FollowUp(Logged):
    """One follow-up of one contract, of a product area, against a published version."""

    is_confidential = True
    logged_in = "product_area"
    logged_plan = "product_area__plan"

    product_area = models.ForeignKey(
        ProductArea,
        verbose_name=_("product area"),
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    version = models.ForeignKey(
        PackageVersion,
        verbose_name=_("version of the package"),
        on_delete=models.PROTECT,
        related_name="follow_ups",
        help_text=_("The version that the contract was made with."),
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("contract owner"),
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    method = models.CharField(_("method"), max_length=20, choices=Method.choices)
    audit_form = models.CharField(
        _("form of audit"), max_length=20, choices=AuditForm.choices, blank=True
    )
    responsible = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        help_text=_("The person who gets the reminders."),
    )
    planned_for = models.DateField(_("planned for"))
    done_on = models.DateField(_("carried out"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=FollowUpStatus.choices,
        default=FollowUpStatus.PLANNED,
    )
    contract = models.ForeignKey(
        Contract,
        verbose_name=_("contract in the register"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        help_text=_("Its reference and supplier stand there, and nowhere else."),
    )
    # What these two say of a contract that is in no register.
    contract_reference = models.CharField(
        _("contract reference"),
        max_length=100,
        blank=True,
        help_text=_("Of a contract that is not in the register. Confidential."),
    )
    supplier = models.CharField(
        _("supplier"),
        max_length=200,
        blank=True,
        help_text=_("Of a contract that is not in the register. Confidential."),
    )
    sub_suppliers = models.TextField(
        _("sub-suppliers"),
        blank=True,
        max_length=LONGEST_TEXT,
        help_text=_("One per line, the name first. Confidential, and never published."),
    )
    auditor = models.CharField(
        _("auditor"), max_length=200, blank=True, help_text=_("Confidential.")
    )
    case_reference = models.CharField(
        _("case reference"),
        max_length=200,
        blank=True,
        help_text=_("Where the documents are kept. Confidential."),
    )
    notes = models.TextField(
        _("notes"), blank=True, max_length=LONGEST_TEXT, help_text=_("Confidential.")
    )

    objects: ClassVar = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["planned_for", "id"]
        indexes = [
            models.Index(fields=["status", "planned_for"], name="follow_up_due"),
            models.Index(fields=["planned_for", "id"], name="follow_up_planned"),
        ]
        constraints = [
            one_of("method", Method, _("Choose one of the four methods.")),
            one_of("audit_form", AuditForm, _("Choose office audit or site audit."), blank=True),
            one_of(
                "status",
                FollowUpStatus,
                _("The follow-up has an unknown status. Choose one of the options."),
            ),
            check(
                "form_of_audit_only",
                Q(audit_form="") | Q(method=Method.AUDIT),
                _("Leave the form of audit empty: only an audit has one."),
            ),
            check(
                "done_when_ended_well",
                ~Q(
                    status__in=[
                        FollowUpStatus.REVIEWED,
                        FollowUpStatus.APPROVED,
                        FollowUpStatus.AUDITED,
                        FollowUpStatus.PLAN_REQUESTED,
                        FollowUpStatus.PLAN_APPROVED,
                        FollowUpStatus.ACTING,
                        FollowUpStatus.RE_AUDIT,
                        FollowUpStatus.CLOSED,
                    ]
                )
                | Q(done_on__isnull=False),
                _("Enter when the follow-up was carried out."),
            ),
            check(
                "contract_stands_once",
                Q(contract__isnull=True) & ~Q(contract_reference="")
                | Q(contract__isnull=False, contract_reference="", supplier=""),
                _(
                    "Choose the contract in the register, or enter the reference of one that is "
                    "not there; not both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_area}, {self.get_method_display()}, {self.planned_for}"

    def save(self, *args: Handed, **kwargs: Handed) -> None:
        """Store it, unless what is stored has ended: its facts are what was followed up.

        Raises:
            ImmutableError: it is closed or cancelled.
        """
        ended = FollowUp.objects.filter(pk=self.pk, status__in=ENDED)
        if not self._state.adding and ended.exists():
            raise ImmutableError("A follow-up that has ended is kept as it is.")
        super().save(*args, **kwargs)

    @property
    def has_ended(self) -> bool:
        """Whether it is closed or cancelled, and its facts are locked."""
        return self.status in ENDED

    @property
    def reference(self) -> str:
        """What the contract is known by."""
        return self.contract_reference if self.contract is None else self.contract.reference

    @property
    def supplier_name(self) -> str:
        """Who is followed up, "" where nobody has said."""
        return self.supplier if self.contract is None else self.contract.supplier.name

    def clean(self) -> None:
        """Refuse a version of another plan's package, and a contract that is not the owner's."""
        if self.contract is not None and not self.contract.is_of(self.organisation_id):
            raise ValidationError(
                {"contract": _("The contract owner has no part in this contract. Choose another.")}
            )
        if not (self.version_id and self.product_area_id):
            return
        if self.version.package.plan_id != self.product_area.plan_id:
            raise ValidationError(
                {
                    "version": _(
                        "The version belongs to another plan's package. Choose another version."
                    )
                }
            )

    @property
    def plan(self) -> ActionPlan:
        """The plan that the area is of."""
        return self.product_area.plan


class FollowUpStep(Written):
    """One step of a follow-up from a status to the next: who took it, when, and why."""

    follow_up = models.ForeignKey(
        FollowUp, verbose_name=_("follow-up"), on_delete=models.CASCADE, related_name="steps"
    )
    from_status = models.CharField(_("from"), max_length=20, choices=FollowUpStatus.choices)
    to_status = models.CharField(_("to"), max_length=20, choices=FollowUpStatus.choices)
    by = models.ForeignKey(
        "actionplan.User", verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    note = models.TextField(_("note"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "id"]
        constraints = [
            check(
                "leads_on",
                ~Q(from_status=F("to_status")),
                _("The step has to lead to another status."),
            ),
            check(
                "cancelled_with_reason",
                ~Q(to_status=FollowUpStatus.CANCELLED) | ~Q(note=""),
                _("Write why the follow-up is cancelled."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class ClauseLevel(models.TextChoices):
    """How another's contract terms compare with ours."""

    HIGHER = "higher", _("higher than ours")
    SAME = "same", _("the same as ours")
    LOWER = "lower", _("lower than ours")


class ReusedAudit(Logged):
    """Another organisation's audit that a follow-up leans on, with what makes it usable.

    It must be of terms at least as high as ours and at most three years old.
    """

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"

    follow_up = models.OneToOneField(
        FollowUp, verbose_name=_("follow-up"), on_delete=models.CASCADE, related_name="reused"
    )
    organisation = models.CharField(_("carried out by"), max_length=200)
    clause_level = models.CharField(
        _("level of the terms"), max_length=20, choices=ClauseLevel.choices
    )
    method = models.CharField(_("method"), max_length=20, choices=Method.choices)
    audited_on = models.DateField(_("date of the audit"))
    reference = models.CharField(_("reference"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reused audit")
        verbose_name_plural = _("reused audits")
        constraints = [
            filled("organisation", _("Enter who carried out the reused audit.")),
            one_of("clause_level", ClauseLevel, _("Choose higher, the same or lower terms.")),
            one_of("method", Method, _("Choose one of the four methods for the reused audit.")),
            check(
                "level_suffices",
                ~Q(clause_level=ClauseLevel.LOWER),
                _("An audit against lower terms than ours cannot be reused."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.audited_on}"
