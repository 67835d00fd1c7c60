"""The admin of proposed changes: the work list of whoever edits the requirements."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges import Handed
from actionplan.extension_points import Button, Panel, PlanTab, plan_panels
from actionplan.models import ActionPlan
from followup import permissions
from followup.actions import lessons
from followup.admin.forms.lesson_forms import ChangeForm
from followup.admin.pages.change_pages import (
    actions_in,
    actions_of,
    change_address,
    decide_page,
    sees,
    words_of,
)
from followup.admin.pages.follow_up_pages import address_of
from followup.admin.pages.words_pages import lesson_address
from followup.backoffice.scoping import FollowUpScopedAdmin
from followup.models import ChangeState, ProposedChange
from followup.models.lessons import ProposedChangeQuerySet
from requirements_pkg import permissions as package_permissions
from requirements_pkg.extension_points import package_panels
from requirements_pkg.models import RequirementsPackage

MOST_CHANGES = 20


class ToDecideFilter(admin.SimpleListFilter):
    """What this person is to decide on."""

    title = gettext_lazy("decision")
    parameter_name = "beslut"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("mina", _("mine to decide"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> ProposedChangeQuerySet:
        rows: ProposedChangeQuerySet = queryset
        if self.value() != "mina":
            return rows
        mine = package_permissions.editable(request.user, "requirement__package")
        return rows.undecided().filter(mine)


@admin.register(ProposedChange)
class ProposedChangeAdmin(FollowUpScopedAdmin):
    """Changes that lessons ask for, of the follow-ups that the person sees."""

    follow_up_path = "lesson__follow_up"
    form = ChangeForm
    change_form_template = "followup/admin/lessons/proposed_change.html"
    may_delete = False
    ordering = ["requirement__code", "id"]
    fields = ["text"]
    list_display = ["code", "package", "text", "state", "decided_at"]
    list_filter = [ToDecideFilter, "state"]
    search_fields = ["requirement__code", "requirement__title", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProposedChange]:
        changes: ProposedChangeQuerySet = super().get_queryset(request)
        return changes.with_names()

    @admin.display(description=gettext_lazy("requirement"), ordering="requirement__code")
    def code(self, change: ProposedChange) -> str:
        return change.requirement.code

    @admin.display(description=gettext_lazy("package"))
    def package(self, change: ProposedChange) -> str:
        return change.requirement.package.dated

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse to add a change here: a lesson proposes it."""
        return False

    def may_change(self, request: HttpRequest, obj: ProposedChange | None) -> bool:
        """Tell whether it may be changed: what was decided on stays as it was."""
        if obj is not None and obj.state != ChangeState.PROPOSED:
            return False
        return super().may_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(decide_page)
        own = path("<int:pk>/<str:name>/beslut/", decide, name="followup_change_decide")
        return [own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show above the form what the change is of and what can be decided."""
        change = kwargs["obj"]
        follow_up = change.lesson.follow_up
        context |= {
            "title": change,
            "subtitle": None,
            "follow_up": follow_up,
            "follow_up_address": address_of(follow_up),
            "lesson_address": lesson_address(change.lesson),
            "requirement_address": requirement_address(change),
            "step_actions": actions_of(request, change),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_change(
        self, request: HttpRequest, obj: ProposedChange
    ) -> HttpResponseRedirect:
        """Stay: the page is where one works with it."""
        return HttpResponseRedirect(change_address(obj))


def requirement_address(change: ProposedChange) -> str:
    """Tell where the requirement is edited."""
    name = "admin:requirements_pkg_requirement_change"
    return reverse(name, args=[change.requirement_id])


@plan_panels.on(PlanTab.REQUIREMENTS)
def changes_panels(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Show what follow-ups ask of the plan's requirements; nothing to who sees no follow-up."""
    if not permissions.may_see_any(request.user):
        return []
    rows = ProposedChange.objects.undecided().filter(
        permissions.visible(request.user, "lesson__follow_up"), requirement__package__plan=plan
    )
    panel = _panel(request, rows)
    return [panel] if panel.context["rows"] else []


@package_panels
def package_changes_panels(request: HttpRequest, package: RequirementsPackage) -> list[Panel]:
    """Show what follow-ups ask of a package's requirements, also to who sees no more of them."""
    if not permissions.may_see_any(request.user):
        return []
    seen = permissions.visible(request.user, "lesson__follow_up")
    rows = ProposedChange.objects.waiting().filter(
        seen | lessons.decidable(request.user), requirement__package=package
    )
    return [_panel(request, rows)]


def _panel(request: HttpRequest, rows: ProposedChangeQuerySet) -> Panel:
    listed = reverse("admin:followup_proposedchange_changelist", query={"beslut": "mina"})
    first_changes = rows.with_names().order_by("pk")[:MOST_CHANGES]
    entries = [row for change in first_changes if (row := _row(request, change))]
    # The list has those of follow-ups that one sees; it may have more than are shown here.
    is_listed = any("address" in row for row in entries)
    return Panel(
        title=capfirst(str(ProposedChange._meta.verbose_name_plural)),
        template="followup/admin/panels/proposed_changes.html",
        context={"rows": entries},
        buttons=(Button(_("Mine to decide"), listed),) if is_listed else (),
    )


def _row(request: HttpRequest, change: ProposedChange) -> dict[str, object] | None:
    """Return a change with its page, or its actions for who sees only the public words."""
    row = {"change": change, "words": words_of(request, change)}
    if sees(request, change):
        return {**row, "address": change_address(change)}
    if lessons.may_decide(request.user, change):
        return {**row, "step_actions": actions_in(change)}
    return None
