"""The forms of a follow-up: its facts, a step, its questions, answers, a reused audit."""

from collections.abc import Mapping

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges import CleanedData
from actionplan.django_edges.form_fields import form_field
from actionplan.merging.merge_forms import LineField, MergingMixin
from actionplan.models import ProductArea, Role, User
from followup import permissions
from followup.actions.follow_ups import askable, of_area
from followup.models import FollowUp, FollowUpStatus, Question, ReusedAudit
from followup.steps.transitions import StatusStep, StepNeed
from requirements_pkg.models import PackageVersion

LINES = {"rows": 4}


def date_input() -> forms.DateInput:
    """Return a box for a day that browsers help with."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FollowUpForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The facts of a follow-up. The area is chosen before, the status changes by steps."""

    # Set by the admin, which knows who asks, and what a new one is of.
    by: User
    area: ProductArea | None = None

    class Meta:
        model = FollowUp
        fields = [
            "version",
            "organisation",
            "method",
            "audit_form",
            "responsible",
            "planned_for",
            "contract_reference",
            "supplier",
            "sub_suppliers",
            "auditor",
            "case_reference",
            "notes",
        ]
        field_classes = {"sub_suppliers": LineField, "notes": LineField}
        widgets = {
            "planned_for": date_input(),
            "sub_suppliers": forms.Textarea(attrs=LINES),
            "notes": forms.Textarea(attrs=LINES),
        }

    def prepare(self) -> None:
        """Offer what goes with the area; what later steps lean on stays as it was."""
        if not self.fields:
            return  # for those who only read
        if self.instance.product_area_id is None:
            self.instance.product_area = self.area
        area = self.instance.product_area
        versions = PackageVersion.objects.filter(package__plan=area.plan_id)
        version = form_field(self, "version", forms.ModelChoiceField)
        version.queryset = versions.select_related("package").defer("content").order_by("-number")
        version.empty_label = None
        people = User.objects.filter(
            is_active=True, memberships__role__in=[Role.COORDINATOR, Role.REVIEWER]
        )
        responsible = form_field(self, "responsible", forms.ModelChoiceField)
        responsible.queryset = people.distinct().order_by("username")
        if self.instance.pk is None:
            return
        is_planned = self.instance.status == FollowUpStatus.PLANNED
        self.fields["method"].disabled = not is_planned
        self.fields["audit_form"].disabled = not is_planned
        has_parts = self.instance.questions.exists() or self.instance.deviations.exists()
        self.fields["version"].disabled = not is_planned or has_parts

    def clean(self) -> CleanedData:
        """Refuse a follow-up that the person would not write in, or the responsible not see."""
        cleaned = super().clean()
        owner = cleaned.get("organisation")
        if owner is None:
            return cleaned
        scope = FollowUp(product_area=self.instance.product_area, organisation=owner)
        if not permissions.may_write(self.by, scope):
            text = _("Neither the plan nor the contract owner is in a region that you coordinate.")
            self.add_error("organisation", text)
        responsible = cleaned.get("responsible")
        if responsible is not None and not permissions.may_see(responsible, scope):
            text = _("Choose somebody in the plan's or the contract owner's procurement region.")
            self.add_error("responsible", text)
        return cleaned


class StepForm(forms.Form):
    """What a step asks for: the day, and a note."""

    on = forms.DateField(label=gettext_lazy("Carried out"), widget=date_input())
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=gettext_lazy("Stored with the step. Confidential."),
    )

    def __init__(
        self, data: Mapping[str, object] | None, *, step: StatusStep, follow_up: FollowUp
    ) -> None:
        super().__init__(data)
        if StepNeed.DONE_ON not in step.needs:
            del self.fields["on"]
        elif StepNeed.REUSED in step.needs and hasattr(follow_up, "reused"):
            self.fields["on"].initial = follow_up.reused.audited_on
        else:
            self.fields["on"].initial = timezone.localdate()
        if StepNeed.REASON in step.needs:
            self.fields["note"].required = True
            self.fields["note"].label = _("Reason")


class QuestionsForm(forms.Form):
    """Which requirements of the version a follow-up asks about."""

    def __init__(self, data: Mapping[str, object] | None, *, follow_up: FollowUp) -> None:
        super().__init__(data)
        questions = list(follow_up.questions.select_related("requirement"))
        self.questions = {str(question.requirement.uid): question for question in questions}
        self.answered = {
            uid
            for uid, question in self.questions.items()
            if question.answer or question.comment or question.evidence
        }
        groups: dict[str, list[tuple[str, str]]] = {"own": [], "other": []}
        for uid, wording in askable(follow_up.version).items():
            group = "own" if of_area(follow_up, wording) else "other"
            groups[group].append((uid, f"{wording.code}:{wording.revision} {wording.title}"))
        labels = {
            "own": _("Requirements for this product area"),
            "other": _("Requirements for other product areas"),
        }
        for name, choices in groups.items():
            initial = [uid for uid, _label in choices if uid in self.questions]
            self.fields[name] = forms.MultipleChoiceField(
                label=labels[name],
                choices=choices,
                initial=initial,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def wanted(self) -> set[str]:
        """Return the requirements that are ticked, by uid."""
        return set(self.cleaned_data["own"]) | set(self.cleaned_data["other"])

    def dropped(self) -> list[int]:
        """Return the keys of questions that are no longer ticked and that nobody has answered."""
        dropped_uids = set(self.questions) - self.wanted() - self.answered
        return [self.questions[uid].pk for uid in dropped_uids]


class AnswerForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """An answer, and what the region says of it."""

    class Meta:
        model = Question
        fields = ["answer", "comment", "evidence", "assessed", "explanation"]
        field_classes = {"comment": LineField, "evidence": LineField, "explanation": LineField}
        widgets = {
            "comment": forms.Textarea(attrs={"rows": 2}),
            "evidence": forms.Textarea(attrs={"rows": 1}),
            "explanation": forms.Textarea(attrs={"rows": 2}),
        }

    def prepare(self) -> None:
        """Let each box say to a screen reader which question it answers."""
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


class ReusedForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Another organisation's audit, and what makes it usable."""

    class Meta:
        model = ReusedAudit
        fields = ["organisation", "clause_level", "method", "audited_on", "reference"]
        widgets = {"audited_on": date_input()}
