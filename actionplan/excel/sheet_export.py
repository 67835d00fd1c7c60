"""Rows as a sheet that goes out: the columns it declares, as tuples from the cursor."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar, Final

import tablib
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from import_export.resources import ModelResource

from actionplan import permissions
from actionplan.excel.columns import Column
from actionplan.excel.sheet_fields import BETWEEN, NumberWidget, SheetField, canonical_word

ID, FINGERPRINT = "id", "fingerprint"
# Rows that the database hands over at a time.
BATCH: Final = 2000


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
        """Values by row for columns without a path, in one query for each batch of rows."""
        return {}

    def export(self, queryset: QuerySet | None = None, **kwargs: Any) -> tablib.Dataset:
        """The rows all at once, for what compares them; `rows` are those of a file."""
        dataset = tablib.Dataset(
            *self.rows(self.get_queryset() if queryset is None else queryset),
            headers=[str(field.heading) for field in self.fields.values()],
            title=str(self.get_display_name()),
        )
        dataset.columns = self.columns()
        return dataset

    def rows(self, queryset: QuerySet) -> Iterator[tuple[Any, ...]]:
        """The rows as their file shows them, in the memory of one batch."""
        shows = {name: Shows(field) for name, field in self.fields.items()}
        rows = self._tuples(self.prepare(queryset))
        while batch := list(islice(rows, BATCH)):
            yield from self._shown(batch, shows)

    def _shown(
        self, batch: list[tuple[Any, ...]], shows: Mapping[str, "Shows"]
    ) -> Iterator[tuple[Any, ...]]:
        """Rows as their file shows them, made column by column."""
        keys, _owners, *found = zip(*batch, strict=True)
        values = dict(zip(self._told_names(), found, strict=True))
        details = self._details_of(keys)
        columns, read = {}, []
        for name, show in shows.items():
            stored = values[name] if name in values else [details[pk].get(name) for pk in keys]
            if not show.field.is_read and isinstance(show.field.widget, NumberWidget):
                # Shown as it is stored.
                columns[name] = stored
                continue
            told = list(map(show.__getitem__, stored))
            columns[name] = [shown for shown, _word in told]
            if show.field.is_read:
                read.append([word for _shown, word in told])
        if FINGERPRINT in columns:
            columns[FINGERPRINT] = list(map(self._control_code, keys, zip(*read, strict=True)))
        return zip(*columns.values(), strict=True)

    def _told(self, queryset: QuerySet) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Rows with their owner and all that their columns tell, also what has no path."""
        names, rows = self._told_names(), self._tuples(queryset)
        while batch := list(islice(rows, BATCH)):
            details = self._details_of([pk for pk, *_values in batch])
            for pk, owner, *values in batch:
                yield pk, owner, dict(zip(names, values, strict=True)) | details[pk]

    def _details_of(self, keys: Sequence[int]) -> Mapping[int, dict[str, Any]]:
        """What the columns without a path tell of these rows."""
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        if type(self).details is not SheetResource.details:
            rows = self._meta.model._base_manager.filter(pk__in=keys)
            found |= self.details(rows)
        return found

    def _told_names(self) -> list[str]:
        return [name for name, field in self.fields.items() if field.attribute]

    def _tuples(self, queryset: QuerySet) -> Iterator[tuple[Any, ...]]:
        """The key of each row, its owner, and its values by path."""
        paths = [self.fields[name].attribute for name in self._told_names()]
        rows = queryset.prefetch_related(None).values_list("pk", self.owner_path or "pk", *paths)
        return rows.iterator(chunk_size=BATCH)

    def _said(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values as a sheet that holds them would be read."""
        return {
            name: field.said(field.shown(values.get(name)))
            for name, field in self.fields.items()
            if (name in values or field.is_read) and name not in (self.identity, FINGERPRINT)
        }

    def _fingerprint(self, pk: int, said: Mapping[str, Any]) -> str:
        read = [said[name] for name, field in self.fields.items() if field.is_read]
        return self._control_code(pk, map(canonical_word, read))

    def _control_code(self, pk: int, words: Iterable[str]) -> str:
        whole = BETWEEN.join((self._meta.model._meta.label, str(pk), *words))
        return hashlib.sha256(whole.encode()).hexdigest()[:12]


class Shows(dict[Any, tuple[Any, str]]):
    """What a column shows of each value, and how that counts in the control code.

    Most columns have few values: those met last are remembered.
    """

    most = 1000

    def __init__(self, field: SheetField) -> None:
        super().__init__()
        self.field = field

    def __missing__(self, value: Any) -> tuple[Any, str]:
        if len(self) >= self.most:
            self.clear()
        shown = self.field.shown(value)
        word = canonical_word(self.field.said(shown)) if self.field.is_read else ""
        self[value] = found = shown, word
        return found
