"""The page of a selection: package by package, with what does not go together in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from requirements_pkg.choosing import selection as selections
from requirements_pkg.choosing.buyer_name import LONGEST as LONGEST_NAME
from requirements_pkg.choosing.buyer_name import left_in
from requirements_pkg.choosing.file_contents import (
    ANSWERS,
    ASSESSMENT,
    INTERNAL,
    LAW,
    PROOF,
    RATIONALE,
    WITH,
    WITHOUT,
)
from requirements_pkg.choosing.need_words import answered, outcomes
from requirements_pkg.choosing.selection import FORM, Selection
from requirements_pkg.choosing.selection_group import SelectionGroup
from requirements_pkg.comparing.since import RequirementFate, RequirementThenAndNow, changed_since
from requirements_pkg.document.fill_in import LONGEST_VALUE
from requirements_pkg.document.schema import Module, Requirement
from requirements_pkg.published import catalogue
from requirements_pkg.published.catalogue import PlanEnd
from requirements_pkg.published.version_info import VersionInfo
from requirements_pkg.tender import document as tender
from requirements_pkg.tender.downloads import DownloadRequest
from requirements_pkg.tender.notice.eforms import SELECTION_FORMS
from requirements_pkg.tender.requirement import (
    AWARD,
    Paragraph,
    TenderPart,
    TenderRequirement,
    facts_of,
    parts_of,
    withdrawal_of,
)
from requirements_pkg.tender.selected.overlap import Overlap, missing_terms, overlaps, twins
from requirements_pkg.tender.selected.versions import ReadSelection, SelectedVersion
from requirements_pkg.tender.words import worth_in_all

Plain = dict[str, object]


@dataclass(frozen=True, slots=True)
class Wish:
    """A box to tick: what of the requirements the files hold, beside what is usual."""

    # As the address says it.
    name: str
    value: str
    label: str
    is_set: bool


@dataclass(frozen=True, slots=True)
class SelectionRow:
    """A chosen requirement on the page, and what became of it since."""

    item: TenderRequirement
    text: tuple[Paragraph, ...]
    parts: tuple[TenderPart, ...]
    facts: list[tuple[str, str]]
    withdrawal: str
    since: RequirementThenAndNow | None


@dataclass(frozen=True, slots=True)
class MissingTerms:
    """Contract terms of a shared module that were not chosen, and the selection with them."""

    module: Module
    terms: tuple[Requirement, ...]
    added: Selection


@dataclass(frozen=True, slots=True)
class SelectionPart:
    """What is chosen in one version of one package, as the page shows it."""

    # Before the names of its elements: of the first package they are as they always were.
    prefix: str
    group: SelectionGroup
    made: tender.Tender
    version: VersionInfo
    newest: VersionInfo | None
    ended: PlanEnd | None
    # The same, told once of each package.
    end_to_announce: PlanEnd | None
    kinds: list[tuple[tender.TenderGroup, list[SelectionRow]]]
    overlaps: list[tuple[Overlap, Selection, Selection]]
    missing_terms: list[MissingTerms]
    unknown: tuple[str, ...]
    # The selection without the unknown codes, and without all of this package.
    known: Selection
    without: Selection
    changed: list[RequirementThenAndNow]
    # The selection with this package in the version in force, and which codes do not come along.
    move: Selection | None = None
    left_behind: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The package."""
        return self.group.slug


def selection_context(read: ReadSelection, origin: str) -> Plain:
    """Return what the page says of a selection.

    Args:
        read: the selection, with the versions that it names.
        origin: where the site stands, for the address that is shared.
    """
    settled = read.selection
    parts = [_part(at, part, read) for at, part in enumerate(read.parts)]
    return {
        **_addressed(settled, origin),
        "parts": parts,
        "is_several": len(settled.groups) > 1,
        "count": sum(len(part.made.items) for part in parts),
        "has_unknown": bool(read.missing or any(part.unknown for part in parts)),
        "unpublished": [(group, settled.put(group)) for group in read.missing],
        "twins": _twins(read),
        "two_versions": _two_versions(parts),
        "changed_parts": [part for part in parts if part.changed],
        "missing": [(part.prefix, gap) for part in parts for gap in part.made.missing],
        "left": _left(parts),
        **_worth([part.made for part in parts], settled),
        "longest": LONGEST_VALUE,
        "longest_name": LONGEST_NAME,
        "wishes": _wishes(settled),
        "assessed": answered(settled.needs),
        "outcomes": outcomes(settled.needs) if settled.needs else [],
        "has_wishes": settled.has_wishes,
        "forms": SELECTION_FORMS,
        "letterheads": catalogue.letterheads(),
    }


def _worth(tenders: list[tender.Tender], settled: Selection) -> Plain:
    """Return what the award criteria give together, and whether that is what it is to be."""
    if not any(item.kind == AWARD for made in tenders for item in made.items):
        return {"has_awards": False}
    made = tender.joined(tenders)
    is_wrong = settled.sum is not None and settled.sum != made.points_in_all
    return {"has_awards": True, "worth": worth_in_all(made), "wrong_sum": is_wrong}


def _wishes(settled: Selection) -> list[Wish]:
    """Return what a buyer may tick of what the files hold, in the order of the page."""
    labels = {
        (WITH, INTERNAL): gettext(
            "Include what is for internal use: "
            "how the requirement is followed up and what it replaces"
        ),
        (WITH, RATIONALE): gettext("Include the rationale"),
        (WITH, LAW): gettext(
            "Include what the law already demands, and how the requirement goes beyond it"
        ),
        (WITHOUT, ANSWERS): gettext("Leave out the bidder’s answer fields"),
        (WITHOUT, PROOF): gettext("Leave out the evidence to submit"),
    }
    if settled.needs:
        labels[WITHOUT, ASSESSMENT] = gettext("Leave out our assessment, in a file for bidders")
    ticked = settled.contents.pairs
    return [Wish(*pair, label, pair in ticked) for pair, label in labels.items()]


def _addressed(settled: Selection, origin: str) -> Plain:
    """Return the address of a selection, and its length; one that does not fit leads nowhere."""
    query = settled.query()
    return {
        "query": query if settled.fits else "",
        "fits": settled.fits,
        "sent_form": "" if settled.fits else FORM,
        "length": len(query),
        "most": selections.LONGEST_QUERY,
        "feed_query": settled.bare.query(),
        "kept": selections.fitting(settled.pairs()),
        "address": f"{origin}{reverse('selection')}?{query}",
    }


def _part(at: int, part: SelectedVersion, read: ReadSelection) -> SelectionPart:
    settled, group, newest = read.selection, part.group, part.versions.in_force
    made = DownloadRequest(part.content, part.version, selection=settled.only(group)).tender
    since = _since(part)
    changed = {
        requirement.code: requirement
        for requirement in since
        if requirement.fate != RequirementFate.UNCHANGED
    }
    move, left_behind = _move(settled, group, since, newest)
    picked, ended = part.picked, part.versions.ended(timezone.localdate())
    return SelectionPart(
        prefix=f"p{at + 1}-" if at else "",
        group=group,
        made=made,
        version=part.version,
        newest=newest,
        ended=ended,
        end_to_announce=None
        if part.slug in {before.slug for before in read.parts[:at]}
        else ended,
        kinds=[(kind, [_row(item, made, changed) for item in kind.items]) for kind in made.groups],
        overlaps=_overlaps(settled, part),
        missing_terms=_missing_terms(read, part),
        unknown=picked.unknown,
        known=settled.without(group, picked.unknown),
        without=settled.put(group),
        changed=list(changed.values()),
        move=move,
        left_behind=left_behind,
    )


def _overlaps(
    settled: Selection, part: SelectedVersion
) -> list[tuple[Overlap, Selection, Selection]]:
    """Return what replaces what in a package, and the selection without either."""
    return [
        (
            overlap,
            settled.without(part.group, [overlap.old.code]),
            settled.without(part.group, [overlap.new.code]),
        )
        for overlap in overlaps(part.picked.requirements, part.content.requirements)
    ]


def _missing_terms(read: ReadSelection, part: SelectedVersion) -> list[MissingTerms]:
    """Return the terms of a package's modules that stand nowhere in the selection."""
    group = part.group
    uids = {wanted.uid for other in read.parts for wanted in other.picked.requirements}
    return [
        MissingTerms(module, terms, read.selection.put(group, group.with_codes(terms)))
        for module, terms in missing_terms(uids, part.content)
        if group.codes
    ]


def _twins(read: ReadSelection) -> list[tuple[Requirement, list[tuple[str, str, Selection]]]]:
    """Return what was chosen twice: where it stands, and the selection without it there."""
    parts, settled = read.parts, read.selection
    return [
        (
            twin.requirement,
            [
                (_name(parts[at]), code, settled.without(parts[at].group, [code]))
                for at, code in twin.places
            ],
        )
        for twin in twins([part.picked.requirements for part in parts])
    ]


def _name(part: SelectedVersion) -> str:
    return f"{part.content.package.title}, version {part.version.number}"


def _two_versions(parts: Sequence[SelectionPart]) -> list[tuple[str, list[SelectionPart]]]:
    """Return the packages of which more than one version is in the selection."""
    by_slug: dict[str, list[SelectionPart]] = {}
    for part in parts:
        by_slug.setdefault(part.slug, []).append(part)
    return [(same[0].made.title, same) for same in by_slug.values() if len(same) > 1]


def _left(parts: Iterable[SelectionPart]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the words about regions that the buyer's name does not replace, by code."""
    pairs = (
        (part.prefix, item.code, left_in(item.published(part.made.contents)))
        for part in parts
        if part.made.buyer
        for kind in part.made.groups
        for item in kind.items
    )
    return [(prefix, code, words) for prefix, code, words in pairs if words]


def _since(part: SelectedVersion) -> list[RequirementThenAndNow]:
    """Return what became of each requirement up to the version in force."""
    newest = part.versions.in_force
    if newest is None or part.version.number == newest.number:
        return []
    return changed_since(part.content, catalogue.content_of(newest), part.group.codes)


def _move(
    settled: Selection,
    group: SelectionGroup,
    since: list[RequirementThenAndNow],
    newest: VersionInfo | None,
) -> tuple[Selection | None, tuple[str, ...]]:
    """Return the selection in the version in force, and which codes do not come along."""
    if newest is None:
        return None, ()
    # Only by identity: another requirement may have got the code, or read much the same.
    kept = {
        requirement.code: requirement.new.code
        for requirement in since
        if requirement.new and requirement.continues
    }
    left_behind = tuple(code for code in group.codes if code not in kept)
    return settled.put(group, group.moved(newest.number, kept)), left_behind


def _row(
    item: TenderRequirement, made: tender.Tender, changed: dict[str, RequirementThenAndNow]
) -> SelectionRow:
    return SelectionRow(
        item,
        item.paragraphs("text"),
        tuple(parts_of(item, made.contents)),
        facts_of(item, made.names, internal=made.internal),
        withdrawal_of(item, made.names),
        changed.get(item.code),
    )
