"""What a reviewer has read of a draft that was sent for approval."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import filled, unique
from actionplan.models import User
from requirements_pkg.models.packages import RequirementsPackage
from requirements_pkg.models.versions import PublishRequest


class ReadTickQuerySet(models.QuerySet["ReadTick"]):
    def read_by(self, person: User, package: RequirementsPackage) -> set[tuple[str, str]]:
        """Return what a person has read of the drafts of a package: items, and how they read."""
        rows = self.filter(person=person, request__package=package)
        return set(rows.values_list("item", "digest"))

    def tick(self, person: User, request: PublishRequest, items: Mapping[str, str]) -> None:
        """Note that a person has read items of a draft, each as its digest says it reads."""
        self.bulk_create(
            [
                ReadTick(person=person, request=request, item=item, digest=digest)
                for item, digest in items.items()
            ],
            update_conflicts=True,
            unique_fields=["person", "request", "item"],
            update_fields=["digest", "read_at"],
        )


class ReadTick(models.Model):
    """One change of a draft that one person has ticked as read, as it read then.

    It is not told in the log: it is that person's own bookmark, and decides nothing.
    """

    request = models.ForeignKey(
        PublishRequest,
        verbose_name=_("request to publish"),
        on_delete=models.CASCADE,
        related_name="ticks",
    )
    person = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    item = models.CharField(_("change"), max_length=200)
    digest = models.CharField(_("checksum"), max_length=64)
    read_at = models.DateTimeField(_("read at"), default=timezone.now)

    objects: ClassVar = ReadTickQuerySet.as_manager()

    class Meta:
        verbose_name = _("change that was read")
        verbose_name_plural = _("changes that were read")
        ordering = ["request", "item"]
        constraints = [
            unique(
                "once",
                "person",
                "request",
                "item",
                message=_("The change is already ticked as read."),
            ),
            filled("item", _("State which change was read.")),
            filled("digest", _("State how the change read.")),
        ]

    def __str__(self) -> str:
        return self.item
