"""How often each requirement was followed up, as published reports tell it."""

from collections import Counter
from typing import Final

from followup.published import reports
from followup.report.schema import RequirementCounts
from requirements_pkg.cards.follow_up_counts import NEVER, OTHERS, Counts, FollowUpCounts
from requirements_pkg.extension_points import follow_up_counts

WITHHELD: Final = FollowUpCounts(withheld=True, findings_withheld=True)
UNREPORTED: Final = FollowUpCounts(is_unreported=True)


@follow_up_counts
def followed(slug: str, is_module: bool) -> Counts:
    """Return what is told of each requirement of a package, by its uid: one query."""
    return _of_module() if is_module else _of_plan(slug)


def _of_plan(slug: str) -> Counts:
    reported = reports.requirements(slug)
    if reported is None:
        return {OTHERS: UNREPORTED}
    if reported.counts is None:
        return {OTHERS: WITHHELD}
    others = NEVER if reported.findings_told else FollowUpCounts(findings_withheld=True)
    return {OTHERS: others, **{counts.uid: _counts(counts) for counts in reported.counts}}


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
