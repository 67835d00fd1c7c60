"""What an import of a sheet would do or did, told to the person who asked for it."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, Final

from diff_match_patch import diff_match_patch
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from import_export.results import Result, RowResult

from actionplan.excel.sheet_faults import FEW, FaultGroup, grouped
from actionplan.excel.sheet_fields import SheetField

# So many rows are told one by one; all are counted.
MOST_SHOWN: Final = 200


class ImportRefused(Exception):
    """A whole file that is not imported, with the reason in the user's language."""


class ColumnsMissing(ImportRefused):
    """A file whose headings are not ours: somebody has to say which is which."""


class SheetResult(Result):
    """The outcome of an import, with what the person should know besides."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[str] = []
        # Every change, in plain words: row of the file, column, from what, to what.
        self.changes: list[tuple[int, str, str, str]] = []
        # Where the headings stand, and on which sheet.
        self.head_row = 1
        self.sheet = ""

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
        broken = _("This row could not be read.")
        return sorted(
            found + [(row.number + self.head_row, "", broken) for row in self.error_rows]
        )

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
        unread = _("The file could not be imported.")
        return [
            str(error.error) if isinstance(error.error, ImportRefused) else unread
            for error in self.base_errors
        ]


def differences(
    fields: Iterable[SheetField], before: Sequence[Any] | None, after: Sequence[Any]
) -> list[tuple[str, str]]:
    """What changes in a row, as pairs of heading and marked text; styles stay in style sheets.

    Args:
        before: the values of the fields as they are stored; None for a new row.
        after: their values as the file has them.
    """
    return [
        (heading, _marked(said, written))
        for heading, said, written in changes_of(fields, before, after)
    ]


def changes_of(
    fields: Iterable[SheetField], before: Sequence[Any] | None, after: Sequence[Any]
) -> list[tuple[str, str, str]]:
    """What changes in a row in plain words: heading, from what, to what."""
    stored: Iterable[Any] = repeat(None) if before is None else before
    found = []
    for field, old, now in zip(fields, stored, after, strict=False):
        # What nobody has stored is shown as nothing, whatever the field makes of it.
        said = "" if before is None else _shown(field.shown(old))
        if said != (written := _shown(field.shown(now))):
            found.append((str(field.heading), said, written))
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
