"""What was published and withdrawn lately, for the start page and the feeds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models.functions import Coalesce, Greatest

from requirements_pkg.models import PackageVersion
from requirements_pkg.published import page_cache, stored_facts

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class PublicationNews:
    """A version that was published, or withdrawn: what a reader wants to hear of."""

    slug: str
    title: str
    number: int
    at: datetime
    text: str
    # The years of its plan, "" of a shared module.
    period: str = ""
    is_withdrawal: bool = False


def latest(slug: str = "") -> tuple[PublicationNews, ...]:
    """Return what was published or withdrawn lately, of one package or all: one query or none."""
    return page_cache.remembered(("news", slug), lambda: _news(slug), about=slug)


def _news(slug: str) -> tuple[PublicationNews, ...]:
    withdrawn_at = Coalesce("withdrawal__withdrawn_at", "published_at")
    versions = PackageVersion.objects.annotate(last=Greatest("published_at", withdrawn_at))
    if slug:
        versions = versions.of(slug)
    rows = stored_facts.rows(
        versions.order_by("-last", "-pk")[:MOST],
        *("package__slug", "facts__title", "number", "published_at", "note"),
        *("withdrawal__withdrawn_at", "withdrawal__reason", "facts__listing"),
    )
    entries = []
    for package, title, number, published_at, note, at, reason, listing in rows:
        head, period = (package, title, number), listing.period
        entries.append(PublicationNews(*head, published_at, note, period))
        if at is not None:
            entries.append(PublicationNews(*head, at, reason, period, is_withdrawal=True))
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST])
