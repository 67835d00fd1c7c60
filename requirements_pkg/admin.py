"""The admin of publishing: ask for it, answer, preview, and what was published."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from actionplan.excel_admin import ExportAdmin
from actionplan.models import ActionPlan, ChangeEvent, User
from actionplan.permissions import readable
from actionplan.scoping import ReadOnlyAdmin
from actionplan.workspace import Button, Panel, panel
from requirements_pkg import (
    indexing,
    letterhead_admin,  # noqa: F401  Django looks for registrations in this module alone
    permissions,
    requirement_admin,  # noqa: F401
    snapshot,
)
from requirements_pkg.drafting import draft_content
from requirements_pkg.forms import DecisionForm, RequestForm
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    PublishRequest,
    RequirementsPackage,
)
from requirements_pkg.publishing import (
    approve_request,
    package_of,
    package_or_new,
    request_publication,
    return_request,
)
from requirements_pkg.resources import PackageResource, RequestResource, VersionResource
from requirements_pkg.views import draft_preview

EVENTS_SHOWN = 8


@admin.register(RequirementsPackage)
class PackageAdmin(ExportAdmin, ReadOnlyAdmin):
    """Packages; a plan gets its own when it is first sent for approval."""

    resource_classes = [PackageResource]

    list_display = ["title", "slug", "plan"]
    list_filter = ["plan__procurement_region", "plan__status"]
    search_fields = ["title", "slug"]
    list_select_related = ["plan__category"]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/utkast/", wrap(preview), name="requirements_pkg_preview"),
            path("<int:pk>/publicera/", wrap(ask), name="requirements_pkg_ask"),
            path("begaran/<int:pk>/", wrap(decide), name="requirements_pkg_decide"),
            *super().get_urls(),
        ]


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of a plan as the public would see it."""
    plan = _plan(request, pk)
    return draft_preview(
        request,
        draft_content(package_or_new(plan)),
        contacts=tuple(plan.contacts.filter(is_public=True).values_list("name", "email")),
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft to somebody else for approval."""
    plan = _plan(request, pk)
    package = package_or_new(plan)
    if not permissions.may_edit(request.user, package):
        raise PermissionDenied
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_publication(
                package=package_of(plan), by=request.user, note=form.cleaned_data["note"]
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The draft was sent for approval."))
            return _to_plan(plan)
    context = {"title": _("Send for approval"), "plan": plan, "form": form}
    return _page(request, "admin/publish_ask.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a request, which publishes it, or return it with a reason."""
    asked = get_object_or_404(
        PublishRequest.objects.select_related(
            "package__plan__category", "package__plan__procurement_region", "requested_by"
        ),
        pk=pk,
    )
    package, plan = asked.package, asked.package.plan
    may_approve = permissions.may_approve(request.user, package, by=asked.requested_by)
    if not may_approve and request.user.pk != asked.requested_by_id:
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if "_approve" in request.POST:
                text = _approved(asked, by=request.user)
            else:
                return_request(request=asked, by=request.user, reason=form.cleaned_data["reason"])
                text = _("The request was returned.")
        except ValidationError as error:
            form.add_error(None, error.messages)
            asked.refresh_from_db()
        else:
            messages.success(request, text)
            return _to_plan(plan)
    context = {
        "title": _("Request to publish"),
        "plan": plan,
        "asked": asked,
        "form": form,
        "may_approve": may_approve,
        "is_current": snapshot.sha256(draft_content(package)) == asked.sha256,
    }
    return _page(request, "admin/publish_decide.html", context)


def _approved(asked: PublishRequest, *, by: User) -> str:
    """Approve and say so.

    Raises:
        PermissionDenied: `by` may not approve this.
        ValidationError: the draft has changed, or whoever asked may no longer publish it.
    """
    if not permissions.may_approve(by, asked.package, by=asked.requested_by):
        raise PermissionDenied
    try:
        version = approve_request(request=asked, by=by)
        indexing.catch_up()
    except PermissionDenied as error:
        sentence = _("The plan is closed, or whoever sent it no longer coordinates it.")
        raise ValidationError(sentence) from error
    return _("Version %(number)d is published.") % {"number": version.number}


def _plan(request: HttpRequest, pk: int) -> ActionPlan:
    rows = ActionPlan.objects.with_head().filter(readable(request.user))
    return get_object_or_404(rows, pk=pk)


def _to_plan(plan: ActionPlan) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:actionplan_actionplan_change", args=[plan.pk]))


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    faulty = context["form"].is_bound and not context["form"].is_valid()
    return TemplateResponse(
        request,
        template,
        {**admin.site.each_context(request), **context},
        status=400 if faulty else 200,
    )


@panel
def publishing_panel(request: HttpRequest, plan: ActionPlan) -> Panel:
    """What is published, what waits, and what happened."""
    rows = PackageVersion.objects.defer("content").select_related("published_by", "approved_by")
    versions = list(rows.filter(package__plan=plan).order_by("-number"))
    waiting = (
        PublishRequest.objects.pending()
        .filter(package__plan=plan)
        .select_related("requested_by")
        .first()
    )
    package = package_or_new(plan)
    has_news = not versions or snapshot.sha256(draft_content(package)) != versions[0].sha256
    may_ask = has_news and not waiting and permissions.may_edit(request.user, package)
    buttons = [Button(_("Preview"), reverse("admin:requirements_pkg_preview", args=[plan.pk]))]
    if waiting and permissions.may_approve(request.user, package, by=waiting.requested_by):
        address = reverse("admin:requirements_pkg_decide", args=[waiting.pk])
        buttons.insert(0, Button(_("Look at the request"), address, is_main=True))
    elif waiting and waiting.requested_by_id == request.user.pk:
        address = reverse("admin:requirements_pkg_decide", args=[waiting.pk])
        buttons.append(Button(_("Take the request back"), address))
    elif may_ask:
        address = reverse("admin:requirements_pkg_ask", args=[plan.pk])
        buttons.insert(0, Button(_("Send for approval"), address, is_main=True))
    return Panel(
        title=_("Publishing"),
        template="admin/panels/publishing.html",
        context={
            "plan": plan,
            "versions": versions,
            "waiting": waiting,
            "has_news": has_news,
            "events": ChangeEvent.objects.about(plan)[:EVENTS_SHOWN],
        },
        buttons=tuple(buttons),
    )


@admin.register(PackageVersion)
class VersionAdmin(ExportAdmin, ReadOnlyAdmin):
    """What was published. It stands; nobody edits or deletes it."""

    resource_classes = [VersionResource]

    list_display = ["package", "number", "published_at", "published_by", "approved_by", "note"]
    list_filter = ["published_at", "package__plan__procurement_region"]
    search_fields = ["package__title", "package__slug", "note"]
    list_select_related = ["package", "published_by", "approved_by"]
    fields = [
        "package",
        "number",
        "note",
        "published_at",
        "published_by",
        "approved_by",
        "schema",
        "sha256",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PackageVersion]:
        # A list of versions must not fetch the versions.
        return super().get_queryset(request).defer("content")

    def view_on_site(self, obj: PackageVersion) -> str:
        return f"/kravpaket/{obj.package.slug}/v{obj.number}/"


@admin.register(PublishRequest)
class PublishRequestAdmin(ExportAdmin, ReadOnlyAdmin):
    """What was asked for and what was answered."""

    resource_classes = [RequestResource]

    list_display = ["package", "decision", "requested_by", "requested_at", "decided_by", "answer"]
    list_filter = ["decision", "requested_at", "package__plan__procurement_region"]
    search_fields = ["package__title", "note", "reason"]
    list_select_related = ["package", "requested_by", "decided_by"]

    @admin.display(description=gettext_lazy("answer"))
    def answer(self, asked: PublishRequest) -> str:
        """The reason that was given, or the way to the page where one answers."""
        if asked.decision != Decision.PENDING:
            return asked.reason
        address = reverse("admin:requirements_pkg_decide", args=[asked.pk])
        return format_html('<a href="{}">{}</a>', address, _("Look at the request"))
