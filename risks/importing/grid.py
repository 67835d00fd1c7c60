"""The product areas of a document, their cells and statements, as rows.

`work_out_areas` finds what changes and writes nothing; `AreaChanges.write` is what is left to do
under a lock.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from django.db.models import Model
from django.utils.translation import gettext as _

from actionplan.database import bulk
from actionplan.models import ActionPlan, ProductArea, PurchasingCategory, User
from actionplan.text import fold
from actionplan.word.document import Area, CellReference, PlanCell, PlanDocument
from risks.actions.delete_protection import protected
from risks.actions.numbering import put_aside
from risks.actions.removal import remove_areas
from risks.grid.editing import CELL_FIELDS, STATEMENT_FIELDS
from risks.grid.matrix import in_circle
from risks.importing.changes import Changes
from risks.importing.sameness import ComparableItem, pair
from risks.importing.statements import (
    NOTHING,
    Key,
    StatementChanges,
    lay_out_statements,
    pair_statements,
    part_of,
    place_of,
    statement_words,
    take_replaced,
    with_what_stays,
)
from risks.models import (
    Assessment,
    Dimension,
    LifecycleStage,
    RiskCell,
    RiskLevel,
    RiskStatement,
)

IMPORTED_FIELDS: Final = [*STATEMENT_FIELDS, "is_kept"]
POINTED_AT = (
    "same_as_cell__product_area",
    "same_as_cell__stage",
    "same_as_cell__dimension",
    "same_as_category",
)


@dataclass
class AreaChanges:
    """The rows that a document changes in a plan's areas, with their new values."""

    moved: list[ProductArea] = field(default_factory=list)
    renamed: list[ProductArea] = field(default_factory=list)
    fresh: list[ProductArea] = field(default_factory=list)
    removed: list[ProductArea] = field(default_factory=list)
    new_cells: list[RiskCell] = field(default_factory=list)
    cells: list[RiskCell] = field(default_factory=list)
    statements: StatementChanges = field(default_factory=StatementChanges)

    def write(self, by: User | None) -> None:
        """Store it all; call it where the plan is locked, and is as it was worked out from."""
        # Together, since one of them may refer to another; what refers to them is told below.
        remove_areas(self.removed, by=by)
        # Two areas may change places, and no two may share a number on the way.
        put_aside(ProductArea, self.moved)
        bulk.change(ProductArea, self.renamed, ["number", "name", "slug", "former_number"], by=by)
        bulk.make(ProductArea, self.fresh, by=by)
        # Together, since they may point at each other: the database looks when all are there.
        bulk.make(RiskCell, self.new_cells, by=by)
        new = {cell.pk for cell in self.new_cells}
        old = [cell for cell in self.cells if cell.pk not in new]
        bulk.change(RiskCell, old, CELL_FIELDS, by=by)
        bulk.make(RiskStatement, self.statements.added, by=by)
        bulk.change(RiskStatement, self.statements.edited, IMPORTED_FIELDS, by=by)
        bulk.remove(RiskStatement, self.statements.removed, by=by)


def work_out_areas(
    plan: ActionPlan, document: PlanDocument, changes: Changes, *, exact: bool
) -> AreaChanges:
    """Find what makes the areas and their matrices equal to the document's.

    Args:
        exact: whether the document tells where one statement ends and the next begins; the text
            form does not, and then statements whose words are the same stay as they are.
    """
    area_changes = AreaChanges()
    areas = _areas(plan, document, changes, area_changes)
    _tell_lost(area_changes.removed, changes)
    cells = _cells(areas, area_changes)
    wanted = {
        (area.number, cell.stage, cell.dimension): cell
        for area in document.areas
        if str(area.number) not in changes.left
        for cell in area.cells
    }
    written = {key: cell for key, cell in cells.items() if str(key[0]) not in changes.left}
    pairings = pair_statements(written, wanted, exact=exact)
    staying = protected([row for pairing in pairings for row in pairing.left])
    take_replaced(pairings, staying, changes)
    _fill_cells(cells, with_what_stays(wanted, pairings, staying), changes, area_changes)
    area_changes.statements = lay_out_statements(pairings, staying, changes)
    return area_changes


def _cells(areas: Mapping[int, ProductArea], area_changes: AreaChanges) -> dict[Key, RiskCell]:
    """Return the cells of the areas in grid order, with new ones where some are missing."""
    own = {area.pk: area for area in areas.values() if area.pk}
    rows = RiskCell.objects.filter(product_area__in=own).in_grid_order()
    there = {}
    for cell in rows.select_related(*POINTED_AT):
        cell.product_area = own[cell.product_area_id]
        there[cell.product_area.number, cell.stage.code, cell.dimension.code] = cell
    for cell in there.values():
        other = cell.same_as_cell
        if other is not None and other.product_area_id in own:
            # Called by the number that its area gets.
            other.product_area = own[other.product_area_id]
    cells: dict[Key, RiskCell] = {}
    headings = product(LifecycleStage.objects.all(), Dimension.objects.all())
    for area, (stage, dimension) in product(
        sorted(areas.values(), key=lambda area: area.number), list(headings)
    ):
        key = area.number, stage.code, dimension.code
        cells[key] = there.get(key) or RiskCell(
            product_area=area, stage=stage, dimension=dimension
        )
    area_changes.new_cells = [cell for cell in cells.values() if cell.pk is None]
    return cells


def _tell_lost(areas: list[ProductArea], changes: Changes) -> None:
    """Say what goes with an area: its assessments, its levels and its statements."""
    if not areas:
        return
    cells = (
        RiskCell.objects.filter(product_area__in=areas)
        .in_grid_order()
        .select_related("product_area", *POINTED_AT)
        .prefetch_related("statements")
    )
    for cell in cells:
        changes.enter(stored_part(cell.product_area))
        changes.note(place_of(cell), _cell_in_words(cell), "")
        for statement in cell.statements.all():
            changes.touch(statement)
            changes.note(place_of(cell), statement_words(statement), "")


def _areas(
    plan: ActionPlan, document: PlanDocument, changes: Changes, area_changes: AreaChanges
) -> dict[int, ProductArea]:
    """Return the areas by the document's numbers, and note what changes."""
    there = list(plan.product_areas.all()) if plan.pk else []
    pairs = _pair(there, document.areas, changes)
    kept = {area.pk for area in pairs.values()}
    removed = [area for area in there if area.pk not in kept]
    for new in document.areas:
        changes.enter(str(new.number), f"{new.number}. {new.name}")
    # A new area that is left as it is does not come.
    coming = [
        new for new in document.areas if new.number in pairs or str(new.number) not in changes.left
    ]
    taken = {area.number for area in coming}
    area_changes.removed = _keep_areas(removed, [*there, *coming], taken, changes, area_changes)
    for lost in area_changes.removed:
        changes.enter(stored_part(lost))
        changes.note(_("Product area"), str(lost), "")
    area_changes.moved = [pairs[number] for number in pairs if pairs[number].number != number]
    for wanted in coming:
        changes.enter(str(wanted.number))
        area = pairs.get(wanted.number)
        before = str(area) if area else ""
        if area is None:
            area = ProductArea(plan=plan)
            area_changes.fresh.append(area)
        former, is_left = area.former_number, str(wanted.number) in changes.left
        if not is_left:
            area.former_number = (former or str(wanted.number)) if wanted.is_kept else ""
            area.name = wanted.name
        area.number = wanted.number
        area.slug = ProductArea.slug_of(area.number, area.name)
        is_other = changes.note(_("Product area"), before, str(area))
        if area.pk and (is_other or former != area.former_number):
            area_changes.renamed.append(area)
        pairs[wanted.number] = area
    return pairs


def _keep_areas(
    removed: list[ProductArea],
    numbered: Iterable[ProductArea | Area],
    taken: Container[int],
    changes: Changes,
    area_changes: AreaChanges,
) -> list[ProductArea]:
    """Keep the areas that others build on, whole and out of the document's way; returns the rest.

    Args:
        numbered: everything that has a number now or will have.
        taken: the numbers that the document gives.
    """
    for area in removed:
        changes.enter(stored_part(area), str(area))
    by_choice = {area.pk for area in removed if stored_part(area) in changes.left}
    staying = _staying_areas(removed, by_choice)
    last = max((area.number for area in numbered), default=0)
    for area in removed:
        if area.pk not in staying:
            continue
        before = str(area)
        changes.enter(stored_part(area))
        changes.keep(_("Product area"), before, staying[area.pk])
        had_former_number = bool(area.former_number)
        area.former_number = area.former_number or str(area.number)
        if area.number in taken:
            last += 1
            area.number = last
            area.slug = ProductArea.slug_of(area.number, area.name)
            changes.note(_("Product area"), before, str(area))
        elif had_former_number:
            continue
        area_changes.renamed.append(area)
    return [area for area in removed if area.pk not in staying]


def stored_part(area: ProductArea) -> str:
    """Return the key of the part of the plan that an area is which the document does not have."""
    return f"stored-{area.pk}"


def _staying_areas(areas: list[ProductArea], by_choice: set[int]) -> dict[int, list[Model]]:
    """Return the keys of the areas that stay, with what builds on each.

    Args:
        by_choice: the keys of those that a person leaves as they are.
    """
    staying: dict[int, list[Model]] = {key: [] for key in by_choice} | protected(areas)
    while staying:
        # What a staying area refers to stays with it.
        cells = RiskCell.objects.filter(
            product_area__in=staying, same_as_cell__product_area__in=areas
        ).exclude(same_as_cell__product_area__in=staying)
        referring = cells.select_related("same_as_cell", "stage", "dimension")
        links = [(cell, cell.same_as_cell) for cell in referring if cell.same_as_cell is not None]
        if not links:
            break
        for cell, other in links:
            staying.setdefault(other.product_area_id, []).append(cell)
    return staying


def _pair(
    there: Sequence[ProductArea], wanted: Sequence[Area], changes: Changes
) -> dict[int, ProductArea]:
    """Pair stored areas with the numbers they get; a person says whether one was renamed."""
    pairs = pair(
        [ComparableItem(str(area.number), area.name) for area in there],
        [ComparableItem(str(new.number), new.name) for new in wanted],
    )
    for at, to in pairs.doubtful:
        area, new = there[at], wanted[to]
        where = " ".join((_("Product area"), str(area.number)))
        if changes.ask(where, area, area.name, new.name):
            pairs.take(at, to)
    return {
        new.number: there[at]
        for new, at in zip(wanted, pairs.matches, strict=True)
        if at is not None
    }


def _fill_cells(
    cells: Mapping[Key, RiskCell],
    wanted: Mapping[Key, PlanCell],
    changes: Changes,
    area_changes: AreaChanges,
) -> None:
    own = {cell.product_area.plan.category_id for cell in cells.values()}
    categories = _planned_categories(wanted.values(), but=own - {None})
    circle = in_circle(_targets(cells, wanted, changes.left))
    for key, cell in cells.items():
        changes.enter(part_of(cell))
        if changes.part in changes.left:
            continue
        before = _cell_in_words(cell)
        _set(cell, wanted.get(key, NOTHING), {} if key in circle else cells, categories)
        if changes.note(place_of(cell), before, _cell_in_words(cell)):
            area_changes.cells.append(cell)


def _set(
    cell: RiskCell,
    wanted: PlanCell,
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
    to: CellReference | None,
    cells: Mapping[Key, RiskCell],
    categories: Mapping[str, PurchasingCategory],
) -> tuple[RiskCell | None, PurchasingCategory | None]:
    if to is None:
        return None, None
    if to.category:
        return None, categories.get(fold(to.category))
    return cells.get((to.area or 0, to.stage, to.dimension)), None


def _targets(
    cells: Mapping[Key, RiskCell], wanted: Mapping[Key, PlanCell], left: Collection[str]
) -> dict[Key, Key]:
    """Tell which cell points at which, as the document has it.

    Args:
        left: the numbers of the areas that stay as they are.
    """
    links = {key: cell.same_as for key, cell in wanted.items() if key in cells and cell.same_as}
    targets = {key: (to.area or 0, to.stage, to.dimension) for key, to in links.items()}
    keys = {cell.pk: key for key, cell in cells.items() if cell.pk is not None}
    # Those of an area that is left as it is point where they did.
    stays = {
        key: keys[cell.same_as_cell_id]
        for key, cell in cells.items()
        if str(key[0]) in left and cell.same_as_cell_id in keys
    }
    return targets | stays


def _planned_categories(
    wanted: Iterable[PlanCell], *, but: set[int]
) -> dict[str, PurchasingCategory]:
    """Return other categories with a plan, by folded name; asked for only if a cell names one."""
    if not any(cell.same_as and cell.same_as.category for cell in wanted):
        return {}
    planned = PurchasingCategory.objects.filter(plans__isnull=False).exclude(pk__in=but).distinct()
    return {fold(category.name): category for category in planned}


def _cell_in_words(cell: RiskCell) -> str:
    """Describe a cell without its statements, in words: assessment, reference, level."""
    words = []
    if cell.assessment == Assessment.SAME_AS:
        to = place_of(cell.same_as_cell) if cell.same_as_cell else str(cell.same_as_category)
        words.append(_("same as: %(other)s") % {"other": to})
    elif cell.assessment != Assessment.NOT_ASSESSED:
        words.append(str(Assessment(cell.assessment).label))
    if cell.level:
        level = RiskLevel(cell.level).label
        words.append(_("risk level: %(level)s") % {"level": level})
    return ", ".join(words)
