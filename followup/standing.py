"""The readings that the public may see: approved, and not corrected since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from followup.models import IndicatorReading
from followup.progress import COUNTRY, Reading


@dataclass(frozen=True, slots=True)
class PublishedReading(Reading):
    """A reading with what is shown beside it; `organisation` is its name."""

    comment: str
    evidence_url: str
    approved_on: date


def published_readings(indicators: Collection[int]) -> list[PublishedReading]:
    """What stands of these indicators, oldest first, in one query.

    Args:
        indicators: the ids in the content of a version; no other indicator is public.
    """
    rows = (
        IndicatorReading.objects.standing()
        .filter(indicator__in=indicators)
        .order_by("as_of", "id")
        .values_list(
            "indicator_id",
            "organisation__name",
            "as_of",
            "status",
            "value",
            "comment",
            "evidence_url",
            "decided_at",
        )
    )
    return [
        PublishedReading(pk, name or COUNTRY, *rest, approved_on=timezone.localdate(decided_at))
        for pk, name, *rest, decided_at in rows
    ]
