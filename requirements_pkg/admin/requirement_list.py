"""The list of a plan's requirements on its tab: filtered, ordered, and changed several at once."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from actionplan.extension_points import Panel, PlanTab
from actionplan.permissions import signed_in
from actionplan.text import figure, fold, is_number
from requirements_pkg import permissions
from requirements_pkg.actions.requirements import (
    Neighbour,
    change_requirements,
    look_over,
    move_requirement,
)
from requirements_pkg.admin.forms.list_forms import LOOK, RequirementFilter, SharedChangeForm
from requirements_pkg.backoffice.pages import home_of, package_at
from requirements_pkg.document import cpv, schema
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.looking_over import asks, seen
from requirements_pkg.models import (
    Requirement,
    RequirementKind,
    RequirementLevel,
    RequirementsPackage,
    RequirementState,
)

# What a button or a drag of a row says: the row, and beside which one it goes.
MOVE: Final = re.compile("([0-9]{1,18}):(fore|efter):([0-9]{1,18})")
# How many stand on a page, and what the address calls that.
ROWS, PAGE = 40, "sida"


def list_panel(request: HttpRequest, package: RequirementsPackage, content: Document) -> Panel:
    """Return the panel of a plan's requirements: those that fulfil what is chosen.

    Args:
        content: the package's draft, of which its own requirements are listed.
    """
    areas = [(area.number, f"{area.number}. {area.name}") for area in content.areas]
    filter_form = RequirementFilter(request.GET, areas=areas)
    keys, asking = _stored(package)
    # Somebody may have removed one since the draft was read.
    own = [requirement for requirement in content.requirements if requirement.uid in keys]
    fulfilling = [
        row
        for row in own
        if _fulfils(row, filter_form.narrowing)
        and (LOOK not in filter_form.narrowing or row.uid in asking)
    ]
    listed = Paginator(fulfilling, ROWS).get_page(request.GET.get(PAGE))
    names = dict(areas)
    neighbours = _neighbours([keys[row.uid] for row in fulfilling])
    may_edit = package.pk is not None and permissions.may_edit(request.user, package)
    context = {
        "package": package,
        "filter": filter_form,
        "is_narrowed": bool(filter_form.narrowing),
        "number": len(own),
        "page": listed,
        "rows": [
            _row(row, keys[row.uid], names)
            | {"asks_for_look": row.uid in asking, "neighbours": neighbours[keys[row.uid]]}
            for row in listed
        ],
        "may_edit": may_edit,
        "form": SharedChangeForm(areas=areas) if may_edit else None,
        "cpv_names": cpv.NAMES.items() if may_edit else (),
    }
    template = "requirements_pkg/admin/panels/requirement_list.html"
    return Panel(_("All requirements"), template, context, is_wide=True, anchor="kraven")


def _stored(package: RequirementsPackage) -> tuple[dict[str, int], set[str]]:
    """Return the keys of a package's requirements by their uids, and which ask for a look."""
    now = timezone.now()
    rows = seen(Requirement.objects.filter(package=package.pk)).order_by()
    keys, asking = {}, set()
    for uid, pk, state, seen_at, failing in rows.values_list(
        "uid", "pk", "state", "seen_at", "failing_since"
    ):
        keys[str(uid)] = pk
        if state == RequirementState.ACTIVE and asks(seen_at, failing, now):
            asking.add(str(uid))
    return keys, asking


def _neighbours(order: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
    """Return what stands before and after each row of the list, on other pages too."""
    around = zip([None, *order], order, [*order[1:], None], strict=False)
    return {key: (before, after) for before, key, after in around}


def _row(row: schema.Requirement, pk: int, areas: Mapping[int, str]) -> dict[str, object]:
    return {
        "pk": pk,
        "code": row.code,
        "title": row.title,
        "kind": RequirementKind(row.kind).label,
        "level": RequirementLevel(row.level).label,
        "withdrawn": "" if row.is_active else RequirementState.WITHDRAWN.label,
        "areas": ", ".join(areas[number] for number in sorted(row.product_areas)),
    }


def _fulfils(row: schema.Requirement, narrowing: Mapping[str, str]) -> bool:
    """Tell whether a requirement fulfils all of what is chosen."""
    words = fold(narrowing.get("sok", ""))
    area = narrowing.get("omrade", "")
    return (
        (not words or any(words in fold(text) for text in (row.code, row.title, row.text)))
        # Without an area it is for all of them.
        and (not area or not row.product_areas or int(area) in row.product_areas)
        and all(
            narrowing.get(name, value) == value
            for name, value in (("niva", row.level), ("slag", row.kind), ("lage", row.state))
        )
    )


@require_POST
def change_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the ticked requirements, or move one; and go back to the list as it was."""
    package = package_at(request, pk)
    try:
        text = (
            _moved(request, package)
            or _looked_over(request, package)
            or _changed(request, package)
        )
    except ValidationError as error:
        for fault in error.messages:
            messages.error(request, fault)
    else:
        messages.success(request, text)
    return HttpResponseRedirect(_list_address(request, package))


def _moved(request: HttpRequest, package: RequirementsPackage) -> str:
    """Move the requirement whose button was pressed, or which was dragged; "" where none was."""
    if "flytta" not in request.POST:
        return ""
    match = MOVE.fullmatch(request.POST["flytta"])
    if match is None:
        raise BadRequest
    key, side, beside = match.groups()
    place = Neighbour(int(beside), is_after=side == "efter")
    move_requirement(package=package, key=int(key), place=place, by=signed_in(request.user))
    return _("The requirement is moved.")


def _looked_over(request: HttpRequest, package: RequirementsPackage) -> str:
    """Say that the ticked requirements are looked over; "" where that button was not pressed."""
    if request.POST.get("do") != "look":
        return ""
    number = look_over(package=package, keys=_ticked(request), by=signed_in(request.user))
    text = ngettext(
        "%(number)s requirement is looked over.",
        "%(number)s requirements are looked over.",
        number,
    )
    return text % {"number": figure(number)}


def _ticked(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("krav") if is_number(key)]


def _changed(request: HttpRequest, package: RequirementsPackage) -> str:
    areas = {}
    if package.plan is not None:
        areas = dict(package.plan.product_areas.values_list("number", "pk"))
    form = SharedChangeForm(request.POST, areas=[(number, "") for number in areas])
    if not form.is_valid():
        raise ValidationError([fault for faults in form.errors.values() for fault in faults])
    number = change_requirements(
        package=package,
        keys=_ticked(request),
        change=form.change(areas),
        by=signed_in(request.user),
    )
    text = ngettext(
        "%(number)s requirement is changed.", "%(number)s requirements are changed.", number
    )
    return text % {"number": figure(number)}


def _list_address(request: HttpRequest, package: RequirementsPackage) -> str:
    """Return the list, narrowed as it was, at the row that was moved; or where it was sent."""
    ticked = _ticked(request)
    if "fran" in request.POST and ticked:
        return reverse("admin:requirements_pkg_requirement_change", args=ticked[:1])
    moved = MOVE.fullmatch(request.POST.get("flytta", ""))
    anchor = f"krav-{moved[1]}" if moved else "kraven"
    names = [*RequirementFilter.base_fields, PAGE]
    kept = {name: request.POST.get(f"visa_{name}", "") for name in names}
    if moved and not any(kept[name] for name in RequirementFilter.base_fields):
        order = list(package.requirements.in_reading_order().values_list("pk", flat=True))
        page = order.index(int(moved[1])) // ROWS + 1 if int(moved[1]) in order else 1
        kept[PAGE] = str(page) if page > 1 else ""
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{home_of(package, PlanTab.REQUIREMENTS)}{'?' + query if query else ''}#{anchor}"
