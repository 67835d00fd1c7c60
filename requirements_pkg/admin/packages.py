"""The admin of packages and shared modules: their page, and the modules they include."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from actionplan import permissions as plan_permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.django_edges import AnyForeignKey, FieldNames, Handed
from actionplan.models.counting import number_of
from actionplan.permissions import signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.inclusion import include_module, remove_inclusion, update_inclusion
from requirements_pkg.admin import (
    chain,
    closing,
    coverage,
    publishing,
    requirement_list,
    withdrawing,
)
from requirements_pkg.admin.forms.package_forms import IncludeForm, PackageForm
from requirements_pkg.admin.next_period import parts, starting
from requirements_pkg.admin.panels import panels_of_package
from requirements_pkg.admin.reviewing import changes
from requirements_pkg.backoffice.pages import address_of, package_at, page
from requirements_pkg.backoffice.scoping import PackageScopedAdmin
from requirements_pkg.backoffice.waiting import tell_waiting
from requirements_pkg.excel.package_sheets import PACKAGES
from requirements_pkg.models import (
    PackageInclusion,
    PackageVersion,
    Requirement,
    RequirementsPackage,
)
from requirements_pkg.models.packages import RequirementsPackageQuerySet


@admin.register(RequirementsPackage)
class PackageAdmin(ExportAdmin, PackageScopedAdmin):
    """A plan's package comes with the plan; what is made here is a shared module."""

    form = PackageForm
    sheets = [PACKAGES]
    change_form_template = "requirements_pkg/admin/package.html"
    may_delete = False
    # Named, since a count leaves out the model's own order.
    ordering = ["title"]
    list_display = ["title", "slug", "owner", "requirement_count"]
    list_filter = ["plan__procurement_region", "steward", "plan__status"]
    search_fields = ["title", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RequirementsPackage]:
        rows: RequirementsPackageQuerySet = super().get_queryset(request)
        return rows.with_owner().annotate(
            requirement_count=number_of(Requirement.objects.all(), "package")
        )

    @admin.display(description=gettext_lazy("belongs to"), ordering="plan__category__name")
    def owner(self, package: RequirementsPackage) -> str:
        if package.plan is not None:
            return str(package.plan)
        return _("shared module, %(region)s") % {"region": package.steward}

    @admin.display(description=gettext_lazy("requirements"), ordering="requirement_count")
    def requirement_count(self, package: Any) -> int:
        return int(package.requirement_count)

    def get_fields(
        self, request: HttpRequest, obj: RequirementsPackage | None = None
    ) -> FieldNames:
        """Return the fields of the form; a plan's package has no steward."""
        is_plans = obj is not None and obj.plan_id is not None
        return [name for name in PackageForm.Meta.fields if not (is_plans and name == "steward")]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "<int:pk>/utkast/": ("preview", publishing.preview),
            "<int:pk>/publicera/": ("ask", publishing.ask),
            "modul/<int:pk>/utkast/": ("module_preview", publishing.module_preview),
            "modul/<int:pk>/publicera/": ("module_ask", publishing.module_ask),
            "<int:pk>/andringar/<slug:section>/": ("changes", changes.changes),
            "modul/<int:pk>/andringar/<slug:section>/": (
                "module_changes",
                changes.module_changes,
            ),
            "begaran/<int:pk>/": ("decide", publishing.decide),
            "version/<int:pk>/dra-in/": ("withdraw_version", withdrawing.withdraw_version_page),
            "indragning/<int:pk>/": ("decide_withdrawal", withdrawing.decide_withdrawal),
            "krav/<int:pk>/dra-in/": ("withdraw", withdrawing.withdraw_page),
            "krav/<int:pk>/aterta/": ("restore", withdrawing.restore),
            "<int:pk>/krav/": ("change_many", requirement_list.change_page),
            "<int:pk>/stang/": ("close", closing.close_page),
            "<int:pk>/oppna/": ("reopen", closing.reopen_page),
            "<int:pk>/nasta-period/": ("start_period", starting.start_page),
            "<int:pk>/ta-tillbaka/": ("undo_period", starting.undo_page),
            "<int:pk>/forra-perioden/": ("carried", parts.parts_page),
            "<int:pk>/forra-perioden/<str:kind>/": ("carried_kind", parts.parts_page),
            "<int:pk>/tackning/": ("coverage", coverage.coverage_page),
            "lankar/": ("suspects", chain.suspects_page),
            "lankar/bekrafta/": ("confirm_many", chain.confirm_links),
            "lankar/<str:kind>/<int:pk>/": ("confirm", chain.confirm_link),
            "<int:pk>/ta-med-modul/": ("include", include),
            "ingar/<int:pk>/": ("inclusion", inclusion),
            "ingar/<int:pk>/krav/<int:requirement>/": ("module_links", chain.module_links),
        }
        own = [
            path(route, wrap(view), name=f"requirements_pkg_{name}")
            for route, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def formfield_for_foreignkey(
        self, db_field: AnyForeignKey, request: HttpRequest, **kwargs: Handed
    ) -> Any:
        """Offer as steward of a module only the procurement regions that the person edits."""
        if db_field.name == "steward" and not request.user.is_superuser:
            regions = plan_permissions.edited_regions(request.user)
            kwargs["queryset"] = db_field.related_model._default_manager.filter(pk__in=regions)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "steward" and field is not None:
            field.empty_label = None
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show the panels of the package above the form."""
        package = kwargs.get("obj")
        context["show_save_and_add_another"] = False
        if package is None:
            context["title"] = _("New shared module")
        else:
            context |= {"title": package, "subtitle": None}
            context["panels"] = panels_of_package(request, package)
            if self.has_change_permission(request, package):
                tell_waiting(request, package)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(
        self, request: HttpRequest, obj: RequirementsPackage
    ) -> HttpResponseRedirect:
        """Lead on to the new module's page: that is what one came for."""
        return HttpResponseRedirect(address_of(obj))


@require_http_methods(["GET", "POST"])
def include(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a shared module to include, at its newest version in force."""
    package = package_at(request, pk)
    if not permissions.may_edit(request.user, package):
        raise PermissionDenied
    form = IncludeForm(request.POST or None, package=package)
    if request.method == "POST" and form.is_valid():
        try:
            include_module(
                package=package, version=form.cleaned_data["version"], by=signed_in(request.user)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The module is included."))
            return HttpResponseRedirect(address_of(package))
    context = {
        "title": _("Include a module"),
        "package": package,
        "package_address": address_of(package),
        "form": form,
        "can_choose": form.versions.exists(),
    }
    return page(request, "requirements_pkg/admin/include_module.html", context)


@require_http_methods(["GET", "POST"])
def inclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an included module with its requirements; change its version, or take it out."""
    rows = PackageInclusion.objects.select_related(
        "module", "version__package", "version__withdrawal"
    )
    row = get_object_or_404(rows, pk=pk)
    package = package_at(request, row.package_id)
    may_edit = permissions.may_edit(request.user, package)
    newer = _newer_version(row)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        return _changed(request, package, row, newer)
    pks = {str(uid): pk for uid, pk in row.module.requirements.values_list("uid", "pk")}
    context = {
        "title": row.module,
        "package": package,
        "package_address": address_of(package),
        "inclusion": row,
        "is_withdrawn": _is_withdrawn(row.version),
        "newer": newer,
        "requirements": [
            (pks[requirement.uid], requirement)
            for requirement in row.version.content.requirements
            if requirement.uid in pks
        ],
        "may_edit": may_edit,
    }
    return page(request, "requirements_pkg/admin/inclusion.html", context)


def _is_withdrawn(version: PackageVersion) -> bool:
    return hasattr(version, "withdrawal")


def _newer_version(row: PackageInclusion) -> PackageVersion | None:
    """Return the version in force, if it is newer or the included one is withdrawn."""
    rows = PackageVersion.objects.in_force().filter(package=row.module_id).defer("content")
    version = rows.exclude(pk=row.version_id).first()
    if version is None or version.number > row.version.number or _is_withdrawn(row.version):
        return version
    return None


def _changed(
    request: HttpRequest,
    package: RequirementsPackage,
    row: PackageInclusion,
    newer: PackageVersion | None,
) -> HttpResponse:
    is_update = "_update" in request.POST
    if is_update and (newer is None or request.POST["_update"] != str(newer.pk)):
        messages.error(request, _("That version can no longer be chosen. Choose again below."))
        return HttpResponseRedirect(reverse("admin:requirements_pkg_inclusion", args=[row.pk]))
    try:
        if "_remove" in request.POST:
            remove_inclusion(inclusion=row, by=signed_in(request.user))
            messages.success(request, _("The module is no longer included."))
        elif newer is not None and is_update:
            update_inclusion(inclusion=row, version=newer, by=signed_in(request.user))
            text = _("The module is now included at version %(number)d.")
            messages.success(request, text % {"number": newer.number})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(address_of(package))
