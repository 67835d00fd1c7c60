"""What is one person's own: a calendar to subscribe to, and which reminders were sent."""

from hashlib import sha256

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import one_of, unique
from actionplan.models.logged import Logged


def token_hash(token: str) -> str:
    """Tell how a secret address is kept: whoever reads the database cannot use it."""
    return sha256(token.encode()).hexdigest()


class CalendarFeed(Logged):
    """A secret address under which one person's calendar reads what is due."""

    logged_in = "user"
    logged_hidden = frozenset({"token_sha256"})

    user = models.OneToOneField(
        "actionplan.User",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="calendar_feed",
    )
    token_sha256 = models.CharField(_("checksum of the address"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def __str__(self) -> str:
        return str(self.user)


class ReminderOptOut(Logged):
    """A person who wants no reminders."""

    logged_in = "user"

    user = models.OneToOneField(
        "actionplan.User",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="reminder_opt_out",
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("person without reminders")
        verbose_name_plural = _("people without reminders")

    def __str__(self) -> str:
        return str(self.user)


class ReminderKind(models.TextChoices):
    """What somebody is reminded of; the key is that of the row it names."""

    FOLLOW_UP = "follow_up", _("follow-up")
    DEVIATION = "deviation", _("deviation")
    ACTION = "action", _("corrective action")
    INDICATOR = "indicator", _("indicator")
    READING = "reading", _("reading to approve")
    CHANGE = "change", _("proposed change")
    REQUEST = "request", _("request to a second person")
    REPORT = "report", _("follow-up report to write")
    REPORT_REQUEST = "report_request", _("follow-up report to approve")
    PUBLISHING = "publishing", _("version to approve or send again")
    MASKING = "masking", _("words to mask")
    SUMMARY_REVIEW = "summary_review", _("summary to review for secrecy")
    LESSON_REVIEW = "lesson_review", _("lesson to review for secrecy")
    LOOK_OVER = "look_over", _("requirements to look over")
    FEEDBACK = "feedback", _("feedback to answer")
    CONSULTATION = "consultation", _("answers to a consultation")
    CONSULTATION_REQUEST = "consultation_request", _("consultation to approve")
    WITHDRAWAL = "withdrawal", _("withdrawal to approve")
    MENTION = "mention", _("comment to answer")
    COMMENTS = "comments", _("comments to settle")
    LINKS = "links", _("links to review again")
    USE_CLAIM = "use_claim", _("reported use to confirm")
    CONTRACTS = "contracts", _("contracts whose requirements have changed")


class SentReminder(models.Model):
    """One thing that one person was told about, once for each step: nothing is sent twice."""

    user = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="sent_reminders",
        db_index=False,
    )
    kind = models.CharField(_("of what"), max_length=20, choices=ReminderKind.choices)
    target_id = models.BigIntegerField(_("object"))
    due_on = models.DateField(_("due on"))
    step = models.SmallIntegerField(
        _("step"), help_text=_("Days after the due date; 0 means before it.")
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("sent reminder")
        verbose_name_plural = _("sent reminders")
        ordering = ["-sent_at", "-id"]
        constraints = [
            one_of("kind", ReminderKind, _("The reminder is of an unknown kind.")),
            unique(
                "once",
                "user",
                "kind",
                "target_id",
                "due_on",
                "step",
                message=_("This reminder has already been sent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()} {self.target_id}"
