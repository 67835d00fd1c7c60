"""Who is asked by name to answer a consultation."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import filled, unique
from actionplan.models.logged import Logged, LoggedQuerySet
from requirements_pkg.models.dialogue.consultations import Consultation
from requirements_pkg.models.dialogue.replies import ConsultationReply


class ConsultationInviteeQuerySet(LoggedQuerySet["ConsultationInvitee"]):
    def to_mail(self, today: date) -> Self:
        """Return those whom no mail has told of a consultation that is open."""
        return self._open_on(today).filter(mailed_at__isnull=True)

    def to_remind(self, today: date, last_day: date) -> Self:
        """Return those who have not answered, where the last day is near."""
        rows = self._open_on(today).filter(mailed_at__isnull=False, reminded_at__isnull=True)
        near = {"consultation__closes_on__lte": last_day, "reply__sent_at__isnull": True}
        return rows.filter(mailed_at__date__lt=today, **near)

    def _open_on(self, today: date) -> Self:
        open_rows = Consultation.objects.open_on(today)
        rows = self.filter(consultation__in=open_rows).order_by("pk")
        return rows.select_related("consultation__package", "reply")


class ConsultationInvitee(Logged):
    """An address that gets a mail with a reply of its own to write, and one before the last day.

    It is removed by `tidy` as long after the last day as a sender is kept.
    """

    logged_in = "consultation"
    logged_plan = "consultation__package__plan"
    logged_package = "consultation__package"
    logged_hidden = frozenset({"email"})

    consultation = models.ForeignKey(
        Consultation,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="invitees",
    )
    email = models.EmailField(_("email address"))
    reply = models.OneToOneField(
        ConsultationReply,
        verbose_name=_("reply"),
        on_delete=models.PROTECT,
        related_name="invitee",
    )
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    objects: ClassVar = ConsultationInviteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("person invited to a consultation")
        verbose_name_plural = _("people invited to consultations")
        ordering = ["consultation", "id"]
        constraints = [
            filled("email", _("Enter an email address.")),
            unique(
                "once",
                "consultation",
                "email",
                message=_("The address is already invited to the consultation."),
            ),
        ]

    def __str__(self) -> str:
        return self.email
