"""A version cut up into the texts that a search finds."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from operator import attrgetter
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from actionplan.database import bulk_tuples
from actionplan.database.prepared_queries import prepared
from actionplan.django_edges import TupleRows
from requirements_pkg.cards.matrix_page import anchor
from requirements_pkg.document import fill_in
from requirements_pkg.document.masking import masked
from requirements_pkg.document.requirement_fields import SEARCHED
from requirements_pkg.document.schema import Document, Goal, Requirement
from requirements_pkg.language.terms import (
    Splitter,
    Stretches,
    opening_of,
    stretches,
    words_of,
    written_of,
)
from requirements_pkg.models import PackageVersion, PublishedText, TextKind, VersionWords
from requirements_pkg.published.masking import maskings_of
from requirements_pkg.searching import facets

# Those of most weight first: what comes first ranks higher.
_texts_of = attrgetter(*SEARCHED)
COLUMNS = ("version", "kind", "anchor", "heading", "body", "terms", "opening")


class SearchableText(NamedTuple):
    """One text to be found; the anchor says where it stands."""

    kind: TextKind
    anchor: str
    heading: str
    body: str
    # More terms that it is found by: see `facets`.
    facets: tuple[str, ...] = ()


class IndexedWords(NamedTuple):
    """A text, and what its words are made of."""

    text: SearchableText
    heading: Stretches
    body: Stretches

    @classmethod
    def of(cls, text: SearchableText) -> "IndexedWords":
        """Take a text apart, once for all that is made of its words."""
        return cls(text, stretches(text.heading), stretches(text.body))

    @property
    def title(self) -> Stretches:
        """What ranks highest: a requirement is also called by its code."""
        text, heading = self.text, self.heading
        # A code has no space, and stands first.
        return {text.anchor: None, **heading} if text.kind is TextKind.REQUIREMENT else heading


def catch_up(published: PackageVersion | None = None) -> None:
    """Make the versions in force findable that are not yet.

    Whoever publishes calls it when the version is stored, outside of its transaction: what was
    decided stands, whether or not it can be found at once. So does a start of the site, for what
    was missed. A search never does: it leaves out what is not indexed.

    Args:
        published: the version that was stored just now, whose content need not be read again.
    """
    for (pk,) in _missing():
        version = published if published and published.pk == pk else _version(pk)
        # Another process may be at it, and be quicker.
        with suppress(IntegrityError):
            _index(version)


def drop(versions: Iterable[int]) -> None:
    """Let no search find versions whose words are masked otherwise, until `catch_up`."""
    for model in (PublishedText, VersionWords):
        model.objects.filter(version__in=versions).delete()


def _cuts(version: PackageVersion) -> list[IndexedWords]:
    """Take apart what may be read of a version."""
    content = masked(version.content, maskings_of(version.content))
    return list(map(IndexedWords.of, texts_of(content)))


def _index(version: PackageVersion) -> None:
    """Make the terms of a version, which takes long, while nobody waits; then store them."""
    cuts = _cuts(version)
    words = words_in(cuts)
    splitter = Splitter.of_words(words.union(*(known.split() for (known,) in _words_in_force())))
    _store(version, words, _rows(version, cuts, splitter))


def rebuild(versions: QuerySet[PackageVersion]) -> int:
    """Index versions anew, with the words of all that is in force; the number of texts.

    One after another: each is found all the time, and others write in between.
    """
    keys = list(versions.values_list("pk", flat=True))
    words = {pk: words_in(_cuts(_version(pk))) for pk in keys}
    in_force = set(PackageVersion.objects.in_force().values_list("pk", flat=True))
    known = [words[pk] for pk in keys if pk in in_force]
    others = _known_words().exclude(version__in=keys).values_list("words", flat=True)
    splitter = Splitter.of_words(set().union(*known, *map(str.split, others)))
    number = 0
    for pk in keys:
        version = _version(pk)
        rows = _rows(version, _cuts(version), splitter)
        with transaction.atomic():
            PublishedText.objects.filter(version=pk).delete()
            VersionWords.objects.filter(version=pk).delete()
            _store(version, words[pk], rows)
        number += len(rows)
    return number


def _version(pk: int) -> PackageVersion:
    return PackageVersion.objects.get(pk=pk)


def texts_of(content: Document) -> Iterator[SearchableText]:
    """Yield everything in a content that a search finds, in reading order."""
    package, plan = content.package, content.plan
    areas = content.areas
    names = ", ".join(area.name for area in areas)
    yield SearchableText(TextKind.PACKAGE, "", package.title, names)
    introductions = (package.introduction, plan.introduction if plan else "")
    if introduction := "\n\n".join(filter(None, introductions)):
        yield SearchableText(TextKind.INTRODUCTION, "introduktion", package.title, introduction)
    numbers = tuple(area.number for area in areas)
    for requirement in content.requirements:
        # What a shared module demands is found once: in the module.
        if requirement.is_active and not requirement.module:
            yield requirement_text(requirement, numbers)
    if plan is not None:
        yield from _cells(content)
        yield from _goals(plan.goals)


def requirement_text(requirement: Requirement, areas: tuple[int, ...]) -> SearchableText:
    """Return everything that a requirement is found by; `areas` are those of its package."""
    parts = [
        fill_in.filled(text, {}) if "[" in text else text
        for text in _texts_of(requirement)
        if text
    ]
    parts += [source.title for source in requirement.sources if source.title]
    if requirement.cpv:
        parts.append(f"CPV {' '.join(requirement.cpv)}")
    text_facets = facets.of_requirement(requirement, areas)
    body = "\n\n".join(filter(None, parts))
    return SearchableText(
        TextKind.REQUIREMENT, requirement.code, requirement.title, body, text_facets
    )


def _cells(content: Document) -> Iterator[SearchableText]:
    stages, dimensions = content.stage_names, content.dimension_names
    for area in content.areas:
        for cell in area.cells:
            stage, dimension = cell.stage, cell.dimension
            place = f"{area.name}: {stages[stage]}, {dimensions[dimension]}"
            body = "\n\n".join(statement.text for statement in cell.statements)
            if body:
                here = str(anchor(area.number, stage, dimension))
                area_facets = (facets.facet("area", area.number),)
                yield SearchableText(TextKind.RISK, here, place, body, area_facets)


def _goals(goals: Iterable[Goal]) -> Iterator[SearchableText]:
    for goal in goals:
        yield SearchableText(TextKind.GOAL, f"mal-{goal.number}", goal.title, "")
        for sub_goal in goal.sub_goals:
            indicators = "\n\n".join(indicator.title for indicator in sub_goal.indicators)
            here = f"delmal-{sub_goal.number.replace(' ', '')}"
            yield SearchableText(TextKind.GOAL, here, sub_goal.title, indicators)


def words_in(cuts: Iterable[IndexedWords]) -> set[str]:
    """Return the words that texts teach a splitter."""
    words: set[str] = set()
    for cut in cuts:
        words.update(cut.heading, cut.body)
    return words_of(words)


@prepared
def _missing() -> TupleRows:
    """Return the keys of the versions in force that are not indexed."""
    rows = PackageVersion.objects.in_force().filter(words__isnull=True)
    return rows.order_by("pk").values_list("pk")


@prepared
def _words_in_force() -> TupleRows:
    return _known_words().values_list("words")


def _known_words() -> QuerySet[VersionWords]:
    return VersionWords.objects.filter(version__in=PackageVersion.objects.in_force())


def _rows(
    version: PackageVersion, cuts: Iterable[IndexedWords], splitter: Splitter
) -> list[bulk_tuples.Row]:
    """Return what is stored of the texts, by COLUMNS."""
    rows: list[bulk_tuples.Row] = []
    for cut in cuts:
        text = cut.text
        terms = written_of(cut.title, cut.body, splitter, text.facets)
        place = version.pk, text.kind.value, text.anchor
        rows.append((*place, text.heading, text.body, terms, opening_of(terms)))
    return rows


@transaction.atomic
def _store(version: PackageVersion, words: set[str], rows: list[bulk_tuples.Row]) -> None:
    """Store an index.

    Raises:
        IntegrityError: another process has stored it meanwhile.
    """
    # First, since only one process can do it.
    VersionWords.objects.create(version=version, words=" ".join(sorted(words)))
    bulk_tuples.insert(PublishedText, COLUMNS, rows)
