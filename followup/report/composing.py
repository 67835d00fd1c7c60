"""A report is put together from what the plan says, what is known, and what may be told. Pure."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from followup.report import basis as counting
from followup.report.basis import Basis, Disclosure, ReportBasis, WithheldNote
from followup.report.schema import (
    SCHEMA,
    CellCounts,
    Counts,
    PublishedReading,
    Report,
    ReportedArea,
    ReportedPlan,
    ReportedSummary,
    RequirementCounts,
)
from followup.report.withheld_counts import (
    AREAS,
    FINDINGS,
    REPEATED,
    REQUIREMENT,
    WHOLE,
    EarlierCounts,
    disclosure,
    repeats,
)
from requirements_pkg.document.facts import Matrix, Outline
from requirements_pkg.document.schema import Lesson


@dataclass(frozen=True, slots=True)
class PublishedPlan:
    """What a report takes from the version in force."""

    head: ReportedPlan
    # The number and the name of each area.
    areas: Sequence[tuple[int, str]]
    outline: Outline
    lessons: tuple[Lesson, ...]
    matrix: Matrix
    # The code of each requirement, by its uid.
    codes: Mapping[str, str]
    # The uids of shared modules' requirements.
    shared: Set[str]


@dataclass(frozen=True, slots=True)
class PublicWords:
    """What people have approved one by one: readings, and summaries."""

    readings: tuple[PublishedReading, ...] = ()
    summaries: tuple[ReportedSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """A report that was published before, with what it rests on."""

    report: Report
    basis: ReportBasis

    @property
    def counts(self) -> EarlierCounts:
        """What was counted in it, and told."""
        return EarlierCounts(self.basis.follow_ups, self.basis.disclosure)


def compose(
    plan: PublishedPlan,
    words: PublicWords,
    follow_ups: Basis,
    earlier: Sequence[EarlierReport],
    *,
    as_of: date,
    counted_on: date,
) -> tuple[Report, ReportBasis]:
    """Return a report, and what it rests on.

    Args:
        follow_ups: those of the plan, as they are on `counted_on`.
        earlier: the reports before, oldest first.
    """
    before = [report.counts for report in earlier]
    disclosed = disclosure(follow_ups, before)
    counts = _counts(plan, follow_ups, disclosed)
    basis = ReportBasis(follow_ups, disclosed, _notes(plan, disclosed, counts))
    if repeats(follow_ups, before, disclosed):
        last = earlier[-1]
        counts, counted_on = _counts_of(last.report), last.report.counted_on
        notes = [note for note in last.basis.notes if note.kind != REPEATED]
        repeated = WithheldNote(REPEATED, counted_on.isoformat())
        basis = ReportBasis(last.basis.follow_ups, last.basis.disclosure, (repeated, *notes))
    report = Report(
        schema=SCHEMA,
        plan=plan.head,
        as_of=as_of,
        counted_on=counted_on,
        goals=plan.outline.goals,
        indicators=plan.outline.indicators,
        readings=words.readings,
        summaries=words.summaries,
        lessons=plan.lessons,
        **counts,
    )
    return report, basis


class ReportCounts(TypedDict):
    """The counts of a report as far as they are told, by the names of its fields."""

    whole: Counts | None
    areas: tuple[ReportedArea, ...]
    requirements: tuple[RequirementCounts, ...]
    findings_told: bool
    cells: tuple[CellCounts, ...]


def _counts(plan: PublishedPlan, follow_ups: Basis, disclosed: Disclosure) -> ReportCounts:
    """Return the counts of a report as far as they are told, by the names of its fields."""
    areas = tuple(
        ReportedArea(
            number,
            name,
            counting.counts(row for row in follow_ups if row.area == number)
            if disclosed.areas
            else None,
        )
        for number, name in plan.areas
    )
    return {
        "whole": counting.counts(follow_ups) if disclosed.whole else None,
        "areas": areas,
        "requirements": tuple(_requirements(plan, follow_ups, disclosed))
        if disclosed.whole
        else (),
        "findings_told": disclosed.findings,
        "cells": tuple(_cells(plan.matrix, follow_ups, disclosed)) if disclosed.whole else (),
    }


def _counts_of(report: Report) -> ReportCounts:
    """Return the counts of an earlier report, by the names of its fields."""
    return {
        "whole": report.whole,
        "areas": report.areas,
        "requirements": report.requirements,
        "findings_told": report.findings_told,
        "cells": report.cells,
    }


def _requirements(
    plan: PublishedPlan, follow_ups: Basis, disclosed: Disclosure
) -> Iterator[RequirementCounts]:
    """Yield the counts of each requirement that was asked about, or broken."""
    questions = counting.questions_by_requirement(follow_ups)
    opened, closed = (
        counting.deviations(follow_ups, is_open=is_open) for is_open in (True, False)
    )
    for uid in sorted(questions.keys() | opened.keys() | closed.keys()):
        has_findings = disclosed.findings
        yield RequirementCounts(
            uid,
            None if uid in disclosed.withheld else questions[uid],
            opened[uid] if has_findings else None,
            closed[uid] if has_findings else None,
            uid in plan.shared,
        )


def _cells(matrix: Matrix, follow_ups: Basis, disclosed: Disclosure) -> Iterator[CellCounts]:
    """Yield the counts of each cell that requirements treat and that was asked about."""
    questions, withheld = (
        counting.questions_by_requirement(follow_ups),
        frozenset(disclosed.withheld),
    )
    for cell in matrix.cells:
        treating = {matrix.uids[place] for place in cell.places} & questions.keys()
        if treating & withheld:
            yield CellCounts(cell.stage, cell.dimension, None, None)
        elif treating:
            number = counting.asking(follow_ups, treating)
            yield CellCounts(cell.stage, cell.dimension, number, len(treating))


def _notes(
    plan: PublishedPlan, disclosed: Disclosure, counts: ReportCounts
) -> tuple[WithheldNote, ...]:
    """Tell what of the counts is withheld, for who writes and who reviews the report."""
    if not disclosed.whole:
        return (WithheldNote(WHOLE),)
    notes = [] if disclosed.areas else [WithheldNote(AREAS)]
    if not disclosed.findings and counts["requirements"]:
        notes.append(WithheldNote(FINDINGS))
    if disclosed.withheld:
        codes = sorted(plan.codes.get(uid, uid) for uid in disclosed.withheld)
        notes.append(WithheldNote(REQUIREMENT, ", ".join(codes)))
    return tuple(notes)
