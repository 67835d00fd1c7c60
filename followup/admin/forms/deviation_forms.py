"""The forms of a deviation: what was found, its actions, what a step asks for, sanctions."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges import CleanedData
from actionplan.django_edges.form_fields import form_field
from actionplan.merging.merge_forms import LineField, MergingMixin
from followup.actions.amendments import due_need, no_reason, severity_need
from followup.actions.deviations import LONGEST_NOTE
from followup.actions.follow_ups import askable, of_area
from followup.admin.forms.follow_up_forms import date_input
from followup.models import (
    CorrectiveAction,
    Deviation,
    DeviationState,
    FollowUp,
    Question,
    Sanction,
)
from followup.models.follow_ups import LONGEST_TEXT

LONG: Final = {"rows": 4}


def not_to_come(day: date | None) -> date | None:
    """Refuse a day that is still to come, and return any other.

    Raises:
        ValidationError: it is still to come.
    """
    if day is not None and day > timezone.localdate():
        raise ValidationError(_("The date is in the future. Choose today or an earlier date."))
    return day


def from_answer(question: Question) -> dict[str, str]:
    """Return what the form of a deviation says of an answer that deviates."""
    answer = _("%(question)s The supplier answered: %(answer)s.") % {
        "question": question.text,
        "answer": question.get_answer_display() or "–",
    }
    texts = (answer, question.comment, question.evidence)
    return {
        "demand": str(question.requirement.uid),
        "finding": "\n\n".join(filter(None, texts))[:LONGEST_TEXT],
    }


class DeviationForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What was found. What deviates is chosen once; the state changes by steps."""

    # Set by the admin: what a new one is of.
    follow_up: FollowUp | None = None

    demand = forms.ChoiceField(
        label=gettext_lazy("Requirement"),
        help_text=gettext_lazy("As worded in the version that is followed up."),
    )

    change_reason = LineField(
        label=gettext_lazy("Why the severity is lowered or the due date moved"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Needed when a severity is lowered, and when the due date of a major deviation or one "
            "of zero tolerance is moved. Once the action plan is approved, somebody else has to "
            "approve the change. Confidential."
        ),
    )

    class Meta:
        model = Deviation
        fields = ["severity", "finding", "found_on", "due_on"]
        field_classes = {"finding": LineField}
        widgets = {
            "finding": forms.Textarea(attrs={"rows": 6}),
            "found_on": date_input(),
            "due_on": date_input(),
        }

    def prepare(self) -> None:
        """Offer the requirements of the version, for a new one only."""
        if self.follow_up is None or self.instance.pk is not None:
            del self.fields["demand"]
            return
        self.fields.pop("change_reason", None)
        choices = [
            (uid, f"{wording.code}:{wording.revision} {wording.title}")
            for uid, wording in askable(self.follow_up.version).items()
            if of_area(self.follow_up, wording)
        ]
        demand = form_field(self, "demand", forms.ChoiceField)
        demand.choices = [("", "---------"), *choices]

    def clean_found_on(self) -> date | None:
        """Refuse a day to come: nothing was found on it."""
        return not_to_come(self.cleaned_data["found_on"])

    def clean(self) -> CleanedData:
        """Ask why a severity is lowered, or the due date of a severe deviation moved."""
        cleaned: CleanedData = super().clean()
        is_complete = {"severity", "due_on", "change_reason"} <= cleaned.keys()
        if self.instance.pk is not None and is_complete and not cleaned["change_reason"].strip():
            severity = severity_need(self.instance, cleaned["severity"])
            if severity or due_need(self.instance, cleaned["due_on"]):
                self.add_error("change_reason", no_reason())
        return cleaned


class ActionForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A step of the supplier's action plan."""

    class Meta:
        model = CorrectiveAction
        fields = ["text", "due_on", "done_on", "evidence", "struck_reason"]
        field_classes = {"text": LineField, "evidence": LineField, "struck_reason": LineField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "due_on": date_input(),
            "done_on": date_input(),
            "evidence": forms.Textarea(attrs={"rows": 2}),
            "struck_reason": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_done_on(self) -> date | None:
        """Refuse a day to come: nothing was done on it."""
        return not_to_come(self.cleaned_data["done_on"])


class RemedyStepForm(forms.Form):
    """What a step of a deviation asks for, if anything."""

    evidence = LineField(
        label=gettext_lazy("Evidence"),
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text=gettext_lazy(
            "What shows that it is remedied, and where the documents are. Confidential."
        ),
    )
    reason = LineField(
        label=gettext_lazy("Why it is escalated"),
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text=gettext_lazy("Confidential."),
    )
    note = forms.CharField(
        label=gettext_lazy("Why the remedy is not sufficient"),
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("Stored in the change history. Confidential."),
    )
    QUESTIONS: Final = {
        DeviationState.REMEDIED: "evidence",
        DeviationState.ESCALATED: "reason",
        DeviationState.OPEN: "note",
    }

    def __init__(
        self, data: Mapping[str, object] | None, *, to: DeviationState, deviation: Deviation
    ) -> None:
        super().__init__(data)
        for name in set(self.fields) - {self.QUESTIONS.get(to)}:
            del self.fields[name]
        if "evidence" in self.fields:
            self.fields["evidence"].required = deviation.is_severe


class WriteOffForm(forms.Form):
    """Why a deviation is closed without a remedy."""

    reason = LineField(
        label=gettext_lazy("Why it is written off"),
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text=gettext_lazy("Confidential."),
    )


class SanctionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the contract owner decided."""

    class Meta:
        model = Sanction
        fields = ["kind", "decided_on", "reference"]
        widgets = {"decided_on": date_input()}

    def clean_decided_on(self) -> date | None:
        """Refuse a day to come: nothing was decided on it."""
        return not_to_come(self.cleaned_data["decided_on"])


class LiftForm(forms.Form):
    """Since when a sanction is no longer in force."""

    lifted_on = forms.DateField(label=gettext_lazy("Lifted"), widget=date_input())

    def __init__(self, data: Mapping[str, object] | None) -> None:
        super().__init__(data)
        self.fields["lifted_on"].initial = timezone.localdate()
