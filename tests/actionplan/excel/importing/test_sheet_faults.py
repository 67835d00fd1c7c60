"""Thousands of faults are told as a person can use them."""

from django.utils.translation import override

from actionplan.excel.importing.faults import grouped, spans


def test_rows_that_follow_each_other_are_written_together():
    assert spans([2, 3, 4, 7, 9, 10]) == "2–4, 7, 9–10"


def test_faults_are_grouped_by_column_and_every_row_is_counted():
    faults = [(row, "Nivå", f"”{row % 400}” finns inte.") for row in range(2, 20_000)]
    with override("sv"):
        few, many = reversed(grouped([*faults, (5, "", "Raden finns inte.")]))
        assert many.title.replace("\xa0", " ") == (
            "Kolumn Nivå: 19 998 rader, till exempel rad 2, 3, 4 …"
        )
        assert few.title == "Raden som helhet: rad 5"
    # A page that is read, and how much more there is: the file has each of them.
    assert (len(many.first), len(many.folded)) == (10, 40)
    told = sum(len(range(2 + at, 20_000, 400)) for at in range(50))
    assert many.others == 19_998 - told
    assert max(len(one.rows) for one in many.first) < 400


def test_of_rows_that_lie_apart_the_first_are_named():
    assert spans(range(2, 62, 2)) == ", ".join(map(str, range(2, 62, 2)))
    assert spans(range(2, 64, 2)).endswith(", 60 …")
