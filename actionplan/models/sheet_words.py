"""What words of Excel files mean that name nothing here, as somebody once said."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import filled, unique
from actionplan.models.logged import Logged

LONGEST_WORD: Final = 200


class SheetWord(Logged):
    """A word that was met in a column of a list, and what it was said to mean.

    Headings of the matrix have spellings of their own, which documents share.
    """

    logged_name = "folded"

    sheet = models.CharField(_("list"), max_length=80)
    column = models.CharField(_("column"), max_length=80)
    # The address of the plan or package in which alone it means that; "" means everywhere.
    scope = models.CharField(_("only in"), max_length=150, blank=True)
    folded = models.CharField(_("word in files"), max_length=LONGEST_WORD)
    # What the column would say instead, and what that was called then.
    meaning = models.CharField(_("means"), max_length=LONGEST_WORD)
    label = models.TextField(_("in words"), blank=True)

    class Meta:
        verbose_name = _("word in Excel files")
        verbose_name_plural = _("words in Excel files")
        ordering = ["sheet", "column", "scope", "folded"]
        constraints = [
            unique(
                "means_one_thing",
                "sheet",
                "column",
                "scope",
                "folded",
                message=_("The word already has a meaning in this column."),
            ),
            filled("folded", _("Enter the word.")),
            filled("meaning", _("Enter what the word means.")),
        ]

    def __str__(self) -> str:
        return self.folded
