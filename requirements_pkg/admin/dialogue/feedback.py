"""Feedback on requirements: what waits, what was answered, and the page where one answers."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from actionplan import permissions as plan_permissions
from actionplan.admin_site import admin_page
from actionplan.extension_points import AdminPlace, admin_places, confidential_pages
from actionplan.permissions import signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.dialogue.feedback import decide_on_feedback
from requirements_pkg.backoffice.pages import page
from requirements_pkg.models import Feedback, FeedbackDecision, Requirement

A_PAGE = 50


class FeedbackDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (value, capfirst(label))
            for value, label in FeedbackDecision.choices
            if value != FeedbackDecision.PENDING
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


@admin_places
def place_of_feedback(request: HttpRequest) -> Iterator[AdminPlace]:
    """Yield the feedback on requirements, for who answers it."""
    if plan_permissions.may_edit_something(request.user):
        yield AdminPlace(_("Feedback on requirements"), reverse("admin:requirements_pkg_feedback"))


# Who sent what, by name: reading it is told in the log.
confidential_pages(
    {"requirements_pkg_feedback": Feedback, "requirements_pkg_decide_feedback": Feedback}
)


@admin_page("synpunkter/", name="requirements_pkg_feedback")
@require_GET
def feedback_list(request: HttpRequest) -> HttpResponse:
    """Show the feedback on packages that this person answers for, what waits first."""
    if not plan_permissions.may_edit_something(request.user):
        raise PermissionDenied
    is_all = "alla" in request.GET
    rows = Feedback.objects.with_names().filter(permissions.answerable(request.user))
    rows = rows if is_all else rows.pending()
    context = {
        "title": _("Feedback on requirements"),
        "is_all": is_all,
        "page": Paginator(rows.order_by("sent_at", "pk"), A_PAGE).get_page(
            request.GET.get("sida")
        ),
    }
    return page(request, "requirements_pkg/admin/dialogue/feedback.html", context)


@admin_page("synpunkter/<int:pk>/", name="requirements_pkg_decide_feedback")
@require_http_methods(["GET", "POST"])
def decide_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody said of a requirement, and take in what comes of it."""
    if not plan_permissions.may_edit_something(request.user):
        raise PermissionDenied
    feedback = get_object_or_404(Feedback.objects.with_names(), pk=pk)
    if not permissions.may_answer(request.user, feedback.package):
        raise PermissionDenied
    form = FeedbackDecisionForm(
        request.POST or None,
        initial={"decision": feedback.decision, "reason": feedback.reason},
    )
    if request.method == "POST" and form.is_valid():
        try:
            decide_on_feedback(key=pk, by=signed_in(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The feedback is answered."))
            return HttpResponseRedirect(reverse("admin:requirements_pkg_feedback"))
    draft = Requirement.objects.filter(package=feedback.package_id, uid=feedback.uid)
    context = {
        "title": _("Feedback on %(cite)s") % {"cite": feedback.cite},
        "feedback": feedback,
        "decided": feedback,
        "sender": feedback,
        "back": reverse("admin:requirements_pkg_feedback"),
        "save": _("Save the answer"),
        "form": form,
        "draft": draft.first(),
    }
    return page(request, "requirements_pkg/admin/dialogue/decide_feedback.html", context)
