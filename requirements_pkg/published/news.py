"""What was published, withdrawn and masked lately, for the start page and the feeds.

Apps to the right add what they publish: see `requirements_pkg.extension_points`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from actionplan.extension_points import ExtensionPoint
from requirements_pkg.document.masking import MaskedWords, masked_text, own_words
from requirements_pkg.models import PackageVersion
from requirements_pkg.published import page_cache, stored_facts

MOST: Final = 50


class NewsKind(StrEnum):
    """What has happened."""

    VERSION = "version"
    WITHDRAWAL = "withdrawal"
    REPORT = "report"
    MASKING = "masking"


@dataclass(frozen=True, slots=True)
class PublicationNews:
    """Something that was published, withdrawn or masked: what a reader wants to hear of.

    `number` is that of the version, or of the follow-up report; of a masking that of the newest
    version, and its text the provision.
    """

    slug: str
    title: str
    number: int
    at: datetime
    text: str
    # The years of its plan, "" of a shared module.
    period: str = ""
    kind: NewsKind = NewsKind.VERSION

    @property
    def is_withdrawal(self) -> bool:
        """Whether a version is no longer to be used."""
        return self.kind == NewsKind.WITHDRAWAL

    @property
    def is_report(self) -> bool:
        """Whether it is a follow-up report."""
        return self.kind == NewsKind.REPORT

    @property
    def is_masking(self) -> bool:
        """Whether words of what is published were masked."""
        return self.kind == NewsKind.MASKING

    @property
    def path(self) -> str:
        """Where one reads it."""
        if self.is_masking:
            return reverse("versions", args=[self.slug])
        return reverse("report" if self.is_report else "version", args=[self.slug, self.number])


# What else is news of a package by its slug, or ("") of all: the newest, at most so many.
published_news = ExtensionPoint[Callable[[str, int], Iterable[PublicationNews]]]()


def latest(slug: str = "") -> tuple[PublicationNews, ...]:
    """Return what was published or withdrawn lately, of one package or all.

    A query here and one of each app that adds to it, or none while it is remembered.
    """

    def ask() -> tuple[PublicationNews, ...]:
        others = (entry for tell in published_news for entry in tell(slug, MOST))
        return _newest((*_of_versions(slug), *others))

    return page_cache.remembered(("news", slug), ask, about=slug)


def masked_lately(slugs: Collection[str], *, most: int) -> list[PublicationNews]:
    """Return when words of what these packages published were masked, newest first: one query."""
    numbers = PackageVersion.objects.filter(package=OuterRef("package")).order_by("-number")
    rows = stored_facts.rows(
        PackageVersion.objects.filter(
            package__slug__in=slugs, number=Subquery(numbers.values("number")[:1])
        ),
        *("package__slug", "facts__title", "number", "facts__listing", "facts__masked"),
    )
    entries = [
        entry
        for package, title, number, listing, masked in rows
        for entry in _of_maskings(package, title, number, listing.period, masked)
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:most]


def _of_maskings(
    slug: str, title: str, number: int, period: str, maskings: Iterable[MaskedWords]
) -> list[PublicationNews]:
    """Return when words were masked in what a package's newest version says."""
    return [
        PublicationNews(
            *(slug, title, number, masking.at, masking.provision), period, NewsKind.MASKING
        )
        for masking in maskings
    ]


def versions() -> tuple[PublicationNews, ...]:
    """Return which versions were published or withdrawn lately: one query, or none."""
    return page_cache.remembered("news of versions", lambda: _newest(_of_versions("")))


def _newest(entries: Iterable[PublicationNews]) -> tuple[PublicationNews, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST])


def _of_versions(slug: str) -> list[PublicationNews]:
    withdrawn_at = Coalesce("withdrawal__withdrawn_at", "published_at")
    versions = PackageVersion.objects.annotate(last=Greatest("published_at", withdrawn_at))
    if slug:
        versions = versions.of(slug)
    rows = stored_facts.rows(
        versions.order_by("-last", "-pk")[:MOST],
        *("package__slug", "facts__title", "number", "published_at", "note"),
        *("withdrawal__withdrawn_at", "withdrawal__reason", "facts__listing", "facts__masked"),
    )
    entries = []
    newest = max((row[2] for row in rows), default=0)
    for package, title, number, published_at, note, at, reason, listing, masked in rows:
        if slug and number == newest:
            entries += _of_maskings(package, title, number, listing.period, masked)
        head, period, words = (package, title, number), listing.period, own_words(masked)
        entries.append(PublicationNews(*head, published_at, masked_text(note, words), period))
        if at is not None:
            text = masked_text(reason, words)
            entries.append(PublicationNews(*head, at, text, period, NewsKind.WITHDRAWAL))
    return entries
