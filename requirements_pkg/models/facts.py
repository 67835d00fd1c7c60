"""What lists need of the published versions, beside them.

It is taken from `PackageVersion.content` and can be made again from it at any time.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from requirements_pkg.models.fields import QuickJSONField
from requirements_pkg.models.versions import PackageVersion


class VersionFacts(models.Model):
    """The facts of a version, each in a column of its name: see `requirements_pkg.facts`."""

    version = models.OneToOneField(
        PackageVersion,
        verbose_name=_("version"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="facts",
    )
    title = models.TextField(_("title"), blank=True)
    listing = QuickJSONField(_("facts for lists"), blank=True)
    requirements = QuickJSONField(_("marks of the requirements"), blank=True)
    outline = QuickJSONField(_("goals and indicators"), blank=True)
    lessons = QuickJSONField(_("lessons taken in"), blank=True)
    matrix = QuickJSONField(_("risks and their treatment"), blank=True)
    covered = QuickJSONField(_("risks and their treatment by area"), blank=True)

    class Meta:
        verbose_name = _("facts of a version")
        verbose_name_plural = _("facts of versions")

    def __str__(self) -> str:
        return str(self.version)
