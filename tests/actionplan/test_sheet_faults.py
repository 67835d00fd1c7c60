"""Thousands of faults are told as a person can use them."""

from django.utils.translation import override

from actionplan.sheet_faults import grouped, spans


def test_rows_that_follow_each_other_are_written_together():
    assert spans([2, 3, 4, 7, 9, 10]) == "2–4, 7, 9–10"


def test_faults_are_grouped_by_column_and_every_row_is_named():
    faults = [(row, "Nivå", f"”{row % 400}” finns inte.") for row in range(2, 20_000)]
    with override("sv"):
        few, many = reversed(grouped([*faults, (5, "", "Raden finns inte.")]))
        assert many.title.replace("\xa0", " ") == (
            "Kolumn Nivå: 19 998 rader, till exempel rad 2, 3, 4 …"
        )
        assert few.title == "Raden som helhet: rad 5"
    assert len(many.first) < 50
    # What is not told by itself is there by its row.
    spoken = [one.rows for one in (*many.first, *many.folded)] + [many.others]
    assert sorted(row for one in spoken for row in rows_of(one)) == list(range(2, 20_000))


def rows_of(told: str) -> list[int]:
    ends = [one.partition("–") for one in told.split(", ")]
    return [row for a, _dash, b in ends for row in range(int(a), int(b or a) + 1)]
