"""What a published follow-up report says, field by field.

As of a version of a package (`requirements_pkg.document.schema`): names are those of its JSON, a
field is added with a new schema number, and none is renamed. A count that is None is withheld.
"""

from datetime import date, datetime
from typing import Annotated, Final

from followup.status.progress import ReportedReading
from requirements_pkg.document.schema import Goal, Indicator, Lesson, Part, says

SCHEMA: Final = 2


class ReportedPlan(Part, frozen=True):
    """The plan that a report is of, and the version of its package that was in force."""

    slug: Annotated[str, says("The address of its package, which never changes.")]
    title: Annotated[str, says("The purchasing category.")]
    period: Annotated[str, says("The years that the plan covers.")]
    region: Annotated[str, says("The letter of the procurement region.")]
    version: Annotated[int, says("The version of the package that was in force.")]


class PublishedReading(ReportedReading, frozen=True, omit_defaults=True):
    """An approved reading; `organisation` is a name, "" for the whole country."""

    comment: Annotated[str, says("What is said of it.")]
    evidence_url: Annotated[str, says("The address of what shows it, or empty.")]
    approved_at: Annotated[datetime, says("When another person approved it.")]


class Counts(Part, frozen=True):
    """What was done and found: in the whole plan, or in one product area."""

    planned: Annotated[int, says("Follow-ups that are planned or carried out.")] = 0
    done: Annotated[int, says("Those that were carried out.")] = 0
    open: Annotated[dict[str, int], says("Open deviations by severity.")] = {}
    closed: Annotated[dict[str, int], says("Closed deviations by severity.")] = {}
    late: Annotated[int, says("Open deviations that were not remedied in time.")] = 0
    sanctioned: Annotated[int, says("Follow-ups with a sanction in force.")] = 0


class ReportedArea(Part, frozen=True):
    """A product area with its counts."""

    number: Annotated[int, says("Its number in the plan.")]
    name: Annotated[str, says("What it is called.")]
    counts: Annotated[Counts | None, says("Its counts; none where they are withheld.")]


class RequirementCounts(Part, frozen=True, array_like=True):
    """How often a requirement was asked about, and what was found."""

    uid: Annotated[str, says("The uid of the requirement.")]
    done: Annotated[int | None, says("Follow-ups that asked about it; none: withheld.")]
    open: Annotated[int | None, says("Its open deviations; none: withheld.")]
    closed: Annotated[int | None, says("Its closed deviations; none: withheld.")]
    is_shared: Annotated[bool, says("Whether it is a shared module's.")] = False


class CellCounts(Part, frozen=True, array_like=True):
    """How often the requirements that treat a cell of the matrix were asked about."""

    stage: Annotated[str, says("The code of the life-cycle stage.")]
    dimension: Annotated[str, says("The code of the dimension.")]
    follow_ups: Annotated[int | None, says("Follow-ups that asked; none: withheld.")]
    requirements: Annotated[int | None, says("Requirements asked about; none: withheld.")]


class EarlierAudit(Part, frozen=True):
    """Another organisation's audit that a follow-up leans on."""

    level: Annotated[str, says("`higher` or `same`: its terms, compared with ours.")]
    method: Annotated[str, says("How it was carried out.")]
    audited_on: Annotated[date, says("When.")]


class ReportedSummary(Part, frozen=True):
    """The public summary of one follow-up, with its traffic light on the day of the report."""

    id: Annotated[int, says("Its key.")]
    area: Annotated[int, says("The number of the product area.")]
    text: Annotated[str, says("Its words, reviewed for secrecy.")]
    supplier: Annotated[str, says("The supplier, where the review lets it be named; else empty.")]
    method: Annotated[str, says("How it was followed up.")]
    done_on: Annotated[date | None, says("When.")]
    published_at: Annotated[datetime, says("When somebody made it public.")]
    light: Annotated[str, says("`green`, `yellow` or `red`.")]
    reused: Annotated[
        EarlierAudit | None, says("The audit of others that it leans on, if any.")
    ] = None


class YearOfUse(Part, frozen=True, array_like=True):
    """How many authorities used requirements in one year."""

    year: Annotated[int, says("The year that a contract began, or that use was reported.")]
    authorities: Annotated[int | None, says("How many; none: withheld.")]


class LevelOfUse(Part, frozen=True, array_like=True):
    """How many authorities went as far as one level."""

    level: Annotated[str, says("`basic`, `advanced` or `spearhead`: the highest of a use.")]
    authorities: Annotated[int | None, says("How many; none: withheld.")]


class RequirementUse(Part, frozen=True, array_like=True):
    """How many authorities have used one requirement."""

    uid: Annotated[str, says("The uid of the requirement.")]
    authorities: Annotated[int | None, says("How many; none: withheld.")]


class UseFigures(Part, frozen=True):
    """How many authorities have used requirements of the package, in contracts and as reported.

    An authority counts once in each figure. What is not named has no use.
    """

    counted_on: Annotated[date, says("The day of these counts.")]
    authorities: Annotated[int | None, says("All of them; none: withheld, and so is all else.")]
    regions: Annotated[int | None, says("The regions among them; none: withheld.")]
    years: Annotated[tuple[YearOfUse, ...], says("Year by year, oldest first.")]
    levels: Annotated[tuple[LevelOfUse, ...], says("Level by level, lowest first.")]
    requirements: Annotated[tuple[RequirementUse, ...], says("By requirement.")]


class Report(Part, frozen=True):
    """One follow-up report, whole.

    The counts are of `counted_on`: an earlier report's, where too few suppliers were followed up
    since then for another count to be told.
    """

    schema: Annotated[int, says("The number of the schema it was written in.")]
    plan: Annotated[ReportedPlan, says("The plan that it is of.")]
    as_of: Annotated[date, says("The day of the statuses: readings up to it are in the report.")]
    counted_on: Annotated[date, says("The day of the counts.")]
    goals: Annotated[tuple[Goal, ...], says("The goals of the plan, in its words.")]
    indicators: Annotated[tuple[Indicator, ...], says("What else is known of the indicators.")]
    readings: Annotated[tuple[PublishedReading, ...], says("Approved readings, oldest first.")]
    whole: Annotated[Counts | None, says("Counts of the whole plan; none: withheld.")]
    areas: Annotated[tuple[ReportedArea, ...], says("Counts of each product area.")]
    requirements: Annotated[
        tuple[RequirementCounts, ...],
        says("Counts of the requirements that were asked about or had deviations."),
    ]
    findings_told: Annotated[
        bool, says("Whether deviations are told by requirement; others have none then.")
    ]
    cells: Annotated[tuple[CellCounts, ...], says("Counts of the cells that requirements treat.")]
    summaries: Annotated[tuple[ReportedSummary, ...], says("Public summaries, newest first.")]
    lessons: Annotated[tuple[Lesson, ...], says("Lessons that requirements have taken in.")]
    use: Annotated[
        UseFigures | None, says("Use of the requirements; none in a report of before.")
    ] = None
