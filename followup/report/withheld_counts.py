"""What may be told of the counts of a plan, given all that earlier reports have told.

A count is told where nobody stands behind it, or at least `suppression.BOUND` suppliers whom no
public summary is about: what a summary tells of its supplier could be taken away from the count.
Two reports may be held against each other just so. What has changed between them is a count, too,
and whoever made it change stands behind it. Where too few have, the later report repeats the
counts of the earlier.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from followup.report.basis import (
    AreaRequirement,
    Basis,
    Contributions,
    Disclosure,
    changed,
    contributions,
    summarised,
)
from followup.status import suppression

# A bit for each supplier.
Mask = int
# What is withheld: the counts of a plan, of its areas, what was found by requirement, how often a
# requirement was asked about, a summary; or the counts are an earlier report's.
WHOLE, AREAS, FINDINGS = "whole", "areas", "findings"
REQUIREMENT, SUMMARY, REPEATED = "requirement", "summary", "repeated"
# How many have used requirements: withheld, some of it withheld, or an earlier report's.
USE, USE_SOME, USE_AGAIN = "use", "use_some", "use_again"


@dataclass(frozen=True, slots=True)
class EarlierCounts:
    """What an earlier report was made of, and what it told."""

    basis: Basis
    disclosure: Disclosure


# Before anything was told, everybody knew that nothing had been done.
BEFORE_ALL: Final = EarlierCounts((), Disclosure(whole=True, areas=True, findings=True))


def disclosure(basis: Basis, earlier: Iterable[EarlierCounts]) -> Disclosure:
    """Return what is told of counts, none of which differs from an earlier one by few suppliers.

    Args:
        earlier: the reports before, each that has counts of its own.
    """
    now, known = contributions(basis), summarised(basis)
    differences = [
        _Difference(before, now, known | summarised(before.basis))
        for before in (BEFORE_ALL, *earlier)
    ]
    if not all(difference.is_whole_public for difference in differences):
        return Disclosure()
    areas = all(difference.are_areas_public for difference in differences)
    every = {uid for (_area, uid), _supplier in now.questions}
    return Disclosure(
        whole=True,
        areas=areas,
        findings=all(difference.are_findings_public(areas=areas) for difference in differences),
        # Where the counts of areas are withheld they would follow from those of requirements.
        withheld=tuple(sorted(_withheld(differences) if areas else every)),
    )


def repeats(basis: Basis, earlier: Sequence[EarlierCounts], now: Disclosure) -> bool:
    """Tell whether a report has to repeat the counts of the last: too little has changed since."""
    if not earlier or not earlier[-1].disclosure.whole:
        return False
    alone = disclosure(basis, ())
    return (alone.whole, alone.areas) != (now.whole, now.areas)


def tells_too_much(suppliers: Collection[str], earlier: Iterable[EarlierCounts]) -> bool:
    """Tell whether an earlier count would be one of few, once these suppliers are known of.

    What was told cannot be taken back, but a summary can wait.
    """
    for before in earlier:
        known = summarised(before.basis) | frozenset(suppliers)
        nothing = EarlierCounts((), before.disclosure)
        difference = _Difference(nothing, contributions(before.basis), known)
        if not (difference.is_whole_public and difference.are_areas_public):
            return True
        if before.disclosure.whole and difference.rare - set(before.disclosure.withheld):
            return True
        if before.disclosure.findings and difference.rare_findings:
            return True
    return False


def _withheld(differences: Sequence["_Difference"]) -> frozenset[str]:
    """Return the requirements that are withheld, whichever two reports are compared."""
    withheld = frozenset[str]().union(*(difference.rare for difference in differences))
    while True:
        more = withheld.union(
            *(suppression.withheld_questions(row.questions, withheld) for row in differences)
        )
        if more == withheld:
            return withheld
        withheld = more


class _Difference:
    """What has changed since an earlier report, by who made it change.

    Args:
        known: the suppliers of whom a summary is public.
    """

    def __init__(self, before: EarlierCounts, now: Contributions, known: frozenset[str]) -> None:
        earlier = contributions(before.basis)
        self.disclosure, self.known = before.disclosure, known
        self.bits: dict[str, Mask] = {}
        self.of_areas = (changed(earlier.planned, now.planned), changed(earlier.done, now.done))
        questions, findings = (
            changed(earlier.questions, now.questions),
            changed(earlier.findings, now.findings),
        )
        self.questions, self.findings_by_area = self._by_area(questions), self._by_area(findings)
        self.rare, self.rare_findings = self._rare(questions), self._rare(findings)

    @property
    def is_whole_public(self) -> bool:
        """Whether enough suppliers stand behind what has changed in the whole plan."""
        return not self.disclosure.whole or all(
            self._are_enough(frozenset[str]().union(*areas.values())) for areas in self.of_areas
        )

    @property
    def are_areas_public(self) -> bool:
        """Whether they do in each area."""
        return not self.disclosure.areas or all(
            self._are_enough(suppliers) for areas in self.of_areas for suppliers in areas.values()
        )

    def are_findings_public(self, *, areas: bool) -> bool:
        """Tell whether they do in each requirement, and in what is left of some less others."""
        if not self.disclosure.findings:
            return True
        tables = self.findings_by_area if areas else [suppression.united(self.findings_by_area)]
        return not self.rare_findings and suppression.may_tell_findings(tables)

    def _are_enough(self, suppliers: frozenset[str]) -> bool:
        """Tell whether nobody stands behind something, or enough, and enough of the unknown."""
        return suppression.enough(len(suppliers), len(suppliers - self.known))

    def _by_area(
        self, suppliers: Mapping[AreaRequirement, frozenset[str]]
    ) -> list[dict[str, Mask]]:
        """Return by area and requirement the suppliers of whom nothing else is public."""
        areas: dict[int, dict[str, Mask]] = {}
        for (area, uid), names in suppliers.items():
            areas.setdefault(area, {})[uid] = self._mask(names - self.known)
        return list(areas.values())

    def _rare(self, suppliers: Mapping[AreaRequirement, frozenset[str]]) -> set[str]:
        """Return the requirements that rest on few, of whom a summary may be public."""
        together: dict[str, frozenset[str]] = {}
        for (_area, uid), names in suppliers.items():
            together[uid] = together.get(uid, frozenset()) | names
        return {uid for uid, names in together.items() if not self._are_enough(names)}

    def _mask(self, suppliers: Iterable[str]) -> Mask:
        mask = 0
        for name in suppliers:
            mask |= self.bits.setdefault(name, 1 << len(self.bits))
        return mask
