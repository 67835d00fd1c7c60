"""The links of many requirements, read and written in as many queries as those of one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from django.db import models
from django.db.models import F, QuerySet

from actionplan.database import bulk
from actionplan.django_edges import AnyRows
from actionplan.models import User
from requirements_pkg.excel.cells import SourceLine
from requirements_pkg.models import (
    GoalService,
    RequirementArea,
    RequirementSource,
    RiskTreatment,
)


def area_links() -> QuerySet[RequirementArea]:
    """Write which product areas requirements are for."""
    return RequirementArea.objects.order_by("requirement_id", "product_area__number")


def treatments() -> QuerySet[RiskTreatment]:
    """Write which risks requirements treat, of the plan of their own package."""
    own = F("requirement__package__plan")
    links = RiskTreatment.objects.filter(statement__cell__product_area__plan=own)
    return links.order_by("requirement_id", "statement_id")


def services() -> QuerySet[GoalService]:
    """Write which sub-goals requirements serve, of the plan of their own package."""
    links = GoalService.objects.filter(sub_goal__goal__plan=F("requirement__package__plan"))
    return links.order_by("requirement_id", "sub_goal__goal__number", "sub_goal__position")


def source_rows() -> QuerySet[RequirementSource]:
    """Tell where what requirements say comes from."""
    return RequirementSource.objects.order_by("requirement_id", "position", "pk")


def replace_links(
    links: AnyRows,
    end: str,
    wanted: Mapping[int, Collection[int]],
    make: Callable[[int, int], models.Model],
    by: User,
) -> None:
    """Link each requirement to exactly these ends; a link that stays is not touched.

    Args:
        links: those that may be looked at.
        end: the field of their other end.
        wanted: ends by requirement.
        make: a link of a requirement to an end.
    """
    there = {
        (link.requirement_id, getattr(link, end)): link
        for batch in batches(wanted)
        for link in links.filter(requirement__in=batch)
    }
    wanted_pairs = {(requirement, other) for requirement, ends in wanted.items() for other in ends}
    removed = [link for pair, link in there.items() if pair not in wanted_pairs]
    bulk.remove(links.model, removed, by=by)
    made = [make(*pair) for pair in sorted(wanted_pairs - set(there))]
    bulk.make(links.model, made, by=by)


def replace_sources(wanted: Mapping[int, list[SourceLine]], *, by: User) -> None:
    """Give each requirement exactly these sources, in their order."""
    there: dict[int, list[RequirementSource]] = defaultdict(list)
    for batch in batches(wanted):
        for row in source_rows().filter(requirement__in=batch):
            there[row.requirement_id].append(row)
    differing = {
        pk: lines
        for pk, lines in wanted.items()
        if [SourceLine(row.title, row.url, row.dated) for row in there[pk]] != lines
    }
    bulk.remove(RequirementSource, [row for pk in differing for row in there[pk]], by=by)
    made = [
        RequirementSource(requirement_id=pk, position=at, **source._asdict())
        for pk, lines in differing.items()
        for at, source in enumerate(lines)
    ]
    bulk.make(RequirementSource, made, by=by)


Key = TypeVar("Key", int, str)


def batches(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Yield keys, as many at a time as one query takes."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), bulk.BATCH):
        yield ordered[start : start + bulk.BATCH]
