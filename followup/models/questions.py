"""What a follow-up asks about, what was answered, and what the region says of it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, unique
from actionplan.models.logged import Logged, LoggedQuerySet
from followup.models.deviations import Deviation
from followup.models.follow_ups import LONGEST_TEXT, FollowUp
from requirements_pkg.models import Requirement


class Answer(models.TextChoices):
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class Assessed(models.TextChoices):
    """What the region says of an answer."""

    ACCEPTED = "accepted", _("accepted")
    UNCLEAR = "unclear", _("to be clarified")
    DEVIATES = "deviates", _("deviates")


class QuestionQuerySet(LoggedQuerySet["Question"]):
    def undecided(self) -> Self:
        """Return the questions whose answer deviates, without a deviation and unexplained."""
        deviations = Deviation.objects.filter(
            follow_up=OuterRef("follow_up"), requirement=OuterRef("requirement")
        )
        rows = self.filter(assessed=Assessed.DEVIATES, explanation="")
        return rows.exclude(Exists(deviations))


class Question(Logged):
    """A requirement that a follow-up asks about, as it stood in its version, and the answer."""

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"

    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("follow-up"),
        on_delete=models.CASCADE,
        related_name="questions",
        db_index=False,
    )
    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.PROTECT,
        related_name="questions",
    )
    revision = models.PositiveSmallIntegerField(_("wording"), default=1)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("question"), max_length=LONGEST_TEXT)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices, blank=True)
    comment = models.TextField(_("comment"), blank=True, max_length=LONGEST_TEXT)
    evidence = models.TextField(_("evidence"), blank=True, max_length=2000)
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    assessed = models.CharField(
        _("assessment"), max_length=20, choices=Assessed.choices, blank=True
    )
    explanation = models.TextField(
        _("why it is no deviation"),
        blank=True,
        max_length=2000,
        help_text=_(
            "Only for an answer that deviates and that no deviation is recorded for. Confidential."
        ),
    )

    objects: ClassVar = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["follow_up", "position", "id"]
        constraints = [
            unique(
                "once",
                "follow_up",
                "requirement",
                message=_("The follow-up already asks about this requirement."),
            ),
            one_of("answer", Answer, _("Choose yes, partly, no or not applicable."), blank=True),
            one_of(
                "assessed",
                Assessed,
                _("Choose accepted, to be clarified or deviates."),
                blank=True,
            ),
            filled("text", _("Enter the text of the question.")),
            check(
                "explained_when_deviating",
                Q(explanation="") | Q(assessed=Assessed.DEVIATES),
                _(
                    "Only an answer that deviates is explained. Choose that it deviates, or "
                    "remove the explanation."
                ),
            ),
            check(
                "dated_when_answered",
                Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                _("An answer needs a date, and a date needs an answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement.code}:{self.revision}"
