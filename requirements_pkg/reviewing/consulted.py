"""A draft that is out for consultation, as those read it who are asked about it."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from requirements_pkg.cards.requirement_cards import citation
from requirements_pkg.comparing.comparison import compare
from requirements_pkg.comparing.parts import ComparedItem, ComparedPart
from requirements_pkg.document.masking import MaskedWords, masked, masked_text, own_words
from requirements_pkg.document.reading import read
from requirements_pkg.document.schema import Document, Requirement
from requirements_pkg.models import Consultation, ConsultedDraft, PackageVersion
from requirements_pkg.models.fields import document_of
from requirements_pkg.published import page_cache
from requirements_pkg.published.masking import masked_words, maskings_of

Maskings = tuple[MaskedWords, ...]


@dataclass(frozen=True, slots=True)
class ConsultedRequirement:
    """A requirement as a list names it, with what became of it since the version in force."""

    uid: str
    code: str
    cite: str
    title: str
    badges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ConsultedSection:
    """The requirements of one product area, or those of several."""

    title: str
    requirements: tuple[ConsultedRequirement, ...]


@dataclass(frozen=True)
class OpenedDraft:
    """The frozen words, and those in force when they were frozen."""

    content: Document
    base: Document | None
    # What the words follow from: the consultation, and what is masked in them.
    key: Hashable

    @cached_property
    def parts(self) -> tuple[ComparedPart, ...]:
        """What differs from the version in force; nothing where there was none."""
        base = self.base
        if base is None:
            return ()
        # Everybody who reads the draft asks for it, in words of their language.
        return page_cache.content(
            ("consulted changes", self.key, get_language()),
            lambda: tuple(part for part in compare(base, self.content) if part.groups),
        )

    @cached_property
    def items(self) -> Mapping[str, ComparedItem]:
        """What became of each requirement that is not as it was, by uid."""
        of_requirements = (part for part in self.parts if part.id == "krav")
        return {item.key.path[0]: item for part in of_requirements for item in part.items}

    @cached_property
    def sections(self) -> list[ConsultedSection]:
        """The requirements by product area, those of several areas first."""
        return list(self._sections())

    def _sections(self) -> Iterator[ConsultedSection]:
        names = {area.number: area.name for area in self.content.areas}
        by_area: defaultdict[int, list[ConsultedRequirement]] = defaultdict(list)
        for requirement in self.content.requirements:
            areas = requirement.product_areas
            home = areas[0] if len(areas) == 1 and areas[0] in names else 0
            by_area[home].append(self._named(requirement))
        titles = {0: _("For several product areas") if names else "", **names}
        for number, title in titles.items():
            if by_area[number]:
                yield ConsultedSection(title, tuple(by_area[number]))

    def _named(self, requirement: Requirement) -> ConsultedRequirement:
        item = self.items.get(requirement.uid)
        return ConsultedRequirement(
            requirement.uid,
            requirement.code,
            citation(requirement),
            requirement.title,
            tuple(item.badges) if item else (),
        )


def masked_rows(rows: Sequence[Consultation]) -> Sequence[Consultation]:
    """Take the words that nobody is to read out of what consultations say themselves."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for ask in masked_words:
        for slug, masking in ask({row.package.slug for row in rows}):
            words[slug].append(masking.words)
    for row in rows:
        row.title = masked_text(row.title, words[row.package.slug])
        row.introduction = masked_text(row.introduction, words[row.package.slug])
    return rows


def opened_draft(consultation: Consultation) -> OpenedDraft:
    """Return the words of a consultation as they may be read, with those in force beside them.

    The frozen words are read from the database once while they are remembered. What is masked
    is masked in the row, too, which is not to be stored then.
    """
    content = _content(consultation)
    maskings = maskings_of(content)
    words, base = own_words(maskings), _base(consultation)
    consultation.title = masked_text(consultation.title, words)
    consultation.introduction = masked_text(consultation.introduction, words)
    key = consultation.pk, maskings
    return OpenedDraft(
        _masked("consulted", content, key), base and _masked("consulted base", base, key), key
    )


def _masked(name: str, document: Document, key: tuple[int, Maskings]) -> Document:
    """Return a document without the words that are masked in it, made once while remembered."""
    maskings = key[1]
    if not maskings:
        return document
    return page_cache.content((name, key), lambda: masked(document, maskings))


def _content(consultation: Consultation) -> Document:
    def ask() -> str:
        rows = ConsultedDraft.objects.filter(consultation=consultation.pk)
        return rows.values_list("content", flat=True).get()

    return page_cache.stored(("consulted", consultation.pk), ask, read)


def _base(consultation: Consultation) -> Document | None:
    pk = consultation.base_id
    if pk is None:
        return None

    def ask() -> str | bytes:
        return PackageVersion.objects.filter(pk=pk).texts()[pk]

    return page_cache.stored(("consulted base", pk), ask, document_of)
