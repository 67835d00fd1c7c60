"""The forms of a contract: its facts and parts, a requirement in it, a supplier's name."""

from itertools import groupby
from typing import Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions as plan_permissions
from actionplan.django_edges import Handed
from actionplan.merging.merge_forms import FigureField, LineField, MergingMixin
from actionplan.models import Organisation, ProductArea, User
from followup.actions.contracts.registering import (
    ContractParts,
    refuse_lonely_joint,
    supplier_known_as,
)
from followup.actions.contracts.selections import Versions, requirements_of
from followup.admin.forms.follow_up_forms import date_input
from followup.models import Contract, ContractRequirement, Supplier
from requirements_pkg.choosing import pasted

FEW_LINES: Final = {"rows": 2}
# By the supplier's field.
OF_SUPPLIER: Final = {
    "supplier_name": "name",
    "supplier_country": "country",
    "supplier_number": "number",
}


def area_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the product areas of all plans, under the names of these: one query."""
    rows = ProductArea.objects.select_related("plan__category").order_by(
        "plan__category__name", "-plan__first_year", "plan_id", "number"
    )
    return [
        (str(plan), [(area.pk, str(area)) for area in areas])
        for plan, areas in groupby(rows, key=lambda area: area.plan)
    ]


class ContractForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A contract with its supplier, its owners and what is bought; a selection may be pasted."""

    # Set by the admin, which knows who asks.
    by: User

    supplier_name = forms.CharField(label=gettext_lazy("Supplier"), max_length=200)
    supplier_country = forms.CharField(
        label=gettext_lazy("Supplier's country"),
        max_length=2,
        initial="SE",
        help_text=Supplier._meta.get_field("country").help_text,
    )
    supplier_number = forms.CharField(
        label=gettext_lazy("Supplier's organisation number"),
        max_length=20,
        required=False,
        help_text=Supplier._meta.get_field("number").help_text,
    )
    # Not called as the model's own relations: Django would store those past the log.
    joint = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Joint owners"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their coordinators and reviewers see the contract."),
    )
    areas = forms.TypedMultipleChoiceField(
        choices=area_choices,
        label=gettext_lazy("Product areas"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    selection = forms.CharField(
        label=gettext_lazy("Requirements chosen"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Paste the address of a selection, or write the package, the version and the codes: "
            "it-teknisk-plattform v2: SE-01, SE-04. One on each line. What stands in the contract "
            "is replaced by them; leave the box empty to let it be."
        ),
    )

    class Meta:
        model = Contract
        fields = [
            "organisation",
            "reference",
            "kind",
            "value",
            "currency",
            "starts_on",
            "ends_on",
            "options",
            "extended_to",
            "cpv",
        ]
        localized_fields = ["value"]
        field_classes = {"cpv": LineField, "value": FigureField}
        widgets = {
            "starts_on": date_input(),
            "ends_on": date_input(),
            "extended_to": date_input(),
            "cpv": forms.Textarea(attrs=FEW_LINES),
        }

    def prepare(self) -> None:
        """Offer the owners that the person writes for, and tick what is stored."""
        if "organisation" not in self.fields:
            # For those who only read; what the form itself declares is there all the same.
            self.fields.clear()
            return
        organisations = Organisation.objects.order_by("name")
        owners = organisations
        if not plan_permissions.is_everything(self.by):
            regions = plan_permissions.followed_up_regions(self.by)
            owners = organisations.filter(procurement_region__in=regions)
        for name, rows in (("organisation", owners), ("joint", organisations)):
            cast("forms.ModelChoiceField[Organisation]", self.fields[name]).queryset = rows
        if self.instance.pk is None:
            return
        for name, of_supplier in OF_SUPPLIER.items():
            self.initial[name] = getattr(self.instance.supplier, of_supplier)
        self.initial["joint"] = [row.pk for row in self.instance.joint_owners.all()]
        self.initial["areas"] = [row.pk for row in self.instance.product_areas.all()]

    def clean(self) -> dict[str, object]:
        """Find the supplier and the requirements, and refuse what does not go together."""
        super().clean()
        cleaned = self.cleaned_data
        self.parts: ContractParts | None = None
        if self.errors:
            return cleaned
        supplier = self._supplier()
        requirements = self._requirements(cleaned["selection"])
        # The form's own row is filled in after this.
        contract = Contract(organisation=cleaned["organisation"], kind=cleaned["kind"])
        try:
            refuse_lonely_joint(contract, cleaned["joint"])
        except ValidationError as error:
            self.add_error("joint", error)
        if supplier is not None and not self.errors:
            # The model's own rules look at it.
            self.instance.supplier = supplier
            self.parts = ContractParts(
                supplier=supplier,
                joint_owners=list(cleaned["joint"]),
                areas=list(ProductArea.objects.filter(pk__in=cleaned["areas"])),
                requirements=requirements,
            )
        return cleaned

    def _supplier(self) -> Supplier | None:
        """Return the supplier, of the register where it is there; None where it can be none."""
        given = {of: self.cleaned_data[name] for name, of in OF_SUPPLIER.items()}
        supplier = Supplier(**given)
        try:
            supplier.clean()
        except ValidationError as error:
            names = {of: name for name, of in OF_SUPPLIER.items()}
            for of, sentences in error.message_dict.items():
                self.add_error(names[of], sentences)
            return None
        return supplier_known_as(supplier)

    def _requirements(self, text: str) -> list[ContractRequirement] | None:
        """Return the requirements that are pasted; None where nothing is."""
        if not text.strip():
            return None
        try:
            return requirements_of(pasted.groups_in(text), Versions())
        except ValueError as error:
            self.add_error("selection", str(error))
        except ValidationError as error:
            self.add_error("selection", error.messages)
        return None


class ContractRequirementForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What the contract gives for a requirement; the rest is of its version."""

    class Meta:
        model = ContractRequirement
        fields = ["points"]

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        label = _("Points for %(code)s") % {"code": self.instance.code}
        self.fields["points"].widget.attrs["aria-label"] = label


class SupplierFactsForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A supplier's name; by its number and country it is known."""

    class Meta:
        model = Supplier
        fields = ["name"]
