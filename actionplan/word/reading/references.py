"""Understands "samma risker som ovan" and its like as links, and words a link so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from actionplan.text import clean, fold
from actionplan.word.document import CellReference
from actionplan.word.reading.findings import LONGEST_CELL
from actionplan.word.reading.headings import Headings, heading_key

PHRASE: Final = re.compile(
    r"(?<!inte )(?<!ej )\bsamma"
    r"(?: (?:risk|möjlighet)(?:er)?(?:(?: och | eller | samt |/)(?:risk|möjlighet)(?:er)?)?)?"
    r"(?: (?:gäller|finns|förekommer))? som(?: för| i| vid| under)?:? ",
    re.I,
)
ABOVE: Final = re.compile(
    r"ovan(?:för|stående)?(?=\s*(?:$|[.,;:!?)–-])|\s(?:och|men|samt|dvs|fast)\b)", re.I
)
CATEGORY: Final = re.compile(
    r"(?:inköps)?kategorin (?:[”\"“](?P<quoted>[^”\"]+)[”\"]|(?P<plain>[^.,;:!?()]+))", re.I
)
SEE: Final = re.compile(
    r"(?P<what>[^.,;:!?()]{1,80}?) \(\s*se (?:även )?(?:handlingsplan(?:en)? för )?"
    r"(?:(?:inköps)?kategorin )?(?P<target>[^()]{1,200}?)\s*\)",
    re.I,
)
# What "(se …)" also points at, and which is no purchasing category.
ELSEWHERE: Final = re.compile(
    r"(?:ovan|nedan|bilaga|avsnitt|sida|sid|s|kap|kapitel|tabell|punkt|figur|not|https?|www)\b",
    re.I,
)
AREA: Final = re.compile(r"(?:i )?produktområdet? (\d{1,4})\b")
END: Final = re.compile(r"(?:: risker och möjligheter)?\s*(?:$|[.,;:!?()])")
# No name is longer; a forged cell of a million phrases must not be copied a million times.
LONGEST_TARGET: Final = 400
NEEDS_QUOTES: Final = re.compile(r"[.,;:!?()]")
AS: Final = re.compile(r"\bsom(?: för)? ", re.I)
# What stands where a name ends. The names are too many, and too often others, to be expressions.
NO_LETTER: Final = re.compile(r"(?!\w)")
BREAK: Final = re.compile(r"\b")


@dataclass(frozen=True, slots=True)
class Position:
    """The cell that the words stand in."""

    area: int
    stage: str
    dimension: str


@dataclass(frozen=True, slots=True)
class ReferenceTargets:
    """What a reference may lead to: the document's areas, and other categories by alias."""

    headings: Headings
    areas: frozenset[int]
    aliases: Mapping[str, str] = field(default_factory=dict)


def aliases_in(text: str) -> dict[str, str]:
    """Find other categories by the name a text gives them: "som övriga IT-produkter (se X)"."""
    words = clean(text)
    aliases: dict[str, str] = {}
    for phrase in AS.finditer(words):
        see = SEE.match(words, phrase.end())
        if see and not ELSEWHERE.match(see["target"]):
            aliases.setdefault(fold(see["what"]), see["target"])
    return aliases


def find_reference(
    text: str, *, own: Position, above_stage: str, known: ReferenceTargets
) -> CellReference | None:
    """Return the first link in a cell's words that leads elsewhere than to the cell itself."""
    words = clean(text[:LONGEST_CELL])
    itself = CellReference(own.area, own.stage, own.dimension)
    for phrase in PHRASE.finditer(words):
        rest = words[phrase.end() : phrase.end() + LONGEST_TARGET]
        for reference in _targets(rest, own, above_stage, known):
            if reference != itself:
                return reference
    return None


def _targets(
    rest: str, own: Position, above_stage: str, known: ReferenceTargets
) -> Iterator[CellReference]:
    if ABOVE.match(rest) and above_stage:
        yield CellReference(own.area, above_stage, own.dimension)
    if category := CATEGORY.match(rest):
        yield CellReference(category=clean(category["quoted"] or category["plain"]))
    if (cell := _cell(rest, own, known)) is not None:
        yield cell
    if see := SEE.match(rest):
        if (cell := _cell(see["target"], own, known)) is not None:
            yield cell
        elif not ELSEWHERE.match(see["target"]):
            yield CellReference(category=see["target"])
    folded = fold(rest)
    for alias in sorted(known.aliases, key=len, reverse=True):
        if folded.startswith(alias) and BREAK.match(folded, len(alias)):
            yield CellReference(category=known.aliases[alias])


def _cell(rest: str, own: Position, known: ReferenceTargets) -> CellReference | None:
    """Read a link to a stage, a dimension and an area; what is missing is the cell's own."""
    key = heading_key(rest)
    stage, key = _leading(known.headings.stages, key)
    dimension, key = _leading(known.headings.dimensions, key.removeprefix("under "))
    area = AREA.match(key)
    number = int(area[1]) if area else own.area
    if not (stage or dimension or area) or number not in known.areas:
        return None
    if not area and not END.match(key):
        return None
    return CellReference(number, stage or own.stage, dimension or own.dimension)


def _leading(spellings: Mapping[str, str], key: str) -> tuple[str, str]:
    """Return the code of the longest heading that a text begins with, and the rest of it."""
    for spelling in sorted(spellings, key=len, reverse=True):
        if key.startswith(spelling) and NO_LETTER.match(key, len(spelling)):
            return spellings[spelling], key[len(spelling) :].lstrip()
    return "", key


def reference_words(
    reference: CellReference,
    *,
    own: Position,
    above_stage: str,
    stage_names: Mapping[str, str],
    dimension_names: Mapping[str, str],
) -> str:
    """Write the sentence for a link; read back in the same place it gives the same link."""
    if reference.category:
        name = reference.category
        quoted = f"”{name}”" if NEEDS_QUOTES.search(name) else name
        return f"Samma risker som för kategorin {quoted}."
    is_own_column = (reference.area, reference.dimension) == (own.area, own.dimension)
    if is_own_column and reference.stage == above_stage:
        return "Samma risker som ovan."
    parts = []
    if reference.stage != own.stage:
        parts.append(stage_names[reference.stage])
    if reference.dimension != own.dimension:
        parts.append(("under " if parts else "") + dimension_names[reference.dimension])
    if reference.area != own.area:
        parts.append(("i " if parts else "") + f"produktområde {reference.area}")
    return f"Samma risker som för {' '.join(parts)}."
