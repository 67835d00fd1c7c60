"""The rows of a file that write something, one by one: what is wrong, and what they change.

A row is written only when its owner is editable before the change and after it. One that changed
since the export is refused, and so is an unknown or repeated id. Only the columns that a row
changes are written.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _

from actionplan import text
from actionplan.database.row_checks import broken_rules
from actionplan.excel.importing.comparing import Comparison
from actionplan.excel.importing.sentences import unread
from actionplan.excel.lists import FINGERPRINT, ColumnUse, IncomingRow, ListColumn, Row
from actionplan.excel.reading.values import UnreadCell


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that passed: what it writes, for whom, and its values before and after."""

    instance: Any
    owner: int
    is_new: bool
    before: list[object]
    after: list[object]


class RowChecks:
    """All that a row has to pass, without a query for any."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._sheet, self._incoming = comparison.sheet, comparison.incoming
        self._model = comparison.sheet.model
        self._seen: set[object] = set()
        self._linked = [c.name for c in self._sheet.columns if c.use is ColumnUse.LINKED]

    def checked(self, reading: IncomingRow) -> CheckedRow | None:
        """Write a row to its instance; None where all is as it was before.

        Raises:
            ValidationError: what is wrong with it, by the headings of its columns.
        """
        try:
            return self._checked(reading)
        except ValidationError as error:
            raise self.in_words(error) from error

    def _checked(self, reading: IncomingRow) -> CheckedRow | None:
        instance = self._instance(reading)
        is_new = instance.pk is None
        before = self._values(instance)
        owner, errors = self._filled_in(instance, reading)
        # Nobody asks what a faulty row would change.
        after = before if errors else self._values(instance)
        if not errors and after == before:
            return None
        self._validate(instance, errors)
        self._incoming.remember(instance, reading)
        return CheckedRow(instance, owner, is_new, before, after)

    def _instance(self, reading: IncomingRow) -> Any:
        """Return a new row, or the stored one unless someone else's, repeated or changed."""
        self._refuse_unread(reading.row)
        stored = self._comparison.stored.get(reading.key) if reading.key else None
        if stored is None:
            if reading.is_named:
                sentence = _("There is no row with this id. Leave the id empty for a new row.")
                raise ValidationError({self._sheet.identity: sentence})
            instance: Any = self._model()
            instance.linked = {}
            return instance
        self._guard(stored.owner)
        if not reading.is_named:
            sentence = _(
                "The row is already stored and differs from the one in the file. Export "
                "it and edit that file."
            )
            raise ValidationError(sentence)
        if reading.key in self._seen:
            sentence = _("This id occurs twice in the file. Remove one of the rows.")
            raise ValidationError({self._sheet.identity: sentence})
        self._seen.add(reading.key)
        fingerprint = self._comparison.rows.fingerprint(stored.pk, stored.values)
        if text.clean(str(reading.row.get(FINGERPRINT) or "")) != fingerprint:
            raise ValidationError(
                _(
                    "The row has changed since the export. Export again and make your change "
                    "in the new file."
                )
            )
        instance = self._comparison.instances[reading.key]
        instance.linked = {name: stored.values[name] for name in self._linked}
        return instance

    def _refuse_unread(self, row: Row) -> None:
        """Refuse a row of which a cell that counts shows an error, or nothing of what it holds."""
        wanted = self._sheet.wanted
        unread_cells = {
            name: row[name] for name in wanted if isinstance(row.get(name), UnreadCell)
        }
        if unread_cells:
            raise ValidationError({name: unread(cell) for name, cell in unread_cells.items()})

    def _guard(self, owner: int) -> None:
        if owner not in self._comparison.editable:
            raise ValidationError(self._incoming.foreign)

    def _filled_in(
        self, instance: object, reading: IncomingRow
    ) -> tuple[int, dict[str, list[ValidationError]]]:
        """Write the values, find the place, and ask whether its owner may be edited."""
        errors: dict[str, list[ValidationError]] = {}
        for column in self._written_by(instance, reading):
            try:
                column.put(instance, reading.row[column.name])
            except ValueError as error:
                # What is linked is named by its column: others may share its path.
                name = column.name if column.use is ColumnUse.LINKED else column.path
                errors[name] = [ValidationError(str(error), code="invalid")]
        owner = 0
        try:
            owner = self._incoming.place(instance, self._comparison.whole(reading), reading)
            self._guard(owner)
        except ValidationError as error:
            # Under the key of the foreign key where it names no column.
            place = self._incoming.place_field
            named = error if hasattr(error, "error_dict") else {place: error}
            errors = ValidationError(named).update_error_dict(errors)
        return owner, errors

    def _written_by(self, instance: Any, reading: IncomingRow) -> list[ListColumn]:
        """Return the columns that a row changes; what only looks tidier in the sheet is left."""
        names = reading.row if instance.pk is None else reading.changed & reading.row.keys()
        return [column for column in self._sheet.read if column.name in names]

    def _values(self, instance: object) -> list[object]:
        return [column.value(instance) for column in self._sheet.read]

    def _validate(self, instance: models.Model, errors: dict[str, Any]) -> None:
        """Check all that needs no query a row; what is unique the database checks at last."""
        # To look a foreign key up is a query a row; what they point at was fetched just now.
        relations = {field.name for field in instance._meta.fields if field.is_relation}
        # Each value by itself, and then what looks at several of them.
        by_itself = [
            partial(instance.clean_fields, exclude=relations | set(errors)),
            partial(self._check_lengths, instance),
        ]
        errors = _gathered(by_itself, errors)
        if not errors:
            errors = _gathered([instance.clean, partial(_check_rules, instance)], errors)
        if errors:
            raise ValidationError(errors)

    def _check_lengths(self, instance: object) -> None:
        for name, validator in self._lengths:
            try:
                validator(getattr(instance, name))
            except ValidationError as error:
                raise ValidationError({name: error}) from error

    @cached_property
    def _lengths(self) -> list[tuple[str, MaxLengthValidator]]:
        """What no text may be longer than; Django leaves it to forms for a TextField."""
        written = [
            column.path for column in self._sheet.columns if column.use is ColumnUse.WRITTEN
        ]
        fields = map(self._model._meta.get_field, written)
        return [
            (field.name, MaxLengthValidator(field.max_length))
            for field in fields
            if isinstance(field, models.TextField) and field.max_length
        ]

    @cached_property
    def _headings(self) -> dict[str, str]:
        """What stands above a column, by its name and by its field."""
        headings: dict[str, str] = {}
        wanted = self._sheet.wanted
        for column in self._sheet.columns:
            if column.name in wanted:
                headings |= dict.fromkeys(
                    (column.name, column.path or column.name), str(column.label)
                )
        return headings

    def in_words(self, error: ValidationError) -> ValidationError:
        """Return an error that names columns, not fields."""
        words: dict[str, list[str]] = {}
        messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in messages.items():
            words.setdefault(self._headings.get(name, NON_FIELD_ERRORS), []).extend(sentences)
        return ValidationError(words)


def _check_rules(instance: models.Model) -> None:
    if broken := broken_rules(instance):
        raise ValidationError(broken)


def _gathered(checks: Iterable[Callable[[], None]], errors: dict[str, Any]) -> dict[str, object]:
    """Return what is wrong already, and all that the checks find."""
    for check in checks:
        try:
            check()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    return errors
