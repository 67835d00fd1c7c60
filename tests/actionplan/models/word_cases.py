"""Cases that break a constraint of what words of Excel files mean."""

from actionplan.models import SheetWord
from tests.project.house.breaking import Break


def word() -> SheetWord:
    """A word that means something, beside another one in the same column."""
    known = {"sheet": "risks.RiskStatement", "column": "kind", "meaning": "risk"}
    SheetWord.objects.get_or_create(folded="fara", **known)
    return SheetWord(folded="hot", **known)


CASES = [
    Break(
        "actionplan_sheetword_means_one_thing",
        word,
        {"folded": "fara"},
        "Ordet betyder redan något i kolumnen.",
    ),
    Break(
        "actionplan_sheetword_folded_is_filled",
        word,
        {"folded": ""},
        "Ange ordet.",
        is_field_error=True,
    ),
    Break(
        "actionplan_sheetword_meaning_is_filled",
        word,
        {"meaning": ""},
        "Ange vad ordet betyder.",
        is_field_error=True,
    ),
]
