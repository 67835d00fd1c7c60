"""The admin of publishing: ask for it, answer, preview, withdraw, and what was published."""

import logging

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from actionplan.accounts.entering.proof import proved
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ReadOnlyAdmin
from actionplan.models import User
from actionplan.permissions import signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import (
    approve_request,
    package_of,
    request_publication,
    return_request,
    subject_of,
)
from requirements_pkg.actions.screening import cleared_in, texts_of
from requirements_pkg.admin.forms.package_forms import DecisionForm, RequestForm
from requirements_pkg.backoffice import periods
from requirements_pkg.backoffice.pages import (
    home_of,
    led_home,
    package_at,
    package_of_plan,
    page,
    publishing_address,
)
from requirements_pkg.backoffice.reviews import ReviewPages, contents_context
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.drafting.quality_case import RuleSeverity
from requirements_pkg.drafting.waiting_requests import (
    needs_sending_again,
    state_in_words,
    to_send_again,
)
from requirements_pkg.excel.package_sheets import (
    REQUESTS,
    REVISIONS,
    VERSIONS,
    WITHDRAWALS,
)
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    PublishRequest,
    RequirementRevision,
    RequirementsPackage,
    VersionWithdrawal,
)
from requirements_pkg.published.catalogue import Contacts
from requirements_pkg.rendering.draft_page import draft_preview
from requirements_pkg.reviewing.draft_review import review_of
from requirements_pkg.searching import indexing

logger = logging.getLogger(__name__)


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft of a plan as the public would see it."""
    return _preview(request, package_of_plan(request, pk))


@require_GET
def module_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft of a shared module as the public would see it."""
    return _preview(request, package_at(request, pk))


def _preview(request: HttpRequest, package: RequirementsPackage) -> HttpResponse:
    contacts: Contacts = ()
    if package.plan is not None:
        public = package.plan.contacts.filter(is_public=True)
        contacts = tuple(public.values_list("name", "email"))
    newest = package.versions.aggregate(number=Max("number"))["number"] if package.pk else None
    return draft_preview(request, draft_content(package), contacts=contacts, newest=newest)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft of a plan to somebody else for approval."""
    return _ask(request, package_of_plan(request, pk))


@require_http_methods(["GET", "POST"])
def module_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft of a shared module to somebody else for approval."""
    return _ask(request, package_at(request, pk))


def _ask(request: HttpRequest, package: RequirementsPackage) -> HttpResponse:
    if not permissions.may_edit(request.user, package):
        raise PermissionDenied
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_publication(
                package=_stored(package),
                by=signed_in(request.user),
                note=form.cleaned_data["note"],
                names_stand=form.cleaned_data["names_stand"],
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The draft was sent for approval."))
            return led_home(package)
    pages = ReviewPages(review_of(package), signed_in(request.user), None)
    findings = pages.review.findings
    context = {
        "title": _("Send for approval"),
        "form": form,
        "errors": [f for f in findings if f.rule.severity == RuleSeverity.ERROR],
        **contents_context(pages),
        **_of(package),
    }
    return page(request, "requirements_pkg/admin/publishing/publish_ask.html", context)


def _stored(package: RequirementsPackage) -> RequirementsPackage:
    """Return the package; that of a plan that has none yet is made."""
    if package.pk is None and package.plan is not None:
        return package_of(package.plan)
    return package


def _of(package: RequirementsPackage) -> dict[str, object]:
    """Return the part of the context that all pages of publishing share: their package's."""
    return {
        "subject": subject_of(package),
        "home": home_of(package),
        "preview": publishing_address("preview", package),
    }


@proved
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a request, which publishes it, or return it with a reason."""
    rows = PublishRequest.objects.select_related(
        "package__plan__category",
        "package__plan__procurement_region",
        "package__steward",
        "requested_by",
    )
    publish_request = get_object_or_404(rows, pk=pk)
    package = publish_request.package
    may_approve = permissions.may_approve(request.user, package, by=publish_request.requested_by)
    if not may_approve and request.user.pk != publish_request.requested_by_id:
        raise PermissionDenied
    pages = ReviewPages(review_of(package), signed_in(request.user), publish_request)
    unread = pages.unread if pages.publish_request else 0
    form = DecisionForm(request.POST or None, unread=unread, comments=pages.own_comments)
    if request.method == "POST" and form.is_valid():
        try:
            text = _decided(request, publish_request, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            publish_request.refresh_from_db()
        else:
            messages.success(request, text)
            return led_home(package)
    context = {
        "title": _("Request to publish"),
        "publish_request": publish_request,
        "form": form,
        "may_approve": may_approve,
        "is_current": not needs_sending_again(publish_request),
        "cleared": cleared_in(package, texts_of(pages.review.content, publish_request.note)),
        "send_again": publishing_address("ask", package)
        if permissions.may_edit(request.user, package)
        else "",
        **contents_context(pages),
        **_of(package),
    }
    return page(request, "requirements_pkg/admin/publishing/publish_decide.html", context)


def _decided(request: HttpRequest, publish_request: PublishRequest, form: DecisionForm) -> str:
    if "_approve" in request.POST:
        return _approved(publish_request, by=signed_in(request.user))
    return_request(request=publish_request, by=signed_in(request.user), reason=form.reasons)
    return _("The request was returned.")


def _approved(publish_request: PublishRequest, *, by: User) -> str:
    """Approve and say so.

    Raises:
        PermissionDenied: `by` may not approve this.
        ValidationError: the draft has changed, or whoever asked may no longer publish it.
    """
    if not permissions.may_approve(by, publish_request.package, by=publish_request.requested_by):
        raise PermissionDenied
    try:
        version = approve_request(request=publish_request, by=by)
    except PermissionDenied as error:
        sentence = _(
            "The request cannot be approved: the plan is closed, or the person who sent "
            "it no longer coordinates the plan. Return it."
        )
        raise ValidationError(sentence) from error
    # It is published: where the database goes away now, the next start of the site makes the
    # index, or whoever publishes next.
    try:
        indexing.catch_up(version)
    except (OperationalError, InterfaceError):
        logger.exception("%s is published, and not yet found by a search", version)
    return _("Version %(number)d is published.") % {"number": version.number}


@admin.register(PackageVersion)
class VersionAdmin(ExportAdmin, ReadOnlyAdmin):
    """What was published. It stands; nobody edits or deletes it."""

    sheets = [VERSIONS]

    list_display = [
        periods.package,
        "number",
        "published_at",
        "published_by",
        "approved_by",
        "note",
    ]
    list_filter = ["published_at", "package__plan__procurement_region"]
    search_fields = ["package__title", "package__slug", "note"]
    list_select_related = ["package__plan", "published_by", "approved_by"]
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
        versions: QuerySet[PackageVersion] = super().get_queryset(request)
        return versions.defer("content")

    def view_on_site(self, obj: PackageVersion) -> str:
        return f"/kravpaket/{obj.package.slug}/v{obj.number}/"


@admin.register(PublishRequest)
class PublishRequestAdmin(ExportAdmin, ReadOnlyAdmin):
    """What was asked for and what was answered."""

    sheets = [REQUESTS]

    list_display = [
        periods.package,
        "state",
        "requested_by",
        "requested_at",
        "decided_by",
        "answer",
    ]
    list_filter = ["decision", "requested_at", "package__plan__procurement_region"]
    search_fields = ["package__title", "note", "reason"]
    list_select_related = [
        "package__plan__procurement_region",
        "package__steward",
        "requested_by",
        "decided_by",
    ]
    # Whether a draft has been changed since is worked out for each that waits: few at a time.
    list_per_page = 15
    # Its page leads on to where one answers, as the list does.
    readonly_fields = ["state", "answer"]
    exclude = ["reason", "decision"]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list; whether the drafts of its waiting requests changed is asked at once."""
        changelist = super().get_changelist_instance(request)
        changelist.result_list = list(changelist.result_list)
        changed = to_send_again(changelist.result_list)
        for publish_request in changelist.result_list:
            publish_request.changed, publish_request.reader = changed, request.user
        return changelist

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> object:
        publish_request = super().get_object(request, object_id, from_field)
        if publish_request is not None:
            publish_request.reader = request.user
        return publish_request

    @admin.display(description=gettext_lazy("State"), ordering="decision")
    def state(self, publish_request: PublishRequest) -> str:
        """Tell how it stands: a package has one that waits, of which the draft itself is asked."""
        return state_in_words(publish_request, getattr(publish_request, "changed", None))

    @admin.display(description=gettext_lazy("answer"))
    def answer(self, publish_request: PublishRequest) -> str:
        """Return the reason that was given, or else a link to answer or withdraw the request."""
        if publish_request.decision != Decision.PENDING:
            return publish_request.reason
        address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
        reader: User = vars(publish_request)["reader"]
        if permissions.may_approve(
            reader, publish_request.package, by=publish_request.requested_by
        ):
            return format_html('<a href="{}">{}</a>', address, _("Review the request"))
        if publish_request.requested_by_id == reader.pk:
            return format_html('<a href="{}">{}</a>', address, _("Withdraw the request"))
        return _("waiting for a reviewer")


@admin.register(VersionWithdrawal)
class WithdrawalAdmin(ExportAdmin, ReadOnlyAdmin):
    """Which versions are no longer to be used, and why. One withdraws on the version's page."""

    sheets = [WITHDRAWALS]
    list_display = [periods.version, "reason", "replaced_by", "withdrawn_by", "withdrawn_at"]
    list_filter = ["withdrawn_at"]
    search_fields = ["version__package__title", "reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[VersionWithdrawal]:
        # Neither version's document is asked for.
        rows: QuerySet[VersionWithdrawal] = super().get_queryset(request)
        return rows.select_related(
            "version__package__plan", "replaced_by__package", "withdrawn_by"
        ).defer("version__content", "replaced_by__content")


@admin.register(RequirementRevision)
class RevisionAdmin(ExportAdmin, ReadOnlyAdmin):
    """Which wording of a requirement was first published in which version."""

    sheets = [REVISIONS]
    list_display = ["__str__", "title", periods.version]
    list_filter = [("requirement__package", periods.PackageFilter)]
    search_fields = ["requirement__code", "requirement__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RequirementRevision]:
        rows: QuerySet[RequirementRevision] = super().get_queryset(request)
        return rows.select_related("requirement", "version__package__plan").defer(
            "version__content"
        )

    @admin.display(description=gettext_lazy("requirement"), ordering="requirement__title")
    def title(self, revision: RequirementRevision) -> str:
        return revision.requirement.title
