"""Requirements as a tagged PDF (PDF/UA-1): to read on any screen, with any aid, and to print.

Here its words are put in order, as plain data; a child process makes the file of them
(`typesetting.py`), within limits of memory and time.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.processes import child_process
from actionplan.word.document import Area, PlanDocument
from requirements_pkg.document.plan import written_plan
from requirements_pkg.document.schema import Document, Plan
from requirements_pkg.tender.answering import answer_rows, unanswered
from requirements_pkg.tender.document import Tender
from requirements_pkg.tender.requirement import (
    TenderPart,
    TenderRequirement,
    TextPiece,
    background_of,
    facts_of,
    parts_of,
    withdrawal_of,
)
from requirements_pkg.tender.typesetting import SETTING, typeset
from requirements_pkg.tender.words import (
    LANGUAGE,
    address_label,
    at_a_glance,
    front_words,
    package_name,
    page_words,
    title_of,
)
from risks.exporting.workbook import cell_words

# What the fonts that come with typst have signs for: Latin, Greek, Cyrillic, punctuation, money,
# mathematics, arrows and boxes. PDF/UA refuses a sign that cannot be shown.
UNSHOWN: Final = re.compile(
    "[^\n -~\xa0-\u0377\u038e-\u03a1\u03a3-\u0481\u048a-\u04ff\u1e00-\u1eff"
    "\u2000-\u2027\u202f-\u2040\u2044-\u2052\u2070\u2071\u2074-\u208e\u20a0-\u20bf"
    "\u2100-\u211e\u2122\u2153-\u215f\u2190-\u23ff\u2460-\u2606\u2609-\u262f\u270c-\u2714\u2717-\u2726]"
)
# What a reader of any file sees in place of a sign that the font lacks.
BOX: Final = "□"
# What the template of the PDF is given, as JSON.
PdfValues = dict[str, object]


def write_pdf(made: Tender, content: Document | None = None) -> bytes:
    """Write the requirements as a PDF file; the same ones give the same bytes.

    Args:
        content: the whole version, whose plan then stands before the requirements.

    Raises:
        ChildFailed: it could not be made within the limits, or too many are being made.
    """
    with override(LANGUAGE):
        data = _data(made)
        if content is not None and content.plan is not None:
            data["plan"] = _plan(content, content.plan)
    text = json.dumps(_plain(data), ensure_ascii=False)
    return child_process.call(typeset, text, limits=SETTING)


def _plain(value: object) -> object:
    """Return the data with a box for every sign that the fonts lack."""
    match value:
        case str():
            return UNSHOWN.sub(BOX, unicodedata.normalize("NFC", value))
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def _data(made: Tender) -> PdfValues:
    words = front_words(made)
    has_contents = not made.selected or made.is_of_several
    return {
        "title": title_of(made),
        "author": made.region,
        "origins": [part.origin for part in made.parts],
        "warning": words.warning,
        "about": words.about,
        "missing": words.missing,
        "footer": words.footer,
        "page": page_words(),
        "contents": _("Contents") if has_contents else "",
        "plan": None,
        # Each under a heading of its own, where there are several.
        "packages": [_package(part) for part in made.parts],
    }


def _package(made: Tender) -> PdfValues:
    heads, rows = at_a_glance(made)
    glance = {"heading": _("The requirements at a glance"), "heads": heads, "rows": rows}
    return {
        "heading": package_name(made) if made.is_of_several else "",
        "glance": glance if rows else None,
        "groups": [
            {
                "heading": group.heading,
                "meaning": group.meaning,
                "items": [_item(item, made) for item in group.items],
            }
            for group in made.groups
        ],
    }


def _item(item: TenderRequirement, made: Tender) -> PdfValues:
    parts = [*parts_of(item, made.contents)]
    if not made.selected:
        parts += background_of(item, made.names)
    facts = facts_of(item, made.names, internal=made.internal)
    return {
        "heading": f"{item.citation} {item.title}",
        "withdrawn": withdrawal_of(item, made.names),
        "facts": " · ".join(f"{label}: {value}" for label, value in facts),
        "text": _paragraphs(item.paragraphs("text")),
        "parts": [_part(part) for part in parts],
        "answers": _answers(item) if made.has_answers else None,
        "address_label": address_label(made),
        "address": item.address,
    }


def _part(part: TenderPart) -> PdfValues:
    return {"heading": part.heading, "paragraphs": _paragraphs(part.paragraphs)}


def _paragraphs(paragraphs: Iterable[Sequence[TextPiece]]) -> list[list[PdfValues]]:
    return [
        [
            {"text": piece.text, "missing": piece.missing, "is_link": piece.is_link}
            for piece in pieces
        ]
        for pieces in paragraphs
    ]


def _answers(item: TenderRequirement) -> PdfValues:
    return {
        "heading": _("The bidder’s answer"),
        "unanswered": unanswered(item),
        "rows": [
            {
                "label": answer.label,
                "choices": [f"☐ {choice}" for choice in answer.choices],
                "is_list": answer.is_list,
                "is_long": answer.is_long,
            }
            for answer in answer_rows(item)
        ],
    }


def _plan(content: Document, plan: Plan) -> PdfValues:
    document, stages, dimensions = written_plan(plan), content.stage_names, content.dimension_names
    return {
        "introduction_heading": _("Introduction"),
        "introduction": [part for part in document.introduction.split("\n\n") if part],
        "risks_heading": _("Risks and opportunities"),
        "corner": _("Life-cycle stage"),
        "dimensions": list(dimensions.values()),
        "areas": [_area(area, stages, dimensions) for area in document.areas],
        "goals_heading": _("Goals"),
        "goals": _goals(document),
    }


def _area(area: Area, stages: dict[str, str], dimensions: dict[str, str]) -> PdfValues:
    cells = {(cell.stage, cell.dimension): cell for cell in area.cells}
    return {
        "heading": _("Product area %(number)s: %(name)s")
        % {"number": area.number, "name": area.name},
        "rows": [
            {
                "stage": name,
                "cells": [
                    cell_words(cells.get((stage, dimension)), stages, dimensions).split("\n")
                    for dimension in dimensions
                ],
            }
            for stage, name in stages.items()
        ],
    }


def _goals(document: PlanDocument) -> list[PdfValues]:
    return [
        {
            "heading": _("Overall goal %(number)s: %(title)s")
            % {"number": goal.number, "title": goal.title},
            "sub_goals": [
                {
                    "text": f"{sub.number} {sub.title}",
                    "indicators": [
                        f"{indicator.number} {indicator.title}" for indicator in sub.indicators
                    ],
                }
                for sub in goal.sub_goals
            ],
        }
        for goal in document.goals
    ]
