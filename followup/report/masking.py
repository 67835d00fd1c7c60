"""Words that were published by mistake, replaced in what is read of a report. Pure.

The report itself stays as it was, and so does its checksum.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from followup.report.schema import Report

MASK: Final = "[maskerat]"


def masked(report: Report, words: Sequence[str]) -> Report:
    """Return a report with words replaced in every text that somebody wrote for it."""
    if not words:
        return report
    return msgspec.structs.replace(
        report,
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
        lessons=tuple(
            msgspec.structs.replace(lesson, text=masked_text(lesson.text, words))
            for lesson in report.lessons
        ),
    )


def masked_text(text: str, words: Sequence[str]) -> str:
    """Return a text with words replaced, whatever their case and the space between them."""
    for pattern in map(_pattern, words):
        text = pattern.sub(MASK, text)
    return text


def times_in(texts: Iterable[str], words: str) -> int:
    """Return how often words stand in some texts."""
    pattern = _pattern(words)
    return sum(len(pattern.findall(text)) for text in texts)


def texts_of(report: Report) -> list[str]:
    """Return every text of a report in which words can be masked."""
    return [
        *(text for reading in report.readings for text in (reading.comment, reading.evidence_url)),
        *(text for summary in report.summaries for text in (summary.text, summary.supplier)),
        *(lesson.text for lesson in report.lessons),
    ]


def _has(text: str, words: Sequence[str]) -> bool:
    return any(pattern.search(text) for pattern in map(_pattern, words))


def _pattern(words: str) -> re.Pattern[str]:
    """Match whole words only: what is within another word is another word."""
    inner = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)
