"""Whether the web addresses of sources answer, as somebody outside the site has found."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, unique


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def failing(self) -> Self:
        """Return the addresses that did not answer when they were last asked."""
        return self.filter(failing_since__isnull=False)

    def note(self, addresses: Collection[str], answering: Collection[str], at: datetime) -> None:
        """Note of addresses whether they answer; what failed before has failed since then."""
        since = dict(self.failing().values_list("address", "failing_since"))
        self.all().delete()
        self.bulk_create(
            LinkCheck(
                address=address,
                checked_at=at,
                failing_since=None if address in answering else since.get(address, at),
            )
            for address in sorted(set(addresses))
        )


class LinkCheck(models.Model):
    """One web address, and whether it answered."""

    address = models.CharField(_("web address"), max_length=500)
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)
    failing_since = models.DateTimeField(_("without an answer since"), null=True, blank=True)

    objects: ClassVar = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a web address")
        verbose_name_plural = _("checks of web addresses")
        ordering = ["address"]
        constraints = [
            filled("address", _("State which web address was checked.")),
            unique("once", "address", message=_("The web address is already checked.")),
            check(
                "failing_when_checked",
                Q(failing_since__isnull=True) | Q(failing_since__lte=F("checked_at")),
                _("An address cannot have failed after it was checked."),
            ),
        ]

    def __str__(self) -> str:
        return self.address
