"""The chain in the admin: which links to look at again, and those of a shared module."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import build_q_object_from_lookup_parameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from actionplan import permissions as plan_permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ReadOnlyAdmin
from actionplan.database.broken_rules import all_or_nothing
from actionplan.database.key_pages import AnyOf
from actionplan.models import ActionPlan, SubGoal, User
from actionplan.permissions import signed_in
from actionplan.text import figure, is_number
from requirements_pkg import permissions
from requirements_pkg.actions.links import confirm, set_services, set_treatments
from requirements_pkg.actions.publishing import locked
from requirements_pkg.admin.forms.requirement_form import ModuleLinksForm
from requirements_pkg.backoffice.pages import (
    address_of,
    package_at,
    page,
)
from requirements_pkg.drafting.suspects import MODELS, Suspect, explained, suspects_of_person
from requirements_pkg.excel.package_sheets import TREATMENTS
from requirements_pkg.models import (
    PackageInclusion,
    Requirement,
    RiskTreatment,
)
from requirements_pkg.models.chain import current_hashes
from risks.models import RiskStatement

LINKS_A_PAGE = 20


@require_GET
def suspects_page(request: HttpRequest) -> HttpResponse:
    """Show all links to look at again of which this person owns one end."""
    if not plan_permissions.may_read(request.user):
        raise PermissionDenied
    links = suspects_of_person(request.user)
    plans = _by_plan(links)
    plan_key = request.GET.get("plan", "")
    if plan_key in plans:
        links = [link for link in links if str(link.plan_id) == plan_key]
    suspects = Paginator(links, LINKS_A_PAGE).get_page(request.GET.get("sida"))
    context = {
        "title": _("Links to review"),
        "page": suspects,
        "links": explained(list(suspects.object_list)),
        "plans": plans,
        "plan_key": plan_key,
    }
    return page(request, "requirements_pkg/admin/suspects.html", context)


def _by_plan(links: Sequence[Suspect]) -> dict[str, tuple[str, int]]:
    """Return the plans that have such links by their keys, with how many each has."""
    counts = Counter(link.plan_id for link in links)
    plans = ActionPlan.objects.with_head().filter(pk__in=counts)
    return {str(plan.pk): (str(plan), counts[plan.pk]) for plan in plans}


@require_POST
def confirm_link(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say that a link still holds, and go back to where one read it."""
    link = MODELS[kind].objects.filter(pk=pk).first() if kind in MODELS else None
    if link is None:
        raise Http404
    try:
        confirm(link=link, by=signed_in(request.user), read=request.POST.get("read", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted: the link still holds."))
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Return the page on which somebody read a link, or else the list of all."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("admin:requirements_pkg_suspects")


@require_POST
def confirm_links(request: HttpRequest) -> HttpResponse:
    """Say of several links at once that they still hold; of each what was read of it."""
    if not plan_permissions.may_edit_something(request.user):
        raise PermissionDenied
    confirmed, faults = 0, list[str]()
    for kind, pk, read in map(_ticked, request.POST.getlist("link")):
        link = MODELS[kind].objects.filter(pk=pk).first()
        try:
            if link is None:
                raise ValidationError(_("Somebody else has removed the link."))
            confirm(link=link, by=signed_in(request.user), read=read)
        except ValidationError as error:
            faults += error.messages
        else:
            confirmed += 1
    if confirmed:
        text = ngettext(
            "Noted: %(number)s link still holds.",
            "Noted: %(number)s links still hold.",
            confirmed,
        )
        messages.success(request, text % {"number": figure(confirmed)})
    elif not faults:
        messages.error(request, _("Tick the links that still hold."))
    for fault in dict.fromkeys(faults):
        messages.error(request, fault)
    return HttpResponseRedirect(_back(request))


def _ticked(value: str) -> tuple[str, int, str]:
    """Return what a box says: the kind of a link, its key, and the hash of what was read."""
    kind, _colon, rest = value.partition(":")
    pk, _colon, read = rest.partition(":")
    if kind not in MODELS or not is_number(pk):
        raise BadRequest
    return kind, int(pk), read


@require_http_methods(["GET", "POST"])
def module_links(request: HttpRequest, pk: int, requirement: int) -> HttpResponse:
    """Choose which risks of this plan a shared module's requirement treats."""
    rows = PackageInclusion.objects.select_related("module")
    inclusion = get_object_or_404(rows, pk=pk)
    package = package_at(request, inclusion.package_id)
    module_requirement = get_object_or_404(
        Requirement, pk=requirement, package=inclusion.module_id
    )
    if not permissions.may_edit(request.user, package):
        raise PermissionDenied
    if package.plan is None:
        raise Http404
    form = ModuleLinksForm(request.POST or None, requirement=module_requirement, plan=package.plan)
    if request.method == "POST" and form.is_valid():
        try:
            _save_links(form, inclusion, by=signed_in(request.user))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The links are saved."))
            return HttpResponseRedirect(reverse("admin:requirements_pkg_inclusion", args=[pk]))
    context: dict[str, object] = {
        "title": module_requirement,
        "package": package,
        "package_address": address_of(package),
        "inclusion": inclusion,
        "form": form,
    }
    return page(request, "requirements_pkg/admin/module_links.html", context)


@all_or_nothing()
def _save_links(form: ModuleLinksForm, inclusion: PackageInclusion, *, by: User) -> None:
    package = locked(inclusion.package)
    # Somebody may have taken the module out while this one waited.
    get_object_or_404(PackageInclusion, pk=inclusion.pk)
    if not permissions.may_edit(by, package):
        raise PermissionDenied
    links = form.cleaned_data
    statements = RiskStatement.objects.filter(pk__in=links["treated"])
    goals = SubGoal.objects.filter(pk__in=links["served"])
    requirement, plan = form.requirement, form.plan
    statements = statements.select_related("cell__product_area")
    set_treatments(requirement=requirement, statements=statements, by=by, plan=plan)
    goals = goals.select_related("goal")
    set_services(requirement=requirement, sub_goals=goals, by=by, plan=plan)


class RegionFilter(admin.RelatedFieldListFilter):
    """The region of a link's plan, by the statements that it has.

    They are looked up first: PostgreSQL would go through the links in order and expect those of a
    region everywhere, where they stand together.
    """

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[RiskTreatment]
    ) -> QuerySet[RiskTreatment] | None:
        narrowed = super().queryset(request, queryset)
        if not self.used_parameters:
            return narrowed
        lookups: dict[str, Any] = {
            name.removeprefix("statement__"): values
            for name, values in self.used_parameters.items()
        }
        statements = RiskStatement.objects.order_by().filter(
            build_q_object_from_lookup_parameters(lookups)
        )
        return queryset.filter(AnyOf(F("statement"), statements.values("pk")))


@admin.register(RiskTreatment)
class TreatmentAdmin(ExportAdmin, ReadOnlyAdmin):
    """Which requirement treats which risk; the links are made on the requirement's page."""

    sheets = [TREATMENTS]
    list_display = ["requirement", "statement", "plan", "is_suspect", "confirmed_at"]
    list_filter = [
        (f"{RiskTreatment.plan_path}__procurement_region", RegionFilter),
        "confirmed_at",
    ]
    searching_filters = (f"{RiskTreatment.plan_path}__procurement_region__id__exact",)
    search_fields = ["requirement__code", "requirement__title", "statement__text"]
    list_select_related = ["requirement__package", f"{RiskTreatment.plan_path}__category"]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list; what the texts of its links say now is asked for all at once."""
        changes = super().get_changelist_instance(request)
        links = list(changes.result_list)
        for link, digest in zip(links, current_hashes(links), strict=True):
            link.hash_now = digest
        changes.result_list = links
        return changes

    @admin.display(description=gettext_lazy("plan"))
    def plan(self, link: RiskTreatment) -> ActionPlan:
        return link.plan

    @admin.display(description=gettext_lazy("to review"), boolean=True)
    def is_suspect(self, link: Any) -> bool:
        return bool(link.hash_at_link != link.hash_now)
