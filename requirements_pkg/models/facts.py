"""What lists, and parts of their pages, need of the published versions, beside them.

It is taken from `PackageVersion.content`, as that may be read, and can be made again from it at
any time.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from requirements_pkg.document.facts import (
    Choices,
    CoveredArea,
    Listing,
    Mark,
    Matrix,
    Outline,
    OverviewFacts,
    RequirementEntry,
)
from requirements_pkg.document.masking import MaskedWords
from requirements_pkg.document.schema import Lesson
from requirements_pkg.models.fields import PartField
from requirements_pkg.models.versions import PackageVersion


class VersionFacts(models.Model):
    """The facts of a version, each in a column of its name.

    See `requirements_pkg.document.facts`.
    """

    version = models.OneToOneField(
        PackageVersion,
        verbose_name=_("version"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="facts",
    )
    title = models.TextField(_("title"), blank=True)
    listing = PartField(_("facts for lists"), blank=True, of=Listing)
    requirements = PartField(_("marks of the requirements"), blank=True, of=dict[str, Mark])
    entries = PartField(
        _("names of the requirements"), blank=True, of=tuple[RequirementEntry, ...]
    )
    choices = PartField(_("what can be chosen"), blank=True, of=Choices)
    overview = PartField(_("introductions and figures"), blank=True, of=OverviewFacts)
    outline = PartField(_("goals and indicators"), blank=True, of=Outline)
    lessons = PartField(_("incorporated lessons"), blank=True, of=tuple[Lesson, ...])
    matrix = PartField(_("risks and their treatment"), blank=True, of=Matrix)
    covered = PartField(
        _("risks and their treatment by area"), blank=True, of=tuple[CoveredArea, ...]
    )

    # What of the content nobody is to read; all facts are taken from what is left.
    masked = PartField(_("masked words"), blank=True, default=tuple, of=tuple[MaskedWords, ...])

    class Meta:
        verbose_name = _("facts of a version")
        verbose_name_plural = _("facts of versions")

    def __str__(self) -> str:
        return str(self.version)
