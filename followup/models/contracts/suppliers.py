"""With whom contracts are made: a company once, whoever has contracts with it."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import filled, unique
from actionplan.models.logged import Logged, LoggedQuerySet
from followup.identifiers import organisation_numbers


class SupplierQuerySet(LoggedQuerySet["Supplier"]):
    def known_as(self, *, name: str, country: str, number: str) -> Self:
        """Return the supplier with a number, or of none the one with the name."""
        is_same = Q(number=number) if number else Q(number="", name=name)
        return self.filter(is_same, country=country)


class Supplier(Logged):
    """A company, known by its number in its country; by its name where it has none."""

    # That somebody has a contract with it is nobody else's to know.
    is_confidential = True

    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(
        _("country"),
        max_length=2,
        default=organisation_numbers.SWEDEN,
        help_text=_("Two letters: SE, DE, CN."),
    )
    number = models.CharField(
        _("organisation number"),
        max_length=20,
        blank=True,
        help_text=_(
            "As the country's authority writes it: 556036-0793. Empty for a sole trader, whose "
            "number is personal data."
        ),
    )

    objects: ClassVar = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name", "id"]
        constraints = [
            filled("name", _("Enter what the supplier is called.")),
            filled("country", _("Enter the supplier's country.")),
            unique(
                "number_once",
                "country",
                "number",
                when=~Q(number=""),
                message=_("Another supplier has this number in this country."),
            ),
            unique(
                "name_once",
                "country",
                "name",
                when=Q(number=""),
                message=_("Another supplier without a number has this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Write country and number in their one spelling; refuse what can be nobody's."""
        self.country = self.country.strip().upper()
        if organisation_numbers.COUNTRY.fullmatch(self.country) is None:
            raise ValidationError({"country": _("Write the country with two letters: SE.")})
        try:
            self.number = organisation_numbers.written(self.number, self.country)
        except ValueError as error:
            raise ValidationError({"number": str(error)}) from error
