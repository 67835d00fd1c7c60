"""The readings that the public may see: approved, and not corrected since."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Final

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from followup.models import IndicatorReading
from followup.models.readings import ReadingState
from followup.status.progress import COUNTRY, MET, ReportedReading

APPROVED: Final = str(ReadingState.APPROVED)
# In SQL, as the counts of a list: Django takes longer to write it than the database to answer it.
# A test holds it to what `IndicatorReading.objects.standing` gives.
LATEST: Final = """
    WITH told AS (
        SELECT {columns} FROM {standing}
            AND organisation_id IS NULL AND indicator_id IN ({indicators})
    UNION ALL
        SELECT {columns} FROM {standing} AND organisation_id IS NOT NULL AND indicator_id IN (
            SELECT untold.id FROM actionplan_indicator AS untold
            WHERE untold.id IN ({indicators}) AND NOT EXISTS (
                SELECT 1 FROM {standing} AND organisation_id IS NULL AND indicator_id = untold.id
            )
        )
    )
    SELECT indicator_id, organisation_id, status, as_of FROM (
        SELECT {columns}, ROW_NUMBER() OVER newest AS place,
            SUM(CASE WHEN status = %(met)s THEN 0 ELSE 1 END) OVER newest AS not_met_since
        FROM told
        WINDOW newest AS (PARTITION BY indicator_id, organisation_id ORDER BY as_of DESC, id DESC)
    ) AS deciding WHERE place = 1 OR not_met_since = 0
    """
COLUMNS: Final = "id, indicator_id, organisation_id, status, as_of"
STANDING: Final = """
    followup_indicatorreading
    WHERE state = %(approved)s AND as_of <= %(on)s AND id NOT IN (
        SELECT corrects_id FROM followup_indicatorreading
        WHERE state = %(approved)s AND corrects_id IS NOT NULL
    )
    """
# An indicator, who reports (nobody is the whole country), the status and its day.
Row = tuple[int, int | None, str, date]


class PublishedReading(ReportedReading, frozen=True):
    """A reading with what is shown beside it; `organisation` is its name."""

    comment: str
    evidence_url: str
    approved_at: datetime


def published_readings(indicators: Collection[int]) -> list[PublishedReading]:
    """Return the published readings of these indicators, oldest first, in one query.

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
            Cast("decided_at", TextField()),
        )
    )
    return [
        PublishedReading(
            pk, name or COUNTRY, as_of, status, value, comment, address, _moment(decided_at)
        )
        for pk, name, as_of, status, value, comment, address, decided_at in rows
    ]


def _moment(text: str) -> datetime:
    """Return the moment that a database wrote; its driver would take ten times as long."""
    at = datetime.fromisoformat(text)
    # SQLite has them without their zone.
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def latest_readings(indicators: Collection[int], on: date) -> Iterator[ReportedReading]:
    """Yield what a status on a day depends on: each indicator's latest reading, in one query.

    Of what is met also the first of the unbroken row of readings that say so, which tells whether
    it was met late. Where the country reports, organisations are not asked: their status does not
    count then. Else one stands for all with the same status, named after it: which they are, how
    many and with what figures a status does not ask.
    """
    if not indicators:
        return
    # Written into it twice, as the numbers that they are: to look for hundreds of names in a
    # statement takes longer than to answer it.
    named = ", ".join(str(int(pk)) for pk in indicators)
    sql = LATEST.format(indicators=named, columns=COLUMNS, standing=STANDING)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": on, "met": MET, "approved": APPROVED})
        rows = cursor.fetchall()
    yield from _together(rows)


def _together(rows: Iterable[Row]) -> Iterator[ReportedReading]:
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
            yield ReportedReading(pk, whose, day, status, None)
