"""Where whoever uses a requirement says how it works: one short form for each."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.actions.dialogue.feedback import take_in_feedback
from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.document.schema import Requirement
from requirements_pkg.models import DoesItWork, Feedback, RequirementsPackage
from requirements_pkg.public import responses
from requirements_pkg.public.dialogue.sent_forms import OpenForm
from requirements_pkg.published import catalogue, version_parts


class FeedbackForm(OpenForm):
    """How a requirement works, and, if they want, who says so."""

    works = forms.ChoiceField(
        label=_("Does the requirement work in your procurement?"),
        choices=DoesItWork.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the requirement works for you.")},
    )
    text = forms.CharField(
        label=_("What works, or does not?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("At most 2,000 characters. Write nothing about people."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Email address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("If you want us to be able to ask you more."),
    )
    has_consented = forms.BooleanField(
        label=_("You may keep my name and my address to be able to answer me"), required=False
    )
    order = ("works", "text", "name", "organisation", "email", "has_consented")


@bounded(AllowanceKind.VOICES, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Ask how a requirement works, and take the answer in; it needs no token, as it has no user.

    Raises:
        Http404: no version has the code.
    """
    requirement = _requirement(slug, code)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and (form.is_trapped or _is_taken_in(form, slug, requirement)):
        # A program that fell into the trap is told what everybody is.
        # What was chosen stands in the address of the form.
        query = urlencode([("tack", "1"), *responses.selected_in(request)])
        return HttpResponseRedirect(f"{request.path}?{query}")
    context = {
        "form": form,
        "requirement": requirement,
        "cite": citation(requirement),
        "back": reverse("requirement", args=[slug, code]),
        "is_sent": "tack" in request.GET,
        "section": "packages",
    }
    status = 400 if form.is_bound else 200
    response = render(request, "requirements_pkg/dialogue/feedback.html", context, status=status)
    responses.take(request, response)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _requirement(slug: str, code: str) -> Requirement:
    """Return a requirement as it is in force, or as it last was."""
    versions = catalogue.versions_of(slug)
    version = versions.get(None)
    part = version_parts.requirement_of(version, code)
    if part is None and (last := catalogue.last_with(versions, code)):
        part = version_parts.requirement_of(last, code)
    if part is None:
        raise Http404
    return part.requirement


def _is_taken_in(form: FeedbackForm, slug: str, requirement: Requirement) -> bool:
    """Store what was sent; what cannot be is said in the form."""
    if not form.is_valid():
        return False
    # Who wrote the requirement answers for it.
    owner = requirement.module.slug if requirement.module else slug
    row = Feedback(
        package=RequirementsPackage.objects.get(slug=owner),
        uid=requirement.uid,
        cite=citation(requirement),
        title=requirement.title,
        **{name: form.cleaned_data[name] for name in form.order},
    )
    try:
        take_in_feedback(row)
    except ValidationError as error:
        form.add_error(None, error.messages)
    return form.is_valid()
