"""What is published: packages, their versions for ever, and the requests that led to them."""

from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models import ActionPlan


class ImmutableError(Exception):
    """Somebody tried to change what was published."""


class RequirementsPackage(models.Model):
    """What buyers take into their tenders for one action plan."""

    plan = models.OneToOneField(
        ActionPlan,
        verbose_name=_("action plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="package",
    )
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("requirements package")
        verbose_name_plural = _("requirements packages")
        ordering = ["title"]
        constraints = [filled("title", _("A package has a title."))]

    def __str__(self) -> str:
        return self.title


class PackageVersionQuerySet(models.QuerySet["PackageVersion"]):
    def in_force(self) -> Self:
        """The newest version of each package."""
        newest = PackageVersion.objects.filter(package=OuterRef("package")).order_by("-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def of(self, slug: str) -> Self:
        """The versions of one package, newest first."""
        return self.filter(package__slug=slug).order_by("-number")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: what was published stands."""
        raise ImmutableError("A published version is never changed.")

    def delete(self) -> NoReturn:
        """Refused: what was published stands."""
        raise ImmutableError("A published version is never deleted.")


class PackageVersion(models.Model):
    """One publication: a single document that pages, downloads and comparisons read."""

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    number = models.PositiveIntegerField(_("version"))
    schema = models.PositiveSmallIntegerField(_("schema"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    note = models.TextField(_("note"), help_text=_("What is new, in words a buyer understands."))
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

    objects = PackageVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["package", "-number"]
        constraints = [
            unique(
                "number_once",
                "package",
                "number",
                message=_("The package already has a version with this number."),
            ),
            check("number_from_one", Q(number__gte=1), _("Versions are numbered from 1.")),
            check(
                "two_people",
                ~Q(published_by=F("approved_by")),
                _("A version is approved by someone other than the one who publishes it."),
            ),
            filled("note", _("Say what is new in the version.")),
        ]

    def __str__(self) -> str:
        return f"{self.package}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only ever an insert.

        Raises:
            ImmutableError: the version is already stored.
        """
        if not self._state.adding:
            raise ImmutableError("A published version is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: what was published stands."""
        raise ImmutableError("A published version is never deleted.")


class Decision(models.TextChoices):
    PENDING = "pending", _("waiting")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


class PublishRequestQuerySet(models.QuerySet["PublishRequest"]):
    def pending(self) -> Self:
        """Requests that nobody has decided on."""
        return self.filter(decision=Decision.PENDING)


class PublishRequest(models.Model):
    """A coordinator's wish to publish exactly this content, and another person's answer."""

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="requests",
    )
    sha256 = models.CharField(_("checksum"), max_length=64)
    note = models.TextField(_("what is new"), max_length=2000)
    requested_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("requested by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    decision = models.CharField(
        _("decision"), max_length=20, choices=Decision.choices, default=Decision.PENDING
    )
    decided_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    objects = PublishRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to publish")
        verbose_name_plural = _("requests to publish")
        ordering = ["-requested_at"]
        constraints = [
            unique(
                "one_pending",
                "package",
                when=Q(decision=Decision.PENDING),
                message=_("The package already waits for approval."),
            ),
            one_of("decision", Decision, _("A request is waiting, approved or returned.")),
            together(
                "who_and_when",
                "decided_by",
                "decided_at",
                message=_("Who decided and when are given together."),
            ),
            check(
                "decision_and_date_agree",
                Q(decision=Decision.PENDING, decided_at__isnull=True)
                | (~Q(decision=Decision.PENDING) & Q(decided_at__isnull=False)),
                _("A decision has a date, and only a decision has one."),
            ),
            check(
                "two_people",
                ~Q(decision=Decision.APPROVED) | ~Q(requested_by=F("decided_by")),
                _("Nobody approves their own request."),
            ),
            check(
                "returned_with_reason",
                ~Q(decision=Decision.RETURNED) | ~Q(reason=""),
                _("A returned request says why."),
            ),
            filled("note", _("Say what is new in the version.")),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.get_decision_display()}"
