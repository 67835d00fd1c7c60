"""What a draft changes of the version in force, in sections that a person can read. Pure.

The same comparison as the public one; here it is read area by area, and each item has a digest, so
that what was ticked as read is unread again when it reads otherwise.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext

from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.comparing.comparison import compare
from requirements_pkg.comparing.lines import ContentNames, whole_lines
from requirements_pkg.comparing.parts import ComparedGroup, ComparedItem, ComparedPart
from requirements_pkg.document.schema import Document, PackageHead, Requirement

HEAD: Final = "om"
SHARED: Final = "krav"
GOALS: Final = "mal"
LESSONS: Final = "lardomar"
CONSULTATION: Final = "remiss"
REMOVED: Final = "borttagna"
AREA: Final = "omrade-"


@dataclass(frozen=True, slots=True)
class RedlineItem:
    """One thing that changed, and a digest of what its reader sees."""

    item: ComparedItem
    digest: str

    @property
    def key(self) -> str:
        """What it is known by, however often the draft is looked at."""
        return str(self.item.key)

    @property
    def anchor(self) -> str:
        """Where on its page it stands."""
        return self.key.replace("/", "-")


@dataclass(frozen=True, slots=True)
class RedlineGroup:
    """Items of one kind in a section."""

    title: str
    items: tuple[RedlineItem, ...]


@dataclass(frozen=True, slots=True)
class RedlineSection:
    """What is read in one go: a product area, the goals, the head."""

    id: str
    title: str
    groups: tuple[RedlineGroup, ...]
    # What stays as it is: the requirements by citation and title, and how many cells or goals.
    same_requirements: tuple[tuple[str, str], ...] = ()
    same_cells: int = 0
    same_goals: int = 0

    @property
    def items(self) -> list[RedlineItem]:
        """All items in their order."""
        return [item for group in self.groups for item in group.items]


def redline(old: Document | None, new: Document) -> tuple[RedlineSection, ...]:
    """Return what a draft changes, in sections; those without a change are left out.

    Args:
        old: the version in force; without one, all of the draft is new.
        new: the draft.
    """
    before = old or _blank(new)
    parts = {part.id: part for part in compare(before, new, by_cell=True)}
    maker = _Sections(before, new, parts)
    return tuple(section for section in maker.sections() if section.groups)


def _blank(new: Document) -> Document:
    """Return a document that says nothing, in the grid of another."""
    return Document(
        schema=new.schema,
        package=PackageHead(new.package.slug, "", ""),
        plan=None,
        stages=new.stages,
        dimensions=new.dimensions,
        region_name="",
        modules=(),
        requirements=(),
        indicators=(),
        lessons=(),
        consultations=(),
    )


class _Sections:
    """Puts the parts of a comparison together by product area."""

    def __init__(self, old: Document, new: Document, parts: dict[str, ComparedPart]) -> None:
        self.old, self.new, self.parts = old, new, parts
        self.names = ContentNames.of(old), ContentNames.of(new)
        self.numbers = {area.number for area in new.areas}
        self.cells, self.removed = _cells_by_area(parts["matris"].groups)
        self.requirements: defaultdict[str, list[RedlineItem]] = defaultdict(list)
        by_uid = {r.uid: r for r in (*old.requirements, *new.requirements)}
        for item in parts["krav"].items:
            requirement = by_uid[item.key.path[0]]
            self.requirements[self.home(requirement)].append(self.whole(item, requirement))

    def home(self, requirement: Requirement) -> str:
        """Tell in which section a requirement is read: its one area's, or that of all others."""
        areas = requirement.product_areas
        return f"{AREA}{areas[0]}" if len(areas) == 1 and areas[0] in self.numbers else SHARED

    def whole(self, item: ComparedItem, requirement: Requirement) -> RedlineItem:
        """Return a requirement with all its fields, where only one of the contents has it."""
        if not item.lines and item.body:
            names = self.names[0 if item.key.is_removed else 1]
            item = replace(item, body="", lines=whole_lines(requirement, names))
        return redline_item(item)

    def sections(self) -> Iterator[RedlineSection]:
        """Yield all sections, also those without a change."""
        yield self.plain(HEAD, gettext("The package"), ["om"])
        same = self.same_requirements()
        for area in self.new.areas:
            name = f"{AREA}{area.number}"
            cells = tuple(map(redline_item, self.cells[area.number]))
            title = gettext("%(number)s. %(name)s")
            changed = sum(item.item.key.kind == "cell" for item in cells)
            yield RedlineSection(
                name,
                title % {"number": area.number, "name": capfirst(area.name)},
                self.groups(cells, self.requirements[name]),
                tuple(same[name]),
                same_cells=max(len(area.cells) - changed, 0),
            )
        title = gettext("Requirements for several or all product areas")
        if self.new.plan is None:
            title = gettext("Requirements")
        groups = self.groups((), self.requirements[SHARED])
        yield RedlineSection(SHARED, title, groups, tuple(same[SHARED]))
        goals = self.plain(GOALS, gettext("Goals"), ["mal", "matt"])
        total = len(self.new.plan.goals) if self.new.plan else 0
        touched = {item.item.key.path[0] for item in goals.items}
        yield replace(goals, same_goals=max(total - len(touched), 0))
        yield self.plain(LESSONS, gettext("Lessons"), ["lardomar"])
        yield self.plain(CONSULTATION, gettext("Consultation"), ["remiss"])
        groups_removed = (
            (RedlineGroup("", tuple(map(redline_item, self.removed))),) if self.removed else ()
        )
        yield RedlineSection(REMOVED, gettext("Removed product areas"), groups_removed)

    def groups(
        self, cells: Collection[RedlineItem], requirements: Collection[RedlineItem]
    ) -> tuple[RedlineGroup, ...]:
        """Return the groups of an area; those without items are left out."""
        groups = (
            RedlineGroup(gettext("Risks and opportunities"), tuple(cells)),
            RedlineGroup(gettext("Requirements"), tuple(requirements)),
        )
        return tuple(group for group in groups if group.items)

    def plain(self, name: str, title: str, parts: Iterable[str]) -> RedlineSection:
        """Return a section of parts that are read as they are compared."""
        groups = []
        for part in map(self.parts.__getitem__, parts):
            for group in part.groups:
                heading = group.title or (part.title if part.title != title else "")
                groups.append(RedlineGroup(heading, tuple(map(redline_item, group.items))))
        return RedlineSection(name, title, tuple(groups))

    def same_requirements(self) -> defaultdict[str, list[tuple[str, str]]]:
        """Return by section the requirements that read as they did."""
        changed = {item.key.path[0] for item in self.parts["krav"].items}
        same: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for requirement in self.new.active:
            if requirement.uid not in changed:
                name = citation(requirement), requirement.title
                same[self.home(requirement)].append(name)
        return same


def _cells_by_area(
    groups: Iterable[ComparedGroup],
) -> tuple[defaultdict[int, list[ComparedItem]], list[ComparedItem]]:
    """Return the items of the matrix by area, and apart those of areas that are gone."""
    cells: defaultdict[int, list[ComparedItem]] = defaultdict(list)
    removed: list[ComparedItem] = []
    for group in groups:
        key = group.items[0].key
        is_removed = key.kind == "area" and key.is_removed
        for item in group.items:
            (removed if is_removed else cells[item.key.path[0]]).append(item)
    return cells, removed


def redline_item(item: ComparedItem) -> RedlineItem:
    """Return an item with the digest of what its reader sees, the notes on its place apart."""
    words = (item.kinds, item.title, item.body, [(line.name, line.pieces) for line in item.lines])
    return RedlineItem(item, sha256(repr(words).encode()).hexdigest())
