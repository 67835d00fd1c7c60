"""Requirements as rows: one column specification for Excel, CSV and JSON."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import tablib
from django.utils.translation import gettext as _

from actionplan.sheet_formats import SafeCSV
from actionplan.spreadsheet import Book, Column, Sheet
from requirements_pkg.demands import kind_names, level_names
from requirements_pkg.tender import document as tender
from requirements_pkg.tender.document import GREEN_CRITERIA, NATIONAL, Item, Tender
from risks.workbook import read_me

About = list[tuple[str, str]]
# Answers are empty in our file and no data of ours: Excel alone has room for them.
ANSWERS: Final = ("fulfilled", "answer", "reference")


@dataclass(frozen=True, slots=True)
class Field:
    """A column, and what stands in it: plain data, and the same in words."""

    column: Column
    plain: Callable[[Item], Any]
    words: Callable[[Item], Any] | None = None

    def shown(self, item: Item) -> Any:
        """What a person reads in the cell."""
        value = (self.words or self.plain)(item)
        return " ".join(value) if isinstance(value, list) else value


def tender_workbook(made: Tender, *, about: About) -> bytes:
    """The requirements as an Excel file with room for a bidder's answers."""
    title = _("Requirements: %(package)s") % {"package": made.title}
    book = Book(title)
    sheets = sheets_of(made)
    read_me(book, about, {}, sheets)
    for sheet in sheets:
        book.table(sheet.name, sheet.columns, sheet.rows)
    return book.close()


def sheets_of(made: Tender) -> list[Sheet]:
    """The sheets of the requirements: of a selection with answers, of a version with its risks."""
    fields = fields_of(made)
    in_order = [item for group in made.groups for item in group.items]
    meaning = _("One requirement a row.")
    if made.selected:
        meaning = _("One requirement a row; the bidder answers in the columns that are tinted.")
    sheet = Sheet(
        _("Requirements"),
        meaning,
        [field.column for field in fields],
        [[field.shown(item) for field in fields] for item in in_order],
    )
    if made.selected:
        return [sheet]
    treated = Sheet(
        _("Requirements and risks"),
        _("Which requirement treats which risk, one pair a row."),
        _treated_columns(),
        list(_treated_rows(made)),
    )
    return [sheet, treated]


def tender_csv(made: Tender) -> bytes:
    """One row per requirement, as Swedish Excel opens it."""
    fields = [field for field in fields_of(made) if field.column.key not in ANSWERS]
    rows = [[field.shown(item) for field in fields] for item in made.items]
    data = tablib.Dataset(*rows, headers=[str(field.column.heading) for field in fields])
    return SafeCSV().export_data(data).encode()


def tender_rows(made: Tender) -> list[dict[str, Any]]:
    """The chosen requirements for other programs: codes instead of names, lists as lists."""
    fields = [field for field in fields_of(made) if field.column.key not in ANSWERS]
    return [
        {
            "uid": item.requirement["uid"],
            "revision": item.requirement["revision"],
            **{
                field.column.key: field.plain(item)
                for field in fields
                # Told as a block of its own below.
                if field.column.key != GREEN_CRITERIA
            },
            "values": {one.place.key: one.value for one in item.fields},
            "eforms": {GREEN_CRITERIA: NATIONAL},
        }
        for item in made.items
    ]


def fields_of(made: Tender) -> list[Field]:
    """The columns of a selection, or of a whole version with its background."""
    middle = _answers() if made.selected else _background()
    return [*_demand(), *middle, *_facts(made)]


def _demand() -> list[Field]:
    levels, kinds = level_names(), kind_names()
    proof = _("What the supplier shows to prove it.")
    return [
        Field(
            Column("code", _("Code"), 10, "code", _("As in the package.")),
            lambda item: item.code,
        ),
        Field(Column("title", _("Title"), 32), lambda item: item.title),
        Field(
            Column("kind", _("Kind"), 20, "text", _("The requirement's place in a tender.")),
            lambda item: item.kind,
            lambda item: kinds[item.kind],
        ),
        Field(
            Column("level", _("Level"), 14, "text", ", ".join(levels.values()) + "."),
            lambda item: item.requirement["level"],
            lambda item: levels[item.requirement["level"]],
        ),
        Field(
            Column("text", _("Requirement text"), 70, "text", _("With everything filled in.")),
            lambda item: item.text_of("text"),
        ),
        Field(
            Column("verification", _("Evidence to submit"), 40, "text", proof),
            lambda item: item.text_of("verification"),
        ),
        Field(
            Column("max_points", _("Most points"), 9, "number", _("Of an award criterion.")),
            lambda item: item.requirement["max_points"],
        ),
        Field(
            Column("scale", _("Scale"), 30, "text", _("What gives how many points.")),
            lambda item: item.text_of("scale"),
        ),
    ]


def _answers() -> list[Field]:
    """Where a bidder writes."""
    yes_no = (_("Yes"), _("No"))
    said = _("The bidder answers yes or no.")
    return [
        Field(Column("fulfilled", _("Met (yes/no)"), 12, "answer", said, yes_no), lambda item: ""),
        Field(
            Column("answer", _("Answer"), 40, "answer", _("The bidder describes how.")),
            lambda item: "",
        ),
        Field(
            Column("reference", _("Appendix"), 18, "answer", _("Where the evidence is found.")),
            lambda item: "",
        ),
    ]


def _background() -> list[Field]:
    """What a buyer reads and a bidder need not."""
    texts = (
        ("rationale", _("Rationale"), _("Why it is demanded.")),
        ("law_baseline", _("The law already demands"), _("What holds without the requirement.")),
        ("beyond_law", _("The requirement goes further"), _("What it adds to the law.")),
        ("guidance", _("Guidance"), _("When and how it is used.")),
    )
    places = _("Name, default and help of each place that a buyer fills in.")
    return [
        *(
            Field(Column(name, heading, 40, "text", help_text), _text(name))
            for name, heading, help_text in texts
        ),
        Field(
            Column("fill_in", _("Fill-in fields"), 30, "text", places),
            lambda item: [
                {"name": one.place.name, "default": one.place.default, "help": one.place.help}
                for one in item.fields
            ],
            lambda item: "\n".join(map(_place, item.fields)),
        ),
    ]


def _facts(made: Tender) -> list[Field]:
    names, source = made.names, made.source
    state = _("In force, or when and why it was withdrawn.")
    green = _("The notice's code for green procurement criteria in eForms.")
    return [
        Field(
            Column("follow_up_method", _("Follow-up"), 40, "text", _("During the contract.")),
            _text("follow_up_method"),
        ),
        Field(
            Column("withdrawn", _("State"), 16, "text", state),
            lambda item: item.withdrawn,
            lambda item: _state(item, made),
        ),
        Field(
            Column("product_areas", _("Product areas"), 24, "text", _("Empty means all.")),
            lambda item: [names.area(at) for at in item.requirement["product_areas"]],
            lambda item: ", ".join(names.area(at) for at in item.requirement["product_areas"]),
        ),
        Field(
            Column("cpv", _("CPV"), 14, "code", _("The procurement codes that it suits.")),
            lambda item: item.requirement["cpv"],
        ),
        Field(Column(GREEN_CRITERIA, GREEN_CRITERIA, 12, "code", green), lambda item: NATIONAL),
        Field(
            Column("citation", _("Cited as"), 12, "code", _("Code and number of this wording.")),
            lambda item: item.citation,
        ),
        Field(
            Column("version", _("Version"), 9, "number", _("Of the package.")),
            lambda item: source.number,
        ),
        Field(
            Column("address", _("Permanent address"), 60, "text", _("It always answers.")),
            lambda item: item.address,
        ),
    ]


def _state(item: Item, made: Tender) -> str:
    """Whether a requirement holds, which none does any more in a version that is withdrawn."""
    said = (tender.withdrawal_of(item, made.names), made.source.warning)
    return " ".join(filter(None, said)) or _("in force")


def _text(name: str) -> Callable[[Item], str]:
    return lambda item: item.text_of(name)


def _place(field: tender.Field) -> str:
    said = f"{field.place.name}: {field.place.default or '–'}"
    return f"{said} ({field.place.help})" if field.place.help else said


def _treated_columns() -> list[Column]:
    return [
        Column("code", _("Code"), 10, "code", _("As in the package.")),
        Column("title", _("Title"), 32),
        Column("area", _("Product area"), 20),
        Column("stage", _("Life-cycle stage"), 22, "text", _("The row of the risk matrix.")),
        Column("dimension", _("Dimension"), 22, "text", _("The column of the risk matrix.")),
        Column("kind", _("Type"), 14, "text", _("Risk or opportunity.")),
        Column("text", _("Text"), 80, "text", _("Word for word as in the plan.")),
    ]


def _treated_rows(made: Tender) -> Iterator[list[Any]]:
    names = made.names
    for item in made.items:
        for at in item.requirement["treats"]:
            yield [
                item.code,
                item.title,
                names.area(at["product_area"]),
                names.stages.get(at["stage"], at["stage"]),
                names.dimensions.get(at["dimension"], at["dimension"]),
                _("Opportunity") if at["kind"] == "opportunity" else _("Risk"),
                at["text"],
            ]
