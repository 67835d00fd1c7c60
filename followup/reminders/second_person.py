"""What waits for a second person of follow-up: words to mask, and texts to review for secrecy."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import ChangeLog, User
from actionplan.permissions import is_everything
from followup import permissions
from followup.models import Lesson, Masking, Summary
from requirements_pkg.backoffice.tasks import Task

NAMES: Final = (
    "written_by",
    "review",
    "follow_up__product_area__plan__category",
    "follow_up__organisation",
)


def masking_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each masking that they are the second of."""
    known = list(people)
    names = ("requested_by", "package__plan__category", "package__plan__procurement_region")
    for masking in Masking.objects.pending().select_related(*names, "package__steward"):
        title = _("Words to mask in %(package)s wait for your answer")
        task = Task(
            title % {"package": masking.package.dated},
            reverse("admin:followup_masking_decide", args=[masking.pk]),
            timezone.localdate(masking.requested_at),
            target_id=masking.pk,
        )
        for user in known:
            if permissions.may_approve_masking(user, masking):
                yield user.pk, task


def summary_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each summary that waits for somebody to review it for secrecy."""
    written = ChangeLog.objects.of(Summary).filter(key=OuterRef("pk")).order_by("-at")
    rows = Summary.objects.filter(published_at__isnull=True, withdrawn_at__isnull=True)
    rows = rows.annotate(written_at=Subquery(written.values("at")[:1]))
    yield from _to_review(rows.select_related(*NAMES), "followup_summary_review", people)


def lesson_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each public text of a lesson that nobody has reviewed."""
    rows = Lesson.objects.filter(~Q(public_text=""), review__isnull=True)
    yield from _to_review(rows.select_related(*NAMES), "followup_lesson_review", people)


def _to_review(
    rows: Iterable[Any], page: str, people: Iterable[User]
) -> Iterator[tuple[int, Task]]:
    """Yield the tasks of texts; whoever may do everything would have those of the whole nation."""
    known = [user for user in people if not is_everything(user)]
    for row in rows:
        if row.is_reviewed:
            continue
        area = row.follow_up.product_area
        title = _("A text awaits secrecy review: %(area)s, %(plan)s")
        task = Task(
            title % {"area": area.name, "plan": area.plan},
            reverse(f"admin:{page}", args=[row.pk]),
            timezone.localdate(row.written_at),
            target_id=row.pk,
        )
        for user in known:
            if permissions.may_second(user, row.follow_up, first=row.written_by):
                yield user.pk, task
