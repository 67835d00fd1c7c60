"""The rights of what belongs to a follow-up, plugged into the admin.

See `actionplan.backoffice.scoping`.
"""

from typing import Any, ClassVar, Final

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actionplan import permissions as plan_permissions
from actionplan.backoffice.base_admin import RequestValue
from actionplan.backoffice.scoping import PlanScopedMixin, ScopedAdmin
from actionplan.models import ActionPlan
from actionplan.text import is_number
from followup import permissions
from followup.actions.follow_ups import locked
from followup.models import FollowUp
from followup.models.follow_ups import FollowUpQuerySet

# A region has thousands of follow-ups; the list of them is searched and filtered.
MOST_CHOICES: Final = 200
# Of a new row.
FOLLOW_UP: Final = RequestValue[FollowUp]("follow_up")


def choices(rows: FollowUpQuerySet, address: str) -> dict[str, object]:
    """Return links to the newest follow-ups, for a page that asks which one a new row is of."""
    newest = list(rows.with_names().order_by("-planned_for", "-pk")[: MOST_CHOICES + 1])
    first_rows = newest[:MOST_CHOICES]
    return {
        "links": [
            (f"{follow_up}, {follow_up.organisation}", f"{address}?uppfoljning={follow_up.pk}")
            for follow_up in first_rows
        ],
        "more": reverse("admin:followup_followup_changelist")
        if len(newest) > len(first_rows)
        else "",
    }


def follow_up_at(request: HttpRequest, pk: int) -> FollowUp:
    """Return a follow-up if this person sees it; for others there is none at that address."""
    rows = FollowUp.objects.with_names().filter(permissions.visible(request.user))
    return get_object_or_404(rows, pk=pk)


def follow_up_named(request: HttpRequest, rows: FollowUpQuerySet) -> FollowUp:
    """Return the follow-up that the address of a new row names.

    Raises:
        Http404: it is none of these rows.
    """
    key = key_in(request, "uppfoljning")
    follow_up = None if key is None else rows.filter(pk=key).first()
    if follow_up is None:
        raise Http404
    return follow_up


def key_in(request: HttpRequest, name: str) -> int | None:
    """Return the key that an address names, None where it names none."""
    value = request.GET.get(name, "")
    return int(value) if is_number(value) else None


class FollowUpScopedMixin(PlanScopedMixin):
    """Rights by the follow-up that an object belongs to. `follow_up_path` leads there."""

    follow_up_path: ClassVar[str] = ""

    def follow_up_of(self, obj: Any) -> FollowUp:
        """Return the follow-up whose regions decide who sees and changes the object."""
        for step in filter(None, self.follow_up_path.split("__")):
            obj = getattr(obj, step)
        follow_up: FollowUp = obj
        return follow_up

    def plan_of(self, obj: Any) -> ActionPlan:
        """Return the plan that the follow-up is of."""
        return self.follow_up_of(obj).plan

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        """Tell whether the person writes in this follow-up, or in any at all."""
        if obj is None:
            return plan_permissions.may_follow_up_something(request.user)
        return permissions.may_write(request.user, self.follow_up_of(obj))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_see_any(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return permissions.may_see_any(request.user)
        return permissions.may_see(request.user, self.follow_up_of(obj))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return only what belongs to follow-ups that the person sees."""
        visible = permissions.visible(request.user, self.follow_up_path)
        return super().get_queryset(request).filter(visible)

    def hold(self, obj: Any) -> None:
        """Keep other writers of the same follow-up waiting until the transaction ends."""
        locked(self.follow_up_of(obj))


class FollowUpScopedAdmin(FollowUpScopedMixin, ScopedAdmin):
    """A model admin whose objects belong to a follow-up, or are one."""
