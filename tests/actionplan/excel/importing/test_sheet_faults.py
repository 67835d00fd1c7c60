"""Thousands of faults are told as a person can use them."""

from itertools import product
from string import ascii_lowercase

from django.utils.translation import override

from actionplan.excel.importing.faults import grouped, spans


def test_rows_that_follow_each_other_are_written_together():
    assert spans([2, 3, 4, 7, 9, 10]) == "2–4, 7, 9–10"


def test_faults_are_grouped_by_column_and_every_row_is_counted():
    kinds = ["".join(pair) for pair in product(ascii_lowercase[:20], repeat=2)]
    faults = [(row, "Nivå", f"Fel {kinds[row % 400]}.") for row in range(2, 20_000)]
    with override("sv"):
        few, many = reversed(grouped([*faults, (5, "", "Raden finns inte.")]))
        assert many.title.replace("\xa0", " ") == (
            "Kolumn Nivå: 19 998 rader, till exempel rad 2, 3, 4 …"
        )
        assert few.title == "Raden som helhet: rad 5"
    # A page that is read, and how much more there is: the file has each of them.
    assert (len(many.first), len(many.folded)) == (10, 40)
    listed = sum(len(range(2 + at, 20_000, 400)) for at in range(50))
    assert many.others == 19_998 - listed
    assert max(len(fault.rows) for fault in many.first) < 400


def test_faults_that_differ_in_a_value_alone_are_told_once():
    values = [(row, "Nivå", f"”x{row}” finns inte.") for row in range(2, 20_000)]
    cells = [(row, "Nivå", f"Cellen F{row} visar #SAKNAS!") for row in range(2, 20_000)]
    with override("sv"):
        (group,) = grouped([*values, *cells, *((row, "Nivå", f"Fel {row}.") for row in (2, 3))])
    assert [fault.sentence.replace("\xa0", " ") for fault in group.first] == [
        "”x2” finns inte. Och 19 997 till av samma slag.",
        "Cellen F2 visar #SAKNAS! Och 19 997 till av samma slag.",
        "Fel 2.",
        "Fel 3.",
    ]
    assert group.first[0].rows == "2–19999"


def test_of_rows_that_lie_apart_the_first_are_named():
    assert spans(range(2, 62, 2)) == ", ".join(map(str, range(2, 62, 2)))
    assert spans(range(2, 64, 2)).endswith(", 60 …")
