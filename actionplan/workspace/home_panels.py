"""What the first page and the side menu have of plans: places, my plans, where I left off."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.audit.names import PLAN, names_of
from actionplan.audit.visibility import seen_changes
from actionplan.extension_points import (
    AdminPlace,
    Button,
    Panel,
    PlaceGroup,
    admin_places,
    change_places,
    front_panels,
)
from actionplan.models import (
    ActionPlan,
    ChangeKind,
    ChangeLog,
    Goal,
    Indicator,
    PlanStatus,
    SubGoal,
    User,
)
from actionplan.models.events import kind_in_words
from actionplan.permissions import signed_in
from actionplan.workspace.tabs import figures, tab_address

# So many plans are shown with how far they have come; a region has a dozen.
MOST_PLANS: Final = 12
# So many places are shown that somebody changed, of so many changes.
PLACES_LEFT: Final = 5
CHANGES_READ: Final = 60


@admin_places
def places_of_plans(request: HttpRequest) -> Iterator[AdminPlace]:
    """Yield the plans, what was changed in them, and the people who do."""
    if permissions.may_read(request.user):
        yield AdminPlace(_("Action plans"), reverse("admin:actionplan_actionplan_changelist"))
        log = reverse("admin:actionplan_changelog_changelist")
        yield AdminPlace(_("Changes"), log, PlaceGroup.LOOK_UP)
    if permissions.may_manage_people(request.user):
        people = reverse("admin:actionplan_user_changelist")
        yield AdminPlace(_("People and roles"), people, PlaceGroup.LOOK_UP)


@front_panels
def left_off_panel(request: HttpRequest) -> list[Panel]:
    """Show what somebody changed last, each with the way back to it."""
    if not permissions.may_read(request.user):
        return []
    places = _places_left(_last_changes(signed_in(request.user)))
    if not places:
        return []
    # What has no page of its own is known by its plan.
    subjects = {
        address: (PLAN, change.plan or 0) if is_plan else (change.model, change.key)
        for address, (change, is_plan) in places.items()
    }
    names = names_of(subjects.values())
    rows = [
        {
            "kind": kind_in_words(change.model),
            "name": names[subjects[address]],
            "at": change.at,
            "address": address,
        }
        for address, (change, _is_plan) in places.items()
    ]
    template = "actionplan/admin/panels/left_off.html"
    return [Panel(_("Where you left off"), template, {"rows": rows}, is_wide=True)]


@front_panels
def my_plans_panel(request: HttpRequest) -> list[Panel]:
    """Show the open plans of one's own regions, and how far each has come."""
    if not permissions.may_read(request.user):
        return []
    plans = list(_own_plans(signed_in(request.user))[: MOST_PLANS + 1])
    if not plans:
        return []
    first_plans = plans[:MOST_PLANS]
    progress = figures([plan.pk for plan in first_plans])
    rows = [(plan, tab_address(plan.pk), progress[plan.pk]) for plan in first_plans]
    listed = reverse("admin:actionplan_actionplan_changelist")
    buttons = (Button(_("All action plans"), listed),) if len(plans) > MOST_PLANS else ()
    template = "actionplan/admin/panels/my_plans.html"
    return [Panel(_("My plans"), template, {"rows": rows}, buttons, is_wide=True)]


def _own_plans(user: User) -> QuerySet[ActionPlan]:
    """Return the open plans of the regions in which somebody writes or approves."""
    regions = {*permissions.edited_regions(user), *permissions.reviewed_regions(user)}
    rows = ActionPlan.objects.with_head().filter(procurement_region__in=sorted(regions))
    return rows.exclude(status=PlanStatus.CLOSED).order_by("category__name", "-first_year")


def _last_changes(user: User) -> list[ChangeLog]:
    """Return somebody's last change of each row, the newest first, of what they still see."""
    rows = ChangeLog.objects.filter(
        seen_changes(user),
        by=user,
        by_name=user.username,
        kind__in=(ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED),
        plan__isnull=False,
    )
    last: dict[tuple[str, int], ChangeLog] = {}
    for change in rows.order_by("-id")[:CHANGES_READ]:
        last.setdefault((change.model, change.key), change)
    return [change for change in last.values() if change.kind != ChangeKind.REMOVED]


def _places_left(changes: list[ChangeLog]) -> dict[str, tuple[ChangeLog, bool]]:
    """Return the last pages on which somebody changed something, each with the last change.

    And with whether it is only the page of the plan.
    """
    own: dict[int, str] = {}
    for provide in change_places:
        own |= provide(changes)
    pages: dict[str, tuple[str, tuple[ChangeLog, bool]]] = {}
    for change in changes:
        address = own.get(change.pk) or tab_address(change.plan or 0)
        # One line for a page, however many of its places were changed.
        page = address.partition("#")[0]
        pages.setdefault(page, (address, (change, change.pk not in own)))
    return dict([*pages.values()][:PLACES_LEFT])


@change_places
def places_of_goals(changes: Collection[ChangeLog]) -> dict[int, str]:
    """Lead to the page of a goal, a sub-goal or an indicator, and to the head of a plan."""
    return own_pages(changes, ActionPlan, Goal, SubGoal, Indicator)


def own_pages(
    changes: Collection[ChangeLog],
    *kinds: type[models.Model],
    parts: Mapping[type[models.Model], type[models.Model]] | None = None,
) -> dict[int, str]:
    """Return the pages on which the changed rows of some kinds are edited.

    Args:
        parts: kinds that are edited on the page of what they are a part of, and what that is.
    """
    own = {kind._meta.label: kind for kind in kinds}
    others = {part._meta.label: whole for part, whole in (parts or {}).items()}
    addresses = {}
    for change in changes:
        page, key = own.get(change.model), change.key
        if change.model in others:
            page, key = others[change.model], change.part_of or 0
        if page is not None and key:
            name = f"admin:{page._meta.app_label}_{page._meta.model_name}_change"
            addresses[change.pk] = reverse(name, args=[key])
    return addresses
