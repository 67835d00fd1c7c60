"""The admin of requirements: where they are written."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions as plan_permissions
from actionplan.backoffice.base_admin import AFTERWARDS, RequestValue
from actionplan.backoffice.deletion import Deleted
from actionplan.backoffice.excel_admin import ImportExportAdmin
from actionplan.backoffice.history import ModelHistory
from actionplan.backoffice.panels import tell_links_to_review
from actionplan.django_edges import AnyField, ColumnValues, Handed
from actionplan.merging.merge_forms import RowFormSet
from actionplan.models import ActionPlan
from actionplan.models.counting import number_of
from actionplan.permissions import signed_in
from actionplan.text import is_number
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import locked, package_of
from requirements_pkg.actions.removal import remove_requirements
from requirements_pkg.actions.withdrawal import is_withdrawn_in_public
from requirements_pkg.admin.forms.package_forms import SourceForm
from requirements_pkg.admin.forms.requirement_form import RequirementForm
from requirements_pkg.admin.writing.copying import copy_page
from requirements_pkg.admin.writing.preview import (
    new_preview,
    preview_address,
    stored_preview,
)
from requirements_pkg.admin.writing.way_back import way_back
from requirements_pkg.backoffice import periods
from requirements_pkg.backoffice.dialogue import look_of
from requirements_pkg.backoffice.history import parts_of
from requirements_pkg.backoffice.pages import address_of, named_package, new_requirement, page
from requirements_pkg.backoffice.scoping import PackageScopedAdmin, PackageScopedInline
from requirements_pkg.backoffice.waiting import tell_waiting
from requirements_pkg.document import fill_in
from requirements_pkg.document.requirement_fields import WITH_PLACES
from requirements_pkg.drafting.looking_over import to_look_over
from requirements_pkg.drafting.suspects import explained, suspects_of
from requirements_pkg.excel.columns import REQUIREMENTS
from requirements_pkg.models import (
    Requirement,
    RequirementSource,
    RequirementsPackage,
    RequirementState,
    RiskTreatment,
)
from risks.models import RiskCell, RiskStatement

WHAT = gettext_lazy("What is demanded")
WHY = gettext_lazy("Why")
PROOF = gettext_lazy("How it is proved and followed up")
WHERE = gettext_lazy("Where it is used")
OF_PLAN = ("areas", "treated", "served")
# Of a new requirement.
PACKAGE: Final = RequestValue[RequirementsPackage]("package")


class SourceInline(PackageScopedInline, admin.StackedInline):  # type: ignore[type-arg]
    model = RequirementSource
    form = SourceForm
    formset = RowFormSet
    package_path = "package"


class MissingPartFilter(admin.SimpleListFilter):
    """What an author has not come to yet."""

    title = gettext_lazy("what is missing")
    parameter_name = "saknar"
    # Not by an outer join, which PostgreSQL makes of all rows before it leaves any out.
    CONDITIONS: ClassVar[dict[str | None, Q]] = {
        "risk": ~Q(Exists(RiskTreatment.objects.filter(requirement=OuterRef("pk")))),
        "bevis": Q(verification=""),
        "uppfoljning": Q(follow_up_method=""),
        "kalla": ~Q(Exists(RequirementSource.objects.filter(requirement=OuterRef("pk")))),
    }

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("risk", _("addresses no risk")),
            ("bevis", _("no verification")),
            ("uppfoljning", _("no follow-up")),
            ("kalla", _("no source")),
            ("oversyn", _("nobody has looked it over for long")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Requirement]
    ) -> QuerySet[Requirement]:
        if self.value() == "oversyn":
            return queryset.filter(
                pk__in=to_look_over(Requirement.objects.all(), timezone.now()).values("pk")
            )
        condition = self.CONDITIONS.get(self.value())
        return queryset if condition is None else queryset.filter(condition)


@admin.register(Requirement)
class RequirementAdmin(ImportExportAdmin, PackageScopedAdmin):
    """Requirements of all packages, also in Excel; a new one belongs to the package named."""

    form = RequirementForm
    sheets = [REQUIREMENTS]
    package_path = "package"
    change_form_template = "requirements_pkg/admin/requirement.html"
    inlines = [SourceInline]
    # Named, since a count leaves out the model's own order.
    ordering = ["package", "position", "code"]
    list_display = ["code", "title", periods.package, "kind", "level", "state", "risk_count"]
    list_display_links = ["code", "title"]
    list_filter = [
        MissingPartFilter,
        "state",
        "kind",
        "level",
        ("package", periods.PackageFilter),
    ]
    search_fields = ["code", "title", "text", "package__title"]
    list_select_related = ["package"]
    searching_filters = (MissingPartFilter.parameter_name,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Requirement]:
        rows: QuerySet[Requirement] = super().get_queryset(request)
        rows = rows.select_related(
            "package__plan__category",
            "package__steward",
            "successor",
        )
        return rows.annotate(risk_count=number_of(RiskTreatment.objects.all(), "requirement"))

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "<int:pk>/forhandsvisning/": ("requirement_preview", stored_preview),
            "forhandsvisning/": ("new_requirement_preview", new_preview),
            "<int:pk>/kopiera/": ("copy", copy_page),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"requirements_pkg_{name}")
            for route, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=gettext_lazy("risks"), ordering="risk_count")
    def risk_count(self, requirement: Any) -> int:
        return int(requirement.risk_count)

    def get_form(
        self,
        request: HttpRequest,
        obj: Requirement | None = None,
        change: bool = False,
        **kwargs: Handed,
    ) -> type[RequirementForm]:
        """Return the form for one package, which offers what that package's plan has."""
        form: type[RequirementForm] = super().get_form(request, obj, change, **kwargs)
        form.package = self._package(request, obj)
        return form

    def _package(self, request: HttpRequest, obj: Requirement | None) -> RequirementsPackage:
        return PACKAGE.of(request) if obj is None else obj.package

    def get_fieldsets(self, request: HttpRequest, obj: Requirement | None = None) -> list[Any]:
        """Order fields as an author thinks; what is a plan's is not a shared module's."""
        is_shared = self._package(request, obj).plan is None
        sets = [
            (WHAT, ["code", "title", "kind", "level", "text", "places", "max_points", "scale"]),
            (WHY, ["treated", "rationale", "law_baseline", "beyond_law", "served"]),
            (
                PROOF,
                ["verification", "proofs", "follow_up_method", "supplier_question", "guidance"],
            ),
            (WHERE, ["areas", "cpv", "replaces", "position"]),
        ]
        return [
            (name, {"fields": [f for f in fields if not (is_shared and f in OF_PLAN)]})
            for name, fields in sets
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Requirement | None = None
    ) -> list[str]:
        return ["places"]

    @admin.display(description=gettext_lazy("fill-in fields"))
    def places(self, requirement: Requirement | None) -> SafeString | str:
        """List the fields that a buyer fills in, as the texts were when they were last saved."""
        if requirement is None or requirement.pk is None:
            return _("They are listed here when the requirement is saved.")
        texts = (getattr(requirement, field) for field in WITH_PLACES)
        rows = [
            (place.name, place.default or _("no default"), place.help and f" ({place.help})")
            for place in fill_in.places("\n".join(texts))
        ]
        return _list("{}: {}{}", rows) or _("none")

    @admin.display(description=gettext_lazy("product areas"))
    def areas(self, requirement: Requirement) -> SafeString | str:
        rows = requirement.product_areas.order_by("number")
        return _list("{}", ((str(area),) for area in rows)) or _("all")

    @admin.display(description=gettext_lazy("accepted proofs"))
    def proofs(self, requirement: Requirement) -> SafeString | str:
        rows = requirement.proof_links.order_by("proof__name")
        return _list("{} ({})", rows.values_list("proof__name", "proof__owner")) or _("none")

    @admin.display(description=gettext_lazy("risks and opportunities"))
    def treated(self, requirement: Requirement) -> SafeString | str:
        rows = RiskStatement.objects.filter(requirements=requirement)
        return _list("{}", rows.in_grid_order().values_list("text"))

    @admin.display(description=gettext_lazy("sub-goals"))
    def served(self, requirement: Requirement) -> SafeString | str:
        rows = requirement.services.order_by("sub_goal__number")
        return _list("{} {}", rows.values_list("sub_goal__number", "sub_goal__text"))

    def formfield_for_dbfield(
        self, db_field: AnyField, request: HttpRequest, **kwargs: Handed
    ) -> Any:
        """Leave out the links beside the box of what is replaced: it is on the same list."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        for link in ("add", "change", "delete", "view"):
            if hasattr(getattr(field, "widget", None), f"can_{link}_related"):
                setattr(field.widget, f"can_{link}_related", False)
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> ColumnValues:
        """Return the risks that the address names, and their areas, to be ticked in the form."""
        pks = [int(pk) for pk in request.GET.getlist("statements") if is_number(pk)]
        if not pks:
            return {}
        cells = RiskCell.objects.filter(statements__in=pks).order_by("product_area")
        areas = cells.values_list("product_area", flat=True).distinct()
        return {"treated": pks, "areas": list(areas)}

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Add a requirement to the package that the address names; without one, let choose it."""
        if self.has_add_permission(request):
            package = named_package(request)
            if package is None:
                return self._choose(request)
            PACKAGE.keep(request, package)
        return super().add_view(request, form_url, extra_context)

    def lock_for(
        self, request: HttpRequest, stored: Requirement | None, sent: Requirement | None
    ) -> None:
        """Hold the package, or its plan where that has none yet.

        Raises:
            PermissionDenied: the plan has been closed meanwhile.
        """
        if stored is not None or sent is None:
            super().lock_for(request, stored, sent)
            return
        package = sent.package = PACKAGE.of(request)
        if package.pk is None:
            package.plan = ActionPlan.objects.select_for_update().get(pk=package.plan_id)
        else:
            sent.package = locked(package)
        if not permissions.may_edit(request.user, sent.package):
            raise PermissionDenied

    def save_form(self, request: HttpRequest, form: RequirementForm, change: bool) -> Requirement:
        """Make the package of a plan that has none yet, once the transaction has begun."""
        requirement: Requirement = super().save_form(request, form, change)
        package = requirement.package
        if not change and package.pk is None and package.plan is not None:
            requirement.package = package_of(package.plan)
        return requirement

    def _choose(self, request: HttpRequest) -> HttpResponse:
        plans = ActionPlan.objects.with_head().filter(
            plan_permissions.editable(request.user), package__isnull=True
        )
        editable = permissions.editable(request.user)
        packages = RequirementsPackage.objects.select_related("plan").filter(editable)
        statements = request.GET.getlist("statements")
        links = [
            (package.dated, new_requirement(package, statements=statements))
            for package in packages
        ]
        links += [
            (str(plan), new_requirement(RequirementsPackage(plan=plan), statements=statements))
            for plan in plans
        ]
        context = {
            "title": _("Write a requirement"),
            "opts": self.opts,
            "lead": _("Which package does the requirement belong to?"),
            "links": links,
            "nothing": _("There is no package that you can edit."),
        }
        return page(request, "admin/choose.html", context)

    def history_of(self, obj: Requirement) -> list[ModelHistory]:
        """Return the requirement's own history, and that of its sources and of its links."""
        return [*super().history_of(obj), *parts_of(obj)]

    def save_related(
        self,
        request: HttpRequest,
        form: RequirementForm,
        formsets: object,
        change: bool,
    ) -> None:
        """Save the sources and links; after new words, tell which links have to be reviewed."""
        super().save_related(request, form, formsets, change)
        form.save_links(by=signed_in(request.user))
        if change and {"title", "text"} & set(form.changed_data):
            keys = [form.instance.pk]
            AFTERWARDS.of(request).append(
                partial(tell_links_to_review, request, Requirement, keys)
            )

    def has_delete_permission(self, request: HttpRequest, obj: Requirement | None = None) -> bool:
        """Refuse to delete what was published, which is withdrawn, or what is needed elsewhere."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not (obj.revisions.exists() or _is_needed_elsewhere(obj))

    def get_deleted_objects(self, objs: object, request: HttpRequest) -> Deleted:
        """Let its links go with a requirement, though nobody deletes them by themselves."""
        names, counts, needed, protected = super().get_deleted_objects(objs, request)
        own = {str(Requirement._meta.verbose_name)}
        return names, counts, {right for right in needed if str(right) in own}, protected

    def delete_model(self, request: HttpRequest, obj: Requirement) -> None:
        remove_requirements([obj], by=signed_in(request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Requirement]) -> None:
        """Remove all of them at once: one by one they keep others waiting."""
        remove_requirements(queryset, by=signed_in(request.user))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show above the form which links have to be reviewed, and the requirement's package."""
        obj = kwargs.get("obj")
        package = self._package(request, obj)
        may_change = self.has_change_permission(request, obj)
        if may_change:
            tell_waiting(request, package)
        context |= {
            "package": package,
            "package_address": address_of(package),
            "preview_address": preview_address(package, obj),
            "copied_from": obj
            and obj.copied_from
            and Requirement.objects.newest_with(obj.copied_from),
            "may_copy": obj is not None and plan_permissions.may_edit_something(request.user),
            "suspects": explained(suspects_of(obj)) if obj is not None else [],
            "look": look_of(obj),
            "may_change": may_change,
            "may_restore": may_change
            and obj is not None
            and obj.state == RequirementState.WITHDRAWN
            and not is_withdrawn_in_public(obj),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(
        self, request: HttpRequest, obj: Requirement
    ) -> HttpResponseRedirect:
        """Lead back to what it was written from."""
        return HttpResponseRedirect(way_back(request, obj))

    def response_post_save_change(
        self, request: HttpRequest, obj: Requirement
    ) -> HttpResponseRedirect:
        return HttpResponseRedirect(address_of(obj.package))


def _is_needed_elsewhere(requirement: Requirement) -> bool:
    """Tell whether a shared module's requirement treats what belongs to others' plans."""
    links = (requirement.treatments, requirement.services)
    return requirement.package.is_shared and any(rows.exists() for rows in links)


def _list(form: str, rows: Iterable[tuple[object, ...]]) -> SafeString | str:
    items = format_html_join("", f"<li>{form}</li>", rows)
    return format_html_join("", '<ul class="statement-list">{}</ul>', [(items,)]) if items else ""
