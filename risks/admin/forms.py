"""The forms of the grid: one per cell, and all of them as one page."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.database.past_states import pasts
from actionplan.django_edges import CleanedData, FormData
from actionplan.django_edges.form_fields import form_field
from actionplan.merging.conflicts import Authorship, last_written
from actionplan.merging.merge_forms import LineField, MergingMixin
from actionplan.models import ChangeLog, User
from actionplan.text import clean, figure, joined
from actionplan.word.document import MOST_STATEMENTS
from risks.actions.delete_protection import protected
from risks.admin.cells.choices import CellChoices, Choices, choice_of, meant
from risks.grid.editing import (
    CellContent,
    CellEdit,
    says_no_leverage,
    work_out,
    write_edits,
)
from risks.grid.matrix import in_circle
from risks.importing.levels import LONGEST_SOURCE
from risks.models import Assessment, RiskCell, RiskLevel, RiskMatrix, RiskStatement, StatementKind

LONGEST: Final = 4000


class StatementsField(LineField):
    """A text box with one statement per line."""

    def clean(self, value: object) -> str:
        """Return the lines, cleaned, without empty ones.

        Raises:
            ValidationError: a line is too long to be one statement.
        """
        lines = list(filter(None, map(clean, super().clean(value).split("\n"))))
        if any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(
                _("A line is longer than %(most)s characters. Split it."),
                params={"most": figure(LONGEST)},
            )
        return "\n".join(lines)


class CellForm(MergingMixin, forms.Form):
    """One cell: its risks, its opportunities, how it is assessed, its level."""

    risks = StatementsField(label=gettext_lazy("Risks"), required=False)
    opportunities = StatementsField(label=gettext_lazy("Opportunities"), required=False)
    assessment = forms.ChoiceField(label=gettext_lazy("Assessment"))
    level = forms.ChoiceField(
        label=gettext_lazy("Risk level"),
        required=False,
        choices=[("", gettext_lazy("level not given")), *RiskLevel.choices],
    )

    def __init__(
        self, data: FormData, *, cell: RiskCell, choices: Choices, is_editable: bool
    ) -> None:
        self.cell, self.choices, self.is_editable = cell, choices, is_editable
        super().__init__(data, initial=stored(cell), prefix=f"cell-{cell.pk}")

    def prepare(self) -> None:
        """Give each field its choices, its name for a screen reader and its size."""
        cell = self.cell
        assessment = form_field(self, "assessment", forms.ChoiceField)
        assessment.choices = self.choices
        for name, field in self.fields.items():
            field.disabled = not self.is_editable
            field.widget.attrs["aria-label"] = f"{field.label}: {cell.dimension}, {cell.stage}"
            if name in ("risks", "opportunities"):
                rows = str(self.initial[name]).count("\n") + (2 if self.initial[name] else 1)
                field.widget = forms.Textarea(attrs={**field.widget.attrs, "rows": rows})

    def clean(self) -> CleanedData:
        """Refuse too many lines, and words beside "no leverage", which no document tells apart."""
        cleaned = super().clean()
        boxes = [cleaned.get(name, "") for name in ("risks", "opportunities")]
        if sum(len(box.splitlines()) for box in boxes) > MOST_STATEMENTS:
            text = _("A cell may have at most %(most)s lines. Combine some of them.")
            values = {"most": figure(MOST_STATEMENTS)}
            self.add_error("risks", forms.ValidationError(text, params=values))
        if cleaned.get("assessment") == Assessment.NO_LEVERAGE:
            words = cleaned.get("risks", "")
            if cleaned.get("opportunities") or (words and not says_no_leverage(words)):
                self.add_error(
                    "assessment",
                    _(
                        "A cell without leverage can contain nothing else. Remove the "
                        "text, or choose own risks and opportunities."
                    ),
                )
        return cleaned

    def last_written(self, name: str) -> Authorship | None:
        """Find who made a field what it is now: its statements, or the cell itself."""
        kinds = {"risks": StatementKind.RISK, "opportunities": StatementKind.OPPORTUNITY}
        if name in kinds:
            states = pasts(ChangeLog.objects.parts(RiskStatement, self.cell.pk))
            keys = [past.change.pk for past in states if past.values["kind"] == kinds[name]]
            return last_written(ChangeLog.objects.filter(pk__in=keys[-1:] and [max(keys)]))
        column = "level" if name == "level" else ""
        return last_written(ChangeLog.objects.about(self.cell), column)

    def content(self) -> CellContent:
        """Return the content that the person wants the cell to have."""
        return CellContent(
            **meant(self.cleaned_data["assessment"]),
            level=self.cleaned_data["level"],
            risks=self.cleaned_data["risks"].splitlines(),
            opportunities=self.cleaned_data["opportunities"].splitlines(),
        )


def stored(cell: RiskCell) -> dict[str, str]:
    """Return the values of a cell as its form shows them."""
    lines: dict[str, list[str]] = {kind: [] for kind in StatementKind.values}
    for statement in cell.statements.all():
        lines[statement.kind].append(statement.text)
    return {
        "risks": "\n".join(lines[StatementKind.RISK]),
        "opportunities": "\n".join(lines[StatementKind.OPPORTUNITY]),
        "assessment": choice_of(cell),
        "level": cell.level,
    }


@dataclass(frozen=True)
class StageForms:
    """A stage and its forms, one per dimension."""

    stage: str
    forms: list[CellForm]


class MatrixForm:
    """The whole grid of an area: a small form for each cell, saved together or not at all.

    Only a cell that waits for a choice between two texts leaves the others to be saved.
    """

    def __init__(
        self,
        area: RiskMatrix,
        data: Mapping[str, object] | None = None,
        *,
        is_editable: bool = True,
        sent: Container[int] | None = None,
    ) -> None:
        """Make the forms.

        Args:
            data: what was sent.
            sent: the keys of the cells that it is taken for, where it is not for all of them.
        """
        choices = CellChoices(area)
        self.names, own = choices.names, choices.own
        prefetch_related_objects(own, "statements")
        self._edits: dict[CellForm, CellEdit] = {}
        self.waiting: list[CellForm] = []
        taken = {cell.pk: data if sent is None or cell.pk in sent else None for cell in own}
        self.forms = [
            CellForm(taken[cell.pk], cell=cell, choices=choices.of(cell), is_editable=is_editable)
            for cell in own
        ]

    def rows(self) -> list[StageForms]:
        """Return the forms as the template of a plan lays them out."""
        return [
            # A line may break after a slash; browsers do not see that in a long Swedish word.
            StageForms(
                name.replace("/", "/\u200b"), [f for f in self.forms if f.cell.stage.code == code]
            )
            for code, name in self.names.stages.items()
        ]

    def is_valid(self) -> bool:
        """Tell whether every cell can be stored, or waits; ask them all, so all errors show."""
        faulty = [form for form in self.forms if not form.is_valid()]
        self.waiting = [form for form in faulty if form.is_waiting]
        if len(self.waiting) < len(faulty):
            return False
        contents = {form: form.content() for form in self.forms if form not in self.waiting}
        self._edits = {
            form: work_out(form.cell, contents[form], self.names) for form in self.changed()
        }
        return not any([self._refuse_circles(contents), self._refuse_losses()])

    def reworded(self) -> list[int]:
        """Return the keys of the statements whose words or kind would change."""
        return [
            row.pk
            for edit in self._edits.values()
            for row, kind, text in edit.laid
            if row.pk is not None and (row.kind, row.text) != (kind, text)
        ]

    def lost(self) -> list[RiskStatement]:
        """Return the statements that would go."""
        return [row for edit in self._edits.values() for row in edit.lost]

    def _refuse_losses(self) -> bool:
        """Tell each cell that would lose what others build on; returns whether there is one."""
        holding = protected(self.lost())
        for form, row in ((form, row) for form, edit in self._edits.items() for row in edit.lost):
            if by := holding.get(row.pk):
                text = _(
                    "“%(text)s” cannot be removed, because this builds on it: "
                    "%(holders)s. Remove that link first."
                )
                values = {"text": row.text, "holders": joined(by)}
                field = "risks" if row.kind == StatementKind.RISK else "opportunities"
                form.add_error(field, forms.ValidationError(text, params=values))
        return bool(holding)

    def _refuse_circles(self, contents: Mapping[CellForm, CellContent]) -> bool:
        """Tell each cell that would point at itself in the end; returns whether there is one."""
        targets = {
            cell.pk: cell.same_as_cell_id
            for cell in self.names.cells.values()
            if cell.same_as_cell_id
        }
        for form, content in contents.items():
            targets.pop(form.cell.pk, None)
            if target := content.same_as_cell:
                targets[form.cell.pk] = target
        circle = in_circle(targets)
        faulty = [form for form in self.forms if form.cell.pk in circle]
        for form in faulty:
            form.add_error("assessment", _("The references form a circle. Change one of them."))
        return bool(faulty)

    def changed(self) -> list[CellForm]:
        """Return the cells that would be written."""
        return [form for form in self.forms if form.has_changed() and form not in self.waiting]

    def save(self, *, by: User) -> list[RiskCell]:
        """Store what `is_valid` worked out, in the transaction that locks the plan."""
        write_edits(self._edits.values(), by=by)
        return [edit.cell for edit in self._edits.values()]


class AreaForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Number and name of an area."""

    def clean_number(self) -> int:
        """Return the number, which no other area of the plan may have.

        Raises:
            ValidationError: another one has it; the constraint alone would not say so here, since
            the plan is no field of this form.
        """
        number: int = self.cleaned_data["number"]
        # What is stored is its own.
        if self.instance.plan_id and number != self.instance.number:
            others = RiskMatrix.objects.filter(plan=self.instance.plan_id, number=number)
            if others.exclude(pk=self.instance.pk).exists():
                raise forms.ValidationError(
                    _("Another product area in the plan has this number. Choose another number.")
                )
        return number

    class Meta:
        model = RiskMatrix
        fields = ["plan", "number", "name"]

    def prepare(self) -> None:
        """Keep a stored area in its plan."""
        if self.is_of_something_stored():
            del self.fields["plan"]


class LevelsForm(forms.Form):
    """A national risk analysis, pasted, and where it is from."""

    # Not stripped: faults are told by the number of their line.
    text = forms.CharField(
        label=gettext_lazy("The analysis as text"),
        strip=False,
        help_text=gettext_lazy("Nothing is saved until you confirm."),
        widget=forms.Textarea(attrs={"rows": 16, "cols": 80, "spellcheck": "false"}),
    )
    source = forms.URLField(
        label=gettext_lazy("Address of the page"),
        max_length=LONGEST_SOURCE,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"size": 80}),
        help_text=gettext_lazy("It is shown beside each level that comes from it."),
    )
    dated = forms.DateField(
        label=gettext_lazy("Date of the analysis"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("When it was made or, if that is not stated, when you read it."),
    )
