"""What buyers without a log-in say that they have used; it counts once two have confirmed it.

The buyer does from her mail, and a person who answers for the package in the back office.
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models import Organisation
from actionplan.models.logged import Logged, LoggedQuerySet
from requirements_pkg.models import (
    PackageVersion,
    Requirement,
    RequirementLevel,
    RequirementsPackage,
)


class UseKind(models.TextChoices):
    """What the requirements were used in."""

    PROCUREMENT = "procurement", _("procurement")
    CALL_OFF = "call_off", _("call-off from a framework agreement")
    RENEWAL = "renewal", _("renewal of a contract")
    DIRECT = "direct", _("direct award")
    OTHER = "other", _("something else")


class ValueClass(models.TextChoices):
    """What was bought for, as far as somebody wants to tell: it never becomes public."""

    UNSTATED = "unstated", _("not stated")
    SMALL = "small", _("less than SEK 700,000")
    MEDIUM = "medium", _("SEK 700,000 to 5 million")
    LARGE = "large", _("SEK 5 to 50 million")
    LARGEST = "largest", _("more than SEK 50 million")


class UseDecision(models.TextChoices):
    PENDING = "pending", _("waiting")
    ACCEPTED = "accepted", _("confirmed")
    REFUSED = "refused", _("refused")


class UseClaimQuerySet(LoggedQuerySet["UseClaim"]):
    def pending(self) -> Self:
        """Return what a buyer has confirmed and nobody has decided on."""
        return self.filter(decision=UseDecision.PENDING, confirmed_at__isnull=False)

    def confirmed(self) -> Self:
        """Return what its buyer has confirmed from her mail."""
        return self.filter(confirmed_at__isnull=False)

    def accepted(self) -> Self:
        """Return what counts as use."""
        return self.filter(decision=UseDecision.ACCEPTED)

    def with_names(self) -> Self:
        """Read claims with what their names and rights are made of."""
        owner = ("package__plan__category", "package__plan__procurement_region")
        return self.select_related(*owner, "package__steward", "organisation", "decided_by")

    def with_personal_data(self, before: datetime) -> Self:
        """Return what was sent before a moment and still has an address."""
        return self.exclude(email="").filter(sent_at__lt=before)


class UseClaim(Logged):
    """That an authority has used a selection, as somebody of it says."""

    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"
    # No log, which is for ever, keeps what a stranger typed.
    logged_hidden = frozenset({"email", "authority", "reference"})

    # The first of the selection: its region decides.
    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="use_claims",
    )
    # The selection as its address says it, without what was typed in it.
    selection = models.TextField(_("selection"), max_length=7800)
    # As it was written, and the organisation that it is, if it is one of those that are known.
    authority = models.CharField(_("authority"), max_length=100)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reference = models.CharField(_("reference"), max_length=100)
    kind = models.CharField(_("used in"), max_length=20, choices=UseKind.choices)
    value_class = models.CharField(
        _("value"), max_length=20, choices=ValueClass.choices, default=ValueClass.UNSTATED
    )
    level = models.CharField(_("level"), max_length=20, choices=RequirementLevel.choices)
    email = models.EmailField(_("email address"), blank=True)
    has_consented = models.BooleanField(_("consents to personal data"), default=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    # From the mail that was sent to the address.
    confirmed_at = models.DateTimeField(_("confirmed from the mail"), null=True, blank=True)
    decision = models.CharField(
        _("decision"),
        max_length=20,
        choices=UseDecision.choices,
        default=UseDecision.PENDING,
    )
    reason = models.TextField(_("why"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects: ClassVar = UseClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported use")
        verbose_name_plural = _("reported use")
        ordering = ["-sent_at", "-id"]
        constraints = [
            one_of("kind", UseKind, _("Choose what the requirements were used in.")),
            one_of("value_class", ValueClass, _("Choose the value, or that it is not stated.")),
            one_of("level", RequirementLevel, _("Choose the highest level that was used.")),
            one_of("decision", UseDecision, _("Choose whether the use is confirmed.")),
            filled("selection", _("Say which selection was used.")),
            filled("reference", _("Enter your reference, such as a registration number.")),
            filled("authority", _("State which authority has used the selection.")),
            check(
                "address_with_consent",
                Q(has_consented=True) | Q(email=""),
                _("Tick that we may keep your address."),
            ),
            check(
                "decided_once_confirmed",
                Q(decision=UseDecision.PENDING) | Q(confirmed_at__isnull=False),
                _("Whoever said it has not confirmed it from the mail yet. Wait for that."),
            ),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("State both who decided on the use and when."),
            ),
            check(
                "decided_at_with_decision",
                Q(decision=UseDecision.PENDING) ^ Q(decided_at__isnull=False),
                _("A decision on the use needs a date, and a date needs a decision."),
            ),
            check(
                "refused_with_reason",
                ~Q(decision=UseDecision.REFUSED) | ~Q(reason=""),
                _("Write why the use does not count. Whoever said it can read it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_name}, {self.reference}"

    @property
    def authority_name(self) -> str:
        """What the authority is called."""
        return self.organisation.name if self.organisation is not None else self.authority


class UsedRequirement(models.Model):
    """A requirement of a selection that counts as used, as it read in a published version.

    It comes with the decision and goes with it; the log of the claim tells both.
    """

    claim = models.ForeignKey(
        UseClaim,
        verbose_name=_("reported use"),
        on_delete=models.CASCADE,
        related_name="requirements",
        db_index=False,
    )
    version = models.ForeignKey(
        PackageVersion,
        verbose_name=_("version of the package"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("used requirement")
        verbose_name_plural = _("used requirements")
        constraints = [
            unique(
                "once",
                "claim",
                "requirement",
                message=_("The requirement is already among those that were used."),
            )
        ]

    def __str__(self) -> str:
        return str(self.requirement)
