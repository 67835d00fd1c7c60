"""How often each requirement was followed up, as far as the public may know."""

from typing import Final

from followup.published import follow_up_findings
from followup.published.follow_up_findings import FollowUpFindings
from followup.published.status_page import disclosed
from followup.status import suppression
from requirements_pkg.cards.follow_up_counts import NEVER, OTHERS, Counts, FollowUpCounts
from requirements_pkg.extension_points import follow_up_counts

NOTHING_TOLD: Final = FollowUpCounts(withheld=True, findings_withheld=True)


@follow_up_counts
def followed(slug: str, is_module: bool) -> Counts:
    """Return what may be told of each requirement of a package, by its uid: one query."""
    return _of_module(slug) if is_module else _of_plan(slug, follow_up_findings.of_plan(slug))


def _of_plan(slug: str, findings: FollowUpFindings) -> Counts:
    public_counts = disclosed(list(findings.behind.contracts(slug)))
    if not public_counts.whole:
        return {OTHERS: NOTHING_TOLD}
    areas = findings.areas if public_counts.parts else findings.together
    may_tell, withheld = suppression.may_tell_findings(areas), findings.withheld

    def counts_of(key: str) -> FollowUpCounts:
        is_withheld = key in withheld
        done = 0 if is_withheld else findings.done(key)
        if not may_tell:
            return FollowUpCounts(done, withheld=is_withheld, findings_withheld=True)
        deviations = findings.open[key], findings.closed[key]
        return FollowUpCounts(done, *deviations, withheld=is_withheld)

    keys = {key for area in areas for key in area}
    others = NEVER if may_tell else FollowUpCounts(findings_withheld=True)
    return {OTHERS: others, **{findings.uids.get(key, key): counts_of(key) for key in keys}}


def _of_module(slug: str) -> Counts:
    """Count how often a module's requirements were asked about; plans alone tell what was found.

    What one plan has found would follow from what the module and the other plans tell.
    """
    done, withheld = follow_up_findings.of_module(slug)
    counts = {
        uid: NOTHING_TOLD if uid in withheld else FollowUpCounts(number, findings_withheld=True)
        for uid, number in done.items()
    }
    return {OTHERS: FollowUpCounts(findings_withheld=bool(counts)), **counts}
