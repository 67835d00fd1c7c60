"""How often each requirement was followed up, as published reports tell it."""

from collections import Counter
from dataclasses import replace
from typing import Final

from followup.published import reports
from followup.report.schema import RequirementCounts, RequirementUse, UseFigures
from requirements_pkg.cards.follow_up_counts import (
    NEVER,
    OTHERS,
    Counts,
    FollowUpCounts,
    PackageUse,
)
from requirements_pkg.extension_points import follow_up_counts, package_use

WITHHELD: Final = FollowUpCounts(withheld=True, findings_withheld=True)
UNREPORTED: Final = FollowUpCounts(is_unreported=True)


@follow_up_counts
def followed(slug: str, is_module: bool) -> Counts:
    """Return what is told of each requirement of a package, by its uid: one query."""
    return _of_module() if is_module else _of_plan(slug)


@package_use
def used(slug: str) -> PackageUse | None:
    """Return how many have used a plan's package, as its newest report tells: one query."""
    report = reports.listings([slug]).get(slug)
    return None if report is None or report.listing.use is None else use_of(report.listing.use)


def use_of(figures: UseFigures) -> PackageUse:
    """Return figures of use as pages show them."""
    return PackageUse(
        counted_on=figures.counted_on,
        authorities=figures.authorities,
        regions=figures.regions,
        years=tuple((row.year, row.authorities) for row in figures.years),
        levels=tuple((row.level, row.authorities) for row in figures.levels),
    )


def _of_plan(slug: str) -> Counts:
    reported = reports.requirements(slug)
    if reported is None:
        return {OTHERS: UNREPORTED}
    if reported.counts is None:
        return _with_use({OTHERS: WITHHELD}, reported.used)
    others = NEVER if reported.findings_told else FollowUpCounts(findings_withheld=True)
    counts_by_uid = {OTHERS: others, **{counts.uid: _counts(counts) for counts in reported.counts}}
    return _with_use(counts_by_uid, reported.used)


def _with_use(
    counts_by_uid: dict[str, FollowUpCounts], used: tuple[RequirementUse, ...] | None
) -> dict[str, FollowUpCounts]:
    """Return counts of requirements with how many have used them, where that is told."""
    if used is None:
        return counts_by_uid
    known = {row.uid: row.authorities for row in used}
    return {
        uid: replace(
            counts_by_uid.get(uid, counts_by_uid[OTHERS]),
            used=known.get(uid, 0),
            use_withheld=known.get(uid, 0) is None,
        )
        for uid in counts_by_uid.keys() | known.keys()
    }


def _counts(counts: RequirementCounts) -> FollowUpCounts:
    return FollowUpCounts(
        counts.done or 0,
        counts.open or 0,
        counts.closed or 0,
        withheld=counts.done is None,
        findings_withheld=counts.open is None,
    )


def _of_module() -> Counts:
    """Count how often modules' requirements were asked about; plans alone tell what was found.

    A number is the sum of what plans tell. Where one of them does not tell its own, the sum is
    withheld; where one tells nothing at all, it is not known of any that nobody has asked.
    """
    every = reports.shared_requirements()
    done, withheld = Counter[str](), set[str]()
    for reported in every:
        for counts in reported.counts or ():
            done[counts.uid] += counts.done or 0
            if counts.done is None:
                withheld.add(counts.uid)
    are_all_public = all(reported.counts is not None for reported in every)
    others = FollowUpCounts(findings_withheld=True) if are_all_public else WITHHELD
    counted = {
        uid: WITHHELD if uid in withheld else FollowUpCounts(number, findings_withheld=True)
        for uid, number in done.items()
    }
    return {OTHERS: others if every else UNREPORTED, **counted}
