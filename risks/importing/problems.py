"""What is wrong with a document, said in the user's language with the place where it is."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.word.document import Note, Problem, ProblemKind, Remark, WordPlace
from risks.levels import LevelFault, LevelProblem

SENTENCES = {
    ProblemKind.EMPTY_FILE: gettext_lazy("The file is empty."),
    ProblemKind.TOO_LARGE: gettext_lazy("The file is larger than 20 MB. Choose a smaller file."),
    ProblemKind.NOT_WORD: gettext_lazy(
        "This is neither a Word document (.docx) nor the plan as tab-separated text."
    ),
    ProblemKind.OLD_WORD: gettext_lazy(
        "This is a document of an older Word (.doc). Open it in Word and save it as .docx."
    ),
    ProblemKind.RICH_TEXT: gettext_lazy(
        "This is an RTF file, not a Word document (.docx). Open it in Word and save it as .docx."
    ),
    ProblemKind.PDF: gettext_lazy(
        "This is a PDF, not a Word document (.docx). Choose the document it was made from."
    ),
    ProblemKind.WEB_PAGE: gettext_lazy(
        "This is a web page or XML, not a Word document (.docx). Open it in Word and save "
        "it as .docx."
    ),
    ProblemKind.OPEN_DOCUMENT: gettext_lazy(
        "This is an OpenDocument file (.odt), not a Word document (.docx). Save it as a "
        "Word document (.docx)."
    ),
    ProblemKind.WORKBOOK: gettext_lazy(
        "This is an Excel file, not a Word document (.docx). Choose another file."
    ),
    ProblemKind.ENCRYPTED: gettext_lazy(
        "The document is encrypted. Remove the password in Word and save it again."
    ),
    ProblemKind.MACROS: gettext_lazy(
        "The document contains macros. Save it as an ordinary Word document (.docx)."
    ),
    ProblemKind.TOO_MANY_PARTS: gettext_lazy(
        "The file has more than 200 parts. Open it in Word and save it again."
    ),
    ProblemKind.UNPACKS_TOO_LARGE: gettext_lazy(
        "The file is larger than 100 MB when unpacked. Remove pictures from it."
    ),
    ProblemKind.ENTITIES: gettext_lazy(
        "The file contains XML entities, which Word never writes. Open it in Word and "
        "save it again."
    ),
    ProblemKind.BROKEN: gettext_lazy(
        "The file is damaged. Open it in Word, save it again and try again."
    ),
    ProblemKind.TOO_MUCH_INSIDE: gettext_lazy(
        "The document has more text, tables or formatting than can be read. Check that it is the"
        " right file."
    ),
    ProblemKind.TEXT_TOO_LARGE: gettext_lazy(
        "A plan as text is at most 2 MB and 10,000 lines. Check that it is the right file."
    ),
    ProblemKind.NO_CATEGORY: gettext_lazy(
        "The purchasing category is missing. Write it as “Prioriterad inköpskategori: …”."
    ),
    ProblemKind.CATEGORY_UNCLEAR: gettext_lazy(
        "There is no purchasing category “%(words)s”, but there is a similar one. "
        "Choose which one it is."
    ),
    ProblemKind.UNKNOWN_CATEGORY: gettext_lazy("There is no purchasing category “%(words)s”."),
    ProblemKind.NO_PERIOD: gettext_lazy(
        "The period is missing. Write it in the heading: “Handlingsplan 2023–2025”."
    ),
    ProblemKind.PERIOD_UNCLEAR: gettext_lazy(
        "The period cannot be determined from “%(words)s”. Write the first and the "
        "last year: 2023–2025."
    ),
    ProblemKind.PERIOD_BACKWARDS: gettext_lazy(
        "The period runs backwards or is not plausible: “%(words)s”."
    ),
    ProblemKind.NO_REGION: gettext_lazy(
        "The procurement region is missing. Write it in the document."
    ),
    ProblemKind.UNKNOWN_REGION: gettext_lazy(
        "There is no procurement region “%(words)s”. The regions are A to H."
    ),
    ProblemKind.NO_COORDINATOR: gettext_lazy(
        "The coordinating region is missing. Write it in the document."
    ),
    ProblemKind.UNKNOWN_COORDINATOR: gettext_lazy(
        "The coordinator “%(words)s” is not an organisation of the procurement region."
    ),
    ProblemKind.NO_AREAS: gettext_lazy("The document has no product area with a risk matrix."),
    ProblemKind.AREA_TWICE: gettext_lazy("Two product areas have the number %(words)s."),
    ProblemKind.UNKNOWN_STAGE: gettext_lazy("“%(words)s” is not a known life-cycle stage."),
    ProblemKind.UNKNOWN_DIMENSION: gettext_lazy("“%(words)s” is not a known dimension."),
    ProblemKind.HEADING_UNCLEAR: gettext_lazy("“%(words)s” may be more than one known heading."),
    ProblemKind.CELL_TWICE: gettext_lazy(
        "The stage “%(words)s” occurs twice in the product area."
    ),
    ProblemKind.TOO_MANY_STATEMENTS: gettext_lazy(
        "The cell has more than 400 risks and opportunities: “%(words)s”."
    ),
    ProblemKind.TOO_LARGE_PLAN: gettext_lazy(
        "The plan is too large. It has at most 100 product areas, 20,000 risks and opportunities, "
        "and 2,000 goals, sub-goals and indicators."
    ),
    ProblemKind.GOAL_TWICE: gettext_lazy("Two goals or sub-goals have the number %(words)s."),
    ProblemKind.TOO_LONG: gettext_lazy("The text is too long: “%(words)s …”."),
    ProblemKind.TEXT_NOT_UNDERSTOOD: gettext_lazy("Could not be interpreted: “%(words)s”."),
    ProblemKind.INDICATOR_WITHOUT_SUB_GOAL: gettext_lazy(
        "The indicator does not belong to any sub-goal: “%(words)s”."
    ),
    ProblemKind.INDICATOR_WITHOUT_NUMBER: gettext_lazy(
        "The indicator has no number that shows its sub-goal: “%(words)s”. Write the "
        "number, for example 1.1."
    ),
    ProblemKind.STRUCK_OUT: gettext_lazy("Struck out and not read: “%(words)s”."),
    ProblemKind.SIGN_NOT_READ: gettext_lazy(
        "A character could not be read and is shown as a box: “%(words)s”."
    ),
    ProblemKind.COMMENT_NOT_READ: gettext_lazy("A comment, which is not read: “%(words)s”."),
    ProblemKind.HEADER_NOT_READ: gettext_lazy(
        "In the header of the pages, not read: “%(words)s”."
    ),
    ProblemKind.FOOTER_NOT_READ: gettext_lazy(
        "In the footer of the pages, not read: “%(words)s”."
    ),
    ProblemKind.FIELD_NOT_READ: gettext_lazy(
        "A field whose text only Word can show was not read: “%(words)s”. Replace it "
        "with ordinary text."
    ),
    ProblemKind.LINK_NOT_READ: gettext_lazy(
        "The address behind a link was not read: “%(words)s”. Write it in the text if it "
        "is needed."
    ),
    ProblemKind.NOTE_NOT_PLACED: gettext_lazy("A note to a heading was not read: “%(words)s”."),
    ProblemKind.OBJECT_NOT_READ: gettext_lazy("A picture or an object was not read: “%(words)s”."),
    ProblemKind.EMBEDDED_NOT_READ: gettext_lazy(
        "Another document is inserted here and was not read. Open this document in Word "
        "and save it; then its text is read."
    ),
}
# What a person said herself is asked for, and not told.
REMARKS = {
    Remark.READ_AS: gettext_lazy("“%(words)s” was read as %(read_as)s."),
    Remark.NUMBERED: gettext_lazy("“%(words)s” has no number and gets %(read_as)s."),
}
# Enough of the document's words to find the place again.
LONGEST_WORDS = 120


def place_text(place: WordPlace) -> str:
    """Tell where something stands: "table 2, row 4, column 3"."""
    parts = [
        (place.table, _("table %(number)d")),
        (place.line, _("line %(number)d")),
        (place.row, _("row %(number)d")),
        (place.column, _("column %(number)d")),
        (place.paragraph, _("paragraph %(number)d")),
    ]
    places = [text % {"number": number} for number, text in parts if number]
    return ", ".join(places) or _("the file")


def sentence(problem: Problem) -> str:
    """Say what is wrong, and what may have been meant."""
    text = str(SENTENCES[problem.what])
    words = text % {"words": _shortened(problem.words)} if "%(words)s" in text else text
    if not problem.near:
        return words
    *others, last = problem.near
    meant = _("%(first)s or %(last)s") % {"first": ", ".join(others), "last": last}
    question = _("Did you mean %(heading)s?") % {"heading": meant if others else last}
    return f"{words} {question}"


def remark(note: Note) -> str:
    """Tell how something was understood, as one sentence."""
    return str(REMARKS[note.what]) % {"words": _shortened(note.words), "read_as": note.read_as}


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rsplit(" ", 1)[0] + " …"


LEVEL_SENTENCES = {
    LevelFault.TOO_LARGE: gettext_lazy(
        "The text is longer than 200,000 characters or 5,000 lines."
    ),
    LevelFault.NOT_TEXT: gettext_lazy("The text is not in UTF-8. Save it as UTF-8."),
    LevelFault.NO_STAGES: gettext_lazy(
        "The heading with the three stages is missing: Råvara, Bearbetning, Sluttillverkning."
    ),
    LevelFault.MISSING_ROW: gettext_lazy("The row “%(words)s” is missing, or has no level."),
    LevelFault.MISSING_LEVEL: gettext_lazy(
        "The row “%(words)s” has fewer than three levels, one for each stage."
    ),
    LevelFault.TOO_MANY: gettext_lazy("The row “%(words)s” has more than three levels."),
    LevelFault.UNKNOWN_LEVEL: gettext_lazy(
        "“%(words)s” is not a level. The levels are Hög, Medelhög, Låg and "
        "Otillräcklig information."
    ),
    LevelFault.ROW_TWICE: gettext_lazy(
        "The row “%(words)s” occurs twice with different levels. Paste one analysis at a time."
    ),
    LevelFault.OVERALL_TWICE: gettext_lazy(
        "The overall level “%(words)s” contradicts the earlier one."
    ),
    LevelFault.NOT_UNDERSTOOD: gettext_lazy("Could not be interpreted: “%(words)s”."),
    LevelFault.BAD_SOURCE: gettext_lazy(
        "“%(words)s” is not a web address. Write an address that begins with https:// or http://."
    ),
    LevelFault.BAD_DATE: gettext_lazy("The date %(words)s is in the future."),
}


def level_place(problem: LevelProblem) -> str:
    """Tell where something is wrong with an analysis: "line 7"."""
    if problem.what == LevelFault.BAD_SOURCE:
        return _("the source")
    if problem.what == LevelFault.BAD_DATE:
        return _("the date")
    return _("line %(number)d") % {"number": problem.line} if problem.line else _("the text")


def level_sentence(problem: LevelProblem) -> str:
    """Say what is wrong with an analysis, as one sentence."""
    text = str(LEVEL_SENTENCES[problem.what])
    return text % {"words": problem.words} if "%(words)s" in text else text
