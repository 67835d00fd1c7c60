"""The parts of a plan that an import touches, each of which can be left as it is."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.text import figure, joined
from risks.extension_points import requirements_on
from risks.importing.changes import KIND_NAMES, Changes, ImportChangeKind

# So many of the requirements that build on a part are named; the others are counted.
MOST_NAMED: Final = 12
# So many of the texts that go are said with their part; all of them stand among the changes.
MOST_REMOVED: Final = 10


@dataclass(frozen=True)
class TouchedPart:
    """A part of the plan: what an import does to it, and what builds on that."""

    key: str
    name: str
    kinds: Counter[ImportChangeKind]
    removed: tuple[str, ...]
    requirements: tuple[str, ...]
    is_left: bool

    @property
    def counts(self) -> str:
        """How much changes, what goes first: "2 removed, 1 changed"."""
        order = (ImportChangeKind.REMOVED, ImportChangeKind.CHANGED, ImportChangeKind.ADDED)
        return ", ".join(
            f"{figure(self.kinds[kind])} {KIND_NAMES[kind]}" for kind in order if self.kinds[kind]
        )

    @property
    def more_removed(self) -> int:
        """How many texts go beside those that are said."""
        return max(self.kinds[ImportChangeKind.REMOVED] - len(self.removed), 0)

    @property
    def builds(self) -> str:
        """What builds on what is touched, as a sentence; "" for nothing."""
        number = len(self.requirements)
        if not number:
            return ""
        text = ngettext(
            "%(number)s requirement builds on it: %(codes)s.",
            "%(number)s requirements build on it: %(codes)s.",
            number,
        )
        named = self.requirements[:MOST_NAMED]
        codes = joined(named)
        if number > MOST_NAMED:
            rest = figure(number - MOST_NAMED)
            codes = _("%(codes)s and %(rest)s more") % {"codes": ", ".join(named), "rest": rest}
        return text % {"number": figure(number), "codes": codes}


def touched_parts(changes: Changes) -> list[TouchedPart]:
    """Return the parts that change, or that a person leaves as they are: those that lose first."""
    kinds: defaultdict[str, Counter[ImportChangeKind]] = defaultdict(Counter)
    removed: defaultdict[str, list[str]] = defaultdict(list)
    for entry in changes:
        kinds[entry.part][entry.kind] += 1
        if entry.kind is ImportChangeKind.REMOVED:
            removed[entry.part].append(entry.before)
    codes = _codes(changes)
    parts = [
        TouchedPart(
            key=key,
            name=name,
            kinds=kinds[key],
            removed=tuple(removed[key][:MOST_REMOVED]),
            requirements=codes.get(key, ()),
            is_left=key in changes.left,
        )
        for key, name in changes.parts.items()
        if kinds[key] or key in codes or key in changes.left
    ]
    return sorted(parts, key=lambda part: not part.kinds[ImportChangeKind.REMOVED])


def _codes(changes: Changes) -> dict[str, tuple[str, ...]]:
    """Return the codes of the requirements that build on what is touched, by part."""
    by_model: defaultdict[type[Model], set[int]] = defaultdict(set)
    for rows in changes.touched.values():
        for row in rows:
            by_model[type(row)].add(row.pk)
    built = {
        (model, key): requirements
        for model, keys in by_model.items()
        for ask in requirements_on
        for key, requirements in ask(model, keys).items()
    }
    return {
        part: codes for part, rows in changes.touched.items() if (codes := _of_rows(rows, built))
    }


def _of_rows(
    rows: Sequence[Model], built: dict[tuple[type[Model], int], dict[int, str]]
) -> tuple[str, ...]:
    """Return the codes of what builds on rows, each requirement once."""
    requirements: dict[int, str] = {}
    for row in rows:
        requirements |= built.get((type(row), row.pk), {})
    return tuple(sorted(requirements.values()))
