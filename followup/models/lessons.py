"""What was learnt, and what becomes of it: a changed requirement, or a reason why not."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models.logged import Logged, LoggedQuerySet
from followup.models.follow_ups import LONGEST_TEXT, FollowUp
from followup.models.secrecy import LONGEST_SUMMARY, SecrecyReview, checksum
from requirements_pkg.models import Requirement, RequirementRevision


class Lesson(Logged):
    """What a follow-up taught. Its public words are published with the version they changed."""

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"

    follow_up = models.ForeignKey(
        FollowUp, verbose_name=_("follow-up"), on_delete=models.PROTECT, related_name="lessons"
    )
    text = models.TextField(_("lesson"), max_length=LONGEST_TEXT, help_text=_("Confidential."))
    public_text = models.TextField(
        _("public text"),
        blank=True,
        max_length=LONGEST_SUMMARY,
        help_text=_("Published with the version that it changes, after a secrecy review."),
    )
    review = models.OneToOneField(
        SecrecyReview,
        verbose_name=_("secrecy review"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lesson",
    )
    written_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["-written_at", "-id"], name="lesson_newest")]
        constraints = [
            filled("text", _("Enter the text of the lesson.")),
            check(
                "review_has_words",
                Q(review__isnull=True) | ~Q(public_text=""),
                _("Write the public text before the secrecy review."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def words(self) -> str:
        """The checksum of what a secrecy review looks at."""
        return checksum(self.public_text)

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody has looked at exactly these words."""
        return self.review is not None and self.review.text_sha256 == self.words

    @property
    def may_name_supplier(self) -> bool:
        """Whether the review lets the supplier be named."""
        return self.review is not None and self.review.may_name_supplier


class ChangeState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    TAKEN_IN = "taken_in", _("incorporated")
    DECLINED = "declined", _("declined")


class ProposedChangeQuerySet(LoggedQuerySet["ProposedChange"]):
    def undecided(self) -> Self:
        """Return changes that nobody has taken in or declined."""
        return self.filter(state=ChangeState.PROPOSED)

    def waiting(self) -> Self:
        """Return changes that are undecided, or taken into a draft that is not yet published."""
        published = RequirementRevision.objects.filter(
            requirement=OuterRef("requirement"), number=OuterRef("revision")
        )
        return self.filter(
            Q(state=ChangeState.PROPOSED) | Q(state=ChangeState.TAKEN_IN) & ~Exists(published)
        )

    def with_names(self) -> Self:
        """Return changes with what their names and rights are made of."""
        names = ("product_area__plan__category", "organisation")
        return self.select_related(
            "requirement__package__plan",
            "decided_by",
            "lesson__review",
            *(f"lesson__follow_up__{name}" for name in names),
        )


class ProposedChange(Logged):
    """What a lesson asks of one requirement, and what its package decided.

    Taken in, it names the wording that has it: `SE-01:2` once version 4 is published.
    """

    is_confidential = True
    logged_in = "lesson"
    logged_plan = "lesson__follow_up__product_area__plan"
    logged_package = "requirement__package"

    lesson = models.ForeignKey(
        Lesson,
        verbose_name=_("lesson"),
        on_delete=models.CASCADE,
        related_name="changes",
        db_index=False,
    )
    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        on_delete=models.PROTECT,
        related_name="proposed_changes",
    )
    text = models.TextField(_("proposed change"), max_length=LONGEST_TEXT)
    state = models.CharField(
        _("state"), max_length=20, choices=ChangeState.choices, default=ChangeState.PROPOSED
    )
    revision = models.PositiveSmallIntegerField(
        _("incorporated in wording"), null=True, blank=True
    )
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

    objects: ClassVar = ProposedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["lesson", "id"]
        constraints = [
            unique(
                "once",
                "lesson",
                "requirement",
                message=_("The lesson already proposes a change to this requirement."),
            ),
            filled("text", _("Write what should be changed.")),
            one_of("state", ChangeState, _("Choose proposed, incorporated or declined.")),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("State both who decided and when."),
            ),
            check(
                "decision_and_date_agree",
                Q(state=ChangeState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=ChangeState.PROPOSED) & Q(decided_at__isnull=False)),
                _("A decision needs a date, and a date needs a decision."),
            ),
            check(
                "wording_when_taken_in",
                Q(state=ChangeState.TAKEN_IN, revision__isnull=False)
                | (~Q(state=ChangeState.TAKEN_IN) & Q(revision__isnull=True)),
                _("Name the wording when the change is incorporated, and only then."),
            ),
            check(
                "declined_with_reason",
                ~Q(state=ChangeState.DECLINED) | ~Q(reason=""),
                _("Write why the change is declined."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement.code}: {self.get_state_display()}"
