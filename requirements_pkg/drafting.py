"""The draft of a package as it would be published: rows become one document."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec
from django.db.models import OuterRef, Q, Subquery

from actionplan.models import Indicator
from requirements_pkg import learned
from requirements_pkg.document import schema
from requirements_pkg.document.plan import frozen
from requirements_pkg.document.schema import Document
from requirements_pkg.document.wording import wording_hash
from requirements_pkg.models import (
    GoalService,
    PackageInclusion,
    Requirement,
    RequirementArea,
    RequirementRevision,
    RequirementSource,
    RequirementsPackage,
    RiskTreatment,
)
from risks.exporting import dimension_names, plan_document, stage_names

# Read as tuples: a package is frozen at each look at its draft, and it may be large.
OWN: Final = (
    "code",
    "title",
    "text",
    "rationale",
    "verification",
    "follow_up_method",
    "guidance",
    "law_baseline",
    "beyond_law",
    "kind",
    "level",
    "max_points",
    "scale",
    "state",
)
# What follows it; the last are other requirements of the same package.
ROW: Final = (
    *("pk", "uid", "cpv", "withdrawn_on", "withdrawn_reason", "replaces_id", "successor_id"),
)
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
    document = Document(
        schema=schema.SCHEMA,
        package=schema.PackageHead(package.slug, package.title, package.introduction),
        plan=frozen(plan_document(package.plan)) if package.plan else None,
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
    inclusions = PackageInclusion.objects.filter(package=package).order_by("position", "pk")
    rows = inclusions.values_list(
        "module_id", "module__slug", "version__number", "version__content"
    )
    included = list(rows)
    places = _Places(package, [row[0] for row in included])
    parts = _Parts(package)
    requirements, own_keys = _own(package, parts, places)
    keys = _keys([row[0] for row in included])
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
    lessons = learned.lessons_of(package, own)
    found = tuple(requirements), tuple(modules), _indicators(package), tuple(lessons)
    return _Demands(*found), own_keys, parts.reworded


def _indicators(package: RequirementsPackage) -> tuple[schema.Indicator, ...]:
    """What the plan's own JSON does not say of its indicators, in the plan's order."""
    if package.plan_id is None:
        return ()
    rows = Indicator.objects.filter(sub_goal__goal__plan=package.plan_id).order_by(
        "sub_goal__goal__number", "sub_goal__position", "sub_goal_id", "position", "pk"
    )
    given = rows.values_list(
        "pk",
        "sub_goal__goal__number",
        "sub_goal__number",
        "number",
        "kind",
        "unit",
        "baseline",
        "target",
        "due_on",
    )
    return tuple(schema.Indicator(*map(_plain, row)) for row in given)


def _plain(value: Any) -> Any:
    """A figure or a date as a text that is the same on every database, "" for none."""
    if isinstance(value, Decimal):
        # Without the zeros that a column adds: 12.500 is 12.5.
        return f"{value.normalize():f}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def _keys(modules: list[int]) -> dict[str, int]:
    """The rows of the modules' requirements by uid; nothing is asked where there is no module."""
    if not modules:
        return {}
    rows = Requirement.objects.filter(package__in=modules).values_list("uid", "pk")
    return {str(uid): pk for uid, pk in rows}


def _own(
    package: RequirementsPackage, parts: "_Parts", places: "_Places"
) -> tuple[list[schema.Requirement], dict[str, int]]:
    """The requirements of a package's own, and their rows by uid."""
    rows = list(
        Requirement.objects.filter(package=package).in_reading_order().values_list(*OWN, *ROW)
    )
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

    def __init__(self, package: RequirementsPackage) -> None:
        sources = (
            RequirementSource.objects.filter(requirement__package=package)
            .order_by("requirement_id", "position", "pk")
            .values_list("requirement_id", "title", "url", "dated")
        )
        self.sources: Grouped = defaultdict(list)
        for pk, title, url, dated in sources:
            date_of = dated.isoformat() if dated else ""
            self.sources[pk].append(schema.Source(title, url, date_of))
        areas = (
            RequirementArea.objects.filter(requirement__package=package)
            .order_by("requirement_id", "product_area__number")
            .values_list("requirement_id", "product_area__number")
        )
        self.areas: Grouped = defaultdict(list)
        for pk, number in areas:
            self.areas[pk].append(number)
        newest = RequirementRevision.objects.filter(requirement=OuterRef("requirement"))
        wordings = RequirementRevision.objects.filter(
            requirement__package=package,
            number=Subquery(newest.order_by("-number").values("number")[:1]),
        )
        # The newest published wording: its number and its checksum.
        self.published: dict[int, tuple[int, str]] = {
            pk: (number, digest)
            for pk, number, digest in wordings.values_list("requirement_id", "number", "sha256")
        }
        # See `Drafted`; each is found when its requirement is put together.
        self.reworded: dict[str, str] = {}


class _Places:
    """Where in this plan a requirement is needed: the risks it treats, the sub-goals it serves."""

    def __init__(self, package: RequirementsPackage, modules: list[int]) -> None:
        # By the keys of requirements.
        self.treats: Grouped = defaultdict(list)
        self.serves: Grouped = defaultdict(list)
        if package.plan_id is None:
            return
        of_package = Q(requirement__package=package) | Q(requirement__package__in=modules)
        treatments = RiskTreatment.objects.filter(
            of_package, statement__cell__product_area__plan=package.plan_id
        ).order_by(
            "requirement_id",
            "statement__cell__product_area__number",
            "statement__cell__stage__position",
            "statement__cell__dimension__position",
            "statement__position",
            "statement_id",
        )
        for pk, *row in treatments.values_list(
            "requirement_id",
            "statement_id",
            "statement__cell__product_area__number",
            "statement__cell__stage__code",
            "statement__cell__dimension__code",
            "statement__kind",
            "statement__text",
        ):
            self.treats[pk].append(schema.TreatedRisk(*row))
        services = GoalService.objects.filter(
            of_package, sub_goal__goal__plan=package.plan_id
        ).order_by("requirement_id", "sub_goal__goal__number", "sub_goal__position", "sub_goal_id")
        for pk, *row in services.values_list(
            "requirement_id", "sub_goal__number", "sub_goal__text"
        ):
            self.serves[pk].append(schema.ServedGoal(*row))
