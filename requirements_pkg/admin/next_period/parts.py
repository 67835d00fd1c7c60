"""The page of what came along from the period before: read it, keep it, or drop it."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.models import ActionPlan
from actionplan.permissions import signed_in
from actionplan.text import figure
from actionplan.workspace.tabs import tab_address
from requirements_pkg.actions.next_period.parts import drop_parts, keep_parts
from requirements_pkg.actions.next_period.undo import why_not
from requirements_pkg.admin.next_period.forms import DropForm, PartsForm
from requirements_pkg.admin.next_period.starting import parts_address, readable_plan
from requirements_pkg.backoffice.pages import page
from requirements_pkg.carrying.listing import listed
from requirements_pkg.carrying.parts import CarriedState, PartState, state_of
from requirements_pkg.models import CarriedKind

PARTS_A_PAGE: Final = 50
# The query of the page that shows what was decided too.
SHOW, ALL = "visa", "alla"
KIND_LABELS: Final = {
    CarriedKind.AREA: gettext_lazy("Product areas"),
    CarriedKind.STATEMENT: gettext_lazy("Risks and opportunities"),
    CarriedKind.GOAL: gettext_lazy("Goals"),
    CarriedKind.SUB_GOAL: gettext_lazy("Sub-goals"),
    CarriedKind.INDICATOR: gettext_lazy("Indicators"),
    CarriedKind.REQUIREMENT: gettext_lazy("Requirements"),
}
# What else goes with a part that is dropped.
EFFECTS: Final = {
    CarriedKind.AREA: gettext_lazy(
        "The matrix of the product area goes with it, and so do the links from requirements to "
        "its risks."
    ),
    CarriedKind.STATEMENT: gettext_lazy(
        "The links from requirements to it go with it. The coverage shows which requirements then "
        "address no risk."
    ),
    CarriedKind.GOAL: gettext_lazy(
        "Its sub-goals and indicators go with it, and so do the links from requirements to them."
    ),
    CarriedKind.SUB_GOAL: gettext_lazy(
        "Its indicators go with it, and so do the links from requirements to it."
    ),
    CarriedKind.INDICATOR: gettext_lazy("Nothing else goes with it."),
    CarriedKind.REQUIREMENT: gettext_lazy(
        "A requirement that was published in the period before is withdrawn with your reason, and "
        "the next version tells buyers so. One that nobody outside has read is removed."
    ),
}
# What a button of the page does.
KEEP, KEEP_ALL, ASK, DROP = "_keep", "_keep_all", "_ask", "_drop"


@require_http_methods(["GET", "POST"])
def parts_page(request: HttpRequest, pk: int, kind: str = "") -> HttpResponse:
    """Show the parts of one kind that came along, and take what is decided on them."""
    plan = readable_plan(request, pk)
    state = state_of(plan)
    part_kind = _kind(kind, state)
    if request.method == "POST":
        if not permissions.may_edit(request.user, plan):
            raise PermissionDenied
        return _decided(request, plan, part_kind)
    return _list(request, plan, part_kind, state)


def _kind(name: str, state: CarriedState) -> CarriedKind:
    """Return the kind of an address; without one, the first of which something is left.

    Raises:
        Http404: there is no such kind.
    """
    if name:
        try:
            return CarriedKind(name)
        except ValueError:
            raise Http404 from None
    return next((kind for kind in CarriedKind if state.undecided(kind)), CarriedKind.AREA)


def _decided(request: HttpRequest, plan: ActionPlan, kind: CarriedKind) -> HttpResponse:
    """Do what the button says with the parts that are ticked."""
    by = signed_in(request.user)
    if KEEP_ALL in request.POST:
        parts = listed(plan, kind, state_of(plan), only_undecided=True)
        number = keep_parts(plan=plan, kind=kind, parts=[row.part.pk for row in parts], by=by)
        return _after(request, plan, kind, _kept_words(number))
    if DROP in request.POST:
        return _dropped(request, plan, kind)
    form = PartsForm(request.POST, plan=plan, kind=kind)
    if not form.is_valid():
        return _list(request, plan, kind, state_of(plan), form)
    if ASK in request.POST:
        return _ask(request, plan, kind, DropForm(None, plan=plan, kind=kind), form)
    number = keep_parts(plan=plan, kind=kind, parts=form.keys, by=by)
    return _after(request, plan, kind, _kept_words(number))


def _dropped(request: HttpRequest, plan: ActionPlan, kind: CarriedKind) -> HttpResponse:
    form = DropForm(request.POST, plan=plan, kind=kind)
    if form.is_valid():
        by, reason = signed_in(request.user), form.cleaned_data["reason"]
        try:
            number = drop_parts(plan=plan, kind=kind, parts=form.keys, reason=reason, by=by)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            text = ngettext("%(number)s part is dropped.", "%(number)s parts are dropped.", number)
            return _after(request, plan, kind, text % {"number": figure(number)})
    return _ask(request, plan, kind, form, form)


def _after(request: HttpRequest, plan: ActionPlan, kind: CarriedKind, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(parts_address(plan.pk, kind))


def _kept_words(number: int) -> str:
    text = ngettext("%(number)s part is kept.", "%(number)s parts are kept.", number)
    return text % {"number": figure(number)}


def _ask(
    request: HttpRequest, plan: ActionPlan, kind: CarriedKind, form: DropForm, ticked: PartsForm
) -> HttpResponse:
    """Ask why the parts that are ticked do not go along, and say what goes with them."""
    parts = ticked.cleaned_data.get("part", [])
    context = {
        "title": _("Drop from the next period"),
        "plan": plan,
        "home": tab_address(plan.pk),
        "back": parts_address(plan.pk, kind),
        "parts": parts,
        "form": form,
        "effects": EFFECTS[kind],
        "drop": DROP,
    }
    return page(request, "requirements_pkg/admin/next_period/drop.html", context)


def _list(
    request: HttpRequest,
    plan: ActionPlan,
    kind: CarriedKind,
    state: CarriedState,
    form: PartsForm | None = None,
) -> HttpResponse:
    is_whole = request.GET.get(SHOW) == ALL
    rows = listed(plan, kind, state, only_undecided=not is_whole)
    may_edit = permissions.may_edit(request.user, plan)
    context: dict[str, object] = {
        "title": _("From the period before"),
        "plan": plan,
        "home": tab_address(plan.pk),
        "home_before": tab_address(plan.predecessor_id) if plan.predecessor_id else "",
        "kinds": [
            _of_kind(plan.pk, other, state, is_current=other is kind) for other in CarriedKind
        ],
        "page": Paginator(rows, PARTS_A_PAGE).get_page(request.GET.get("sida")),
        "left": len(state.undecided(kind)),
        "left_in_all": state.left,
        "counts": [(choice.label, state.counts()[choice]) for choice in PartState],
        "is_whole": is_whole,
        "may_edit": may_edit,
        "may_undo": may_edit and not why_not(plan),
        "form": form,
    }
    return page(request, "requirements_pkg/admin/next_period/parts.html", context)


def _of_kind(plan: int, kind: CarriedKind, state: CarriedState, *, is_current: bool) -> object:
    return {
        "label": KIND_LABELS[kind],
        "left": len(state.undecided(kind)),
        "total": len(state.parts.get(kind, {})),
        "address": parts_address(plan, kind),
        "is_current": is_current,
    }
