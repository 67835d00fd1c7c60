"""What one person asks for and another decides: that a published version is withdrawn."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models.logged import Logged, LoggedQuerySet
from requirements_pkg.models.versions import Decision, PackageVersion


class WithdrawalRequestQuerySet(LoggedQuerySet["WithdrawalRequest"]):
    def pending(self) -> Self:
        """Return the requests that nobody has decided on."""
        return self.filter(decision=Decision.PENDING)

    def with_names(self) -> Self:
        """Read requests with what their names and rights are made of, without the documents."""
        owner = ("plan__category", "plan__procurement_region", "steward")
        people = ("requested_by", "decided_by")
        rows = self.select_related(
            *people, "replaced_by__package", *(f"version__package__{path}" for path in owner)
        )
        return rows.defer("version__content", "replaced_by__content")


class WithdrawalRequest(Logged):
    """A wish to withdraw a published version, and another person's answer."""

    logged_in = "version"
    logged_plan = "version__package__plan"
    logged_package = "version__package"

    version = models.ForeignKey(
        PackageVersion,
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="withdrawal_requests",
    )
    reason = models.TextField(
        _("reason"),
        max_length=2000,
        help_text=_("It is shown to everybody once the version is withdrawn."),
    )
    replaced_by = models.ForeignKey(
        PackageVersion,
        verbose_name=_("use instead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
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
    answer = models.TextField(_("why it is returned"), max_length=2000, blank=True)

    objects: ClassVar = WithdrawalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to withdraw a version")
        verbose_name_plural = _("requests to withdraw a version")
        ordering = ["-requested_at", "-id"]
        constraints = [
            unique(
                "one_pending",
                "version",
                when=Q(decision=Decision.PENDING),
                message=_("A request to withdraw the version is already waiting for an answer."),
            ),
            one_of(
                "decision", Decision, _("Choose waiting, approved or returned for the withdrawal.")
            ),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("State both who decided on the withdrawal and when."),
            ),
            check(
                "decided_when_decided",
                Q(decision=Decision.PENDING, decided_at__isnull=True)
                | (~Q(decision=Decision.PENDING) & Q(decided_at__isnull=False)),
                _("A decision on the withdrawal needs a date, and a date needs a decision."),
            ),
            check(
                "two_people",
                ~Q(decision=Decision.APPROVED) | ~Q(requested_by=F("decided_by")),
                _("You cannot approve a withdrawal that you asked for. Ask another reviewer."),
            ),
            check(
                "returned_with_reason",
                ~Q(decision=Decision.RETURNED) | ~Q(answer=""),
                _("Write why the withdrawal is returned."),
            ),
            filled("reason", _("Write why the version is to be withdrawn.")),
            check(
                "not_replaced_by_itself",
                ~Q(replaced_by=F("version")),
                _("A version cannot be replaced by itself. Choose another version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_decision_display()}"
