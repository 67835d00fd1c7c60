"""Chosen requirements as a tender has them: by kind, filled in, each with its address. Pure.

Everything a buyer takes along is made of this: the page, Word, PDF, Excel, CSV and JSON.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from requirements_pkg.cards.matrix_page import paragraphs
from requirements_pkg.cards.tender_kinds import KINDS, kind_headings, kind_meanings
from requirements_pkg.choosing.file_contents import INSIDE, FileContents
from requirements_pkg.choosing.needs import NO_ANSWERS, Needs
from requirements_pkg.choosing.own_words import AWARD, MOST_PLACE, OwnWords
from requirements_pkg.choosing.selection import Selection
from requirements_pkg.comparing.lines import ContentNames
from requirements_pkg.document import fill_in
from requirements_pkg.document.schema import Document, Requirement
from requirements_pkg.tender.requirement import TenderField, TenderRequirement, included_texts
from requirements_pkg.tender.source import TenderSource


@dataclass(frozen=True, slots=True)
class TenderGroup:
    """The requirements of one kind, or of the buyer's choice, under one heading of the tender."""

    kind: str
    items: tuple[TenderRequirement, ...]
    # A heading of the buyer's own, for requirements of any kind.
    own: str = ""

    @property
    def heading(self) -> str:
        """What the kind is called, or what the buyer calls the group."""
        return self.own or kind_headings()[self.kind]

    @property
    def meaning(self) -> str:
        """What a bidder has to do about requirements of this kind."""
        return "" if self.own else kind_meanings()[self.kind]


@dataclass(frozen=True, slots=True)
class Tender:
    """Requirements of one version, ready to be written as a page or a file."""

    title: str
    source: TenderSource
    items: tuple[TenderRequirement, ...]
    # What areas, stages and dimensions are called, and which code a uid has.
    names: ContentNames
    region: str = ""
    # How the package is used, in paragraphs.
    introduction: tuple[str, ...] = ()
    # Chosen by a buyer for a tender, rather than all that the version has.
    selected: bool = True
    # What is written of each requirement.
    contents: FileContents = INSIDE
    # What the buyer calls her organisation, and the procurement.
    buyer: str = ""
    reference: str = ""
    # What the buyer answered in the guide.
    needs: Needs = NO_ANSWERS
    # The tenders of further packages in the same file, and then all requirements of the file.
    further: tuple["Tender", ...] = ()
    file_items: tuple[TenderRequirement, ...] = ()

    @property
    def parts(self) -> tuple["Tender", ...]:
        """The tenders of all packages in the file."""
        return (self, *self.further)

    @property
    def every_item(self) -> tuple[TenderRequirement, ...]:
        """The requirements of all packages in the file."""
        return self.file_items or self.items

    @property
    def is_of_several(self) -> bool:
        """Whether the file has requirements of several packages."""
        return bool(self.file_items)

    @property
    def points_in_all(self) -> int:
        """What the award criteria of the file give, or deduct, together."""
        return sum(item.points or 0 for item in self.every_item if item.kind == AWARD)

    @property
    def deducts(self) -> bool:
        """Whether award criteria deduct kronor instead of giving points."""
        return any(item.deducts for item in self.every_item)

    @property
    def internal(self) -> bool:
        """Whether it has what the buyer's own people need to know, and a bidder need not."""
        return self.contents.internal

    @property
    def has_answers(self) -> bool:
        """Whether a bidder answers in it."""
        return self.selected and self.contents.answers

    @property
    def groups(self) -> tuple[TenderGroup, ...]:
        """What has a heading of the buyer's own, then the kinds in the order of a tender."""
        headings = dict.fromkeys(item.own.heading for item in self.items if item.own.heading)
        own = [
            TenderGroup(f"egen-{at}", self._under(heading), heading)
            for at, heading in enumerate(headings, 1)
        ]
        plain = self._under("")
        of = {kind: tuple(i for i in plain if i.kind == kind) for kind in KINDS}
        return (*own, *(TenderGroup(kind, items) for kind, items in of.items() if items))

    def _under(self, heading: str) -> tuple[TenderRequirement, ...]:
        return tuple(item for item in self.items if item.own.heading == heading)

    @property
    def origin(self) -> str:
        """A sentence about where the requirements come from."""
        words = {"package": self.title, "number": self.source.number, "date": self.source.day}
        if self.source.consultation is not None:
            text = gettext("Draft of the package %(package)s, sent for consultation on %(date)s.")
            return str(text % words)
        text = gettext("From the package %(package)s, version %(number)s, published %(date)s.")
        return str(text % words)

    @property
    def missing(self) -> tuple[TenderField, ...]:
        """Every place that still has to be filled in, in reading order."""
        groups = (group for part in self.parts for group in part.groups)
        return tuple(gap for group in groups for item in group.items for gap in item.missing)


def tender_of(
    content: Document, source: TenderSource, selection: Selection | None = None
) -> Tender:
    """Make a tender of the chosen requirements of a content, or of all of them."""
    picked = selection and selection.first.requirements_in(content)
    requirements = picked.requirements if picked else content.requirements
    selected = selection or Selection(contents=INSIDE)
    return Tender(
        title=content.package.title,
        source=source,
        items=_in_order(_item(requirement, source, selected) for requirement in requirements),
        names=ContentNames.of(content),
        region=content.region_name,
        introduction=tuple(paragraphs(content.package.introduction)),
        selected=selection is not None,
        contents=selected.contents,
        buyer=selected.buyer,
        reference=selected.reference,
        needs=selected.needs if selected.contents.assessment else NO_ANSWERS,
    )


def joined(tenders: Sequence[Tender]) -> Tender:
    """Return the tenders of several packages as that of one file, in which no code is of two."""
    if len(tenders) == 1:
        return tenders[0]
    counts = Counter(item.code for made in tenders for item in made.items)

    def distinguished(item: TenderRequirement, made: Tender) -> TenderRequirement:
        place = f"{made.source.slug} v{made.source.number}"
        return replace(item, beside=place) if counts[item.code] > 1 else item

    items = [tuple(distinguished(item, made) for item in made.items) for made in tenders]
    every = tuple(item for own in items for item in own)
    first, *further = (
        replace(made, items=own, file_items=every)
        for made, own in zip(tenders, items, strict=True)
    )
    return replace(first, further=tuple(further))


def _in_order(items: Iterable[TenderRequirement]) -> tuple[TenderRequirement, ...]:
    """Put what the buyer gave a place first, and all else as the package has it."""
    return tuple(sorted(items, key=lambda item: item.own.place or MOST_PLACE + 1))


def _item(requirement: Requirement, source: TenderSource, choice: Selection) -> TenderRequirement:
    code, buyer = requirement.code, choice.buyer
    texts = included_texts(choice.contents)
    seen = {place.key for name in texts for place in fill_in.places(getattr(requirement, name))}
    return TenderRequirement(
        requirement=requirement,
        address=source.address(code),
        removal=source.removed.get(requirement.uid, ""),
        fields=tuple(
            TenderField(
                code, place, choice.values.get((code, place.key), ""), place.key in seen, buyer
            )
            for place in fill_in.places_of(requirement)
        ),
        buyer=buyer,
        own=OwnWords.of(requirement, choice.first.own),
        deducts=choice.deducts and requirement.kind == AWARD,
    )
