"""The draft of a package as it would be published: rows become one document."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from requirements_pkg.document import schema
from requirements_pkg.document.plan import frozen
from requirements_pkg.document.schema import Document
from requirements_pkg.document.wording import wording_hash
from requirements_pkg.drafting import draft_rows
from requirements_pkg.drafting.draft_rows import OWN
from requirements_pkg.extension_points import published_lessons
from requirements_pkg.models import Requirement, RequirementsPackage
from risks.exporting.document import dimension_names, plan_document, stage_names

Grouped = defaultdict[int | None, list[Any]]
# A wording that is to be kept: its requirement's row, its number, its checksum.
Wording = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, and the rows of the package's own requirements by uid."""

    content: Document
    keys: Mapping[str, int]
    # Of its own requirements that were published before, by uid: the checksum of the words that
    # they have now, "" where those are published.
    reworded: Mapping[str, str]


def draft_content(package: RequirementsPackage) -> Document:
    """What would be published of a package now: about twenty queries, however large it is."""
    return drafted(package).content


def drafted(package: RequirementsPackage) -> Drafted:
    """The same, and which rows its requirements are."""
    demands, keys, reworded = _demands(package)
    plan = package.plan and plan_document(package.plan, has_contacts=False)
    document = Document(
        schema=schema.SCHEMA,
        package=schema.PackageHead(package.slug, package.title, package.introduction),
        plan=frozen(plan) if plan else None,
        stages=_labels(stage_names()),
        dimensions=_labels(dimension_names()),
        region_name=package.region.name,
        modules=demands.modules,
        requirements=demands.requirements,
        indicators=demands.indicators,
        lessons=demands.lessons,
    )
    return Drafted(document, keys, reworded)


def new_wordings(draft: Drafted) -> list[Wording]:
    """The wordings of a package's own requirements that were never published."""
    found = []
    for one in draft.content.requirements:
        if one.module is None:
            digest = draft.reworded.get(one.uid)
            if digest is None:
                digest = wording_hash(one)
            if digest:
                found.append((draft.keys[one.uid], one.revision, digest))
    return found


@dataclass(frozen=True, slots=True)
class _Demands:
    """The requirements of a package in reading order, and where they come from and lead to."""

    requirements: tuple[schema.Requirement, ...] = ()
    modules: tuple[schema.Module, ...] = ()
    indicators: tuple[schema.Indicator, ...] = ()
    lessons: tuple[schema.Lesson, ...] = ()


def _labels(names: Mapping[str, str]) -> tuple[schema.Label, ...]:
    return tuple(schema.Label(code, name) for code, name in names.items())


def _demands(package: RequirementsPackage) -> tuple[_Demands, dict[str, int], dict[str, str]]:
    """What a package demands, and of its own requirements the rows and what is reworded."""
    if package.pk is None:
        return _Demands(), {}, {}
    included = draft_rows.inclusions(package.pk)
    module_keys = [row[0] for row in included]
    places = _Places(package.plan_id, [package.pk, *module_keys])
    parts = _Parts(package.pk)
    requirements, own_keys = _own(package.pk, parts, places)
    keys = _keys(module_keys)
    modules = []
    for _module, slug, number, document in included:
        modules.append(schema.Module(slug, document.package.title, number))
        of_version = schema.ModuleVersion(slug, number)
        for one in document.requirements:
            # The words are the module's; which of this plan's risks they treat is the plan's.
            pk = keys.get(one.uid)
            here = {"treats": tuple(places.treats[pk]), "serves": tuple(places.serves[pk])}
            requirements.append(msgspec.structs.replace(one, **here, module=of_version))
    own = {one.uid: one.revision for one in requirements if one.module is None}
    lessons = [lesson for tell in published_lessons for lesson in tell(package, own)]
    found = tuple(requirements), tuple(modules), _indicators(package.plan_id), tuple(lessons)
    return _Demands(*found), own_keys, parts.reworded


def _indicators(plan: int | None) -> tuple[schema.Indicator, ...]:
    """What the plan's own JSON does not say of its indicators, in the plan's order."""
    rows = [] if plan is None else draft_rows.indicators(plan)
    return tuple(schema.Indicator(*map(_plain, row)) for row in rows)


def _plain(value: Any) -> Any:
    """A figure or a date as a text that is the same on every database, "" for none."""
    if isinstance(value, Decimal):
        # Without the zeros that a column adds: 12.500 is 12.5.
        return f"{value.normalize():f}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def _keys(modules: list[int]) -> dict[str, int]:
    """The rows of the modules' requirements by uid; nothing is asked where there is no module."""
    return {str(uid): pk for uid, pk in draft_rows.keys(modules)}


def _own(
    package: int, parts: "_Parts", places: "_Places"
) -> tuple[list[schema.Requirement], dict[str, int]]:
    """The requirements of a package's own, and their rows by uid."""
    rows = draft_rows.requirements(package)
    at = len(OWN)
    keys = {str(row[at + 1]): row[at] for row in rows}
    uids = {pk: uid for uid, pk in keys.items()}
    # A fault, which the quality rules tell: what they point at is in another package.
    if elsewhere := {pk for row in rows for pk in row[-2:] if pk} - uids.keys():
        others = Requirement.objects.filter(pk__in=elsewhere).values_list("pk", "uid")
        uids |= {pk: str(uid) for pk, uid in others}
    return [_requirement(row, uids, parts, places) for row in rows], keys


def _requirement(
    row: tuple[Any, ...], uids: Mapping[int, str], parts: "_Parts", places: "_Places"
) -> schema.Requirement:
    pk, _uid, cpv, on, reason, replaces, successor = row[len(OWN) :]
    withdrawn = None
    if on is not None:
        instead = uids[successor] if successor else None
        withdrawn = schema.Withdrawal(on.isoformat(), reason, instead)
    one = schema.Requirement(
        # What is read last has no name of its own in a document.
        **dict(zip(OWN, row, strict=False)),
        uid=uids[pk],
        revision=1,
        replaces=uids[replaces] if replaces else None,
        withdrawn=withdrawn,
        product_areas=tuple(parts.areas[pk]),
        cpv=tuple(cpv.split()),
        sources=tuple(parts.sources[pk]),
        treats=tuple(places.treats[pk]),
        serves=tuple(places.serves[pk]),
        module=None,
    )
    if pk in parts.published:
        number, published = parts.published[pk]
        digest = wording_hash(one)
        is_new = digest != published
        parts.reworded[uids[pk]] = digest if is_new else ""
        if number + is_new != one.revision:
            return msgspec.structs.replace(one, revision=number + is_new)
    return one


class _Parts:
    """What hangs on the requirements of a package, by their keys."""

    def __init__(self, package: int) -> None:
        self.sources: Grouped = defaultdict(list)
        for pk, title, url, dated in draft_rows.sources(package):
            date_of = dated.isoformat() if dated else ""
            self.sources[pk].append(schema.Source(title, url, date_of))
        self.areas: Grouped = defaultdict(list)
        for pk, number in draft_rows.areas(package):
            self.areas[pk].append(number)
        # The newest published wording: its number and its checksum.
        self.published: dict[int, tuple[int, str]] = {
            pk: (number, digest) for pk, number, digest in draft_rows.published(package)
        }
        # See `Drafted`; each is found when its requirement is put together.
        self.reworded: dict[str, str] = {}


class _Places:
    """Where in this plan a requirement is needed: the risks it treats, the sub-goals it serves."""

    def __init__(self, plan: int | None, packages: list[int]) -> None:
        # By the keys of requirements.
        self.treats: Grouped = defaultdict(list)
        self.serves: Grouped = defaultdict(list)
        if plan is None:
            return
        for pk, *row in draft_rows.treatments(plan, packages):
            self.treats[pk].append(schema.TreatedRisk(*row))
        for pk, *row in draft_rows.services(plan, packages):
            self.serves[pk].append(schema.ServedGoal(*row))
