"""What whoever changes a draft that waits for approval has to know."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.extension_points import plan_notices
from actionplan.models import ActionPlan
from requirements_pkg.backoffice.pages import read_package
from requirements_pkg.models import Decision, PublishRequest, RequirementsPackage


@plan_notices
def of_plan(plan: ActionPlan) -> str:
    """Return a notice that the draft of a plan waits for approval, "" where it does not."""
    # A tab of the plan may have read it for its panels.
    package = vars(plan).get("read_once", {}).get(read_package)
    if package is not None:
        return _sentence(newest_request(package))
    return _sentence(PublishRequest.objects.filter(package__plan=plan).pending().first())


def tell_waiting(request: HttpRequest, package: RequirementsPackage) -> None:
    """Say that the draft of a package waits, where it does."""
    if sentence := _sentence(newest_request(package)):
        messages.warning(request, sentence)


def newest_request(package: RequirementsPackage) -> PublishRequest | None:
    """Return the newest request of a package, read once for all that its page says of it.

    It says it all: it waits, it came back with a reason, or it was published.
    """
    if package.pk is None:
        return None
    kept = vars(package)
    if "newest_request" not in kept:
        rows = package.requests.select_related("requested_by")
        kept["newest_request"] = rows.order_by("-requested_at", "-pk").first()
    newest: PublishRequest | None = kept["newest_request"]
    return newest


def _sentence(newest: PublishRequest | None) -> str:
    if newest is None or newest.decision != Decision.PENDING:
        return ""
    day = timezone.localdate(newest.requested_at).isoformat()
    return _(
        "The draft is waiting for approval, as it was sent on %(day)s. What you change "
        "has to be sent again before anybody can approve it."
    ) % {"day": day}
