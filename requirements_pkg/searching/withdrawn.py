"""What a search for a code says of requirements that are withdrawn: what to use instead.

They are not among the texts that are found: nobody shall take one for what holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.document.facts import RequirementEntry
from requirements_pkg.document.schema import Requirement
from requirements_pkg.language.terms import joined
from requirements_pkg.models import PackageVersion
from requirements_pkg.published import catalogue, page_cache, stored_facts, version_parts
from requirements_pkg.published.version_info import HEAD, VersionInfo

# More packages than this have no code in common but by accident.
MOST: Final = 5
Where = tuple[str, VersionInfo]


@dataclass(frozen=True, slots=True)
class WithdrawnRequirement:
    """A withdrawn requirement, and what is to be used instead, if anything."""

    slug: str
    package: str
    code: str
    cite: str
    title: str
    on: str
    reason: str
    successor: tuple[str, str] | None


def withdrawn_with(code: str) -> list[WithdrawnRequirement]:
    """Return the withdrawn requirements of the versions in force that have a code.

    Args:
        code: as a question holds it, without its hyphen and zeros.
    """
    places = _having(code)[:MOST] if code else []
    return [requirement for place in places for requirement in _in(*place, code)]


def _having(code: str) -> list[Where]:
    """Return the versions in force that have a code, each with the slug of its package."""
    known = catalogue.in_force_key()

    def ask() -> dict[str, list[Where]]:
        keys = [pk for pk, _masked in known]
        versions = PackageVersion.objects.filter(pk__in=keys).order_by("package__slug")
        by_code = dict[str, list[Where]]()
        rows = stored_facts.rows(versions, "package__slug", "facts__requirements", *HEAD)
        for slug, marks, *head in rows:
            for joined_code in dict.fromkeys(
                joined(code) for _place, code, _mark in marks.values()
            ):
                by_code.setdefault(joined_code, []).append((slug, VersionInfo.of(tuple(head))))
        return by_code

    return page_cache.content(("versions with code", known), ask).get(code, [])


def _in(slug: str, version: VersionInfo, code: str) -> Iterator[WithdrawnRequirement]:
    index = version_parts.index_of(version)
    for entry in index.entries:
        if entry.is_withdrawn and joined(entry.code) == code:
            requirement = version_parts.requirement_with(version, entry.uid)
            # What a shared module has withdrawn is told once: of the module.
            if not requirement.module:
                yield _withdrawn(slug, version, requirement, index.links(entry.uid).successor)


def _withdrawn(
    slug: str,
    version: VersionInfo,
    requirement: Requirement,
    successor: RequirementEntry | None,
) -> WithdrawnRequirement:
    withdrawal = requirement.withdrawn
    return WithdrawnRequirement(
        slug=slug,
        package=version.title,
        code=requirement.code,
        cite=citation(requirement),
        title=requirement.title,
        on=withdrawal.on if withdrawal else "",
        reason=withdrawal.reason if withdrawal else "",
        successor=(successor.code, successor.title) if successor else None,
    )
