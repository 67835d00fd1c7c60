"""Words that were published by mistake: who asks that they are masked, and who approves it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of
from actionplan.models.second_person import (
    Decision,
    DecisionSentences,
    SecondPersonDecision,
    SecondPersonQuerySet,
    decision_constraints,
)
from followup.models.secrecy import LegalGround
from requirements_pkg.models import RequirementsPackage


class MaskingQuerySet(SecondPersonQuerySet["Masking"]):
    def approved(self) -> Self:
        """Return the maskings that a second person has approved."""
        return self.filter(decision=Decision.APPROVED)


class Masking(SecondPersonDecision):
    """Words that are replaced in all that is published of a package, which itself stays as it is.

    Of a plan that is its versions and its follow-up reports; of a shared module its versions, and
    what it demands in those of the packages that include it.
    """

    is_confidential = True
    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"
    # The log is kept for ever, and so would they be.
    logged_hidden = frozenset({"words"})

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="maskings",
    )
    words = models.CharField(
        _("words"),
        max_length=400,
        help_text=_("Just as they were published. They are replaced by (maskerat)."),
    )
    ground = models.CharField(_("provision applied"), max_length=20, choices=LegalGround.choices)
    other_ground = models.CharField(_("which provision"), max_length=200, blank=True)
    reason = models.TextField(
        _("reason"), max_length=2000, help_text=_("Why they are masked. Not published.")
    )
    answer = models.TextField(_("why it is returned"), max_length=2000, blank=True)

    objects: ClassVar = MaskingQuerySet.as_manager()

    class Meta:
        verbose_name = _("masking")
        verbose_name_plural = _("maskings")
        ordering = ["-requested_at", "-id"]
        constraints = [
            filled("words", _("Enter the words to mask.")),
            filled("reason", _("Write why the words are to be masked.")),
            one_of("ground", LegalGround, _("State which provision the masking rests on.")),
            check(
                "other_ground_is_named",
                Q(ground=LegalGround.OTHER) ^ Q(other_ground=""),
                _("Fill in only if the masking rests on another provision: state which one."),
            ),
            *decision_constraints(
                DecisionSentences(
                    unknown=_("Choose waiting, approved or returned for the masking."),
                    without_person=_("State both who decided on the masking and when."),
                    without_date=_(
                        "A decision on the masking needs a date, and a date needs a decision."
                    ),
                    by_oneself=_(
                        "You cannot approve a masking that you asked for. Ask another reviewer."
                    ),
                    without_reason=_("Write why the masking is returned."),
                ),
                reason="answer",
                apart="masking_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.get_decision_display()}"
