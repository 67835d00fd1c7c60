"""The regions' own Word templates, whose letterhead a buyer's file is written on."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import filled
from actionplan.models import Organisation
from actionplan.models.logged import Logged, LoggedQuerySet


class WordTemplateQuerySet(LoggedQuerySet["WordTemplate"]):
    def letterheads(self) -> "models.QuerySet[WordTemplate, tuple[str, str]]":
        """Return the code of each organisation that has a template, and the template's title."""
        return self.order_by("title").values_list("organisation__code", "title")

    def paper_of(self, code: str) -> bytes | None:
        """Return the template of an organisation, or None where it has none."""
        content = self.filter(organisation__code=code).values_list("content", flat=True).first()
        return None if content is None else bytes(content)


class WordTemplate(Logged):
    """A letterhead. Whoever uploads it makes it public: every buyer may write on it."""

    logged_in = "organisation"

    organisation = models.OneToOneField(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="word_template",
        error_messages={"unique": _("The organisation already has a template. Replace it.")},
    )
    # As buyers see it: copied when it was made public, since they never read a live table.
    title = models.CharField(_("title"), max_length=200, editable=False)
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

    objects: ClassVar = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word template")
        verbose_name_plural = _("Word templates")
        ordering = ["organisation__name"]
        constraints = [filled("file_name", _("Enter the file name of the template."))]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.file_name}"
