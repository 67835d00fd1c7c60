"""Words that were published by mistake, replaced in what is read of a report. Pure.

The report itself stays as it was, and so does its checksum.
"""

from collections.abc import Iterator, Sequence

import msgspec

from followup.report.schema import Report
from requirements_pkg.document import masking
from requirements_pkg.document.masking import MaskedWords, masked_text, own_words
from requirements_pkg.document.schema import Goal, Lesson


def masked(report: Report, maskings: Sequence[MaskedWords]) -> Report:
    """Return a report with words replaced in every text that somebody wrote."""
    words = own_words(maskings)
    if not words:
        return report
    return msgspec.structs.replace(
        report,
        plan=masking.masked(report.plan, maskings),
        goals=masking.masked(report.goals, maskings, tuple[Goal, ...]),
        areas=tuple(
            msgspec.structs.replace(area, name=masked_text(area.name, words))
            for area in report.areas
        ),
        readings=tuple(
            msgspec.structs.replace(
                reading,
                comment=masked_text(reading.comment, words),
                evidence_url="" if _has(reading.evidence_url, words) else reading.evidence_url,
            )
            for reading in report.readings
        ),
        summaries=tuple(
            msgspec.structs.replace(
                summary,
                text=masked_text(summary.text, words),
                supplier=masked_text(summary.supplier, words),
            )
            for summary in report.summaries
        ),
        lessons=masking.masked(report.lessons, maskings, tuple[Lesson, ...]),
    )


def texts_of(report: Report) -> Iterator[str]:
    """Yield every text of a report in which words can be masked."""
    yield from plan_texts(report)
    for reading in report.readings:
        yield from (reading.comment, reading.evidence_url)
    for summary in report.summaries:
        yield from (summary.text, summary.supplier)
    yield from masking.texts_of(report.lessons)


def plan_texts(report: Report) -> Iterator[str]:
    """Yield what a report says in the words of its plan."""
    yield from masking.texts_of(report.plan)
    yield from masking.texts_of(report.goals)
    yield from (area.name for area in report.areas)


def _has(text: str, words: Sequence[str]) -> bool:
    return masked_text(text, words) != text
