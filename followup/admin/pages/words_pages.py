"""The pages on which words become public: review them, publish them, withdraw them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan.accounts.entering.proof import proved
from actionplan.database.optimistic import LateTransaction, optimistically
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions import summaries
from followup.actions.follow_ups import locked
from followup.actions.summaries import Subject
from followup.admin.forms.lesson_forms import ReviewForm, SummaryForm, WithdrawForm
from followup.admin.pages.follow_up_pages import address_of, written
from followup.models import Lesson, Summary
from requirements_pkg.backoffice.pages import page

Context = dict[str, Any]
Act = Callable[[], object]
# What stands above a page, each with its address.
Way = list[tuple[object, str]]


def lesson_address(lesson: Lesson) -> str:
    """Tell where one works with a lesson."""
    return reverse("admin:followup_lesson_change", args=[lesson.pk])


def home_of(subject: Summary | Lesson) -> str:
    """Tell where one comes back to: a lesson has a page of its own."""
    if isinstance(subject, Lesson):
        return lesson_address(subject)
    return address_of(subject.follow_up)


def summary_at(request: HttpRequest, pk: int) -> Summary:
    """Return a summary if this person sees its follow-up; others find none at that address."""
    return _subject_at(request, Summary, pk)


def lesson_at(request: HttpRequest, pk: int) -> Lesson:
    """Return a lesson if this person sees its follow-up; others find none at that address."""
    return _subject_at(request, Lesson, pk)


def _subject_at(request: HttpRequest, model: type[Subject], pk: int) -> Subject:
    rows = model.objects.filter(permissions.visible(request.user, "follow_up"))
    rows = rows.select_related(
        "review",
        "written_by",
        "follow_up__product_area__plan__category",
        "follow_up__organisation",
        "follow_up__version__package",
    )
    return get_object_or_404(rows.defer("follow_up__version__content"), pk=pk)


@require_http_methods(["GET", "POST"])
def write_summary_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the summary of a follow-up, or write it anew."""
    if request.method != "POST":
        return _summary_page(request, pk)
    lock = partial(locked, written(request, pk))
    return optimistically(partial(_summary_page, request, pk), first=lock)


def _summary_page(
    request: HttpRequest, pk: int, late: LateTransaction | None = None
) -> HttpResponse:
    follow_up = written(request, pk)
    there = Summary.objects.filter(follow_up=follow_up).first()
    home = address_of(follow_up)
    if there is not None and there.is_public:
        messages.error(request, _("The summary is published. Withdraw it before you change it."))
        return HttpResponseRedirect(home)
    data = request.POST if late else None
    form = SummaryForm(data, instance=there or Summary(follow_up=follow_up))
    context = {
        "title": _("Write the summary"),
        "lead": _(
            "Everybody can read it once it is published. If the text is changed, it has to "
            "be reviewed again."
        ),
        "submit": _("Save"),
        "way": [(follow_up, home)],
        "home": home,
        "done": _("The summary is saved."),
    }

    def act() -> None:
        # Nobody else has written between what the form merged with and what is stored.
        if late is not None:
            late.begin(partial(locked, follow_up))
        summaries.write_summary(
            follow_up=follow_up, by=signed_in(request.user), **form.cleaned_data
        )

    return answer(request, form, act, context)


@proved
@require_http_methods(["GET", "POST"])
def review_summary_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Review a summary for secrecy."""
    return _review(request, summary_at(request, pk))


@proved
@require_http_methods(["GET", "POST"])
def review_lesson_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Review a lesson's public words for secrecy."""
    return _review(request, lesson_at(request, pk))


def _review(request: HttpRequest, subject: Subject) -> HttpResponse:
    follow_up = subject.follow_up
    if not permissions.may_second(request.user, follow_up, first=subject.written_by):
        raise PermissionDenied
    if hinder := summaries.unreviewable(subject):
        messages.error(request, hinder)
        return HttpResponseRedirect(home_of(subject))
    form = ReviewForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        if request.POST.get("seen") != subject.words:
            raise ValidationError(_("The text has changed since you read it. Read it again."))
        tried = form.cleaned_data
        summaries.review_secrecy(subject=subject, by=signed_in(request.user), **tried)

    context = {
        "title": _("Secrecy review"),
        "lead": _("You are responsible for this exact text being open to everybody."),
        "submit": _("Record the review"),
        "done": _("The secrecy review is recorded."),
        "seen": subject.words,
    }
    return answer(request, form, act, context | _about(subject))


@proved
@require_http_methods(["GET", "POST"])
def publish_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a summary is to be published, and publish it."""
    summary = _written_summary(request, pk)
    if hinder := summaries.unpublishable(summary, summary.follow_up):
        messages.error(request, hinder)
        return HttpResponseRedirect(home_of(summary))
    form = Form(request.POST if request.method == "POST" else None)
    context = {
        "title": _("Publish the summary"),
        "lead": _("It becomes public with the next follow-up report of the plan."),
        "submit": _("Publish"),
        "done": _("The summary is published."),
    }

    def act() -> None:
        summaries.publish_summary(summary=summary, by=signed_in(request.user))

    return answer(request, form, act, context | _about(summary))


@proved
@require_http_methods(["GET", "POST"])
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a summary is withdrawn, and withdraw it."""
    summary = _written_summary(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    context = {
        "title": _("Withdraw the summary"),
        "lead": _(
            "It is in no report that is written from now on, and can be rewritten. In reports "
            "that are published it stands: words there can be masked."
        ),
        "submit": _("Withdraw"),
        "done": _("The summary is withdrawn."),
    }

    def act() -> None:
        summaries.withdraw_summary(
            summary=summary, by=signed_in(request.user), **form.cleaned_data
        )

    return answer(request, form, act, context | _about(summary))


def answer(request: HttpRequest, form: BaseForm, act: Act, context: Context) -> HttpResponse:
    """Do what a valid form asks and go home; else the page, with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as error:
            known = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
            form.add_error(None, error if known else error.messages)
        else:
            messages.success(request, context["done"])
            return HttpResponseRedirect(context["home"])
    return page(request, "followup/admin/lessons/words_form.html", {**context, "form": form})


def _written_summary(request: HttpRequest, pk: int) -> Summary:
    summary = summary_at(request, pk)
    if not permissions.may_write(request.user, summary.follow_up):
        raise PermissionDenied
    return summary


def _about(subject: Summary | Lesson) -> Context:
    """Return what the page of some words says of them."""
    words = [(_("Public text"), summaries.public_words(subject))]
    if isinstance(subject, Summary) and subject.supplier:
        words.append((_("Supplier"), subject.supplier))
    way: Way = [(subject.follow_up, address_of(subject.follow_up))]
    if isinstance(subject, Lesson):
        way.append((subject, lesson_address(subject)))
    return {"way": way, "home": home_of(subject), "words": words}
