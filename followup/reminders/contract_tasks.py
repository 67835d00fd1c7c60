"""What waits in the register of contracts and their use: what buyers report, and what changed."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from actionplan.models import User
from actionplan.permissions import followed_up_regions, is_everything
from actionplan.text import figure
from followup.models import ContractRequirement, UseClaim
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


def changed_contract_tasks(people: Iterable[User]) -> Iterator[tuple[int, Task]]:
    """Yield by person a task for each own region with contracts whose requirements changed.

    It waits since the newest wording was published, and tells of no contract.
    """
    known = {user: set(followed_up_regions(user)) for user in people if not is_everything(user)}
    regions = sorted(set().union(*known.values()))
    path = "contract__organisation__procurement_region"
    rows = ContractRequirement.objects.changed().filter(**{f"{path}__in": regions}).order_by()
    counted = rows.values_list(path).annotate(
        Count("contract", distinct=True), Max("requirement__revisions__version__published_at")
    )
    for region, number, since in counted:
        title = ngettext(
            "Requirements in %(number)s contract have changed since they were taken in",
            "Requirements in %(number)s contracts have changed since they were taken in",
            number,
        )
        task = Task(
            title % {"number": figure(number)},
            f"{reverse('admin:followup_contract_changelist')}?krav=andrade",
            timezone.localdate(since),
            target_id=region,
        )
        for user, own in known.items():
            if region in own:
                yield user.pk, task
