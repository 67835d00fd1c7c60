"""What is particular about the rows of a list that come back: where they belong, and to whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions, text
from actionplan.django_edges import AnyRows
from actionplan.excel.columns import StrOrPromise
from actionplan.excel.columns.kinds import ChoiceKind
from actionplan.excel.lists.list_column import ListColumn
from actionplan.excel.lists.unknown_words import LEFT_OUT, Choices, UnknownWord
from actionplan.excel.reading.values import UnreadCell
from actionplan.models import ActionPlan, User

Row = Mapping[str, Any]
# By the number of the row in the file.
Pending = Mapping[int, Any]
# So many rows of a handful of columns are written while others wait a moment.
MOST_WRITTEN: Final = 5_000


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A row of the file that writes something.

    `key` identifies the stored row that it is about, and `changed` are the columns it changes
    there. One that names no key itself may still be about a row that the list recognises.
    """

    number: int
    row: Row
    key: object
    is_named: bool
    changed: frozenset[str] = frozenset()


class Incoming:
    """What the steps of an import ask a list; one is made for each import.

    The owner of a row is a plan unless `owners`, `editable`, `lock` and `subjects` say otherwise.
    """

    # The column that names the owner, and the foreign key that decides where a row belongs.
    owner_column: ClassVar[str] = "plan"
    place_field: ClassVar[str] = ""
    # How many rows a file changes at most.
    most_written: ClassVar[int] = MOST_WRITTEN
    # What an instance is fetched with.
    related: ClassVar[tuple[str, ...]] = ()
    # What is said of rows whose owner one does not edit.
    foreign: ClassVar[StrOrPromise] = gettext_lazy(
        "The row belongs to a plan that you may not edit."
    )

    def __init__(self, columns: Mapping[str, ListColumn], user: Any) -> None:
        self.columns, self.user = columns, user
        # What a person said that words mean, and wants to be kept for everybody.
        self.remembered: Sequence[tuple[UnknownWord, str]] = ()

    def identified(self, cell: object) -> object:
        """Return what identifies a row, out of its cell; None where it can be none."""
        given = text.clean(str(cell if cell is not None else ""))
        return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None

    def recognised(self, rows: list[Row]) -> list[Any]:
        """Return what identifies rows that name no key; None for those that are new."""
        return [None] * len(rows)

    def owners(self) -> AnyRows:
        """Return what rows may belong to, as far as this person edits it; each has a slug."""
        return ActionPlan.objects.with_head().filter(permissions.editable(self.user))

    def known_owners(self, slugs: set[str]) -> set[str]:
        """Return which of these name something that rows may belong to, whoever edits it."""
        known = self.owners().model._default_manager.filter(slug__in=slugs)
        return set(known.values_list("slug", flat=True))

    def read_vocabulary(self, rows: Sequence[Row]) -> None:
        """Read what the words of a file may mean, before its rows are compared."""
        slugs = {self.words(row, self.owner_column) for row in rows}
        owners = self.owners()
        self._known_owners = self.known_owners(slugs - {""}) | {""}
        self._own: Choices = ()
        if slugs - self._known_owners:
            self._own = meanings((owner.slug, str(owner)) for owner in owners)
        self._choice_columns = {
            name: (column.kind, meanings(column.choices))
            for name, column in self.columns.items()
            if column.is_read and isinstance(column.kind, ChoiceKind)
        }

    def unknown_words(self, row: Row) -> Iterator[UnknownWord]:
        """Yield what a row says that is not known here, its owner first.

        The row may be changed meanwhile by what a person said of the words before.
        """
        owner = self.words(row, self.owner_column)
        if owner not in self._known_owners:
            yield UnknownWord(self.owner_column, owner, self._own)
        for name, (kind, choices) in self._choice_columns.items():
            words = self.words(row, name)
            if words and not kind.knows(words):
                yield UnknownWord(name, words, choices)

    def settled_word(self, row: Row, word: UnknownWord, answer: str) -> dict[str, Any]:
        """Return what a row says where a person has said what a word of it means."""
        return dict.fromkeys(row, "") if answer == LEFT_OUT else {word.column: answer}

    def remember_words(self, by: User) -> None:
        """Keep what `remembered` says of spellings that documents share, too."""

    @staticmethod
    def words(row: Row, name: str) -> str:
        """Return what a cell says, clean; "" of one that is not read."""
        cell = row.get(name)
        return "" if cell is None or isinstance(cell, UnreadCell) else text.clean(str(cell))

    def editable(self, named: Q) -> set[int]:
        """Return the owners among those named that this person edits."""
        rows = ActionPlan.objects.filter(permissions.editable(self.user)).filter(named)
        return set(rows.values_list("pk", flat=True))

    def lock(self, owners: set[int]) -> None:
        """Keep everybody waiting who writes a part of these owners."""
        rows = ActionPlan.objects.filter(pk__in=owners)
        list(rows.select_for_update().order_by("pk").values_list("pk"))

    def subjects(self, owners: Iterable[int]) -> Iterator[tuple[int, models.Model]]:
        """Yield what the event of each owner is told of."""
        yield from ActionPlan.objects.in_bulk(list(owners)).items()

    def referred(self, slugs: set[str]) -> list[object]:
        """Return what rows of these owners refer to, in plain values to compare another time."""
        return []

    def look_up(self, slugs: set[str], referred: list[object]) -> None:
        """Fetch what the rows to be written refer to; `slugs` are the owners they name."""

    def place(self, instance: object, row: Row, reading: IncomingRow) -> int:
        """Set where the row belongs, and return the primary key of its owner."""
        raise NotImplementedError

    def remember(self, instance: object, reading: IncomingRow) -> None:
        """Keep what `finish` writes of a row that passed: afterwards a new one looks like any."""

    def settle(self, pending: Pending) -> Iterator[tuple[int, ValidationError]]:
        """Yield what is wrong with rows, by number, that shows only when all have been read."""
        return iter(())

    def in_turn(self, instances: list[object]) -> list[list[Any]]:
        """Return new rows in lots that can be stored one after another."""
        return [instances]

    def begin(self, pending: Pending) -> None:
        """Make room for the rows, in the transaction that writes them."""

    def finish(self, pending: Pending, by: User) -> None:
        """Write what belongs to the rows, in the same transaction."""


def meanings(pairs: Iterable[tuple[Any, str]]) -> Choices:
    """Return what a word may mean, last that its rows are left out; nothing if there is none."""
    choices = tuple((str(value), str(label)) for value, label in pairs)
    return (*choices, (LEFT_OUT, _("None: do not read the rows"))) if choices else ()
