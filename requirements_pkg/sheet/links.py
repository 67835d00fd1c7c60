"""The links of many requirements, read and written in as many queries as those of one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from django.db import models
from django.db.models import F, QuerySet

from requirements_pkg.models import (
    GoalService,
    RequirementArea,
    RequirementSource,
    RiskTreatment,
)
from requirements_pkg.sheet.cells import Source

BATCH: Final = 500


def area_links() -> QuerySet[RequirementArea]:
    """Which product areas requirements are for."""
    return RequirementArea.objects.order_by("requirement_id", "product_area__number")


def treatments() -> QuerySet[RiskTreatment]:
    """Which risks requirements treat, of the plan of their own package."""
    own = F("requirement__package__plan")
    links = RiskTreatment.objects.filter(statement__cell__product_area__plan=own)
    return links.order_by("requirement_id", "statement_id")


def services() -> QuerySet[GoalService]:
    """Which sub-goals requirements serve, of the plan of their own package."""
    links = GoalService.objects.filter(sub_goal__goal__plan=F("requirement__package__plan"))
    return links.order_by("requirement_id", "sub_goal__goal__number", "sub_goal__position")


def source_rows() -> QuerySet[RequirementSource]:
    """Where what requirements say comes from."""
    return RequirementSource.objects.order_by("requirement_id", "position", "pk")


def replace_links(
    links: QuerySet,
    end: str,
    wanted: Mapping[int, Collection[int]],
    make: Callable[[int, int], models.Model],
) -> None:
    """Link each requirement to exactly these ends; a link that stays is not touched.

    Args:
        links: those that may be looked at.
        end: the field of their other end.
        wanted: ends by requirement.
        make: a link of a requirement to an end.
    """
    there = {
        (requirement, other): pk
        for chosen in batches(wanted)
        for pk, requirement, other in links.filter(requirement__in=chosen).values_list(
            "pk", "requirement_id", end
        )
    }
    asked = {(requirement, other) for requirement, ends in wanted.items() for other in ends}
    _delete(links.model, [pk for pair, pk in there.items() if pair not in asked])
    made = [make(*pair) for pair in sorted(asked - set(there))]
    links.model.objects.bulk_create(made, batch_size=BATCH)


def replace_sources(wanted: Mapping[int, list[Source]]) -> None:
    """Give each requirement exactly these sources, in their order."""
    there: dict[int, list[tuple[int, Source]]] = defaultdict(list)
    for chosen in batches(wanted):
        rows = source_rows().filter(requirement__in=chosen)
        for pk, one, *source in rows.values_list("pk", "requirement_id", "title", "url", "dated"):
            there[one].append((pk, Source(*source)))
    differing = {
        one: found
        for one, found in wanted.items()
        if [source for _pk, source in there[one]] != found
    }
    _delete(RequirementSource, [pk for one in differing for pk, _source in there[one]])
    made = [
        RequirementSource(requirement_id=one, position=at, **source._asdict())
        for one, found in differing.items()
        for at, source in enumerate(found)
    ]
    RequirementSource.objects.bulk_create(made, batch_size=BATCH)


def batches(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Keys, as many at a time as one query takes."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def _delete(model: type[models.Model], pks: list[int]) -> None:
    for chosen in batches(pks):
        model._base_manager.filter(pk__in=chosen).delete()
