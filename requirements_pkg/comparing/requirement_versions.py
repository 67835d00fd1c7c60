"""What some versions have of one requirement, without the rest of their contents."""

from collections.abc import Iterable, Iterator

import msgspec
from django.db.models import Case, F, When

from requirements_pkg.comparing.history import RequirementInVersion
from requirements_pkg.comparing.lines import ContentNames
from requirements_pkg.document.facts import Listing
from requirements_pkg.document.masking import masked
from requirements_pkg.document.schema import Requirement
from requirements_pkg.models import PackageVersion
from requirements_pkg.published.catalogue import PackageVersions
from requirements_pkg.published.traces import RequirementPlace, Traces, VersionTurn


def of(cuts: Iterable[VersionTurn]) -> Iterator[RequirementPlace]:
    """Yield the two sides of each cut, newer and older: they tell what was changed."""
    for cut in cuts:
        yield from filter(None, (cut.newer, cut.older))


def seen(
    versions: PackageVersions, traces: Traces, wanted: Iterable[RequirementPlace]
) -> dict[int, RequirementInVersion]:
    """Return a requirement as versions have it, by number: one query, which reads little else."""
    keys = {version.number: version.pk for version in versions.all}
    places = {keys[sight.number]: sight.place for sight in wanted}
    column = Case(
        *(When(pk=pk, then=F(f"content__requirements__{at}")) for pk, at in places.items())
    )
    rows = PackageVersion.objects.filter(pk__in=places).values_list(
        "number", column, "facts__listing", "facts__masked"
    )
    return {
        number: RequirementInVersion(requirement, _names(traces, number, requirement, listing))
        for number, stored, listing, maskings in rows
        for requirement in (masked(msgspec.convert(stored, Requirement), maskings),)
    }


def _names(
    traces: Traces,
    number: int,
    requirement: Requirement,
    listing: Listing,
) -> ContentNames:
    return ContentNames(
        dict(listing.areas),
        dict(listing.stages),
        dict(listing.dimensions),
        {uid: traces.code(uid, number) for uid in _named(requirement)},
        {module.slug: module.title for module in listing.modules},
    )


def _named(requirement: Requirement) -> Iterator[str]:
    """Yield the uids of the requirements that a requirement names."""
    yield from filter(None, [requirement.replaces])
    if requirement.withdrawn is not None:
        yield from filter(None, [requirement.withdrawn.successor])
