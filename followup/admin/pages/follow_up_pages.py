"""The pages on which a follow-up goes on: a step, its questions, answers, a reused audit."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actionplan.database.optimistic import LateTransaction, optimistically
from actionplan.django_edges import PageContext
from actionplan.models import User
from actionplan.permissions import signed_in
from actionplan.text import figure
from followup import permissions
from followup.actions.follow_ups import (
    advance,
    cancel,
    choose,
    facts_of,
    locked,
    record_answers,
    reuse,
    takes_two,
)
from followup.admin.forms.follow_up_forms import AnswerForm, QuestionsForm, ReusedForm, StepForm
from followup.backoffice.scoping import follow_up_at
from followup.models import FollowUp, FollowUpStatus, Question, ReusedAudit
from followup.steps.transitions import steps_from
from requirements_pkg.backoffice.pages import page

# Each has five boxes and five hidden ones; Django takes a thousand.
ANSWERS_A_PAGE = 40


def address_of(follow_up: FollowUp) -> str:
    """Tell where one works with a follow-up."""
    return reverse("admin:followup_followup_change", args=[follow_up.pk])


def written(request: HttpRequest, pk: int) -> FollowUp:
    """Return a follow-up that the person writes in.

    Raises:
        Http404: they do not even see it.
        PermissionDenied: they only read it.
    """
    follow_up = follow_up_at(request, pk)
    if not permissions.may_write(request.user, follow_up):
        raise PermissionDenied
    return follow_up


def led_home(follow_up: FollowUp) -> HttpResponse:
    """Lead back to the follow-up's page."""
    return HttpResponseRedirect(address_of(follow_up))


@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    follow_up = written(request, pk)
    steps = {step.to.value: step for step in steps_from(facts_of(follow_up))}
    if to not in steps:
        # Taken meanwhile, or never there.
        messages.error(
            request,
            _("The follow-up cannot take that step now. Choose one of the steps shown here."),
        )
        return led_home(follow_up)
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, step=steps[to], follow_up=follow_up)
    if request.method == "POST" and form.is_valid():
        try:
            text = _taken(follow_up, to, form, signed_in(request.user))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, text)
            return led_home(follow_up)
    lead = _("From “%(now)s” to “%(to)s”.")
    context = {
        "title": capfirst(steps[to].to.label),
        "lead": lead % {"now": follow_up.get_status_display(), "to": steps[to].to.label},
        "submit": _("Change the status"),
    }
    if to == FollowUpStatus.CANCELLED and takes_two(follow_up):
        two = _(
            "The follow-up has a deviation of zero tolerance, so somebody else has to approve "
            "that it is cancelled. Write why; the request is then shown to those who may approve."
        )
        context |= {"lead": two, "submit": _("Send for approval")}
    return _page(request, "followup/admin/follow_ups/form.html", follow_up, form, context)


def _taken(follow_up: FollowUp, to: str, form: StepForm, by: User) -> str:
    """Take a step, or ask a second person for it, and return what is said of that."""
    if to != FollowUpStatus.CANCELLED:
        advance(follow_up=follow_up, to=to, by=by, **form.cleaned_data)
    elif cancel(follow_up=follow_up, by=by, reason=form.cleaned_data["note"]):
        return _("The request is sent. Somebody else has to approve it.")
    text = _("The follow-up is now: %(status)s.")
    return text % {"status": follow_up.get_status_display()}


@require_http_methods(["GET", "POST"])
def questions_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the requirements that are asked about."""
    follow_up = written(request, pk)
    # No box ticked is a choice too.
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(data, follow_up=follow_up)
    if form.is_bound and form.is_valid():
        try:
            _choose(follow_up, form, request)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return led_home(follow_up)
    context = {
        "title": _("Questions"),
        "lead": _(
            "Tick the requirements that the follow-up asks about. The supplier reads the question "
            "of the requirement in the version, filled in with the contract's values."
        ),
        "submit": _("Save"),
    }
    return _page(request, "followup/admin/follow_ups/form.html", follow_up, form, context)


def _choose(follow_up: FollowUp, form: QuestionsForm, request: HttpRequest) -> None:
    added, dropped = choose(
        follow_up=follow_up,
        wanted=form.wanted(),
        dropped=form.dropped(),
        by=signed_in(request.user),
    )
    text = ngettext("%(number)s question added", "%(number)s questions added", len(added))
    removed = ngettext("%(number)s question removed", "%(number)s questions removed", dropped)
    message = f"{text % {'number': figure(len(added))}}, {removed % {'number': figure(dropped)}}."
    messages.success(request, message)


@require_http_methods(["GET", "POST"])
def answers_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Write answers, and what is said of them, a page of questions at a time."""
    if request.method != "POST":
        return _answers_page(request, pk)
    lock = partial(locked, written(request, pk))
    return optimistically(partial(_answers_page, request, pk), first=lock)


def _answers_page(
    request: HttpRequest, pk: int, late: LateTransaction | None = None
) -> HttpResponse:
    follow_up = written(request, pk)
    questions = _questions(follow_up, request)
    data = request.POST if late else None
    forms = [
        AnswerForm(data, instance=question, prefix=f"q{question.pk}") for question in questions
    ]
    # Every form is asked, so that all errors show at once.
    if late and forms and all(list(map(AnswerForm.is_valid, forms))):
        late.begin(partial(locked, follow_up))
        if _is_recorded(follow_up, forms, request):
            return led_home(follow_up)
    faulty = next((form for form in forms if form.errors), None)
    context = {"title": _("Answers"), "forms": forms, "page": questions}
    return _page(request, "followup/admin/follow_ups/answers.html", follow_up, faulty, context)


def _is_recorded(follow_up: FollowUp, forms: list[AnswerForm], request: HttpRequest) -> bool:
    changed = [form.instance for form in forms if form.has_changed()]
    try:
        record_answers(follow_up=follow_up, questions=changed, by=signed_in(request.user))
    except ValidationError as error:
        # Above the forms, which keep what was typed.
        messages.error(request, " ".join(error.messages))
        return False
    text = ngettext("Saved: %(number)s answer.", "Saved: %(number)s answers.", len(changed))
    messages.success(request, text % {"number": figure(len(changed))})
    return True


def _questions(follow_up: FollowUp, request: HttpRequest) -> "Page[Question]":
    rows = follow_up.questions.select_related("requirement").order_by("position", "pk")
    return Paginator(rows, ANSWERS_A_PAGE).get_page(request.GET.get("sida"))


@require_http_methods(["GET", "POST"])
def reuse_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which audit of another organisation the follow-up leans on."""
    follow_up = written(request, pk)
    there = ReusedAudit.objects.filter(follow_up=follow_up).first()
    form = ReusedForm(request.POST or None, instance=there or ReusedAudit(follow_up=follow_up))
    if request.method == "POST" and form.is_valid():
        try:
            reuse(follow_up=follow_up, audit=form.instance, by=signed_in(request.user))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The audit is reused."))
            return led_home(follow_up)
    context = {
        "title": _("Reuse an audit"),
        "lead": _(
            "Another organisation's audit can be reused if its terms are at least as high as "
            "ours, its method is similar, and it was made within the last three years."
        ),
        "submit": _("Save"),
    }
    return _page(request, "followup/admin/follow_ups/form.html", follow_up, form, context)


def _page(
    request: HttpRequest,
    template: str,
    follow_up: FollowUp,
    form: object,
    context: PageContext,
) -> HttpResponse:
    about = {"follow_up": follow_up, "home": address_of(follow_up), "form": form}
    return page(request, template, {**about, **context})
