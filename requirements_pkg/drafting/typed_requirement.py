"""A requirement as it is typed in its form and not stored yet, within the draft of its package."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec
from django.http import QueryDict

from actionplan.models import ProductArea, SubGoal
from actionplan.text import is_number
from requirements_pkg.document import schema
from requirements_pkg.document.requirement_fields import FIELDS
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.draft import DraftWithRows
from requirements_pkg.drafting.draft_rows import TREATED
from requirements_pkg.models import (
    AcceptedProof,
    RequirementKind,
    RequirementLevel,
    RequirementsPackage,
    RequirementState,
)
from risks.models import RiskStatement

TEXTS: Final = tuple(field.name for field in FIELDS if field.is_text and field.is_stored)
# As in `TREATED`, of the statement itself.
STATEMENT: Final = ("pk", *(name.removeprefix("statement__") for name in TREATED[1:]))
# Rows of sources that a form of our own would never reach.
MOST_SOURCES: Final = 50
MENUS: Final[Mapping[str, Collection[str]]] = {
    "kind": RequirementKind.values,
    "level": RequirementLevel.values,
}


def stored_in(draft: DraftWithRows, pk: int) -> schema.Requirement | None:
    """Return a requirement of the package's own as its draft has it, by the key of its row."""
    uids = {key: uid for uid, key in draft.keys.items()}
    return next((row for row in draft.content.requirements if row.uid == uids.get(pk)), None)


def typed(
    data: QueryDict,
    package: RequirementsPackage,
    draft: DraftWithRows,
    stored: schema.Requirement | None,
) -> schema.Requirement:
    """Return the requirement that a form holds, however unfinished: nothing of it is refused.

    Args:
        stored: what it was when its form was opened; a new one has none.
    """
    before = stored or _empty()
    words = {name: _words(data, name) for name in data}
    values: dict[str, object] = {name: words[name] for name in (*TEXTS, "code") if name in words}
    values |= {name: words[name] for name in MENUS if words.get(name, "") in MENUS[name]}
    if "max_points" in words:
        points = words["max_points"]
        values["max_points"] = int(points) if points.isdecimal() and len(points) < 6 else None
    if "cpv" in words:
        values["cpv"] = tuple(dict.fromkeys(words["cpv"].replace(",", " ").split()))
    if "replaces" in words:
        uids = {str(key): uid for uid, key in draft.keys.items()}
        values["replaces"] = uids.get(words["replaces"])
    if "sources-TOTAL_FORMS" in data:
        values["sources"] = tuple(_sources(data))
    values["proofs"] = tuple(_proofs(data))
    if package.plan_id is not None:
        values |= _links(data, package.plan_id)
    return msgspec.structs.replace(before, **values)


def with_requirement(content: Document, requirement: schema.Requirement) -> Document:
    """Return a draft in which a requirement is as given, at its own place or last."""
    rows = content.requirements
    if any(row.uid == requirement.uid for row in rows):
        rows = tuple(requirement if row.uid == requirement.uid else row for row in rows)
    else:
        rows = (*rows, requirement)
    return msgspec.structs.replace(content, requirements=rows)


def _empty() -> schema.Requirement:
    return schema.Requirement(
        **dict.fromkeys(TEXTS, ""),
        uid="",
        code="",
        revision=1,
        kind=RequirementKind.SPECIFICATION.value,
        level=RequirementLevel.BASIC.value,
        max_points=None,
        replaces=None,
        state=RequirementState.ACTIVE.value,
        withdrawn=None,
        product_areas=(),
        cpv=(),
        sources=(),
        treats=(),
        serves=(),
        module=None,
        proofs=(),
    )


def _words(data: QueryDict, name: str) -> str:
    """Return what is typed in a field, with the ends of lines that are stored."""
    return str(data.get(name, "")).replace("\r\n", "\n").strip()


def _sources(data: QueryDict) -> Iterable[schema.Source]:
    """Yield the sources that have a title and are not to be removed."""
    for at in range(MOST_SOURCES):
        title = _words(data, f"sources-{at}-title")
        if title and not data.get(f"sources-{at}-DELETE"):
            url = _words(data, f"sources-{at}-url")
            # What is no address on the web leads nowhere.
            is_web = url.startswith(("https://", "http://"))
            dated = _words(data, f"sources-{at}-dated")
            yield schema.Source(title, url if is_web else "", dated)


def _proofs(data: QueryDict) -> Iterable[schema.Proof]:
    """Yield the labels and certificates that are ticked."""
    ticked = [int(pk) for pk in data.getlist("proofs") if is_number(pk)]
    rows = AcceptedProof.objects.filter(pk__in=ticked).order_by("name")
    return (schema.Proof(*row) for row in rows.values_list("name", "owner", "url", "proves"))


def _links(data: QueryDict, plan: int) -> dict[str, object]:
    """Return what is ticked, as far as it is the plan's."""
    ticked = {
        name: [int(pk) for pk in data.getlist(name) if is_number(pk)]
        for name in ("areas", "treated", "served")
    }
    areas = ProductArea.objects.filter(plan=plan, pk__in=ticked["areas"])
    statements = RiskStatement.objects.filter(
        cell__product_area__plan=plan, pk__in=ticked["treated"]
    )
    goals = SubGoal.objects.filter(goal__plan=plan, pk__in=ticked["served"])
    ordered = goals.order_by("goal__number", "position", "pk")
    return {
        "product_areas": tuple(areas.order_by("number").values_list("number", flat=True)),
        "treats": tuple(
            schema.TreatedRisk(*row) for row in statements.in_grid_order().values_list(*STATEMENT)
        ),
        "serves": tuple(schema.ServedGoal(*row) for row in ordered.values_list("number", "text")),
    }
