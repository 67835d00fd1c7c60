"""Feedback that waits for an answer, as tasks of those who look after the requirements."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from actionplan.models import User
from actionplan.permissions import followed_up_regions
from actionplan.text import figure
from requirements_pkg.backoffice.tasks import Task
from requirements_pkg.models import Feedback, RequirementsPackage


def feedback_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each package of their own regions with feedback to answer."""
    known = {user: set(followed_up_regions(user)) for user in people}
    counted = Feedback.objects.pending().order_by().values_list("package")
    waiting = {
        pk: (number, since) for pk, number, since in counted.annotate(Count("pk"), Min("sent_at"))
    }
    packages = RequirementsPackage.objects.with_owner().in_bulk(list(waiting))
    for pk, (number, since) in waiting.items():
        package = packages[pk]
        title = ngettext(
            "%(number)s piece of feedback on %(package)s is waiting for an answer",
            "%(number)s pieces of feedback on %(package)s are waiting for an answer",
            number,
        )
        task = Task(
            title % {"number": figure(number), "package": package.dated},
            reverse("admin:requirements_pkg_feedback"),
            timezone.localdate(since),
            target_id=pk,
        )
        for user, own in known.items():
            if package.region.pk in own:
                yield user.pk, task
