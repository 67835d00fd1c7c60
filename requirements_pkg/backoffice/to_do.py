"""What waits for one person in the chain: requests to answer, drafts that came back, links."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.models import PlanStatus, User
from actionplan.permissions import followed_up_regions, is_everything
from actionplan.text import figure
from requirements_pkg import permissions
from requirements_pkg.backoffice.outward import feedback_tasks, remark_tasks
from requirements_pkg.backoffice.pages import home_of
from requirements_pkg.backoffice.tasks import Task, TaskGroup
from requirements_pkg.drafting.suspects import suspects_of_person
from requirements_pkg.drafting.waiting_requests import to_send_again
from requirements_pkg.models import (
    Comment,
    CommentMention,
    CommentThread,
    Consultation,
    Decision,
    PublishRequest,
    WithdrawalRequest,
)


def to_do(user: User) -> list[Task]:
    """Return what this person has to see to, the longest waiting first, and links last."""
    own = [task for _pk, task in (*request_tasks([user]), *_outward([user]))]
    dated = [*own, *_withdrawals(user), *_consultations(user), *_mentions(user)]
    tasks = sorted(dated, key=lambda task: (task.since or date.max, task.title))
    return [*tasks, *_unresolved(user), *_links(user)]


def _outward(people: list[User]) -> Iterator[tuple[int, Task]]:
    """Yield what the world says and waits for an answer."""
    yield from feedback_tasks(people)
    yield from remark_tasks(people)


def request_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person the tasks from each package's last request, where it is their turn.

    As many queries as for one person. A closed plan has no tasks.
    """
    known = list(people)
    rows = PublishRequest.objects.newest().exclude(decision=Decision.APPROVED)
    rows = rows.exclude(package__plan__status=PlanStatus.CLOSED)
    heads = ("package__plan__category", "package__plan__procurement_region", "package__steward")
    requests = list(rows.select_related("requested_by", *heads))
    changed = to_send_again(
        request
        for request in requests
        if any(_may_answer(user, request) or _may_send(user, request) for user in known)
    )
    for request in requests:
        for user in known:
            for task in _of_request(user, request, is_changed=request.pk in changed):
                yield user.pk, task


def _of_request(
    user: User, publish_request: PublishRequest, *, is_changed: bool
) -> Iterator[Task]:
    """Yield a task of one request: to send the draft again, or to answer."""
    if publish_request.decision != Decision.RETURNED:
        yield from _waiting(user, publish_request, is_changed=is_changed)
    elif _may_send(user, publish_request):
        title = _("The draft of %(package)s was returned. It has to be sent again")
        yield Task(
            title % {"package": publish_request.package.dated},
            home_of(publish_request.package),
            timezone.localdate(publish_request.decided_at),
            TaskGroup.MEND,
            publish_request.pk,
        )


def _may_answer(user: User, publish_request: PublishRequest) -> bool:
    return permissions.may_approve(user, publish_request.package, by=publish_request.requested_by)


def _may_send(user: User, publish_request: PublishRequest) -> bool:
    return publish_request.requested_by_id == user.pk or permissions.may_edit(
        user, publish_request.package
    )


def _waiting(user: User, publish_request: PublishRequest, *, is_changed: bool) -> Iterator[Task]:
    """Yield a task to answer a request, or to send it again where its draft was changed."""
    if is_changed:
        sentence = _(
            "The draft of %(package)s has changed since it was sent. It has to be sent again"
        )
    else:
        sentence = _("The request to publish %(package)s is waiting for your answer")
    if is_changed or _may_answer(user, publish_request):
        address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
        words = {"package": publish_request.package.dated}
        group = TaskGroup.MEND if is_changed else TaskGroup.ANSWER
        since = timezone.localdate(publish_request.requested_at)
        yield Task(sentence % words, address, since, group, publish_request.pk)


def _withdrawals(user: User) -> Iterator[Task]:
    """Yield the withdrawals of versions that this person may approve."""
    for withdrawal_request in WithdrawalRequest.objects.pending().with_names():
        if permissions.may_approve(
            user, withdrawal_request.version.package, by=withdrawal_request.requested_by
        ):
            yield Task(
                _("The request to withdraw %(version)s is waiting for your answer")
                % {"version": withdrawal_request.version},
                reverse("admin:requirements_pkg_decide_withdrawal", args=[withdrawal_request.pk]),
                timezone.localdate(withdrawal_request.requested_at),
            )


def _consultations(user: User) -> Iterator[Task]:
    """Yield the drafts that this person may let out for consultation."""
    for row in Consultation.objects.pending().with_names():
        if permissions.may_approve(user, row.package, by=row.requested_by):
            yield Task(
                _("The request to open %(package)s for consultation is waiting for your answer")
                % {"package": row.title},
                reverse("admin:requirements_pkg_decide_consultation", args=[row.pk]),
                timezone.localdate(row.requested_at),
            )


def _mentions(user: User) -> Iterator[Task]:
    """Yield the comments that mention this person and that they have not answered."""
    answers = Comment.objects.filter(
        thread=OuterRef("comment__thread"), author=user, pk__gt=OuterRef("comment")
    )
    rows = CommentMention.objects.filter(~Exists(answers), comment__thread__resolved_at=None)
    rows = rows.filter(person=user).select_related("comment__author", "comment__thread")
    for comment in (row.comment for row in rows):
        words = {"who": comment.author, "name": comment.thread.name}
        yield Task(
            _("%(who)s mentions you in a comment on %(name)s") % words,
            reverse("admin:requirements_pkg_thread", args=[comment.thread_id]),
            timezone.localdate(comment.written_at),
        )


def _unresolved(user: User) -> Iterator[Task]:
    """Yield how many threads wait, for each plan and module of this person's own regions."""
    # Whoever edits in all of them would read the threads of the whole nation.
    regions = followed_up_regions(user)
    if not regions:
        return
    rows = CommentThread.objects.unresolved().exclude(plan__status=PlanStatus.CLOSED)
    rows = rows.filter(
        Q(plan__procurement_region__in=regions) | Q(module__steward__in=regions)
    ).select_related("plan__category", "module")
    numbers = Counter(
        (owner, head.pk, str(head))
        for row in rows
        for owner, head in (("plan", row.plan), ("modul", row.module))
        if head is not None
    )
    for (owner, pk, name), number in numbers.items():
        says = ngettext(
            "%(number)s unresolved comment on %(name)s",
            "%(number)s unresolved comments on %(name)s",
            number,
        )
        address = reverse("admin:requirements_pkg_all_comments", args=[owner, pk])
        words = {"number": figure(number), "name": name}
        yield Task(says % words, address, group=TaskGroup.MEND)


def _links(user: User) -> Iterator[Task]:
    # Whoever edits in all regions would read the links of the whole nation for one number.
    if is_everything(user) or not followed_up_regions(user):
        return
    if number := len(suspects_of_person(user)):
        says = ngettext(
            "%(number)s link has to be reviewed again.",
            "%(number)s links have to be reviewed again.",
            number,
        )
        address = reverse("admin:requirements_pkg_suspects")
        yield Task(says % {"number": figure(number)}, address, group=TaskGroup.MEND)
