"""Which words of a plan set a day, and which do not."""

from datetime import date

import pytest

from followup.status.deadline import deadline_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Paketet är beslutat senast i december 2023 och prövat.", date(2023, 12, 31)),
        ("Senast den 30 juni 2025 är avtalen följda.", date(2025, 6, 30)),
        ("Klart senast 2025-03-01.", date(2025, 3, 1)),
        ("Klart senast under februari 2024", date(2024, 2, 29)),
        ("senast vid utgången av 2026", date(2026, 12, 31)),
        ("senast år 2026", date(2026, 12, 31)),
        ("Före utgången av 2024 finns en rutin", date(2024, 12, 31)),
        ("Före den 1 juli 2024 finns en rutin", date(2024, 6, 30)),
        ("före 2025", date(2024, 12, 31)),
        ("till och med mars 2025", date(2025, 3, 31)),
        ("t.o.m. 2025", date(2025, 12, 31)),
        # Two limits of one text: all of it is reached by the last.
        ("Beslutat senast i mars 2024, infört senast i maj 2024", date(2024, 5, 31)),
        ("Under 2024 tas paketet fram", None),
        ("Det senaste året, 2024, minskade utsläppen", None),
        ("Senast den 31 februari 2024", None),
        ("Senast den 3 2024", None),
        ("Planen gäller 2023–2025", None),
        ("", None),
    ],
)
def test_a_limit_is_read_from_a_plans_words(text, day):
    assert deadline_in(text) == day


def test_the_nearest_words_count():
    assert deadline_in("Avtal följda senast 2025", "Senast 2023") == date(2025, 12, 31)
    assert deadline_in("Antal avtal", "Följda senast 2023") == date(2023, 12, 31)
