"""The page of one cell of the matrix, which the side panel of the matrix shows too."""

from typing import Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.backoffice.panels import panels_of_row, tell_links_to_review, tell_notices
from actionplan.database import row_locks
from actionplan.database.broken_rules import BrokenRule, tell
from actionplan.database.optimistic import LateTransaction, optimistically
from actionplan.models import ActionPlan
from actionplan.text import is_number
from risks.admin.cells.choices import CELL
from risks.admin.cells.form import BUTTON, CellDraft, sent_as
from risks.admin.cells.history import changes_of, moment_of, named_change, state_before
from risks.admin.cells.presence import others_here, others_in_words
from risks.extension_points import statement_links, statements_joined
from risks.grid.cell_views import (
    CellView,
    area_address,
    cell_address,
    cell_views,
    whole_cells,
)
from risks.grid.editing import write_edits
from risks.models import RiskCell, RiskStatement

# In an address: the change before which the cell is to be restored.
RESTORED: Final = "aterstall"
# Of a request for what the side panel shows, without the page around it.
PANEL: Final = "X-Panel"


@require_http_methods(["GET", "HEAD", "POST"])
def cell_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one cell, or store what was sent: worked out without a lock, written under one."""
    cell = _read(request, pk)
    if request.method != "POST":
        return _page(request, cell, _form_of(request, cell))
    if not permissions.may_edit(request.user, cell.product_area.plan):
        raise PermissionDenied
    # A page that stood open may send by itself what somebody typed who has logged out since.
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied
    # A script saves what a button of a row does at once.
    if request.POST.get(BUTTON) and "_save" not in request.POST:
        return _page(request, cell, CellDraft(cell, request.POST), is_unsaved=True)
    return _save(request, pk)


def _read(request: HttpRequest, pk: int) -> RiskCell:
    rows = RiskCell.objects.filter(permissions.readable(request.user))
    cell: RiskCell = get_object_or_404(whole_cells(rows), pk=pk)
    return cell


def _form_of(request: HttpRequest, cell: RiskCell) -> CellDraft:
    """Return the form of a cell, filled in with an earlier state where the address names one."""
    change = named_change(cell, request.GET.get(RESTORED, ""))
    if change is None:
        return CellDraft(cell)
    return CellDraft(cell, sent_as(cell, *state_before(cell, change.pk)))


def _save(request: HttpRequest, pk: int) -> HttpResponse:
    def work(late: LateTransaction) -> tuple[RiskCell, CellDraft, bool]:
        cell = _read(request, pk)
        form = CellDraft(cell, request.POST)
        if not form.is_valid():
            return cell, form, False
        late.begin(lambda: row_locks.hold(ActionPlan, cell.product_area.plan_id))
        by = permissions.signed_in(request.user)
        # Before what they build on goes.
        form.notes += [note for move in statements_joined if (note := move(form.absorbed, by))]
        write_edits([form.edit], by=by, reason=_reason(request, cell))
        return cell, form, True

    try:
        cell, form, is_saved = optimistically(work)
    except BrokenRule as refused:
        cell = _read(request, pk)
        form = CellDraft(cell, request.POST)
        form.is_valid()
        tell(form.facts, refused)
        is_saved = False
    if not is_saved:
        return _page(request, cell, form, is_unsaved=True)
    tell_links_to_review(request, RiskStatement, form.reworded_keys)
    for note in form.notes:
        messages.warning(request, note)
    messages.success(request, _("Saved.") if form.is_changed else _("Nothing was changed."))
    if PANEL in request.headers:
        cell = _read(request, pk)
        return _page(request, cell, CellDraft(cell))
    area = cell.product_area
    back = area_address(area.plan_id, area.number, cell.pk)
    return HttpResponseRedirect(back if "_back" in request.POST else cell_address(cell.pk))


def _reason(request: HttpRequest, cell: RiskCell) -> str:
    """Say from when a cell is restored, for the log."""
    change = named_change(cell, request.POST.get("restored", ""))
    return _("Restored from before %(at)s") % {"at": moment_of(change)} if change else ""


def _page(
    request: HttpRequest, cell: RiskCell, form: CellDraft, *, is_unsaved: bool = False
) -> HttpResponse:
    """Show the page of a cell, or what the side panel shows of it."""
    area, plan = cell.product_area, cell.product_area.plan
    is_editable = permissions.may_edit(request.user, plan)
    if is_editable and PANEL not in request.headers:
        tell_notices(request, plan)
    (view,) = cell_views(request, area, [cell])
    restored = named_change(cell, request.GET.get(RESTORED, ""))
    context = {
        **admin.site.each_context(request),
        "title": str(cell),
        "cell": cell,
        "view": view,
        "form": form,
        "rows": _rows(form, view) if is_editable else [],
        "target": _target(form),
        "is_editable": is_editable,
        "is_unsaved": is_unsaved or restored is not None,
        "restored": restored,
        "restored_at": restored and moment_of(restored),
        "changes": changes_of(cell),
        "row_panels": panels_of_row(request, cell),
        "others": others_in_words(others_here(cell.pk, request.user)) if is_editable else "",
        "back": area_address(area.plan_id, area.number, cell.pk),
        "address": cell_address(cell.pk),
    }
    is_panel = PANEL in request.headers
    template = "risks/admin/cells/_panel.html" if is_panel else "risks/admin/cells/page.html"
    return TemplateResponse(request, template, context)


def _rows(form: CellDraft, view: CellView) -> list[dict[str, object]]:
    """Return the rows of the form, each with what treats it and where one goes on."""
    stored = {statement.row.pk: statement for statement in view.statements}
    plan = form.cell.product_area.plan
    rows: list[dict[str, object]] = []
    for row in form.rows:
        statement = stored.get(row.row.key or 0)
        links = [] if statement is None else [of(plan, statement.row) for of in statement_links]
        rows.append({"form": row, "statement": statement, "links": list(filter(None, links))})
    return rows


def _target(form: CellDraft) -> dict[str, object] | None:
    """Return the cell that the form points at, with what it says."""
    how, _colon, key = str(form.facts["assessment"].value()).partition(":")
    target = form.choices.names.cells.get(int(key)) if how == CELL and is_number(key) else None
    if target is None:
        return None
    return {
        "cell": target,
        "statements": list(target.statements.all()),
        "address": cell_address(target.pk),
    }
