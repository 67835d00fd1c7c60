"""What those say who are consulted: a reply each, with a remark for each thing that they say."""

from datetime import datetime
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models.logged import Logged, LoggedQuerySet
from requirements_pkg.models.dialogue.consultations import Consultation
from requirements_pkg.models.dialogue.feedback import PERSONAL

LONGEST_REMARK: Final = 4000


class ConsultationReplyQuerySet(LoggedQuerySet["ConsultationReply"]):
    def sent(self) -> Self:
        """Return what was sent, not what somebody is still writing."""
        return self.filter(sent_at__isnull=False)

    def with_personal_data(self, before: datetime) -> Self:
        """Return what was sent before a moment and still says by whom."""
        nobody = Q(**dict.fromkeys(PERSONAL, ""))
        return self.filter(~nobody, sent_at__lt=before)


class ConsultationReply(Logged):
    """What one person or organisation says of a draft; until it is sent only they know of it."""

    logged_in = "consultation"
    logged_plan = "consultation__package__plan"
    logged_package = "consultation__package"
    # No log, which is for ever, keeps what may be of a person, nor what is still being written.
    logged_hidden = frozenset(PERSONAL)
    logged_not = frozenset({"texts"})

    consultation = models.ForeignKey(
        Consultation,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="replies",
    )
    # While it is written: what is said of each requirement, by uid, and under "" of the whole.
    texts = models.JSONField(_("what is being written"), default=dict, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    organisation = models.CharField(_("organisation"), max_length=100, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    has_consented = models.BooleanField(_("consents to personal data"), default=False)
    may_be_named = models.BooleanField(_("may be named in the summary"), default=False)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects: ClassVar = ConsultationReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply to a consultation")
        verbose_name_plural = _("replies to consultations")
        ordering = ["sent_at", "id"]
        constraints = [
            check(
                "personal_data_with_consent",
                Q(has_consented=True) | Q(**dict.fromkeys(PERSONAL, "")),
                _("Tick that we may keep your name and address, or leave them out."),
            ),
            check(
                "named_with_consent",
                Q(may_be_named=False) | Q(has_consented=True),
                _("Tick that we may keep your name too, if the summary may name you."),
            ),
            check(
                "sent_as_remarks",
                Q(sent_at__isnull=True) | Q(texts={}),
                _("A reply that is sent consists of remarks. Move the text to one."),
            ),
        ]

    def __str__(self) -> str:
        return self.sender or str(_("without a name"))

    @property
    def sender(self) -> str:
        """Who sent it, as far as we know."""
        return ", ".join(filter(None, (self.name, self.organisation)))


class RemarkDecision(models.TextChoices):
    """What comes of a remark."""

    PENDING = "pending", _("not decided")
    TAKEN_IN = "taken_in", _("taken in")
    PARTLY = "partly", _("partly taken in")
    NOT_TAKEN_IN = "not_taken_in", _("not taken in")


class ConsultationRemarkQuerySet(LoggedQuerySet["ConsultationRemark"]):
    def pending(self) -> Self:
        """Return what nobody has decided on."""
        return self.filter(decision=RemarkDecision.PENDING)

    def of(self, consultation: Consultation) -> Self:
        """Return the remarks of a consultation: on the whole first, then by requirement."""
        rows = self.filter(reply__consultation=consultation).select_related("reply", "decided_by")
        return rows.order_by(F("cite").asc(), "reply__sent_at", "pk")


class ConsultationRemark(Logged):
    """One thing that a reply says: of a requirement, or of the draft as a whole."""

    logged_in = "reply"
    logged_plan = "reply__consultation__package__plan"
    logged_package = "reply__consultation__package"
    logged_hidden = frozenset({"text"})

    reply = models.ForeignKey(
        ConsultationReply,
        verbose_name=_("reply"),
        on_delete=models.PROTECT,
        related_name="remarks",
    )
    # As the frozen draft names it; none where the remark is on the whole.
    uid = models.UUIDField(_("identity of the requirement"), null=True, blank=True)
    cite = models.CharField(_("requirement"), max_length=20, blank=True)
    title = models.CharField(_("title of the requirement"), max_length=200, blank=True)
    text = models.TextField(_("remark"), max_length=LONGEST_REMARK)
    decision = models.CharField(
        _("decision"),
        max_length=20,
        choices=RemarkDecision.choices,
        default=RemarkDecision.PENDING,
    )
    # What the published summary says of it: the words of whoever decides, never those sent in.
    summary = models.TextField(_("the remark in short"), max_length=2000, blank=True)
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

    objects: ClassVar = ConsultationRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark in a consultation")
        verbose_name_plural = _("remarks in consultations")
        ordering = ["reply", "id"]
        constraints = [
            unique(
                "once",
                "reply",
                "uid",
                message=_("The reply already has a remark on the requirement."),
                when=Q(uid__isnull=False),
            ),
            unique(
                "once_on_the_whole",
                "reply",
                message=_("The reply already has a remark on the whole."),
                when=Q(uid__isnull=True),
            ),
            check(
                "names_its_requirement",
                Q(uid__isnull=True, cite="", title="")
                | (Q(uid__isnull=False) & ~Q(cite="") & ~Q(title="")),
                _("State which requirement the remark is about."),
            ),
            filled("text", _("Write the remark.")),
            one_of("decision", RemarkDecision, _("Choose what comes of the remark.")),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("State both who decided on the remark and when."),
            ),
            check(
                "decided_with_reason",
                Q(decision=RemarkDecision.PENDING, decided_at__isnull=True, summary="", reason="")
                | (
                    ~Q(decision=RemarkDecision.PENDING)
                    & Q(decided_at__isnull=False)
                    & ~Q(summary="")
                    & ~Q(reason="")
                ),
                _("Write the remark in short, and why, when you decide on it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cite} {self.title}" if self.uid else str(_("On the whole"))
