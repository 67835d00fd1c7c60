"""The columns of a sheet that comes and goes: where a value stands, how it is shown and read."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from actionplan import text
from actionplan.excel.columns import Column, Kind, Look, StrOrPromise
from actionplan.excel.columns.kinds import spellings
from actionplan.excel.columns.units import OtherUnit
from actionplan.excel.reading.values import ShownDay, ShownNumber, words

BETWEEN: Final = "\x1f"
# 85 %, 1 200 kr.
WITH_UNIT: Final = re.compile(r"([-−]?[0-9][0-9 ]*(?:[.,][0-9]+)?) ?[^0-9 ][^0-9]*")

# A text such as 1.000: a thousand where points part thousands, and one where they do not.
THOUSANDS: Final = re.compile(r"[-−]?[1-9][0-9]{0,2}\.[0-9]{3}")


class TextWidget(Widget):
    """Text, cleaned on its way in as everywhere else."""

    def __init__(self, *, paragraphs: bool = False) -> None:
        super().__init__()
        self.tidy = text.clean_paragraphs if paragraphs else text.clean

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return "" if value is None else self.tidy(self.words(value))

    def words(self, value: Any) -> str:
        """A cell as a text."""
        return words(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class CodeWidget(TextWidget):
    """Short text such as 1.10, which Excel may have taken for a number."""

    def words(self, value: Any) -> str:
        return value.number if isinstance(value, ShownNumber) else str(value)


class ChoiceWidget(Widget):
    """One of a few codes, shown by its name; either is read, in any language of the site.

    Args:
        choices: the codes and their names.
        called: what else they are called on pages and in files, by code, in the active language.
    """

    def __init__(
        self,
        choices: type[models.TextChoices],
        *,
        called: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__()
        self.choices, self.called = choices, called

    @cached_property
    def _codes(self) -> dict[str, str]:
        found = {text.fold(code): code for code in self.choices.values}
        for code, label in self.choices.choices:
            found |= dict.fromkeys(spellings(label), code)
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found |= {text.fold(name): code for code, name in self.called().items()}
        return found

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        given = text.fold("" if value is None else str(value))
        if given and given not in self._codes:
            names = ", ".join(str(label) for label in self.choices.labels)
            sentence = _("“%(value)s” is not one of: %(names)s.")
            raise ValueError(sentence % {"value": value, "names": names})
        return self._codes.get(given)

    @cached_property
    def _members(self) -> dict[str, models.TextChoices]:
        return {member.value: member for member in self.choices}

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        member = self._members.get(value)
        return "" if member is None else str(member.label)


class NumberWidget(Widget):
    """A number, also when Excel holds it as text with a decimal comma."""

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__()
        self.whole = whole

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | Decimal | None:
        given = "" if value is None else text.clean(str(value))
        if not given:
            return None
        if type(value) is str and THOUSANDS.fullmatch(given):
            sentence = _("“%(value)s” may be two numbers. Write %(one)s or %(other)s.")
            one, other = given.replace(".", ""), given.replace(".", ",").rstrip("0").rstrip(",")
            raise ValueError(sentence % {"value": given, "one": one, "other": other})
        try:
            number = Decimal(_bare(given))
        except InvalidOperation:
            number = Decimal("NaN")
        # A huge exponent would make an int of millions of digits.
        if not number.is_finite() or abs(number.adjusted()) > 15:
            if isinstance(value, OtherUnit):
                raise ValueError(_in_other_unit(value))
            if found := WITH_UNIT.fullmatch(given):
                sentence = _("The cell shows “%(value)s”: write the number alone, %(number)s.")
                raise ValueError(sentence % {"value": given[:50], "number": found[1]})
            raise ValueError(_("“%(value)s” is not a number.") % {"value": given[:50]})
        if not self.whole:
            return number
        if number != number.to_integral_value():
            raise ValueError(_("“%(value)s” is not a whole number.") % {"value": given[:50]})
        return int(number)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class DateWidget(Widget):
    """A date, as Excel's own or written 2025-12-31."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if isinstance(value, ShownDay):
            return value.at.date()
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        given = "" if value is None else text.clean(str(value))
        if not given:
            return None
        try:
            return date.fromisoformat(given)
        except ValueError:
            sentence = _("“%(value)s” is not a date such as 2025-12-31.")
            raise ValueError(sentence % {"value": given[:50]}) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class SheetField(Field):
    """A column: its path from the row, what stands above it, and whether it is read again.

    `imported` columns are written to the row itself; `places` columns name where the row belongs
    and are read by the resource's `place`; `linked` columns tell rows of other tables in one
    text, which the resource checks and writes. All others are told and never read.
    """

    def __init__(
        self,
        path: str,
        heading: StrOrPromise,
        width: int = 20,
        kind: Look = "text",
        *,
        help: StrOrPromise = "",
        widget: Widget | None = None,
        imported: bool = False,
        places: bool = False,
        linked: bool = False,
        keeps: bool = False,
        aliases: StrOrPromise = "",
        unit: str = "",
    ) -> None:
        super().__init__(
            attribute=path or None,
            widget=widget or _widget(kind),
            readonly=not imported,
            # An empty cell leaves what is stored alone where the model wants a value.
            saves_null_values=not keeps,
        )
        self.heading = heading
        self.width = width
        self.kind: Look = kind
        self.help = help
        self.keeps = keeps
        # What others call such a column, parted by commas.
        self.aliases = aliases
        # The column that tells the unit of its numbers.
        self.unit = unit
        self.places = places
        self.linked = linked
        self.is_read = imported or places or linked

    @property
    def choices(self) -> list[tuple[str, StrOrPromise]]:
        """The few values a cell may have, where they are few."""
        is_chosen = self.is_read and isinstance(self.widget, ChoiceWidget)
        return list(self.widget.choices.choices) if is_chosen else []

    def column(self) -> Column:
        """What the spreadsheet layer wants to know of it."""
        labels = tuple(str(label) for _value, label in self.choices)
        return Column(
            self.column_name,
            self.heading,
            self.width,
            Kind(self.kind, offers=labels),
            self.help,
        )

    def get_value(self, instance: models.Model) -> Any:
        """The value as import-export compares it; a linked text is held beside the row."""
        if self.linked:
            return instance.linked.get(self.column_name)
        # A column of the row itself needs no way to be followed, and most are.
        is_own = not self.readonly
        return getattr(instance, self.attribute) if is_own else super().get_value(instance)

    def put(self, instance: models.Model, cell: Any) -> None:
        """Write what a cell says to the row; ValueError when it says nothing that fits."""
        if self.linked:
            instance.linked[self.column_name] = self.read(cell)
        elif not self.readonly:
            value = self.read(cell)
            if value is not None or self.saves_null_values:
                setattr(instance, self.attribute, value)

    def shown(self, value: Any) -> Any:
        """A stored value as the sheet shows it."""
        return self.widget.render(value)

    def read(self, cell: Any) -> Any:
        """What a cell of the sheet says; ValueError when it says nothing that fits."""
        return self.widget.clean(cell)

    def said(self, cell: Any) -> Any:
        """What a cell says, or the cell itself: what is stored may be older than a rule."""
        try:
            return self.widget.clean(cell)
        except ValueError:
            return cell


def canonical_word(value: Any) -> str:
    """A value as one text that is the same however the number or date was held."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


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
    """A number as Python writes it."""
    return given.replace(" ", "").replace(",", ".").replace("−", "-")


def _widget(kind: Look) -> Widget:
    match kind:
        case "number":
            return NumberWidget(whole=True)
        case "date":
            return DateWidget()
        case "code":
            return CodeWidget()
        case _:
            return TextWidget()
