"""What an import of a sheet would do or did, told to the person who asked for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat
from typing import Final

from diff_match_patch import diff_match_patch
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from actionplan.excel.importing.checking import CheckedRow
from actionplan.excel.importing.faults import FEW, FaultGroup, grouped
from actionplan.excel.importing.refusals import ColumnsMissing, ImportRefused
from actionplan.excel.importing.settling import SheetQuestion
from actionplan.excel.lists import ListColumn
from actionplan.text import figure

# So many rows are told one by one; all are counted.
MOST_PREVIEWED: Final = 200


NEW, UPDATE, SKIP, INVALID = "new", "update", "skip", "invalid"
# As the admin's front counts them; nothing is ever deleted.
KINDS: Final = (NEW, UPDATE, "delete", SKIP, "error", INVALID)


@dataclass(slots=True)
class RowOutcome:
    """What becomes of a row, in the words that the admin's front knows."""

    import_type: str
    instance: object = None
    # Pairs of heading and marked text.
    diff: Sequence[tuple[str, str]] = ()

    def is_new(self) -> bool:
        """Tell whether it is one more."""
        return self.import_type == NEW


SKIPPED: Final = RowOutcome(SKIP)
REFUSED: Final = RowOutcome(INVALID)


class SheetResult:
    """The outcome of an import, and what the person should know of it."""

    def __init__(
        self, columns: Sequence[ListColumn], *, head_row: int = 1, sheet: str = ""
    ) -> None:
        self._columns = columns
        self.rows: list[RowOutcome] = []
        self.totals = dict.fromkeys(KINDS, 0)
        self.notices: list[str] = []
        # Words of the file that mean nothing here, and what was said of them.
        self.questions: list[SheetQuestion] = []
        # Every change, in plain words: row of the file, column, from what, to what.
        self.changes: list[tuple[int, str, str, str]] = []
        # Where the headings stand, and on which sheet.
        self.head_row, self.sheet = head_row, sheet
        self._refused: list[ImportRefused] = []
        self._invalid: list[tuple[int, ValidationError]] = []
        self._previewed = 0

    def __iter__(self) -> Iterator[RowOutcome]:
        return iter(self.rows)

    def has_errors(self) -> bool:
        """Tell whether the file as a whole is not imported."""
        return bool(self._refused)

    def has_validation_errors(self) -> bool:
        """Tell whether a row has a fault."""
        return bool(self._invalid)

    def refuse(self, refused: ImportRefused) -> None:
        """Say why the file as a whole is not imported."""
        self._refused.append(refused)

    def tell_skipped(self) -> None:
        """Count a row that changes nothing."""
        self._count(SKIPPED)

    def tell_invalid(self, number: int, error: ValidationError) -> None:
        """Count a row that cannot be taken, and say what is wrong with it."""
        self._count(REFUSED)
        self.tell_fault(number, error)

    def tell_fault(self, number: int, error: ValidationError) -> None:
        """Say what is wrong with a row that was counted already."""
        self._invalid.append((number, error))

    def tell_changed(self, number: int, checked: CheckedRow, *, is_preview: bool) -> None:
        """Count a row that is new or changed; of a preview, say what changes."""
        row = RowOutcome(NEW if checked.is_new else UPDATE, checked.instance)
        self._count(row)
        if not is_preview:
            return
        before = None if checked.is_new else checked.before
        changes = changes_of(self._columns, before, checked.after)
        self.changes += [(number, *change) for change in changes]
        if self._previewed < MOST_PREVIEWED:
            self._previewed += 1
            row.diff = differences(self._columns, before, checked.after)

    def _count(self, row: RowOutcome) -> None:
        self.rows.append(row)
        self.totals[row.import_type] += 1

    @property
    def changed_rows(self) -> list[tuple[int, RowOutcome]]:
        """New and changed rows with the number that Excel shows."""
        numbered = enumerate(self.rows, self.head_row + 1)
        return [(number, row) for number, row in numbered if row.import_type in (NEW, UPDATE)]

    @cached_property
    def faults(self) -> list[tuple[int, str, str]]:
        """List what is wrong: row as Excel numbers it, column if there is one, sentence."""
        faults = [
            (number + self.head_row, "" if name == NON_FIELD_ERRORS else name, sentence)
            for number, error in self._invalid
            for name, sentences in error.message_dict.items()
            for sentence in sentences
        ]
        return sorted(faults)

    @property
    def has_few_faults(self) -> bool:
        """Whether each can be told by itself."""
        return len(self.faults) <= FEW

    @cached_property
    def fault_groups(self) -> list[FaultGroup]:
        """Return what is wrong, by column."""
        return grouped(self.faults)

    @property
    def lacks_columns(self) -> bool:
        """Whether the file could be read if somebody said which column is which."""
        return any(isinstance(refused, ColumnsMissing) for refused in self._refused)

    @property
    def refusals(self) -> list[str]:
        """Why the file as a whole is not imported."""
        return [str(refused) for refused in self._refused]


def differences(
    columns: Iterable[ListColumn], before: Sequence[object] | None, after: Sequence[object]
) -> list[tuple[str, str]]:
    """Return what changes in a row, as pairs of heading and marked text without inline styles.

    Args:
        before: the values of the columns as they are stored; None for a new row.
        after: their values as the file has them.
    """
    return [
        (heading, _marked(words_before, written))
        for heading, words_before, written in changes_of(columns, before, after)
    ]


def changes_of(
    columns: Iterable[ListColumn], before: Sequence[object] | None, after: Sequence[object]
) -> list[tuple[str, str, str]]:
    """Return what changes in a row in plain words: heading, from what, to what."""
    stored: Iterable[object] = repeat(None) if before is None else before
    changes = []
    for column, old, now in zip(columns, stored, after, strict=False):
        # What nobody has stored is shown as nothing, whatever its kind makes of it.
        words_before = "" if before is None else _in_words(column.kind.show(old))
        if words_before != (written := _in_words(column.kind.show(now))):
            changes.append((str(column.label), words_before, written))
    return changes


def _in_words(value: object) -> str:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        # 80 and 0,3; a point would part thousands.
        return figure(Decimal(str(value)))
    return "" if value is None else str(value)


def _marked(old: str, now: str) -> str:
    """Return what changes within a text; of words and numbers that are short, both as wholes."""
    if not old:
        return format_html("<ins>{}</ins>", now)
    if " " not in old and " " not in now:
        return format_html("<del>{}</del> <ins>{}</ins>", old, now)
    compare = diff_match_patch()
    parts = compare.diff_main(old, now)
    compare.diff_cleanupSemantic(parts)
    tags = {1: "<ins>{}</ins>", -1: "<del>{}</del>", 0: "{}"}
    return mark_safe("".join(tags[kind].format(escape(part)) for kind, part in parts))  # noqa: S308
