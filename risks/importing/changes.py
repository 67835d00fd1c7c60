"""What an import changes: collected while it happens, shown before it is confirmed."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplan.text import figure, joined
from risks.models.answers import question_key

# Of what builds on something: enough to find it.
LONGEST_NAME: Final = 80
# Of the new texts that one may go on as: more than a cell has in any plan so far.
MOST_OPTIONS: Final = 30


class ImportChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


KIND_NAMES = {
    ImportChangeKind.ADDED: gettext_lazy("added"),
    ImportChangeKind.CHANGED: gettext_lazy("changed"),
    ImportChangeKind.REMOVED: gettext_lazy("removed"),
}


@dataclass(frozen=True)
class ImportChange:
    """One thing that is other than before: where, and from what to what.

    `part` is the key of the part of the plan in which it is.
    """

    kind: ImportChangeKind
    where: str
    before: str = ""
    after: str = ""
    part: str = ""

    @property
    def kind_name(self) -> str:
        """The kind in the user's language."""
        return str(KIND_NAMES[self.kind])


@dataclass(frozen=True)
class KeptItem:
    """Something that stays though the document no longer has it, and what builds on it."""

    where: str
    text: str
    holders: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Why it stays, in the user's language: others build on it, or a person left it."""
        if not self.holders:
            return _("Kept: “%(text)s”, because you left it as it is.") % {"text": self.text}
        return _("Kept: “%(text)s”, because this builds on it: %(holders)s.") % {
            "text": self.text,
            "holders": joined(self.holders),
        }


@dataclass(frozen=True)
class SamenessQuestion:
    """Whether something stored and something in the document are the same; a person's answer.

    `key` names it in an answer: the same as long as the stored row is there.
    """

    key: str
    where: str
    before: str
    after: str
    is_same: bool

    @property
    def sentence(self) -> str:
        """What is asked, in the user's language."""
        return _("%(what)s has been reworded. Is it the same thing?") % {"what": self.where}

    @property
    def answer(self) -> str:
        """How it was answered, in the user's language."""
        return _("the same, reworded") if self.is_same else _("something else")


@dataclass(frozen=True)
class ReplacementQuestion:
    """Which new text of its place goes on as one that others build on; "" is none of them.

    `options` are the new texts by the key that an answer names them by.
    """

    key: str
    where: str
    before: str
    holders: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    answer: str

    @property
    def sentence(self) -> str:
        """What is asked, in the user's language."""
        return _("%(where)s: does a new text replace this one?") % {"where": self.where}

    @property
    def builds(self) -> str:
        """What is at stake, in the user's language."""
        return _("This builds on it: %(holders)s.") % {"holders": joined(self.holders)}


@dataclass
class Changes:
    """The changes of one import, in the order of the plan, and what it did not take away.

    `confirmed` holds the keys of those questions that a person answered with yes, `preferred`
    what she chose by the key of the question, `recalled` what was said when the same was asked
    before, `left` the keys of the parts that stay as they are, `of` says what is changed.
    """

    entries: list[ImportChange] = field(default_factory=list)
    kept: list[KeptItem] = field(default_factory=list)
    questions: list[SamenessQuestion] = field(default_factory=list)
    replacements: list[ReplacementQuestion] = field(default_factory=list)
    confirmed: Collection[str] = ()
    preferred: Mapping[str, str] = field(default_factory=dict)
    recalled: Mapping[str, bool] = field(default_factory=dict)
    left: Collection[str] = ()
    of: str = ""
    # The parts of the plan by key: what they are called, and the stored rows that are touched.
    parts: dict[str, str] = field(default_factory=dict)
    touched: dict[str, list[models.Model]] = field(default_factory=dict)
    part: str = ""

    def __iter__(self) -> Iterator[ImportChange]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def enter(self, part: str, name: str = "") -> None:
        """Go on in a part of the plan; "" is its head."""
        self.part = part
        if name:
            self.parts.setdefault(part, name)

    def touch(self, row: models.Model) -> None:
        """Write down that a stored row is another afterwards, or goes, or is kept aside."""
        if row.pk is not None:
            self.touched.setdefault(self.part, []).append(row)

    def note(self, where: str, before: object, after: object) -> bool:
        """Write down a difference, if there is one; returns whether there is."""
        if before == after:
            return False
        kind = ImportChangeKind.CHANGED
        if before in ("", None):
            kind = ImportChangeKind.ADDED
        elif after in ("", None):
            kind = ImportChangeKind.REMOVED
        words = str(before or ""), str(after or "")
        self.entries.append(ImportChange(kind, str(where), *words, self.part))
        return True

    def keep(self, where: str, text: object, holders: Iterable[object]) -> None:
        """Write down that something stays, since others build on it."""
        self.kept.append(KeptItem(str(where), str(text), _named(holders)))

    def ask(self, where: str, row: models.Model, before: str, after: str) -> bool:
        """Write down a question about a stored row; returns whether a person said yes."""
        key = f"{row._meta.model_name}-{row.pk}"
        is_same = key in self.confirmed or self.recalled.get(
            question_key(key, before, after), False
        )
        self.questions.append(SamenessQuestion(key, where, before, after, is_same))
        return is_same

    def ask_which(
        self, where: str, row: models.Model, holders: Iterable[object], texts: Sequence[str]
    ) -> int | None:
        """Ask which new text goes on as a stored one; returns its place, None for none of them."""
        key, before = f"{row._meta.model_name}-{row.pk}", str(row)
        options = [(question_key(text), text) for text in texts[:MOST_OPTIONS]]
        recalled = (
            option
            for option, text in options
            if self.recalled.get(question_key(key, before, text))
        )
        wanted = self.preferred.get(key) or next(recalled, "")
        keys = [option for option, _text in options]
        answer = wanted if wanted in keys else ""
        self.replacements.append(
            ReplacementQuestion(key, where, before, _named(holders), tuple(options), answer)
        )
        return keys.index(answer) if answer else None

    def answers(self) -> dict[str, bool]:
        """Tell how each question is answered, as it is remembered."""
        same = {question_key(q.key, q.before, q.after): q.is_same for q in self.questions}
        answer = {
            question_key(q.key, q.before, text): option == q.answer
            for q in self.replacements
            for option, text in q.options
        }
        return same | answer

    def lines(self) -> Iterator[str]:
        """Write one line for each question, each change, and each thing that was kept."""
        for question in self.questions:
            words = f"“{question.before}” → “{question.after}”"
            yield f"[{question.key}] {question.sentence} {words}: {question.answer}"
        for replacement in self.replacements:
            yield f"[{replacement.key}] {replacement.sentence} “{replacement.before}”"
            for option, text in replacement.options:
                yield f"[{replacement.key}={option}] “{text}”" + (
                    " *" * (option == replacement.answer)
                )
        for change in self.entries:
            words = " → ".join(filter(None, [change.before, change.after]))
            yield f"{change.kind_name}: {change.where}: {words}"
        for kept in self.kept:
            yield f"{kept.where}: {kept.sentence}"

    def summary(self, name: str, *, dry_run: bool) -> str:
        """Tell how many changes there are to what is called so."""
        number = len(self.entries)
        if dry_run:
            text = ngettext(
                "%(plan)s: %(number)s change, nothing saved.",
                "%(plan)s: %(number)s changes, nothing saved.",
                number,
            )
        else:
            text = ngettext(
                "%(plan)s: %(number)s change.", "%(plan)s: %(number)s changes.", number
            )
        return text % {"plan": name, "number": figure(number)}

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return the changes as a table: where, what, from what, to what.

        They stand part by part, those that lose something first, and in each what goes first.
        """
        removed = {row.part for row in self.entries if row.kind is ImportChangeKind.REMOVED}
        parts = sorted(("", *self.parts), key=lambda part: part not in removed)
        order = {part: at for at, part in enumerate(parts)}
        entries = sorted(
            self.entries,
            key=lambda row: (order.get(row.part, 0), row.kind != ImportChangeKind.REMOVED),
        )
        return [(row.where, row.kind_name, row.before, row.after) for row in entries]

    def digest(self) -> str:
        """Return a checksum that two equal sets of changes share."""
        rows = [
            *map(asdict, self.entries),
            *map(asdict, self.kept),
            *map(asdict, self.questions),
            *map(asdict, self.replacements),
        ]
        content = json.dumps([self.of, rows], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


def _named(holders: Iterable[object]) -> tuple[str, ...]:
    """Return what holders are called, each once, long names cut."""
    return tuple(
        dict.fromkeys(str(Truncator(str(holder)).chars(LONGEST_NAME)) for holder in holders)
    )
