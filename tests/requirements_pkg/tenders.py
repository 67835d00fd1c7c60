"""Tenders for tests: four kinds, one filled in, one with nothing filled in, one withdrawn."""

from datetime import date
from typing import Any

from requirements_pkg.choosing.selection import Selection, parse
from requirements_pkg.document.schema import Document
from requirements_pkg.tender.document import Tender, tender_of
from requirements_pkg.tender.source import TenderSource
from tests.factories.contents import a_document, a_requirement

SOURCE = TenderSource(
    "it-teknisk-plattform", 2, date(2026, 1, 31), "0" * 64, "Ny.", "https://krav.example"
)
HOSTILE = '=1+1 <b>&amp; #import "x" #panic() $y$ *fet* \\ {{ 7 }} @a `b` // c'
CODES = ("KK-01", "TS-02", "TK-03", "SV-04")
WITHDRAWN = {"on": "2026-01-30", "reason": "Lagen kräver det numera.", "successor": None}


def requirement_records() -> tuple[dict[str, Any], ...]:
    """Requirements of all kinds, in another order than a tender has them."""
    return (
        a_requirement("SV-04", title="Förteckning över smältverk"),
        a_requirement(
            "TS-02",
            kind="specification",
            level="advanced",
            text="Effekten är högst [effekt i watt: | vid full last] W.\n\nMätt eller likvärdigt.",
            state="withdrawn",
            withdrawn=WITHDRAWN,
        ),
        a_requirement("TK-03", kind="award", max_points=10, scale="10: allt.\n\n5: hälften."),
        a_requirement("KK-01", kind="qualification"),
    )


def content(**fields: Any) -> Document:
    """A content with those requirements."""
    return a_document(*requirement_records(), **fields)


def selection_of(*codes: str, **values: str) -> Selection:
    """A selection of some of them, or all."""
    pairs = [("krav", code) for code in codes or CODES]
    return parse([*pairs, *(("f.SV-04.antal-veckor", value) for value in values.values())])


def a_tender(*codes: str, **values: str) -> Tender:
    """The tender of a selection."""
    return tender_of(content(), SOURCE, selection_of(*codes, **values))


def of(*requirements: dict[str, Any]) -> Tender:
    """A tender of just these, all chosen."""
    codes = [("krav", requirement["code"]) for requirement in requirements]
    return tender_of(a_document(*requirements), SOURCE, parse(codes))
