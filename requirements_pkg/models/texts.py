"""What is searched: the published texts cut up, and the words they are written in.

Both are copied from `PackageVersion.content` and can be made again from it at any time.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import one_of
from requirements_pkg.models.versions import PackageVersion


class TextKind(models.TextChoices):
    """What a text is. The order is the order of answers that are equally good."""

    REQUIREMENT = "requirement", _("requirement")
    PACKAGE = "package", _("requirements package")
    RISK = "risk", _("risk")
    GOAL = "goal", _("goal")
    INTRODUCTION = "introduction", _("introduction")


class PublishedText(models.Model):
    """One text of a version that a search can find, with the terms it is found by.

    The table has an index that Django does not know, made for each database by the migration
    `published_text_index`; `requirements_pkg.searching.search` asks it.
    """

    version = models.ForeignKey(
        PackageVersion,
        verbose_name=_("version"),
        on_delete=models.CASCADE,
        related_name="texts",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=TextKind.choices)
    anchor = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("The code of a requirement, or the place on the package's page."),
    )
    heading = models.TextField(_("heading"))
    body = models.TextField(_("text"), blank=True)
    terms = models.TextField(_("terms"))
    opening = models.TextField(_("first terms"))

    class Meta:
        verbose_name = _("published text")
        verbose_name_plural = _("published texts")
        ordering = ["pk"]
        constraints = [one_of("kind", TextKind, _("The text is of an unknown kind."))]

    def __str__(self) -> str:
        return self.heading


class VersionWords(models.Model):
    """The words of a version: what its compounds are taken apart into, and what is suggested."""

    version = models.OneToOneField(
        PackageVersion,
        verbose_name=_("version"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="words",
    )
    words = models.TextField(_("words"), blank=True)

    class Meta:
        verbose_name = _("words of a version")
        verbose_name_plural = _("words of versions")

    def __str__(self) -> str:
        return str(self.version)
