"""Requests that wait for approval, held against the drafts that they are about."""

from collections.abc import Container, Iterable

from django.utils.translation import gettext as _

from requirements_pkg.document.reading import checksum
from requirements_pkg.drafting.draft import all_drafted
from requirements_pkg.models import Decision, PublishRequest, RequirementsPackage


def needs_sending_again(request: PublishRequest) -> bool:
    """Tell whether a request waits for a draft that has been changed since: five queries."""
    return bool(to_send_again([request]))


def to_send_again(requests: Iterable[PublishRequest]) -> set[int]:
    """Return the keys of waiting requests whose draft was changed since: five queries.

    Only the draft itself tells: a change that was taken back is none.
    """
    waiting = [one for one in requests if one.decision == Decision.PENDING]
    if not waiting:
        return set()
    packages = RequirementsPackage.objects.with_owner().in_bulk([o.package_id for o in waiting])
    drafts = all_drafted(packages[one.package_id] for one in waiting)
    return {
        one.pk
        for one, draft in zip(waiting, drafts, strict=True)
        if checksum(draft.content) != one.sha256
    }


def state_in_words(request: PublishRequest, changed: Container[int] | None = None) -> str:
    """Say how a request stands, as every page says it.

    Args:
        changed: the keys of those that have to be sent again, where the caller knows them.
    """
    if needs_sending_again(request) if changed is None else request.pk in changed:
        return _("has to be sent again")
    return str(request.get_decision_display())
