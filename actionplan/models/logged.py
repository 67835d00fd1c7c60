"""Rows of which every change stands in the log: `save` and `delete` write it, and nothing else.

What is written by the many goes through `actionplan.database.bulk`, which writes it too.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector

from actionplan.django_edges import AnyField, Handed
from actionplan.models.change_log import NO_REASON, ChangeKind, ChangeLog, RowChange, Values
from actionplan.models.written import Written

# What JSON has, and a column too; an enumeration is not, though its members are texts.
AS_IT_IS: Final = frozenset((str, int, bool, float, type(None), list, dict))
# Stands in the log for a value that it must not keep.
CONCEALED: Final = "***"
BATCH: Final = 500
Row = TypeVar("Row", bound=models.Model, covariant=True)


class LoggedQuerySet(models.QuerySet[Row]):
    """Rows whose removal stands in the log, that of what goes with them included."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove the rows, and tell of them.

        Raises:
            TypeError: it is a part of a list.
        """
        if self.query.is_sliced:
            raise TypeError("Rows of a part of a list cannot be deleted.")
        rows = self.all()
        # As Django's own does; its stubs know nothing of it.
        rows._for_write = True  # type: ignore[attr-defined]
        rows.query.select_for_update, rows.query.select_related = False, False
        rows.query.clear_ordering(force=True)
        collector = Collector(using=rows.db, origin=self)
        collector.collect(rows)
        self._result_cache = None
        return _remove(collector, by=None, reason=NO_REASON)

    # As Django's own: no manager has it.
    delete.queryset_only = True  # type: ignore[attr-defined]


class Logged(Written):
    """A row that says what it belongs to, for the log.

    `logged_in` names the foreign key to what it is a part of, `logged_plan` and `logged_package`
    the ways to its plan and its package: None where there is none, "" where it is one itself.
    Of the columns in `logged_hidden` the log says that they were changed, never their values; it
    passes over those in `logged_not`, and over files, which have a column with their checksum.
    """

    logged_in: ClassVar[str] = ""
    logged_plan: ClassVar[str | None] = None
    logged_package: ClassVar[str | None] = None
    # The way to what it is known by in the log, where that is no plain column of its own.
    logged_name: ClassVar[str] = ""
    # Whether reading it and taking it out is told as well.
    is_confidential: ClassVar[bool] = False
    logged_hidden: ClassVar[frozenset[str]] = frozenset()
    logged_not: ClassVar[frozenset[str]] = frozenset()

    # Of the columns that were read or stored last: their names, and their values.
    _read: tuple[Iterable[str], Iterable[object]] = ((), ())
    _by: AbstractBaseUser | None = None
    _reason: str = NO_REASON

    objects = LoggedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Handed, **kwargs: Handed) -> None:
        """Store the row, and tell what was changed."""
        stored, fields = self._stored(), kwargs.get("update_fields")
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            changes = added([self]) if stored is None else changed([self], fields, [stored])
            ChangeLog.objects.write(type(self), changes, by=self._by, reason=self._reason)
        self.is_stored(fields)
        self._reason = NO_REASON

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Remove the row, and tell of it and of all that goes with it."""
        if self.pk is None:
            raise ValueError("A row that is not stored cannot be deleted.")
        collector = Collector(using=using or self._state.db or DEFAULT_DB_ALIAS, origin=self)
        collector.collect([self], keep_parents=keep_parents)
        return _remove(collector, by=self._by, reason=self._reason)

    @classmethod
    def from_db(
        cls, db: Any, field_names: Collection[str], values: Collection[object], **kwargs: Handed
    ) -> Self:
        """Keep what was read, to tell what is changed of it.

        Django 6.1 says in `kwargs` how columns that were not read are fetched.
        """
        row = super().from_db(db, field_names, values, **kwargs)
        row._read = field_names, values
        return row

    def refresh_from_db(self, *args: Handed, **kwargs: Handed) -> None:
        """Keep what was read, to tell what is changed of it."""
        super().refresh_from_db(*args, **kwargs)
        self.is_stored(kwargs.get("fields", args[1] if len(args) > 1 else None))

    def signed_by(self, by: AbstractBaseUser | None, reason: str = NO_REASON) -> Self:
        """Say who changes the row next, and why; else it is whoever is logged in."""
        self._by, self._reason = by, reason
        return self

    def is_stored(self, names: Iterable[str] | None = None) -> None:
        """Take what the row says now, in all fields or in these, for what the database has."""
        values = self._loaded()
        if names is not None:
            columns = _columns(self, names)
            values = self.known() | {name: values[name] for name in columns if name in values}
        self._read = values.keys(), values.values()

    def known(self) -> Values:
        """Return what the database has of the row, as far as it was read."""
        return dict(zip(*self._read, strict=True))

    def _loaded(self) -> Values:
        """Return the columns that have been read, or given, with what they are now."""
        values = self.__dict__
        names = (field.attname for field in self._meta.concrete_fields)
        return {name: values[name] for name in names if name in values}

    def _stored(self) -> Values | None:
        """Return what the database has of the row; None where it is new."""
        if self.pk is None:
            return None
        known = self.known()
        if not self._state.adding and known.keys() >= self._loaded().keys():
            return known
        return stored_values(type(self), [self.pk]).get(self.pk)


def stored_values(model: type[models.Model], keys: Sequence[object]) -> dict[Any, Values]:
    """Return what the database has of some rows, by their keys."""
    names = [field.attname for field in model._meta.concrete_fields]
    stored = {}
    for start in range(0, len(keys), BATCH):
        rows = model._base_manager.filter(pk__in=keys[start : start + BATCH]).order_by("pk")
        for values in rows.values_list("pk", *names):
            stored[values[0]] = dict(zip(names, values[1:], strict=True))
    return stored


def known_values(model: Any, rows: Sequence[Any], names: Collection[str]) -> list[Values]:
    """Return what the database has of rows: as they were read, else the database is asked."""
    known = [row.known() for row in rows]
    wanted = {model._meta.get_field(name).attname for name in names}
    unread = [row.pk for row, values in zip(rows, known, strict=True) if wanted - values.keys()]
    if not unread:
        return known
    stored = stored_values(model, unread)
    return [stored.get(row.pk, values) for row, values in zip(rows, known, strict=True)]


def added(rows: Iterable[models.Model]) -> list[RowChange]:
    """Say of rows that were stored just now that they are new."""
    return [
        RowChange(row.pk, _whole_of(row), ChangeKind.ADDED, {}, _plain(row, row.__dict__))
        for row in rows
    ]


def changed(
    rows: Iterable[Any], names: Iterable[str] | None, stored: Iterable[Values]
) -> list[RowChange]:
    """Say of stored rows what was changed of them; nothing where nothing was.

    Args:
        names: the fields that were written; None means all.
        stored: what was there before.
    """
    changes = []
    for row, before in zip(rows, stored, strict=True):
        differing: tuple[Values, Values] = {}, {}
        for name, field in _columns(row, names).items():
            if name not in row.__dict__ or name not in before or _is_passed_over(row, field):
                continue
            old, new = before[name], row.__dict__[name]
            if old != new:
                # A year that was given as a text is no other year.
                old, new = (json_value(field, field.to_python(value)) for value in (old, new))
                if old != new:
                    is_hidden = name in row.logged_hidden
                    old, new = (CONCEALED, CONCEALED) if is_hidden else (old, new)
                    differing[0][name], differing[1][name] = old, new
        if differing[1]:
            changes.append(RowChange(row.pk, _whole_of(row), ChangeKind.CHANGED, *differing))
    return changes


def removed(model: Any, keys: Iterable[object]) -> list[RowChange]:
    """Say of rows that are still there that they go, whole as they are."""
    way = model.logged_in
    part = model._meta.get_field(way).attname if way else ""
    return [
        RowChange(key, values.get(part), ChangeKind.REMOVED, _plain(model, values), {})
        for key, values in stored_values(model, list(keys)).items()
    ]


def _remove(
    collector: Collector, *, by: AbstractBaseUser | None, reason: str
) -> tuple[int, dict[str, int]]:
    with transaction.atomic(savepoint=False):
        for model, keys in _going(collector):
            ChangeLog.objects.write(model, removed(model, keys), by=by, reason=reason)
        return collector.delete()


def _going(collector: Collector) -> Iterator[tuple[type[Logged], list[object]]]:
    """Yield the logged rows that a deletion takes along, by model."""
    for model, rows in collector.data.items():
        if issubclass(model, Logged):
            yield model, [row.pk for row in rows]
    for queryset in collector.fast_deletes:
        if issubclass(queryset.model, Logged):
            yield queryset.model, list(queryset.order_by().values_list("pk", flat=True))


def _columns(row: models.Model, names: Iterable[str] | None) -> dict[str, Any]:
    fields = row._meta.concrete_fields if names is None else map(row._meta.get_field, names)
    return {field.attname: field for field in fields if field.concrete}


def _whole_of(row: Any) -> int | None:
    return getattr(row, f"{row.logged_in}_id") if row.logged_in else None


def _plain(row: Any, values: Values) -> Values:
    return {
        field.attname: CONCEALED
        if field.attname in row.logged_hidden
        else json_value(field, values[field.attname])
        for field in row._meta.concrete_fields
        if field.attname in values and not _is_passed_over(row, field)
    }


def _is_passed_over(row: Any, field: AnyField) -> bool:
    return field.attname in row.logged_not or isinstance(field, models.BinaryField)


def json_value(field: Any, value: object) -> object:
    """Return a value as JSON has it; `to_python` of its field turns it back."""
    if type(value) in AS_IT_IS:
        return value
    value = field.to_python(value)
    if type(value) in AS_IT_IS:
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
