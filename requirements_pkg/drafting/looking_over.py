"""Which requirements somebody should look over: nobody has for long, or a source is gone.

Publishing a wording counts as a look: two people have read it. A requirement that was never
published is being written, and asks for nothing but its sources.
"""

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from actionplan.django_edges import AnyRows
from requirements_pkg.models import (
    LinkCheck,
    Requirement,
    RequirementLook,
    RequirementRevision,
    RequirementSource,
)
from requirements_pkg.models.dialogue.months import months_before

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def to_look_over(rows: QuerySet[Requirement], now: datetime) -> AnyRows:
    """Return those of some requirements that ask to be looked over, with what `seen` notes."""
    is_old = Q(seen_at__lte=months_before(now, settings.LOOK_OVER_MONTHS))
    return seen(rows).filter(is_old | Q(failing_since__isnull=False), state="active")


def asks(seen_at: datetime | None, failing_since: datetime | None, now: datetime) -> bool:
    """Tell whether a requirement in force asks, by what `seen` notes of it."""
    before = months_before(now, settings.LOOK_OVER_MONTHS)
    return failing_since is not None or (seen_at is not None and seen_at <= before)


def asking_since(seen_at: datetime | None, failing_since: datetime | None) -> datetime:
    """Return when requirements ask that were seen at a moment; one of the two is known."""
    aged = None if seen_at is None else months_before(seen_at, -settings.LOOK_OVER_MONTHS)
    return min(moment for moment in (aged, failing_since) if moment is not None)


def seen(rows: QuerySet[Requirement]) -> AnyRows:
    """Note of requirements when somebody last read them, and since when a source is gone.

    `seen_at` is None for what nobody has; `failing_since` for one whose sources all answer, or
    did not when it was last looked over.
    """
    looks = RequirementLook.objects.filter(requirement=OuterRef("pk")).order_by("-at")
    wordings = RequirementRevision.objects.filter(requirement=OuterRef("pk"))
    published = wordings.order_by("-number").values("version__published_at")
    looked_at, published_at = Subquery(looks.values("at")[:1]), Subquery(published[:1])
    long_ago = Value(LONG_AGO)
    own = RequirementSource.objects.filter(requirement=OuterRef(OuterRef("pk"))).values("url")
    failing = LinkCheck.objects.filter(
        address__in=own,
        # After the last look: who looked then has seen that it is gone.
        failing_since__gt=Coalesce(OuterRef("looked_at"), long_ago),
    ).order_by("failing_since")
    return rows.annotate(looked_at=looked_at, published_at=published_at).annotate(
        # The greatest of what is not known is not known.
        seen_at=Coalesce(Greatest("looked_at", "published_at"), F("looked_at"), F("published_at")),
        failing_since=Subquery(failing.values("failing_since")[:1]),
    )
