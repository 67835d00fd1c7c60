"""What an import changes: collected while it happens, shown before it is confirmed."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
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
    """One thing that is other than before: where, and from what to what."""

    kind: ImportChangeKind
    where: str
    before: str = ""
    after: str = ""

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
        """Why it stays, in the user's language."""
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


@dataclass
class Changes:
    """The changes of one import, in the order of the plan, and what it did not take away.

    `said_same` holds the keys of those questions that a person answered with yes, `recalled` what
    was said when the same was asked before, `of` says what is changed.
    """

    entries: list[ImportChange] = field(default_factory=list)
    kept: list[KeptItem] = field(default_factory=list)
    questions: list[SamenessQuestion] = field(default_factory=list)
    said_same: Collection[str] = ()
    recalled: Mapping[str, bool] = field(default_factory=dict)
    of: str = ""

    def __iter__(self) -> Iterator[ImportChange]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def note(self, where: str, before: object, after: object) -> bool:
        """Write down a difference, if there is one; returns whether there is."""
        if before == after:
            return False
        kind = ImportChangeKind.CHANGED
        if before in ("", None):
            kind = ImportChangeKind.ADDED
        elif after in ("", None):
            kind = ImportChangeKind.REMOVED
        self.entries.append(ImportChange(kind, str(where), str(before or ""), str(after or "")))
        return True

    def keep(self, where: str, text: object, holders: Iterable[object]) -> None:
        """Write down that something stays, since others build on it."""
        named = dict.fromkeys(
            str(Truncator(str(holder)).chars(LONGEST_NAME)) for holder in holders
        )
        self.kept.append(KeptItem(str(where), str(text), tuple(named)))

    def ask(self, where: str, row: models.Model, before: str, after: str) -> bool:
        """Write down a question about a stored row; returns whether a person said yes."""
        key = f"{row._meta.model_name}-{row.pk}"
        is_same = key in self.said_same or self.recalled.get(
            question_key(key, before, after), False
        )
        self.questions.append(SamenessQuestion(key, where, before, after, is_same))
        return is_same

    def answers(self) -> dict[str, bool]:
        """Tell how each question is answered, as it is remembered."""
        return {question_key(q.key, q.before, q.after): q.is_same for q in self.questions}

    def lines(self) -> Iterator[str]:
        """Write one line for each question, each change, and each thing that was kept."""
        for question in self.questions:
            words = f"“{question.before}” → “{question.after}”"
            yield f"[{question.key}] {question.sentence} {words}: {question.answer}"
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
        """Return the changes as a table: where, what, from what, to what."""
        return [(row.where, row.kind_name, row.before, row.after) for row in self.entries]

    def digest(self) -> str:
        """Return a checksum that two equal sets of changes share."""
        rows = [
            *map(asdict, self.entries),
            *map(asdict, self.kept),
            *map(asdict, self.questions),
        ]
        content = json.dumps([self.of, rows], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()
