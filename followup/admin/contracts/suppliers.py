"""The suppliers of the contracts that a person sees."""

from typing import cast

from django.contrib import admin
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from actionplan import permissions as plan_permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.history import ModelHistory, entries
from actionplan.backoffice.scoping import ScopedAdmin
from actionplan.database import row_locks
from actionplan.models import ChangeLog, User
from followup import permissions
from followup.admin.contracts.forms import SupplierFactsForm
from followup.excel.contract_sheets import SUPPLIERS
from followup.models import Contract, Supplier


class RegisterMixin(ScopedAdmin):
    """Rights of the register: who has a part in a contract sees it, and writes the own ones."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_see_any(request.user)

    def hold(self, obj: object) -> None:
        """Keep other writers of the same row waiting until the transaction ends."""
        row_locks.hold(self.model, cast("Model", obj).pk)


@admin.register(Supplier)
class SupplierAdmin(ExportAdmin, RegisterMixin):
    """They come into the register with a contract; whoever sees one corrects its name."""

    form = SupplierFactsForm
    sheets = [SUPPLIERS]
    may_delete = False
    ordering = ["name", "id"]
    list_display = ["name", "number", "country", "contracts"]
    list_filter = ["country"]
    search_fields = ["name", "number"]
    fields = ["name", "number", "country"]
    readonly_fields = ["number", "country"]

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Tell whether there are suppliers that the person sees."""
        return permissions.may_see_any(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        if not isinstance(obj, Supplier):
            return permissions.may_see_any(request.user)
        rows = Supplier.objects.filter(permissions.visible_suppliers(request.user))
        return rows.filter(pk=obj.pk).exists()

    def may_change(self, request: HttpRequest, obj: Supplier | None) -> bool:
        """Tell whether the person writes a contract with the supplier."""
        if obj is None:
            return plan_permissions.may_follow_up_something(request.user)
        own = Contract.objects.filter(permissions.writable_contracts(request.user), supplier=obj)
        return plan_permissions.is_everything(request.user) or own.exists()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Supplier]:
        """Return the suppliers of contracts that the person sees, with how many those are."""
        contracts = Contract.objects.filter(permissions.visible_contracts(request.user))
        rows: QuerySet[Supplier] = super().get_queryset(request)
        if not plan_permissions.is_everything(request.user):
            rows = rows.filter(Exists(contracts.filter(supplier=OuterRef("pk"))))
        return rows.annotate(
            number_of_contracts=Count("contracts", filter=Q(contracts__in=contracts.values("pk")))
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show what people of the own regions changed: others have contracts of their own with it,
        which is nobody else's to know."""
        obj = self.get_object(request, object_id)
        own: dict[str, object] = {}
        if obj is not None and not plan_permissions.is_everything(request.user):
            people = User.objects.filter(permissions.colleagues(request.user))
            changes = ChangeLog.objects.about(obj).filter(by__in=people.values("pk"))
            own = {"page": entries([ModelHistory(changes)]).get_page(request.GET.get("sida"))}
        return super().history_view(request, object_id, own | (extra_context or {}))

    @admin.display(description=gettext_lazy("contracts"))
    def contracts(self, supplier: Supplier) -> int:
        number: int = vars(supplier)["number_of_contracts"]
        return number
