"""What a file says, against what is stored: which rows are new, and what it changes in others.

Nothing is locked while a file is compared: `is_as_it_was` is asked under the lock.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan import text
from actionplan.django_edges import AnyRows
from actionplan.excel.columns.kinds import NumberKind
from actionplan.excel.columns.units import without_unit
from actionplan.excel.importing.refusals import ImportRefused
from actionplan.excel.lists import FINGERPRINT, ExcelList, Incoming, IncomingRow, ListColumn, Row
from actionplan.excel.lists.stored_rows import RowValues, StoredRows
from actionplan.excel.reading.values import NumberText, UnreadCell
from actionplan.text import figure

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row as it is stored: its owner, and its values as a sheet would say them."""

    pk: int
    owner: int
    values: dict[str, Any]


class Comparison:
    """The rows of a file that write something, and what is stored of them."""

    def __init__(self, sheet: ExcelList, incoming: Incoming) -> None:
        self.sheet, self.incoming = sheet, incoming
        self.rows = StoredRows(sheet)
        self.readings: dict[int, IncomingRow] = {}
        self.stored: dict[object, StoredRow] = {}
        self.notices: list[str] = []
        # Fetched for the rows that are written: by key, and by their owners.
        self.instances: dict[object, object] = {}
        self.editable: set[int] = set()
        self._read = {column.name: column for column in sheet.read}
        self._not_read = {c.name: c for c in sheet.columns if not c.is_read}
        # The columns of numbers that have a unit, and the column that tells it.
        self._units = {
            column.name: column.kind.unit
            for column in sheet.columns
            if isinstance(column.kind, NumberKind) and column.kind.unit
        }

    def compare(self, rows: Sequence[Row]) -> None:
        """Compare a whole file, and fetch what its changes need, in a handful of queries."""
        keys = self._keys(rows)
        self._fetch_stored({key for key, _is_named in keys if key})
        differing: Counter[str] = Counter()
        measured: Counter[str] = Counter()
        overtaken = 0
        for number, (given, (key, is_named)) in enumerate(zip(rows, keys, strict=True), start=1):
            stored = self.stored.get(key)
            row = self._in_its_unit(given, stored, measured)
            changed = _differing(row, stored, self._read)
            if is_named and changed and stored and self._is_untouched(row, stored):
                # Somebody else has changed what this file only tells.
                overtaken += 1
                continue
            if is_named:
                differing.update(_differing(row, stored, self._not_read))
            if not _is_blank(row) and not (stored and not changed):
                self.readings[number] = IncomingRow(number, row, key, is_named, changed)
        self._notice(differing, measured, overtaken)
        if self.readings:
            self._fetch([reading.row for reading in self.readings.values()])

    def refuse_too_many(self) -> None:
        """Refuse what others would have to wait for too long.

        Raises:
            ImportRefused: the file changes too many rows.
        """
        most = self.incoming.most_written
        if len(self.readings) > most:
            sentence = _(
                "The file changes more than %(most)s rows. Split it and import one part at a time."
            )
            raise ImportRefused(sentence % {"most": figure(most)})

    def is_as_it_was(self) -> bool:
        """Lock the owners, and say whether all stands as the file was compared with it."""
        self.incoming.lock(self.editable)
        stored = self._values_of(self._keys_written)
        return (
            self.incoming.editable(self._named) == self.editable
            and self.incoming.referred(self._slugs) == self._referred
            and sorted(stored, key=itemgetter(0)) == sorted(self._values_before, key=itemgetter(0))
        )

    def whole(self, reading: IncomingRow) -> Row:
        """Return the row, and what its file has no column for: as it is stored, or nothing."""
        stored = self.stored.get(reading.key)
        blank = dict.fromkeys(self.sheet.by_name)
        return {**blank, **(stored.values if stored else {}), **reading.row}

    def _notice(self, differing: Counter[str], measured: Counter[str], overtaken: int) -> None:
        for name, count in differing.items():
            sentence = _(
                "The column “%(column)s” is not read. It differs from what is stored in "
                "%(count)s rows."
            )
            values = {"column": self.sheet.by_name[name].label, "count": figure(count)}
            self.notices.append(sentence % values)
        for name, count in measured.items():
            self.notices.append(_measured(self.sheet.by_name[name].label, count))
        if overtaken:
            self.notices.append(_overtaken(overtaken))

    def _in_its_unit(self, row: Row, stored: StoredRow | None, measured: Counter[str]) -> Row:
        """Return a row whose cells that show their unit are the numbers that they show.

        The unit is the row's, else what is stored of it.
        """
        cells = {}
        for name, column in self._units.items():
            # Most numbers are numbers.
            if isinstance(row.get(name), str):
                unit = row[column] if column in row else stored.values[column] if stored else ""
                cells[name] = without_unit(
                    row[name], self.sheet.by_name[column].value_or_cell(unit) or ""
                )
                if isinstance(cells[name], NumberText) and cells[name] is not row[name]:
                    measured[name] += 1
        return {**row, **cells} if cells else row

    def _is_untouched(self, row: Row, stored: StoredRow) -> bool:
        """Tell whether a row stands in the file as it was exported: its control code says so."""
        if not all(name in row and not isinstance(row[name], UnreadCell) for name in self._read):
            return False
        cells = {name: column.value_or_cell(row[name]) for name, column in self._read.items()}
        code = text.clean(str(row.get(FINGERPRINT) or ""))
        return code == self.rows.fingerprint(stored.pk, cells)

    def _keys(self, rows: Sequence[Row]) -> list[tuple[object, bool]]:
        """Return what identifies each row, and whether the row says so itself."""
        identity = self.sheet.identity
        named = [not _is_empty(row.get(identity)) for row in rows]
        unnamed = [row for row, is_named in zip(rows, named, strict=True) if not is_named]
        recognised = iter(self.incoming.recognised(unnamed))
        return [
            (self.incoming.identified(row[identity]) if is_named else next(recognised), is_named)
            for row, is_named in zip(rows, named, strict=True)
        ]

    def _fetch(self, rows: list[Row]) -> None:
        """Fetch what the rows that are written need, now that it is known which those are."""
        incoming, column = self.incoming, self.incoming.owner_column
        keys = {reading.key for reading in self.readings.values() if reading.key in self.stored}
        owners = {self.stored[key].owner for key in keys}
        slugs = {text.clean(str(row.get(column) or "")) for row in rows}
        slugs |= {self.stored[key].values[column] for key in keys}
        self._named = Q(pk__in=owners) | Q(slug__in=slugs)
        self.editable = incoming.editable(self._named)
        # Before the rest is fetched: a change in between is then seen.
        identity = self.sheet.identity
        self._values_before = [
            stored for stored in self._stored_values if stored[2][identity] in keys
        ]
        self._referred = incoming.referred(slugs)
        self._keys_written, self._slugs = keys, slugs
        self.instances = self._fetch_instances(keys)
        incoming.look_up(slugs, self._referred)

    def _fetch_stored(self, keys: set[object]) -> None:
        self._stored_values = self._values_of(keys)
        for pk, owner, values in self._stored_values:
            key = values[self.sheet.identity]
            self.stored[key] = StoredRow(pk, owner, self.rows.as_read(values))

    def _fetch_instances(self, keys: set[object]) -> dict[object, object]:
        path, related = self.sheet.by_name[self.sheet.identity].path, self.incoming.related
        return {
            getattr(row, path): row
            for rows in self._parts(keys)
            for row in (rows.select_related(*related) if related else rows)
        }

    def _values_of(self, keys: set[object]) -> list[RowValues]:
        return [stored for rows in self._parts(keys) for stored in self.rows.with_values(rows)]

    def _parts(self, keys: set[Any]) -> Iterator[AnyRows]:
        """Yield the stored rows that the keys identify, a batch at a time."""
        ordered = sorted(keys)
        path = f"{self.sheet.by_name[self.sheet.identity].path}__in"
        for start in range(0, len(ordered), BATCH):
            condition = {path: ordered[start : start + BATCH]}
            yield self.sheet.model._base_manager.filter(**condition)


def _differing(
    row: Row, stored: StoredRow | None, columns: dict[str, ListColumn]
) -> frozenset[str]:
    """Return the columns in which a row says something else than what is stored."""
    if stored is None:
        return frozenset()
    values = stored.values
    return frozenset(
        name
        for name, column in columns.items()
        if name in row and name in values and _says_else(column, row[name], values[name])
    )


def _says_else(column: ListColumn, cell: object, value: object) -> bool:
    """Tell whether a cell says something else than the value that is stored."""
    if isinstance(cell, UnreadCell):
        # It says nothing, also where it shows what is stored.
        return True
    # Most cells stand as they are stored, and say the same without being read.
    if cell == value or (column.keeps and _is_empty(cell)):
        return False
    return bool(column.value_or_cell(cell) != value)


def _overtaken(count: int) -> str:
    sentence = ngettext(
        (
            "%(count)s row has been changed by others since the export but not in this "
            "file: it is left as it is now."
        ),
        (
            "%(count)s rows have been changed by others since the export but not in this "
            "file: they are left as they are now."
        ),
        count,
    )
    return sentence % {"count": figure(count)}


def _measured(heading: object, count: int) -> str:
    sentence = ngettext(
        "“%(column)s” shows the unit with the number in %(count)s row: 85 %% is read as 85, since "
        "the unit of the row is the same.",
        "“%(column)s” shows the unit with the number in %(count)s rows: 85 %% is read as 85, "
        "since the unit of the row is the same.",
        count,
    )
    return sentence % {"column": heading, "count": figure(count)}


def _is_empty(cell: object) -> bool:
    return cell is None or not text.clean(str(cell))


def _is_blank(row: Row) -> bool:
    return all(value is None or not str(value).strip() for value in row.values())
