"""A version as lists, and the heads of its pages, tell of it. Pure."""

from collections.abc import Mapping, Sequence

from requirements_pkg.document.schema import Document, Label, Module, Part, Plan

# The code and the name of a stage or a dimension.
Named = tuple[str, str]


class Listing(Part, frozen=True):
    """What a version is of; a shared module has neither period nor areas."""

    period: str
    region: str
    coordinator: str
    areas: tuple[tuple[int, str], ...]
    is_shared: bool
    stages: tuple[Named, ...]
    dimensions: tuple[Named, ...]
    modules: tuple[Module, ...]
    # How many are in force, and how many are taken in.
    requirements: int
    lessons: int

    @classmethod
    def of(cls, document: Document) -> "Listing":
        """Return what lists tell of a document."""
        plan, region = document.plan, document.region_name
        return cls(
            period=period_of(plan) if plan else "",
            region=region,
            coordinator=plan.coordinator if plan else region,
            areas=tuple((area.number, area.name) for area in document.areas),
            is_shared=plan is None,
            stages=_named(document.stages),
            dimensions=_named(document.dimensions),
            modules=document.modules,
            requirements=len(document.active),
            lessons=len(document.lessons),
        )

    @property
    def area_names(self) -> Mapping[int, str]:
        """What the product areas are called, by number."""
        return dict(self.areas)

    @property
    def stage_names(self) -> Mapping[str, str]:
        """What the life-cycle stages are called, by code."""
        return dict(self.stages)

    @property
    def dimension_names(self) -> Mapping[str, str]:
        """What the dimensions are called, by code."""
        return dict(self.dimensions)


def period_of(plan: Plan) -> str:
    """Return the years of a plan as Swedish writes them: 2023–2025."""
    first, last = plan.period.first_year, plan.period.last_year
    return str(first) if first == last else f"{first}–{last}"


def _named(labels: Sequence[Label]) -> tuple[Named, ...]:
    return tuple((label.code, label.name) for label in labels)
