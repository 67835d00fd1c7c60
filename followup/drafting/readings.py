"""The readings that the public may see: approved, and not corrected since."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from followup.models import IndicatorReading
from followup.report.schema import PublishedReading
from followup.status.progress import COUNTRY


def published_readings(
    indicators: Collection[int], until: date | None = None
) -> list[PublishedReading]:
    """Return the readings of these indicators that may be public, oldest first, in one query.

    Args:
        indicators: the ids in the content of a version; no other indicator is public.
        until: the last day that they are of; any, unless said.
    """
    rows = IndicatorReading.objects.current().filter(indicator__in=indicators)
    if until is not None:
        rows = rows.filter(as_of__lte=until)
    columns = rows.order_by("as_of", "id").values_list(
        *("indicator_id", "organisation__name", "as_of", "status"),
        *("value", "comment", "evidence_url"),
        Cast("decided_at", TextField()),
    )
    return [
        PublishedReading(
            pk, name or COUNTRY, as_of, status, value, comment, address, _moment(decided_at)
        )
        for pk, name, as_of, status, value, comment, address, decided_at in columns
    ]


def _moment(text: str) -> datetime:
    """Return the moment that a database wrote; its driver would take ten times as long."""
    at = datetime.fromisoformat(text)
    # SQLite has them without their zone.
    return at if at.tzinfo else at.replace(tzinfo=UTC)
