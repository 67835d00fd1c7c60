"""How it goes with an indicator: readings that are approved, never rewritten, only corrected."""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, in_order, one_of, together, unique
from actionplan.django_edges import Handed
from actionplan.models import ActionPlan, Indicator, Organisation
from actionplan.models.counting import YearsQuerySet
from actionplan.models.logged import Logged, LoggedQuerySet
from requirements_pkg.models import ImmutableError


class ReadingStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("not started")
    ON_TRACK = "on_track", _("on track")
    DELAYED = "delayed", _("delayed")
    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")


class ReadingState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")


# The stubs give each class an `as_manager` of its own, and those of two bases disagree.
class IndicatorReadingQuerySet(  # type: ignore[override]
    LoggedQuerySet["IndicatorReading"], YearsQuerySet["IndicatorReading"]
):
    def approved(self) -> Self:
        """Return readings that another person has approved."""
        return self.filter(state=ReadingState.APPROVED)

    def current(self) -> Self:
        """Return the approved readings that no approved reading corrects."""
        corrected = IndicatorReading.objects.filter(
            state=ReadingState.APPROVED, corrects__isnull=False
        )
        return self.approved().exclude(pk__in=corrected.values("corrects"))

    def waiting(self) -> Self:
        """Return readings that wait for somebody's approval."""
        return self.filter(state=ReadingState.SUBMITTED)


class IndicatorReading(Logged):
    """How an indicator stood on a day, for the country or for one organisation.

    Once approved it is never changed: another reading corrects it.
    """

    logged_in = "indicator"
    logged_plan = "indicator__sub_goal__goal__plan"

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.PROTECT,
        related_name="readings",
        db_index=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="readings",
        help_text=_("None chosen means the whole country."),
    )
    as_of = models.DateField(_("as of"))
    status = models.CharField(_("status"), max_length=20, choices=ReadingStatus.choices)
    value = models.DecimalField(
        _("value"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("In the unit of the indicator; only for measures."),
    )
    comment = models.TextField(
        _("comment"),
        blank=True,
        max_length=4000,
        help_text=_("Public with the next report once the reading is approved."),
    )
    evidence_url = models.URLField(
        _("evidence"),
        max_length=500,
        blank=True,
        help_text=_(
            "A public page or document. Public with the next report once the reading is approved."
        ),
    )
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    state = models.CharField(
        _("review"), max_length=20, choices=ReadingState.choices, default=ReadingState.DRAFT
    )
    author = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects: ClassVar = IndicatorReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator reading")
        verbose_name_plural = _("indicator readings")
        ordering = ["-as_of", "-id"]
        indexes = [
            models.Index(fields=["indicator", "as_of"], name="reading_of_indicator"),
            models.Index(fields=["-as_of", "-id"], name="reading_newest"),
            # One in ten or fewer, and those that count where there are any.
            models.Index(
                fields=["indicator"],
                condition=Q(organisation__isnull=True),
                name="reading_of_country",
            ),
        ]
        constraints = [
            one_of("status", ReadingStatus, _("Choose one of the five statuses.")),
            one_of("state", ReadingState, _("Choose draft, submitted, returned or approved.")),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("State both who decided and when."),
            ),
            check(
                "decided_when_decided",
                ~Q(state__in=[ReadingState.RETURNED, ReadingState.APPROVED])
                | Q(decided_at__isnull=False),
                _("State who approved or returned the reading, and when."),
            ),
            check(
                "submitted_when_waiting",
                Q(state=ReadingState.DRAFT) | Q(submitted_at__isnull=False),
                _("State when the reading was submitted."),
            ),
            check(
                "two_people",
                ~Q(state=ReadingState.APPROVED) | ~Q(author=F("decided_by")),
                _("You cannot approve your own reading. Ask another reviewer."),
            ),
            check(
                "returned_with_reason",
                ~Q(state=ReadingState.RETURNED) | ~Q(reason=""),
                _("Write why the reading is returned."),
            ),
            check(
                "not_of_itself",
                Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                _("A reading cannot correct itself. Choose another one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.as_of}"

    def save(self, *args: Handed, **kwargs: Handed) -> None:
        """Store it, unless an approved reading is stored already.

        Raises:
            ImmutableError: what is stored is approved.
        """
        approved = IndicatorReading.objects.approved().filter(pk=self.pk)
        if not self._state.adding and approved.exists():
            raise ImmutableError("An approved reading is corrected by a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Handed, **kwargs: Handed) -> tuple[int, dict[str, int]]:
        """Take away a draft.

        Raises:
            ImmutableError: it has been submitted.
        """
        if self.state != ReadingState.DRAFT:
            raise ImmutableError("A reading that was submitted is kept.")
        return super().delete(*args, **kwargs)

    @property
    def plan(self) -> ActionPlan:
        """The plan whose indicator is read."""
        return self.indicator.sub_goal.goal.plan


class Evidence(Logged):
    """A file that shows that a reading is right. It stays inside: only who has a role reads it."""

    logged_in = "reading"
    logged_plan = "reading__indicator__sub_goal__goal__plan"

    reading = models.OneToOneField(
        IndicatorReading,
        verbose_name=_("reading"),
        on_delete=models.CASCADE,
        related_name="evidence",
    )
    file_name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    uploaded_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [filled("file_name", _("Enter the file name of the evidence."))]

    def __str__(self) -> str:
        return self.file_name


class ReportingPeriodQuerySet(LoggedQuerySet["ReportingPeriod"]):
    def locked(self) -> Self:
        """Return the periods in which nothing more is reported."""
        return self.filter(locked_at__isnull=False)

    def around(self, day: date) -> Self:
        """Return the periods that a day lies in."""
        return self.filter(first_day__lte=day, last_day__gte=day)


class ReportingPeriod(Logged):
    """Some months that are reported on, and closed to further readings when they are locked."""

    logged_in = "plan"
    logged_plan = "plan"

    plan = models.ForeignKey(
        ActionPlan,
        verbose_name=_("plan"),
        on_delete=models.CASCADE,
        related_name="reporting_periods",
        db_index=False,
    )
    name = models.CharField(_("name"), max_length=100, help_text=_("For example: spring 2026"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    locked_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("locked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)

    objects: ClassVar = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["plan", "-first_day"]
        constraints = [
            unique(
                "first_day_once",
                "plan",
                "first_day",
                message=_("Another period of the plan begins on this day. Choose another day."),
            ),
            in_order(
                "first_day",
                "last_day",
                _("The last day is before the first day. Correct one of them."),
            ),
            filled("name", _("Enter the name of the period.")),
            together(
                "who_and_when",
                "locked_by",
                "locked_at",
                message=_("State both who locked the period and when."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse days that lie in another period of the plan."""
        if not (self.plan_id and self.first_day and self.last_day):
            return
        others = ReportingPeriod.objects.filter(
            plan=self.plan_id, first_day__lte=self.last_day, last_day__gte=self.first_day
        )
        # That two begin on the same day is told by a rule of the database.
        for other in others.exclude(pk=self.pk).exclude(first_day=self.first_day)[:1]:
            text = _("The period overlaps with “%(name)s”, %(first)s–%(last)s. Choose other days.")
            words = {"name": other.name, "first": other.first_day, "last": other.last_day}
            raise ValidationError(text % words)
