"""The form of one cell: what is known of it as fields, and its statements as rows."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges.form_fields import form_field
from actionplan.merging.conflicts import CHOICE, Authorship, Conflict, ConflictChoice, last_written
from actionplan.merging.merge_forms import MergingMixin
from actionplan.models import ChangeLog
from actionplan.text import figure, is_number, joined
from actionplan.word.document import MOST_STATEMENTS
from risks.actions.delete_protection import builders, protected
from risks.admin.cells.choices import CellChoices, choice_of, meant
from risks.grid import rows as rows_of
from risks.grid.editing import CellContent, CellEdit, says_no_leverage, work_out_rows
from risks.grid.matrix import in_circle
from risks.grid.pasting import pasted_rows
from risks.grid.rows import MergedRow, Row
from risks.models import Assessment, RiskCell, RiskLevel, RiskStatement, StatementKind

LONGEST: Final = 4000
# Names of what is sent: a row's fields end in its place; what was shown is sent back as it was.
KEY, KIND, TEXT, START, PASTED, BUTTON = "key", "kind", "text", "initial-rows", "pasted", "do"
ABSORBED: Final = "absorbed"


class FactsForm(MergingMixin, forms.Form):
    """How a cell is assessed, its level, and what gives it."""

    assessment = forms.ChoiceField(label=gettext_lazy("Assessment"))
    level = forms.ChoiceField(
        label=gettext_lazy("Risk level"),
        required=False,
        choices=[("", gettext_lazy("level not given")), *RiskLevel.choices],
    )
    level_source = forms.URLField(
        label=gettext_lazy("Source of the level (address)"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("The source goes when the level is changed: give the new one."),
    )
    level_source_dated = forms.DateField(
        label=gettext_lazy("Date of the source"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None, *, cell: RiskCell, choices: CellChoices) -> None:
        self.cell, self.choices = cell, choices
        super().__init__(data, initial=facts_of(cell))

    def prepare(self) -> None:
        """Offer what the cell may be the same as."""
        assessment = form_field(self, "assessment", forms.ChoiceField)
        assessment.choices = self.choices.of(self.cell)
        self.fields["level_source"].widget.attrs["inputmode"] = "url"

    def last_written(self, name: str) -> Authorship | None:
        """Find who made a field what it is now."""
        column = "" if name == "assessment" else name
        return last_written(ChangeLog.objects.about(self.cell), column)

    def source(self) -> tuple[str, date | None]:
        """Return what gives the level: nothing gives a level that was changed by itself."""
        names = ("level_source", "level_source_dated")
        address, dated = (self.cleaned_data.get(name) or None for name in names)
        is_changed = any(name in self.changed_data for name in names)
        if "level" in self.changed_data and not is_changed:
            return "", None
        return address or "", dated


def facts_of(cell: RiskCell) -> dict[str, object]:
    """Return the values of a cell's fields as its form shows them."""
    return {
        "assessment": choice_of(cell),
        "level": cell.level,
        "level_source": cell.level_source,
        "level_source_dated": cell.level_source_dated,
    }


@dataclass
class FormRow:
    """A row as the page shows it."""

    at: int
    merged: MergedRow
    errors: list[str] = field(default_factory=list)
    conflict: str = ""

    @property
    def row(self) -> Row:
        return self.merged.row

    @property
    def absorbed(self) -> str:
        """The keys of the rows that were joined with it, as they are sent."""
        return " ".join(map(str, self.row.absorbed))


class CellDraft:
    """One cell as somebody writes it, merged with what is stored meanwhile."""

    def __init__(self, cell: RiskCell, data: QueryDict | None = None) -> None:
        """Read what was sent, do what a button of it asks for, and merge.

        Args:
            cell: with `statements` prefetched.
            data: what was sent, else the form shows what is stored.
        """
        self.cell = cell
        self.choices = CellChoices(cell.product_area)
        self.facts = FactsForm(data, cell=cell, choices=self.choices)
        self.stored = stored_rows(cell)
        self.errors: list[str] = []
        self.notes: list[str] = []
        self.reworded_keys: list[int] = []
        mine, start = self.stored, self.stored
        if data is not None:
            start = _start_rows(data)
            mine = self._sent(data, {row.key: row for row in start})
        merge = rows_of.merged(start, self.stored, mine)
        if merge.kept:
            text = _("Somebody else has changed what you removed, so it is still here: %(texts)s.")
            self.notes.append(text % {"texts": joined(f"“{row.text}”" for row in merge.kept)})
        self.rows = [self._form_row(at, row) for at, row in enumerate(merge.rows)]

    @property
    def start(self) -> str:
        """The stored rows, to be sent back with what is made of them."""
        return _as_text(self.stored)

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to choose between two texts."""
        return any(row.merged.is_clash for row in self.rows) or bool(self.facts.conflicts)

    def is_valid(self) -> bool:
        """Tell whether it can be stored; every fault is told at its place."""
        is_sound = self.facts.is_valid()
        self._check_rows()
        if not is_sound or self.errors or any(row.errors for row in self.rows) or self.is_waiting:
            return False
        self.edit = self._worked_out()
        self.reworded_keys = self._reworded()
        self._refuse_circle()
        self._refuse_losses()
        return not self.errors and not self.facts.errors

    def _reworded(self) -> list[int]:
        """Return the keys of the statements whose words or kind would change."""
        return [
            row.pk
            for row, kind, text in self.edit.laid
            if row.pk is not None and (row.kind, row.text) != (kind, text)
        ]

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to store."""
        return bool(self.facts.changed_data) or [row.row for row in self.rows] != self.stored

    def _sent(self, data: QueryDict, start: Mapping[int | None, Row]) -> list[Row]:
        """Return the rows that were sent, after what a button asks for."""
        sent = _rows(data)
        sent = _after_button(data.get(BUTTON, ""), sent, self._needed)
        settled = [row for at, row in sent for row in _settled(data, at, row, start)]
        return [*rows_of.cut(settled), *pasted_rows(data.get(PASTED, ""))]

    def _needed(self) -> set[int]:
        """Return the keys of the statements that others build on."""
        return set(builders(list(self.cell.statements.all())))

    def _form_row(self, at: int, entry: MergedRow) -> FormRow:
        row = FormRow(at, entry)
        if entry.is_clash:
            kinds = dict(StatementKind.choices)
            stored = _("removed")
            if entry.theirs is not None:
                stored = f"{kinds[entry.theirs.kind]}: {entry.theirs.text}"
            log = ChangeLog.objects.parts(RiskStatement, self.cell.pk)
            if entry.theirs is not None and entry.theirs.key is not None:
                log = log.filter(key=entry.theirs.key)
            conflict = Conflict(stored, "", last_written(log), is_joinable=True)
            row.conflict = conflict.rendered(_name(TEXT, at))
        return row

    def _check_rows(self) -> None:
        for row in self.rows:
            if len(row.row.text) > LONGEST:
                text = _("The text is longer than %(most)s characters. Split it.")
                row.errors.append(text % {"most": figure(LONGEST)})
            if row.row.kind not in StatementKind.values:
                row.errors.append(_("Choose risk or opportunity."))
        if len(self.rows) > MOST_STATEMENTS:
            text = _("A cell may have at most %(most)s lines. Combine some of them.")
            self.errors.append(text % {"most": figure(MOST_STATEMENTS)})
        if self.facts.cleaned_data.get("assessment") == Assessment.NO_LEVERAGE:
            words = [row.row for row in self.rows]
            is_no_leverage = len(words) == 1 and says_no_leverage(words[0].text)
            if words and not is_no_leverage:
                self.errors.append(
                    _(
                        "A cell without leverage can contain nothing else. Remove the "
                        "text, or choose own risks and opportunities."
                    )
                )

    def _worked_out(self) -> CellEdit:
        known = meant(self.facts.cleaned_data["assessment"])
        content = CellContent(
            **known, level=self.facts.cleaned_data["level"], risks=(), opportunities=()
        )
        laid: Sequence[Row] = [row.row for row in self.rows]
        return work_out_rows(self.cell, laid, content, self.choices.names, self.facts.source())

    def _refuse_circle(self) -> None:
        cells = self.choices.names.cells
        targets = {pk: cell.same_as_cell_id for pk, cell in cells.items() if cell.same_as_cell_id}
        targets.pop(self.cell.pk, None)
        if target := self.edit.facts["same_as_cell_id"]:
            targets[self.cell.pk] = target
        if self.cell.pk in in_circle(targets):
            self.facts.add_error(
                "assessment", _("The references form a circle. Change one of them.")
            )

    @property
    def absorbed(self) -> dict[int, int]:
        """Which statements go since they were joined with others, and with which of those."""
        lost = {row.pk for row in self.edit.lost}
        kept = {row.pk for row, _kind, _text in self.edit.laid} - {None}
        return {
            key: start.row.key
            for start in self.rows
            for key in start.row.absorbed
            if key in lost and start.row.key is not None and start.row.key in kept
        }

    def _refuse_losses(self) -> None:
        absorbed = self.absorbed
        lost = [row for row in self.edit.lost if row.pk not in absorbed]
        holding = protected(lost)
        for row in lost:
            if by := holding.get(row.pk):
                text = _(
                    "“%(text)s” cannot be removed, because this builds on it: "
                    "%(holders)s. Remove that link first."
                )
                self.errors.append(text % {"text": row.text, "holders": joined(by)})
                # It stands there again, for whoever goes on writing.
                there = FormRow(0, MergedRow(Row(row.pk, row.kind, row.text)))
                self.rows.insert(min(row.position, len(self.rows)), there)
        for at, start in enumerate(self.rows):
            start.at = at


def stored_rows(cell: RiskCell) -> list[Row]:
    """Return the statements of a cell as rows."""
    return [Row(row.pk, row.kind, row.text) for row in cell.statements.all()]


def sent_as(cell: RiskCell, facts: Mapping[str, object], rows: Sequence[Row]) -> QueryDict:
    """Return what a person would send who writes these facts and rows into a cell's form."""
    data = QueryDict(mutable=True)
    for name, value in facts_of(cell).items():
        data[f"initial-{name}"] = str(value or "")
        data[name] = str(facts.get(name) or "")
    for at, row in enumerate(rows):
        for name, value in ((KEY, row.key or ""), (KIND, row.kind), (TEXT, row.text)):
            data[_name(name, at)] = str(value)
    data[START] = _as_text(stored_rows(cell))
    return data


def _name(name: str, at: int) -> str:
    return f"row-{at}-{name}"


def _as_text(rows: Sequence[Row]) -> str:
    return json.dumps([[row.key, row.kind, row.text] for row in rows], ensure_ascii=False)


def _start_rows(data: QueryDict) -> list[Row]:
    """Read the rows that were shown; none where what was sent says none."""
    try:
        start = json.loads(data.get(START, "[]"))
        return [Row(int(key), str(kind), str(text)) for key, kind, text in start]
    except (ValueError, TypeError):
        return []


def _rows(data: QueryDict) -> list[tuple[int, Row]]:
    """Return the rows as they were sent, each with its place in the names of its fields."""
    sent: list[tuple[int, Row]] = []
    while (text := data.get(_name(TEXT, len(sent)))) is not None:
        at = len(sent)
        key = data.get(_name(KEY, at), "")
        kind = data.get(_name(KIND, at), StatementKind.RISK)
        known = int(key) if is_number(key) else None
        absorbed = map(int, filter(is_number, data.get(_name(ABSORBED, at), "").split()))
        sent.append((at, Row(known, kind, text, tuple(absorbed))))
    return sent


def _after_button(
    button: str, sent: list[tuple[int, Row]], needed: Callable[[], Collection[int]]
) -> list[tuple[int, Row]]:
    """Do what a button of a row asks for: move it, join it with the next, take it away."""
    what, _dash, place = button.partition("-")
    at = int(place) if is_number(place) else -1
    rows = [row for _at, row in sent]
    if what in ("up", "down") and 0 <= at < len(rows):
        step = -1 if what == "up" else 1
        return rows_of.moved(sent, at, step)
    if what == "join":
        both = rows_of.joined(rows, at, needed())
        return [(i if i <= at else i + 1, row) for i, row in enumerate(both)]
    if what == "remove":
        return [pair for pair in sent if pair[0] != at]
    return sent


def _settled(data: QueryDict, at: int, row: Row, start: Mapping[int | None, Row]) -> list[Row]:
    """Return what becomes of a row of which two texts were start: one of them, or both."""
    choice = data.get(f"{_name(TEXT, at)}-{CHOICE}")
    theirs = start.get(row.key)
    if choice == ConflictChoice.THEIRS:
        return [theirs] if theirs is not None else []
    if choice == ConflictChoice.BOTH and theirs is not None:
        return [theirs, replace(row, key=None)]
    return [row]
