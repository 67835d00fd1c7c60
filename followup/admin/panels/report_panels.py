"""The panel of follow-up reports on a plan's page, and the list of what was published."""

from collections.abc import Iterator

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.backoffice.plan_page import once
from actionplan.backoffice.scoping import ReadOnlyAdmin
from actionplan.extension_points import Button, Gap, Panel, PlanTab, plan_gaps, plan_panels
from actionplan.models import ActionPlan
from actionplan.workspace.tabs import tab_address
from followup import permissions
from followup.drafting.report_age import needs_another
from followup.models import FollowUpReport, ReportRequest
from requirements_pkg.backoffice import periods
from requirements_pkg.backoffice.pages import read_package
from requirements_pkg.extension_points import package_panels
from requirements_pkg.models import RequirementsPackage


@plan_panels.on(PlanTab.FOLLOW_UP)
def report_panel(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the newest report of a plan, what waits, and whether another is to be written."""
    package = once(plan, read_package)
    if package.pk is None:
        return []
    newest = once(plan, _newest)
    requests = ReportRequest.objects.filter(package=package).order_by("-requested_at", "-pk")
    last = requests.defer("content", "basis").select_related("package").first()
    buttons = []
    if permissions.may_write_report(request.user, package):
        address = reverse("admin:followup_report_write", args=[plan.pk])
        buttons.append(Button(_("Write a follow-up report"), address))
        # Where nothing is published, its page says so: to ask here costs each plan's page a query.
        masking = reverse("admin:followup_mask", args=[plan.pk])
        buttons.append(Button(_("Mask words"), masking))
    context = {"newest": newest, "last": last, "slug": package.slug}
    template = "followup/admin/panels/reports.html"
    return [Panel(_("Follow-up reports"), template, context, tuple(buttons))]


@plan_gaps.on(PlanTab.FOLLOW_UP)
def report_gaps(request: HttpRequest, plan: ActionPlan) -> Iterator[Gap]:
    """Yield that another report is to be written, and why."""
    package = once(plan, read_package)
    sentence = needs_another(plan, once(plan, _newest)) if package.pk is not None else ""
    if sentence and permissions.may_write_report(request.user, package):
        yield Gap(sentence, reverse("admin:followup_report_write", args=[plan.pk]))
    elif sentence:
        yield Gap(sentence, tab_address(plan.pk, PlanTab.FOLLOW_UP))


def _newest(plan: ActionPlan) -> FollowUpReport | None:
    reports = FollowUpReport.objects.filter(package=once(plan, read_package))
    parts = ("content", "cells", "requirements", "shared_requirements")
    newest: FollowUpReport | None = reports.defer(*parts).order_by("-number").first()
    return newest


@package_panels
def masking_panel(request: HttpRequest, package: RequirementsPackage) -> list[Panel]:
    """Lead to the masking of words in a shared module; of a plan the panel of reports does."""
    may_ask = permissions.may_ask_masking(request.user, package)
    if package.plan_id is not None or package.pk is None or not may_ask:
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
