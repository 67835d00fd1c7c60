"""What a report does not tell, and why, in words for who writes and who reviews it."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from followup.report.basis import WithheldNote
from followup.report.withheld_counts import (
    AREAS,
    FINDINGS,
    REPEATED,
    REQUIREMENT,
    SUMMARY,
    USE,
    USE_AGAIN,
    USE_SOME,
    WHOLE,
)

WORDS: Final = {
    WHOLE: _(
        "No counts of follow-ups and deviations: fewer than three suppliers stand behind them, "
        "apart from those of whom a summary is published."
    ),
    AREAS: _(
        "No counts by product area: fewer than three suppliers stand behind those of an area, or "
        "such a count could be worked out from the others."
    ),
    FINDINGS: _(
        "No deviations by requirement: fewer than three suppliers stand behind those of a "
        "requirement, or such a count could be worked out from the others."
    ),
    REQUIREMENT: _(
        "Not how often these requirements were asked about: %(subject)s. Too few suppliers."
    ),
    SUMMARY: _(
        "Not the summary of %(subject)s: together with the counts of an earlier report it would "
        "tell of too few suppliers. It waits until more have been followed up."
    ),
    REPEATED: _(
        "The counts are those of %(subject)s: too few suppliers have been followed up or changed "
        "since then for new counts to be told."
    ),
    USE: _("Not how many authorities have used the requirements: fewer than three."),
    USE_SOME: _(
        "Not all figures of use: fewer than three authorities stand behind some, or such a figure "
        "could be worked out from the others or from an earlier report."
    ),
    USE_AGAIN: _(
        "The figures of use are those of %(subject)s: fewer than three authorities have come "
        "since then."
    ),
}


def note_words(notes: Iterable[WithheldNote]) -> list[str]:
    """Return what each note says."""
    return [str(WORDS[note.kind]) % {"subject": note.subject} for note in notes]
