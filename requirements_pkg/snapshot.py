"""The document that is published: what is in it, and its checksum. Pure.

{"schema": 3,
 "package": {"slug", "title", "introduction"},
 "plan": `PlanDocument.to_json()`, without contacts, or null for a shared module; a
         cell that is the same as another also holds "resolved": [{"kind", "text"}], the
         statements it points at; what the plan keeps though its document no longer has it
         holds "is_kept": true,
 "stages": [{"code", "name"}], "dimensions": [{"code", "name"}], "region_name",
 "modules": [{"slug", "title", "version"}],
 "requirements": [{"uid", "code", "revision", "title", "text", "rationale", "verification",
                   "follow_up_method", "guidance", "law_baseline", "beyond_law", "kind", "level",
                   "max_points", "scale", "replaces": uid or null, "state",
                   "withdrawn": {"on", "reason", "successor": uid or null} or null,
                   "product_areas": [number], none of which means all, "cpv": [code],
                   "sources": [{"title", "url", "dated"}],
                   "treats": [{"id", "product_area", "stage", "dimension", "kind", "text"}],
                   "serves": [{"number", "title"}],
                   "module": {"slug", "version"} or null}],
 "indicators": [{"id", "goal", "sub_goal", "number", "kind", "unit", "baseline", "target",
                 "due_on"}], of the plan's indicators what its JSON does not say; figures
                 are texts, "" where there is none,
 "lessons": [{"id", "text", "method", "year",
              "changes": [{"uid", "code", "revision", "version"}]}],
             what was learnt so far and which wordings have it; a change is new in the version
             that it names}

Schema 1 had neither requirements, modules nor an introduction, schema 2 neither indicators nor
lessons; `requirements_of`, `modules_of`, `indicators_of` and `lessons_of` read them all.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, Final

import orjson

from actionplan.word.document import PlanDocument

SCHEMA: Final = 3
ACTIVE: Final = "active"
# What a new wording is counted by; where a requirement stands and what it is called is not.
WORDING: Final = (
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
    "replaces",
    "state",
    "withdrawn",
    "cpv",
    "sources",
)
WORDS_OF: Final = itemgetter(*WORDING)
Plain = dict[str, Any]
Labels = list[dict[str, str]]
Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A document as its JSON: a `DocumentField` stores it as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a package is called, and who answers for it."""

    slug: str
    title: str
    introduction: str
    region_name: str


@dataclass(frozen=True, slots=True)
class Demands:
    """The requirements of a package in reading order, and where they come from and lead to."""

    requirements: Sequence[Plain] = ()
    modules: Sequence[Plain] = field(default_factory=list)
    indicators: Sequence[Plain] = ()
    lessons: Sequence[Plain] = ()


def build(
    document: PlanDocument | None,
    head: Head,
    demands: Demands,
    *,
    stages: Mapping[str, str],
    dimensions: Mapping[str, str],
) -> Plain:
    """Freeze a package. Contacts are personal data and stay outside for ever."""
    plan = None
    if document is not None:
        plan = replace(document, contacts=()).to_json()
        _resolve(plan["product_areas"])
    return {
        "schema": SCHEMA,
        "package": {"slug": head.slug, "title": head.title, "introduction": head.introduction},
        "plan": plan,
        "stages": _labels(stages),
        "dimensions": _labels(dimensions),
        "region_name": head.region_name,
        "modules": list(demands.modules),
        "requirements": list(demands.requirements),
        "indicators": list(demands.indicators),
        "lessons": list(demands.lessons),
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write a content down, whatever database kept it.

    Sorted keys, no white space, UTF-8: `json.dumps(…, ensure_ascii=False, sort_keys=True,
    separators=(",", ":"))` gives the same bytes.
    """
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def pieces(content: Mapping[str, Any]) -> list[bytes]:
    """Each requirement of a content as `canonical` writes it down."""
    return list(map(canonical, requirements_of(content)))


def put_together(content: Mapping[str, Any], written: Iterable[bytes]) -> bytes:
    """The same as `canonical`, where the requirements are written down already."""
    return canonical({**content, "requirements": list(map(orjson.Fragment, written))})


def sha256(content: Mapping[str, Any]) -> str:
    """The checksum that an approval names and a version carries."""
    return digest(canonical(content))


def digest(written: bytes) -> str:
    """The same, of a content that is written down."""
    return hashlib.sha256(written).hexdigest()


def wording_hash(requirement: Mapping[str, Any]) -> str:
    """The checksum of a requirement's own words; a new one makes a new number after its code."""
    # No JSON: a thousand of these are taken at each look at a draft.
    words = "\x1f".join(map(str, WORDS_OF(requirement)))
    return hashlib.sha256(words.encode()).hexdigest()


def document_of(content: Mapping[str, Any]) -> PlanDocument | None:
    """The plan in a published content, for Word and Excel; a shared module has none."""
    return None if content["plan"] is None else PlanDocument.from_json(content["plan"])


def requirements_of(content: Mapping[str, Any]) -> list[Plain]:
    """The requirements of a published content, whatever its schema."""
    found: list[Plain] = content["requirements"]
    return found


def requirement_of(content: Mapping[str, Any], code: str) -> Plain | None:
    """The requirement with a code, if the content has it."""
    return next((one for one in requirements_of(content) if one["code"] == code), None)


def modules_of(content: Mapping[str, Any]) -> list[Plain]:
    """The shared modules of a published content, whatever its schema."""
    found: list[Plain] = content.get("modules", [])
    return found


def indicators_of(content: Mapping[str, Any]) -> list[Plain]:
    """The indicators of a published content, whatever its schema."""
    found: list[Plain] = content.get("indicators", [])
    return found


def lessons_of(content: Mapping[str, Any]) -> list[Plain]:
    """The lessons that a published content has taken in, whatever its schema."""
    found: list[Plain] = content.get("lessons", [])
    return found


def names_of(content: Mapping[str, Any], which: str) -> dict[str, str]:
    """What the codes of a published content are called: its "stages" or its "dimensions"."""
    return {label["code"]: label["name"] for label in content[which]}


def _labels(names: Mapping[str, str]) -> Labels:
    return [{"code": code, "name": name} for code, name in names.items()]


def _resolve(areas: list[dict[str, Any]]) -> None:
    """Give each referring cell the statements it points at, through any chain of references."""
    cells: dict[Key, dict[str, Any]] = {
        (area["number"], cell["stage"], cell["dimension"]): cell
        for area in areas
        for cell in area["cells"]
    }
    for cell in cells.values():
        if "same_as" in cell:
            cell["resolved"] = _target_statements(cell, cells)


def _target_statements(
    cell: dict[str, Any], cells: Mapping[Key, dict[str, Any]]
) -> list[dict[str, str]]:
    seen: set[int] = set()
    at: dict[str, Any] | None = cell
    while at is not None and "same_as" in at and id(at) not in seen:
        seen.add(id(at))
        to = at["same_as"]
        if "category" in to:
            return []
        at = cells.get((to["product_area"], to["stage"], to["dimension"]))
    return [] if at is None or id(at) in seen else at["statements"]
