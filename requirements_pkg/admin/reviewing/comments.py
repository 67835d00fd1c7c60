"""The pages on which people comment on a draft, answer each other and settle what was said."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from actionplan.admin_site import admin_page
from actionplan.extension_points import Button, Panel, row_panels
from actionplan.models import ActionPlan, Goal, SubGoal
from actionplan.permissions import readable, signed_in
from actionplan.text import figure
from requirements_pkg.actions.reviewing.comments import (
    Commented,
    reopen,
    reply,
    resolve,
    start_thread,
)
from requirements_pkg.backoffice.comment_boxes import (
    CommentForm,
    ReplyForm,
    ThreadView,
    all_comments_address,
    box_of,
    commentable,
    comments_address,
    place_address,
    thread_views,
    unresolved_of_cells,
)
from requirements_pkg.backoffice.pages import page
from requirements_pkg.models import (
    Comment,
    CommentedKind,
    CommentThread,
    Requirement,
    RequirementsPackage,
)
from risks.extension_points import CellLink, cell_notes
from risks.grid.cell_views import cell_address
from risks.models import RiskCell, RiskStatement

BOX = "requirements_pkg/admin/commenting/panel.html"


@admin_page("kommentarer/om/<slug:kind>/<int:pk>/", name="requirements_pkg_comments")
@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show what is said of a requirement, a cell or a goal; take in another comment."""
    rows = commentable(kind)
    if rows is None:
        raise Http404
    row: Commented = get_object_or_404(rows.filter(readable(request.user)), pk=pk)
    by = signed_in(request.user)
    form = CommentForm(request.POST or None, row=row, user=by)
    if request.method == "POST" and form.is_valid():
        try:
            comment = start_thread(about=row, by=by, **form.values())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _back(request, comment, comments_address(kind, pk))
    box = box_of(row, by, form=form)
    context = {
        "title": _("Comments"),
        "box": box,
        "form": form,
        "row": row,
        "name": _name_of(row),
        "kind": CommentedKind(kind).label,
        "place": _place(row),
        "statements": row.statements.all() if isinstance(row, RiskCell) else (),
        "all_comments": all_comments_address(_package(row)),
    }
    return page(request, "requirements_pkg/admin/commenting/comments.html", context)


@admin_page("kommentarer/trad/<int:pk>/", name="requirements_pkg_thread")
@require_http_methods(["GET", "POST"])
def thread_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a thread; answer in it, settle it or open it again."""
    by = signed_in(request.user)
    rows = CommentThread.objects.with_comments().filter(readable(request.user))
    thread = get_object_or_404(rows, pk=pk)
    address = reverse("admin:requirements_pkg_thread", args=[pk])
    form = ReplyForm(request.POST if "text" in request.POST else None, about=f"trad-{pk}")
    if request.method == "POST":
        for name, settle in (("_resolve", resolve), ("_reopen", reopen)):
            if name in request.POST:
                settle(thread=thread, by=by)
                return _back(request, thread.comments.all()[0], address)
        if form.is_valid():
            try:
                comment = reply(thread=thread, by=by, text=form.cleaned_data["text"])
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                return _back(request, comment, address)
    (thread_view,) = thread_views([thread], by)
    context = {
        "title": _("Comments"),
        "thread_view": ThreadView(thread, form, thread_view.may_resolve),
        "form": form,
        "place": place_address(thread),
        "all_comments": all_comments_address(
            thread.module or RequirementsPackage(plan=thread.plan)
        ),
    }
    return page(request, "requirements_pkg/admin/commenting/thread.html", context)


@admin_page("kommentarer/<slug:owner>/<int:pk>/", name="requirements_pkg_all_comments")
@require_GET
def all_comments(request: HttpRequest, owner: str, pk: int) -> HttpResponse:
    """Show all that is said of a plan, or of a shared module."""
    heads = {"plan": ActionPlan.objects.with_head(), "modul": _modules()}
    if owner not in heads:
        raise Http404
    head = get_object_or_404(heads[owner].filter(readable(request.user)), pk=pk)
    rows = CommentThread.objects.with_comments()
    rows = rows.filter(plan=head.pk) if owner == "plan" else rows.filter(module=head.pk)
    is_all = "alla" in request.GET
    waiting = rows if is_all else rows.unresolved()
    context = {
        "title": _("Comments"),
        "head": head,
        "home": _home(head),
        "threads": [
            {"thread_view": entry, "place": place_address(entry.thread)}
            for entry in thread_views(waiting, signed_in(request.user))
        ],
        "is_all": is_all,
    }
    return page(request, "requirements_pkg/admin/commenting/all.html", context)


@row_panels
def comments_panel(request: HttpRequest, row: models.Model) -> Panel | None:
    """Show below a requirement, a goal or a cell what is said of it."""
    if isinstance(row, RiskStatement):
        row = row.cell
    if not isinstance(row, Requirement | RiskCell | Goal | SubGoal):
        return None
    box = box_of(row, signed_in(request.user))
    return Panel(_label(len(box.open)), BOX, {"box": box, "back": request.get_full_path()})


@cell_notes
def notes_of_cells(request: HttpRequest, area: Any) -> CellLink:
    """Lead from every cell of a grid to its comments, with how many wait for somebody."""
    numbers = unresolved_of_cells(area.cells.values("pk"))

    def note(cell: RiskCell) -> Button:
        number = numbers.get(cell.pk, 0)
        return Button(
            _label(number), comments_address(CommentedKind.CELL, cell.pk), is_main=bool(number)
        )

    return note


def _label(number: int) -> str:
    """Return a heading that says how many comments wait for somebody."""
    if not number:
        return _("Comments")
    return _("Comments (%(number)s)") % {"number": figure(number)}


def _modules() -> models.QuerySet[RequirementsPackage]:
    return RequirementsPackage.objects.with_owner().filter(plan__isnull=True)


def _home(head: models.Model) -> str:
    meta = head._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[head.pk])


def _package(row: Commented) -> RequirementsPackage:
    """Return the package whose draft a row is in, maybe an unsaved one."""
    match row:
        case Requirement():
            return row.package
        case RiskCell():
            plan = row.product_area.plan
        case SubGoal():
            plan = row.goal.plan
        case Goal():
            plan = row.plan
    return RequirementsPackage(plan=plan)


def _name_of(row: Commented) -> str:
    if isinstance(row, RiskCell):
        return f"{capfirst(row.product_area.name)}, {row.stage}, {row.dimension}"
    return str(row)


def _place(row: Commented) -> str:
    """Return where a row is edited."""
    if isinstance(row, RiskCell):
        return cell_address(row.pk)
    return _home(row)


def _back(request: HttpRequest, comment: Comment, address: str) -> HttpResponse:
    """Lead back to where a comment was written."""
    back = request.POST.get("back", "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = address
    messages.success(request, _("The comments are saved."))
    return HttpResponseRedirect(f"{back}#kommentar-{comment.pk}")
