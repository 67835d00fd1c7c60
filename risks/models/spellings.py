"""What the regions' documents call things: headings of the matrix, organisations, categories."""

from functools import reduce
from operator import or_
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled
from actionplan.models import Organisation, PurchasingCategory
from actionplan.models.logged import Logged

LONGEST_SPELLING: Final = 200
# What a spelling may mean.
MEANT: Final = ("stage", "dimension", "organisation", "category")


def _only(meant: str) -> Q:
    """Return the rows that mean a thing of this kind, and nothing else."""
    return Q(**{f"{name}__isnull": name != meant for name in MEANT})


class HeadingAlias(Logged):
    """A spelling that is met in the regions' documents, and what it means."""

    folded = models.CharField(
        _("heading in documents"),
        max_length=LONGEST_SPELLING,
        unique=True,
        help_text=_("In lower case, as the documents write it: sluttilverkning"),
    )
    stage = models.ForeignKey(
        "risks.LifecycleStage",
        verbose_name=_("life-cycle stage"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
    )
    dimension = models.ForeignKey(
        "risks.Dimension",
        verbose_name=_("dimension"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
    )
    category = models.ForeignKey(
        PurchasingCategory,
        verbose_name=_("purchasing category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
    )

    class Meta:
        verbose_name = _("spelling in documents")
        verbose_name_plural = _("spellings in documents")
        ordering = ["folded"]
        constraints = [
            check(
                "means_one_thing",
                reduce(or_, map(_only, MEANT)),
                _(
                    "Choose one thing that the spelling means: a life-cycle stage, a dimension, "
                    "an organisation or a purchasing category."
                ),
            ),
            filled("folded", _("Enter the heading.")),
        ]

    def __str__(self) -> str:
        return self.folded


def spellings(meant: str, path: str) -> dict[str, Any]:
    """Return what each spelling of a kind means, by the spelling.

    Args:
        meant: the kind, of `MEANT`.
        path: to what is wanted of it.
    """
    rows = HeadingAlias.objects.filter(**{f"{meant}__isnull": False})
    return dict(rows.values_list("folded", path))
