"""What the counts of a report rest on: follow-ups, one by one. Confidential, and never shown.

It is kept beside a report, so that the next one can be held against it.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass, field
from typing import TypeVar

from followup.report.schema import Counts
from requirements_pkg.document.schema import Part

Key = TypeVar("Key", bound=Hashable)
# An area and the uid of a requirement.
AreaRequirement = tuple[int, str]


class DatedDeviation(Part, frozen=True, array_like=True):
    """A deviation: from which requirement, how severe, and how far it has come."""

    uid: str
    severity: str
    is_open: bool
    is_late: bool


class FollowUpBasis(Part, frozen=True, array_like=True):
    """A follow-up as it was counted."""

    # The number of the product area.
    area: int
    # As `screening.supplier_key` has it: those that nobody has named are one.
    supplier: str
    is_done: bool
    is_sanctioned: bool
    # Whether a summary of it is public.
    is_summarised: bool
    # The uids of the requirements it asked about.
    questions: tuple[str, ...]
    deviations: tuple[DatedDeviation, ...]


class UseBasis(Part, frozen=True, array_like=True):
    """One use of requirements: a contract of an authority, or what it reported."""

    # As `drafting.uses` tells authorities apart.
    authority: str
    is_region: bool
    year: int
    # The highest level of it.
    level: str
    # The uids of the requirements, each with its level.
    requirements: tuple[tuple[str, str], ...]


class WithheldNote(Part, frozen=True):
    """What a report does not tell: `WHOLE` and the others of `withheld_counts`, and of what."""

    kind: str
    subject: str = ""


class Disclosure(Part, frozen=True):
    """What is told of the counts of a plan."""

    whole: bool = False
    # Each area by itself.
    areas: bool = False
    # What was found, by requirement.
    findings: bool = False
    # The uids of the requirements of which it is not told how often they were asked about.
    withheld: tuple[str, ...] = ()


class ReportBasis(Part, frozen=True):
    """What a report rests on: the follow-ups of its counts, and what of them it tells."""

    follow_ups: tuple[FollowUpBasis, ...]
    disclosure: Disclosure
    notes: tuple[WithheldNote, ...] = ()
    uses: tuple[UseBasis, ...] = ()


Basis = tuple[FollowUpBasis, ...]
# By what is counted and by supplier: all that the supplier adds to the count.
Additions = dict[tuple[Key, str], Counter[Hashable]]


def _none() -> Additions[Key]:
    return defaultdict(Counter)


@dataclass(frozen=True, slots=True)
class Contributions:
    """What each supplier adds to the counts of a plan, table by table."""

    # Of each area.
    planned: Additions[int] = field(default_factory=_none)
    done: Additions[int] = field(default_factory=_none)
    # Of each requirement in each area: how often it was asked about, and all that is told of it.
    questions: Additions[AreaRequirement] = field(default_factory=_none)
    findings: Additions[AreaRequirement] = field(default_factory=_none)


def contributions(basis: Basis) -> Contributions:
    """Return what each supplier adds; what is not carried out yet has asked and found nothing."""
    tables = Contributions()
    for row in basis:
        supplier = row.supplier
        tables.planned[row.area, supplier]["planned"] += 1
        if not row.is_done:
            continue
        done = tables.done[row.area, supplier]
        done["done", row.is_sanctioned] += 1
        for uid in set(row.questions):
            tables.questions[(row.area, uid), supplier]["asked"] += 1
            tables.findings[(row.area, uid), supplier]["asked"] += 1
        for deviation in row.deviations:
            done[deviation.severity, deviation.is_open, deviation.is_late] += 1
            tables.findings[(row.area, deviation.uid), supplier][deviation.is_open] += 1
    return tables


def changed(before: Additions[Key], after: Additions[Key]) -> dict[Key, frozenset[str]]:
    """Return by what is counted the suppliers that add something else than before."""
    suppliers: dict[Key, set[str]] = {}
    for key, supplier in before.keys() | after.keys():
        if before.get((key, supplier)) != after.get((key, supplier)):
            suppliers.setdefault(key, set()).add(supplier)
    return {key: frozenset(names) for key, names in suppliers.items()}


def counts(basis: Iterable[FollowUpBasis]) -> Counts:
    """Return what was done and found in some follow-ups."""
    rows = list(basis)
    done = [row for row in rows if row.is_done]
    every = [deviation for row in done for deviation in row.deviations]
    return Counts(
        planned=len(rows),
        done=len(done),
        open=dict(Counter(deviation.severity for deviation in every if deviation.is_open)),
        closed=dict(Counter(deviation.severity for deviation in every if not deviation.is_open)),
        late=sum(deviation.is_late for deviation in every),
        sanctioned=sum(row.is_sanctioned for row in done),
    )


def questions_by_requirement(basis: Basis) -> Counter[str]:
    """Return how many follow-ups asked about each requirement."""
    return Counter(uid for row in basis if row.is_done for uid in set(row.questions))


def deviations(basis: Basis, *, is_open: bool) -> Counter[str]:
    """Return how many deviations from each requirement are open, or closed."""
    return Counter(
        deviation.uid
        for row in basis
        if row.is_done
        for deviation in row.deviations
        if deviation.is_open == is_open
    )


def summarised(basis: Basis) -> frozenset[str]:
    """Return the suppliers of whom a summary is public: what is known of them hides nobody."""
    return frozenset(row.supplier for row in basis if row.is_summarised)


def asking(basis: Basis, treating: Set[str]) -> int:
    """Return how many follow-ups asked about any of some requirements."""
    return sum(row.is_done and not treating.isdisjoint(row.questions) for row in basis)
