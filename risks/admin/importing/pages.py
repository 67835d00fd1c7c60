"""The pages around the import of a plan's document: upload, preview, questions, confirmation."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.backoffice.long_lists import LongList
from actionplan.backoffice.panels import tell_links_to_review
from actionplan.models import ActionPlan
from actionplan.processes.uploads import FileRefused
from actionplan.text import figure
from actionplan.word.document import Remark
from actionplan.word.reading.headings import CATEGORY
from actionplan.workspace.tabs import tab_address
from risks.admin.importing.keeping import keep, keep_answers, waiting
from risks.admin.importing.parts import touched_parts
from risks.admin.importing.preview_lists import changed, placed_list
from risks.admin.importing.questions import (
    ReadWords,
    is_about_spellings,
    is_settled_here,
    sent_answers,
    word_questions,
)
from risks.admin.importing.upload_form import UploadForm
from risks.exporting.document import grid_names
from risks.extension_points import period_starts
from risks.importing.asking.answers import UNANSWERED, Answers
from risks.importing.asking.owners import RefusedImport
from risks.importing.asking.spellings import remember_spellings
from risks.importing.plans import ImportOutcome, OvertakenImport, import_plan, remember_answers
from risks.importing.problems import place_text, remark, sentence
from risks.models import PlanUpload
from risks.models.answers import forget

# Why nothing can be shown of a document, but for faults in it.
REFUSALS: Final = (FileRefused, OvertakenImport, PermissionDenied)
OPEN: Final = Answers(is_open=True)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a document in, and lead to what would come of it; nothing is stored of the plan."""
    if not permissions.may_edit_something(request.user):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, by = form.cleaned_data["file"], permissions.signed_in(request.user)
        data = file.read()
        try:
            import_plan(data, file_name=file.name, by=by, dry_run=True, answers=OPEN)
        except RefusedImport as refused:
            # What a person can settle is no reason to send the file again.
            if refused.reading is None or not is_settled_here(refused.faults):
                return _refused(request, refused)
        except REFUSALS as refused:
            return _refused(request, refused)
        kept = keep(data, file.name, by=by)
        return HttpResponseRedirect(reverse("admin:risks_import_preview", args=[kept.pk]))
    return _upload_page(request, form)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a document changes, ask about it, and on confirmation do exactly that."""
    by = permissions.signed_in(request.user)
    kept = get_object_or_404(PlanUpload, pk=pk, uploaded_by=by)
    if kept.confirmed_at is not None:
        return _already_imported(request)
    if "remember" in request.POST and not permissions.may_edit_reference_data(request.user):
        raise PermissionDenied
    is_sent = request.method == "POST"
    answers = sent_answers(request.POST) if is_sent else Answers.from_json(kept.answers)
    try:
        if is_sent and not request.POST.keys() & {"_show", "_forget"}:
            return _confirm(request, kept, answers)
        outcome = import_plan(
            bytes(kept.content), file_name=kept.file_name, by=by, dry_run=True, answers=answers
        )
    except OvertakenImport:
        text = _("The plan has been changed since this preview was made. Review it again.")
        if request.POST.get("answered", "") != _digest(answers):
            text = _("You changed an answer. This is what the import would do now.")
        messages.warning(request, text)
        keep_answers(kept, answers)
        return HttpResponseRedirect(request.path)
    except RefusedImport as refused:
        if refused.reading is None:
            return _refused(request, refused)
        return _unsettled(request, kept, answers, refused)
    except REFUSALS as refused:
        return _refused(request, refused)
    if is_sent:
        return _answered(request, kept, outcome)
    context = _preview_context(request, kept, outcome) | _preview_lists(request, outcome)
    context |= _period_before(request, outcome)
    return _page(request, "risks/admin/importing/import_preview.html", context)


def _unsettled(
    request: HttpRequest, kept: PlanUpload, answers: Answers, refused: RefusedImport
) -> HttpResponse:
    """Ask about a document what has to be settled before its changes can be shown."""
    is_confirmed = request.method == "POST" and "_show" not in request.POST
    if request.method == "POST":
        keep_answers(kept, None if "_forget" in request.POST else answers)
        if not is_confirmed:
            return HttpResponseRedirect(request.path)
    reading = refused.reading
    assert reading is not None  # noqa: S101 - the caller has seen it
    read = ReadWords(refused.faults, reading.notes, reading.words[CATEGORY])
    context = {
        "upload": kept,
        "questions": word_questions(read, answers, request.user),
        "faults": placed_list(request, _("Faults"), _faults_in_words(refused)),
        "answered": _digest(answers),
    }
    template = "risks/admin/importing/import_unsettled.html"
    return _page(request, template, context, status=400 if is_confirmed else 200)


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


def _answered(request: HttpRequest, kept: PlanUpload, outcome: ImportOutcome) -> HttpResponse:
    """Remember what was answered and show what it changes; or forget all that was said before."""
    if "_forget" in request.POST:
        forget(outcome.plan)
        keep_answers(kept, None)
        messages.info(request, _("Earlier answers are deleted. All questions are asked again."))
    else:
        keep_answers(kept, outcome.answers)
        remember_answers(outcome)
    return HttpResponseRedirect(request.path)


class _AlreadyImported(Exception):
    """Somebody confirmed the document in the same moment."""


def _digest(answers: Answers) -> str:
    """Return a checksum of answers, to tell whether they are those of the page; "" of none."""
    if replace(answers, is_open=False) == UNANSWERED:
        return ""
    content = json.dumps(answers.to_json(), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _confirm(request: HttpRequest, kept: PlanUpload, answers: Answers) -> HttpResponse:
    """Import and mark the document as imported, both or neither; a second click finds it done."""

    def mark() -> dict[str, int]:
        stored = (
            PlanUpload.objects.defer("content").select_for_update(of=("self",)).get(pk=kept.pk)
        )
        if stored.confirmed_at is not None:
            raise _AlreadyImported
        stored.confirmed_at, stored.answers = timezone.now(), answers.to_json()
        stored.save(update_fields=["confirmed_at", "answers"])
        return {"upload": stored.pk}

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
    _keep_spellings(request, outcome)
    number = len(outcome.changes)
    text = ngettext("Imported: %(number)s change.", "Imported: %(number)s changes.", number)
    messages.success(request, text % {"number": figure(number)})
    tell_links_to_review(request, ActionPlan, [outcome.plan.pk])
    address = tab_address(outcome.plan.pk)
    return HttpResponseRedirect(address)


def _keep_spellings(request: HttpRequest, outcome: ImportOutcome) -> None:
    """Keep what was said of words for everybody, if the person wants to."""
    if "remember" not in request.POST:
        return
    number = remember_spellings(
        outcome.answers,
        outcome.plan.category,
        outcome.words,
        by=permissions.signed_in(request.user),
    )
    text = ngettext(
        "%(number)s spelling is kept for everybody.",
        "%(number)s spellings are kept for everybody.",
        number,
    )
    messages.info(request, text % {"number": figure(number)})


def _already_imported(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("The document has already been imported."))
    return HttpResponseRedirect(reverse("admin:actionplan_actionplan_changelist"))


def _preview_context(
    request: HttpRequest, kept: PlanUpload, outcome: ImportOutcome
) -> dict[str, object]:
    read = ReadWords((), outcome.notes, outcome.words[CATEGORY])
    questions = word_questions(read, outcome.answers, request.user)
    answers = outcome.answers
    return {
        "upload": kept,
        "outcome": outcome,
        "answers": answers,
        "answered": _digest(answers),
        "questions": questions,
        "has_questions": bool(
            questions
            or outcome.near_categories
            or outcome.changes.questions
            or outcome.changes.replacements
        ),
        "parts": touched_parts(outcome.changes),
        "home": "" if outcome.created else tab_address(outcome.plan.pk),
        "may_remember": is_about_spellings(questions)
        and permissions.may_edit_reference_data(request.user),
        "may_import": bool(outcome.changes)
        and (bool(answers.category) or not outcome.near_categories),
        "foreseen": outcome.changes.digest(),
        "facts": _facts(outcome),
    }


def _facts(outcome: ImportOutcome) -> list[tuple[str, object]]:
    """Return how much was understood, and what the plan is about."""
    understood = outcome.understood
    names = grid_names()
    grid = len(names["stage_names"]) * len(names["dimension_names"])
    cells = grid * understood["product_areas"]
    return [
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
    ]


def _share(part: int, whole: int) -> str:
    """Tell how many of them, and of nothing simply none."""
    if not whole:
        return figure(0)
    return _("%(assessed)s of %(cells)s") % {"assessed": figure(part), "cells": figure(whole)}


def _preview_lists(request: HttpRequest, outcome: ImportOutcome) -> dict[str, LongList]:
    """Return what was read as something, what was not understood, and what changes."""
    notes = [
        (place_text(note.place), remark(note))
        for note in outcome.notes
        if note.what is not Remark.FROM_ANSWER
    ]
    unread = [(place_text(problem.place), sentence(problem)) for problem in outcome.not_understood]
    return {
        "notes": placed_list(request, _("Read as"), notes),
        "not_understood": placed_list(request, _("Not interpreted"), unread),
        **changed(request, outcome.changes),
    }


def _faults_in_words(refused: Exception) -> list[tuple[str, str]]:
    """Say why a document is refused: each fault with its place."""
    if isinstance(refused, RefusedImport):
        return [(place_text(fault.place), sentence(fault)) for fault in refused.faults]
    text = str(refused)
    if isinstance(refused, OvertakenImport):
        text = _("Somebody else changed the plan at the same moment. Try again.")
    elif isinstance(refused, PermissionDenied):
        text = _("The plan belongs to a procurement region that you do not coordinate.")
    return [(_("the file"), text)]


def _refused(request: HttpRequest, refused: Exception) -> HttpResponse:
    """Say what is wrong with a document, where another one can be chosen."""
    return _upload_page(request, UploadForm(), _faults_in_words(refused))


def _upload_page(
    request: HttpRequest, form: UploadForm, faults: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    context = {
        "form": form,
        "faults": placed_list(request, _("Faults"), faults),
        "waiting": waiting(permissions.signed_in(request.user)),
    }
    template = "risks/admin/importing/import_upload.html"
    return _page(request, template, context, status=400 if faults else 200)


def _page(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> TemplateResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Import action plan"),
        **context,
    }
    return TemplateResponse(request, template, context, status=status)
