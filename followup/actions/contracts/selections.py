"""From what a buyer chose to the requirements of a contract, as they read in their version."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from followup.models import ContractRequirement
from requirements_pkg.choosing.pasted import line_of
from requirements_pkg.choosing.selection_group import SelectionGroup
from requirements_pkg.models import PackageVersion, Requirement

# The slug of a package, and the number of a version.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A published version, and the keys of the requirements that it tells of, by uid."""

    version: PackageVersion
    keys: dict[str, int]


class Versions:
    """The published versions that selections name, each read once."""

    def __init__(self) -> None:
        self._read: dict[Place, ReadVersion | None] = {}

    def get(self, slug: str, number: int) -> ReadVersion | None:
        """Return a version; None where there is no such."""
        place = slug, number
        if place not in self._read:
            self._read[place] = _read_version(slug, number)
        return self._read[place]


def _read_version(slug: str, number: int) -> ReadVersion | None:
    rows = PackageVersion.objects.filter(package__slug=slug, number=number)
    version = rows.select_related("package").first()
    if version is None:
        return None
    uids = [wording.uid for wording in version.content.requirements]
    stored = Requirement.objects.known_in(version.package_id).filter(uid__in=uids)
    return ReadVersion(version, {str(uid): pk for uid, pk in stored.values_list("uid", "pk")})


def requirements_of(
    groups: Collection[SelectionGroup], versions: Versions
) -> list[ContractRequirement]:
    """Return what is chosen in some versions as rows of a contract, not stored yet.

    Raises:
        ValidationError: a sentence for each thing that is not there, or is there twice.
    """
    faults: list[str] = []
    rows: dict[int, ContractRequirement] = {}
    for group in groups:
        read = versions.get(group.slug, group.number or 0)
        values = {"package": group.slug, "number": group.number}
        if read is None:
            sentence = _("There is no version %(number)s of the package “%(package)s”.")
            faults.append(sentence % values)
            continue
        if unknown := group.requirements_in(read.version.content).unknown:
            sentence = _("%(package)s version %(number)s has no requirement %(codes)s.")
            faults.append(sentence % {**values, "codes": ", ".join(unknown)})
        for row in _rows(group, read):
            if row.requirement_id in rows:
                sentence = _("%(code)s is chosen twice, in two versions or packages. Keep one.")
                faults.append(sentence % {"code": row.code})
            row.position = len(rows)
            rows[row.requirement_id] = row
    if faults:
        raise ValidationError(list(dict.fromkeys(faults)))
    return list(rows.values())


def _rows(group: SelectionGroup, read: ReadVersion) -> Iterator[ContractRequirement]:
    settled = group.settled(read.version.content)
    for wording in settled.requirements_in(read.version.content).requirements:
        yield ContractRequirement(
            version=read.version,
            requirement_id=read.keys[wording.uid],
            code=wording.code,
            revision=wording.revision,
            values={
                key: value for (code, key), value in settled.values.items() if code == wording.code
            },
            points=wording.max_points,
        )


def lines_of(rows: Iterable[ContractRequirement]) -> str:
    """Return the requirements of a contract as lines that `groups_in` reads as the same.

    The rows have their version with its package; of a requirement the code of that version.
    """
    by_version: dict[Place, list[ContractRequirement]] = {}
    for row in rows:
        place = row.version.package.slug, row.version.number
        by_version.setdefault(place, []).append(row)
    return "\n".join(
        line_of(
            SelectionGroup(
                slug=slug,
                number=number,
                codes=tuple(row.code for row in own),
                values={
                    (row.code, key): value for row in own for key, value in row.values.items()
                },
            )
        )
        for (slug, number), own in by_version.items()
    )
