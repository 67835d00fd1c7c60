"""The readings that the public may see: approved, and not corrected since."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, Window
from django.db.models.functions import RowNumber
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


def latest_readings(indicators: Collection[int], on: date) -> Iterator[Reading]:
    """What a status on a day depends on, in one query: the latest reading of each indicator.

    Of organisations one stands for all with the same status, named after it: which they are, how
    many and with what figures a status does not ask.
    """
    latest = (
        IndicatorReading.objects.standing()
        .filter(indicator__in=indicators, as_of__lte=on)
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=["indicator", "organisation"],
                order_by=[F("as_of").desc(), F("id").desc()],
            )
        )
        .filter(place=1)
    )
    rows = (
        IndicatorReading.objects.filter(pk__in=latest.values("pk"))
        .order_by()
        .values(is_of_country=Q(organisation__isnull=True), of=F("indicator"), how=F("status"))
        .annotate(last=Max("as_of"))
        .values_list("is_of_country", "of", "how", "last")
    )
    for is_of_country, pk, status, as_of in rows:
        yield Reading(pk, COUNTRY if is_of_country else status, as_of, status, None)
