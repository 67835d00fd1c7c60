"""The versions that a selection names, with what they say: read for its page and its files."""

from dataclasses import dataclass

from django.http import Http404

from requirements_pkg.choosing.selection import Selection
from requirements_pkg.choosing.selection_group import (
    GroupKey,
    SelectedRequirements,
    SelectionGroup,
)
from requirements_pkg.document.schema import Document
from requirements_pkg.published import catalogue
from requirements_pkg.published.catalogue import PackageVersions
from requirements_pkg.published.version_info import VersionInfo


@dataclass(frozen=True, slots=True)
class SelectedVersion:
    """A group of a selection, and the version that it is of."""

    group: SelectionGroup
    versions: PackageVersions
    version: VersionInfo
    content: Document

    @property
    def slug(self) -> str:
        """The package."""
        return self.group.slug

    @property
    def picked(self) -> SelectedRequirements:
        """What its codes lead to."""
        return self.group.requirements_in(self.content)


@dataclass(frozen=True, slots=True)
class ReadSelection:
    """A selection in its one spelling, with the versions that it names."""

    selection: Selection
    parts: tuple[SelectedVersion, ...]
    # Groups of a package or a version that is not published.
    missing: tuple[SelectionGroup, ...] = ()


def read_selection(selection: Selection) -> ReadSelection:
    """Read the versions of a selection, and settle it.

    Raises:
        Http404: none of its packages and versions exists.
    """
    found_versions = {}
    for group in selection.groups:
        if (versions := _versions(group)) is not None:
            found_versions[group.key] = versions, versions.get(group.number)
    if not found_versions:
        raise Http404

    def number_of(group: SelectionGroup) -> int | None:
        known = found_versions.get(group.key)
        return group.number if known is None else known[1].number

    pinned = selection.pinned(number_of)
    by_key: dict[GroupKey, tuple[PackageVersions, VersionInfo]] = {
        (slug, version.number): (versions, version)
        for (slug, _number), (versions, version) in found_versions.items()
    }
    contents = {
        group.key: catalogue.content_of(by_key[group.key][1])
        for group in pinned.groups
        if group.key in by_key
    }
    settled = pinned.settled(contents)
    parts = tuple(
        SelectedVersion(group, *by_key[group.key], contents[group.key])
        for group in settled.groups
        if group.key in contents
    )
    missing = tuple(group for group in settled.groups if group.key not in contents)
    return ReadSelection(settled, parts, missing)


def _versions(group: SelectionGroup) -> PackageVersions | None:
    """Return the versions of a group's package, where its own is among them."""
    try:
        versions = catalogue.versions_of(group.slug)
        versions.get(group.number)
    except Http404:
        return None
    return versions
