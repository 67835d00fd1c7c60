"""The admin of reporting periods: when they are, and whether they are locked."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.forms import Form, ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ScopedAdmin
from actionplan.database.broken_rules import BrokenRule
from actionplan.django_edges import AnyForeignKey, Handed, PageContext
from actionplan.models import ActionPlan
from actionplan.permissions import signed_in
from followup.actions.readings import ask_to_unlock, keep_period, lock_period
from followup.admin.forms.reading_forms import PeriodForm, UnlockForm
from followup.excel.reading_sheets import PERIODS
from followup.models import IndicatorReading, ReportingPeriod
from requirements_pkg.backoffice.pages import page


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(ExportAdmin, ScopedAdmin):
    """Everybody with a role reads them; the plan's coordinators make and lock them."""

    form = PeriodForm
    sheets = [PERIODS]
    plan_path = "plan"
    change_form_template = "followup/admin/readings/period.html"
    list_display = ["name", "plan", "first_day", "last_day", "locked_at"]
    list_filter = ["plan__procurement_region", ("locked_at", admin.EmptyFieldListFilter)]
    search_fields = ["name", "plan__category__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportingPeriod]:
        rows: QuerySet[ReportingPeriod] = super().get_queryset(request)
        return rows.select_related("plan__category", "plan__procurement_region", "locked_by")

    def may_change(self, request: HttpRequest, obj: ReportingPeriod | None) -> bool:
        """Tell whether it may be changed: in a closed plan, too, but only when unlocked."""
        if obj is None:
            return permissions.may_follow_up_something(request.user)
        return _may_lock(request, obj) and obj.locked_at is None

    def formfield_for_foreignkey(
        self, db_field: AnyForeignKey, request: HttpRequest, **kwargs: Handed
    ) -> "ModelChoiceField[Any] | None":
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "plan":
            plans = ActionPlan.objects.select_related("category").order_by("category__name")
            if not permissions.is_everything(request.user):
                regions = permissions.followed_up_regions(request.user)
                plans = plans.filter(procurement_region__in=regions)
            field.queryset = plans
        return field

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/las/", wrap(lock_page), name="followup_period_lock"),
            path("<int:pk>/las-upp/", wrap(unlock_page), name="followup_period_unlock"),
            *super().get_urls(),
        ]

    def save_model(
        self, request: HttpRequest, obj: ReportingPeriod, form: PeriodForm, change: bool
    ) -> None:
        """Store a period that overlaps with no other."""
        if change and not form.has_changed():
            return
        try:
            keep_period(period=obj, by=signed_in(request.user))
        except ValidationError as error:
            # Told by the form, which keeps what was typed.
            raise BrokenRule(" ".join(error.messages)) from error

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        context["may_lock"] = obj is not None and _may_lock(request, obj)
        if obj is not None:
            context["requests"] = obj.requests.pending().select_related("requested_by")
        return super().render_change_form(request, context, *args, **kwargs)


@require_http_methods(["GET", "POST"])
def lock_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a period is to be locked, and lock it."""
    period = _period(request, pk)
    lead = _(
        "Nothing for these dates can be written, submitted or approved while the period is locked."
    )
    in_it = IndicatorReading.objects.waiting().filter(
        indicator__sub_goal__goal__plan=period.plan,
        as_of__range=(period.first_day, period.last_day),
    )
    context = {
        "title": _("Lock"),
        "lead": lead,
        "waiting": in_it.count(),
        "may_go_on": period.locked_at is None,
        "submit": _("Lock"),
        "done": _("The period is locked."),
    }
    form = Form(request.POST if request.method == "POST" else None)
    return _confirm(request, period, form, lock_period, context)


@require_http_methods(["GET", "POST"])
def unlock_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a locked period is to be opened again, and have somebody else approve it."""
    period = _period(request, pk)
    lead = _(
        "Readings for these dates can be written, submitted and approved again when a reviewer of "
        "the plan has approved it."
    )
    context = {
        "title": _("Unlock"),
        "lead": lead,
        "may_go_on": period.locked_at is not None,
        "submit": _("Send for approval"),
        "done": _("The request is sent. Somebody else has to approve it."),
    }
    form = UnlockForm(request.POST if request.method == "POST" else None)
    return _confirm(request, period, form, ask_to_unlock, context)


def _confirm(
    request: HttpRequest,
    period: ReportingPeriod,
    form: Form,
    verb: Callable[..., object],
    context: PageContext,
) -> HttpResponse:
    home = reverse("admin:followup_reportingperiod_change", args=[period.pk])
    if form.is_valid():
        try:
            verb(period=period, by=signed_in(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, context["done"])
            return HttpResponseRedirect(home)
    page_context = {"period": period, "home": home, "form": form, **context}
    return page(request, "followup/admin/readings/period_confirm.html", page_context)


def _may_lock(request: HttpRequest, period: ReportingPeriod) -> bool:
    return permissions.may_follow_up_in(request.user, period.plan.procurement_region_id)


def _period(request: HttpRequest, pk: int) -> ReportingPeriod:
    """Return a period of a plan that the person coordinates.

    Raises:
        Http404: they have no role.
        PermissionDenied: they only read it.
    """
    rows = ReportingPeriod.objects.filter(permissions.readable(request.user))
    period = get_object_or_404(rows.select_related("plan__category"), pk=pk)
    if not _may_lock(request, period):
        raise PermissionDenied
    return period
