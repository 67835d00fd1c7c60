"""A plan as the published document has it: made of the plan that people write, and made back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from actionplan.word.document import PlanDocument
from requirements_pkg.document.schema import Plan

Key = tuple[int, str, str]
Cells = Mapping[Key, dict[str, object]]
NOTHING: Final[list[dict[str, str]]] = []


def frozen(plan: PlanDocument) -> Plan:
    """Freeze a plan. Contacts are personal data and stay outside for ever."""
    plan_json = replace(plan, contacts=()).to_json()
    cells: Cells = {
        (area["number"], cell["stage"], cell["dimension"]): cell
        for area in plan_json["product_areas"]
        for cell in area["cells"]
    }
    for cell in cells.values():
        if "same_as" in cell:
            cell["resolved"] = _target_statements(cell, cells)
    return msgspec.convert(plan_json, Plan)


def written_plan(plan: Plan) -> PlanDocument:
    """Return the plan as people write it, for Word and Excel."""
    return PlanDocument.from_json(msgspec.to_builtins(plan))


def _target_statements(cell: dict[str, object], cells: Cells) -> list[dict[str, str]]:
    """Return the statements that a referring cell points at, through any chain of references."""
    seen: set[int] = set()
    at: dict[str, Any] | None = cell
    while at is not None and "same_as" in at and id(at) not in seen:
        seen.add(id(at))
        to = at["same_as"]
        if "category" in to:
            return NOTHING
        at = cells.get((to["product_area"], to["stage"], to["dimension"]))
    return NOTHING if at is None or id(at) in seen else at["statements"]
