"""Rows as a sheet that goes out: the columns it declares, as tuples from the cursor."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import tablib
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from import_export.resources import ModelResource

from actionplan import permissions
from actionplan.sheet_fields import canonical
from actionplan.spreadsheet import Column

ID, FINGERPRINT = "id", "fingerprint"


class OnlyDeclared:
    """Excludes every field of the model: a sheet has the columns its resource declares."""

    def __contains__(self, name: object) -> bool:
        return True


class SheetResource(ModelResource):
    """What every sheet has. `user` is who exports or imports; nobody given reads nothing."""

    # From a row to what decides who may change it: a plan, unless the sheet says otherwise.
    owner_path: ClassVar[str] = ""
    # The column that identifies a row, whatever else is changed in it.
    identity: ClassVar[str] = ID

    class Meta:
        exclude = OnlyDeclared()

    def __init__(self, user: permissions.Person | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user: Any = user or AnonymousUser()

    @classmethod
    def is_imported(cls) -> bool:
        """Whether the sheet comes back at all."""
        return any(field.is_read for field in cls.fields.values())

    @classmethod
    def columns(cls) -> list[Column]:
        """The columns of the sheet, in order."""
        return [field.column() for field in cls.fields.values()]

    def get_queryset(self) -> QuerySet:
        return self._meta.model._default_manager.filter(permissions.readable(self.user))

    def prepare(self, queryset: QuerySet) -> QuerySet:
        """The rows with what the paths of the columns need."""
        return queryset

    def details(self, queryset: QuerySet) -> dict[int, dict[str, Any]]:
        """Values by row for columns without a path, in one query."""
        return {}

    def export(self, queryset: QuerySet | None = None, **kwargs: Any) -> tablib.Dataset:
        """The rows as tuples from the cursor: one query, however many there are."""
        queryset = self.prepare(self.get_queryset() if queryset is None else queryset)
        dataset = tablib.Dataset(
            *self._rows(queryset),
            headers=[str(field.heading) for field in self.fields.values()],
            title=str(self.get_display_name()),
        )
        dataset.columns = self.columns()
        return dataset

    def _rows(self, queryset: QuerySet) -> Iterator[list[Any]]:
        for pk, _owner, values in self._told(queryset):
            if FINGERPRINT in self.fields:
                values[FINGERPRINT] = self._fingerprint(pk, self._said(values))
            yield [field.shown(values.get(name)) for name, field in self.fields.items()]

    def _told(self, queryset: QuerySet) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Rows with their owner and all that their columns tell, also what has no path."""
        details = self.details(queryset)
        for pk, owner, values in self._tuples(queryset):
            yield pk, owner, values | details.get(pk, {})

    def _tuples(self, queryset: QuerySet) -> Iterator[tuple[int, int, dict[str, Any]]]:
        names = [name for name, field in self.fields.items() if field.attribute]
        paths = [self.fields[name].attribute for name in names]
        rows = queryset.prefetch_related(None).values_list("pk", self.owner_path or "pk", *paths)
        for pk, owner, *values in rows.iterator(chunk_size=2000):
            yield pk, owner, dict(zip(names, values, strict=True))

    def _said(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values as a sheet that holds them would be read."""
        return {
            name: field.said(field.shown(values.get(name)))
            for name, field in self.fields.items()
            if (name in values or field.is_read) and name not in (self.identity, FINGERPRINT)
        }

    def _fingerprint(self, pk: int, said: Mapping[str, Any]) -> str:
        read = [said[name] for name, field in self.fields.items() if field.is_read]
        whole = canonical([self._meta.model._meta.label, pk, *read])
        return hashlib.sha256(whole.encode()).hexdigest()[:12]
