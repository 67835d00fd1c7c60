"""What is published: versions for ever, what was withdrawn, and the requests that led there."""

from collections.abc import Iterable
from typing import ClassVar, NoReturn, Self

import msgspec
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, unique
from actionplan.database import bulk_tuples
from actionplan.django_edges import Handed
from actionplan.models.logged import Logged
from actionplan.models.second_person import (
    Decision,
    DecisionSentences,
    SecondPersonDecision,
    SecondPersonQuerySet,
    decision_constraints,
)
from requirements_pkg.document.reading import in_order
from requirements_pkg.models.fields import DocumentAsText, DocumentField, bytes_loader
from requirements_pkg.models.packages import RequirementsPackage
from requirements_pkg.models.requirements import Requirement


class ImmutableError(Exception):
    """Somebody tried to change what was published."""


class PackageVersionQuerySet(models.QuerySet["PackageVersion"]):
    def in_force(self) -> Self:
        """Return the newest version of each package that has not been withdrawn."""
        newer = PackageVersion.objects.filter(
            package=OuterRef("package"), number__gt=OuterRef("number"), withdrawal__isnull=True
        )
        return self.filter(~Exists(newer), withdrawal__isnull=True)

    def of(self, slug: str) -> Self:
        """Return the versions of one package, newest first."""
        return self.filter(package__slug=slug).order_by("-number")

    def texts(self) -> dict[int, str | bytes]:
        """Return the content of each version as JSON for `document_of`, by its key.

        From PostgreSQL they are the bytes that it sent. A text made of half a megabyte, and bytes
        made of that again to read it, take as long as the reading.
        """
        rows = self.order_by().values_list("pk", DocumentAsText("content"))
        if connection.vendor != "postgresql":
            return dict(rows)
        try:
            sql, given = rows.query.sql_with_params()
        except EmptyResultSet:
            return {}
        with connection.cursor() as cursor:
            cursor.adapters.register_loader("text", bytes_loader())
            cursor.execute(sql, given)
            return dict(cursor.fetchall())

    def as_stored(self, pk: int) -> dict[str, object]:
        """Return a version's content with its keys sorted, just as its checksum is taken of it."""
        text = self.annotate(text=Cast("content", models.TextField())).values_list(
            "text", flat=True
        )
        stored: dict[str, object] = msgspec.json.decode(in_order(text.get(pk=pk).encode()))
        return stored

    def update(self, **kwargs: Handed) -> NoReturn:
        """Refuse: what was published stands."""
        raise ImmutableError("A published version is never changed.")

    def delete(self) -> NoReturn:
        """Refuse: what was published stands."""
        raise ImmutableError("A published version is never deleted.")


class PackageVersion(models.Model):
    """One publication: a single document that pages, downloads and comparisons read."""

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="versions",
        db_index=False,
    )
    number = models.PositiveIntegerField(_("version"))
    schema = models.PositiveSmallIntegerField(_("schema"))
    content = DocumentField(_("content"))
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
            check("number_from_one", Q(number__gte=1), _("Number the versions from 1.")),
            check(
                "two_people",
                ~Q(published_by=F("approved_by")),
                _("Somebody other than the person who publishes the version has to approve it."),
            ),
            filled("note", _("Write what is new in the version.")),
        ]

    def __str__(self) -> str:
        return f"{self.package}, version {self.number}"

    def save(self, *args: Handed, **kwargs: Handed) -> None:
        """Insert; a stored version is never changed.

        Raises:
            ImmutableError: the version is already stored.
        """
        if not self._state.adding:
            raise ImmutableError("A published version is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Handed, **kwargs: Handed) -> NoReturn:
        """Refuse: what was published stands."""
        raise ImmutableError("A published version is never deleted.")


class PublishRequestQuerySet(SecondPersonQuerySet["PublishRequest"]):
    def newest(self) -> Self:
        """Return the last request of each package, which says how it stands."""
        of_package = PublishRequest.objects.filter(package=models.OuterRef("package"))
        last = of_package.order_by("-requested_at", "-pk").values("pk")[:1]
        return self.filter(pk=models.Subquery(last))


class PublishRequest(SecondPersonDecision):
    """A coordinator's wish to publish exactly this content, and another person's answer."""

    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.PROTECT,
        related_name="requests",
    )
    sha256 = models.CharField(_("checksum"), max_length=64)
    note = models.TextField(_("what is new"), max_length=2000)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    objects: ClassVar = PublishRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to publish")
        verbose_name_plural = _("requests to publish")
        ordering = ["-requested_at"]
        constraints = [
            unique(
                "one_pending",
                "package",
                when=Q(decision=Decision.PENDING),
                message=_("The package is already waiting for approval."),
            ),
            *decision_constraints(
                DecisionSentences(
                    unknown=_("Choose waiting, approved or returned."),
                    without_person=_("State both who decided and when."),
                    without_date=_("A decision needs a date, and a date needs a decision."),
                    by_oneself=_("You cannot approve your own request. Ask another reviewer."),
                    without_reason=_("Write why the request is returned."),
                ),
                dated="decision_and_date_agree",
            ),
            filled("note", _("Write what is new in the version.")),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.get_decision_display()}"


class VersionWithdrawal(Logged):
    """A published version that is no longer to be used. It stays readable, and says so."""

    logged_in = "version"
    logged_plan = "version__package__plan"
    logged_package = "version__package"

    version = models.OneToOneField(
        PackageVersion,
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="withdrawal",
    )
    reason = models.TextField(
        _("reason"), max_length=2000, help_text=_("It is shown to everybody.")
    )
    replaced_by = models.ForeignKey(
        PackageVersion,
        verbose_name=_("use instead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), default=timezone.now)

    class Meta:
        verbose_name = _("withdrawn version")
        verbose_name_plural = _("withdrawn versions")
        ordering = ["-withdrawn_at"]
        constraints = [
            filled("reason", _("Write why the version is withdrawn.")),
            check(
                "not_replaced_by_itself",
                ~Q(replaced_by=F("version")),
                _("A withdrawn version cannot refer to itself. Choose another version."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)


class RequirementRevisionQuerySet(models.QuerySet["RequirementRevision"]):
    def keep(self, rows: Iterable[tuple[int, int, str]], *, version: PackageVersion) -> None:
        """Store wordings, each as its requirement, number and checksum, of one version.

        Written as tuples: a first version may hold a thousand of them, and `bulk_create` costs
        more than all the rest of publishing (budget 7).
        """
        bulk_tuples.insert(
            RequirementRevision,
            ("requirement", "number", "sha256", "version"),
            ((*row, version.pk) for row in rows),
            most=bulk_tuples.MOST_OF_SHORT_ROWS,
        )


class RequirementRevision(models.Model):
    """A wording of a requirement as it was first published: `SE-01:2` counts these."""

    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        # What was published is withdrawn, never deleted.
        on_delete=models.PROTECT,
        related_name="revisions",
        db_index=False,
    )
    number = models.PositiveSmallIntegerField(_("number"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    version = models.ForeignKey(
        PackageVersion,
        verbose_name=_("first published in"),
        on_delete=models.PROTECT,
        related_name="revisions",
    )

    objects = RequirementRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published wording")
        verbose_name_plural = _("published wordings")
        ordering = ["requirement", "-number"]
        constraints = [
            unique(
                "number_once",
                "requirement",
                "number",
                message=_("The requirement already has a wording with this number."),
            ),
            check("number_from_one", Q(number__gte=1), _("Number the wordings from 1.")),
        ]

    def __str__(self) -> str:
        return f"{self.requirement.code}:{self.number}"
