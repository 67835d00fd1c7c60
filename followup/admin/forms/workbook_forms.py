"""What an analyst chooses before the workbook is taken out."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges import CleanedData, Handed
from actionplan.models import ActionPlan, ProcurementRegion
from actionplan.permissions import Person
from followup.admin.forms.follow_up_forms import date_input
from followup.permissions import may_see_any
from followup.workbook import WorkbookFilters


class WorkbookForm(forms.Form):
    """The filters; nothing chosen means everything."""

    plan = forms.ModelMultipleChoiceField(
        ActionPlan.objects.with_head(),
        label=gettext_lazy("Plans"),
        required=False,
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen means all."),
    )
    region = forms.ModelChoiceField(
        ProcurementRegion.objects.all(),
        label=gettext_lazy("Procurement region"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("all"),
    )
    first_day = forms.DateField(label=gettext_lazy("From"), required=False, widget=date_input())
    last_day = forms.DateField(
        label=gettext_lazy("Up to and including"), required=False, widget=date_input()
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Include confidential data"),
        required=False,
        help_text=gettext_lazy("Only if you may see every follow-up of the chosen plans."),
    )

    def __init__(self, *args: Handed, by: Person, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        if not may_see_any(by):
            # Asked for all the same it is refused, so only the box is taken away.
            self.fields["confidential"].widget = forms.HiddenInput()

    def clean(self) -> CleanedData:
        """Refuse a period that ends before it begins."""
        cleaned = self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error(
                "last_day", _("The period ends before it begins. Correct one of the dates.")
            )
        return cleaned

    @property
    def filters(self) -> WorkbookFilters:
        """The filters as the workbook takes them."""
        cleaned = self.cleaned_data
        region = cleaned["region"]
        return WorkbookFilters(
            tuple(plan.slug for plan in cleaned["plan"]),
            region.code if region else "",
            cleaned["first_day"],
            cleaned["last_day"],
        )
