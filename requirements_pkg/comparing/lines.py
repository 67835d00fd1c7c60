"""What became of a requirement, field by field, as a page shows it. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from requirements_pkg.cards.requirement_cards import kind_names, level_names
from requirements_pkg.comparing import words
from requirements_pkg.comparing.differences import EditedText, Fields
from requirements_pkg.document.requirement_fields import FIELDS, NAMED
from requirements_pkg.document.schema import (
    Document,
    ModuleVersion,
    Proof,
    Reference,
    Requirement,
    Source,
    TreatedRisk,
    Withdrawal,
)

# What a requirement is tied to: another tie is no new wording, and makes no new number.
TIES: Final = frozenset({"product_areas", "treats", "serves", "module"})


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field that was changed: its label, and its words before and after."""

    name: str
    label: str
    pieces: words.Pieces

    @property
    def before(self) -> SafeString:
        """The old text, with what was deleted marked."""
        return marked(words.before(self.pieces))

    @property
    def after(self) -> SafeString:
        """The new text, with what was inserted marked."""
        return marked(words.after(self.pieces))

    @property
    def both(self) -> SafeString:
        """Both in one text."""
        return marked(self.pieces)


def line(name: str, label: str, old: str, new: str) -> ChangedField:
    """Compare two texts of a field, and return the line of it."""
    return ChangedField(name, label, words.compared(old, new))


def marked(pieces: words.Pieces) -> SafeString:
    """Draw pieces as HTML: what is inserted or deleted is marked for the eye and for the ear."""
    marks = _marks(get_language() or "en")
    made: list[str] = []
    for kind, text in pieces:
        if kind == words.KEEP:
            made.append(escape(text))
            continue
        start, end = marks[kind]
        bare = text.lstrip()
        # The space before a word is not underlined.
        made.append(f"{escape(text[: len(text) - len(bare)])}{start}{escape(bare)}{end}")
    return mark_safe("".join(made))  # noqa: S308


@cache
def _marks(language: str) -> dict[str, tuple[str, str]]:
    """Return what stands before and after a marked piece; asked for once for each language."""
    own = "" if language == "sv" else f' lang="{escape(language)}"'
    unseen = f'<span class="unseen"{own}>%s</span>'

    def mark(tag: str, begins: str, ends: str) -> tuple[str, str]:
        return f"<{tag}>{unseen % f'{begins} '}", f"{unseen % f' ({ends}) '}</{tag}>"

    return {
        words.INSERT: mark("ins", gettext("inserted:"), gettext("end of insertion")),
        words.DELETE: mark("del", gettext("deleted:"), gettext("end of deletion")),
    }


@dataclass(frozen=True, slots=True)
class ContentNames:
    """What the numbers, codes and identities of a content are called."""

    areas: Mapping[int, str]
    stages: Mapping[str, str]
    dimensions: Mapping[str, str]
    codes: Mapping[str, str]
    modules: Mapping[str, str]

    @classmethod
    def of(cls, content: Document) -> "ContentNames":
        """Return the names in a published document."""
        return cls(
            {area.number: area.name for area in content.areas},
            content.stage_names,
            content.dimension_names,
            {requirement.uid: requirement.code for requirement in content.requirements},
            {module.slug: module.title for module in content.modules},
        )

    def area(self, number: int) -> str:
        """Return the name of a product area, which it keeps when it is renumbered."""
        return self.areas.get(number, str(number))

    def place(self, at: TreatedRisk | Reference) -> str:
        """Return a cell of the matrix in words."""
        area = "" if at.product_area is None else self.area(at.product_area)
        stage = self.stages.get(at.stage, at.stage)
        dimension = self.dimensions.get(at.dimension, at.dimension)
        return f"{capfirst(area)}, {stage}, {dimension}"


def requirement_lines(
    change: Fields,
    pair: tuple[Requirement, Requirement],
    names: tuple[ContentNames, ContentNames],
    *,
    without: Collection[str] = (),
) -> tuple[ChangedField, ...]:
    """Return the fields of a requirement that read otherwise than before.

    A field that only follows a renumbered area, goal or requirement reads as it did.

    Args:
        change: what `requirement_differences` says of the pair.
        names: those of the old content and those of the new.
        without: the fields that do not count.
    """
    fields = []
    for name, label in requirement_labels(get_language() or "en").items():
        became = change.changed.get(name)
        if became is None or name in without:
            continue
        if isinstance(became, EditedText):
            fields.append(ChangedField(name, label, became.pieces))
            continue
        before, after = (field_words(name, *side) for side in zip(pair, names, strict=True))
        if before != after:
            fields.append(line(name, label, before, after))
    return tuple(fields)


def whole_lines(requirement: Requirement, names: ContentNames) -> tuple[ChangedField, ...]:
    """Return all that a requirement says, field by field, with nothing marked."""
    return tuple(
        ChangedField(name, label, (words.WordRun(words.KEEP, text),))
        for name, label in requirement_labels(get_language() or "en").items()
        if name != "title" and (text := field_words(name, requirement, names))
    )


@cache
def requirement_labels(language: str) -> dict[str, str]:
    """Return the labels of a requirement's compared fields, in the order they are read."""
    return {field.name: capfirst(gettext(field.label)) for field in FIELDS if field.is_compared}


def field_words(name: str, requirement: Requirement, names: ContentNames) -> str:
    """Return a field of a requirement as a reader meets it."""
    value = getattr(requirement, name)
    if NAMED[name].is_text:
        return str(value)
    if value is None:
        return ""
    return FIELD_WORDS[name](value, names)


def _source(source: Source) -> str:
    return "\n".join(filter(None, (source.title, source.dated, source.url)))


def _proof(proof: Proof) -> str:
    return "\n".join(filter(None, (proof.name, proof.owner, proof.proves, proof.url)))


def _withdrawn(value: Withdrawal, names: ContentNames) -> str:
    successor = names.codes.get(value.successor or "", "")
    instead = gettext("Use %(code)s instead.") % {"code": successor} if successor else ""
    return " ".join(filter(None, (value.on, value.reason, instead)))


def module_words(title: str, version: int) -> str:
    """Return a shared module with its version, in words."""
    named: str = gettext("%(title)s, version %(number)s")
    return named % {"title": title, "number": version}


def _module(value: ModuleVersion, names: ContentNames) -> str:
    return module_words(names.modules.get(value.slug, value.slug), value.version)


FIELD_WORDS: Final[dict[str, Callable[[Any, ContentNames], str]]] = {
    "kind": lambda value, names: kind_names().get(value, value),
    "level": lambda value, names: level_names().get(value, value),
    "replaces": lambda value, names: names.codes.get(value, ""),
    "withdrawn": _withdrawn,
    "max_points": lambda value, names: str(value),
    "product_areas": lambda value, names: (
        ", ".join(map(names.area, value)) or pgettext("product areas", "all")
    ),
    "cpv": lambda value, names: ", ".join(value),
    "treats": lambda value, names: "\n".join(
        f"{names.place(statement)}: {statement.text}" for statement in value
    ),
    "serves": lambda value, names: "\n".join(goal.title for goal in value),
    "proofs": lambda value, names: "\n".join(map(_proof, value)),
    "sources": lambda value, names: "\n".join(map(_source, value)),
    "module": _module,
}
