"""What whoever changes a draft that waits for approval has to know."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.extension_points import plan_notices
from actionplan.models import ActionPlan
from requirements_pkg.models import PublishRequest, RequirementsPackage


@plan_notices
def of_plan(plan: ActionPlan) -> str:
    """That the draft of a plan waits, "" where it does not."""
    return _sentence(PublishRequest.objects.filter(package__plan=plan).pending().first())


def tell_waiting(request: HttpRequest, package: RequirementsPackage) -> None:
    """Say that the draft of a package waits, where it does."""
    if package.pk and (sentence := _sentence(package.requests.pending().first())):
        messages.warning(request, sentence)


def _sentence(waiting: PublishRequest | None) -> str:
    if waiting is None:
        return ""
    day = timezone.localdate(waiting.requested_at).isoformat()
    return _(
        "The draft is waiting for approval, as it was sent on %(day)s. What you change "
        "has to be sent again before anybody can approve it."
    ) % {"day": day}
