"""Words that were published by mistake, replaced in what is read of a published text. Pure.

What was published stays as it was, and so does its checksum.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final, TypeVar

import msgspec

from requirements_pkg.document.schema import Part

# In square brackets it would be a place to fill in.
MASK: Final = "(maskerat)"
# By these, programs know what they read: no words of anybody.
KEPT: Final = frozenset(
    {
        *("uid", "code", "slug", "stage", "dimension", "assessment", "level", "kind", "state"),
        *("replaces", "successor", "cpv", "dated", "on", "number", "method", "procurement_region"),
        *("baseline", "target", "due_on"),
    }
)
URL: Final = "url"
DATES: Final = (datetime, date)

Read = TypeVar("Read")


class MaskedWords(Part, frozen=True):
    """Words that nobody is to read, on which provision, and since when.

    Of a shared module they are masked in what it demands, in every package that includes it.
    """

    words: str
    provision: str
    at: datetime
    # The slug of the shared module whose words they are, in a package that includes it.
    module: str = ""


def masked(part: Read, maskings: Sequence[MaskedWords], kind: object = None) -> Read:
    """Return a published document, or a part of one, with words replaced in all of its texts.

    Args:
        part: a part of the document, some of them, or the plain JSON of it.
        maskings: what is masked in the version that it is of.
        kind: its type, where that is not its class.
    """
    if not maskings:
        return part
    plain = _masked(msgspec.to_builtins(part, builtin_types=DATES), maskings)
    read: Read = msgspec.convert(plain, type(part) if kind is None else kind, builtin_types=DATES)
    return read


def masked_text(text: str, words: Iterable[str]) -> str:
    """Return a text with words replaced, whatever their case and the space between them."""
    for pattern in map(pattern_of, words):
        text = pattern.sub(MASK, text)
    return text


def own_words(maskings: Iterable[MaskedWords]) -> tuple[str, ...]:
    """Return the words that are masked in everything that a version says."""
    return tuple(masking.words for masking in maskings if not masking.module)


def times_in(texts: Iterable[str], words: str) -> int:
    """Return how often words stand in some texts."""
    pattern = pattern_of(words)
    return sum(len(pattern.findall(text)) for text in texts)


def texts_of(part: object) -> Iterator[str]:
    """Yield every text of a published document in which words can be masked."""
    yield from _texts(msgspec.to_builtins(part, builtin_types=DATES))


def pattern_of(words: str) -> re.Pattern[str]:
    """Match whole words only: what is within another word is another word."""
    inner = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _masked(plain: object, maskings: Sequence[MaskedWords]) -> object:
    if isinstance(plain, str):
        return masked_text(plain, own_words(maskings))
    if isinstance(plain, list | tuple):
        return [_masked(member, maskings) for member in plain]
    if not isinstance(plain, dict):
        return plain
    here = _within(plain, maskings)
    return {
        name: value if name in KEPT and isinstance(value, str) else _field(name, value, here)
        for name, value in plain.items()
    }


def _within(plain: dict[str, object], maskings: Sequence[MaskedWords]) -> Sequence[MaskedWords]:
    """Return what is masked in a record: in a module's requirement, the module's words too."""
    module = plain.get("module")
    if not isinstance(module, dict):
        return maskings
    return [
        msgspec.structs.replace(masking, module="")
        if masking.module == module.get("slug")
        else masking
        for masking in maskings
    ]


def _field(name: str, value: object, maskings: Sequence[MaskedWords]) -> object:
    if name == URL and isinstance(value, str):
        # Half an address leads nowhere.
        return "" if masked_text(value, own_words(maskings)) != value else value
    return _masked(value, maskings)


def _texts(plain: object) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, list | tuple):
        for member in plain:
            yield from _texts(member)
    elif isinstance(plain, dict):
        for name, value in plain.items():
            if not (name in KEPT and isinstance(value, str)):
                yield from _texts(value)
