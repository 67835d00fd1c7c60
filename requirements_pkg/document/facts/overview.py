"""What the overview of a package tells, beside what lists tell already. Pure."""

from collections.abc import Sequence

from requirements_pkg.document.coverage import TO_TREAT, CoverageState
from requirements_pkg.document.facts.covered import CoveredArea, states_of
from requirements_pkg.document.schema import Document, Part


class CellFigures(Part, frozen=True):
    """How many cells the matrices have, and how many of them are what."""

    all: int = 0
    assessed: int = 0
    # Those with risks to treat, and those of them that requirements treat, wholly or partly.
    to_treat: int = 0
    covered: int = 0

    @classmethod
    def of(cls, areas: Sequence[CoveredArea]) -> "CellFigures":
        """Count the cells of some areas."""
        states = states_of(areas)
        whole, to_treat = sum(states.values()), sum(states[state] for state in TO_TREAT)
        return cls(
            whole,
            whole - states[CoverageState.NOT_ASSESSED],
            to_treat,
            to_treat - states[CoverageState.UNTREATED],
        )


class OverviewFacts(Part, frozen=True):
    """What a package is about, in words and figures."""

    introduction: str = ""
    plan_introduction: str = ""
    goals: int = 0
    cells: CellFigures = CellFigures()
    # How many answers came when the draft was out for consultation; none where it was not.
    replies: int | None = None
    # Of the requirements that lessons changed: the code, by uid.
    codes: dict[str, str] = {}

    @classmethod
    def of(cls, document: Document, areas: Sequence[CoveredArea]) -> "OverviewFacts":
        """Return what a document's overview tells, given the coverage of all its areas."""
        plan = document.plan
        changed = {change.uid for lesson in document.lessons for change in lesson.changes}
        return cls(
            introduction=document.package.introduction,
            plan_introduction=plan.introduction if plan else "",
            goals=len(plan.goals) if plan else 0,
            cells=CellFigures.of(areas),
            replies=sum(summary.replies for summary in document.consultations)
            if document.consultations
            else None,
            codes={
                requirement.uid: requirement.code
                for requirement in document.requirements
                if requirement.uid in changed
            },
        )
