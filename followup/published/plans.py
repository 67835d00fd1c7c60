"""What the status pages need of the plans in force, as they were published: facts of versions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import CharField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from actionplan.database.prepared_queries import Row, prepared
from actionplan.models import ActionPlan, ChangeEvent, EventKind
from actionplan.text import swedish_key
from followup.published.joined_values import JoinedValues, parted
from requirements_pkg.document.facts import Listing, MatrixCell
from requirements_pkg.document.schema import Lesson
from requirements_pkg.models import PackageVersion, VersionFacts
from requirements_pkg.published import catalogue, page_cache, stored_facts
from requirements_pkg.published.catalogue import PackageVersions

Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """A plan in force as lists tell of it."""

    # Of the version.
    key: int
    slug: str
    version: int
    title: str
    period: str
    region: str
    areas: tuple[tuple[int, str], ...]
    # The codes and names that its matrix has.
    stages: Names
    dimensions: Names
    # How many its requirements have taken in.
    lesson_count: int

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Where it stands in Swedish order."""
        return swedish_key(self.title), self.period, self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInForce(PlanHead):
    """A plan that is read for itself: what it has learnt, and when it was closed or opened."""

    lessons: Sequence[Lesson] = ()
    closings: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedPlan(PlanHead):
    """A plan with its risks and what treats them, as `facts` have them."""

    uids: Sequence[str]
    cells: Sequence[MatrixCell]


CLOSINGS = (EventKind.CLOSED, EventKind.REOPENED)
HEAD = ("pk", "package__slug", "number", "facts__title", "facts__listing")


def in_force() -> tuple[PlanHead, ...]:
    """Return the plans in force in Swedish order: one query, or none while remembered."""
    return page_cache.remembered(
        "plans in force", lambda: heads(PackageVersion.objects.in_force())
    )


def latest(plans: tuple[PlanHead, ...], on: date) -> tuple[PlanHead, ...]:
    """Return the plans without those that are past and have a later one of the same category."""
    last: dict[str, str] = {}
    for plan in plans:
        last[plan.title] = max(plan.period, last.get(plan.title, ""))
    return tuple(
        plan
        for plan in plans
        if plan.period == last[plan.title] or not catalogue.is_over(plan.period, on)
    )


def heads(versions: QuerySet[PackageVersion]) -> tuple[PlanHead, ...]:
    """Return the plans of versions in Swedish order; a shared module has none."""
    rows = stored_facts.rows(versions.order_by(), *HEAD)
    plans = [_head(*row) for row in rows if not row[-1].is_shared]
    return tuple(sorted(plans, key=lambda plan: plan.sort_key))


def with_matrix(plans: tuple[PlanHead, ...]) -> tuple[MappedPlan, ...]:
    """Return these plans with their matrices, kept for as long as they are told of so."""

    def ask() -> tuple[MappedPlan, ...]:
        matrices = _facts(plans, "matrix")
        return tuple(
            MappedPlan(**_fields_of(plan), uids=matrix.uids, cells=matrix.cells)
            for plan in plans
            for matrix in (matrices[plan.key],)
        )

    return page_cache.content(("matrices", plans), ask)


def of(slug: str) -> tuple[PackageVersions, PlanInForce | None]:
    """Return the versions of a package, and the plan that is in force: one query, or none.

    Raises:
        Http404: there is no such package, or nothing of it is published.
    """

    def ask() -> tuple[PackageVersions, PlanInForce | None]:
        versions, rows = catalogue.versions_with(_plan_question, slug)
        if versions.in_force is None:
            return versions, None
        *head, lessons, closings = rows[versions.in_force.pk]
        if head[-1].is_shared:
            return versions, None
        return versions, PlanInForce(
            **_fields_of(_head(*head)),
            lessons=lessons,
            closings=tuple(_closed(closings, versions)),
        )

    return page_cache.remembered(("plan of", slug), ask, about=slug)


@prepared
def _plan_question(slug: str) -> QuerySet[Model, Row]:
    columns = (*HEAD, "facts__lessons", "closings")
    return catalogue.versions_rows(slug, *columns, closings=_closings())


def _closings() -> Subquery:
    """Tell when the plan of a version was closed or opened again: all of it as one text."""
    events = ChangeEvent.objects.filter(
        target=ActionPlan._meta.label, target_id=OuterRef("package__plan"), kind__in=CLOSINGS
    )
    closing = Concat("kind", Value("@"), Cast("at", CharField()), output_field=CharField())
    by_plan = events.order_by().values("target_id").annotate(all=JoinedValues(closing))
    return Subquery(by_plan.values("all"))


def _closed(closings: str | None, versions: PackageVersions) -> Iterator[tuple[str, datetime]]:
    """Yield what `_closings` found, without what was before anything was published."""
    first = min(version.published_at for version in versions.all)
    for kind, _at, when in (closing.partition("@") for closing in parted(closings)):
        at = datetime.fromisoformat(when)
        # A time without a zone is in the database's, which is UTC.
        at = at.replace(tzinfo=at.tzinfo or UTC)
        if at > first:
            yield kind, at


def keys_of(plans: tuple[PlanHead, ...]) -> tuple[int, ...]:
    """Return the keys of the plans' versions."""
    return tuple(plan.key for plan in plans)


def _facts(plans: tuple[PlanHead, ...], name: str) -> dict[int, Any]:
    rows = VersionFacts.objects.filter(pk__in=keys_of(plans))
    return dict(rows.values_list("pk", name))


def _head(key: int, slug: str, version: int, title: str, listing: Listing) -> PlanHead:
    return PlanHead(
        key=key,
        slug=slug,
        version=version,
        title=title,
        period=listing.period,
        region=listing.region,
        areas=listing.areas,
        stages=listing.stages,
        dimensions=listing.dimensions,
        lesson_count=listing.lessons,
    )


def _fields_of(head: PlanHead) -> dict[str, Any]:
    return {field.name: getattr(head, field.name) for field in fields(PlanHead)}
