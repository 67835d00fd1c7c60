"""The forms of readings and periods: what is offered, and what is refused."""

from datetime import date

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions as plan_permissions
from actionplan.backoffice.upload_admin import taken_once
from actionplan.django_edges import CleanedData
from actionplan.django_edges.form_fields import form_field
from actionplan.merging.merge_forms import FigureField, LineField, MergingMixin
from actionplan.models import ActionPlan, Indicator, Organisation, User
from actionplan.models.goals import IndicatorKind
from followup import permissions
from followup.actions import evidence
from followup.actions.readings import refuse_locked
from followup.models import IndicatorReading, ReportingPeriod
from requirements_pkg.admin.forms.package_forms import AddressField


class SuggestionTextarea(forms.Textarea):
    """A box that is shown with an offered sentence after what is stored in it."""

    suggestions = ""

    def format_value(self, value: object) -> str | None:
        """Return the stored text, and below it the sentence somebody chose."""
        text = super().format_value(value)
        return "\n".join(filter(None, (text, self.suggestions))) if self.suggestions else text


class ReadingForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """How an indicator stands, and what shows it. It stays a draft until it is submitted."""

    # Set by the admin: who reports, and a sentence chosen among those that are offered.
    by: User
    suggestions = ""

    file = forms.FileField(
        label=gettext_lazy("File as evidence"),
        required=False,
        help_text=gettext_lazy(
            "A pdf, docx, xlsx, png or jpg of at most 5 MB. The file is not published: only "
            "those with a role can read it."
        ),
        widget=forms.FileInput(attrs={"accept": evidence.ACCEPTED}),
    )
    drop_file = forms.BooleanField(label=gettext_lazy("Remove the file"), required=False)

    class Meta:
        model = IndicatorReading
        fields = ["indicator", "organisation", "as_of", "status", "value", "comment"]
        fields += ["evidence_url"]
        localized_fields = ["value"]
        field_classes = {
            "comment": LineField,
            "evidence_url": AddressField,
            "value": FigureField,
        }
        widgets = {"comment": SuggestionTextarea(attrs={"rows": 6})}

    def prepare(self) -> None:
        """Offer what the person reports; a correction is of what it corrects."""
        if "indicator" not in self.fields:
            return
        if self.instance.corrects_id is not None:
            self.fields["indicator"].disabled = self.fields["organisation"].disabled = True
        if not hasattr(self.instance, "evidence"):
            del self.fields["drop_file"]
        indicator = form_field(self, "indicator", forms.ChoiceField)
        indicator.choices = _by_plan(self.by)
        organisation = form_field(self, "organisation", forms.ModelChoiceField)
        organisation.queryset = _organisations(self.by, self.instance)
        organisation.empty_label = _("The whole country")
        if not self.is_bound and self.suggestions:
            self.fields["comment"].widget.suggestions = self.suggestions

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse what is no evidence; what was read is kept for `save_model`.

        Raises:
            ValidationError: with what is wrong with the file.
        """
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file:
            self.content = taken_once(file, evidence.taken)
        return file

    def clean(self) -> CleanedData:
        """Refuse an organisation or a value that does not fit, and a day to come or locked."""
        cleaned = super().clean()
        indicator, as_of = cleaned.get("indicator"), cleaned.get("as_of")
        if as_of is not None and as_of > timezone.localdate():
            self.add_error(
                "as_of", _("The date is in the future. Choose today or an earlier date.")
            )
        if indicator is None:
            return cleaned
        plan = indicator.sub_goal.goal.plan
        if not permissions.may_report(self.by, plan, cleaned.get("organisation")):
            sentence = _("This is another region's plan: choose one of your own organisations.")
            self.add_error("organisation", sentence)
        if cleaned.get("value") is not None and indicator.kind != IndicatorKind.MEASURE:
            self.add_error("value", _("This indicator is a milestone. Leave the value empty."))
        if as_of is not None:
            self._refuse_locked(plan, as_of)
        return cleaned

    def _refuse_locked(self, plan: ActionPlan, as_of: date) -> None:
        """Refuse a day of a locked period; whoever stores the reading asks again."""
        try:
            refuse_locked(plan, as_of)
        except forms.ValidationError as error:
            self.add_error("as_of", error)


def _by_plan(by: User) -> list[tuple[str, object]]:
    """Return the indicators somebody may report, under their plans, the own ones first."""
    if not plan_permissions.may_follow_up_something(by):
        return [("", "---------")]
    rows = Indicator.objects.select_related("sub_goal__goal__plan__category").order_by(
        "sub_goal__goal__plan__category__name",
        "sub_goal__goal__plan__first_year",
        "sub_goal__goal__number",
        "sub_goal__position",
        "sub_goal_id",
        "position",
        "pk",
    )
    groups: dict[ActionPlan, list[tuple[int, str]]] = {}
    for indicator in rows:
        groups.setdefault(indicator.sub_goal.goal.plan, []).append((indicator.pk, str(indicator)))
    own = plan_permissions.may_follow_up_in
    order = sorted(groups, key=lambda plan: not own(by, plan.procurement_region_id))
    return [("", "---------"), *((str(plan), groups[plan]) for plan in order)]


def _organisations(by: User, reading: IndicatorReading) -> QuerySet[Organisation]:
    """Return the organisations of somebody's regions, and the one a stored draft speaks for."""
    rows = Organisation.objects.order_by("name")
    if plan_permissions.is_everything(by):
        return rows
    own = rows.filter(procurement_region__in=plan_permissions.followed_up_regions(by))
    if reading.organisation_id is None:
        return own
    return own | rows.filter(pk=reading.organisation_id)


class ReturnForm(forms.Form):
    """Why a reading is returned. Whether that is needed is the verb's to say."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is returned"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class UnlockForm(forms.Form):
    """Why a locked period is to be opened again."""

    reason = LineField(
        label=gettext_lazy("Why it is unlocked"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PeriodForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A period that is reported on."""

    class Meta:
        model = ReportingPeriod
        fields = ["plan", "name", "first_day", "last_day"]
