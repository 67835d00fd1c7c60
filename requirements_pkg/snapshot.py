"""The document that is published: what is in it, and its checksum. Pure.

{"schema": 1,
 "package": {"slug", "title"},
 "plan": the plan JSON of design.md section 7, without contacts; a cell that is the same as
         another also holds "resolved": [{"kind", "text"}], the statements it points at,
 "stages": [{"code", "name"}], "dimensions": [{"code", "name"}], "region_name",
 "requirements": []}
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from actionplan.word.document import PlanDocument

SCHEMA: Final = 1
Labels = list[dict[str, str]]
Key = tuple[int, str, str]


def build(
    document: PlanDocument,
    *,
    slug: str,
    region_name: str,
    stages: Mapping[str, str],
    dimensions: Mapping[str, str],
) -> dict[str, Any]:
    """Freeze a plan. Contacts are personal data and stay outside for ever."""
    plan = replace(document, contacts=()).to_json()
    _resolve(plan["product_areas"])
    return {
        "schema": SCHEMA,
        "package": {"slug": slug, "title": document.category},
        "plan": plan,
        "stages": _labels(stages),
        "dimensions": _labels(dimensions),
        "region_name": region_name,
        "requirements": [],
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write a content down, whatever database kept it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: Mapping[str, Any]) -> str:
    """The checksum that an approval names and a version carries."""
    return hashlib.sha256(canonical(content)).hexdigest()


def document_of(content: Mapping[str, Any]) -> PlanDocument:
    """The plan in a published content, for Word and Excel."""
    return PlanDocument.from_json(content["plan"])


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
