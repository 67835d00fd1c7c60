"""The pages around a plan's document in the admin: upload, preview, confirm, download."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from actionplan import permissions
from actionplan.backoffice.long_lists import LongList
from actionplan.backoffice.panels import tell_links_to_review
from actionplan.excel.writing.spreadsheet import XLSX_TYPE
from actionplan.models import ActionPlan, User
from actionplan.processes.uploads import FileRefused
from actionplan.text import figure
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from actionplan.workspace.tabs import tab_address
from risks.admin.forms import UploadForm
from risks.admin.preview_lists import changed, placed_list
from risks.exporting.document import FORMATS, grid_names, plan_file
from risks.extension_points import period_starts
from risks.importing.plans import (
    Answers,
    ImportOutcome,
    OvertakenImport,
    RefusedImport,
    import_plan,
    remember_answers,
)
from risks.importing.problems import place_text, remark, sentence
from risks.models import PlanUpload
from risks.models.answers import forget

# An upload nobody confirmed is somebody's document lying around.
KEPT_UNCONFIRMED = timedelta(days=1)
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX_TYPE,
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a document in and show what would come of it; nothing is stored of the plan."""
    if not permissions.may_edit_something(request.user):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    faults: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = _keep(file.read(), file.name, by=permissions.signed_in(request.user))
        except (RefusedImport, FileRefused) as refused:
            faults = _faults_in_words(refused)
        except OvertakenImport:
            text = _("Somebody else changed the plan at the same moment. Try again.")
            faults = [(_("the file"), text)]
        except PermissionDenied:
            text = _("The plan belongs to a procurement region that you do not coordinate.")
            faults = [(_("the file"), text)]
        else:
            return HttpResponseRedirect(reverse("admin:risks_import_preview", args=[kept.pk]))
    context = {"form": form, "faults": placed_list(request, _("Faults"), faults)}
    return _page(
        request, "risks/admin/importing/import_upload.html", context, status=400 if faults else 200
    )


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an uploaded document changes, and on confirmation do exactly that."""
    kept = get_object_or_404(PlanUpload, pk=pk, uploaded_by=permissions.signed_in(request.user))
    if kept.confirmed_at is not None:
        return _already_imported(request)
    sent = request.POST if request.method == "POST" else request.GET
    is_open = not sent.keys() & {"category", "same", "foreseen"}
    answers = Answers(sent.get("category", ""), frozenset(sent.getlist("same")), is_open)
    address = f"{request.path}{_query(answers)}"
    try:
        if request.method == "POST" and not request.POST.keys() & {"_show", "_forget"}:
            return _confirm(request, kept, answers)
        outcome = import_plan(
            bytes(kept.content),
            file_name=kept.file_name,
            by=permissions.signed_in(request.user),
            dry_run=True,
            answers=answers,
        )
        if request.method == "POST":
            return _answered(request, outcome, address)
    except OvertakenImport:
        text = _("The plan has been changed since this preview was made. Review it again.")
        if request.POST.get("answered", "") != _query(answers):
            text = _("You changed an answer. This is what the import would do now.")
        messages.warning(request, text)
        return HttpResponseRedirect(address)
    except (RefusedImport, FileRefused) as refused:
        faults = placed_list(request, _("Faults"), _faults_in_words(refused))
        context = {"form": UploadForm(), "faults": faults}
        return _page(request, "risks/admin/importing/import_upload.html", context, status=400)
    context = _preview_context(kept, outcome) | _preview_lists(request, outcome)
    context |= _period_before(request, outcome)
    return _page(request, "risks/admin/importing/import_preview.html", context)


def _period_before(request: HttpRequest, outcome: ImportOutcome) -> dict[str, object]:
    """Return the plan before one that would be new, and where the next period is started from it.

    An import makes a plan of texts alone; what came of the period before would stay behind.
    """
    plan = outcome.plan
    if not outcome.created or plan.category.pk is None:
        return {}
    earlier = ActionPlan.objects.with_head().filter(
        category=plan.category, last_year__lt=plan.first_year, successors=None
    )
    before = earlier.order_by("-last_year").first()
    if before is None:
        return {}
    starts = (ask(request, before, plan.first_year, plan.last_year) for ask in period_starts)
    return {"before": before, "starts": [button for button in starts if button is not None]}


def _answered(request: HttpRequest, outcome: ImportOutcome, address: str) -> HttpResponse:
    """Remember what was answered and show what it changes; or forget all that was said before."""
    if "_forget" in request.POST:
        forget(outcome.plan)
        messages.info(request, _("Earlier answers are deleted. All questions are asked again."))
        return HttpResponseRedirect(request.path)
    remember_answers(outcome)
    return HttpResponseRedirect(address)


class _AlreadyImported(Exception):
    """Somebody confirmed the document in the same moment."""


def _query(answers: Answers) -> str:
    """Write the answers as the query in the address of a preview."""
    given = [("category", answers.category)] if answers.category else []
    query = urlencode([*given, *(("same", key) for key in sorted(answers.same))])
    return f"?{query}" if query else ""


def _confirm(request: HttpRequest, kept: PlanUpload, answers: Answers) -> HttpResponse:
    """Import and mark the document as imported, both or neither; a second click finds it done."""

    def mark() -> None:
        stored = (
            PlanUpload.objects.defer("content").select_for_update(of=("self",)).get(pk=kept.pk)
        )
        if stored.confirmed_at is not None:
            raise _AlreadyImported
        stored.confirmed_at = timezone.now()
        stored.save(update_fields=["confirmed_at"])

    try:
        outcome = import_plan(
            bytes(kept.content),
            file_name=kept.file_name,
            by=permissions.signed_in(request.user),
            foreseen=request.POST.get("foreseen", ""),
            answers=answers,
            first=mark,
        )
    except _AlreadyImported:
        return _already_imported(request)
    remember_answers(outcome)
    number = len(outcome.changes)
    text = ngettext("Imported: %(number)s change.", "Imported: %(number)s changes.", number)
    messages.success(request, text % {"number": figure(number)})
    tell_links_to_review(request, ActionPlan, [outcome.plan.pk])
    address = tab_address(outcome.plan.pk)
    return HttpResponseRedirect(address)


def _already_imported(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("The document has already been imported."))
    return HttpResponseRedirect(reverse("admin:actionplan_actionplan_changelist"))


@bounded(AllowanceKind.FILES)
@require_GET
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Send the plan as it stands now, drafts included, as a file."""
    if not permissions.may_export(request.user):
        raise PermissionDenied
    if form not in FORMATS:
        raise Http404
    plan = get_object_or_404(ActionPlan.objects.with_head(), pk=pk)
    response = HttpResponse(plan_file(plan, form), content_type=CONTENT_TYPES[form])
    draft = _("draft")
    name = quote(f"{plan.slug}-{draft}.{form}")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plan.slug}.{form}\"; filename*=UTF-8''{name}"
    )
    return response


def _keep(data: bytes, name: str, *, by: User) -> PlanUpload:
    """Keep a document until it is confirmed.

    Raises:
        FileRefused: it could not be read within what reading may cost.
        RefusedImport: it has faults.
        PermissionDenied: it is a foreign region's plan.
    """
    import_plan(data, file_name=name, by=by, dry_run=True)
    old = timezone.now() - KEPT_UNCONFIRMED
    PlanUpload.objects.filter(confirmed_at__isnull=True, uploaded_at__lt=old).delete()
    return PlanUpload.objects.create(
        file_name=name[:255],
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )


def _preview_context(kept: PlanUpload, outcome: ImportOutcome) -> dict[str, object]:
    understood, answers = outcome.understood, outcome.answers
    names = grid_names()
    grid = len(names["stage_names"]) * len(names["dimension_names"])
    cells = grid * understood["product_areas"]
    return {
        "upload": kept,
        "outcome": outcome,
        "answers": answers,
        "answered": _query(answers),
        "may_import": bool(outcome.changes)
        and (bool(answers.category) or not outcome.near_categories),
        "foreseen": outcome.changes.digest(),
        "facts": [
            (_("Purchasing category"), outcome.plan.category.name),
            (_("Period"), outcome.plan.period),
            (_("Procurement region"), outcome.document.procurement_region),
            (_("Coordinator"), outcome.document.coordinator),
            (_("Contacts"), understood["contacts"]),
            (_("Product areas"), understood["product_areas"]),
            (_("Cells with text"), _share(understood["cells_with_text"], cells)),
            (_("of them without leverage"), understood["no_leverage"]),
            (_("of them referring to another cell"), understood["references"]),
            (_("Risks"), understood["risks"]),
            (_("Opportunities"), understood["opportunities"]),
            (_("Goals"), understood["goals"]),
            (_("Sub-goals"), understood["sub_goals"]),
            (_("Indicators"), understood["indicators"]),
        ],
    }


def _share(part: int, whole: int) -> str:
    """Tell how many of them, and of nothing simply none."""
    if not whole:
        return figure(0)
    return _("%(assessed)s of %(cells)s") % {"assessed": figure(part), "cells": figure(whole)}


def _preview_lists(request: HttpRequest, outcome: ImportOutcome) -> dict[str, LongList]:
    """Return what was read as something, what was not understood, and what changes."""
    notes = [(place_text(note.place), remark(note)) for note in outcome.notes]
    unread = [(place_text(problem.place), sentence(problem)) for problem in outcome.not_understood]
    return {
        "notes": placed_list(request, _("Read as"), notes),
        "not_understood": placed_list(request, _("Not interpreted"), unread),
        **changed(request, outcome.changes),
    }


def _faults_in_words(refused: RefusedImport | FileRefused) -> list[tuple[str, str]]:
    if isinstance(refused, FileRefused):
        return [(_("the file"), str(refused))]
    return [(place_text(fault.place), sentence(fault)) for fault in refused.faults]


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> TemplateResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Import action plan"),
        **context,
    }
    return TemplateResponse(request, template, context, status=status)
