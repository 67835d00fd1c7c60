"""The draft of a package as it would be published: rows become one document."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final

import msgspec

from actionplan.database.prepared_queries import (
    Key,
    KeyedQuery,
    Row,
    Steps,
    alone,
    in_step,
    side_by_side,
)
from actionplan.word.document import PlanDocument
from requirements_pkg.document import schema
from requirements_pkg.document.plan import frozen
from requirements_pkg.document.requirement_fields import STORED
from requirements_pkg.document.schema import Document
from requirements_pkg.document.wording import wording_hash
from requirements_pkg.drafting import draft_rows
from requirements_pkg.extension_points import published_lessons
from requirements_pkg.models import Requirement, RequirementsPackage
from risks.exporting.document import HeadingNames, document_steps, grid_steps

Grouped = defaultdict[int | None, list[Any]]
# What a document says of a requirement beside what is stored in its row.
REST: Final = (
    *("uid", "revision", "replaces", "withdrawn", "product_areas", "cpv", "sources"),
    *("treats", "serves", "module", "proofs"),
)
# Puts values in the order that a document has: without their names, for there are thousands.
_in_order: Final = itemgetter(*map((*STORED, *REST).index, schema.Requirement.__struct_fields__))
# A wording that is to be kept: its requirement's row, its number, its checksum.
Wording = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class DraftWithRows:
    """A draft, and the rows of the package's own requirements by uid."""

    content: Document
    keys: Mapping[str, int]
    # Of its own requirements that were published before, by uid: the checksum of the words that
    # they have now, "" where those are published.
    reworded: Mapping[str, str]
    # By slug of an included module: the number of its newest version that is not withdrawn.
    newest: Mapping[str, int]
    # Slugs of modules that are included at a version that has been withdrawn.
    withdrawn: tuple[str, ...]


def draft_content(package: RequirementsPackage) -> Document:
    """Return what would be published of a package now: as many queries however large it is."""
    return drafted(package).content


def drafted(package: RequirementsPackage) -> DraftWithRows:
    """Return what would be published of a package now, and which rows its requirements are."""
    return alone(_drafting(package))


def all_drafted(packages: Iterable[RequirementsPackage]) -> list[DraftWithRows]:
    """Return the drafts of several packages: three queries for however many."""
    return in_step(*map(_drafting, packages))


def _drafting(package: RequirementsPackage) -> Steps[DraftWithRows]:
    drafted, (plan, names) = yield from side_by_side(_requirements_of(package), _plan_of(package))
    document = Document(
        schema=schema.SCHEMA,
        package=schema.PackageHead(package.slug, package.title, package.introduction),
        plan=frozen(plan) if plan else None,
        stages=_labels(names["stage_names"]),
        dimensions=_labels(names["dimension_names"]),
        region_name=package.region.name,
        modules=drafted.modules,
        requirements=drafted.requirements,
        indicators=drafted.indicators,
        lessons=drafted.lessons,
        consultations=drafted.consultations,
    )
    return DraftWithRows(
        document, drafted.keys, drafted.reworded, drafted.newest, drafted.withdrawn
    )


def _plan_of(package: RequirementsPackage) -> Steps[tuple[PlanDocument | None, HeadingNames]]:
    """Ask for the plan of a package, and the names of the grid, which a shared module has too."""
    if package.plan is None:
        return None, (yield from grid_steps())
    return (yield from document_steps(package.plan))


def new_wordings(draft: DraftWithRows) -> list[Wording]:
    """Return the wordings of a package's own requirements that were never published."""
    wordings = []
    for requirement in draft.content.requirements:
        if requirement.module is None:
            digest = draft.reworded.get(requirement.uid)
            if digest is None:
                digest = wording_hash(requirement)
            if digest:
                wordings.append((draft.keys[requirement.uid], requirement.revision, digest))
    return wordings


@dataclass(frozen=True, slots=True)
class _DraftRequirements:
    """The requirements of a package in reading order, and where they come from and lead to."""

    requirements: tuple[schema.Requirement, ...] = ()
    modules: tuple[schema.Module, ...] = ()
    indicators: tuple[schema.Indicator, ...] = ()
    lessons: tuple[schema.Lesson, ...] = ()
    consultations: tuple[schema.ConsultationSummary, ...] = ()
    # As in `DraftWithRows`.
    keys: Mapping[str, int] = field(default_factory=dict)
    reworded: Mapping[str, str] = field(default_factory=dict)
    newest: Mapping[str, int] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()


def _labels(names: Mapping[str, str]) -> tuple[schema.Label, ...]:
    return tuple(schema.Label(code, name) for code, name in names.items())


def _requirements_of(package: RequirementsPackage) -> Steps[_DraftRequirements]:
    """Ask for the requirements of a package: two queries, and one for its lessons."""
    if package.pk is None:
        return _DraftRequirements()
    (included,) = yield [draft_rows.inclusions.of(package.pk)]
    rows = _Rows(*(yield _questions(package, [module for module, *_version in included])))
    places, parts = _Places(rows), _Parts(rows)
    requirements, own_keys = _own(rows.requirements, parts, places)
    keys = {str(uid): pk for uid, pk in rows.keys}
    modules = []
    for _module, slug, number, *_now, document in included:
        modules.append(schema.Module(slug, document.package.title, number))
        of_version = schema.ModuleVersion(slug, number)
        for requirement in document.requirements:
            # The words are the module's; which of this plan's risks they treat is the plan's.
            pk = keys.get(requirement.uid)
            here = {"treats": tuple(places.treats[pk]), "serves": tuple(places.serves[pk])}
            requirements.append(msgspec.structs.replace(requirement, **here, module=of_version))
    own = {
        requirement.uid: requirement.revision
        for requirement in requirements
        if requirement.module is None
    }
    lessons: list[schema.Lesson] = []
    for tell in published_lessons:
        lessons += yield from tell(package, own)
    return _DraftRequirements(
        tuple(requirements),
        tuple(modules),
        tuple(schema.Indicator(*map(_plain, row)) for row in rows.indicators),
        tuple(lessons),
        _latest_consultations(rows.consultations),
        own_keys,
        parts.reworded,
        {slug: newest for _module, slug, _number, newest, *_rest in included if newest},
        tuple(row[1] for row in included if row[-2] is not None),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that a draft is put together of: read at once, each kind in its own order."""

    requirements: list[Row]
    sources: list[Row]
    areas: list[Row]
    proofs: list[Row]
    published: list[Row]
    # Of the requirements of modules; there are none where no module is included.
    keys: list[Row]
    treatments: list[Row]
    services: list[Row]
    indicators: list[Row]
    consultations: list[Row]


def _questions(package: RequirementsPackage, modules: list[int]) -> list[KeyedQuery]:
    """Return what to ask of the package, and of its plan, in the order of `_Rows`."""
    # A shared module has no plan, and of no key no row has one.
    plan: Key = [] if package.plan_id is None else package.plan_id
    packages = [package.pk, *modules]
    own = (
        *(draft_rows.requirements, draft_rows.sources, draft_rows.areas),
        *(draft_rows.proofs, draft_rows.published),
    )
    of_plan = (draft_rows.treatments, draft_rows.services)
    return [
        *(query.of(package.pk) for query in own),
        draft_rows.keys.of(modules),
        *(query.of(plan, packages) for query in of_plan),
        draft_rows.indicators.of(plan),
        draft_rows.consultations.of(package.pk),
    ]


def _latest_consultations(rows: list[Row]) -> tuple[schema.ConsultationSummary, ...]:
    """Return the consultations on the draft since a version in force; the last that had any.

    Those before stand in the version that they led to.
    """
    latest = max((base or 0 for _summary, base in rows), default=0)
    return tuple(
        msgspec.json.decode(summary, type=schema.ConsultationSummary)
        for summary, base in rows
        if (base or 0) == latest
    )


def _plain(value: Any) -> Any:
    """Return a figure or a date as the same text on every database, "" for none."""
    if isinstance(value, Decimal):
        # Without the zeros that a column adds: 12.500 is 12.5.
        return f"{value.normalize():f}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def _hyphened(uid: str) -> str:
    """Write an identity as everywhere; SQLite keeps it without its hyphens."""
    if "-" in uid:
        return uid
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"


def _own(
    rows: list[Row], parts: "_Parts", places: "_Places"
) -> tuple[list[schema.Requirement], dict[str, int]]:
    """Return the requirements of a package's own, and the keys of their rows by uid."""
    at = len(STORED)
    keys = {_hyphened(row[at + 1]): row[at] for row in rows}
    uids = {pk: uid for uid, pk in keys.items()}
    # A fault, which the quality rules tell: what they point at is in another package.
    if elsewhere := {pk for row in rows for pk in row[-2:] if pk} - uids.keys():
        others = Requirement.objects.filter(pk__in=elsewhere).values_list("pk", "uid")
        uids |= {pk: str(uid) for pk, uid in others}
    return [_requirement(row, uids, parts, places) for row in rows], keys


def _requirement(
    row: tuple[Any, ...], uids: Mapping[int, str], parts: "_Parts", places: "_Places"
) -> schema.Requirement:
    pk, _uid, cpv, on, reason, replaces, successor = row[len(STORED) :]
    withdrawn = None
    if on is not None:
        instead = uids[successor] if successor else None
        withdrawn = schema.Withdrawal(on.isoformat(), reason, instead)
    rest = (
        uids[pk],
        1,
        uids[replaces] if replaces else None,
        withdrawn,
        tuple(parts.areas[pk]),
        tuple(cpv.split()),
        tuple(parts.sources[pk]),
        tuple(places.treats[pk]),
        tuple(places.serves[pk]),
        None,
        tuple(parts.proofs[pk]),
    )
    # What is read last has no name of its own in a document.
    requirement = schema.Requirement(*_in_order((*row[: len(STORED)], *rest)))
    if pk in parts.published:
        number, published = parts.published[pk]
        digest = wording_hash(requirement)
        is_new = digest != published
        parts.reworded[uids[pk]] = digest if is_new else ""
        if number + is_new != requirement.revision:
            return msgspec.structs.replace(requirement, revision=number + is_new)
    return requirement


class _Parts:
    """What hangs on the requirements of a package, by their keys."""

    def __init__(self, rows: _Rows) -> None:
        self.sources: Grouped = defaultdict(list)
        for pk, title, url, dated in rows.sources:
            date_of = dated.isoformat() if dated else ""
            self.sources[pk].append(schema.Source(title, url, date_of))
        self.areas: Grouped = defaultdict(list)
        for pk, number in rows.areas:
            self.areas[pk].append(number)
        self.proofs: Grouped = defaultdict(list)
        for pk, *row in rows.proofs:
            self.proofs[pk].append(schema.Proof(*row))
        # The newest published wording: its number and its checksum.
        self.published: dict[int, tuple[int, str]] = {
            pk: (number, digest) for pk, number, digest in rows.published
        }
        # See `DraftWithRows`; each is found when its requirement is put together.
        self.reworded: dict[str, str] = {}


class _Places:
    """Where in this plan a requirement is needed: the risks it treats, the sub-goals it serves."""

    def __init__(self, rows: _Rows) -> None:
        # By the keys of requirements.
        self.treats: Grouped = defaultdict(list)
        self.serves: Grouped = defaultdict(list)
        for pk, *row in rows.treatments:
            self.treats[pk].append(schema.TreatedRisk(*row))
        for pk, *row in rows.services:
            self.serves[pk].append(schema.ServedGoal(*row))
