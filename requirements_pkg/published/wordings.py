"""Which version has which wording of a requirement: `SE-01:2`, as people cite it."""

from requirements_pkg.document.schema import Requirement
from requirements_pkg.models import PackageVersion
from requirements_pkg.models.fields import FirstMember
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.published.catalogue import PackageVersions
from requirements_pkg.published.version_info import VersionInfo


def with_wording(versions: PackageVersions, code: str, number: int) -> VersionInfo | None:
    """Return the newest version in which a requirement has the wording of this number.

    What wordings it has is read once, by one query, in the versions in which it was changed.
    """
    package_traces = catalogue.traces(versions)
    if code not in package_traces.codes:
        return None
    _newest, uid = package_traces.codes[code]

    def ask() -> dict[int, int]:
        ends = [run.newest.number for run in package_traces.runs[uid]]
        requirement = FirstMember("content", "requirements.uid", uid, of=Requirement)
        rows = PackageVersion.objects.of(versions.slug).filter(number__in=ends)
        numbers = dict[int, int]()
        # Of the versions with a wording the newest comes first.
        for version, wording in rows.values_list("number", requirement):
            numbers.setdefault(wording.revision, version)
        return numbers

    numbers = page_cache.content(("wordings", versions.slug, uid, versions.key), ask)
    return versions.get(numbers[number]) if number in numbers else None
