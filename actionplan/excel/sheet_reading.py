"""What a file says, against what is stored: which rows are new, and what it changes in others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, ClassVar, Final

import tablib
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan import permissions, text
from actionplan.excel.columns.units import without_unit
from actionplan.excel.reading.values import ShownNumber, Unread
from actionplan.excel.sheet_export import FINGERPRINT, SheetResource
from actionplan.excel.sheet_fields import SheetField
from actionplan.excel.sheet_mapping import name_columns
from actionplan.excel.sheet_results import ImportRefused
from actionplan.models import ActionPlan
from actionplan.text import figure

Row = Mapping[str, Any]
BATCH = 500
# So many rows of a handful of columns are written while others wait a moment.
MOST_WRITTEN: Final = 5_000
# In a workbook to fill in.
EMPTY_ROWS = 200


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as it is stored: its owner, and its values as a sheet would say them."""

    pk: int
    owner: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """A row of the file that writes something.

    `key` identifies the stored row that it is about, and `changed` are the columns it changes
    there. One that names no key itself may still be about a row that the sheet recognises.
    """

    row: Row
    key: Any
    is_named: bool
    changed: frozenset[str] = frozenset()


class SheetReader(SheetResource):
    """A sheet that is compared with what is stored.

    It has a column that identifies its rows and a `fingerprint`, and names the way to the owner
    in `owner_path`. The owner is a plan unless `owners`, `editable`, `lock` and `subjects` say
    otherwise. Nothing is locked while a file is compared: `is_as_it_was` is asked under the lock.
    """

    # The column that names the owner.
    owner_column: ClassVar[str] = "plan"
    # How many rows a file changes at most.
    most_written: ClassVar[int] = MOST_WRITTEN
    # What an instance is fetched with.
    related: ClassVar[tuple[str, ...]] = ()

    def look_up(self, rows: list[Row], slugs: set[str]) -> None:
        """Fetch what the rows to be written refer to; `slugs` are the owners they name."""

    def identified(self, cell: Any) -> Any:
        """What identifies a row, out of its cell; None where it can be none."""
        given = text.clean(str(cell if cell is not None else ""))
        return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None

    def recognised(self, rows: list[Row]) -> list[Any]:
        """What identifies rows that name no key, one for each; None for those that are new."""
        return [None] * len(rows)

    def owners(self) -> models.QuerySet:
        """What rows may belong to, as far as this person edits it; each has a slug."""
        return ActionPlan.objects.with_head().filter(permissions.editable(self.user))

    def editable(self, named: Q) -> set[int]:
        """The owners among those named that this person edits."""
        rows = ActionPlan.objects.filter(permissions.editable(self.user)).filter(named)
        return set(rows.values_list("pk", flat=True))

    def lock(self, owners: set[int]) -> None:
        """Keep everybody waiting who writes a part of these owners."""
        rows = ActionPlan.objects.filter(pk__in=owners)
        list(rows.select_for_update().order_by("pk").values_list("pk"))

    def referred(self, slugs: set[str]) -> list[Any]:
        """What `look_up` fetches for these owners, in plain values to compare another time."""
        return []

    def subjects(self, owners: Iterable[int]) -> Iterator[tuple[int, models.Model]]:
        """What the event of each owner is told of."""
        yield from ActionPlan.objects.in_bulk(list(owners)).items()

    def get_import_fields(self) -> list[SheetField]:
        return self._read_fields

    @cached_property
    def _read_fields(self) -> list[SheetField]:
        return [field for field in self.fields.values() if field.is_read]

    def wanted(self) -> list[str]:
        """The columns that a file must have, or that somebody must point out."""
        keys = (self.identity, FINGERPRINT)
        return [name for name, field in self.fields.items() if field.is_read or name in keys]

    def empty(self) -> tablib.Dataset:
        """The columns that are read, and rows to fill in."""
        columns = [self.fields[name].column() for name in self.wanted()]
        dataset = tablib.Dataset(
            *[[""] * len(columns)] * EMPTY_ROWS,
            headers=[str(column.label) for column in columns],
            title=str(self.get_display_name()),
        )
        dataset.columns = columns
        return dataset

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Read the whole file and fetch what is stored, in a handful of queries."""
        self._file_name = kwargs.get("file_name") or ""
        self._notices: list[str] = list(getattr(dataset, "notices", []))
        self._readings: dict[int, Reading] = {}
        try:
            if not self.is_imported():
                raise ImportRefused(_("This sheet is only exported."))
            mapping = kwargs.get("mapping")
            self._notices += name_columns(dataset, self.fields, self.wanted(), mapping)
            self._compare([dict(zip(dataset.headers, row, strict=True)) for row in dataset])
        except ImportRefused:
            dataset.wipe()
            raise
        if self._readings:
            self._prepare([reading.row for reading in self._readings.values()])

    def refuse_too_many(self) -> None:
        """Refuse what others would have to wait for too long.

        Raises:
            ImportRefused: the file changes too many rows.
        """
        if len(self._readings) > self.most_written:
            sentence = _(
                "The file changes more than %(most)s rows. Split it and import one part at a time."
            )
            raise ImportRefused(sentence % {"most": figure(self.most_written)})

    def _compare(self, rows: list[Row]) -> None:
        keys = self._keys(rows)
        self._stored = self._fetch_stored({key for key, _is_named in keys if key})
        differing: Counter[str] = Counter()
        overtaken = 0
        measured: Counter[str] = Counter()
        for number, (told, (key, is_named)) in enumerate(zip(rows, keys, strict=True), start=1):
            stored = self._stored.get(key)
            row = self._in_its_unit(told, stored, measured)
            changed = self._differing(row, stored, is_read=True)
            if is_named and changed and stored and self._is_untouched(row, stored):
                # Somebody else has changed what this file only tells.
                overtaken += 1
                continue
            if is_named:
                differing.update(self._differing(row, stored, is_read=False))
            if not _is_blank(row) and not (stored and not changed):
                self._readings[number] = Reading(row, key, is_named, changed)
        for name, count in differing.items():
            sentence = _(
                "The column “%(column)s” is not read. It differs from what is stored in "
                "%(count)s rows."
            )
            values = {"column": self.fields[name].heading, "count": figure(count)}
            self._notices.append(sentence % values)
        for name, count in measured.items():
            self._notices.append(_measured(self.fields[name].heading, count))
        if overtaken:
            self._notices.append(_overtaken(overtaken))

    @cached_property
    def _measures(self) -> dict[str, str]:
        """The columns of numbers that have a unit, and the column that tells it."""
        return {name: field.unit for name, field in self.fields.items() if field.unit}

    def _in_its_unit(self, row: Row, stored: Stored | None, measured: Counter[str]) -> Row:
        """A row whose cells that show their unit are the numbers that they show.

        The unit is the row's, else what is stored of it.
        """
        found = {}
        for name, told in self._measures.items():
            # Most numbers are numbers.
            if isinstance(row.get(name), str):
                unit = row[told] if told in row else stored.values[told] if stored else ""
                found[name] = without_unit(row[name], self.fields[told].said(unit) or "")
                if isinstance(found[name], ShownNumber) and found[name] is not row[name]:
                    measured[name] += 1
        return {**row, **found} if found else row

    def _is_untouched(self, row: Row, stored: Stored) -> bool:
        """Whether a row stands in the file as it was exported: its control code says so."""
        read = [name for name, field in self.fields.items() if field.is_read]
        if not all(name in row and not isinstance(row[name], Unread) for name in read):
            return False
        said = {name: self.fields[name].said(row[name]) for name in read}
        told = text.clean(str(row.get(FINGERPRINT) or ""))
        return told == self._fingerprint(stored.pk, said)

    def _keys(self, rows: list[Row]) -> list[tuple[Any, bool]]:
        """What identifies each row, and whether the row says so itself."""
        named = [not _is_empty(row.get(self.identity)) for row in rows]
        found = iter(
            self.recognised([r for r, is_named in zip(rows, named, strict=True) if not is_named])
        )
        return [
            (self.identified(row[self.identity]) if is_named else next(found), is_named)
            for row, is_named in zip(rows, named, strict=True)
        ]

    def _prepare(self, rows: list[Row]) -> None:
        """Fetch what the rows that are written need, now that it is known which those are."""
        keys = {reading.key for reading in self._readings.values() if reading.key in self._stored}
        owners = {self._stored[key].owner for key in keys}
        slugs = {text.clean(str(row.get(self.owner_column) or "")) for row in rows}
        slugs |= {self._stored[key].values[self.owner_column] for key in keys}
        self._named = Q(pk__in=owners) | Q(slug__in=slugs)
        self._editable = self.editable(self._named)
        # Before the rest is fetched: a change in between is then seen.
        self._told_before = [told for told in self._told_all if told[2][self.identity] in keys]
        self._referred = self.referred(slugs)
        self._keys_written, self._slugs = keys, slugs
        self._instances = self._fetch_instances(keys)
        self.look_up(rows, slugs)

    def is_as_it_was(self) -> bool:
        """Lock the owners, and say whether all stands as the file was compared with it."""
        self.lock(self._editable)
        told = [told for rows in self._parts(self._keys_written) for told in self._told(rows)]
        return (
            self.editable(self._named) == self._editable
            and self.referred(self._slugs) == self._referred
            and sorted(told, key=itemgetter(0)) == sorted(self._told_before, key=itemgetter(0))
        )

    def _fetch_stored(self, keys: set[Any]) -> dict[Any, Stored]:
        found = {}
        self._told_all = [told for rows in self._parts(keys) for told in self._told(rows)]
        for pk, owner, values in self._told_all:
            found[values[self.identity]] = Stored(pk, owner, self._said(values))
        return found

    def _fetch_instances(self, keys: set[Any]) -> dict[Any, Any]:
        path = self.fields[self.identity].attribute
        return {
            getattr(row, path): row
            for rows in self._parts(keys)
            for row in (rows.select_related(*self.related) if self.related else rows)
        }

    def _parts(self, keys: set[Any]) -> Iterator[models.QuerySet]:
        """The stored rows that the keys identify, a batch at a time."""
        ordered = sorted(keys)
        path = f"{self.fields[self.identity].attribute}__in"
        for start in range(0, len(ordered), BATCH):
            chosen = {path: ordered[start : start + BATCH]}
            yield self._meta.model._base_manager.filter(**chosen)

    def _differing(self, row: Row, stored: Stored | None, *, is_read: bool) -> frozenset[str]:
        """The columns in which a row says something else than what is stored."""
        if stored is None:
            return frozenset()
        return frozenset(
            name
            for name, value in stored.values.items()
            if name in row
            and self.fields[name].is_read is is_read
            and self._says_else(self.fields[name], row[name], value)
        )

    def _says_else(self, field: SheetField, cell: Any, value: Any) -> bool:
        """Whether a cell says something else than the value that is stored."""
        if isinstance(cell, Unread):
            # It says nothing, also where it shows what is stored.
            return True
        # Most cells stand as they are stored, and say the same without being read.
        if cell == value or (field.keeps and _is_empty(cell)):
            return False
        return bool(field.said(cell) != value)


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


def _measured(heading: Any, count: int) -> str:
    sentence = ngettext(
        "“%(column)s” shows the unit with the number in %(count)s row: 85 %% is read as 85, since "
        "the unit of the row is the same.",
        "“%(column)s” shows the unit with the number in %(count)s rows: 85 %% is read as 85, "
        "since the unit of the row is the same.",
        count,
    )
    return sentence % {"column": heading, "count": figure(count)}


def _is_empty(cell: Any) -> bool:
    return cell is None or not text.clean(str(cell))


def _is_blank(row: Row) -> bool:
    return all(value is None or not str(value).strip() for value in row.values())
