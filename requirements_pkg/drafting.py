"""The draft of a package as it would be published: rows become one document."""

from collections.abc import Iterable, Mapping
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
NOTHING: Final[tuple[Any, ...]] = ()
Grouped = Mapping[Any, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, and the rows of the package's own requirements by uid."""

    content: Document
    keys: Mapping[str, int]


def draft_content(package: RequirementsPackage) -> Document:
    """What would be published of a package now: about twenty queries, however large it is."""
    return drafted(package).content


def drafted(package: RequirementsPackage) -> Drafted:
    """The same, and which rows its requirements are."""
    demands, keys = _demands(package)
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
    return Drafted(document, keys)


def wordings(requirements: Iterable[schema.Requirement]) -> dict[str, str]:
    """The checksum of each of a package's own requirements, by its uid."""
    return {one.uid: wording_hash(one) for one in requirements if one.module is None}


@dataclass(frozen=True, slots=True)
class _Demands:
    """The requirements of a package in reading order, and where they come from and lead to."""

    requirements: tuple[schema.Requirement, ...] = ()
    modules: tuple[schema.Module, ...] = ()
    indicators: tuple[schema.Indicator, ...] = ()
    lessons: tuple[schema.Lesson, ...] = ()


def _labels(names: Mapping[str, str]) -> tuple[schema.Label, ...]:
    return tuple(schema.Label(code, name) for code, name in names.items())


def _demands(package: RequirementsPackage) -> tuple[_Demands, dict[str, int]]:
    """What a package demands, and the rows of its own requirements by uid."""
    if package.pk is None:
        return _Demands(), {}
    inclusions = PackageInclusion.objects.filter(package=package).order_by("position", "pk")
    rows = inclusions.values_list(
        "module_id", "module__slug", "version__number", "version__content"
    )
    included = list(rows)
    places = _Places(package, [row[0] for row in included])
    requirements, own_keys = _own(package, places)
    keys = _keys([row[0] for row in included])
    modules = []
    for _module, slug, number, document in included:
        modules.append(schema.Module(slug, document.package.title, number))
        of_version = schema.ModuleVersion(slug, number)
        for one in document.requirements:
            # The words are the module's; which of this plan's risks they treat is the plan's.
            pk = keys.get(one.uid)
            here = {"treats": places.treats(pk), "serves": places.serves(pk)}
            requirements.append(msgspec.structs.replace(one, **here, module=of_version))
    own = {one.uid: one.revision for one in requirements if one.module is None}
    lessons = learned.lessons_of(package, own)
    found = tuple(requirements), tuple(modules), _indicators(package), tuple(lessons)
    return _Demands(*found), own_keys


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
    package: RequirementsPackage, places: "_Places"
) -> tuple[list[schema.Requirement], dict[str, int]]:
    """The requirements of a package's own, and their rows by uid."""
    parts = _Parts(package)
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
        product_areas=tuple(number for _pk, number in parts.areas.get(pk, NOTHING)),
        cpv=tuple(cpv.split()),
        sources=tuple(
            schema.Source(title, url, dated.isoformat() if dated else "")
            for _pk, title, url, dated in parts.sources.get(pk, NOTHING)
        ),
        treats=places.treats(pk),
        serves=places.serves(pk),
        module=None,
    )
    if pk in parts.published:
        number, digest = parts.published[pk]
        revision = number + (wording_hash(one) != digest)
        return msgspec.structs.replace(one, revision=revision)
    return one


class _Parts:
    """What hangs on the requirements of a package, by their keys."""

    def __init__(self, package: RequirementsPackage) -> None:
        self.sources = _grouped(
            RequirementSource.objects.filter(requirement__package=package)
            .order_by("requirement_id", "position", "pk")
            .values_list("requirement_id", "title", "url", "dated")
        )
        self.areas = _grouped(
            RequirementArea.objects.filter(requirement__package=package)
            .order_by("requirement_id", "product_area__number")
            .values_list("requirement_id", "product_area__number")
        )
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


class _Places:
    """Where in this plan a requirement is needed: the risks it treats, the sub-goals it serves."""

    def __init__(self, package: RequirementsPackage, modules: list[int]) -> None:
        self._treats: Grouped = {}
        self._serves: Grouped = {}
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
        self._treats = _grouped(
            treatments.values_list(
                "requirement_id",
                "statement_id",
                "statement__cell__product_area__number",
                "statement__cell__stage__code",
                "statement__cell__dimension__code",
                "statement__kind",
                "statement__text",
            )
        )
        services = GoalService.objects.filter(
            of_package, sub_goal__goal__plan=package.plan_id
        ).order_by("requirement_id", "sub_goal__goal__number", "sub_goal__position", "sub_goal_id")
        self._serves = _grouped(
            services.values_list("requirement_id", "sub_goal__number", "sub_goal__text")
        )

    def treats(self, pk: int | None) -> tuple[schema.TreatedRisk, ...]:
        return tuple(schema.TreatedRisk(*row[1:]) for row in self._treats.get(pk, NOTHING))

    def serves(self, pk: int | None) -> tuple[schema.ServedGoal, ...]:
        return tuple(schema.ServedGoal(*row[1:]) for row in self._serves.get(pk, NOTHING))


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Grouped:
    """Rows by their first value, in their order."""
    found: dict[Any, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
