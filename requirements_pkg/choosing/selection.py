"""A buyer's selection: all of it stands in its address, and nothing is kept anywhere else. Pure.

    /urval/?paket=it-teknisk-plattform&version=2&krav=SE-01&krav=SE-04&f.SE-01.antal-veckor=6

One version of one package, the codes that were chosen in it, and what was filled in: `f.`, the
code, and `FillIn.key`. A selection has one spelling, `query()`, which `settled()` leads to.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from actionplan.text import clean
from requirements_pkg.choosing.buyer_name import named
from requirements_pkg.document import fill_in
from requirements_pkg.document.schema import Document, Requirement

PACKAGE: Final = "paket"
VERSION: Final = "version"
CODE: Final = "krav"
REMOVE: Final = "ta-bort"
LETTERHEAD: Final = "mall"
BUYER: Final = "namn"
# What goes along beside the requirements; `internt` is all there is to choose.
WITH: Final = "med"
INTERNAL: Final = "internt"
FILLED: Final = "f"
MOST_CODES: Final = 300
LONGEST_NAME: Final = 100
# What fits behind the question mark: a request line ends at 8,190 signs, its path included.
LONGEST_QUERY: Final = 7800
# The form, on the pages that have one, which is sent where an address has no room.
FORM: Final = "val"
# As many digits as the addresses of versions take.
MOST_DIGITS: Final = 9

Place = tuple[str, str]


class TooManyCodes(ValueError):
    """An address with more requirements than any package has."""


@dataclass(frozen=True, slots=True)
class SelectedRequirements:
    """What the codes of a selection lead to in its version."""

    requirements: tuple[Requirement, ...]
    # Codes that the version does not have; they are told, never dropped in silence.
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What an address chooses."""

    slug: str = ""
    number: int | None = None
    codes: tuple[str, ...] = ()
    # By code and `FillIn.key`.
    values: Mapping[Place, str] = field(default_factory=dict)
    # The organisation whose letterhead the Word file is written on.
    letterhead: str = ""
    # With what the buyer's own people need to know, and a bidder need not.
    internal: bool = False
    # What the buyer's organisation is called, where the texts say "regionen".
    buyer: str = ""

    def pairs(self) -> list[tuple[str, str]]:
        """Return the selection as names and values of an address."""
        pairs = [(PACKAGE, self.slug)] if self.slug else []
        if self.number is not None:
            pairs.append((VERSION, str(self.number)))
        pairs += self.choices()
        pairs += [(BUYER, self.buyer)] if self.buyer else []
        pairs += [(WITH, INTERNAL)] if self.internal else []
        return [*pairs, (LETTERHEAD, self.letterhead)] if self.letterhead else pairs

    def choices(self) -> list[tuple[str, str]]:
        """Return the codes and what was filled in, without where they are from."""
        filled = [(field_name(*place), value) for place, value in self.values.items()]
        return [*((CODE, code) for code in self.codes), *filled]

    def query(self) -> str:
        """Return the selection as the query of an address."""
        return urlencode(self.pairs())

    @property
    def fits(self) -> bool:
        """Whether it can live in an address; a longer one is sent in a form."""
        return len(self.query()) <= LONGEST_QUERY

    def requirements_in(self, content: Document) -> SelectedRequirements:
        """Return the chosen requirements of a content in its order, and the codes it lacks."""
        wanted = set(self.codes)
        requirements = tuple(
            requirement for requirement in content.requirements if requirement.code in wanted
        )
        known = {requirement.code for requirement in requirements}
        return SelectedRequirements(
            requirements, tuple(code for code in self.codes if code not in known)
        )

    def settled(self, content: Document, number: int) -> "Selection":
        """Return the same selection in its one spelling, pinned to a version.

        Codes stand in the content's order, unknown ones last. What was filled in stands in the
        order of the texts; what says no more than the text itself is left out.
        """
        picked = self.requirements_in(content)
        codes = [requirement.code for requirement in picked.requirements]
        values = {
            (requirement.code, place.key): value
            for requirement in picked.requirements
            for place in fill_in.places_of(requirement)
            if (value := self.values.get((requirement.code, place.key), ""))
            not in ("", place.default, named(place.default, self.buyer))
        }
        return replace(self, number=number, codes=(*codes, *picked.unknown), values=values)

    def without(self, codes: Iterable[str]) -> "Selection":
        """Return the selection without some of its codes."""
        dropped = set(codes)
        return replace(self, codes=tuple(code for code in self.codes if code not in dropped))

    def moved(self, number: int, codes: Mapping[str, str]) -> "Selection":
        """Return the selection in another version.

        Args:
            codes: what each requirement is called there; one that is not among them is left
                behind with its values, since its code may be another requirement's there.
        """
        now = tuple(codes[code] for code in self.codes if code in codes)
        values = {
            (codes[of], key): value for (of, key), value in self.values.items() if of in codes
        }
        return replace(self, number=number, codes=now, values=values)


def fitting(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what goes along in an address: all, or what is ticked where the rest has no room."""
    short = [(name, value) for name, value in pairs if not name.startswith(f"{FILLED}.")]
    return next((some for some in (pairs, short) if len(urlencode(some)) <= LONGEST_QUERY), [])


def field_name(code: str, key: str) -> str:
    """Return the name under which a fill-in place stands in the address."""
    return f"{FILLED}.{code}.{key}"


def parse(pairs: Iterable[tuple[str, str]]) -> Selection:
    """Read what an address chooses, cleaned and bounded.

    Args:
        pairs: names and values in the order of the address.

    Raises:
        TooManyCodes: more requirements than `MOST_CODES`.
    """
    first: dict[str, str] = {}
    codes: dict[str, None] = {}
    removed: set[str] = set()
    values: dict[Place, str] = {}
    for name, value in _cleaned(pairs):
        if name == CODE and value:
            codes[_code(value)] = None
        elif name == REMOVE:
            removed.add(_code(value))
        elif name.startswith(f"{FILLED}.") and name.count(".") > 1:
            _letter, code, key = name.split(".", 2)
            values[_code(code), key] = value
        else:
            first.setdefault(name, value)
    kept = tuple(code for code in codes if code not in removed)
    if len(kept) > MOST_CODES:
        raise TooManyCodes
    return Selection(
        slug=first.get(PACKAGE, ""),
        number=_number(first.get(VERSION, "")),
        codes=kept,
        values={place: value for place, value in values.items() if value},
        letterhead=first.get(LETTERHEAD, ""),
        internal=first.get(WITH) == INTERNAL,
        buyer=first.get(BUYER, ""),
    )


def _cleaned(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, value in pairs:
        if len(name) > LONGEST_NAME * 2:
            continue
        most = fill_in.LONGEST_VALUE if name.startswith(f"{FILLED}.") else LONGEST_NAME
        yield name, clean(clean(value)[:most])


def _code(text: str) -> str:
    """Put a code in capitals, as somebody may have typed it without."""
    return text.upper() if text.isascii() else text


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number and not text.startswith("0") else None
