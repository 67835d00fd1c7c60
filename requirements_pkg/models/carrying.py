"""What a plan has from the period before, and what was decided on each part of it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models import ActionPlan
from actionplan.models.logged import Logged, LoggedQuerySet


class CarriedKind(models.TextChoices):
    """Parts of a plan on which somebody decides whether they go along, in the order of a page."""

    AREA = "area", _("product area")
    STATEMENT = "statement", _("risk or opportunity")
    GOAL = "goal", _("overall goal")
    SUB_GOAL = "sub_goal", _("sub-goal")
    INDICATOR = "indicator", _("indicator")
    REQUIREMENT = "requirement", _("requirement")


class CarriedDecision(models.TextChoices):
    UNDECIDED = "undecided", _("not decided")
    KEPT = "kept", _("kept")
    DROPPED = "dropped", _("dropped")


class CarriedPartQuerySet(LoggedQuerySet["CarriedPart"]):
    def undecided(self) -> Self:
        """Return the parts on which nobody has decided; some may have been changed since."""
        return self.filter(decision=CarriedDecision.UNDECIDED)


class CarriedPart(Logged):
    """A part of a plan that was copied from the period before.

    It names the part by its key, without a foreign key: what is taken away leaves the decision.
    Whether a part was changed follows from its words: see `requirements_pkg.carrying.parts`.
    """

    logged_in = "plan"
    logged_plan = "plan"

    plan = models.ForeignKey(
        ActionPlan,
        verbose_name=_("action plan"),
        on_delete=models.CASCADE,
        related_name="carried_parts",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=CarriedKind.choices)
    key = models.BigIntegerField(_("part"))
    digest = models.CharField(
        _("checksum"), max_length=64, help_text=_("Of its words as they were carried over.")
    )
    decision = models.CharField(
        _("decision"),
        max_length=20,
        choices=CarriedDecision.choices,
        default=CarriedDecision.UNDECIDED,
    )
    # As it was carried over: what was dropped is read by them.
    words = models.TextField(_("words"), blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    decided_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects: ClassVar = CarriedPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part carried over")
        verbose_name_plural = _("parts carried over")
        ordering = ["plan", "id"]
        constraints = [
            unique("once", "kind", "key", message=_("The part has been carried over already.")),
            one_of("kind", CarriedKind, _("The part is of an unknown kind.")),
            one_of("decision", CarriedDecision, _("Choose not decided, kept or dropped.")),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("State both who decided and when."),
            ),
            check(
                "decision_and_date_agree",
                Q(decision=CarriedDecision.UNDECIDED, decided_at__isnull=True)
                | (~Q(decision=CarriedDecision.UNDECIDED) & Q(decided_at__isnull=False)),
                _("A decision needs a date, and a date needs a decision."),
            ),
            check(
                "dropped_with_reason",
                (Q(decision=CarriedDecision.DROPPED) & ~Q(reason=""))
                | (~Q(decision=CarriedDecision.DROPPED) & Q(reason="")),
                _("Write why the part is dropped."),
            ),
            filled("digest", _("The part lacks its checksum.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"
