"""The rows of a list as tuples from the cursor: as a file shows them, or to be compared."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from actionplan.django_edges import AnyRows
from actionplan.excel.columns.kinds import NumberKind
from actionplan.excel.lists.excel_list import FINGERPRINT, ExcelList
from actionplan.excel.lists.list_column import ListColumn, canonical_word

# Rows that the database hands over at a time.
BATCH: Final = 2000
BETWEEN: Final = "\x1f"
# The key of a row, that of its owner, and all that its columns tell.
RowValues = tuple[int, int, dict[str, object]]


class StoredRows:
    """What is stored of a list."""

    def __init__(self, sheet: ExcelList) -> None:
        self._sheet = sheet
        self._with_path = [column for column in sheet.columns if column.path]

    def rows_of(self, queryset: AnyRows) -> Iterator[tuple[object, ...]]:
        """Yield the rows as their file shows them, in the memory of one batch."""
        shows = [LabelledValues(column) for column in self._sheet.columns]
        rows = self._tuples(self._sheet.prepare(queryset))
        while batch := list(islice(rows, BATCH)):
            yield from self._batch_rows(batch, shows)

    def _batch_rows(
        self, batch: list[tuple[object, ...]], shows: Sequence["LabelledValues"]
    ) -> Iterator[tuple[object, ...]]:
        """Yield rows as their file shows them, made column by column."""
        keys, _owners, *stored_columns = zip(*batch, strict=True)
        values = dict(
            zip((column.name for column in self._with_path), stored_columns, strict=True)
        )
        details = self._details_of(keys)
        columns, read = {}, []
        for show in shows:
            name = show.column.name
            stored = values[name] if name in values else [details[pk].get(name) for pk in keys]
            if not show.column.is_read and isinstance(show.column.kind, NumberKind):
                # Shown as it is stored.
                columns[name] = stored
                continue
            look_up = show.made if isinstance(stored[0], dict) else show.__getitem__
            pairs = list(map(look_up, stored))
            columns[name] = [cell for cell, _word in pairs]
            if show.column.is_read:
                read.append([word for _cell, word in pairs])
        if FINGERPRINT in columns:
            columns[FINGERPRINT] = list(map(self._control_code, keys, zip(*read, strict=True)))
        return zip(*columns.values(), strict=True)

    def with_values(self, queryset: AnyRows) -> Iterator[RowValues]:
        """Yield rows with their owner and all that their columns tell, also without a path."""
        names, rows = [column.name for column in self._with_path], self._tuples(queryset)
        while batch := list(islice(rows, BATCH)):
            details = self._details_of([pk for pk, *_values in batch])
            for pk, owner, *values in batch:
                yield pk, owner, dict(zip(names, values, strict=True)) | details[pk]

    def as_read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return stored values as a sheet that holds them would be read."""
        keys = (self._sheet.identity, FINGERPRINT)
        return {
            column.name: column.value_or_cell(column.kind.show(values.get(column.name)))
            for column in self._sheet.columns
            if (column.is_read or column.name in values) and column.name not in keys
        }

    def fingerprint(self, pk: int, values: Mapping[str, object]) -> str:
        """Return the control code of a row: of its key and of all that is read of it."""
        read = (canonical_word(values[column.name]) for column in self._sheet.read)
        return self._control_code(pk, read)

    def _control_code(self, pk: int, words: Iterable[str]) -> str:
        whole = BETWEEN.join((self._sheet.model._meta.label, str(pk), *words))
        return hashlib.sha256(whole.encode()).hexdigest()[:12]

    def _details_of(self, keys: Sequence[int]) -> Mapping[int, dict[str, object]]:
        """Return what the columns without a path tell of these rows."""
        details: dict[int, dict[str, object]] = defaultdict(dict)
        if self._sheet.details is not None:
            details |= self._sheet.details(self._sheet.model._base_manager.filter(pk__in=keys))
        return details

    def _tuples(self, queryset: AnyRows) -> Iterator[tuple[Any, ...]]:
        """Yield the key of each row, its owner, and its values by path."""
        paths = [column.path for column in self._with_path]
        owner = self._sheet.owner_path or "pk"
        rows = queryset.prefetch_related(None).values_list("pk", owner, *paths)
        return rows.iterator(chunk_size=BATCH)


class LabelledValues(dict[object, tuple[object, str]]):
    """What a column shows of each value, and how that counts in the control code.

    Most columns have few values: those met last are remembered.
    """

    most = 1000

    def __init__(self, column: ListColumn) -> None:
        super().__init__()
        self.column = column

    def __missing__(self, value: object) -> tuple[object, str]:
        if len(self) >= self.most:
            self.clear()
        self[value] = pair = self.made(value)
        return pair

    def made(self, value: object) -> tuple[object, str]:
        """Return the same without remembering it: what holds other values cannot be looked up."""
        cell = self.column.kind.show(value)
        word = canonical_word(self.column.value_or_cell(cell)) if self.column.is_read else ""
        return cell, word
