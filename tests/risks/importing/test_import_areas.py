"""Product areas go on by their names; their matrices and what builds on them stay with those."""

import pytest

from actionplan.models import ChangeKind, ChangeLog, ProductArea
from actionplan.word.document import Area
from risks.importing.asking.answers import Answers
from risks.importing.changes import Changes
from risks.models import RiskCell
from tests.risks.importing.test_importing_edges import described_cell, document, load

pytestmark = pytest.mark.django_db


def put(*areas: Area, **options) -> Changes:
    return load(document(*areas), **options).changes


def levels() -> dict[str, str]:
    """The levels that editors have set, by the names of their areas."""
    rows = RiskCell.objects.exclude(level="")
    return dict(rows.values_list("product_area__name", "level"))


@pytest.fixture
def leveled():
    """Two areas, each with a level that no document says."""
    put(
        Area(1, "stolar", (described_cell("Buller."),)),
        Area(2, "bord", (described_cell("Damm."),)),
    )
    for name, level in (("stolar", "high"), ("bord", "low")):
        RiskCell.objects.assessed().filter(product_area__name=name).update(level=level)


def test_an_area_in_the_middle_moves_the_others_with_all_they_have(leveled):
    put(
        Area(1, "stolar", (described_cell("Buller."),)),
        Area(2, "lampor", (described_cell("Kvicksilver."),)),
        Area(3, "bord", (described_cell("Damm."),)),
    )
    assert levels() == {"stolar": "high", "bord": "low"}
    assert list(ProductArea.objects.values_list("number", "name")) == [
        (1, "stolar"),
        (2, "lampor"),
        (3, "bord"),
    ]


def test_another_name_under_a_number_is_another_area_and_asked_about(leveled):
    wanted = (
        Area(1, "stolar", (described_cell("Buller."),)),
        Area(2, "lampor", (described_cell("Damm."),)),
    )
    preview = put(*wanted, dry_run=True)
    (question,) = preview.questions
    assert question.sentence == "Produktområde 2 har fått en ny formulering. Är det samma sak?"
    put(*wanted)
    assert levels() == {"stolar": "high"}
    removal = ChangeLog.objects.of(ProductArea).get(kind=ChangeKind.REMOVED)
    assert removal.before["number"] == 2


def test_a_person_may_say_that_an_area_got_another_name(leveled):
    wanted = (
        Area(1, "stolar", (described_cell("Buller."),)),
        Area(2, "lampor", (described_cell("Damm."),)),
    )
    preview = put(*wanted, dry_run=True)
    put(*wanted, answers=Answers(same=frozenset(question.key for question in preview.questions)))
    assert levels() == {"stolar": "high", "lampor": "low"}
