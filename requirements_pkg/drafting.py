"""The draft of a package as it would be published: rows become one content."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from requirements_pkg import draft_rows, learned, snapshot
from requirements_pkg.draft_rows import OWN, TREATED
from requirements_pkg.models import Requirement, RequirementsPackage
from requirements_pkg.snapshot import Demands, Head, Plain
from risks.exporting import dimension_names, plan_document, stage_names

Grouped = dict[int | None, list[Any]]


# A wording that is to be kept: its requirement's row, its number, its checksum.
Wording = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, and the rows of the package's own requirements by uid."""

    content: Plain
    keys: Mapping[str, int]
    # Of its own requirements that were published before, by uid: the checksum of the words that
    # they have now, "" where those are published.
    reworded: Mapping[str, str]


def draft_content(package: RequirementsPackage) -> Plain:
    """What would be published of a package now: about twenty queries, however large it is."""
    return drafted(package).content


def drafted(package: RequirementsPackage) -> Drafted:
    """The same, and which rows its requirements are."""
    demands, keys, reworded = _demands(package)
    content = snapshot.build(
        plan_document(package.plan, has_contacts=False) if package.plan else None,
        Head(package.slug, package.title, package.introduction, package.region.name),
        demands,
        stages=stage_names(),
        dimensions=dimension_names(),
    )
    return Drafted(content, keys, reworded)


def new_wordings(draft: Drafted) -> list[Wording]:
    """The wordings of a package's own requirements that were never published."""
    found = []
    for one in draft.content["requirements"]:
        if one["module"] is None:
            uid = one["uid"]
            digest = draft.reworded.get(uid)
            if digest is None:
                digest = snapshot.wording_hash(one)
            if digest:
                found.append((draft.keys[uid], one["revision"], digest))
    return found


def _demands(package: RequirementsPackage) -> tuple[Demands, dict[str, int], dict[str, str]]:
    """What a package demands, and of its own requirements the rows and what is reworded."""
    if package.pk is None:
        return Demands(), {}, {}
    included = draft_rows.inclusions(package.pk)
    module_keys = [row[0] for row in included]
    places = _Places(package.plan_id, [package.pk, *module_keys])
    parts = _Parts(package.pk)
    requirements, own_keys = _own(package.pk, parts, places)
    keys = _keys(module_keys)
    modules = []
    for _module, slug, number, content in included:
        title = content["package"]["title"]
        modules.append({"slug": slug, "title": title, "version": number})
        for one in snapshot.requirements_of(content):
            # The words are the module's; which of this plan's risks they treat is the plan's.
            pk = keys.get(one["uid"])
            requirements.append(
                {
                    **one,
                    "treats": places.treats.get(pk) or [],
                    "serves": places.serves.get(pk) or [],
                    "module": {"slug": slug, "version": number},
                }
            )
    own = {one["uid"]: one["revision"] for one in requirements if one["module"] is None}
    lessons = learned.lessons_of(package, own)
    demands = Demands(requirements, modules, _indicators(package.plan_id), lessons)
    return demands, own_keys, parts.reworded


def _indicators(plan: int | None) -> list[Plain]:
    """What the plan's own JSON does not say of its indicators, in the plan's order."""
    rows = [] if plan is None else draft_rows.indicators(plan)
    return [dict(zip(draft_rows.INDICATOR, map(_plain, row), strict=True)) for row in rows]


def _plain(value: Any) -> Any:
    """A figure or a date as a text that is the same on every database, "" for none."""
    if isinstance(value, Decimal):
        # Without the zeros that a column adds: 12.500 is 12.5.
        return f"{value.normalize():f}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def _keys(modules: list[int]) -> dict[str, int]:
    """The rows of the modules' requirements by uid; nothing is asked where there is no module."""
    return {str(uid): pk for uid, pk in draft_rows.keys(modules)}


def _own(package: int, parts: "_Parts", places: "_Places") -> tuple[list[Plain], dict[str, int]]:
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
) -> Plain:
    pk, _uid, cpv, on, reason, replaces, successor = row[len(OWN) :]
    # What is read last has no name of its own in a content.
    one: Plain = dict(zip(OWN, row, strict=False))
    one["uid"] = uids[pk]
    one["revision"] = 1
    one["replaces"] = uids[replaces] if replaces else None
    one["withdrawn"] = (
        None
        if on is None
        else {
            "on": on.isoformat(),
            "reason": reason,
            "successor": uids[successor] if successor else None,
        }
    )
    one["product_areas"] = parts.areas.get(pk) or []
    one["cpv"] = cpv.split()
    one["sources"] = parts.sources.get(pk) or []
    one["treats"] = places.treats.get(pk) or []
    one["serves"] = places.serves.get(pk) or []
    one["module"] = None
    if pk in parts.published:
        number, published = parts.published[pk]
        digest = snapshot.wording_hash(one)
        is_new = digest != published
        one["revision"] = number + is_new
        parts.reworded[uids[pk]] = digest if is_new else ""
    return one


class _Parts:
    """What hangs on the requirements of a package, by their keys."""

    def __init__(self, package: int) -> None:
        self.sources: Grouped = defaultdict(list)
        for pk, title, url, dated in draft_rows.sources(package):
            date_of = dated.isoformat() if dated else ""
            self.sources[pk].append({"title": title, "url": url, "dated": date_of})
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
            self.treats[pk].append(dict(zip(TREATED, row, strict=True)))
        for pk, number, title in draft_rows.services(plan, packages):
            self.serves[pk].append({"number": number, "title": title})
