"""Requests that wait for approval, held against the drafts that they are about."""

from collections.abc import Container, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from actionplan.database import write_marks
from requirements_pkg.document.reading import checksum
from requirements_pkg.drafting.draft import all_drafted
from requirements_pkg.drafting.draft_marks import marks_of
from requirements_pkg.models import Decision, PublishRequest, RequirementsPackage
from requirements_pkg.published.bounded_cache import BoundedCache

# Packages of which it is remembered what their draft was: a few hundred bytes each.
MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class KnownDraft:
    """The checksum of a draft, and the marks that held before it was read."""

    mark: write_marks.SharedMark
    # Of the rows that it is made of.
    rows: Hashable
    sha256: str


_known: BoundedCache[KnownDraft] = BoundedCache(MOST)


def needs_sending_again(request: PublishRequest) -> bool:
    """Tell whether a request waits for a draft that was changed since: see `to_send_again`."""
    return bool(to_send_again([request]))


def to_send_again(requests: Iterable[PublishRequest]) -> set[int]:
    """Return the keys of waiting requests whose draft was changed since.

    Only the draft itself tells: a change that was taken back is none. Where nothing was written
    since it was last looked at, it is the same: that is one query; two, where others wrote
    something else; and at most six.
    """
    waiting = [request for request in requests if request.decision == Decision.PENDING]
    digests = _digests([request.package_id for request in waiting]) if waiting else {}
    return {request.pk for request in waiting if digests[request.package_id] != request.sha256}


def _digests(keys: Sequence[int]) -> dict[int, str]:
    """Return by package the checksum of its draft."""
    # Read before all else: what is written meanwhile shows the next time.
    mark = write_marks.shared_mark()
    if mark is None:
        return _drafted(keys)
    known = {key: draft for key in keys if (draft := _known.get((mark.database, key)))}
    digests = {key: draft.sha256 for key, draft in known.items() if draft.mark == mark}
    if left := [key for key in keys if key not in digests]:
        rows = marks_of(left)
        digests |= {
            key: draft.sha256 for key, draft in known.items() if draft.rows == rows.get(key)
        }
        digests |= _drafted([key for key in left if key not in digests])
        for key in left:
            _remember((mark.database, key), KnownDraft(mark, rows[key], digests[key]))
    return digests


def _remember(key: Hashable, known: KnownDraft) -> None:
    _known.make(key, lambda: known)


def _drafted(keys: Sequence[int]) -> dict[int, str]:
    """Work the drafts out: four queries, or none where there are no packages."""
    if not keys:
        return {}
    packages = RequirementsPackage.objects.with_owner().in_bulk(keys)
    drafts = all_drafted(packages[key] for key in keys)
    return {key: checksum(draft.content) for key, draft in zip(keys, drafts, strict=True)}


def state_in_words(request: PublishRequest, changed: Container[int] | None = None) -> str:
    """Say how a request stands, as every page says it.

    Args:
        changed: the keys of those that have to be sent again, where the caller knows them.
    """
    if needs_sending_again(request) if changed is None else request.pk in changed:
        return _("has to be sent again")
    return str(request.get_decision_display())
