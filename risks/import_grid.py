"""The product areas of a document, their cells and statements, as rows."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from django.db.models import Model
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from actionplan.models import ActionPlan, ProductArea, PurchasingCategory, User
from actionplan.text import fold
from actionplan.word.document import Area, Cell, PlanDocument, Reference, Statement
from risks.changes import Changes
from risks.keeping import held
from risks.matrix import in_circle, match
from risks.models import (
    Assessment,
    RiskCell,
    RiskLevel,
    RiskStatement,
)

# Numbers out of the way of the document's own while areas are renumbered.
ASIDE: Final = 10_000
POINTED_AT = (
    "same_as_cell__product_area",
    "same_as_cell__stage",
    "same_as_cell__dimension",
    "same_as_category",
)
CELL_FIELDS = [
    "assessment",
    "level",
    "level_source",
    "level_source_dated",
    "same_as_cell",
    "same_as_category",
]
Key = tuple[int, str, str]
NOTHING = Cell("", "")


def store_areas(
    plan: ActionPlan,
    document: PlanDocument,
    changes: Changes,
    *,
    by: User | None,
    exact: bool,
) -> None:
    """Make the areas and their matrices equal to the document's.

    Args:
        exact: whether the document tells where one statement ends and the next begins; the text
            form does not, and then statements whose words are the same stay as they are.
    """
    areas, gone = _areas(plan, document, changes, by=by)
    _tell_lost(gone, changes)
    new = RiskCell.objects.complete(areas.values())
    cells = {
        (cell.product_area.number, cell.stage.code, cell.dimension.code): cell
        for cell in RiskCell.objects.filter(product_area__in=areas.values())
        .select_related("product_area__plan", "stage", "dimension", *POINTED_AT)
        .in_grid_order()
    }
    wanted = {
        (area.number, cell.stage, cell.dimension): cell
        for area in document.areas
        for cell in area.cells
    }
    pairings = _pair_statements(cells, wanted, exact=exact)
    staying = held([row for pairing in pairings for row in pairing.left])
    _store_cells(
        cells,
        _with_what_stays(wanted, pairings, staying),
        changes,
        by=by,
        new=new,
    )
    _store_statements(pairings, staying, changes, by=by)
    # Together, since one of them may refer to another.
    ProductArea.objects.filter(pk__in=[area.pk for area in gone]).delete()


def _tell_lost(gone: list[ProductArea], changes: Changes) -> None:
    """Say what goes with an area: its assessments, its levels and its statements."""
    cells = (
        RiskCell.objects.filter(product_area__in=gone)
        .in_grid_order()
        .select_related("product_area", *POINTED_AT)
        .prefetch_related("statements")
    )
    for cell in cells:
        changes.note(place_of(cell), _standing(cell), "")
        for statement in cell.statements.all():
            changes.note(place_of(cell), _said(statement), "")


def place_of(cell: RiskCell) -> str:
    """How a person names a cell: area, stage, dimension."""
    return _("Product area %(number)d, %(stage)s, %(dimension)s") % {
        # An area that is on its way out or to another number is called by the number it had.
        "number": cell.product_area.number % ASIDE,
        "stage": cell.stage.name,
        "dimension": cell.dimension.name,
    }


def _areas(
    plan: ActionPlan, document: PlanDocument, changes: Changes, *, by: User | None
) -> tuple[dict[int, ProductArea], list[ProductArea]]:
    """The areas by the document's numbers, and those it no longer has."""
    there = list(plan.product_areas.all())
    pairs = _pair(there, document.areas)
    kept = {area.pk for area in pairs.values()}
    gone = [area for area in there if area.pk not in kept]
    gone = _keep_areas(gone, [*there, *document.areas], set(pairs), changes, by=by)
    for area in gone:
        changes.note(_("Product area"), str(area), "")
    moved = [pairs[n] for n in pairs if pairs[n].number != n]
    for area in [*gone, *moved]:
        # Two areas may change places, and no two may share a number on the way.
        ProductArea.objects.filter(pk=area.pk).update(number=ASIDE + area.number)
    fresh = []
    for wanted in document.areas:
        area = pairs.get(wanted.number)
        before = str(area) if area else ""
        if area is None:
            area = ProductArea(plan=plan, slug=ProductArea.slug_of(wanted.number, wanted.name))
            fresh.append(area)
        area.number, area.name = wanted.number, wanted.name
        if changes.note(_("Product area"), before, str(area)) and area.pk:
            area._history_user = by
            area.save()
        pairs[wanted.number] = area
    if fresh:
        bulk_create_with_history(fresh, ProductArea, default_user=by)
    return pairs, gone


def _keep_areas(
    gone: list[ProductArea],
    numbered: Iterable[ProductArea | Area],
    taken: Container[int],
    changes: Changes,
    *,
    by: User | None,
) -> list[ProductArea]:
    """Keep the areas that others build on, whole and out of the document's way; returns the rest.

    Args:
        numbered: everything that has a number now or will have.
        taken: the numbers that the document gives.
    """
    staying = _staying_areas(gone)
    last = max((one.number for one in numbered), default=0)
    for area in gone:
        if area.pk not in staying:
            continue
        before = str(area)
        changes.keep(_("Product area"), before, staying[area.pk])
        if area.number in taken:
            last += 1
            area.number = last
            changes.note(_("Product area"), before, str(area))
            area._history_user = by
            area.save()
    return [area for area in gone if area.pk not in staying]


def _staying_areas(gone: list[ProductArea]) -> dict[int, list[Model]]:
    """The keys of the areas that stay, with what builds on each."""
    staying = held(gone)
    while staying:
        # What a staying area refers to stays with it.
        cells = RiskCell.objects.filter(
            product_area__in=staying, same_as_cell__product_area__in=gone
        ).exclude(same_as_cell__product_area__in=staying)
        referring = list(cells.select_related("same_as_cell", "stage", "dimension"))
        if not referring:
            break
        for cell in referring:
            staying.setdefault(cell.same_as_cell.product_area_id, []).append(cell)
    return staying


def _pair(there: Iterable[ProductArea], wanted: Sequence[Area]) -> dict[int, ProductArea]:
    """Stored areas by the numbers they get: known by name, then by likeness, last by number.

    The number comes last, since an area may be renamed and renumbered in one document.
    """
    free, left = list(there), list(wanted)
    pairs: dict[int, ProductArea] = {}
    for find in (_by_name, _by_number):
        for new, area in find(free, left):
            pairs[new.number] = area
            free.remove(area)
            left.remove(new)
    return pairs


def _by_name(free: list[ProductArea], left: list[Area]) -> list[tuple[Area, ProductArea]]:
    found = match([fold(area.name) for area in free], [fold(new.name) for new in left])
    return [(left[at], free[index]) for at, index in enumerate(found) if index is not None]


def _by_number(free: list[ProductArea], left: list[Area]) -> list[tuple[Area, ProductArea]]:
    numbers = {area.number: area for area in free}
    return [(new, numbers[new.number]) for new in left if new.number in numbers]


def _store_cells(
    cells: Mapping[Key, RiskCell],
    wanted: Mapping[Key, Cell],
    changes: Changes,
    *,
    by: User | None,
    new: set[int],
) -> None:
    own = {cell.product_area.plan.category_id for cell in cells.values()}
    categories = _planned_categories(wanted.values(), but=own)
    circle = in_circle(_targets(cells, wanted))
    changed = []
    for key, cell in cells.items():
        before = _standing(cell)
        _set(cell, wanted.get(key, NOTHING), {} if key in circle else cells, categories)
        if changes.note(place_of(cell), before, _standing(cell)):
            changed.append(cell)
    # One statement of plain values; bulk_update's CASE for each row costs ten times as much.
    RiskCell.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["pk"], update_fields=CELL_FIELDS
    )
    # One row of history each: a new cell's says how it came to be, with what it holds.
    made = [cell for cell in cells.values() if cell.pk in new]
    RiskCell.history.bulk_history_create(made, default_user=by)
    old = [cell for cell in changed if cell.pk not in new]
    RiskCell.history.bulk_history_create(old, update=True, default_user=by)


def _set(
    cell: RiskCell,
    wanted: Cell,
    cells: Mapping[Key, RiskCell],
    categories: Mapping[str, PurchasingCategory],
) -> None:
    target, category = _target(wanted.same_as, cells, categories)
    if target is cell:
        target = None
    cell.assessment = wanted.assessment
    cell.same_as_cell, cell.same_as_category = target, category
    if wanted.assessment == Assessment.SAME_AS and not (target or category):
        # A reference to something we do not have keeps its words and is a description.
        cell.assessment = Assessment.DESCRIBED
    # A document rarely says a level: silence does not take away what an editor has set.
    cell.give_level(wanted.level or cell.level)


def _target(
    to: Reference | None,
    cells: Mapping[Key, RiskCell],
    categories: Mapping[str, PurchasingCategory],
) -> tuple[RiskCell | None, PurchasingCategory | None]:
    if to is None:
        return None, None
    if to.category:
        return None, categories.get(fold(to.category))
    return cells.get((to.area or 0, to.stage, to.dimension)), None


def _targets(cells: Mapping[Key, RiskCell], wanted: Mapping[Key, Cell]) -> dict[Key, Key]:
    """Which cell points at which, as the document has it."""
    links = {key: cell.same_as for key, cell in wanted.items() if key in cells and cell.same_as}
    return {key: (to.area or 0, to.stage, to.dimension) for key, to in links.items()}


def _planned_categories(wanted: Iterable[Cell], *, but: set[int]) -> dict[str, PurchasingCategory]:
    """Other categories that have a plan, by folded name; asked for only if a cell names one."""
    if not any(cell.same_as and cell.same_as.category for cell in wanted):
        return {}
    planned = PurchasingCategory.objects.filter(plans__isnull=False).exclude(pk__in=but).distinct()
    return {fold(category.name): category for category in planned}


def _standing(cell: RiskCell) -> str:
    """A cell without its statements, in words: assessment, reference, level."""
    said = []
    if cell.assessment == Assessment.SAME_AS:
        to = place_of(cell.same_as_cell) if cell.same_as_cell else str(cell.same_as_category)
        said.append(_("same as: %(other)s") % {"other": to})
    elif cell.assessment != Assessment.NOT_ASSESSED:
        said.append(Assessment(cell.assessment).label)
    if cell.level:
        level = RiskLevel(cell.level).label
        said.append(_("risk level: %(level)s") % {"level": level})
    return ", ".join(map(str, said))


@dataclass(frozen=True)
class Pairing:
    """The statements of a cell: a row for each of the document's, and the rows that are left."""

    cell: RiskCell
    pairs: list[tuple[RiskStatement, Statement]]
    left: list[RiskStatement]


def _pair_statements(
    cells: Mapping[Key, RiskCell], wanted: Mapping[Key, Cell], *, exact: bool
) -> list[Pairing]:
    rows = RiskStatement.objects.filter(cell__in=cells.values()).order_by(
        "cell_id", "position", "id"
    )
    there = {cell: list(group) for cell, group in groupby(rows, key=lambda row: row.cell_id)}
    found = []
    for key, cell in cells.items():
        old, new = there.get(cell.pk, []), wanted.get(key, NOTHING)
        if not exact and " ".join(row.text for row in old) == new.text:
            continue
        indexes = match([row.text for row in old], [s.text for s in new.statements])
        pairs = [
            (RiskStatement(cell=cell) if index is None else old[index], statement)
            for index, statement in zip(indexes, new.statements, strict=True)
        ]
        left = [row for index, row in enumerate(old) if index not in indexes]
        found.append(Pairing(cell, pairs, left))
    return found


def _with_what_stays(
    wanted: Mapping[Key, Cell], pairings: Iterable[Pairing], staying: Container[int]
) -> dict[Key, Cell]:
    """The document's cells; one in which a statement stays says something after all."""
    cells = dict(wanted)
    for pairing in pairings:
        if any(row.pk in staying for row in pairing.left):
            cell = pairing.cell
            key = (cell.product_area.number, cell.stage.code, cell.dimension.code)
            told = cells.get(key, NOTHING)
            if told.assessment in (Assessment.NOT_ASSESSED, Assessment.NO_LEVERAGE):
                cells[key] = replace(told, assessment=Assessment.DESCRIBED.value)
    return cells


def _store_statements(
    pairings: Iterable[Pairing],
    staying: Mapping[int, Sequence[Model]],
    changes: Changes,
    *,
    by: User | None,
) -> None:
    added: list[RiskStatement] = []
    edited: list[RiskStatement] = []
    for pairing in pairings:
        where = place_of(pairing.cell)
        for position, (row, statement) in enumerate(pairing.pairs):
            is_new, moved = row.pk is None, row.position != position
            before = "" if is_new else _said(row)
            row.kind, row.text, row.position = statement.kind, statement.text, position
            if changes.note(where, before, _said(row)) or moved:
                (added if is_new else edited).append(row)
        last = len(pairing.pairs)
        for row in pairing.left:
            if row.pk not in staying:
                changes.note(where, _said(row), "")
                row._history_user = by
                row.delete()
                continue
            changes.keep(where, row.text, staying[row.pk])
            # After what the document says, where a second run finds it.
            if row.position != last:
                row.position = last
                edited.append(row)
            last += 1
    if added:
        bulk_create_with_history(added, RiskStatement, default_user=by)
    if edited:
        fields = ["kind", "text", "position"]
        bulk_update_with_history(edited, RiskStatement, fields, default_user=by)


def _said(row: RiskStatement) -> str:
    return f"{row.get_kind_display()}: {row.text}"
