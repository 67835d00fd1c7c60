"""What waits for one person in the chain: requests to answer, drafts that came back, links."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.models import PlanStatus, User
from actionplan.permissions import is_everything
from actionplan.text import figure
from requirements_pkg import permissions
from requirements_pkg.backoffice.pages import home_of
from requirements_pkg.drafting.suspects import suspects_of_person
from requirements_pkg.drafting.waiting_requests import to_send_again
from requirements_pkg.models import Decision, PublishRequest


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to see to, where one does it, and since when it waits."""

    title: str
    address: str
    since: date | None = None


def to_do(user: User) -> list[Task]:
    """Return what this person has to see to, the longest waiting first, and links last."""
    tasks = sorted(_requests(user), key=lambda task: (task.since or date.max, task.title))
    return [*tasks, *_links(user)]


def _requests(user: User) -> Iterator[Task]:
    """Yield the tasks from each package's last request, if it is this person's turn.

    A closed plan has no tasks.
    """
    rows = PublishRequest.objects.newest().exclude(decision=Decision.APPROVED)
    rows = rows.exclude(package__plan__status=PlanStatus.CLOSED)
    heads = ("package__plan__category", "package__plan__procurement_region", "package__steward")
    requests = list(rows.select_related("requested_by", *heads))
    changed = to_send_again(
        request for request in requests if _may_answer(user, request) or _may_send(user, request)
    )
    for request in requests:
        words = {"package": request.package.dated}
        if request.decision == Decision.RETURNED:
            if request.requested_by_id == user.pk or permissions.may_edit(user, request.package):
                said = _("The draft of %(package)s was returned. It has to be sent again") % words
                yield Task(said, home_of(request.package), timezone.localdate(request.decided_at))
        else:
            yield from _waiting(user, request, is_changed=request.pk in changed)


def _may_answer(user: User, asked: PublishRequest) -> bool:
    return permissions.may_approve(user, asked.package, by=asked.requested_by)


def _may_send(user: User, asked: PublishRequest) -> bool:
    return asked.requested_by_id == user.pk or permissions.may_edit(user, asked.package)


def _waiting(user: User, asked: PublishRequest, *, is_changed: bool) -> Iterator[Task]:
    """Yield a task to answer a request, or to send it again where its draft was changed."""
    if is_changed:
        said = _("The draft of %(package)s has changed since it was sent. It has to be sent again")
    else:
        said = _("The request to publish %(package)s is waiting for your answer")
    if is_changed or _may_answer(user, asked):
        address = reverse("admin:requirements_pkg_decide", args=[asked.pk])
        words = {"package": asked.package.dated}
        yield Task(said % words, address, timezone.localdate(asked.requested_at))


def _links(user: User) -> Iterator[Task]:
    # Whoever may do everything would read the links of the whole nation for one number.
    if is_everything(user):
        return
    if number := len(suspects_of_person(user)):
        says = ngettext(
            "%(number)s link has to be reviewed again.",
            "%(number)s links have to be reviewed again.",
            number,
        )
        yield Task(says % {"number": figure(number)}, reverse("admin:requirements_pkg_suspects"))
