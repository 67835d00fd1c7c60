"""The verbs of whoever reviews a draft: tick a change as read, and take the tick away."""

from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from requirements_pkg import permissions
from requirements_pkg.models import Decision, PublishRequest, ReadTick


@all_or_nothing()
def tick_read(*, request: PublishRequest, by: User, items: Mapping[str, str]) -> None:
    """Tick changes of a draft as read, each by the digest of what was shown.

    Raises:
        PermissionDenied: `by` does not review the request.
        ValidationError: somebody has decided already.
    """
    _refuse(request, by)
    ReadTick.objects.tick(by, request, items)


@all_or_nothing()
def untick_read(*, request: PublishRequest, by: User, items: Collection[str]) -> None:
    """Take ticks away, also those that were set when an earlier request waited.

    Raises:
        PermissionDenied: `by` does not review the request.
        ValidationError: somebody has decided already.
    """
    _refuse(request, by)
    rows = ReadTick.objects.filter(person=by, request__package=request.package_id)
    rows.filter(item__in=items).delete()


def _refuse(request: PublishRequest, by: User) -> None:
    if not permissions.may_approve(by, request.package, by=request.requested_by):
        raise PermissionDenied
    if request.decision != Decision.PENDING:
        raise ValidationError(_("Somebody has already decided on this request."))
