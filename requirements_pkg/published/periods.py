"""The packages of one category for periods one after the other, as the public sees them."""

from typing import NamedTuple

from django.db.models import CharField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from requirements_pkg.models import PackageVersion
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.published.catalogue import PackageVersions


def earlier_of(versions: PackageVersions) -> PackageVersions | None:
    """Return the versions for the period before; None where the category has none in force.

    One query, and another for its versions, unless they were asked just now.
    """
    slug = page_cache.remembered(("earlier", versions.slug), lambda: _slug_before(versions))
    return catalogue.versions_of(slug) if slug else None


def _slug_before(versions: PackageVersions) -> str:
    """Return the package of the category for the period before; "" without one."""
    if not versions.period:
        return ""
    packages = (
        PackageVersion.objects.in_force()
        .filter(facts__title=versions.newest.title)
        .exclude(package__slug=versions.slug)
        .annotate(period=Cast(KeyTextTransform("period", "facts__listing"), CharField()))
        .filter(period__gt="", period__lt=versions.period)
        .order_by("-period")
    )
    return packages.values_list("package__slug", flat=True).first() or ""


def later_of(versions: PackageVersions) -> PackageVersions | None:
    """Return the versions for the latest period after; None where the category has none."""
    slug, _period = versions.successor
    return catalogue.versions_of(slug) if slug else None


class OtherPeriod(NamedTuple):
    """A requirement as the package of another period has it."""

    slug: str
    period: str
    code: str


def elsewhere(versions: PackageVersions | None, uid: str) -> OtherPeriod | None:
    """Return where another period's newest version has a requirement; None where it has not."""
    code = catalogue.traces(versions).code(uid, versions.newest.number) if versions else ""
    if versions is None or not code:
        return None
    return OtherPeriod(versions.slug, versions.period, code)
