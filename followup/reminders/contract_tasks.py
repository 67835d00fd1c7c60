"""What waits in the register of contracts and their use: what buyers report."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from actionplan.models import User
from actionplan.permissions import followed_up_regions
from actionplan.text import figure
from followup.models import UseClaim
from requirements_pkg.backoffice.tasks import Task
from requirements_pkg.models import RequirementsPackage


def use_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each package of their own regions with use to confirm."""
    known = {user: set(followed_up_regions(user)) for user in people}
    counted = UseClaim.objects.pending().order_by().values_list("package")
    waiting = {
        pk: (number, since)
        for pk, number, since in counted.annotate(Count("pk"), Min("confirmed_at"))
    }
    packages = RequirementsPackage.objects.with_owner().in_bulk(list(waiting))
    for pk, (number, since) in waiting.items():
        title = ngettext(
            "%(number)s reported use of %(package)s is waiting to be confirmed",
            "%(number)s reported uses of %(package)s are waiting to be confirmed",
            number,
        )
        task = Task(
            title % {"number": figure(number), "package": packages[pk].dated},
            reverse("admin:followup_use_claims"),
            timezone.localdate(since),
            target_id=pk,
        )
        for user, own in known.items():
            if packages[pk].region.pk in own:
                yield user.pk, task
