"""The page on which the levels of a national risk analysis are pasted into an area's matrix."""

from typing import Any

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
from actionplan.database.broken_rules import BrokenRule, tell
from actionplan.models import ProductArea
from actionplan.processes.uploads import FileRefused
from actionplan.text import figure
from risks.admin.forms import LevelsForm
from risks.admin.importing.preview_lists import changed, placed_list
from risks.importing.levels import LevelOutcome, import_risk_levels, preview_risk_levels
from risks.importing.plans import OvertakenImport
from risks.importing.problems import level_place, level_sentence
from risks.levels import LevelProblem, RefusedLevels


@require_http_methods(["GET", "POST"])
def levels(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an analysis in, show what it changes, and on confirmation do exactly that."""
    area = get_object_or_404(ProductArea.objects.select_related("plan__category"), pk=pk)
    if not permissions.may_edit(request.user, area.plan):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = LevelsForm(data, initial={"dated": timezone.localdate()})
    context: dict[str, object] = {"area": area, "form": form}
    if data is None or not form.is_valid() or "_edit" in data:
        return _page(request, "risks/admin/importing/levels.html", context)
    given = {"area": area, "by": request.user, **form.cleaned_data}
    try:
        if "foreseen" in data:
            return _confirm(request, given, data["foreseen"])
        outcome = preview_risk_levels(**given)
    except OvertakenImport:
        text = _("The plan has been changed since this preview was made. Review it again.")
        messages.warning(request, text)
        outcome = preview_risk_levels(**given)
    except BrokenRule as refused:
        tell(form, refused)
        return _page(request, "risks/admin/importing/levels.html", context, status=400)
    except (RefusedLevels, FileRefused) as refused:
        context["faults"] = placed_list(request, _("Faults"), _faults(refused))
        return _page(request, "risks/admin/importing/levels.html", context, status=400)
    context |= _preview_context(form, outcome) | changed(request, outcome.changes)
    unread = _problems_in_words(outcome.analysis.not_understood)
    context["not_understood"] = placed_list(request, _("Not interpreted"), unread)
    return _page(request, "risks/admin/importing/levels_preview.html", context)


def _confirm(request: HttpRequest, given: dict[str, Any], foreseen: str) -> HttpResponse:
    outcome = import_risk_levels(**given, foreseen=foreseen)
    number = len(outcome.changes)
    text = ngettext("Imported: %(number)s change.", "Imported: %(number)s changes.", number)
    messages.success(request, text % {"number": figure(number)})
    address = reverse("admin:risks_riskmatrix_change", args=[given["area"].pk])
    return HttpResponseRedirect(address)


def _preview_context(form: LevelsForm, outcome: LevelOutcome) -> dict[str, object]:
    analysis = outcome.analysis
    return {
        "outcome": outcome,
        "foreseen": outcome.changes.digest(),
        "facts": [
            (_("Levels"), len(analysis.levels)),
            (_("Overall levels"), len(analysis.overall) or _("none given")),
            (_("Source"), form.cleaned_data["source"]),
            (_("Date"), form.cleaned_data["dated"].isoformat()),
        ],
    }


def _faults(refused: RefusedLevels | FileRefused) -> list[tuple[str, str]]:
    if isinstance(refused, FileRefused):
        return [(_("the text"), str(refused))]
    return _problems_in_words(refused.problems)


def _problems_in_words(problems: tuple[LevelProblem, ...]) -> list[tuple[str, str]]:
    return [(level_place(problem), level_sentence(problem)) for problem in problems]


def _page(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> TemplateResponse:
    title = _("Levels from a national analysis")
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, template, context, status=status)
