"""Two published versions side by side, as their page shows them. Pure."""

from collections.abc import Iterator
from typing import Final

import msgspec
from django.utils.translation import gettext

from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.comparing import lesson_diff, plan_parts
from requirements_pkg.comparing.differences import (
    DifferenceKind,
    Fields,
    ListDifference,
    RowDifference,
    differences,
)
from requirements_pkg.comparing.lines import ChangedField, ContentNames, requirement_lines
from requirements_pkg.comparing.parts import (
    ORDER,
    RENUMBERED,
    WITHDRAWN,
    ComparedItem,
    ComparedPart,
    ItemKey,
    in_order,
    part,
)
from requirements_pkg.document.schema import Document, Period, Plan, Requirement

Requirements = tuple[Requirement, ...]

# A shared module has no plan; it is compared as one that says nothing.
NO_PLAN: Final = Plan("", Period(0, 0), "", "", (), "", (), ())


def compare(old: Document, new: Document, *, by_cell: bool = False) -> tuple[ComparedPart, ...]:
    """Return what differs for a reader: requirements, lessons, matrix, goals, figures and head.

    What only follows something that was renumbered reads as it did, and is left out.

    Args:
        by_cell: tell of each cell of a new or removed product area by itself.
    """
    pair = _whole(old), _whole(new)
    names = ContentNames.of(pair[0]), ContentNames.of(pair[1])
    fields = differences(*pair)
    plan = fields.changed.get("plan")
    of_plan = plan.changed if isinstance(plan, Fields) else {}
    areas, goals = of_plan.get("product_areas"), of_plan.get("goals")
    plans = old.plan or NO_PLAN, new.plan or NO_PLAN
    lessons, indicators = fields.changed.get("lessons"), fields.changed.get("indicators")
    return (
        part("krav", gettext("Requirements"), _requirements(fields, pair, names)),
        part("lardomar", gettext("Lessons"), lesson_diff.lessons(lessons, pair)),
        part(
            "remiss",
            gettext("Consultation"),
            lesson_diff.consultations(fields.changed.get("consultations"), pair),
        ),
        part(
            "matris",
            gettext("Risks and opportunities"),
            plan_parts.matrix(areas, plans, names, by_cell=by_cell),
        ),
        part("mal", gettext("Goals"), plan_parts.goals(goals, plans)),
        part(
            "matt", gettext("Figures and dates"), lesson_diff.indicators(indicators, pair, plans)
        ),
        part("om", gettext("The package"), plan_parts.head(pair, plans)),
    )


def _whole(document: Document) -> Document:
    return msgspec.structs.replace(document, plan=document.plan or NO_PLAN)


def _requirements(
    fields: Fields, pair: tuple[Document, Document], names: tuple[ContentNames, ContentNames]
) -> Iterator[tuple[str, list[ComparedItem]]]:
    """Yield the requirements that differ, under what became of them."""
    change = fields.changed.get("requirements")
    rows = change.rows if isinstance(change, ListDifference) else ()
    old, new = pair[0].requirements, pair[1].requirements
    items = [_requirement(row, old, new, names) for row in rows if row.kinds]
    headings = _headings()
    for kind in ORDER:
        yield headings[kind], [item for item in items if item.kinds[:1] == (kind,)]


def _requirement(
    row: RowDifference,
    old: Requirements,
    new: Requirements,
    names: tuple[ContentNames, ContentNames],
) -> ComparedItem:
    if row.old is None or row.new is None:
        only: Requirement = row.value
        key = ItemKey("requirement", (only.uid,), row.new is None)
        return ComparedItem(
            row.kinds, only.title, citation(only), body=only.text, code=only.code, key=key
        )
    before, after = old[row.old], new[row.new]
    kinds: list[str] = []
    notes = []
    lines: tuple[ChangedField, ...] = ()
    if isinstance(row.change, Fields):
        lines = requirement_lines(row.change, (before, after), names)
    if after.withdrawn and not before.withdrawn:
        kinds.append(WITHDRAWN)
    elif lines:
        kinds.append(DifferenceKind.CHANGED)
    if before.code != after.code:
        kinds.append(RENUMBERED)
    if row.moved:
        kinds.append(DifferenceKind.MOVED)
        places = {"old": row.old + 1, "new": row.new + 1}
        notes.append(gettext("From place %(old)d to place %(new)d.") % places)
    eyebrow = citation(after)
    if citation(before) != eyebrow:
        eyebrow = gettext("%(now)s, earlier %(then)s") % {"now": eyebrow, "then": citation(before)}
    key = ItemKey("requirement", (after.uid,))
    return ComparedItem(
        in_order(kinds), after.title, eyebrow, tuple(notes), lines, code=after.code, key=key
    )


def _headings() -> dict[str, str]:
    return {
        DifferenceKind.ADDED: gettext("New requirements"),
        WITHDRAWN: gettext("Withdrawn requirements"),
        DifferenceKind.REMOVED: gettext("Removed requirements"),
        DifferenceKind.CHANGED: gettext("Changed requirements"),
        RENUMBERED: gettext("Requirements with another code"),
        DifferenceKind.MOVED: gettext("Moved requirements"),
    }
