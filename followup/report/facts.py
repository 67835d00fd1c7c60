"""What lists and other pages need of a report, taken from it once, when it is stored. Pure."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import msgspec

from followup.report.schema import (
    CellCounts,
    Counts,
    Report,
    RequirementCounts,
    RequirementUse,
    UseFigures,
)
from followup.status import progress
from requirements_pkg.document.schema import Part


class Totals(Part, frozen=True):
    """What was done and found in a whole plan, as lists tell of it."""

    planned: int
    done: int
    open: int
    closed: int


class ReportListing(Part, frozen=True):
    """A plan as lists tell of it."""

    # How many of its goals are met, and how many it has.
    met: int
    goals: int
    # How many goals have each status.
    statuses: dict[str, int]
    # None where they are withheld.
    totals: Totals | None
    # The day that the counts are of.
    counted_on: date
    # Of the latest reading that counts.
    last_reading: date | None
    # Without requirements; None in a report of before.
    use: UseFigures | None = None


class ReportedCells(Part, frozen=True):
    """How often each cell was asked about; None where counts of the plan are withheld."""

    cells: tuple[CellCounts, ...] | None


class ReportedRequirements(Part, frozen=True):
    """What is told of requirements; `counts` is None where counts of the plan are withheld."""

    counts: tuple[RequirementCounts, ...] | None
    # Of a requirement without counts it is told that it has no deviations.
    findings_told: bool
    # How many have used them; None where it is withheld, or not counted.
    used: tuple[RequirementUse, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The facts of a report; each field is a column of `FollowUpReport` of the same name."""

    title: str
    period: str
    listing: ReportListing
    cells: ReportedCells
    requirements: ReportedRequirements
    # Those of shared modules, of which all plans tell together.
    shared_requirements: ReportedRequirements


def facts_of(report: Report) -> ReportFacts:
    """Return the facts of a report."""
    has_counts = report.whole is not None
    shared = tuple(counts for counts in report.requirements if counts.is_shared)
    return ReportFacts(
        report.plan.title,
        report.plan.period,
        _listing(report),
        ReportedCells(report.cells if has_counts else None),
        ReportedRequirements(
            report.requirements if has_counts else None, report.findings_told, _used(report)
        ),
        ReportedRequirements(shared if has_counts else None, report.findings_told),
    )


def _listing(report: Report) -> ReportListing:
    reported = progress.progress(report.goals, report.indicators, report.readings, on=report.as_of)
    met, goals = reported.goals_met
    return ReportListing(
        met=met,
        goals=goals,
        statuses=dict(Counter(goal.status for goal in reported.goals)),
        totals=_totals(report.whole),
        counted_on=report.counted_on,
        last_reading=reported.as_of,
        use=report.use and msgspec.structs.replace(report.use, requirements=()),
    )


def _used(report: Report) -> tuple[RequirementUse, ...] | None:
    use = report.use
    return None if use is None or use.authorities is None else use.requirements


def _totals(counts: Counts | None) -> Totals | None:
    if counts is None:
        return None
    return Totals(
        counts.planned, counts.done, sum(counts.open.values()), sum(counts.closed.values())
    )
