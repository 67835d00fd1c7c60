"""The facts of published versions in a table of their own: stored, and made where they lack."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from django.db.models import QuerySet

from requirements_pkg.document.facts import DocumentFacts, facts_of
from requirements_pkg.document.masking import MaskedWords, masked
from requirements_pkg.models import PackageVersion, VersionFacts
from requirements_pkg.published.masking import maskings_of


def store(versions: Iterable[PackageVersion]) -> None:
    """Store the facts of versions; whoever stores a version does it in the same transaction.

    Another process may be at it: what it has stored is the same, and stays.
    """
    rows = [_masked_row(version, maskings_of(version.content)) for version in versions]
    VersionFacts.objects.bulk_create(rows, ignore_conflicts=True)


def keep(version: PackageVersion, facts: DocumentFacts) -> None:
    """Store the facts of a version that is stored in the same transaction: nobody else can be."""
    maskings = maskings_of(version.content)
    row = _masked_row(version, maskings) if maskings else _row(version, facts)
    row.save(force_insert=True)


def drop(versions: Iterable[int]) -> None:
    """Take away the facts of versions whose words are masked otherwise than they were.

    They are made anew by `catch_up`, and until then by whoever meets a version that lacks them.
    """
    VersionFacts.objects.filter(version__in=versions).delete()


def catch_up() -> int:
    """Make the facts of versions that lack any, one version at a time; the number of those.

    An upgrade calls it, since a version may have been stored before it had such facts; and whoever
    meets one meanwhile does.
    """
    missing = PackageVersion.objects.filter(facts__isnull=True).order_by("pk")
    keys = list(missing.values_list("pk", flat=True))
    for pk in keys:
        store([PackageVersion.objects.only("content").get(pk=pk)])
    return len(keys)


def rows(versions: QuerySet[PackageVersion], *columns: str) -> list[tuple[Any, ...]]:
    """Read columns of versions and (`facts__…`) of their facts, which no version lacks then."""
    return complete(lambda: list(versions.values_list(*columns, "facts")))


def complete(ask: Callable[[], list[tuple[object, ...]]]) -> list[tuple[Any, ...]]:
    """Ask for rows whose last column is the key of facts, again once all versions have some.

    Returns:
        the rows without that column.
    """
    rows = ask()
    if any(key is None for *_columns, key in rows):
        catch_up()
        rows = ask()
    return [row[:-1] for row in rows]


def _masked_row(version: PackageVersion, maskings: tuple[MaskedWords, ...]) -> VersionFacts:
    """Return the facts of what may be read of a version."""
    row = _row(version, facts_of(masked(version.content, maskings)))
    row.masked = maskings
    return row


def _row(version: PackageVersion, facts: DocumentFacts) -> VersionFacts:
    return VersionFacts(
        version=version,
        **{field.name: getattr(facts, field.name) for field in fields(DocumentFacts)},
    )
