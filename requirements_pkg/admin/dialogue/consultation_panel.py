"""The consultations of a package on its plan's tab, and on a shared module's own page."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.backoffice.plan_page import once
from actionplan.extension_points import Button, Panel, PlanTab, plan_panels
from actionplan.models import ActionPlan
from requirements_pkg import permissions
from requirements_pkg.backoffice.pages import publishing_address, read_package
from requirements_pkg.extension_points import package_panels
from requirements_pkg.models import Consultation, ConsultationState, Decision, RequirementsPackage


@plan_panels.on(PlanTab.REVIEW)
def consultations_of_plan(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show the consultations on a plan's draft."""
    return [_panel(request, once(plan, read_package))]


@package_panels
def consultations_of_module(request: HttpRequest, package: RequirementsPackage) -> list[Panel]:
    """Show the consultations on the draft of a shared module, which has no plan with tabs."""
    return [] if package.plan is not None else [_panel(request, package)]


def _panel(request: HttpRequest, package: RequirementsPackage) -> Panel:
    sent = Count("replies", filter=Q(replies__sent_at__isnull=False))
    rows: list[Consultation] = list(
        Consultation.objects.filter(package=package.pk)
        .select_related("requested_by")
        .annotate(sent=sent)
    )
    return Panel(
        title=_("Consultations"),
        template="requirements_pkg/admin/panels/consultations.html",
        context={"consultations": rows},
        buttons=tuple(_buttons(request, package, rows)),
        anchor="remisser",
    )


def _buttons(
    request: HttpRequest, package: RequirementsPackage, rows: list[Consultation]
) -> list[Button]:
    waiting = next((row for row in rows if row.decision == Decision.PENDING), None)
    if waiting is not None:
        address = reverse("admin:requirements_pkg_decide_consultation", args=[waiting.pk])
        may_approve = permissions.may_approve(request.user, package, by=waiting.requested_by)
        return [Button(_("Review the consultation"), address, is_main=True)] if may_approve else []
    is_open = any(row.state() is ConsultationState.OPEN for row in rows)
    if is_open or not permissions.may_edit(request.user, package):
        return []
    return [Button(_("Open for consultation"), publishing_address("consult", package))]
