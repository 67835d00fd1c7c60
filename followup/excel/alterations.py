"""What a questionnaire that came back says where nobody reads it: told, so that it is not lost."""

from actionplan.excel.importing.sentences import beside
from actionplan.excel.importing.tables import above
from actionplan.excel.reading.reader import ReadSheet
from followup.excel.questionnaire import head_at


def notices_of(sheet: ReadSheet) -> list[str]:
    """Return a sentence for each thing that a sheet of answers shows and nobody reads."""
    rows = list(sheet.values())
    head = head_at(rows)
    if head is None:
        return beside(sheet.beside)
    return [
        *above(rows[:head], head + 1),
        *beside(sheet.beside),
    ]
