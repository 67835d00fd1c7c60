"""The admin of contracts: the list, the form, and the requirements that stand in one."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions as plan_permissions
from actionplan.backoffice.excel_admin import ImportExportAdmin
from actionplan.backoffice.history import ModelHistory
from actionplan.backoffice.scoping import ScopedInline
from actionplan.database.broken_rules import BrokenRule
from actionplan.django_edges import AnyRows, Handed
from actionplan.merging.merge_forms import RowFormSet
from actionplan.models import ChangeLog, Organisation
from actionplan.permissions import signed_in
from actionplan.text import figure
from followup import permissions
from followup.actions.contracts.registering import register_contract
from followup.admin.contracts.forms import ContractForm, ContractRequirementForm
from followup.admin.contracts.suppliers import RegisterMixin
from followup.excel.contract_sheets import CONTRACTS
from followup.models import (
    Contract,
    ContractArea,
    ContractRequirement,
    FollowUp,
    JointOwner,
)

DAYS_AHEAD: Final = 182
# Of fields, as the admin takes them.
Names = list[str | list[str] | tuple[str, ...] | tuple[()]]
FACTS: Final[Names] = ["organisation", "reference", "kind", "joint"]
SUPPLIER: Final[Names] = ["supplier_name", "supplier_number", "supplier_country"]
TERMS: Final[Names] = ["value", "currency", "starts_on", "ends_on", "options", "extended_to"]
BOUGHT: Final[Names] = ["cpv", "areas"]


class RunningFilter(admin.SimpleListFilter):
    title = gettext_lazy("contract period")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("pagar", _("now")),
            ("slutar", _("ends within half a year")),
            ("slut", _("ended")),
        ]

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        today = timezone.localdate()
        match self.value():
            case "pagar":
                return queryset.filter(starts_on__lte=today).exclude(ends_on__lt=today)
            case "slutar":
                last = today + timedelta(days=DAYS_AHEAD)
                return queryset.filter(ends_on__range=(today, last))
            case "slut":
                return queryset.filter(ends_on__lt=today)
        return queryset


class FollowedFilter(admin.SimpleListFilter):
    title = gettext_lazy("followed up")
    parameter_name = "uppfoljt"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("ja", _("yes")), ("aldrig", _("never"))]

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        done = Exists(FollowUp.objects.done().filter(contract=OuterRef("pk")))
        match self.value():
            case "ja":
                return queryset.filter(done)
            case "aldrig":
                return queryset.filter(~done)
        return queryset


class ChangedFilter(admin.SimpleListFilter):
    title = gettext_lazy("requirements")
    parameter_name = "krav"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("andrade", _("changed since they were taken in"))]

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        if self.value() != "andrade":
            return queryset
        rows = ContractRequirement.objects.changed().filter(contract=OuterRef("pk"))
        return queryset.filter(Exists(rows))


class OwnerFilter(admin.SimpleListFilter):
    """The owners of contracts that the person sees."""

    title = gettext_lazy("contract owner")
    parameter_name = "avtalsagare"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        own = Contract.objects.filter(permissions.visible_contracts(request.user))
        owners = Organisation.objects.filter(Exists(own.filter(organisation=OuterRef("pk"))))
        return [(str(pk), name) for pk, name in owners.order_by("name").values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        if (value := self.value()) is None:
            return queryset
        if value not in dict(self.lookup_choices):
            return queryset.none()
        return queryset.filter(organisation=value)


class ContractScopedMixin(RegisterMixin):
    """Rights by a contract's owners."""

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        if not isinstance(obj, Contract):
            return permissions.may_see_any(request.user)
        return permissions.may_see_contract(request.user, obj)

    def may_change(self, request: HttpRequest, obj: Contract | None) -> bool:
        """Tell whether the person writes this contract, or any at all."""
        if obj is None:
            return plan_permissions.may_follow_up_something(request.user)
        return permissions.may_write_contract(request.user, obj)


class ContractRequirementInline(ScopedInline, admin.TabularInline):  # type: ignore[type-arg]
    """The requirements of a contract; new ones come with a selection."""

    model = ContractRequirement
    form = ContractRequirementForm
    formset = RowFormSet
    max_num = 0
    # Its code and wording stand above each row.
    fields = ["title", "version", "filled", "points"]
    readonly_fields = ["title", "version", "filled"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContractRequirement]:
        """Return the rows of contracts that the person sees; the page takes those of its own."""
        rows = ContractRequirement.objects.filter(
            permissions.visible_contracts(request.user, "contract")
        )
        related = ("version__package__plan__category", "version__package__steward", "requirement")
        return rows.select_related(*related).defer("version__content")

    def may_change(self, request: HttpRequest, obj: Contract | None) -> bool:
        if obj is None:
            return plan_permissions.may_follow_up_something(request.user)
        return permissions.may_write_contract(request.user, obj)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return not isinstance(obj, Contract) or permissions.may_see_contract(request.user, obj)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("title"))
    def title(self, row: ContractRequirement) -> str:
        return row.requirement.title

    @admin.display(description=gettext_lazy("filled in"))
    def filled(self, row: ContractRequirement) -> str:
        return ", ".join(f"{key}: {value}" for key, value in row.values.items()) or "–"


@admin.register(Contract)
class ContractAdmin(ImportExportAdmin, ContractScopedMixin):
    """Contracts of the owners, and the joint owners, of the person's regions."""

    form = ContractForm
    change_form_template = "followup/admin/contracts/contract.html"
    sheets = [CONTRACTS]
    inlines = [ContractRequirementInline]
    ordering = ["-starts_on", "-id"]
    list_display = [
        "reference",
        "organisation",
        "supplier",
        "kind",
        "starts_on",
        "ends_on",
        "worth",
    ]
    list_filter = [RunningFilter, FollowedFilter, ChangedFilter, "kind", OwnerFilter]
    search_fields = ["reference", "supplier__name", "supplier__number"]
    fieldsets = [
        (None, {"fields": FACTS}),
        (gettext_lazy("Supplier"), {"fields": SUPPLIER}),
        (gettext_lazy("Value and time"), {"fields": TERMS}),
        (gettext_lazy("What is bought"), {"fields": BOUGHT}),
        (gettext_lazy("Requirements"), {"fields": ["selection"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contract]:
        """Return the contracts that the person sees."""
        rows: QuerySet[Contract] = super().get_queryset(request)
        rows = rows.filter(permissions.visible_contracts(request.user))
        return rows.select_related("organisation", "supplier").prefetch_related("joint_owners")

    @admin.display(description=gettext_lazy("value"), ordering="value", empty_value="–")
    def worth(self, contract: Contract) -> str | None:
        if contract.value is None:
            return None
        return f"{figure(contract.value)} {contract.currency}"

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Tell whether there are contracts that the person sees."""
        return permissions.may_see_any(request.user)

    def has_import_permission(self, request: HttpRequest) -> bool:
        return plan_permissions.may_follow_up_something(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Contract | None = None) -> bool:
        """Tell whether a contract that was registered by mistake may go: one at a time."""
        return obj is not None and super().has_delete_permission(request, obj)

    def get_form(
        self,
        request: HttpRequest,
        obj: Contract | None = None,
        change: bool = False,
        **kwargs: Handed,
    ) -> type[ContractForm]:
        """Return the form of one person: what it offers is what they write."""
        form: type[ContractForm] = super().get_form(request, obj, change, **kwargs)
        form.by = signed_in(request.user)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Contract | None = None) -> list[Any]:
        """Return the fields; who only reads is shown what stands there, and nothing to paste."""
        if obj is None or self.has_change_permission(request, obj):
            return list(self.fieldsets)
        names = {"joint": "owner_names", "areas": "area_names"} | dict.fromkeys(SUPPLIER)
        read_only = [
            names.get(name, name)
            for name in [*FACTS, "supplier", *TERMS, *BOUGHT]
            if names.get(name, name)
        ]
        return [(None, {"fields": [self._read(name) for name in read_only]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Contract | None = None) -> list[str]:
        if obj is None or self.has_change_permission(request, obj):
            return []
        return ["owner_names", "area_names"]

    @admin.display(description=gettext_lazy("Joint owners"), empty_value="–")
    def owner_names(self, contract: Contract) -> str | None:
        return ", ".join(map(str, contract.joint_owners.all())) or None

    @admin.display(description=gettext_lazy("Product areas"), empty_value="–")
    def area_names(self, contract: Contract) -> str | None:
        areas = contract.product_areas.select_related("plan__category")
        return "; ".join(f"{area.plan}, {area}" for area in areas) or None

    def get_inlines(self, request: HttpRequest, obj: Contract | None) -> list[type]:
        """Return the inlines, none for a new contract: its requirements come with it."""
        return self.inlines if obj is not None else []

    def save_model(
        self, request: HttpRequest, obj: Contract, form: ContractForm, change: bool
    ) -> None:
        """Register the contract with all its parts."""
        if form.parts is None or (change and not form.has_changed()):
            return
        try:
            register_contract(contract=obj, parts=form.parts, by=signed_in(request.user))
        except ValidationError as error:
            # Told by the form, which keeps what was typed.
            raise BrokenRule(" ".join(error.messages)) from error

    def history_of(self, obj: Contract) -> list[ModelHistory]:
        """Return what the log tells of it, its owners, its areas and its requirements."""
        log = ChangeLog.objects
        owners = log.parts(JointOwner, obj.pk)
        names = dict(Organisation.objects.values_list("pk", "name"))
        return [
            *super().history_of(obj),
            ModelHistory(owners, lambda past: names.get(past.values["organisation_id"], "")),
            ModelHistory(log.parts(ContractArea, obj.pk)),
            ModelHistory(
                log.parts(ContractRequirement, obj.pk),
                lambda past: f"{past.values['code']}:{past.values['revision']}",
            ),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show above the form what is confidential, and who has followed it up."""
        contract = kwargs.get("obj")
        if contract is not None:
            rows = FollowUp.objects.with_names().filter(
                permissions.visible(request.user), contract=contract
            )
            context["follow_ups"] = rows.order_by("-planned_for", "-pk")
            context["changed"] = contract.requirements.changed().count()
            context["may_plan"] = plan_permissions.may_follow_up_something(request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Contract) -> HttpResponseRedirect:
        """Lead on to the contract's page, with the requirements that stand in it."""
        return HttpResponseRedirect(reverse("admin:followup_contract_change", args=[obj.pk]))
