"""Fill-in places of a requirement's texts: `[antal veckor: 4 | räknat från begäran]`. Pure.

A place has a name, a default that may be empty, and a help text that may be left out. A name that
occurs twice is one field: the buyer fills it in once, and its first occurrence says the default.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from actionplan.text import figure
from requirements_pkg.document.requirement_fields import WITH_PLACES
from requirements_pkg.document.schema import Requirement

# Square brackets are kept for places, so that a forgotten bracket is found and not printed.
PLACE: Final = re.compile(r"\[([^\[\]]*)\]")
LONGEST_NAME: Final = 60
LONGEST_VALUE: Final = 500


@dataclass(frozen=True, slots=True)
class FillIn:
    """One place: what to fill in, what stands there if nobody does, and a word of help."""

    name: str
    default: str = ""
    help: str = ""

    @property
    def key(self) -> str:
        """The name as an address holds it."""
        return _key(self.name)

    @property
    def visible_text(self) -> str:
        """What a reader sees where nothing is filled in."""
        return self.default or f"[{self.name}]"


def segments(text: str) -> Iterator[str | FillIn]:
    """Yield the text piece by piece: plain words, and the places between them."""
    at = 0
    for match in PLACE.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield _place(match[1])
        at = match.end()
    if at < len(text):
        yield text[at:]


def around_places(text: str) -> list[str | FillIn]:
    """Split a text into words, a place, words, and so on, by turns; words may be none."""
    parts: list[str | FillIn] = list(PLACE.split(text))
    parts[1::2] = map(_place, parts[1::2])
    return parts


def places(text: str) -> tuple[FillIn, ...]:
    """Return the places of a text in their order, each name once."""
    return tuple(_places(segments(text)).values())


def places_of(requirement: Requirement) -> tuple[FillIn, ...]:
    """Return the places of all texts of a published requirement, each name once."""
    return places("\n".join(getattr(requirement, field) for field in WITH_PLACES))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text as the buyer has filled it in.

    Args:
        values: by `FillIn.key`; what is missing or empty falls back on the default.
    """
    first: dict[str, FillIn] = {}
    pieces = PLACE.split(text)
    for at in range(1, len(pieces), 2):
        place = _place(pieces[at])
        default = first.setdefault(place.key, place)
        pieces[at] = values.get(place.key, "").strip() or default.visible_text
    return "".join(pieces)


def _places(pieces: Iterable[str | FillIn]) -> dict[str, FillIn]:
    """Return the places among pieces, by key; the first with a key counts."""
    by_key: dict[str, FillIn] = {}
    for piece in pieces:
        if isinstance(piece, FillIn):
            by_key.setdefault(piece.key, piece)
    return by_key


def faults(text: str) -> list[str]:
    """Return what is wrong with the places of a text, each as a sentence for its author."""
    inside = PLACE.findall(text)
    if len(inside) == text.count("[") == text.count("]") == 1 and _is_sound(inside[0]):
        # Most have one place, and there are thousands of them.
        return []
    sentences: list[str] = []
    if not text.count("[") == text.count("]") == len(inside):
        sentences.append(_("A square bracket has no match. Fields are written [name: default]."))
    seen: dict[str, FillIn] = {}
    for place in map(_place, inside):
        first = seen.setdefault(place.key, place)
        if not place.key:
            sentences.append(_("A fill-in field has no name. Fields are written [name: default]."))
        elif len(place.name) > LONGEST_NAME:
            sentence = _("The name of a fill-in field is longer than %(most)s characters.")
            sentences.append(sentence % {"most": figure(LONGEST_NAME)})
        elif place.default and first.default and place.default != first.default:
            sentence = _("The fill-in field “%(name)s” has two defaults.")
            sentences.append(sentence % {"name": place.name})
    return list(dict.fromkeys(sentences)) if sentences else sentences


def _is_sound(inside: str) -> bool:
    place = _place(inside)
    return bool(place.key) and len(place.name) <= LONGEST_NAME


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """Return the slug of a name, kept: the same few names stand in many requirements."""
    return str(slugify(name))


@lru_cache(maxsize=4096)
def _place(inside: str) -> FillIn:
    rest, _bar, help_text = inside.partition("|")
    name, _colon, default = rest.partition(":")
    return FillIn(name.strip(), default.strip(), help_text.strip())
