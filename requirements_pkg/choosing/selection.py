"""A buyer's selection: all of it stands in its address, and nothing is kept anywhere else. Pure.

    /urval/?paket=it-teknisk-plattform&version=2&krav=SE-01&krav=SE-04&f.SE-01.antal-veckor=6
           &paket=hallbara-leveranskedjor&version=1&krav=HL-02

Each `paket` begins a group: one version of one package, the codes that were chosen in it, and what
was filled in: `f.`, the code, and `FillIn.key`. What stands before the first `paket` is of the
first group; what is about all of the selection may stand anywhere. A selection has one spelling,
`query()`, which `settled()` leads to; one of a single package has the spelling it always had.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from actionplan.text import clean
from requirements_pkg.choosing.file_contents import USUAL, WITH, WITHOUT, FileContents
from requirements_pkg.choosing.needs import NEED, NO_ANSWERS, Needs
from requirements_pkg.choosing.own_words import OWN, number
from requirements_pkg.choosing.selection_group import (
    CODE,
    FILLED,
    PACKAGE,
    VERSION,
    GroupKey,
    Place,
    SelectionGroup,
    merged,
)
from requirements_pkg.document import fill_in
from requirements_pkg.document.schema import Document

REMOVE: Final = "ta-bort"
# All of a group, where a code would stand.
EVERYTHING: Final = "*"
LETTERHEAD: Final = "mall"
BUYER: Final = "namn"
# What the procurement is called in the buyer's own register.
REFERENCE: Final = "dnr"
# What the points of all award criteria are to be together, and that they are kronor to deduct.
SUM: Final = "summa"
WORTH: Final = "varde"
DEDUCTION: Final = "avdrag"
MOST_CODES: Final = 300
MOST_GROUPS: Final = 10
LONGEST_NAME: Final = 100
# What fits behind the question mark: a request line ends at 8,190 signs, its path included.
LONGEST_QUERY: Final = 7800
# The form, on the pages that have one, which is sent where an address has no room.
FORM: Final = "val"
# As many digits as the addresses of versions take.
MOST_DIGITS: Final = 9

# What is said of the whole selection, wherever it stands.
GENERAL: Final = frozenset((BUYER, REFERENCE, SUM, WORTH, WITH, WITHOUT, LETTERHEAD))

# What somebody typed of a requirement.
TYPED: Final = (f"{FILLED}.", f"{OWN}.", f"{NEED}.")

Pair = tuple[str, str]
EMPTY: Final = SelectionGroup()


class TooManyCodes(ValueError):
    """An address with more requirements than a selection takes."""


class TooManyGroups(TooManyCodes):
    """An address with more packages than a selection takes."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What an address chooses."""

    # Each version of a package once.
    groups: tuple[SelectionGroup, ...] = ()
    # The organisation whose letterhead the Word file is written on.
    letterhead: str = ""
    # What its files hold of each requirement.
    contents: FileContents = USUAL
    # What the buyer's organisation is called, where the texts say "regionen".
    buyer: str = ""
    # Of the procurement, in the buyer's own register.
    reference: str = ""
    # What the points of all award criteria are to be together.
    sum: int | None = None
    # Award criteria deduct kronor from the price that is compared, instead of giving points.
    deducts: bool = False
    # What the buyer answered in the guide.
    needs: Needs = NO_ANSWERS

    @property
    def first(self) -> SelectionGroup:
        """The first group; an empty one where there is none."""
        return self.groups[0] if self.groups else EMPTY

    @property
    def slug(self) -> str:
        """The package of the first group."""
        return self.first.slug

    @property
    def number(self) -> int | None:
        """The version of the first group."""
        return self.first.number

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the first group."""
        return self.first.codes

    @property
    def values(self) -> Mapping[Place, str]:
        """What was filled in for the first group."""
        return self.first.values

    @property
    def count(self) -> int:
        """How many requirements it has, of all packages."""
        return sum(len(group.codes) for group in self.groups)

    def pairs(self) -> list[Pair]:
        """Return the selection as names and values of an address."""
        pairs = [pair for group in self.groups for pair in group.pairs()]
        return [*pairs, *self.general]

    @property
    def general(self) -> list[Pair]:
        """What is said of the whole selection, as names and values of an address."""
        named = (
            (BUYER, self.buyer),
            (REFERENCE, self.reference),
            (SUM, str(self.sum or "")),
            (WORTH, DEDUCTION if self.deducts else ""),
            *self.contents.pairs,
            (LETTERHEAD, self.letterhead),
        )
        return [*((name, value) for name, value in named if value), *self.needs.pairs]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take along: no requirement, and no answer of the guide."""
        return not self.needs and not (self.slug and self.count)

    @property
    def carried(self) -> "Selection":
        """The selection without groups that choose nothing, as it goes along."""
        return replace(self, groups=tuple(group for group in self.groups if group.codes))

    @property
    def has_wishes(self) -> bool:
        """Whether anything is said of the files as wholes, beside their letterhead."""
        return bool(self.reference or self.sum or self.deducts or self.contents != USUAL)

    def query(self) -> str:
        """Return the selection as the query of an address."""
        return urlencode(self.pairs())

    @property
    def fits(self) -> bool:
        """Whether it can live in an address; a longer one is sent in a form."""
        return len(self.query()) <= LONGEST_QUERY

    def pinned(self, number_of: Callable[[SelectionGroup], int | None]) -> "Selection":
        """Return the selection with a version for each group, and each version once."""
        groups = (replace(group, number=number_of(group)) for group in self.groups)
        return replace(self, groups=merged(groups))

    def settled(self, contents: Mapping[GroupKey, Document]) -> "Selection":
        """Return the same selection in its one spelling; groups without a requirement go.

        Args:
            contents: of the versions of its groups; a group without one stays as it is.
        """
        groups = [
            group.settled(contents[group.key], self.buyer) if group.key in contents else group
            for group in self.groups
        ]
        return replace(self, groups=_with_codes(groups))

    def only(self, group: SelectionGroup) -> "Selection":
        """Return the selection of one of its groups."""
        return replace(self, groups=(group,))

    @property
    def bare(self) -> "Selection":
        """The requirements alone, without what was typed: for who need not know that."""
        groups = tuple(replace(group, values={}, own={}) for group in self.groups)
        return Selection(groups)

    def put(self, group: SelectionGroup, *others: SelectionGroup) -> "Selection":
        """Return the selection with other groups in the place of one, or without it."""
        groups = (
            other
            for known in self.groups
            for other in (others if known.key == group.key else (known,))
        )
        return replace(self, groups=_with_codes(merged(groups)))

    def without(self, group: SelectionGroup, codes: Iterable[str]) -> "Selection":
        """Return the selection without some of the codes of a group."""
        return self.put(group, group.without(codes))


@dataclass(slots=True)
class _GroupReader:
    """A group while its part of an address is read."""

    first: dict[str, str] = field(default_factory=dict)
    codes: dict[str, None] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    values: dict[Place, str] = field(default_factory=dict)
    own: dict[Place, str] = field(default_factory=dict)

    def read(self, name: str, value: str) -> None:
        if name == CODE and value:
            self.codes[_code(value)] = None
        elif name == REMOVE:
            self.removed.add(_code(value))
        elif name.startswith(TYPED) and name.count(".") > 1:
            letter, code, key = name.split(".", 2)
            given = self.values if letter == FILLED else self.own
            given[_code(code), key] = value
        elif name in (PACKAGE, VERSION):
            self.first.setdefault(name, value)

    @property
    def group(self) -> SelectionGroup:
        return SelectionGroup(
            self.first.get(PACKAGE, ""),
            _number(self.first.get(VERSION, "")),
            () if EVERYTHING in self.removed else self._kept_codes,
            {place: value for place, value in self.values.items() if value},
            {place: value for place, value in self.own.items() if value},
        )

    @property
    def _kept_codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.codes if code not in self.removed)


def _with_codes(groups: Sequence[SelectionGroup]) -> tuple[SelectionGroup, ...]:
    """Return the groups that choose something, or the first where none does."""
    return tuple(group for group in groups if group.codes) or tuple(groups[:1])


def fitting(pairs: list[Pair]) -> list[Pair]:
    """Return what goes along in an address: all, or what is ticked where the rest has no room."""
    short = [(name, value) for name, value in pairs if not name.startswith(TYPED)]
    return next((some for some in (pairs, short) if len(urlencode(some)) <= LONGEST_QUERY), [])


def parse(pairs: Iterable[Pair], own: GroupKey | None = None) -> Selection:
    """Read what an address chooses, cleaned and bounded: groups of slug, version, codes, values.

    Args:
        pairs: names and values in the order of the address.
        own: as for `read`.

    Raises:
        TooManyCodes: more requirements than `MOST_CODES`.
        TooManyGroups: more packages than `MOST_GROUPS`.
    """
    selection = read(pairs, own)
    if selection.count > MOST_CODES:
        raise TooManyCodes
    if len(selection.groups) > MOST_GROUPS:
        raise TooManyGroups
    return selection


def read(pairs: Iterable[Pair], own: GroupKey | None = None) -> Selection:
    """Read what an address chooses, however much that is: its bound is that of the address.

    Args:
        pairs: names and values in the order of the address.
        own: the version whose page the address is of. What stands before the first `paket` was
            chosen there, and that version is the first group whatever else there is.
    """
    readers, general = [_GroupReader()], dict[str, list[str]]()
    cleaned = list(_cleaned(pairs))
    is_named = own is not None
    if own is not None:
        readers[0].first = {PACKAGE: own[0], VERSION: str(own[1] or "")}
    for name, value in cleaned:
        if name == PACKAGE:
            if is_named:
                readers.append(_GroupReader())
            is_named = True
        if name in GENERAL:
            general.setdefault(name, []).append(value)
        readers[-1].read(name, value)
    first, *others = (reader.group for reader in readers)
    named = [group for group in others if group.slug and group.codes]
    # What belongs to no package is told only where there is nothing else.
    groups = merged([first, *named] if first.slug or not named else named)
    return Selection(
        groups if groups != (EMPTY,) else (),
        letterhead=general.get(LETTERHEAD, [""])[0],
        contents=FileContents.of(general.get(WITH, ()), general.get(WITHOUT, ())),
        buyer=general.get(BUYER, [""])[0],
        reference=general.get(REFERENCE, [""])[0],
        sum=number(general.get(SUM, [""])[0]),
        deducts=DEDUCTION in general.get(WORTH, ()),
        needs=Needs.of(cleaned),
    )


def _cleaned(pairs: Iterable[Pair]) -> Iterator[Pair]:
    for name, value in pairs:
        if len(name) > LONGEST_NAME * 2:
            continue
        most = fill_in.LONGEST_VALUE if name.startswith(TYPED) else LONGEST_NAME
        yield name, clean(clean(value)[:most])


def _code(text: str) -> str:
    """Put a code in capitals, as somebody may have typed it without."""
    return text.upper() if text.isascii() else text


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number and not text.startswith("0") else None
