"""The readings that the public may see: approved, and not corrected since."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, Q, Sum, When, Window
from django.db.models.functions import RowNumber

from followup.models import IndicatorReading
from followup.progress import COUNTRY, MET, Reading


@dataclass(frozen=True, slots=True)
class PublishedReading(Reading):
    """A reading with what is shown beside it; `organisation` is its name."""

    comment: str
    evidence_url: str
    approved_at: datetime


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
        PublishedReading(pk, name or COUNTRY, *rest, approved_at=decided_at)
        for pk, name, *rest, decided_at in rows
    ]


def latest_readings(indicators: Collection[int], on: date) -> Iterator[Reading]:
    """What a status on a day depends on, in one query: the latest reading of each indicator.

    Of what is met also the first of the unbroken row of readings that say so, which tells whether
    it was met late. Of organisations one stands for all with the same status, named after it:
    which they are, how many and with what figures a status does not ask.
    """
    newest_first = {
        "partition_by": ["indicator", "organisation"],
        "order_by": [F("as_of").desc(), F("id").desc()],
    }
    is_not_met = Case(When(status=MET, then=0), default=1)
    rows = (
        IndicatorReading.objects.standing()
        .filter(indicator__in=indicators, as_of__lte=on)
        .annotate(
            place=Window(RowNumber(), **newest_first),
            not_met_since=Window(Sum(is_not_met), **newest_first),
        )
        .filter(Q(place=1) | Q(not_met_since=0))
        .order_by()
        .values_list("indicator", "organisation", "status", "as_of")
    )
    yield from _together(rows.iterator())


def _together(rows: Iterable[tuple[int, int | None, str, date]]) -> Iterator[Reading]:
    """For the country, and for all organisations of one status, the day since and the last day."""
    spans: dict[tuple[int, int | None, str], tuple[date, date]] = {}
    for pk, organisation, status, as_of in rows:
        first, last = spans.get((pk, organisation, status), (as_of, as_of))
        # Without min and max: a nation has thousands of readings.
        spans[pk, organisation, status] = (
            as_of if as_of < first else first,
            as_of if as_of > last else last,
        )
    together: dict[tuple[int, str, str], tuple[date, date]] = {}
    for (pk, organisation, status), (first, last) in spans.items():
        key = (pk, COUNTRY if organisation is None else status, status)
        since, until = together.get(key, (first, last))
        # The last of the organisations to meet it decides whether it was met late.
        together[key] = max(since, first), max(until, last)
    for (pk, whose, status), days in together.items():
        for day in sorted(set(days)):
            yield Reading(pk, whose, day, status, None)
