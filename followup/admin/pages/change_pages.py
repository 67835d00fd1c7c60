"""The pages on which a requirement's package decides on a proposed change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from actionplan.permissions import signed_in
from followup import permissions
from followup.actions import lessons
from followup.admin.forms.lesson_forms import DeclineForm, ProposeForm
from followup.admin.pages.follow_up_pages import address_of
from followup.admin.pages.words_pages import Way, answer, lesson_address, lesson_at
from followup.models import ChangeState, ProposedChange
from requirements_pkg.backoffice import pages as packages


@dataclass(frozen=True)
class ChangeAction:
    """What one decides: the verb, from which state, and what the page says."""

    verb: Callable[..., ProposedChange]
    state: ChangeState
    form: type[Form]
    label: str | Promise
    lead: str | Promise
    done: str | Promise


CHANGE_ACTIONS: Final[Mapping[str, ChangeAction]] = {
    "ta-in": ChangeAction(
        lessons.take_in,
        ChangeState.PROPOSED,
        Form,
        gettext_lazy("Incorporate"),
        gettext_lazy(
            "The draft of the requirement must already contain the change. If it does not, "
            "change the requirement first."
        ),
        gettext_lazy("The change is incorporated."),
    ),
    "avboj": ChangeAction(
        lessons.decline,
        ChangeState.PROPOSED,
        DeclineForm,
        gettext_lazy("Decline"),
        gettext_lazy("The requirement is not changed. Write why."),
        gettext_lazy("The change is declined."),
    ),
    "ta-ut": ChangeAction(
        lessons.take_out,
        ChangeState.TAKEN_IN,
        Form,
        gettext_lazy("Undo incorporation"),
        gettext_lazy(
            "Choose this if the draft does not contain the change. The proposal then waits for "
            "a new decision."
        ),
        gettext_lazy("The change is no longer incorporated and waits for a new decision."),
    ),
}


def change_address(change: ProposedChange) -> str:
    """Tell where one works with a proposed change."""
    return reverse("admin:followup_proposedchange_change", args=[change.pk])


def change_at(request: HttpRequest, pk: int) -> ProposedChange:
    """Return a change this person sees or decides on; others find none at that address."""
    visible = permissions.visible(request.user, "lesson__follow_up")
    rows = ProposedChange.objects.with_names().filter(visible | lessons.decidable(request.user))
    change = get_object_or_404(rows, pk=pk)
    if not sees(request, change) and not lessons.may_decide(request.user, change):
        raise Http404
    return change


def sees(request: HttpRequest, change: ProposedChange) -> bool:
    """Tell whether this person sees more of it than the lesson's public words."""
    return permissions.may_see(request.user, change.lesson.follow_up)


def words_of(request: HttpRequest, change: ProposedChange) -> str:
    """Return what is wanted, as far as this person may read it."""
    return change.text if sees(request, change) else change.lesson.public_text


def actions_of(request: HttpRequest, change: ProposedChange) -> list[tuple[str | Promise, str]]:
    """Return what this person may decide now: the label and the address of each."""
    if not lessons.may_decide(request.user, change) or lessons.is_published(change):
        return []
    return actions_in(change)


def actions_in(change: ProposedChange) -> list[tuple[str | Promise, str]]:
    """Return what can be decided in the state of a change that is not published yet."""
    return [
        (decision.label, reverse("admin:followup_change_decide", args=[change.pk, name]))
        for name, decision in CHANGE_ACTIONS.items()
        if decision.state == change.state
    ]


@require_http_methods(["GET", "POST"])
def decide_page(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask for what a decision needs, and take it."""
    change = change_at(request, pk)
    if name not in CHANGE_ACTIONS:
        raise Http404
    if not lessons.may_decide(request.user, change):
        raise PermissionDenied
    decision, way = CHANGE_ACTIONS[name], _way_to(request, change)
    home = way[-1][1]
    if change.state != decision.state:
        messages.error(request, _("Somebody has already decided on this change."))
        return HttpResponseRedirect(home)
    form = decision.form(request.POST if request.method == "POST" else None)

    def act() -> None:
        decision.verb(change=change, by=signed_in(request.user), **form.cleaned_data)

    context = {
        "title": decision.label,
        "lead": decision.lead,
        "submit": decision.label,
        "done": decision.done,
        "way": way,
        "home": home,
        "words": [(str(change.requirement), words_of(request, change))],
    }
    return answer(request, form, act, context)


def _way_to(request: HttpRequest, change: ProposedChange) -> Way:
    """Lead who does not see the follow-up back to the package, where she came from."""
    if not sees(request, change):
        package = change.requirement.package
        return [(package, packages.address_of(package))]
    follow_up = change.lesson.follow_up
    return [(follow_up, address_of(follow_up)), (change, change_address(change))]


@require_http_methods(["GET", "POST"])
def propose_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a change of a requirement."""
    lesson = lesson_at(request, pk)
    if not permissions.may_write(request.user, lesson.follow_up):
        raise PermissionDenied
    form = ProposeForm(request.POST if request.method == "POST" else None, lesson=lesson)
    home = lesson_address(lesson)

    def act() -> None:
        lessons.propose_change(lesson=lesson, by=signed_in(request.user), **form.cleaned_data)

    context = {
        "title": _("Propose a change"),
        "lead": _(
            "Those who manage the requirement's package decide whether to incorporate the "
            "change. For a shared module of another region, that region decides from the "
            "lesson's public text, once it has been reviewed for secrecy."
        ),
        "submit": _("Propose"),
        "done": _("The change is proposed."),
        "way": [(lesson.follow_up, address_of(lesson.follow_up)), (lesson, home)],
        "home": home,
        "words": [(_("Lesson"), lesson.text)],
    }
    return answer(request, form, act, context)
