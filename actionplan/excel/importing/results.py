"""What an import of a sheet would do or did, told to the person who asked for it."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, Final

from diff_match_patch import diff_match_patch
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from import_export.results import Error, Result, RowResult

from actionplan.excel.importing.checking import Checked
from actionplan.excel.importing.faults import FEW, FaultGroup, grouped
from actionplan.excel.importing.refusals import ColumnsMissing, ImportRefused
from actionplan.excel.lists import ListColumn, Row

# So many rows are told one by one; all are counted.
MOST_SHOWN: Final = 200


class SheetResult(Result):
    """The outcome of an import, with what the person should know besides."""

    def __init__(self, columns: Sequence[ListColumn]) -> None:
        super().__init__()
        self._columns = columns
        self._told = 0
        self.notices: list[str] = []
        # Every change, in plain words: row of the file, column, from what, to what.
        self.changes: list[tuple[int, str, str, str]] = []
        # Where the headings stand, and on which sheet.
        self.head_row = 1
        self.sheet = ""

    def refuse(self, refused: ImportRefused) -> None:
        """Say why the file as a whole is not imported."""
        self.append_base_error(Error(refused))

    def tell_skipped(self) -> None:
        """Count a row that changes nothing."""
        self._append(RowResult.IMPORT_TYPE_SKIP)

    def tell_invalid(self, number: int, row: Row, error: ValidationError) -> None:
        """Say what is wrong with a row."""
        self._append(RowResult.IMPORT_TYPE_INVALID)
        self.append_invalid_row(number, row, error)

    def tell_changed(self, number: int, checked: Checked, *, is_shown: bool) -> None:
        """Count a row that is new or changed; of a preview, say what changes."""
        is_new = checked.is_new
        kind = RowResult.IMPORT_TYPE_NEW if is_new else RowResult.IMPORT_TYPE_UPDATE
        row = self._append(kind)
        row.instance = checked.instance
        if not is_shown:
            return
        before = None if is_new else checked.before
        told = changes_of(self._columns, before, checked.after)
        self.changes += [(number, *change) for change in told]
        if self._told < MOST_SHOWN:
            self._told += 1
            row.diff = differences(self._columns, before, checked.after)

    def _append(self, kind: str) -> RowResult:
        row = RowResult()
        row.import_type = kind
        self.append_row_result(row)
        self.increment_row_result_total(row)
        return row

    @property
    def changed_rows(self) -> list[tuple[int, RowResult]]:
        """New and changed rows with the number that Excel shows."""
        kinds = (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)
        return [
            (n, row)
            for n, row in enumerate(self.rows, self.head_row + 1)
            if row.import_type in kinds
        ]

    @cached_property
    def faults(self) -> list[tuple[int, str, str]]:
        """What is wrong: row as Excel numbers it, column if there is one, sentence."""
        found = [
            (invalid.number + self.head_row, "" if name == NON_FIELD_ERRORS else name, sentence)
            for invalid in self.invalid_rows
            for name, sentences in invalid.error_dict.items()
            for sentence in sentences
        ]
        return sorted(found)

    @property
    def has_few_faults(self) -> bool:
        """Whether each can be told by itself."""
        return len(self.faults) <= FEW

    @cached_property
    def fault_groups(self) -> list[FaultGroup]:
        """What is wrong, by column."""
        return grouped(self.faults)

    @property
    def lacks_columns(self) -> bool:
        """Whether the file could be read if somebody said which column is which."""
        return any(isinstance(error.error, ColumnsMissing) for error in self.base_errors)

    @property
    def refusals(self) -> list[str]:
        """Why the file as a whole is not imported."""
        return [str(error.error) for error in self.base_errors]


def differences(
    columns: Iterable[ListColumn], before: Sequence[Any] | None, after: Sequence[Any]
) -> list[tuple[str, str]]:
    """What changes in a row, as pairs of heading and marked text; styles stay in style sheets.

    Args:
        before: the values of the columns as they are stored; None for a new row.
        after: their values as the file has them.
    """
    return [
        (heading, _marked(said, written))
        for heading, said, written in changes_of(columns, before, after)
    ]


def changes_of(
    columns: Iterable[ListColumn], before: Sequence[Any] | None, after: Sequence[Any]
) -> list[tuple[str, str, str]]:
    """What changes in a row in plain words: heading, from what, to what."""
    stored: Iterable[Any] = repeat(None) if before is None else before
    found = []
    for column, old, now in zip(columns, stored, after, strict=False):
        # What nobody has stored is shown as nothing, whatever its kind makes of it.
        said = "" if before is None else _shown(column.kind.show(old))
        if said != (written := _shown(column.kind.show(now))):
            found.append((str(column.label), said, written))
    return found


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _marked(old: str, now: str) -> str:
    if not old:
        return format_html("<ins>{}</ins>", now)
    compare = diff_match_patch()
    found = compare.diff_main(old, now)
    compare.diff_cleanupSemantic(found)
    tags = {1: "<ins>{}</ins>", -1: "<del>{}</del>", 0: "{}"}
    return mark_safe("".join(tags[kind].format(escape(part)) for kind, part in found))  # noqa: S308
