"""Kinds of columns that refuse a cell in words: numbers, dates, and one of a few choices."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import text
from actionplan.excel.columns import Column, ColumnKind, Look, StrOrPromise
from actionplan.excel.columns.units import OtherUnit
from actionplan.excel.reading.values import DayText

# 85 %, 1 200 kr.
WITH_UNIT: Final = re.compile(r"([-−]?[0-9][0-9 ]*(?:[.,][0-9]+)?) ?[^0-9 ][^0-9]*")

# A text such as 1.000: a thousand where points part thousands, and one where they do not.
THOUSANDS: Final = re.compile(r"[-−]?[1-9][0-9]{0,2}\.[0-9]{3}")


def spellings(phrase: StrOrPromise) -> set[str]:
    """Return a phrase folded in every language of the site: files outlive a choice of one."""
    folded = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            folded.add(text.fold(str(phrase)))
    return folded


def headings(column: Column) -> set[str]:
    """Return what may stand above a column, folded: in any language, or of an earlier version."""
    return {*spellings(column.label), *map(text.fold, column.earlier)}


@dataclass(frozen=True)
class ChoiceKind(ColumnKind):
    """One of a few codes, shown by its name; either is read, in any language of the site.

    Args:
        choices: the codes and their names.
        called: what else they are called on pages and in files, by code, in the active language.
    """

    look: Look = field(default="text", kw_only=True)
    choices: type[models.Choices] = models.TextChoices
    called: Callable[[], Mapping[str, str]] = dict

    def names(self) -> dict[object, str]:
        """Return what the codes are called."""
        return {value: str(label) for value, label in self.choices.choices}

    def show(self, value: Any) -> str:
        """Return the name of a code."""
        member = self._members.get(value)
        return "" if member is None else str(member.label)

    def read(self, cell: object) -> str | None:
        """Return the code that a cell names."""
        given = text.fold("" if cell is None else str(cell))
        if given and given not in self._codes:
            names = ", ".join(str(label) for label in self.choices.labels)
            sentence = _("“%(value)s” is not one of: %(names)s.")
            raise ValueError(sentence % {"value": cell, "names": names})
        return self._codes.get(given)

    def knows(self, words: str) -> bool:
        """Tell whether a cell with these words names one of the codes."""
        return text.fold(words) in self._codes

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes = {text.fold(code): code for code in self.choices.values}
        for code, label in self.choices.choices:
            codes |= dict.fromkeys(spellings(label), code)
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                codes |= {text.fold(name): code for code, name in self.called().items()}
        return codes

    @cached_property
    def _members(self) -> dict[str, models.Choices]:
        return {member.value: member for member in self.choices}


@dataclass(frozen=True)
class YesNoKind(ColumnKind):
    """Whether something is so."""

    def names(self) -> dict[object, str]:
        """Return the two words."""
        return {True: str(YES), False: str(NO)}


@dataclass(frozen=True)
class NumberKind(ColumnKind):
    """A number, also when Excel holds it as text with a decimal comma.

    Args:
        whole: whether it has no decimals.
        unit: the name of the column that tells its unit.
    """

    look: Look = field(default="number", kw_only=True)
    whole: bool = False
    unit: str = ""

    def read(self, cell: object) -> int | Decimal | None:
        """Return the number that a cell says."""
        given = "" if cell is None else text.clean(str(cell))
        if not given:
            return None
        if type(cell) is str and THOUSANDS.fullmatch(given):
            sentence = _("“%(value)s” may be two numbers. Write %(one)s or %(other)s.")
            thousands = given.replace(".", "")
            decimals = given.replace(".", ",").rstrip("0").rstrip(",")
            raise ValueError(sentence % {"value": given, "one": thousands, "other": decimals})
        try:
            number = Decimal(_bare(given))
        except InvalidOperation:
            number = Decimal("NaN")
        # A huge exponent would make an int of millions of digits.
        if not number.is_finite() or abs(number.adjusted()) > 15:
            raise ValueError(_no_number(cell, given))
        if not self.whole:
            return number
        if number != number.to_integral_value():
            raise ValueError(_("“%(value)s” is not a whole number.") % {"value": given[:50]})
        return int(number)


@dataclass(frozen=True)
class DateKind(ColumnKind):
    """A date, as Excel's own or written 2025-12-31."""

    look: Look = field(default="date", kw_only=True)

    def read(self, cell: object) -> date | None:
        """Return the date that a cell says."""
        if isinstance(cell, DayText):
            return cell.at.date()
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        given = "" if cell is None else text.clean(str(cell))
        if not given:
            return None
        try:
            return date.fromisoformat(given)
        except ValueError:
            sentence = _("“%(value)s” is not a date such as 2025-12-31.")
            raise ValueError(sentence % {"value": given[:50]}) from None


YES, NO = gettext_lazy("yes"), gettext_lazy("no")
YES_NO: Final = YesNoKind()
NUMBER: Final = NumberKind()
WHOLE: Final = NumberKind(whole=True)
DATE: Final = DateKind()


def _no_number(cell: object, given: str) -> str:
    """Say why a cell is no number, and what to do."""
    if isinstance(cell, OtherUnit):
        return _in_other_unit(cell)
    if match := WITH_UNIT.fullmatch(given):
        sentence = _("The cell shows “%(value)s”: write the number alone, %(number)s.")
        return sentence % {"value": given[:50], "number": match[1]}
    return _("“%(value)s” is not a number.") % {"value": given[:50]}


def _in_other_unit(cell: OtherUnit) -> str:
    values = {"value": cell[:50], "unit": cell.unit}
    if not cell.unit:
        sentence = _(
            "The cell shows “%(value)s”, but the row has no unit. Write the unit in the "
            "unit column of the row."
        )
        return sentence % values
    sentence = _(
        "The cell shows “%(value)s”, but the unit of the row is “%(unit)s”. Correct one of them."
    )
    return sentence % values


def _bare(given: str) -> str:
    """Return a number as Python writes it."""
    return given.replace(" ", "").replace(",", ".").replace("−", "-")
