"""What of a follow-up may leave the house: a person has looked, and says on which ground."""

from hashlib import sha256
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together
from actionplan.models.logged import Logged, LoggedQuerySet
from actionplan.models.written import Written
from followup.models.follow_ups import FollowUp

LONGEST_SUMMARY: Final = 4000


def checksum(*texts: str) -> str:
    """Return the checksum that ties a secrecy review to the very words that were looked at."""
    return sha256("\x1f".join(texts).encode()).hexdigest()


class LegalGround(models.TextChoices):
    """Which rule was tried. That one was tried does not mean that it forbids publication."""

    BUSINESS = "osl_31_16", _("OSL 31:16 (a supplier's business conditions)")
    TENDER = "osl_19_3", _("OSL 19:3 (tenders before the award)")
    OTHER = "other", _("another provision")


class SecrecyReview(Written):
    """A recorded secrecy review (sekretessprövning) of exactly these words. Never changed."""

    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("follow-up"),
        on_delete=models.PROTECT,
        related_name="secrecy_reviews",
    )
    ground = models.CharField(_("provision applied"), max_length=20, choices=LegalGround.choices)
    other_ground = models.CharField(_("which provision"), max_length=200, blank=True)
    conclusion = models.TextField(
        _("conclusion"),
        max_length=2000,
        help_text=_("Why the text can be published. The reason is not published."),
    )
    may_name_supplier = models.BooleanField(_("the supplier may be named"), default=False)
    text_sha256 = models.CharField(_("checksum of the text"), max_length=64)
    reviewed_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("reviewed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(_("reviewed"), default=timezone.now)

    class Meta:
        verbose_name = _("secrecy review")
        verbose_name_plural = _("secrecy reviews")
        ordering = ["-reviewed_at", "-id"]
        constraints = [
            one_of("ground", LegalGround, _("State which provision the secrecy review applied.")),
            check(
                "other_ground_is_named",
                Q(ground=LegalGround.OTHER) ^ Q(other_ground=""),
                _("Fill in only if another provision was applied: state which one."),
            ),
            filled("conclusion", _("State in the secrecy review why the text can be published.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}, {self.reviewed_at:%Y-%m-%d}"


class SummaryQuerySet(LoggedQuerySet["Summary"]):
    def public(self) -> Self:
        """Return the summaries that somebody published and nobody withdrew."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)


class Summary(Logged):
    """What the public may read of one follow-up. Draft, reviewed, published, or withdrawn."""

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"

    follow_up = models.OneToOneField(
        FollowUp, verbose_name=_("follow-up"), on_delete=models.PROTECT, related_name="summary"
    )
    text = models.TextField(
        _("summary"),
        max_length=LONGEST_SUMMARY,
        help_text=_(
            "For everybody: name no supplier and no sub-supplier, and reveal no business secrets."
        ),
    )
    supplier = models.CharField(
        _("supplier"),
        max_length=200,
        blank=True,
        help_text=_("Shown only if the supplier may be named according to the secrecy review."),
    )
    written_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    review = models.OneToOneField(
        SecrecyReview,
        verbose_name=_("secrecy review"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="summary",
    )
    published_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects: ClassVar = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("published summary")
        verbose_name_plural = _("published summaries")
        ordering = ["-published_at", "-id"]
        constraints = [
            filled("text", _("Enter the text of the summary.")),
            together(
                "who_and_when_published",
                "published_by",
                "published_at",
                message=_("State both who published the summary and when."),
            ),
            check(
                "reviewed_when_published",
                Q(published_at__isnull=True) | Q(review__isnull=False),
                _("The summary has to be reviewed for secrecy before it is published."),
            ),
            together(
                "who_when_and_why_withdrawn",
                "withdrawn_by",
                "withdrawn_at",
                texts=["withdrawn_reason"],
                message=_("State who withdrew the summary, when and why."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.follow_up)

    @property
    def words(self) -> str:
        """The checksum of what a secrecy review looks at."""
        return checksum(self.text, self.supplier)

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody has looked at exactly these words."""
        return self.review is not None and self.review.text_sha256 == self.words

    @property
    def may_name_supplier(self) -> bool:
        """Whether the review lets the supplier be named."""
        return self.review is not None and self.review.may_name_supplier

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was published once, and is not to be read any longer."""
        return self.withdrawn_at is not None
