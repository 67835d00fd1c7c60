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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from followup import learning, permissions
from followup.admin.follow_up_pages import address_of
from followup.admin.words_pages import answer, lesson_address, lesson_at
from followup.learning_forms import DeclineForm, ProposeForm
from followup.models import ChangeState, ProposedChange


@dataclass(frozen=True)
class Deed:
    """What one decides: the verb, from which state, and what the page says."""

    verb: Callable[..., ProposedChange]
    state: ChangeState
    form: type[Form]
    label: str
    lead: str
    done: str


DEEDS: Final[Mapping[str, Deed]] = {
    "ta-in": Deed(
        learning.take_in,
        ChangeState.PROPOSED,
        Form,
        gettext_lazy("Take in"),
        gettext_lazy("The draft of the requirement has the change: change the requirement first."),
        gettext_lazy("The change is taken in."),
    ),
    "avboj": Deed(
        learning.decline,
        ChangeState.PROPOSED,
        DeclineForm,
        gettext_lazy("Decline"),
        gettext_lazy("The requirement stays as it is. Say why."),
        gettext_lazy("The change is declined."),
    ),
    "ta-ut": Deed(
        learning.take_out,
        ChangeState.TAKEN_IN,
        Form,
        gettext_lazy("Take out"),
        gettext_lazy("The draft does not have the change after all; it is to be decided again."),
        gettext_lazy("The change is taken out."),
    ),
}


def change_address(change: ProposedChange) -> str:
    """Where one works with a proposed change."""
    return reverse("admin:followup_proposedchange_change", args=[change.pk])


def change_at(request: HttpRequest, pk: int) -> ProposedChange:
    """A change of a follow-up this person sees; for others there is none at that address."""
    visible = permissions.visible(request.user, "lesson__follow_up")
    return get_object_or_404(ProposedChange.objects.with_names().filter(visible), pk=pk)


def deeds_of(request: HttpRequest, change: ProposedChange) -> list[tuple[str, str]]:
    """What this person may decide now: the label and the address of each."""
    if not learning.may_decide(request.user, change):
        return []
    return [
        (deed.label, reverse("admin:followup_change_decide", args=[change.pk, name]))
        for name, deed in DEEDS.items()
        if deed.state == change.state
        and not (deed.state == ChangeState.TAKEN_IN and learning.is_published(change))
    ]


@require_http_methods(["GET", "POST"])
def decide_page(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Ask for what a decision needs, and take it."""
    change = change_at(request, pk)
    if deed not in DEEDS:
        raise Http404
    if not learning.may_decide(request.user, change):
        raise PermissionDenied
    one, home = DEEDS[deed], change_address(change)
    if change.state != one.state:
        messages.error(request, _("Somebody has already decided on this change."))
        return HttpResponseRedirect(home)
    form = one.form(request.POST if request.method == "POST" else None)

    def act() -> None:
        one.verb(change=change, by=request.user, **form.cleaned_data)

    context = {
        "title": one.label,
        "lead": one.lead,
        "submit": one.label,
        "done": one.done,
        "follow_up": change.lesson.follow_up,
        "follow_up_address": address_of(change.lesson.follow_up),
        "home": home,
        "home_name": str(change),
        "words": [(str(change.requirement), change.text)],
    }
    return answer(request, form, act, context)


@require_http_methods(["GET", "POST"])
def propose_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a change of a requirement."""
    lesson = lesson_at(request, pk)
    if not permissions.may_write(request.user, lesson.follow_up):
        raise PermissionDenied
    form = ProposeForm(request.POST if request.method == "POST" else None, lesson=lesson)

    def act() -> None:
        learning.propose_change(lesson=lesson, by=request.user, **form.cleaned_data)

    context = {
        "title": _("Propose a change"),
        "lead": _("The package of the requirement decides whether it is taken in."),
        "submit": _("Propose"),
        "done": _("The change is proposed."),
        "follow_up": lesson.follow_up,
        "follow_up_address": address_of(lesson.follow_up),
        "home": lesson_address(lesson),
        "home_name": str(lesson),
        "words": [(_("Lesson"), lesson.text)],
    }
    return answer(request, form, act, context)
