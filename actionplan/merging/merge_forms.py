"""Forms in which two people never overwrite each other unknowingly."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import ModelMultipleChoiceField
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from actionplan.django_edges import CleanedData, Handed
from actionplan.merging.conflicts import (
    BEFORE,
    CHOICE,
    Authorship,
    Conflict,
    ConflictChoice,
    joined,
    last_written,
)
from actionplan.merging.removed_rows import RemovalState, as_new_rows
from actionplan.models import ActionPlan, ChangeLog, Contact, Goal, Indicator, SubGoal
from actionplan.models.logged import Logged


class LineField(forms.CharField):
    """A text in which a browser's line ends are no change."""

    def to_python(self, value: object) -> str:
        """Return the text with plain line ends."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial: object, data: object) -> bool:
        """Tell whether more than the line ends differs."""
        return super().has_changed(self.to_python(initial), self.to_python(data))


class FigureField(forms.DecimalField):
    """A number as it is written in Swedish, 12 500,5; without spaces or with a point, too."""

    def to_python(self, value: Handed) -> Handed:
        """Return the number, whatever spaces stand between its digits."""
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        """Ask a phone for its keys of figures: the box is one of text, for the comma."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}


class MergingMixin(forms.BaseForm):
    """A three-way merge per field: what was shown, what is stored now, what was sent.

    A field nobody touched keeps what is stored. A field that two people changed is an error that
    shows the stored text beside one's own, who wrote it and when; with the next save one chooses
    one of them, or both. What was shown comes back in Django's own hidden initial inputs, so it
    works without sessions or JavaScript.
    """

    data: QueryDict

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: dict[str, Conflict] = {}
        self.prepare()
        if not self.is_of_something_stored():
            return
        for field in self.fields.values():
            field.show_hidden_initial = not field.disabled
        if self.is_bound:
            self.data = self.data.copy()
            for name, field in self.fields.items():
                if field.show_hidden_initial:
                    self._merge(name, field)

    def prepare(self) -> None:
        """Finish the fields before anything is merged; a subclass says how."""

    def is_of_something_stored(self) -> bool:
        """Tell whether there is a stored state to merge with."""
        instance = getattr(self, "instance", None)
        return instance is None or instance.pk is not None

    def _merge(self, name: str, field: forms.Field) -> None:
        bound = self[name]
        stored = field.prepare_value(self.get_initial_for_field(field, name))
        seen = field.hidden_widget().value_from_datadict(
            self.data, self.files, bound.html_initial_name
        )
        try:
            seen = field.to_python(seen)
        except ValidationError:
            seen = None
        initial = field.prepare_value(seen)
        self._choose(name, field, initial)
        if not field.has_changed(initial, bound.data):
            self._put(bound.html_name, field.widget, stored)
        elif field.has_changed(initial, stored) and field.has_changed(stored, bound.data):
            self.conflicts[name] = Conflict(
                stored=self._as_text(field, stored),
                before="\n".join(_parts(field, initial)),
                written=self.last_written(name),
                is_joinable=_is_joinable(field),
            )
        self._put(bound.html_initial_name, field.hidden_widget(), stored)

    def _choose(self, name: str, field: forms.Field, theirs: object) -> None:
        """Do what was chosen where a conflict was told."""
        html_name = self[name].html_name
        choice = self.data.get(f"{html_name}-{CHOICE}")
        if choice == ConflictChoice.THEIRS:
            self._put(html_name, field.widget, theirs)
        elif choice == ConflictChoice.BOTH and _is_joinable(field):
            before = self.data.get(f"{html_name}-{BEFORE}", "").splitlines()
            both = joined(before, _parts(field, theirs), _parts(field, self[name].data))
            is_text = isinstance(field, forms.CharField)
            self._put(html_name, field.widget, "\n".join(both) if is_text else both)

    def last_written(self, name: str) -> Authorship | None:
        """Find who made a field what it is now, and when; a form of no row of its own says how."""
        instance = getattr(self, "instance", None)
        if not isinstance(instance, Logged):
            return None
        columns = {field.name: field.attname for field in instance._meta.concrete_fields}
        return last_written(ChangeLog.objects.about(instance), columns.get(name, ""))

    @property
    def is_waiting(self) -> bool:
        """Whether nothing but a choice between two texts keeps it from being stored."""
        faults = [fault for errors in self.errors.as_data().values() for fault in errors]
        return bool(faults) and all(fault.code == "conflict" for fault in faults)

    def _put(self, key: str, widget: forms.Widget, value: object) -> None:
        """Write a value into the submitted data as the widget would have sent it."""
        # The admin wraps a select in one with links beside it, which writes values its own way.
        widget = getattr(widget, "widget", widget)
        if isinstance(widget, forms.CheckboxInput):
            self.data.pop(key, None)
            if value:
                self.data[key] = "on"
            return
        value = widget.format_value(value)
        if isinstance(value, list | tuple):
            self.data.setlist(key, [str(item) for item in value if item not in (None, "")])
        else:
            self.data[key] = "" if value is None else str(value)

    def _as_text(self, field: forms.Field, value: object) -> str:
        choices = dict(flatten_choices(getattr(field, "choices", ())))
        if not choices:
            return str(field.widget.format_value(value) or "")
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(choices.get("" if item is None else item, item)) for item in values)

    def clean(self) -> CleanedData:
        """Tell each conflict at its field, with what is stored now."""
        cleaned = super().clean() or self.cleaned_data
        for name, conflict in self.conflicts.items():
            choice = conflict.rendered(self[name].html_name)
            self.add_error(name, ValidationError(choice, code="conflict"))
        return cleaned


def _is_joinable(field: forms.Field) -> bool:
    """Tell whether what two people wrote can both stand in a field: lines, or several choices."""
    is_lines = isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea)
    return is_lines or isinstance(field, forms.MultipleChoiceField | ModelMultipleChoiceField)


def _parts(field: forms.Field, value: object) -> list[str]:
    """Split a value into what it is joined of: its lines, or its choices."""
    if isinstance(value, list | tuple):
        return [str(getattr(choice, "pk", choice)) for choice in value]
    return str("" if value is None else value).replace("\r\n", "\n").split("\n")


class PlanForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The head facts of a plan; its status follows from what is done with it."""

    class Meta:
        model = ActionPlan
        fields = [
            "category",
            "procurement_region",
            "coordinator",
            "first_year",
            "last_year",
            "slug",
            "predecessor",
            "introduction",
        ]
        field_classes = {"introduction": LineField}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 12})}


class RowKeyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The key of a row below a form: one of those that are read already."""

    def __init__(self, rows: list[models.Model], **kwargs: Handed) -> None:
        super().__init__(rows[0]._meta.model._base_manager.none(), **kwargs)
        self.rows = {str(row.pk): row for row in rows}

    def to_python(self, value: object) -> models.Model | None:
        """Return the row of a key.

        Raises:
            ValidationError: it is no row's.
        """
        if value in self.empty_values:
            return None
        row = self.rows.get(str(getattr(value, "pk", value)))
        if row is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return row


class RowFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows below a form, some of which somebody else may have removed meanwhile."""

    model: type[models.Model]
    data: QueryDict
    prefix: str
    removal = RemovalState.NONE

    def add_fields(self, form: "forms.ModelForm[Any]", index: int | None) -> None:
        """Add the key of the row, which Django would ask the database for one by one."""
        super().add_fields(form, index)
        name = self.model._meta.pk.name
        rows = list(self.get_queryset()) if self.instance.pk else []
        key = form.fields.get(name)
        if rows and type(key) is forms.ModelChoiceField:
            given = {"initial": key.initial, "required": False, "widget": forms.HiddenInput}
            form.fields[name] = RowKeyField(rows, **given)

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            # The admin does not even show a row that is no longer there; a new one it shows.
            self.data = self.data.copy()
            key = self.model._meta.pk.name
            stored = {str(row.pk) for row in self.get_queryset()}
            self.removal = as_new_rows(self.data, prefix=self.prefix, key=key, stored=stored)

    def clean(self) -> None:
        """Tell that a row is gone, before it is added anew by a knowing choice.

        Raises:
            ValidationError: a row that was sent is gone.
        """
        super().clean()
        if self.removal is RemovalState.UNTOUCHED:
            raise ValidationError(
                _("Somebody else removed a row while you were writing. Save again.")
            )
        if self.removal is RemovalState.EDITED:
            raise ValidationError(
                _(
                    "Somebody else removed a row while you were writing. What you wrote "
                    "in it is now the last row: save again to add it as a new row, or "
                    "remove it."
                )
            )


class ContactForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Contact
        fields = ["plan", "name", "email", "is_public"]


class GoalForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    def prepare(self) -> None:
        """Keep a stored goal in its plan: its sub-goals point at the plan's areas."""
        if self.is_of_something_stored() and "plan" in self.fields:
            self.fields["plan"].disabled = True

    class Meta:
        model = Goal
        fields = ["plan", "number", "text"]
        field_classes = {"text": LineField}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class SubGoalForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    def prepare(self) -> None:
        """Keep a stored sub-goal under its goal."""
        if self.is_of_something_stored() and "goal" in self.fields:
            self.fields["goal"].disabled = True

    def clean(self) -> CleanedData:
        """Refuse areas of another plan than the goal's."""
        cleaned = super().clean()
        goal = cleaned.get("goal") or getattr(self.instance, "goal", None)
        areas = cleaned.get("product_areas") or ()
        if goal is not None and any(area.plan_id != goal.plan_id for area in areas):
            self.add_error(
                "product_areas", _("Choose product areas in the plan that the goal belongs to.")
            )
        return cleaned

    class Meta:
        model = SubGoal
        fields = ["goal", "number", "position", "text", "product_areas"]
        field_classes = {"text": LineField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "product_areas": forms.CheckboxSelectMultiple,
        }


class IndicatorForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Indicator
        fields = [
            "sub_goal",
            "number",
            "position",
            "text",
            "kind",
            "unit",
            "baseline",
            "baseline_source",
            "target",
            "due_on",
        ]
        localized_fields = ["baseline", "target"]
        field_classes = {"text": LineField, "baseline": FigureField, "target": FigureField}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
