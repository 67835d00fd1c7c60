"""What waits for one person in the chain: requests to answer, drafts that came back, links."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.models import PlanStatus, User
from actionplan.permissions import followed_up_regions, is_everything
from actionplan.text import figure
from requirements_pkg import permissions
from requirements_pkg.backoffice.dialogue import consultation_tasks, feedback_tasks, remark_tasks
from requirements_pkg.backoffice.pages import home_of
from requirements_pkg.backoffice.tasks import Task, TaskGroup
from requirements_pkg.drafting.suspect_regions import suspects_in_regions
from requirements_pkg.drafting.waiting_requests import to_send_again
from requirements_pkg.models import (
    Comment,
    CommentMention,
    CommentThread,
    Decision,
    PublishRequest,
    WithdrawalRequest,
)


def to_do(user: User) -> list[Task]:
    """Return what this person has to see to, the longest waiting first, and what is counted last.

    It is what reminders and calendars tell, too: all ask `WAITING`.
    """
    tasks = [
        (name in COUNTED, task.since or date.max, task.title, task)
        for name, look in WAITING.items()
        for _pk, task in look([user])
    ]
    return [task for *_order, task in sorted(tasks, key=lambda row: row[:3])]


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


def withdrawal_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person the withdrawals of versions that they may approve."""
    known = list(people)
    for withdrawal_request in WithdrawalRequest.objects.pending().with_names():
        task = Task(
            _("The request to withdraw %(version)s is waiting for your answer")
            % {"version": withdrawal_request.version},
            reverse("admin:requirements_pkg_decide_withdrawal", args=[withdrawal_request.pk]),
            timezone.localdate(withdrawal_request.requested_at),
            target_id=withdrawal_request.pk,
        )
        for user in known:
            if permissions.may_approve(
                user, withdrawal_request.version.package, by=withdrawal_request.requested_by
            ):
                yield user.pk, task


def mention_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person the comments that mention them and that they have not answered."""
    known = {user.pk for user in people if user.is_staff}
    answers = Comment.objects.filter(
        thread=OuterRef("comment__thread"), author=OuterRef("person"), pk__gt=OuterRef("comment")
    )
    rows = CommentMention.objects.filter(~Exists(answers), comment__thread__resolved_at=None)
    rows = rows.filter(person__in=known).select_related("comment__author", "comment__thread")
    for row in rows:
        comment = row.comment
        words = {"who": comment.author, "name": comment.thread.name}
        yield (
            row.person_id,
            Task(
                _("%(who)s mentions you in a comment on %(name)s") % words,
                reverse("admin:requirements_pkg_thread", args=[comment.thread_id]),
                timezone.localdate(comment.written_at),
                target_id=comment.pk,
            ),
        )


def comment_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person how many threads wait, for each plan and module of their own regions."""
    # Whoever edits in all of them would read the threads of the whole nation.
    known = {user.pk: set(followed_up_regions(user)) for user in people}
    regions = set().union(*known.values())
    rows = CommentThread.objects.unresolved().exclude(plan__status=PlanStatus.CLOSED)
    rows = rows.filter(
        Q(plan__procurement_region__in=regions) | Q(module__steward__in=regions)
    ).select_related("plan__category", "module")
    waiting: dict[tuple[str, int], list[CommentThread]] = {}
    for row in rows.annotate(begun_at=Min("comments__written_at")):
        key = ("plan", row.plan.pk) if row.plan is not None else ("modul", row.module_id or 0)
        waiting.setdefault(key, []).append(row)
    for (owner, pk), threads in waiting.items():
        plan, module = threads[0].plan, threads[0].module
        region = plan.procurement_region_id if plan is not None else module and module.steward_id
        task = _unresolved(owner, pk, threads)
        yield from ((user, task) for user, own in known.items() if region in own)


def _unresolved(owner: str, pk: int, threads: Sequence[CommentThread]) -> Task:
    """Return the task of a plan's or module's threads that nobody has settled."""
    number = len(threads)
    says = ngettext(
        "%(number)s unresolved comment on %(name)s",
        "%(number)s unresolved comments on %(name)s",
        number,
    )
    words = {"number": figure(number), "name": threads[0].plan or threads[0].module}
    begun = [at for thread in threads if (at := vars(thread)["begun_at"])]
    return Task(
        says % words,
        reverse("admin:requirements_pkg_all_comments", args=[owner, pk]),
        timezone.localdate(min(begun)) if begun else None,
        TaskGroup.MEND,
        # Plans and modules have keys of their own.
        pk if owner == "plan" else -pk,
    )


def link_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person how many links have to be reviewed again in their own regions."""
    # Whoever edits in all regions would read the links of the whole nation for one number.
    known = {user.pk: set(followed_up_regions(user)) for user in people if not is_everything(user)}
    regions = set().union(*known.values())
    suspects = suspects_in_regions(regions) if regions else []
    for user, own in known.items():
        moments = [suspect.since for suspect in suspects if suspect.regions & own]
        if not moments:
            continue
        number = len(moments)
        says = ngettext(
            "%(number)s link has to be reviewed again.",
            "%(number)s links have to be reviewed again.",
            number,
        )
        address = reverse("admin:requirements_pkg_suspects")
        since = timezone.localdate(min(moments))
        yield user, Task(says % {"number": figure(number)}, address, since, TaskGroup.MEND)


# What waits for people, by the names that reminders have for it.
WAITING: Final[Mapping[str, Callable[[Iterable[User]], Iterator[tuple[int, Task]]]]] = {
    "publishing": request_tasks,
    "feedback": feedback_tasks,
    "consultation": remark_tasks,
    "consultation_request": consultation_tasks,
    "withdrawal": withdrawal_tasks,
    "mention": mention_tasks,
    "comments": comment_tasks,
    "links": link_tasks,
}
# Of these only a number is told, after what has to be answered.
COUNTED: Final = {"comments", "links"}
