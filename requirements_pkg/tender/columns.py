"""The columns of a selection, and of a whole version, for Excel, CSV and JSON alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import msgspec
from django.utils.translation import gettext as _

from actionplan.excel.columns import ANSWER, CODE, LINK, TEXT, Column, ColumnKind
from actionplan.excel.columns.kinds import NUMBER
from requirements_pkg.cards.requirement_cards import kind_names, level_names, proof_lines
from requirements_pkg.document.requirement_fields import NAMED, TextAudience, below_the_text
from requirements_pkg.tender.answering import scale_of
from requirements_pkg.tender.document import Tender
from requirements_pkg.tender.requirement import (
    AWARD,
    GREEN_CRITERIA,
    NATIONAL,
    TenderField,
    TenderRequirement,
    further_texts,
    withdrawal_of,
)

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


def bidder_columns(made: Tender) -> list[TenderColumn]:
    """Return what a bidder reads, and where she answers."""
    answers = _answers(made) if made.has_answers else []
    return [*_titles(made), *_texts(made), _address(), *answers]


def notice_columns(made: Tender) -> list[TenderColumn]:
    """Return what a notice and other systems need."""
    return [*_titles(made), *_fixed_columns(made), _address()]


def fields_of(made: Tender) -> list[TenderColumn]:
    """Return the columns of a selection, or of a whole version with its background; no answers."""
    background = _wanted(made) if made.selected else _background()
    inside = [_follow_up()] if made.internal or not made.selected else []
    core = [_kind(), _level(), *_words(made), *_worth(made), *_own(made)]
    return [*_titles(made), *core, *background, *inside, _state_of(made), *_codes(made)]


def _titles(made: Tender) -> list[TenderColumn]:
    code = Column("code", _("Code"), 9, CODE, _("As in the package."))
    titles = [
        TenderColumn(code, lambda item: item.code, distinguished),
        TenderColumn(Column("title", _("Title"), 24), lambda item: item.title),
    ]
    if not made.is_of_several:
        return titles
    package = Column("package", _("Requirements package"), 24, TEXT, _("Where it is from."))
    return [*titles, TenderColumn(package, lambda item: made.source.slug, lambda item: made.title)]


def distinguished(item: TenderRequirement) -> str:
    """Return the code, and the package where another one in the file has it too."""
    return f"{item.code} ({item.beside})" if item.beside else item.code


def _texts(made: Tender) -> list[TenderColumn]:
    """Return the columns that a bidder reads; one that would be empty is left out."""
    worth = _worth(made) if any(item.kind == AWARD for item in made.every_item) else []
    inside = [_follow_up()] if made.internal else []
    is_removed = any(item.withdrawn for item in made.every_item)
    has_state = is_removed or any(part.source.outdated for part in made.parts)
    state = [_state_of(made)] if has_state else []
    return [_kind(), *_words(made), *worth, *_own(made), *_wanted(made), *inside, *state]


def _own(made: Tender) -> list[TenderColumn]:
    """Return the columns of what the buyer wrote herself, where she did."""
    heading = Column("own_heading", _("Own heading"), 20, TEXT, _("The buyer’s heading."))
    note = Column("note", _("The buyer’s note"), 30, TEXT, _("What the buyer adds."))
    return [
        column
        for column in (
            TenderColumn(heading, lambda item: item.own.heading),
            TenderColumn(note, lambda item: item.own.note),
        )
        if any(column.plain(item) for item in made.every_item)
    ]


def _wanted(made: Tender) -> list[TenderColumn]:
    """Return the columns that a bidder need not read, and the buyer asked for."""
    wanted = further_texts(made.contents) if made.selected else ()
    return [column for column in _buyer_texts() if column.column.name in wanted]


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


def _words(made: Tender) -> list[TenderColumn]:
    proof = _("What the supplier shows to prove it.")
    words = [
        TenderColumn(
            Column("text", _("Requirement text"), 60, TEXT, _("With everything filled in.")),
            lambda item: item.text_of("text"),
        ),
        TenderColumn(
            Column("verification", _(NAMED["verification"].heading), 34, TEXT, proof),
            lambda item: item.text_of("verification"),
        ),
    ]
    if any(item.requirement.proofs for item in made.every_item):
        words.append(_proofs())
    return words if made.contents.proof else words[:1]


def _proofs() -> TenderColumn:
    accepted = _("Labels and certificates that prove it; equivalents do, too.")
    return TenderColumn(
        Column("proofs", _("Accepted proofs"), 34, TEXT, accepted),
        lambda item: msgspec.to_builtins([*item.requirement.proofs]),
        lambda item: "\n".join(proof_lines(item.requirement)),
    )


def _worth(made: Tender) -> list[TenderColumn]:
    most = _("Deduction at most, kronor") if made.deducts else _("Maximum points")
    return [
        TenderColumn(
            Column("max_points", most, 8, NUMBER, _("Of an award criterion.")),
            lambda item: item.points,
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
        if any(map(wants_answer, made.every_item))
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
        *_buyer_texts(),
        TenderColumn(
            Column("fill_in", _("Fill-in fields"), 30, TEXT, places),
            lambda item: [
                {"name": place.name, "default": place.default, "help": place.help}
                for place in (field.place for field in item.fields)
            ],
            lambda item: "\n".join(map(_place, item.fields)),
        ),
    ]


def _buyer_texts() -> list[TenderColumn]:
    return [
        TenderColumn(
            Column(text.name, _(text.heading), 40, TEXT, _(text.meaning)), _text(text.name)
        )
        for text in below_the_text(TextAudience.BUYER)
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
    sentences = (withdrawal_of(item, made.names), made.source.outdated)
    if any(sentences):
        return " ".join(filter(None, sentences))
    in_force, ended = _("in force"), made.source.ended
    return f"{in_force}. {ended.sentence}" if ended else in_force


def _text(name: str) -> Callable[[TenderRequirement], str]:
    return lambda item: item.text_of(name)


def _place(field: TenderField) -> str:
    place_words = f"{field.place.name}: {field.place.default or '–'}"
    return f"{place_words} ({field.place.help})" if field.place.help else place_words
