"""Requirements as rows: one column specification for Excel, CSV and JSON."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import msgspec
from django.utils.translation import gettext as _

from actionplan.excel.columns import ANSWER, CODE, LINK, TEXT, Column, ColumnKind
from actionplan.excel.columns.kinds import NUMBER
from actionplan.excel.writing.sheet_writing import csv_pieces
from actionplan.excel.writing.spreadsheet import SheetDefinition, WorkbookWriter
from requirements_pkg.cards.requirement_cards import kind_names, level_names
from requirements_pkg.document.requirement_fields import NAMED, TextAudience, below_the_text
from requirements_pkg.tender import document as tender
from requirements_pkg.tender.answering import scale_of
from requirements_pkg.tender.document import (
    AWARD,
    GREEN_CRITERIA,
    NATIONAL,
    Tender,
    TenderRequirement,
)
from risks.exporting.workbook import read_me

About = list[tuple[str, str]]
# What a row is called stays in sight.
FIXED: Final = 2
ADDRESS: Final = "address"
# Where an answer of this kind is not asked.
NO_ANSWER: Final = "–"


@dataclass(frozen=True, slots=True)
class TenderColumn:
    """A column, and what stands in it: plain data, and the same in words."""

    column: Column
    plain: Callable[[TenderRequirement], object]
    words: Callable[[TenderRequirement], object] | None = None

    def value_of(self, item: TenderRequirement) -> object:
        """Return what a person reads in the cell."""
        value = (self.words or self.plain)(item)
        return " ".join(value) if isinstance(value, list) else value


def tender_workbook(made: Tender, *, about: About) -> bytes:
    """Write the requirements as an Excel file; a selection has room for a bidder's answers."""
    title = _("Requirements: %(package)s") % {"package": made.title}
    book = WorkbookWriter(title)
    sheets = sheets_of(made)
    read_me(book, about, {}, sheets)
    for sheet in sheets:
        book.table(sheet)
    return book.close()


def sheets_of(made: Tender) -> list[SheetDefinition]:
    """Return the sheets: of a selection with room for answers, of a version with its risks."""
    return _for_bidders(made) if made.selected else _whole(made)


def _for_bidders(made: Tender) -> list[SheetDefinition]:
    """Return what a bidder reads and answers, and apart what a notice and a system need."""
    columns = [*_titles(), *_texts(made), _address()]
    facts = [*_titles(), *_fixed_columns(made), _address()]
    sheets = [
        _sheet(
            _("Requirements"),
            _(
                "One requirement per row. The bidder answers in the tinted columns. The "
                "texts are protected, without a password. A dash means that nothing is "
                "asked: whoever submits a tender accepts a contract term."
            ),
            [*columns, *_answers(made)],
            made,
            protected=True,
        ),
        _sheet(
            _("About the requirements"),
            _("What a notice and other systems need, one requirement per row."),
            facts,
            made,
        ),
    ]
    return [*sheets[:1], *_scales(made), *sheets[1:]]


def _whole(made: Tender) -> list[SheetDefinition]:
    """Write all that a version says of its requirements, and which risks they treat."""
    sheet = _sheet(_("Requirements"), _("One requirement per row."), fields_of(made), made)
    treated = SheetDefinition(
        _("Requirements and risks"),
        _("Which requirement addresses which risk, one pair per row."),
        _treated_columns(),
        list(_treated_rows(made)),
        fixed=FIXED,
    )
    return [sheet, treated]


def _sheet(
    name: str, meaning: str, fields: list[TenderColumn], made: Tender, *, protected: bool = False
) -> SheetDefinition:
    items = [item for group in made.groups for item in group.items]
    return SheetDefinition(
        name,
        meaning,
        [field.column for field in fields],
        [[field.value_of(item) for field in fields] for item in items],
        fixed=FIXED,
        protected=protected,
    )


def _scales(made: Tender) -> list[SheetDefinition]:
    """Write each step of each scale on a row, with a box to tick."""
    tick = _("The bidder writes x beside the step that is claimed.")
    columns = [
        Column("code", _("Code"), 9, CODE, _("As in the package.")),
        Column("title", _("Title"), 30),
        Column("points", _("Points"), 9, CODE, _("What the step gives.")),
        Column("step", _("Step of the scale"), 60, TEXT, _("What is needed for it.")),
        Column("tick", _("Tick (x)"), 9, ColumnKind("answer", offers=("x",)), tick),
    ]
    rows = [
        [item.code, item.title, step.points, step.words, ""]
        for item in made.items
        for step in scale_of(item)
    ]
    meaning = _("The steps of the award criteria, one per row, to tick.")
    sheet = SheetDefinition(
        _("Scales of points"), meaning, columns, rows, fixed=FIXED, protected=True
    )
    return [sheet] if rows else []


def tender_csv(made: Tender) -> bytes:
    """Write one row per requirement, as Swedish Excel opens it."""
    fields = fields_of(made)
    rows = ([field.value_of(item) for field in fields] for item in made.items)
    return b"".join(csv_pieces(made.title, [field.column for field in fields], rows))


def tender_rows(made: Tender) -> list[dict[str, object]]:
    """Return the requirements for other programs: codes instead of names, lists."""
    fields = fields_of(made)
    return [
        {
            "uid": item.requirement.uid,
            "revision": item.requirement.revision,
            **{
                field.column.name: field.plain(item)
                for field in fields
                # Told as a block of its own below.
                if field.column.name != GREEN_CRITERIA
            },
            "values": {field.place.key: field.value for field in item.fields},
            "eforms": {GREEN_CRITERIA: NATIONAL},
        }
        for item in made.items
    ]


def fields_of(made: Tender) -> list[TenderColumn]:
    """Return the columns of a selection, or of a whole version with its background; no answers."""
    background = [] if made.selected else _background()
    inside = [_follow_up()] if made.internal or not made.selected else []
    return [*_titles(), *_core(), *background, *inside, _state_of(made), *_codes(made)]


def _titles() -> list[TenderColumn]:
    return [
        TenderColumn(
            Column("code", _("Code"), 9, CODE, _("As in the package.")),
            lambda item: item.code,
        ),
        TenderColumn(Column("title", _("Title"), 24), lambda item: item.title),
    ]


def _core() -> list[TenderColumn]:
    return [_kind(), _level(), *_words(), *_worth()]


def _texts(made: Tender) -> list[TenderColumn]:
    """Return the columns that a bidder reads; one that would be empty is left out."""
    worth = _worth() if any(item.kind == AWARD for item in made.items) else []
    inside = [_follow_up()] if made.internal else []
    has_state = any(item.withdrawn for item in made.items) or made.source.outdated
    return [_kind(), *_words(), *worth, *inside, *([_state_of(made)] if has_state else [])]


def _fixed_columns(made: Tender) -> list[TenderColumn]:
    codes = [field for field in _codes(made) if field.column.name != ADDRESS]
    return [_level(), _state_of(made), *codes]


def _kind() -> TenderColumn:
    kinds = kind_names()
    return TenderColumn(
        Column("kind", _("Kind"), 14, TEXT, _("The requirement's place in a procurement.")),
        lambda item: item.kind,
        lambda item: kinds[item.kind],
    )


def _level() -> TenderColumn:
    levels = level_names()
    return TenderColumn(
        Column("level", _("Level"), 14, TEXT, ", ".join(levels.values()) + "."),
        lambda item: item.requirement.level,
        lambda item: levels[item.requirement.level],
    )


def _words() -> list[TenderColumn]:
    proof = _("What the supplier shows to prove it.")
    return [
        TenderColumn(
            Column("text", _("Requirement text"), 60, TEXT, _("With everything filled in.")),
            lambda item: item.text_of("text"),
        ),
        TenderColumn(
            Column("verification", _(NAMED["verification"].heading), 34, TEXT, proof),
            lambda item: item.text_of("verification"),
        ),
    ]


def _worth() -> list[TenderColumn]:
    return [
        TenderColumn(
            Column("max_points", _("Maximum points"), 8, NUMBER, _("Of an award criterion.")),
            lambda item: item.requirement.max_points,
        ),
        TenderColumn(
            Column("scale", _("Scale"), 28, TEXT, _("What gives how many points.")),
            lambda item: item.text_of("scale"),
        ),
    ]


def _answers(made: Tender) -> list[TenderColumn]:
    """Tell where a bidder writes; a kind that is not asked has a dash."""
    yes_no = ColumnKind("answer", offers=(_("Yes"), _("No")))
    met = Column("fulfilled", _("Met (yes/no)"), 11, yes_no, _("The bidder’s answer."))
    value = Column("value", _("Claimed value"), 20, ANSWER, _("Of an award criterion."))
    points = Column("points", _("Claimed points"), 11, ANSWER, _("Of an award criterion."))
    answer = Column("answer", _("Answer"), 44, ANSWER, _("The bidder describes how."))
    where = Column("reference", _("Appendix"), 20, ANSWER, _("Where the evidence is found."))
    answer_columns: list[tuple[Column, Callable[[TenderRequirement], bool]]] = [
        (met, _is_mandatory),
        (value, _is_award),
        (points, _is_award),
        (answer, lambda item: _is_mandatory(item) or (_is_award(item) and not scale_of(item))),
        (where, lambda item: _is_mandatory(item) or _is_award(item)),
    ]
    return [
        TenderColumn(column, partial(_blank, wants_answer=wants_answer))
        for column, wants_answer in answer_columns
        if any(map(wants_answer, made.items))
    ]


def _is_mandatory(item: TenderRequirement) -> bool:
    return item.kind in ("qualification", "specification")


def _is_award(item: TenderRequirement) -> bool:
    return item.kind == AWARD


def _blank(item: TenderRequirement, wants_answer: Callable[[TenderRequirement], bool]) -> str:
    return "" if wants_answer(item) else NO_ANSWER


def _background() -> list[TenderColumn]:
    """Return the columns that a buyer reads and a bidder need not."""
    places = _("Name, default and help of each field that a buyer fills in.")
    return [
        *(
            TenderColumn(
                Column(text.name, _(text.heading), 40, TEXT, _(text.meaning)), _text(text.name)
            )
            for text in below_the_text(TextAudience.BUYER)
        ),
        TenderColumn(
            Column("fill_in", _("Fill-in fields"), 30, TEXT, places),
            lambda item: [
                {"name": place.name, "default": place.default, "help": place.help}
                for place in (field.place for field in item.fields)
            ],
            lambda item: "\n".join(map(_place, item.fields)),
        ),
    ]


def _follow_up() -> TenderColumn:
    return TenderColumn(
        Column("follow_up_method", _("Follow-up"), 40, TEXT, _("During the contract.")),
        _text("follow_up_method"),
    )


def _state_of(made: Tender) -> TenderColumn:
    state = _("In force, or when and why it was withdrawn.")
    return TenderColumn(
        Column("withdrawn", _("State"), 16, TEXT, state),
        lambda item: item.withdrawn and msgspec.to_builtins(item.withdrawn),
        lambda item: _state(item, made),
    )


def _codes(made: Tender) -> list[TenderColumn]:
    names, source = made.names, made.source
    green = _("The notice's code for green procurement criteria in eForms.")
    return [
        TenderColumn(
            Column("product_areas", _("Product areas"), 24, TEXT, _("Empty means all.")),
            lambda item: [names.area(at) for at in item.requirement.product_areas],
            lambda item: ", ".join(names.area(at) for at in item.requirement.product_areas),
        ),
        TenderColumn(
            Column("cpv", _("CPV"), 14, CODE, _("The procurement codes that it fits.")),
            lambda item: [*item.requirement.cpv],
        ),
        TenderColumn(
            Column(GREEN_CRITERIA, GREEN_CRITERIA, 12, CODE, green), lambda item: NATIONAL
        ),
        TenderColumn(
            Column("citation", _("Cited as"), 12, CODE, _("Code and number of this wording.")),
            lambda item: item.citation,
        ),
        TenderColumn(
            Column("version", _("Version"), 9, NUMBER, _("The version of the package.")),
            lambda item: source.number,
        ),
        _address(),
    ]


def _address() -> TenderColumn:
    return TenderColumn(
        Column(ADDRESS, _("Permanent address"), 24, LINK, _("It always works.")),
        lambda item: item.address,
    )


def _state(item: TenderRequirement, made: Tender) -> str:
    """Tell whether a requirement holds, which none does any more in a withdrawn version."""
    sentences = (tender.withdrawal_of(item, made.names), made.source.outdated)
    if any(sentences):
        return " ".join(filter(None, sentences))
    in_force, ended = _("in force"), made.source.ended
    return f"{in_force}. {ended.sentence}" if ended else in_force


def _text(name: str) -> Callable[[TenderRequirement], str]:
    return lambda item: item.text_of(name)


def _place(field: tender.TenderField) -> str:
    place_words = f"{field.place.name}: {field.place.default or '–'}"
    return f"{place_words} ({field.place.help})" if field.place.help else place_words


def _treated_columns() -> list[Column]:
    return [
        Column("code", _("Code"), 10, CODE, _("As in the package.")),
        Column("title", _("Title"), 32),
        Column("area", _("Product area"), 20),
        Column("stage", _("Life-cycle stage"), 22, TEXT, _("The row in the risk matrix.")),
        Column("dimension", _("Dimension"), 22, TEXT, _("The column in the risk matrix.")),
        Column("kind", _("Type"), 14, TEXT, _("Risk or opportunity.")),
        Column("text", _("Text"), 80, TEXT, _("Word for word as in the plan.")),
    ]


def _treated_rows(made: Tender) -> Iterator[list[object]]:
    names = made.names
    for item in made.items:
        for at in item.requirement.treats:
            yield [
                item.code,
                item.title,
                names.area(at.product_area),
                names.stages.get(at.stage, at.stage),
                names.dimensions.get(at.dimension, at.dimension),
                _("Opportunity") if at.kind == "opportunity" else _("Risk"),
                at.text,
            ]
