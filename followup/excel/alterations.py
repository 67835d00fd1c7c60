"""What a questionnaire that came back says where nobody reads it: told, so that it is not lost."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from actionplan.excel.importing.sentences import FEW, MOST_CELLS_NAMED, beside
from actionplan.excel.importing.tables import above
from actionplan.excel.reading.bounds import column_letters
from actionplan.excel.reading.reader import ReadSheet
from actionplan.excel.reading.sheet_extras import shortened
from actionplan.text import fold
from followup.actions.follow_ups import askable
from followup.excel.questionnaire import AT, cell_words, head_at, named, sent_texts
from followup.models import FollowUp


def notices_of(follow_up: FollowUp, sheet: ReadSheet) -> list[str]:
    """Return a sentence for each thing that a sheet of answers shows and nobody reads."""
    rows = list(sheet.values())
    head = head_at(rows)
    if head is None:
        return beside(sheet.beside)
    return [
        *above(rows[:head], head + 1),
        *_sentences(list(_altered(follow_up, rows, head))),
        *beside(sheet.beside),
    ]


def _sentences(altered: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each of the first cells, and one for all others."""
    for cell, words in altered[:FEW]:
        text = _("Not read: the text in cell %(cell)s is not the one that was sent: “%(words)s”")
        yield text % {"cell": cell, "words": words}
    if others := altered[FEW:]:
        cells = ", ".join(cell for cell, _words in others[:MOST_CELLS_NAMED])
        more = " …" if len(others) > MOST_CELLS_NAMED else ""
        yield _("Not read: other texts than were sent, in %(cells)s.") % {"cells": cells + more}


def _altered(
    follow_up: FollowUp, rows: Sequence[list[object]], head: int
) -> Iterator[tuple[str, str]]:
    """Yield the cells with a text of ours that somebody has written in, and what they say."""
    wordings = askable(follow_up.version)
    questions = {
        question.pk: question
        for question in follow_up.questions.select_related("requirement").order_by("pk")
    }
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        which = named(cell_words(row[0])) if row else None
        question = questions.get(which[1]) if which and which[0] == follow_up.pk else None
        if question is None:
            continue
        for name, text in sent_texts(question, wordings).items():
            at = AT[name]
            words = cell_words(row[at]) if at < len(row) else ""
            if fold(words) != fold(text):
                yield f"{column_letters(at + 1)}{number}", shortened(words)
