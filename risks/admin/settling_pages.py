"""The page on which a person settles what imports kept although the document no longer has it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import permissions
from actionplan.models import ActionPlan
from risks.actions.delete_protection import holders
from risks.actions.settling import PATHS, kept_rows, key_of, settle


@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a plan keeps with what builds on it, and settle one thing at a time."""
    plan = get_object_or_404(ActionPlan.objects.with_head(), pk=pk)
    if not permissions.may_edit(request.user, plan):
        raise PermissionDenied
    if request.method == "POST":
        _settle(request, plan)
        return HttpResponseRedirect(request.path)
    rows = [
        {
            "key": key_of(row),
            "name": PATHS[type(row)][1],
            "text": str(row),
            "former": getattr(row, "former_number", ""),
            "holders": [str(holder) for holder in holders([row])],
        }
        for row in kept_rows(plan)
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Kept although not in the document"),
        "plan": plan,
        "rows": rows,
    }
    return TemplateResponse(request, "risks/admin/importing/kept.html", context)


def _settle(request: HttpRequest, plan: ActionPlan) -> None:
    keep = "_keep" in request.POST
    try:
        row = settle(
            plan, request.POST.get("key", ""), keep=keep, by=permissions.signed_in(request.user)
        )
    except ProtectedError:
        messages.error(
            request,
            _(
                "It cannot be removed, because something else builds on it. Remove those "
                "links first."
            ),
        )
        return
    if row is None:
        messages.info(request, _("Somebody has already decided on this."))
    elif keep:
        messages.success(request, _("“%(text)s” is part of the plan.") % {"text": row})
    else:
        messages.success(request, _("“%(text)s” was removed.") % {"text": row})
