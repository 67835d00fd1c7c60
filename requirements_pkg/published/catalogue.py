"""What is published: which packages, in which versions, and whom to ask. No live plan is read."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

import msgspec
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat
from django.http import Http404

from actionplan.database.prepared_queries import PreparedQuery, Row, prepared
from actionplan.models import Contact, PlanStatus
from actionplan.text import swedish_key
from requirements_pkg.document.facts import Choices
from requirements_pkg.document.masking import masked
from requirements_pkg.document.reading import written
from requirements_pkg.document.schema import SCHEMA, Document
from requirements_pkg.models import PackageVersion, WordTemplate
from requirements_pkg.models.fields import document_of
from requirements_pkg.published import page_cache, stored_facts
from requirements_pkg.published.traces import Traces
from requirements_pkg.published.version_info import HEAD, WITHDRAWN, VersionInfo

SOME: Final = 10
Contacts = tuple[tuple[str, str], ...]
PERIODS: Final = ("later", "package__plan__status")
NAMES: Final = (HEAD, WITHDRAWN, PERIODS)


@dataclass(frozen=True, slots=True)
class PlanEnd:
    """That a plan's period is over or the plan is closed, and what follows it, if anything."""

    period: str
    is_over: bool
    is_closed: bool
    successor: str = ""
    later_period: str = ""

    @property
    def is_replaced(self) -> bool:
        """Whether a plan for a later period applies instead."""
        return self.is_over and bool(self.successor)


@dataclass(frozen=True, slots=True)
class PackageVersions:
    """All versions of a package, newest first."""

    slug: str
    all: tuple[VersionInfo, ...]
    # The years of the newest version's plan, "" of a shared module.
    period: str = ""
    # The package of the same category for a later period, and that period.
    successor: tuple[str, str] = ("", "")
    # Nobody changes its plan any longer.
    is_closed: bool = False

    def ended(self, on: date) -> PlanEnd | None:
        """Return what to know of a plan that is closed, or whose period is over on a day."""
        states = is_over(self.period, on), self.is_closed
        return PlanEnd(self.period, *states, *self.successor) if any(states) else None

    @property
    def in_force(self) -> VersionInfo | None:
        """The newest version that is not withdrawn; None where all are."""
        return next((version for version in self.all if version.withdrawn is None), None)

    @property
    def newest(self) -> VersionInfo:
        """The version in force; where all are withdrawn, the last there was."""
        return self.in_force or self.all[0]

    @property
    def key(self) -> Hashable:
        """What a page that tells of all versions depends on."""
        return tuple(version.key for version in self.all)

    def get(self, number: int | None) -> VersionInfo:
        """Return a version by its number; without one that in force, or the last if none is.

        Raises:
            Http404: the package has no such version.
        """
        if number is None:
            return self.newest
        for version in self.all:
            if version.number == number:
                return version
        raise Http404


@dataclass(frozen=True, slots=True)
class ListedPackage:
    """A package in a list, as its version in force says."""

    slug: str
    version: VersionInfo
    title: str
    period: str
    region: str
    coordinator: str
    areas: tuple[str, ...]
    is_shared: bool
    requirement_count: int
    # The codes of all its requirements.
    cpv: tuple[str, ...] = ()
    is_over: bool = False
    # The packages of the same category for earlier periods, the latest first.
    earlier: tuple["ListedPackage", ...] = ()


def versions_of(slug: str) -> PackageVersions:
    """Return the versions of a package: one query, or none if they were asked just now.

    Raises:
        Http404: there is no such package, or nothing of it is published.
    """
    # An unknown address raises, so it is not remembered: nobody fills the memory by guessing.

    def ask() -> PackageVersions:
        versions, _rows = versions_with(_versions_question, slug)
        return versions

    return page_cache.remembered(("versions", slug), ask, about=slug)


def versions_rows(slug: str, *columns: str, **annotations: Combinable) -> QuerySet[Model, Row]:
    """Return what `versions_with` asks for of a package, and columns of each version.

    Args:
        slug: the package.
        columns: what is wanted of each version, after these annotations by their names.
        annotations: what else the database is to find for each version.
    """
    rows = PackageVersion.objects.of(slug).annotate(later=_later(), **annotations)
    return rows.values_list(*HEAD, *WITHDRAWN, *PERIODS, *columns, "facts")


@prepared
def _versions_question(slug: str) -> QuerySet[Model, Row]:
    return versions_rows(slug)


def versions_with(question: PreparedQuery, slug: str) -> tuple[PackageVersions, dict[int, Row]]:
    """Return the versions of a package, and further columns of them by their keys: one query.

    Args:
        question: after `versions_rows` of a slug.
        slug: the package.

    Raises:
        Http404: there is no such package, or nothing of it is published.
    """
    rows = stored_facts.complete(lambda: question(slug))
    if not rows:
        raise Http404
    head, end, whole = (sum(map(len, NAMES[:at])) for at in (1, 2, 3))
    infos = tuple(VersionInfo.of(row[:head], row[head:end]) for row in rows)
    later, status = rows[0][end:whole]
    period = infos[0].listing.period
    # Of a category the latest package is the last one's successor.
    slug_of_later, _blank, later_period = (later or "").partition(" ")
    successor = (slug_of_later, later_period) if period and later_period > period else ("", "")
    is_closed = status == PlanStatus.CLOSED
    versions = PackageVersions(slug, tuple(_replaced(infos)), period, successor, is_closed)
    return versions, {row[0]: row[whole:] for row in rows}


def _later() -> Case:
    """Find the latest other package in force of the same category: its slug and its period.

    It is looked for once, for the newest version: of hundreds of packages that is half the work.
    """
    newer = PackageVersion.objects.filter(
        package=OuterRef("package"), number__gt=OuterRef("number")
    )
    others = (
        PackageVersion.objects.in_force()
        .filter(facts__title=OuterRef("facts__title"))
        .exclude(package=OuterRef("package"))
        .annotate(period=KeyTextTransform("period", "facts__listing"))
        .order_by("-period")
    )
    slug_and_period = Concat("package__slug", Value(" "), "period", output_field=CharField())
    return Case(When(~Exists(newer), then=Subquery(others.values_list(slug_and_period)[:1])))


def is_over(period: str, on: date) -> bool:
    """Tell whether the years of a plan, as `facts.period_of` writes them, are past on a day."""
    return bool(period) and int(period[-4:]) < on.year


def contacts(slug: str) -> Contacts:
    """Return the name and address of each person who answers for a package in public."""

    def ask() -> Contacts:
        return tuple((name, email) for name, email in _contacts_question(slug))

    return page_cache.remembered(("contacts", slug), ask, about=slug)


def content_of(version: VersionInfo) -> Document:
    """Return the whole content of a version as it may be read; no caller may change it."""

    def ask() -> str | bytes:
        return PackageVersion.objects.filter(pk=version.pk).texts()[version.pk]

    def read(text: str | bytes) -> Document:
        return masked(document_of(text), version.masked)

    return page_cache.stored(version.content_key, ask, read)


def as_stored(version: VersionInfo, document: Document) -> dict[str, object]:
    """Return a version's content as JSON, in its own schema.

    The checksum is taken of it, where nothing in it is masked.
    """
    if document.schema != SCHEMA:
        return masked(PackageVersion.objects.as_stored(version.pk), version.masked)
    content: dict[str, object] = msgspec.json.decode(written(document))
    return content


def traces(versions: PackageVersions) -> Traces:
    """Tell where each requirement was changed; read once while the versions are the same."""

    def ask() -> Traces:
        known = {version.number for version in versions.all}
        rows = PackageVersion.objects.of(versions.slug).values_list(
            "number", "facts__requirements"
        )
        # Some at a time, for there may be many. One that was published this very moment is not
        # among the known yet; those have facts.
        some = rows.iterator(chunk_size=SOME)
        return Traces.of((number, marks) for number, marks in some if number in known)

    return page_cache.content(("traces", versions.slug, versions.key), ask)


def last_with(versions: PackageVersions, code: str) -> VersionInfo | None:
    """Return the newest version that has, or had, a requirement of this code."""
    trace = traces(versions).codes.get(code)
    return versions.get(trace[0]) if trace else None


def contents_of(*versions: VersionInfo) -> list[Document]:
    """Return the whole contents of some versions, in the same order, by one query."""
    texts = PackageVersion.objects.filter(pk__in={version.pk for version in versions}).texts()
    contents = {pk: document_of(text) for pk, text in texts.items()}
    return [masked(contents[version.pk], version.masked) for version in versions]


def in_force() -> tuple[int, ...]:
    """Return the keys of the versions in force."""
    return tuple(pk for pk, _masked in in_force_key())


def in_force_key() -> tuple[tuple[int, str], ...]:
    """Return the versions in force, with what is masked in each as the database writes it.

    While they are the same, so is every list.
    """
    return page_cache.remembered("in_force", _ask_in_force)


def letterheads() -> tuple[tuple[str, str], ...]:
    """Return the code and name of each region whose letterhead a Word file can be written on."""
    return page_cache.remembered("letterheads", lambda: tuple(WordTemplate.objects.letterheads()))


def listed(keys: tuple[int, ...], on: date) -> list[ListedPackage]:
    """Return the packages of these versions, of each category the latest with the earlier ones."""
    return by_category(every(keys, on))


def every(keys: tuple[int, ...], on: date) -> list[ListedPackage]:
    """Return the packages of these versions, each for itself, the latest period first."""
    versions = PackageVersion.objects.filter(pk__in=keys)
    rows = stored_facts.rows(versions, "package__slug", "facts__choices", *HEAD)
    packages = (
        _listed(slug, choices, VersionInfo.of(tuple(head))) for slug, choices, *head in rows
    )
    dated = [replace(package, is_over=is_over(package.period, on)) for package in packages]
    return sorted(dated, key=lambda package: (package.period, package.slug), reverse=True)


def by_category(packages: Iterable[ListedPackage]) -> list[ListedPackage]:
    """Return packages in Swedish order, shared modules last.

    Of a category each period has a package of its own: the latest leads to the earlier ones.
    """
    categories = defaultdict[tuple[bool, str], list[ListedPackage]](list)
    for package in packages:
        categories[package.is_shared, package.title].append(package)
    latest = [replace(package, earlier=tuple(others)) for package, *others in categories.values()]
    return sorted(
        latest, key=lambda package: (package.is_shared, swedish_key(package.title), package.slug)
    )


def _ask_in_force() -> tuple[tuple[int, str], ...]:
    with connection.cursor() as cursor:
        cursor.execute(*_of_in_force())
        return tuple((pk, masked or "") for pk, masked in cursor.fetchall())


@cache
def _of_in_force() -> tuple[str, tuple[Any, ...]]:
    """Return the question as SQL: Django takes longer to write it than the database to answer."""
    rows = PackageVersion.objects.in_force().order_by("pk")
    masked = Cast("facts__masked", TextField())
    return rows.values_list("pk", masked).query.sql_with_params()


@prepared
def _contacts_question(slug: str) -> QuerySet[Model, Row]:
    rows = Contact.objects.filter(plan__package__slug=slug, is_public=True)
    return rows.values_list("name", "email")


def _replaced(versions: tuple[VersionInfo, ...]) -> Iterator[VersionInfo]:
    by_number = {version.number: version for version in versions}
    in_force = next((version.number for version in versions if version.withdrawn is None), None)
    for version in versions:
        if (withdrawal := version.withdrawn) is None:
            yield version
            continue
        instead = _last_replacement(withdrawal.replaced_by, by_number)
        yield replace(
            version, withdrawn=replace(withdrawal, replaced_by=instead, in_force=in_force)
        )


def _last_replacement(number: int | None, by_number: Mapping[int, VersionInfo]) -> int | None:
    seen: set[int] = set()
    while number is not None and number not in seen and number in by_number:
        if (withdrawal := by_number[number].withdrawn) is None:
            return number
        seen.add(number)
        number = withdrawal.replaced_by
    return None


def _listed(slug: str, choices: Choices, version: VersionInfo) -> ListedPackage:
    listing = version.listing
    return ListedPackage(
        slug=slug,
        version=version,
        title=version.title,
        period=listing.period,
        region=listing.region,
        coordinator=listing.coordinator,
        areas=tuple(name for _number, name in listing.areas),
        is_shared=listing.is_shared,
        requirement_count=listing.requirements,
        cpv=choices.cpv,
    )
