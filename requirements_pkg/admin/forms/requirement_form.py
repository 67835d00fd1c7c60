"""The form of a requirement: its words, and what it is tied to."""

import re
from itertools import groupby
from typing import ClassVar, Final

from django import forms
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.database.prepared_queries import prepared, together
from actionplan.django_edges import FormData, Handed, TupleRows
from actionplan.django_edges.form_fields import form_field
from actionplan.merging.merge_forms import LineField, MergingMixin
from actionplan.models import ActionPlan, SubGoal, User
from requirements_pkg.actions.links import (
    set_product_areas,
    set_proofs,
    set_services,
    set_treatments,
)
from requirements_pkg.admin.forms.places import area_choices, statement_choices, sub_goal_choices
from requirements_pkg.document import cpv
from requirements_pkg.document.codes import next_code
from requirements_pkg.document.requirement_fields import FIELDS
from requirements_pkg.models import (
    AcceptedProof,
    GoalService,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementsPackage,
    RequirementState,
    RiskTreatment,
)
from risks.models import RiskStatement

# How many lines each text's box has at first; a browser lets one pull it larger.
OF_AWARD: Final = frozenset({"max_points", "scale"})
LINES: Final = {field.name: field.lines for field in FIELDS if field.lines > 1}


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Boxes to tick; those of a matrix stand under their cell, folded away area by area."""

    group_label: object = ""

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        areas = [
            (area, [(place, boxes) for place, boxes, _index in group])
            for area, group in groupby(groups, key=lambda group: getattr(group[0], "area", ""))
        ]
        context["widget"] |= {
            "group_label": self.group_label,
            "areas": [
                {
                    "name": area,
                    # What is ticked is seen; a plan of one area has nothing to fold away.
                    "is_open": len(areas) == 1 or _is_ticked(cells),
                    "cells": [
                        {"name": getattr(place, "cell", ""), "boxes": boxes}
                        for place, boxes in cells
                    ],
                }
                for area, cells in areas
            ],
        }
        return context

    def _render(
        self, template_name: str, context: dict[str, object], renderer: object = None
    ) -> SafeString:
        # The form renderer looks in Django's own folders only.
        return render_to_string("requirements_pkg/admin/cell_checkboxes.html", context)


def _is_ticked(cells: list[tuple[object, list[dict[str, object]]]]) -> bool:
    return any(box["selected"] for _place, boxes in cells for box in boxes)


class ManyField(forms.TypedMultipleChoiceField):
    """Rows to tick, by their keys; the choices come from one query."""

    widget = GroupedCheckboxes

    def __init__(self, **kwargs: Handed) -> None:
        super().__init__(coerce=int, required=False, **kwargs)
        self.widget.group_label = self.label


class CodesField(LineField):
    """CPV codes, however they are parted."""

    def to_python(self, value: object) -> str:
        """Return the codes, each once, with single spaces between them."""
        return " ".join(dict.fromkeys(re.split(r"[\s,;]+", super().to_python(value).strip())))

    def validate(self, value: str) -> None:
        """Refuse what is no code, or has the wrong check digit.

        Raises:
            ValidationError: one sentence for each fault.
        """
        super().validate(value)
        if faults := list(filter(None, map(cpv.fault, value.split()))):
            raise forms.ValidationError(faults)


class LinksMixin(forms.Form):
    """What a requirement is tied to in a plan. `plan` is set before the fields are prepared."""

    # Not called as the model's own relations: Django would store those without their hash.
    treated = ManyField(label=gettext_lazy("Risks and opportunities"))
    served = ManyField(label=gettext_lazy("Sub-goals"))

    def offer_links(self, plan: ActionPlan, requirement: Requirement) -> None:
        """Give the fields the choices of a plan, and tick what is stored."""
        if requirement.pk:
            own, links = requirement.pk, (requirement.pk, plan.pk)
            stored = together(_areas.of(own), _treated.of(*links), _served.of(*links))
            names = ("areas", "treated", "served")
            for name, rows in zip(names, stored, strict=True):
                self.initial[name] = sorted(pk for (pk,) in rows)
        kept = self.initial.get("treated", [])
        treated = form_field(self, "treated", forms.ChoiceField)
        treated.choices = statement_choices(plan, kept=kept)
        served = form_field(self, "served", forms.ChoiceField)
        served.choices = sub_goal_choices(plan)


class RequirementForm(MergingMixin, LinksMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A requirement of one package, which the subclass that the admin makes names."""

    package: ClassVar[RequirementsPackage]

    areas = ManyField(
        label=gettext_lazy("Product areas"),
        help_text=gettext_lazy("None ticked means all of them."),
    )
    proofs = ManyField(
        label=gettext_lazy("Accepted proofs"),
        help_text=gettext_lazy("Labels and certificates. Buyers read that equivalents do, too."),
    )

    class Meta:
        model = Requirement
        fields = [
            "code",
            "title",
            "kind",
            "level",
            "text",
            "max_points",
            "scale",
            "rationale",
            "law_baseline",
            "beyond_law",
            "verification",
            "follow_up_method",
            "supplier_question",
            "guidance",
            "cpv",
            "replaces",
            "position",
        ]
        help_texts = {
            "scale": gettext_lazy(
                "What gives how many points. Write a step on each line, “10 poäng: …”, and the"
                " bidder gets a box for each."
            )
        }
        field_classes = {"cpv": CodesField, **dict.fromkeys(LINES, LineField)}
        widgets = {
            "cpv": forms.Textarea(attrs={"rows": 2}),
            **{name: forms.Textarea(attrs={"rows": rows}) for name, rows in LINES.items()},
        }

    def prepare(self) -> None:
        """Offer what the package's plan has, and suggest a code and a place for a new one."""
        siblings = Requirement.objects.filter(package=self.package.pk)
        if "replaces" in self.fields:
            # What is withdrawn is no longer replaced; what already is named stays on offer.
            replaceable = Q(state=RequirementState.ACTIVE) | Q(pk=self.instance.replaces_id)
            menu = form_field(self, "replaces", forms.ModelChoiceField)
            menu.queryset = (
                siblings.filter(replaceable).exclude(pk=self.instance.pk).in_reading_order()
            )
        for name in OF_AWARD & self.fields.keys():
            # So that a style sheet knows an empty box, and shows it for award criteria alone.
            self.fields[name].widget.attrs["placeholder"] = " "
        if not self.is_of_something_stored():
            self.instance.package = self.package
            taken = list(siblings.values_list("code", "position"))
            code = next_code([code for code, _position in taken], self.package.title)
            position = max((position for _code, position in taken), default=0) + 1
            self.initial = {"code": code, "position": position, **self.initial}
        self._prepare_links()
        self._offer_proofs()

    def _offer_proofs(self) -> None:
        """Give the field the labels and certificates of the one list, and tick what is stored."""
        if "proofs" in self.fields:
            accepted, stored = together(_accepted.of(), _proofs.of(self.instance.pk or 0))
            choices = form_field(self, "proofs", forms.ChoiceField)
            choices.choices = [(pk, f"{name} ({owner})") for pk, name, owner in accepted]
            self.initial["proofs"] = sorted(pk for (pk,) in stored)

    def _prepare_links(self) -> None:
        plan = self.package.plan
        if plan is None:
            # A shared module is tied to each plan that includes it, on that plan's pages.
            for name in ("areas", "treated", "served"):
                self.fields.pop(name, None)
        elif "areas" in self.fields:
            areas = form_field(self, "areas", forms.ChoiceField)
            areas.choices = area_choices(plan)
            self.offer_links(plan, self.instance)

    def clean_code(self) -> str:
        """Return the code, unless another requirement of the package has it.

        Raises:
            ValidationError: another one has it; the constraint alone would not say so here, since
            the package is no field of this form.
        """
        code: str = self.cleaned_data["code"]
        if self.instance.pk and code == self.instance.code:
            # What is stored is its own.
            return code
        others = Requirement.objects.filter(package=self.package.pk, code=code)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("Another requirement in the package has this code. Choose another code.")
            )
        return code

    def save_links(self, *, by: User) -> None:
        """Store what the requirement is tied to, when it is stored itself."""
        links = self.cleaned_data
        if "areas" in self.changed_data:
            set_product_areas(requirement=self.instance, areas=links["areas"], by=by)
        if "proofs" in self.changed_data:
            set_proofs(requirement=self.instance, proofs=links["proofs"], by=by)
        if "treated" in self.changed_data:
            rows = RiskStatement.objects.filter(pk__in=links["treated"])
            set_treatments(requirement=self.instance, statements=rows, by=by)
        if "served" in self.changed_data:
            goals = SubGoal.objects.filter(pk__in=links["served"])
            set_services(requirement=self.instance, sub_goals=goals, by=by)


Rows = TupleRows


@prepared
def _areas(requirement: int) -> Rows:
    rows = RequirementArea.objects.filter(requirement=requirement).order_by()
    return rows.values_list("product_area_id")


@prepared
def _accepted() -> Rows:
    return AcceptedProof.objects.order_by("name").values_list("pk", "name", "owner")


@prepared
def _proofs(requirement: int) -> Rows:
    rows = RequirementProof.objects.filter(requirement=requirement).order_by()
    return rows.values_list("proof_id")


@prepared
def _treated(requirement: int, plan: int) -> Rows:
    rows = RiskTreatment.objects.filter(requirement=requirement).order_by()
    return rows.filter(statement__cell__product_area__plan=plan).values_list("statement_id")


@prepared
def _served(requirement: int, plan: int) -> Rows:
    rows = GoalService.objects.filter(requirement=requirement).order_by()
    return rows.filter(sub_goal__goal__plan=plan).values_list("sub_goal_id")


class ModuleLinksForm(MergingMixin, LinksMixin):
    """What a shared module's requirement is there for in one plan that includes it."""

    def __init__(self, data: FormData, *, requirement: Requirement, plan: ActionPlan) -> None:
        self.requirement, self.plan = requirement, plan
        super().__init__(data)

    def prepare(self) -> None:
        """Offer what the plan has."""
        self.offer_links(self.plan, self.requirement)
