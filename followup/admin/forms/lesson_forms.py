"""The forms of lessons and of what a person may read: words, a secrecy review, a decision."""

from collections.abc import Mapping
from typing import Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges import CleanedData
from actionplan.django_edges.form_fields import form_field
from actionplan.merging.merge_forms import LineField, MergingMixin
from followup.actions.lessons import proposable
from followup.models import FollowUp, LegalGround, Lesson, ProposedChange, SecrecyReview, Summary
from followup.models.secrecy import LONGEST_SUMMARY
from requirements_pkg.models import Requirement

Data = Mapping[str, object] | None
ROWS: Final = {"rows": 6}


class LessonForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What was learnt, in confidence and in public words."""

    # Set by the admin: what a new one is of.
    follow_up: FollowUp | None = None

    class Meta:
        model = Lesson
        fields = ["text", "public_text"]
        field_classes = {"text": LineField, "public_text": LineField}
        widgets = {
            "text": forms.Textarea(attrs=ROWS),
            "public_text": forms.Textarea(attrs=ROWS),
        }

    def prepare(self) -> None:
        """Set the follow-up that was chosen on a new lesson."""
        if self.instance.pk is None and self.follow_up is not None:
            self.instance.follow_up = self.follow_up


class ChangeForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What a proposed change wants, until somebody decides."""

    class Meta:
        model = ProposedChange
        fields = ["text"]
        field_classes = {"text": LineField}
        widgets = {"text": forms.Textarea(attrs=ROWS)}


class ProposeForm(forms.Form):
    """A change of one requirement that a lesson asks for."""

    requirement = forms.ModelChoiceField(
        label=gettext_lazy("Requirement"), queryset=Requirement.objects.none()
    )
    text = LineField(
        label=gettext_lazy("Proposed change"),
        max_length=ProposedChange._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs=ROWS),
        help_text=gettext_lazy("What should be changed in the requirement. Confidential."),
    )

    def __init__(self, data: Data, *, lesson: Lesson) -> None:
        super().__init__(data)
        proposed = lesson.changes.values("requirement")
        rows = proposable(lesson.follow_up).exclude(pk__in=proposed)
        menu = form_field(self, "requirement", forms.ModelChoiceField)
        menu.queryset = rows


class DeclineForm(forms.Form):
    """Why a requirement stays as it is."""

    reason = LineField(
        label=gettext_lazy("Reason"),
        max_length=ProposedChange._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs=ROWS),
        help_text=gettext_lazy("Confidential."),
    )


class SummaryForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What everybody may read of a follow-up, once it is reviewed and published."""

    class Meta:
        model = Summary
        fields = ["text", "supplier"]
        field_classes = {"text": LineField}
        widgets = {"text": forms.Textarea(attrs={"rows": 10, "maxlength": LONGEST_SUMMARY})}


class WithdrawForm(forms.Form):
    """Why a summary is withdrawn."""

    reason = LineField(
        label=gettext_lazy("Reason"),
        max_length=Summary._meta.get_field("withdrawn_reason").max_length,
        widget=forms.Textarea(attrs=ROWS),
        help_text=gettext_lazy("It is not published."),
    )


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]
    """A recorded secrecy review. Which words it is of goes with the page."""

    class Meta:
        model = SecrecyReview
        fields = ["ground", "other_ground", "conclusion", "may_name_supplier"]
        field_classes = {"conclusion": LineField}
        widgets = {"conclusion": forms.Textarea(attrs=ROWS)}

    def clean(self) -> CleanedData:
        """Demand the name of another rule where another is meant, and only there."""
        cleaned = super().clean() or self.cleaned_data
        is_other = cleaned.get("ground") == LegalGround.OTHER
        if is_other != bool(cleaned.get("other_ground", "").strip()):
            text = _("Fill in only if another provision was applied: state which one.")
            self.add_error("other_ground", capfirst(text))
        return cleaned
