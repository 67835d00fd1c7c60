"""What people who use a requirement say of it; never public."""

from datetime import datetime
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together
from actionplan.models.logged import Logged, LoggedQuerySet

# Of whoever has sent something without a log-in.
PERSONAL: Final = ("name", "organisation", "email")


class DoesItWork(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class FeedbackDecision(models.TextChoices):
    """What comes of it."""

    PENDING = "pending", _("not answered")
    NOTED = "noted", _("noted")
    CHANGE_PLANNED = "change_planned", _("a change is planned")
    NO_CHANGE = "no_change", _("no change")


class FeedbackQuerySet(LoggedQuerySet["Feedback"]):
    def pending(self) -> Self:
        """Return what nobody has decided on."""
        return self.filter(decision=FeedbackDecision.PENDING)

    def with_names(self) -> Self:
        """Read rows with what their names and rights are made of."""
        owner = ("package__plan__category", "package__plan__procurement_region")
        return self.select_related(*owner, "package__steward", "decided_by")

    def with_personal_data(self, before: datetime) -> Self:
        """Return what was sent before a moment and still says by whom."""
        nobody = Q(**dict.fromkeys(PERSONAL, ""))
        return self.filter(~nobody, sent_at__lt=before)


class Feedback(Logged):
    """How a published requirement works for somebody who uses it."""

    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"
    logged_name = "cite"
    # No log, which is for ever, keeps what may be of a person.
    logged_hidden = frozenset({*PERSONAL, "text"})

    # Of the package itself, or of the module that the requirement belongs to.
    package = models.ForeignKey(
        "requirements_pkg.RequirementsPackage",
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="feedback",
    )
    # As the published document names it: the row may be another by now.
    uid = models.UUIDField(_("identity of the requirement"))
    cite = models.CharField(_("requirement"), max_length=20)
    title = models.CharField(_("title of the requirement"), max_length=200)
    works = models.CharField(_("does it work"), max_length=20, choices=DoesItWork.choices)
    text = models.TextField(_("what works, or does not"), max_length=2000, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    organisation = models.CharField(_("organisation"), max_length=100, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    has_consented = models.BooleanField(_("consents to personal data"), default=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    decision = models.CharField(
        _("decision"),
        max_length=20,
        choices=FeedbackDecision.choices,
        default=FeedbackDecision.PENDING,
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

    objects: ClassVar = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-sent_at", "-id"]
        constraints = [
            one_of("works", DoesItWork, _("Say whether the requirement works for you.")),
            one_of("decision", FeedbackDecision, _("Choose what comes of the feedback.")),
            filled("cite", _("State which requirement the feedback is about.")),
            filled("title", _("State what the requirement is called.")),
            check(
                "says_what_does_not_work",
                Q(works=DoesItWork.YES) | ~Q(text=""),
                _("Write what does not work."),
            ),
            check(
                "personal_data_with_consent",
                Q(has_consented=True) | Q(**dict.fromkeys(PERSONAL, "")),
                _("Tick that we may keep your name and address, or leave them out."),
            ),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("State both who answered the feedback and when."),
            ),
            check(
                "decided_with_reason",
                Q(decision=FeedbackDecision.PENDING, decided_at__isnull=True, reason="")
                | (
                    ~Q(decision=FeedbackDecision.PENDING)
                    & Q(decided_at__isnull=False)
                    & ~Q(reason="")
                ),
                _("Write why, when you answer the feedback."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cite} {self.title}"
