"""What a supplier is sent, writes and attaches; and the files of deviations and actions."""

from datetime import date, datetime
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled
from actionplan.models.logged import Logged, LoggedQuerySet
from followup.models.deviations import CorrectiveAction, Deviation
from followup.models.follow_ups import FollowUp, FollowUpStatus
from followup.models.questions import Question

KEY_LENGTH: Final = 22
# While it stands so, the supplier may answer.
ANSWERABLE: Final = (FollowUpStatus.SENT, FollowUpStatus.ANSWERED)


def new_key() -> str:
    """Return what makes a form's address another one."""
    return get_random_string(KEY_LENGTH)


class SupplierFormQuerySet(LoggedQuerySet["SupplierForm"]):
    def open(self) -> Self:
        """Return the forms that the supplier may still send in."""
        return self.filter(submitted_at__isnull=True, follow_up__status__in=ANSWERABLE)

    def to_mail(self) -> Self:
        """Return the open forms whose address nobody has mailed yet."""
        return self.open().filter(mailed_at__isnull=True).exclude(email="")

    def to_remind(self, until: date) -> Self:
        """Return the open forms that nobody was reminded of, and that are due by a day."""
        rows = self.open().filter(mailed_at__isnull=False, reply_by__lte=until)
        return rows.filter(reminded_at__isnull=True).exclude(email="")

    def to_remind_late(self, before: date) -> Self:
        """Return the open forms that were due before a day, and of which nobody has said so."""
        rows = self.open().filter(mailed_at__isnull=False, reply_by__lt=before)
        return rows.filter(late_reminded_at__isnull=True).exclude(email="")

    def with_names(self) -> Self:
        """Read forms with what their page and mails name."""
        return self.select_related(
            "sent_by",
            "follow_up__product_area__plan__category",
            "follow_up__product_area__plan__procurement_region",
            "follow_up__organisation",
            "follow_up__contract__supplier",
            "follow_up__version__package",
        ).defer("follow_up__version__content")

    def with_personal_data(self, before: datetime) -> Self:
        """Return what was sent before a moment and still has the supplier's address."""
        return self.filter(sent_at__lt=before).exclude(email="")


class SupplierForm(Logged):
    """A secret page on which one supplier answers the questions of one follow-up."""

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"
    # Who reads the log learns neither the address nor whom it was sent to.
    logged_hidden = frozenset({"key", "email"})
    # What is being written, and what the program writes of its own mails, is nobody's change.
    logged_not = frozenset({"answers", "mailed_at", "reminded_at", "late_reminded_at"})

    follow_up = models.OneToOneField(
        FollowUp,
        verbose_name=_("follow-up"),
        on_delete=models.PROTECT,
        related_name="supplier_form",
    )
    key = models.CharField(_("key of the address"), max_length=KEY_LENGTH)
    reply_by = models.DateField(_("reply by"))
    sender = models.CharField(
        _("sender"), max_length=200, help_text=_("Who asks, as the supplier reads it.")
    )
    contact = models.CharField(
        _("contact"),
        max_length=200,
        help_text=_("Whom the supplier asks: a name, and a telephone number or an address."),
    )
    email = models.EmailField(
        _("the supplier's email address"),
        blank=True,
        help_text=_("The link and reminders are sent here. Removed after a while. Confidential."),
    )
    message = models.TextField(
        _("message"),
        blank=True,
        max_length=2000,
        help_text=_("Stands above the questions, and in the mail."),
    )
    # While it is written: answer, comment and evidence by the key of the question.
    answers = models.JSONField(_("what is being written"), default=dict, blank=True)
    sent_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    late_reminded_at = models.DateTimeField(_("reminded when late"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects: ClassVar = SupplierFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("form for a supplier")
        verbose_name_plural = _("forms for suppliers")
        ordering = ["reply_by", "id"]
        constraints = [
            filled("key", _("The form needs a key. Send it again.")),
            filled("sender", _("Enter who asks, as the supplier reads it.")),
            filled("contact", _("Enter whom the supplier can ask.")),
            check(
                "submitted_as_answers",
                Q(submitted_at__isnull=True) | Q(answers={}),
                _("What was sent in stands as answers."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up}: {self.reply_by}"

    @property
    def is_open(self) -> bool:
        """Whether the supplier may still write and send in."""
        return self.submitted_at is None and self.follow_up.status in ANSWERABLE

    @property
    def receipt(self) -> str:
        """What the supplier can name when asking about what was sent in."""
        if self.submitted_at is None:
            return ""
        return f"{self.pk}-{timezone.localtime(self.submitted_at):%Y%m%d-%H%M}"


class AttachmentQuerySet(LoggedQuerySet["Attachment"]):
    def handed_in(self) -> Self:
        """Return the files that the region may read: its own, and those that were sent in."""
        sent_in = Q(follow_up__supplier_form__submitted_at__isnull=False)
        return self.filter(Q(uploaded_by__isnull=False) | sent_in)

    def names(self) -> Self:
        """Read the files without what is in them."""
        return self.defer("content").order_by("pk")


class Attachment(Logged):
    """A file that shows how something is; only who sees the follow-up reads it."""

    is_confidential = True
    logged_in = "follow_up"
    logged_plan = "follow_up__product_area__plan"

    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("follow-up"),
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    deviation = models.ForeignKey(
        Deviation,
        verbose_name=_("deviation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    action = models.ForeignKey(
        CorrectiveAction,
        verbose_name=_("corrective action"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="attachments",
    )
    file_name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    uploaded_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Nobody: the supplier did."),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects: ClassVar = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [
            filled("file_name", _("Enter the file name of the attachment.")),
            check(
                "of_one_thing",
                Q(question__isnull=False, deviation__isnull=True, action__isnull=True)
                | Q(question__isnull=True, deviation__isnull=False, action__isnull=True)
                | Q(question__isnull=True, deviation__isnull=True, action__isnull=False),
                _("A file belongs to an answer, a deviation or a corrective action."),
            ),
            check(
                "from_the_supplier_to_a_question",
                Q(uploaded_by__isnull=False) | Q(question__isnull=False),
                _("Only the files of answers come from the supplier."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
