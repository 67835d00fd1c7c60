"""What the pages of the next period ask for."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from actionplan.django_edges import FormData
from actionplan.django_edges.form_fields import form_field
from actionplan.models import ActionPlan
from requirements_pkg.models import CarriedKind, CarriedPart


class StartForm(forms.Form):
    """The years of the next period: as many as the one before has, unless somebody says else."""

    first_year = forms.IntegerField(label=_("First year"), min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label=_("Last year"), min_value=2000, max_value=2100)

    def __init__(self, data: FormData, *, plan: ActionPlan, wished: Mapping[str, object]) -> None:
        years = plan.last_year - plan.first_year
        following = {"first_year": plan.last_year + 1, "last_year": plan.last_year + 1 + years}
        super().__init__(
            data, initial={name: wished.get(name, following[name]) for name in following}
        )


class PartsForm(forms.Form):
    """Parts of one kind that came along into a plan."""

    part = forms.ModelMultipleChoiceField(
        label=_("Parts"),
        queryset=CarriedPart.objects.none(),
        error_messages={"required": _("Choose at least one part.")},
    )

    def __init__(self, data: FormData, *, plan: ActionPlan, kind: CarriedKind) -> None:
        super().__init__(data)
        menu = form_field(self, "part", forms.ModelMultipleChoiceField)
        menu.queryset = CarriedPart.objects.filter(plan=plan, kind=kind)

    @property
    def keys(self) -> list[int]:
        """The keys of the chosen parts; those of a form that is valid."""
        return [part.pk for part in self.cleaned_data["part"]]


class DropForm(PartsForm):
    """Parts that do not go along, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Of a published requirement it is shown to everybody in the next version."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "aria-describedby": "id_reason_helptext"}),
    )
