"""The forms of the list of a plan's requirements: what to show, and what to change of several."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges import FormData
from actionplan.django_edges.form_fields import form_field
from actionplan.text import fold
from requirements_pkg.actions.requirements import SharedChange
from requirements_pkg.document import cpv
from requirements_pkg.models import RequirementKind, RequirementLevel, RequirementState

# As the value of a product area: all of them.
EVERY_AREA: Final = "0"
# The filter of what nobody has looked over for long.
LOOK: Final = "oversyn"


def _choices(empty: str, choices: Any) -> list[tuple[str, str]]:
    return [("", empty), *((value, capfirst(str(label))) for value, label in choices)]


class RequirementFilter(forms.Form):
    """Which requirements of a plan the list shows; what is unknown narrows nothing."""

    sok = forms.CharField(label=gettext_lazy("Code or words"), required=False)
    omrade = forms.ChoiceField(label=gettext_lazy("Product area"), required=False)
    niva = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    slag = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    lage = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    oversyn = forms.ChoiceField(label=gettext_lazy("Looked over"), required=False)

    def __init__(self, data: FormData, *, areas: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="id_filter_%s")
        choices = {
            "omrade": _choices(_("All"), areas),
            "niva": _choices(_("All"), RequirementLevel.choices),
            "slag": _choices(_("All"), RequirementKind.choices),
            "lage": _choices(_("All"), RequirementState.choices),
            LOOK: _choices(_("All"), [("dags", _("needs to be looked over"))]),
        }
        for name, field_choices in choices.items():
            field = form_field(self, name, forms.ChoiceField)
            field.choices = field_choices

    @property
    def narrowing(self) -> dict[str, str]:
        """What narrows the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SharedChangeForm(forms.Form):
    """What the ticked requirements of a plan are to have in common."""

    niva = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    omrade = forms.ChoiceField(label=gettext_lazy("Product area"), required=False)
    cpv = forms.CharField(
        label=gettext_lazy("CPV code to add"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("By its code or its name."),
        widget=forms.TextInput(attrs={"list": "cpv-names", "autocomplete": "off"}),
    )

    def __init__(self, data: FormData = None, *, areas: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="id_change_%s")
        level = form_field(self, "niva", forms.ChoiceField)
        level.choices = _choices(_("As it is"), RequirementLevel.choices)
        area = form_field(self, "omrade", forms.ChoiceField)
        own = ((str(number), name) for number, name in areas)
        area.choices = [("", _("As it is")), (EVERY_AREA, _("All product areas")), *own]

    def clean_cpv(self) -> str:
        """Return the code that was named, itself or by its name.

        Raises:
            ValidationError: no code of ours is called so, or the code is wrong.
        """
        words = str(self.cleaned_data["cpv"]).strip()
        if not words:
            return ""
        code = re.match(r"\d{8}-\d(?!\d)", words)
        if code is not None:
            named = code[0]
        else:
            named = next((c for c, name in cpv.NAMES.items() if fold(name) == fold(words)), words)
        if sentence := cpv.fault(named):
            raise forms.ValidationError(sentence)
        return named

    def change(self, areas: Mapping[int, int]) -> SharedChange:
        """Return what was chosen, once the form is valid.

        Args:
            areas: the keys of the plan's product areas, by their numbers.
        """
        area = self.cleaned_data["omrade"]
        return SharedChange(
            level=self.cleaned_data["niva"],
            area=areas.get(int(area), 0) if area else None,
            cpv=self.cleaned_data["cpv"],
        )
