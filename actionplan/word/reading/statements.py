"""Cuts the words of a cell into statements, losing and changing none of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from actionplan.text import clean, fold
from actionplan.word.document import (
    DESCRIBED,
    NO_LEVERAGE,
    NOT_ASSESSED,
    OPPORTUNITY,
    RISK,
    SAME_AS,
    CellReference,
    PlanCell,
    PlanStatement,
)
from actionplan.word.file.blocks import Paragraph
from actionplan.word.file.symbols import BULLETS
from actionplan.word.kept_mark import unmarked

# The writer's own styles: such a paragraph is one statement of that kind, whatever it says.
KIND_OF_STYLE: Final = {"risk": RISK, "möjlighet": OPPORTUNITY, "opportunity": OPPORTUNITY}
STYLE_OF_KIND: Final = {RISK: "Risk", OPPORTUNITY: "Möjlighet"}
LEVELS: Final = {
    "high": "Hög",
    "medium": "Medelhög",
    "low": "Låg",
    "insufficient": "Otillräcklig information",
}
LEVEL_MARK: Final = re.compile(
    r"risknivå\s*[:–-]?\s*(?P<level>otillräcklig information|medelhög|hög|låg)\s*(?:\.\s*|$)", re.I
)
LINK_MARK: Final = re.compile(
    r"hänvisning: (?P<link>ingen|samma risker som (?:[^.”]|”[^”]*”)+)(?:\.(?:\s+|$)|$)", re.I
)
NO_LINK: Final = "ingen"
NO_LEVERAGE_WORDS: Final = re.compile(
    r"\W*(?:(?:ingen|ej|inte|saknar|saknas) rådighet(?: över)?|rådighet saknas)\W*"
)
# A cell that says itself that nobody has judged it holds no risk.
NOT_ASSESSED_WORDS: Final = re.compile(
    r"\W*(?:ej|inte|icke|ännu ej|ännu inte) (?:bedöm[dt]|bedömts|analysera[dt]|kartlag[dt])\W*"
)
# What Word puts where somebody is to write; converted, it is text as any other.
PLACEHOLDER: Final = re.compile(
    r"(?:klicka(?: eller tryck)? här för att ange (?:text|datum)"
    r"|click(?: or tap)? here to enter (?:text|a date)|ange text här)\W*",
    re.I,
)

# A bullet that someone typed belongs to the sentence that it introduces.
BULLET: Final = rf"(?:[{re.escape(BULLETS)}]\s*)?"
SIGNS_ALONE: Final = re.compile(rf"[{re.escape(BULLETS)}\s.,;:?!…/_~=()]*")
# An item of a list that someone typed with line breaks.
ITEM: Final = re.compile(rf"[•▪◦●]|[{re.escape(BULLETS)}]\s|(?:\d{{1,2}}|[a-z])[.)]\s")
SENTENCE_START: Final = re.compile(r"^\s*|(?<=[.!?…])[\"”»)]*\s+|\n\s*|\s+(?=[•▪◦]\s)")
LONGEST_LABEL: Final = 80
LABEL: Final = rf"(?P<label>[^.!?:\n]{{0,{LONGEST_LABEL}}}):"
OPPORTUNITY_WORD: Final = re.compile(BULLET + r"Möjlighet(?:en|er|erna)?\b")
# What opens a paragraph opens a sentence, whatever its letter; "t.ex. möjlighet" does not.
OPENING_WORD: Final = re.compile(OPPORTUNITY_WORD.pattern, re.I)
MARKED: Final = re.compile(BULLET + LABEL)
OPPORTUNITY_IN_LABEL: Final = re.compile(r"(?<!o)möjlighet", re.I)
RISK_LABEL: Final = re.compile(r"risk(?:er)?", re.I)
RISK_IN_LABEL: Final = re.compile(r"\brisk|\bbrist", re.I)


@dataclass(frozen=True, slots=True)
class CellWords:
    """What a cell says: its level, an explicit link, and its statements."""

    level: str = ""
    link: str = ""
    statements: tuple[PlanStatement, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(statement.text for statement in self.statements)


def cell_words(paragraphs: Iterable[Paragraph]) -> CellWords:
    """Read the statements of a cell's paragraphs, and take out the marks for level and link."""
    level = link = ""
    statements: list[PlanStatement] = []
    # A paragraph that is only a label, "Möjligheter:", names the kind of the list after it.
    kind, is_after_label = RISK, False
    for paragraph in paragraphs:
        if styled := KIND_OF_STYLE.get(fold(paragraph.style)):
            words, is_kept = unmarked(paragraph.words)
            if words:
                statements.append(PlanStatement(styled, words, is_kept))
            continue
        text = "\n".join(line.words for line in paragraph.lines())
        if not level and (mark := LEVEL_MARK.match(text)):
            level, text = _level_code(mark["level"]), text[mark.end() :]
        if not link and (mark := LINK_MARK.match(text)):
            link, text = clean(mark["link"]), text[mark.end() :]
        if not is_after_label and not paragraph.is_listed:
            kind = RISK
        text, is_kept = unmarked(text)
        if cut := cut_statements(text, kind):
            statements += [replace(statement, is_kept=is_kept) for statement in cut]
            is_after_label = _is_label(cut[-1].text)
            kind = cut[-1].kind if is_after_label else kind
    return CellWords(level, link, tuple(statements))


def says_something(words: str) -> bool:
    """Tell whether there is more than marks, or what a template says, in what stands there."""
    return SIGNS_ALONE.fullmatch(words) is None and PLACEHOLDER.fullmatch(words) is None


def _is_label(text: str) -> bool:
    return text.endswith(":") and len(text) <= LONGEST_LABEL


def _level_code(words: str) -> str:
    return next(code for code, name in LEVELS.items() if fold(name) == fold(words))


def cut_statements(text: str, kind: str = RISK) -> list[PlanStatement]:
    """Cut one paragraph into statements: a sentence that begins a new kind starts a new one."""
    statements: list[PlanStatement] = []
    begin = 0
    for start, next_kind in _marks(text):
        if words := clean(text[begin:start]):
            statements.append(PlanStatement(kind, words))
        begin, kind = start, next_kind or kind
    if words := clean(text[begin:]):
        statements.append(PlanStatement(kind, words))
    return statements


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """Tell where a sentence says which kind it is, and that kind; "" where an item goes on."""
    for start in SENTENCE_START.finditer(text):
        if kind := _kind_at(text, start.end(), is_first=start.start() == 0):
            yield start.end(), kind
        elif "\n" in start[0] and ITEM.match(text, start.end()):
            yield start.end(), ""


def _kind_at(text: str, start: int, *, is_first: bool) -> str:
    word = OPENING_WORD if is_first else OPPORTUNITY_WORD
    if word.match(text, start):
        return OPPORTUNITY
    if (marked := MARKED.match(text, start)) is None:
        return ""
    label = marked["label"].strip()
    if RISK_LABEL.fullmatch(label):
        return RISK
    if OPPORTUNITY_IN_LABEL.search(label) and not RISK_IN_LABEL.search(label):
        return OPPORTUNITY
    return ""


def make_cell(
    stage: str, dimension: str, words: CellWords, reference: CellReference | None
) -> PlanCell:
    """Make a cell whose assessment follows from its words."""
    folded = fold(words.text)
    if NOT_ASSESSED_WORDS.fullmatch(folded):
        return PlanCell(stage, dimension, NOT_ASSESSED, words.level)
    if NO_LEVERAGE_WORDS.fullmatch(folded):
        assessment, reference = NO_LEVERAGE, None
    elif reference is not None:
        assessment = SAME_AS
    else:
        assessment = DESCRIBED if words.statements else NOT_ASSESSED
    return PlanCell(stage, dimension, assessment, words.level, words.statements, reference)
