"""Words that were published by mistake, replaced in what is read of a published text. Pure.

What was published stays as it was, and so does its checksum.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from itertools import compress
from typing import Annotated, Final, TypeVar, get_args, get_origin

import msgspec

from requirements_pkg.document.schema import Part

# In square brackets it would be a place to fill in.
MASK: Final = "(maskerat)"
# By these, programs know what they read: no words of anybody.
KEPT: Final = frozenset(
    {
        *("uid", "code", "slug", "stage", "dimension", "assessment", "level", "kind", "state"),
        *("replaces", "successor", "cpv", "dated", "on", "number", "method", "procurement_region"),
        *("baseline", "target", "due_on", "decision", "opened_on", "closed_on"),
    }
)
URL: Final = "url"
DATES: Final = (datetime, date)
WORDLESS: Final = (int, float, type(None), *DATES)

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


def texts_of(part: object) -> list[str]:
    """Return every text of a published document in which words can be masked."""
    texts: list[str] = []
    _collect(part, texts)
    return texts


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


def _collect(part: object, texts: list[str]) -> None:
    """Take the texts out of a part as it stands: it is not written down for that."""
    if isinstance(part, msgspec.Struct):
        for value in compress(msgspec.structs.astuple(part), _worded(type(part))):
            if type(value) is str:
                if value:
                    texts.append(value)
            elif value:
                _collect(value, texts)
    elif isinstance(part, str):
        texts.append(part)
    elif isinstance(part, list | tuple):
        for member in part:
            _collect(member, texts)
    elif isinstance(part, dict):
        for name, value in part.items():
            if not (name in KEPT and isinstance(value, str)):
                _collect(value, texts)
    elif not isinstance(part, WORDLESS):
        # As it is written: a figure may be a text there.
        _collect(msgspec.to_builtins(part, builtin_types=DATES), texts)


@cache
def _worded(kind: type[msgspec.Struct]) -> tuple[bool, ...]:
    """Tell of each field of a record whether it may hold words: a list does by any name."""
    fields = msgspec.structs.fields(kind)
    return tuple(not (field.name in KEPT and _is_text(field.type)) for field in fields)


def _is_text(kind: object) -> bool:
    """Tell whether a field holds one text, or none."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return {*(get_args(kind) or [kind])} <= {str, type(None)}
