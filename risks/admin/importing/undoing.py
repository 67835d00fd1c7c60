"""The page on which the last import of a plan is taken back, and where one is led there."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.audit.moments import local_moment
from actionplan.models import ActionPlan, ChangeEvent
from actionplan.text import figure
from actionplan.workspace.tabs import tab_address
from risks.actions.import_undo import last_import, stands_on_top, undo_import
from risks.models import PlanUpload


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the last import was and what stands on top of it; take it back if nothing does."""
    plan = get_object_or_404(ActionPlan.objects.with_head(), pk=pk)
    if not permissions.may_edit(request.user, plan):
        raise PermissionDenied
    by = permissions.signed_in(request.user)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            event = undo_import(plan=plan, by=by)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return HttpResponseRedirect(_taken_back(request, plan, event))
    last = last_import(plan)
    context = {
        **admin.site.each_context(request),
        "title": _("Undo the last import"),
        "plan": plan,
        "home": tab_address(plan.pk),
        "form": form,
        "last": last,
        "effects": [] if last is None else _effects(last),
        "on_top": [] if last is None else stands_on_top(plan, last),
    }
    return TemplateResponse(request, "risks/admin/importing/undo.html", context)


def _effects(event: ChangeEvent) -> list[str]:
    """Tell what undoing an import does."""
    number = event.detail["changes"]
    text = ngettext(
        "%(number)s change of “%(file)s” is taken back (%(who)s, %(at)s).",
        "%(number)s changes of “%(file)s” are taken back (%(who)s, %(at)s).",
        number,
    )
    values = {
        "number": figure(number),
        "file": event.detail["file"],
        "who": event.actor,
        "at": local_moment(event.at.isoformat()),
    }
    if event.detail["created"]:
        return [text % values, _("The plan was new: it is removed.")]
    return [
        text % values,
        _("What was removed comes back, with its links."),
        _("Contacts stay as they are, since the log does not hold personal data."),
    ]


def _taken_back(request: HttpRequest, plan: ActionPlan, event: ChangeEvent) -> str:
    """Say that an import was taken back, and return where to go on: with its document."""
    messages.success(request, _("The import was undone."))
    upload = PlanUpload.objects.filter(
        pk=event.detail.get("upload", 0), uploaded_by=permissions.signed_in(request.user)
    )
    if upload.update(confirmed_at=None, uploaded_at=timezone.now()):
        messages.info(request, _("The document waits here, with your answers, if you want it."))
        return reverse("admin:risks_import_preview", args=[event.detail["upload"]])
    if event.detail["created"]:
        return reverse("admin:actionplan_actionplan_changelist")
    return tab_address(plan.pk)
