"""A sheet of rows that goes out to Excel and comes back: import-export, made safe.

The package knows no rights, asks one query a row, and never asks "changed since?". Here
- a row is written only when its owner is editable before the change and after it,
- a row that equals what is stored is skipped, whoever stored it,
- a row that changed since the export is refused, and so is an unknown or repeated id,
- only the columns that a row changes are written,
- nothing is ever deleted, and one faulty row stops the whole file.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, ClassVar

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.results import RowResult

from actionplan import text
from actionplan.database import bulk
from actionplan.database.row_checks import broken_rules
from actionplan.excel.reading.values import Unread
from actionplan.excel.sheet_export import FINGERPRINT
from actionplan.excel.sheet_fields import SheetField, StrOrPromise
from actionplan.excel.sheet_reading import Reading, Row, SheetReader
from actionplan.excel.sheet_results import (
    MOST_SHOWN,
    ImportRefused,
    SheetResult,
    changes_of,
    differences,
)
from actionplan.excel.sheet_sentences import unread
from actionplan.models import ChangeEvent, EventKind, User


class ScopedResource(SheetReader):
    """Base of all sheets.

    One that is imported names the foreign key that decides where a row belongs in `place_field`,
    and finds it in `place`. Linked columns are read to `instance.linked`, and written by `write`.
    """

    place_field: ClassVar[str] = ""
    # What is said of rows whose owner one does not edit.
    foreign: ClassVar[StrOrPromise] = gettext_lazy(
        "The row belongs to a plan that you may not edit."
    )

    class Meta(SheetReader.Meta):
        skip_unchanged = True
        report_skipped = True
        # Nothing is kept for each row; `write` does the bulk, with history, in a transaction.
        use_transactions = False
        use_bulk = True
        batch_size = None
        # The package copies each row and compares the copies, for what nobody looks at.
        skip_diff = True

    def place(self, instance: Any, row: Row) -> int:
        """Set where the row belongs, and return the primary key of its owner."""
        raise NotImplementedError

    def settle(self) -> Iterator[tuple[int, ValidationError]]:
        """What is wrong with rows, by number, that shows only when all have been read."""
        return iter(())

    def in_turn(self, instances: list[Any]) -> list[list[Any]]:
        """New rows in lots that can be stored one after another."""
        return [instances]

    @classmethod
    def get_result_class(cls) -> type[SheetResult]:
        return SheetResult

    def import_data(
        self,
        dataset: tablib.Dataset,
        dry_run: bool = False,
        raise_errors: bool = False,
        use_transactions: bool | None = None,
        collect_failed_rows: bool = False,
        rollback_on_validation_errors: bool = False,
        **kwargs: Any,
    ) -> SheetResult:
        """Compare the file and check its rows while nobody waits; `after_import` writes.

        The package has all of it in one transaction, which on SQLite nobody else may write in.
        """
        result = self.import_data_inner(
            dataset, dry_run, raise_errors, False, collect_failed_rows, **kwargs
        )
        result.head_row = getattr(dataset, "head_row", 1)
        result.sheet = getattr(dataset, "sheet", "")
        return result

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Read the whole file and fetch what is stored."""
        self._written: Counter[int] = Counter()
        self._seen: set[Any] = set()
        self._pending: dict[int, Any] = {}
        self._shown = 0
        self._changes: list[tuple[int, str, str, str]] = []
        super().before_import(dataset, **kwargs)

    def import_row(self, row: Row, instance_loader: Any, **kwargs: Any) -> RowResult:
        """Skip what equals the stored row; name columns, not fields, in what is wrong."""
        self._number = kwargs["row_number"]
        if self._number not in self._readings:
            result = RowResult()
            result.import_type = RowResult.IMPORT_TYPE_SKIP
            return result
        result = super().import_row(self._reading.row, instance_loader, **kwargs)
        if result.validation_error:
            result.validation_error = self._in_words(result.validation_error)
        return result

    @property
    def _reading(self) -> Reading:
        return self._readings[self._number]

    def get_instance(self, instance_loader: Any, row: Row) -> models.Model | None:
        """The stored row, unless someone else's, repeated, or changed since the export."""
        self._refuse_unread(row)
        reading = self._reading
        stored = self._stored.get(reading.key) if reading.key else None
        if stored is None:
            if reading.is_named:
                sentence = _("There is no row with this id. Leave the id empty for a new row.")
                raise ValidationError(sentence)
            return None
        self._guard(stored.owner)
        if not reading.is_named:
            sentence = _(
                "The row is already stored and differs from the one in the file. Export "
                "it and edit that file."
            )
            raise ValidationError(sentence)
        if reading.key in self._seen:
            raise ValidationError(_("This id occurs twice in the file. Remove one of the rows."))
        self._seen.add(reading.key)
        fingerprint = self._fingerprint(stored.pk, stored.values)
        if text.clean(str(row.get(FINGERPRINT) or "")) != fingerprint:
            raise ValidationError(
                _(
                    "The row has changed since the export. Export again and make your change "
                    "in the new file."
                )
            )
        instance = self._instances[reading.key]
        instance.linked = {name: stored.values[name] for name in self._linked()}
        return instance

    def _refuse_unread(self, row: Row) -> None:
        """Refuse a row of which a cell that counts shows an error, or nothing of what it holds."""
        found = {name: row[name] for name in self.wanted() if isinstance(row.get(name), Unread)}
        if found:
            raise ValidationError({name: unread(cell) for name, cell in found.items()})

    def init_instance(self, row: Row | None = None) -> models.Model:
        instance = super().init_instance(row)
        instance.linked = {}
        return instance

    def after_init_instance(
        self, instance: models.Model, new: bool, row: Row, **kwargs: Any
    ) -> None:
        """Remember the row as it is, before anything is written to it."""
        self._before = self._values(instance)

    def skip_row(
        self,
        instance: models.Model,
        original: models.Model | None,
        row: Row,
        import_validation_errors: dict[str, Any] | None = None,
    ) -> bool:
        """Whether all is as it was before."""
        self._after = self._values(instance)
        return not import_validation_errors and self._after == self._before

    def after_import_row(self, row: Row, row_result: RowResult, **kwargs: Any) -> None:
        """Tell what changes, in as many rows as are shown."""
        if row_result.import_type == RowResult.IMPORT_TYPE_SKIP or not kwargs["dry_run"]:
            return
        before, fields = None if row_result.is_new() else self._before, self.get_import_fields()
        told = changes_of(fields, before, self._after)
        self._changes += [(self._number, *change) for change in told]
        if self._shown < MOST_SHOWN:
            self._shown += 1
            row_result.diff = differences(fields, before, self._after)

    def _values(self, instance: models.Model) -> list[Any]:
        return [field.get_value(instance) for field in self.get_import_fields()]

    def _linked(self) -> list[str]:
        return [name for name, field in self.fields.items() if field.linked]

    def _guard(self, owner: int) -> None:
        if owner not in self._editable:
            raise ValidationError(self.foreign)

    def import_instance(self, instance: models.Model, row: Row, **kwargs: Any) -> None:
        """Write the values, find the place, and ask whether its owner may be edited."""
        errors: dict[str, list[ValidationError]] = {}
        for field in self._written_by(instance, row):
            try:
                field.put(instance, row[field.column_name])
            except ValueError as error:
                # What is linked is named by its column: others may share its path.
                name = field.column_name if field.linked else field.attribute
                errors[name] = [ValidationError(str(error), code="invalid")]
        try:
            self._owner = self.place(instance, self._whole(row))
            self._guard(self._owner)
        except ValidationError as error:
            # Under the key of the foreign key where it names no column.
            named = error if hasattr(error, "error_dict") else {self.place_field: error}
            errors = ValidationError(named).update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _written_by(self, instance: models.Model, row: Row) -> list[SheetField]:
        """The columns that a row changes; what only looks tidier in the sheet is left alone."""
        names = row if instance.pk is None else self._reading.changed & row.keys()
        return [field for field in self.get_import_fields() if field.column_name in names]

    def _whole(self, row: Row) -> Row:
        """The row, and what its file has no column for: as it is stored, or nothing."""
        stored = self._stored.get(self._reading.key)
        return {**dict.fromkeys(self.fields), **(stored.values if stored else {}), **row}

    @cached_property
    def _headings(self) -> dict[str, str]:
        """What stands above a column, by its name and by its field."""
        found: dict[str, str] = {}
        for name, field in self.fields.items():
            if field.is_read or name in (self.identity, FINGERPRINT):
                found |= dict.fromkeys((name, field.attribute or name), str(field.heading))
        return found

    def _in_words(self, error: ValidationError) -> ValidationError:
        headings = self._headings
        words: dict[str, list[str]] = {}
        found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in found.items():
            words.setdefault(headings.get(name, NON_FIELD_ERRORS), []).extend(sentences)
        return ValidationError(words)

    def validate_instance(
        self,
        instance: models.Model,
        import_validation_errors: dict[str, Any] | None = None,
        validate_unique: bool = True,
    ) -> None:
        """All that needs no query a row; what is unique the database checks in `write`."""
        errors = dict(import_validation_errors or {})
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

    def _check_lengths(self, instance: models.Model) -> None:
        for name, validator in self._lengths:
            try:
                validator(getattr(instance, name))
            except ValidationError as error:
                raise ValidationError({name: error}) from error

    @cached_property
    def _lengths(self) -> list[tuple[str, MaxLengthValidator]]:
        """What no text may be longer than; Django leaves it to forms for a TextField."""
        fields = [self._meta.model._meta.get_field(name) for name in self._own_fields()]
        return [
            (field.name, MaxLengthValidator(field.max_length))
            for field in fields
            if isinstance(field, models.TextField) and field.max_length
        ]

    def _own_fields(self) -> list[str]:
        return [field.attribute for field in self.fields.values() if not field.readonly]

    def save_instance(
        self, instance: models.Model, is_create: bool, row: Row, **kwargs: Any
    ) -> None:
        """Keep the row for `write`; it is validated by now."""
        (self.create_instances if is_create else self.update_instances).append(instance)
        self._pending[self._number] = instance
        self._written[self._owner] += 1

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        """Nothing yet: `write` follows when every row has been read."""

    bulk_update = bulk_delete = bulk_create

    def after_import(self, dataset: tablib.Dataset, result: SheetResult, **kwargs: Any) -> None:
        """Write all rows or none, if all is still as the file was compared with it.

        A preview writes nothing: what the database would refuse has been judged by then.
        """
        result.notices = getattr(self, "_notices", [])
        result.changes = self._changes
        if result.has_errors() or result.has_validation_errors() or not self._written:
            return
        self.refuse_too_many()
        for number, error in self.settle():
            self._tell(result, number, error)
        if result.has_validation_errors() or kwargs["dry_run"]:
            return
        try:
            with transaction.atomic():
                if not self.is_as_it_was():
                    raise ImportRefused(_("Somebody else changed the same data. Try again."))
                self.write(self.user)
        except IntegrityError as error:
            self._blame(result)
            if not result.has_validation_errors():
                raise ImportRefused(
                    _("Rows in the file contradict each other. Correct them.")
                ) from error

    def _blame(self, result: SheetResult) -> None:
        """Find the rows that the database did not accept, and say it in the model's words."""
        for number, instance in self._pending.items():
            try:
                instance.validate_constraints()
            except ValidationError as error:
                self._tell(result, number, error)

    def _tell(self, result: SheetResult, number: int, error: ValidationError) -> None:
        result.append_invalid_row(number, self._readings[number].row, self._in_words(error))

    def write(self, by: User) -> None:
        """Store what was read, with its history and one event for each owner."""
        model, reason = self._meta.model, _("Imported from Excel")
        for lot in self.in_turn(self.create_instances):
            bulk.make(model, lot, by=by, reason=reason)
        bulk.change(model, self.update_instances, self._changed(), by=by, reason=reason)
        for owner, subject in self.subjects(self._written):
            detail = {
                "file": self._file_name,
                "sheet": model._meta.label,
                "changes": self._written[owner],
            }
            ChangeEvent.objects.record(EventKind.IMPORTED, subject, by=by, detail=detail)

    def _changed(self) -> list[str]:
        """The fields of the rows that some row changes."""
        names = {name for reading in self._readings.values() for name in reading.changed}
        fields = [self.fields[name] for name in sorted(names)]
        if any(field.places for field in fields):
            # What is moved may get a new position as well.
            return [*self._own_fields(), self.place_field]
        # A linked column with a path stands for a foreign key of the row itself.
        found = [field.attribute.partition("__")[0] for field in fields if field.attribute]
        return list(dict.fromkeys(found))


def _check_rules(instance: models.Model) -> None:
    if broken := broken_rules(instance):
        raise ValidationError(broken)


def _gathered(checks: list[Callable[[], None]], errors: dict[str, Any]) -> dict[str, Any]:
    """What is wrong already, and all that the checks find."""
    for check in checks:
        try:
            check()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    return errors
