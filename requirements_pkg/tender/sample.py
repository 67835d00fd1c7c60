"""A made-up tender, to see how a template dresses it. Its words are nobody's requirements."""

from datetime import date
from typing import Final

from requirements_pkg.comparing.lines import ContentNames
from requirements_pkg.document.schema import ACTIVE, Requirement
from requirements_pkg.tender.document import Tender
from requirements_pkg.tender.requirement import TenderRequirement
from requirements_pkg.tender.source import TenderSource

TEXT: Final = (
    "Detta är ett prov. Så ser en kravtext ut i mallen, med ett ifyllt fält, 4 veckor.\n\n"
    "Ett andra stycke visar avståndet mellan stycken."
)


def sample_tender() -> Tender:
    """Make two requirements, one of them with points."""
    source = TenderSource("prov", 1, date(2026, 1, 1), "0" * 64)
    items = (
        _item("PR-01", "Prov på en teknisk specifikation", source),
        _item("PR-02", "Prov på ett tilldelningskriterium", source, kind="award", max_points=10),
    )
    return Tender("Prov", source, items, ContentNames({}, {}, {}, {}, {}), region="Prov")


def _item(
    code: str,
    title: str,
    source: TenderSource,
    *,
    kind: str = "specification",
    max_points: int | None = None,
) -> TenderRequirement:
    requirement = Requirement(
        uid=code,
        code=code,
        revision=1,
        title=title,
        text=TEXT,
        rationale="",
        verification="Det bevis som anbudsgivaren lämnar.",
        follow_up_method="",
        guidance="",
        law_baseline="",
        beyond_law="",
        kind=kind,
        level="basic",
        max_points=max_points,
        scale="10 poäng för allt, 5 poäng för hälften." if max_points else "",
        replaces=None,
        state=ACTIVE,
        withdrawn=None,
        product_areas=(),
        cpv=(),
        sources=(),
        treats=(),
        serves=(),
        module=None,
    )
    return TenderRequirement(requirement, source.address(code))
