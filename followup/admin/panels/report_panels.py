"""The panel of follow-up reports on a plan's page, and the list of what was published."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.backoffice.scoping import ReadOnlyAdmin
from actionplan.extension_points import Button, Panel, plan_panels
from actionplan.models import ActionPlan
from followup import permissions
from followup.drafting.report_age import needs_another
from followup.models import FollowUpReport, ReportRequest
from requirements_pkg.backoffice import periods
from requirements_pkg.extension_points import package_panels
from requirements_pkg.models import RequirementsPackage


@plan_panels
def report_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the newest report of a plan, what waits, and whether another is to be written."""
    package: RequirementsPackage | None = getattr(plan, "read_package", None)
    if package is None or package.pk is None:
        return []
    newest = (
        FollowUpReport.objects.filter(package=package)
        .defer("content", "cells", "requirements", "shared_requirements")
        .order_by("-number")
        .first()
    )
    asked = ReportRequest.objects.filter(package=package).order_by("-requested_at", "-pk")
    last = asked.defer("content", "basis").select_related("package").first()
    buttons = []
    if permissions.may_write_report(request.user, package):
        address = reverse("admin:followup_report_write", args=[plan.pk])
        buttons.append(Button(_("Write a follow-up report"), address))
        # Where nothing is published, its page says so: to ask here costs each plan's page a query.
        masking = reverse("admin:followup_mask", args=[plan.pk])
        buttons.append(Button(_("Mask words"), masking))
    context = {"newest": newest, "last": last, "slug": package.slug}
    missing = (needs_another(plan, newest),)
    return [
        Panel(
            _("Follow-up reports"),
            "followup/admin/panels/reports.html",
            context,
            tuple(buttons),
            tuple(filter(None, missing)),
        )
    ]


@package_panels
def masking_panel(request: HttpRequest, package: RequirementsPackage) -> list[Panel]:
    """Lead to the masking of words in a shared module; of a plan the panel of reports does."""
    is_asked = permissions.may_ask_masking(request.user, package)
    if package.plan_id is not None or package.pk is None or not is_asked:
        return []
    address = reverse("admin:followup_mask_module", args=[package.pk])
    template, button = "followup/admin/panels/masking.html", Button(_("Mask words"), address)
    return [Panel(_("Words published by mistake"), template, buttons=(button,))]


@admin.register(FollowUpReport)
class ReportAdmin(ReadOnlyAdmin):
    """What was published of follow-up. It stands; nobody edits or deletes it."""

    list_display = [
        periods.package,
        "number",
        "as_of",
        "published_at",
        "published_by",
        "approved_by",
    ]
    list_filter = ["published_at"]
    search_fields = ["package__title", "note"]
    list_select_related = ["package__plan", "published_by", "approved_by"]
    fields = [
        *("package", "number", "as_of", "note", "published_at", "published_by", "approved_by"),
        "sha256",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUpReport]:
        rows: QuerySet[FollowUpReport] = super().get_queryset(request)
        return rows.defer("content", "cells", "requirements", "shared_requirements", "listing")

    def view_on_site(self, obj: FollowUpReport) -> str:
        return reverse("report", args=[obj.package.slug, obj.number])
