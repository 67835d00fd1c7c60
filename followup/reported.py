"""Approved readings as the public may read them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone

from followup.models import IndicatorReading

FIELDS: Final = (
    *("indicator_id", "organisation__name", "as_of", "status", "value", "comment"),
    *("evidence_url", "decided_at"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How an indicator stood on a day, as one organisation says, or the whole country."""

    indicator: int
    # "" for the whole country.
    organisation: str
    as_of: date
    status: str
    value: Decimal | None
    comment: str
    evidence_url: str
    approved_on: date


def published_readings(indicators: list[int]) -> tuple[Reading, ...]:
    """The readings that stand of these indicators, oldest first: one query."""
    rows = IndicatorReading.objects.standing().filter(indicator__in=indicators)
    found = rows.order_by("as_of", "pk").values_list(*FIELDS)
    return tuple(
        Reading(pk, who or "", *rest, approved_on=timezone.localdate(decided_at))
        for pk, who, *rest, decided_at in found
    )
