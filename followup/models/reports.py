"""What of follow-up is public: reports for ever, and the requests that led to them."""

from typing import ClassVar, NoReturn, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, unique
from actionplan.django_edges import Handed
from actionplan.models.logged import Logged
from actionplan.models.second_person import (
    Decision,
    DecisionSentences,
    SecondPersonDecision,
    SecondPersonQuerySet,
    decision_constraints,
)
from followup.models.secrecy import LegalGround
from followup.report.facts import ReportedCells, ReportedRequirements, ReportListing
from requirements_pkg.models import ImmutableError, RequirementsPackage
from requirements_pkg.models.fields import PartField

NEVER_CHANGED = "A published follow-up report is never changed."


class FollowUpReportQuerySet(models.QuerySet["FollowUpReport"]):
    def newest(self) -> Self:
        """Return the last report of each package, which the public pages read."""
        last = FollowUpReport.objects.filter(package=models.OuterRef("package"))
        return self.filter(number=models.Subquery(last.order_by("-number").values("number")[:1]))

    def update(self, **kwargs: Handed) -> NoReturn:
        """Refuse: what was published stands."""
        raise ImmutableError(NEVER_CHANGED)

    def delete(self) -> NoReturn:
        """Refuse: what was published stands."""
        raise ImmutableError(NEVER_CHANGED)


class FollowUpReport(models.Model):
    """One publication of how it goes with a plan: all that the public knows of follow-up."""

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="reports",
        db_index=False,
    )
    number = models.PositiveIntegerField(_("number"))
    # The JSON that its checksum is taken of: `followup.report.reading` reads it.
    content = models.TextField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    note = models.TextField(
        _("what is new"), max_length=2000, help_text=_("It is shown to everybody.")
    )
    as_of = models.DateField(_("as of"))
    # What follows from the content: `followup.report.facts`.
    title = models.TextField(_("title"))
    period = models.CharField(_("period"), max_length=20)
    listing = PartField(_("figures of lists"), of=ReportListing)
    cells = PartField(_("counts of cells"), of=ReportedCells)
    requirements = PartField(_("counts of requirements"), of=ReportedRequirements)
    shared_requirements = PartField(
        _("counts of shared modules’ requirements"), of=ReportedRequirements
    )
    ground = models.CharField(_("provision applied"), max_length=20, choices=LegalGround.choices)
    other_ground = models.CharField(_("which provision"), max_length=200, blank=True)
    conclusion = models.TextField(
        _("conclusion"),
        max_length=2000,
        help_text=_("Why the report can be published. The reason is not published."),
    )
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("approved by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar = FollowUpReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up report")
        verbose_name_plural = _("follow-up reports")
        ordering = ["package", "-number"]
        constraints = [
            unique(
                "report_number_once",
                "package",
                "number",
                message=_("The package already has a report with this number."),
            ),
            check("report_number_from_one", Q(number__gte=1), _("Number the reports from 1.")),
            check(
                "report_by_two_people",
                ~Q(published_by=F("approved_by")),
                _("Somebody other than the person who wrote the report has to approve it."),
            ),
            filled("note", _("Write what is new in the report.")),
            filled(
                "conclusion", _("State in the secrecy review why the report can be published.")
            ),
            one_of(
                "ground",
                LegalGround,
                _("State which provision the secrecy review of the report applied."),
            ),
            check(
                "other_ground_is_named",
                Q(ground=LegalGround.OTHER) ^ Q(other_ground=""),
                _("Fill in only if the report’s review applied another provision: state which."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package}, r{self.number}"

    def save(self, *args: Handed, **kwargs: Handed) -> None:
        """Insert; a stored report is never changed.

        Raises:
            ImmutableError: the report is already stored.
        """
        if not self._state.adding:
            raise ImmutableError(NEVER_CHANGED)
        super().save(*args, **kwargs)

    def delete(self, *args: Handed, **kwargs: Handed) -> NoReturn:
        """Refuse: what was published stands."""
        raise ImmutableError(NEVER_CHANGED)


class StoredReportBasis(models.Model):
    """What a report rests on, follow-up by follow-up: confidential, and never shown.

    The next report is held against it, so that the two together tell nothing of a few suppliers.
    """

    report = models.OneToOneField(
        FollowUpReport,
        verbose_name=_("follow-up report"),
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="basis",
    )
    content = models.TextField(_("content"))

    class Meta:
        verbose_name = _("basis of a follow-up report")
        verbose_name_plural = _("bases of follow-up reports")

    def __str__(self) -> str:
        return str(self.report)


class ReportRequest(SecondPersonDecision):
    """A report that somebody wants to publish, in just these words, and another's answer."""

    is_confidential = True
    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"
    # Whole documents, of which the checksum is told.
    logged_not = kept_exact = frozenset({"content", "basis"})

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="report_requests",
    )
    content = models.TextField(_("content"))
    basis = models.TextField(_("what it rests on"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    note = models.TextField(_("what is new"), max_length=2000)
    as_of = models.DateField(_("as of"))
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    objects: ClassVar = SecondPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to publish a report")
        verbose_name_plural = _("requests to publish a report")
        ordering = ["-requested_at", "-id"]
        constraints = [
            unique(
                "one_report_pending",
                "package",
                when=Q(decision=Decision.PENDING),
                message=_("A report of the plan is already waiting for approval."),
            ),
            *decision_constraints(
                DecisionSentences(
                    unknown=_("Choose waiting, approved or returned for the report."),
                    without_person=_("State both who decided on the report and when."),
                    without_date=_(
                        "A decision on the report needs a date, and a date needs a decision."
                    ),
                    by_oneself=_("You cannot approve your own report. Ask another reviewer."),
                    without_reason=_("Write why the report is returned."),
                ),
                apart="report_two_people",
            ),
            filled("note", _("Write what is new in the report that you send.")),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.get_decision_display()}"


class ClearedName(Logged):
    """Words that may name somebody and may stand all the same: who said so, and why.

    It holds for these words in just this text, in later reports of the plan too.
    """

    is_confidential = True
    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="cleared_names",
        db_index=False,
    )
    # Of the words and of the text that they stand in.
    key = models.CharField(_("checksum of the words"), max_length=64)
    words = models.CharField(_("words"), max_length=400)
    reason = models.TextField(_("why they may stand"), max_length=2000)
    cleared_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    cleared_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("words that may stand")
        verbose_name_plural = _("words that may stand")
        ordering = ["package", "words"]
        constraints = [
            unique(
                "cleared_once",
                "package",
                "key",
                message=_("It is already decided that these words may stand."),
            ),
            filled("reason", _("Write why the words may stand.")),
        ]

    def __str__(self) -> str:
        return self.words
