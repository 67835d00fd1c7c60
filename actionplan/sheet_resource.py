"""A sheet of rows that goes out to Excel and comes back: import-export, made safe.

The package knows no rights, asks one query a row, and never asks "changed since?". Here
- a row is written only when its plan is editable before the change and after it,
- a row that equals what is stored is skipped, whoever stored it,
- a row that changed since the export is refused, and so is an unknown or repeated id,
- nothing is ever deleted, and one faulty row stops the whole file.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from import_export.results import RowResult
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from actionplan import permissions, text
from actionplan.models import ActionPlan, ChangeEvent, EventKind, User
from actionplan.sheet_export import FINGERPRINT, ID, SheetResource
from actionplan.sheet_fields import SheetField, spellings
from actionplan.sheet_results import ImportRefused, SheetDiff, SheetResult

Row = Mapping[str, Any]
BATCH = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as it is stored: its plan, and its values as a sheet would say them."""

    plan: int
    values: dict[str, Any]
    fingerprint: str


class ScopedResource(SheetResource):
    """Base of all sheets.

    One that is imported has the columns `id` and `fingerprint`, names the way to the plan in
    `plan_path` and the foreign key that decides it in `place_field`, and finds that in `place`.
    """

    place_field: ClassVar[str] = ""
    # What an instance is fetched with.
    related: ClassVar[tuple[str, ...]] = ()

    class Meta:
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        # No savepoint for each row; `write` does the bulk, with history.
        use_bulk = True
        batch_size = None

    def place(self, instance: Any, row: Row) -> int:
        """Set where the row belongs, and return the primary key of its plan."""
        raise NotImplementedError

    def look_up(self, rows: list[Row], slugs: set[str]) -> None:
        """Fetch what `place` needs for the rows to be written."""

    def get_import_fields(self) -> list[SheetField]:
        return [field for field in self.fields.values() if field.is_read]

    def get_diff_headers(self) -> list[str]:
        return [str(field.heading) for field in self.get_import_fields()]

    @classmethod
    def get_result_class(cls) -> type[SheetResult]:
        return SheetResult

    @classmethod
    def get_diff_class(cls) -> type[SheetDiff]:
        return SheetDiff

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Read the whole file and fetch what is stored, in a handful of queries."""
        self._file_name = kwargs.get("file_name") or ""
        self._notices: list[str] = []
        self._written: Counter[int] = Counter()
        self._seen: set[int] = set()
        self._pending: list[tuple[int, Row, models.Model]] = []
        try:
            if not self.is_imported():
                raise ImportRefused(_("This sheet is only exported."))
            self._name_columns(dataset)
            self._fetch([dict(zip(dataset.headers, row, strict=True)) for row in dataset])
        except ImportRefused:
            dataset.wipe()
            raise

    def _name_columns(self, dataset: tablib.Dataset) -> None:
        known: dict[str, str] = {}
        for name, field in self.fields.items():
            known |= dict.fromkeys({text.fold(name), *spellings(field.heading)}, name)
        names = [known.get(text.fold(heading)) for heading in dataset.headers]
        wanted = [n for n, f in self.fields.items() if f.is_read or n in (ID, FINGERPRINT)]
        for sentence, found in (
            (_("The file lacks these columns: %(names)s."), [n for n in wanted if n not in names]),
            (
                _("These columns occur twice: %(names)s."),
                [n for n in wanted if names.count(n) > 1],
            ),
        ):
            if found:
                headings = ", ".join(str(self.fields[name].heading) for name in found)
                raise ImportRefused(sentence % {"names": headings})
        unknown = [h for h, name in zip(dataset.headers, names, strict=True) if h and not name]
        if unknown:
            sentence = _("These columns are unknown and were not read: %(names)s.")
            self._notices.append(sentence % {"names": ", ".join(unknown)})
        dataset.headers = [name or f"?{at}" for at, name in enumerate(names)]

    def _fetch(self, rows: list[Row]) -> None:
        given = [(number, row, _number(row.get(ID))) for number, row in enumerate(rows, start=1)]
        self._stored = self._fetch_stored(sorted({pk for _n, _row, pk in given if pk}))
        self._unchanged: set[int] = set()
        self._changed: set[str] = set()
        to_write: list[tuple[Row, int | None]] = []
        differing: Counter[str] = Counter()
        for number, row, pk in given:
            stored = self._stored.get(pk) if pk else None
            differing.update(self._differing(row, stored, is_read=False) if stored else ())
            changed = set(self._differing(row, stored, is_read=True)) if stored else set()
            self._changed |= changed
            if _is_blank(row) or (stored and not changed):
                self._unchanged.add(number)
            else:
                to_write.append((row, pk))
        for name, count in differing.items():
            sentence = _("“%(column)s” is not read, and differs in %(count)s rows.")
            values = {"column": self.fields[name].heading, "count": count}
            self._notices.append(sentence % values)
        if not to_write:
            return
        pks = sorted({pk for _row, pk in to_write if pk in self._stored})
        self._instances = self._fetch_instances(pks)
        slugs = {text.clean(str(row.get("plan") or "")) for row, _pk in to_write}
        named = Q(pk__in={self._stored[pk].plan for pk in pks}) | Q(slug__in=slugs)
        plans = ActionPlan.objects.filter(permissions.editable(self.user)).filter(named)
        self._editable = set(plans.values_list("pk", flat=True))
        self.look_up([row for row, _pk in to_write], slugs)

    def _fetch_stored(self, pks: list[int]) -> dict[int, Stored]:
        found = {}
        for part in _parts(pks):
            rows = self._meta.model._base_manager.filter(pk__in=part)
            # Whoever saves one of these rows meanwhile waits, so that nothing is lost.
            list(rows.select_for_update().values_list("pk"))
            for pk, plan, values in self._tuples(rows):
                said = self._said(values)
                found[pk] = Stored(plan, said, self._fingerprint(pk, said))
        return found

    def _fetch_instances(self, pks: list[int]) -> dict[int, models.Model]:
        rows = self._meta.model._base_manager.select_related(*self.related)
        return {row.pk: row for part in _parts(pks) for row in rows.filter(pk__in=part)}

    def _differing(self, row: Row, stored: Stored, *, is_read: bool) -> Iterator[str]:
        for name, value in stored.values.items():
            field = self.fields[name]
            if field.is_read is is_read and name in row:
                try:
                    same = field.read(row[name]) == value
                except ValueError:
                    same = False
                if not same:
                    yield name

    def get_instance(self, instance_loader: Any, row: Row) -> models.Model | None:
        """The stored row, unless someone else's, repeated, or changed since the export."""
        if not text.clean(str(row[ID] if row[ID] is not None else "")):
            return None
        pk = _number(row[ID])
        stored = self._stored.get(pk) if pk else None
        if pk is None or stored is None:
            raise ValidationError(_("There is no row with this id. Leave it empty for a new row."))
        self._guard(stored.plan)
        if pk in self._seen:
            raise ValidationError(_("This id stands in the file twice."))
        self._seen.add(pk)
        if text.clean(str(row[FINGERPRINT] or "")) != stored.fingerprint:
            raise ValidationError(_("The row has changed since the export. Export again."))
        return self._instances[pk]

    def _guard(self, plan: int) -> None:
        if plan not in self._editable:
            raise ValidationError(_("The row belongs to a plan that you do not edit."))

    def import_row(self, row: Row, instance_loader: Any, **kwargs: Any) -> RowResult:
        """Skip what equals the stored row; name columns, not fields, in what is wrong."""
        if kwargs["row_number"] in self._unchanged:
            result = RowResult()
            result.import_type = RowResult.IMPORT_TYPE_SKIP
            return result
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error:
            result.validation_error = self._in_words(result.validation_error)
        return result

    def import_instance(self, instance: models.Model, row: Row, **kwargs: Any) -> None:
        """Write the values, find the place, and ask whether its plan may be edited."""
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        try:
            self._plan = self.place(instance, row)
            self._guard(self._plan)
        except ValidationError as error:
            # Under the key of the foreign key, so that Django does not find it missing as well.
            errors[self.place_field] = error.error_list
        if errors:
            raise ValidationError(errors)

    def _in_words(self, error: ValidationError) -> ValidationError:
        headings = {f.attribute: str(f.heading) for f in self.fields.values() if f.is_read}
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
        """All that needs no query a row; the database checks its constraints in `write`."""
        errors = dict(import_validation_errors or {})
        checks: list[Callable[[], None]] = [
            partial(instance.clean_fields, exclude={*errors, self.place_field}),
            partial(self._check_lengths, instance),
        ]
        if not errors:
            checks += [instance.clean, instance.validate_unique]
        for check in checks:
            try:
                check()
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _check_lengths(self, instance: models.Model) -> None:
        # Django leaves the length of a TextField to forms.
        for name in self._own_fields():
            field = instance._meta.get_field(name)
            if isinstance(field, models.TextField) and field.max_length:
                try:
                    MaxLengthValidator(field.max_length)(getattr(instance, name))
                except ValidationError as error:
                    raise ValidationError({name: error}) from error

    def _own_fields(self) -> list[str]:
        return [field.attribute for field in self.fields.values() if not field.readonly]

    def save_instance(
        self, instance: models.Model, is_create: bool, row: Row, **kwargs: Any
    ) -> None:
        """Keep the row for `write`; it is validated by now."""
        (self.create_instances if is_create else self.update_instances).append(instance)
        self._pending.append((kwargs["row_number"], row, instance))
        self._written[self._plan] += 1

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        """Nothing yet: `write` follows when every row has been read."""

    bulk_update = bulk_delete = bulk_create

    def after_import(self, dataset: tablib.Dataset, result: SheetResult, **kwargs: Any) -> None:
        """Write all rows or none, in the preview too: what it promises has been tried."""
        result.notices = getattr(self, "_notices", [])
        if result.has_errors() or result.has_validation_errors() or not self._written:
            return
        try:
            with transaction.atomic():
                self.write(self.user)
        except IntegrityError as error:
            self._blame(result)
            if not result.has_validation_errors():
                raise ImportRefused(_("Rows of the file contradict each other.")) from error

    def _blame(self, result: SheetResult) -> None:
        """Find the rows that the database did not accept, and say it in the model's words."""
        for number, row, instance in self._pending:
            try:
                instance.validate_constraints()
            except ValidationError as error:
                result.append_invalid_row(number, row, self._in_words(error))

    def write(self, by: User) -> None:
        """Store what was read, with its history and one event for each plan."""
        model, reason = self._meta.model, _("Imported from Excel")
        told = {"batch_size": BATCH, "default_user": by, "default_change_reason": reason}
        bulk_create_with_history(self.create_instances, model, **told)
        if self.update_instances:
            names = [self.fields[name].attribute for name in self._changed]
            if any(self.fields[name].readonly for name in self._changed):
                # What is moved may get a new position as well.
                names = [*self._own_fields(), self.place_field]
            bulk_update_with_history(self.update_instances, model, names, **told)
        for plan in ActionPlan.objects.filter(pk__in=self._written):
            detail = {
                "file": self._file_name,
                "sheet": model._meta.label,
                "changes": self._written[plan.pk],
            }
            ChangeEvent.objects.record(EventKind.IMPORTED, plan, by=by, detail=detail)


def _number(value: Any) -> int | None:
    given = text.clean(str(value if value is not None else ""))
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _is_blank(row: Row) -> bool:
    return all(value is None or not str(value).strip() for value in row.values())


def _parts(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]
