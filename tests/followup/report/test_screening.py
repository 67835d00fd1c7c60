"""Names in words that become public: joined, misspelt, and known by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.report import screening
from followup.report.screening import KnownNames

KNOWN = KnownNames(
    ["Slite El", "Fårö Datahall", "Hemliga Hallar", "Atea", "GE"],
    ["RS 2025-0417", "DNR 12"],
    ["Region Gotland", "Region Skåne"],
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Arbetet hos Slite El går framåt.", ["Slite El"]),
        ("Arbetet hos Slite-El går framåt.", ["Slite-El"]),
        ("Arbetet hos SliteEl går framåt.", ["SliteEl"]),
        ("Slite Els anläggning", ["Slite Els"]),
        ("Faro Datahall byggs ut.", ["Faro Datahall"]),
        ("FÅRÖ  DATAHALL", ["FÅRÖ  DATAHALL"]),
        ("Fårö Datehall byggs ut.", ["Fårö Datehall"]),
        ("Fårö Datahal byggs ut.", ["Fårö Datahal"]),
        ("Fårö Daatahall byggs ut.", ["Fårö Daatahall"]),
        ("Hos Ateas kunder", ["Ateas"]),
        ("Avtalet RS 2025-0417 gäller.", ["RS 2025-0417"]),
        ("Avtalet rs2025/0417 gäller.", ["rs2025/0417"]),
        ("Region Gotlands avtal löper ut.", ["Region Gotlands avtal"]),
        ("Region Skånes nya avtal löper ut.", ["Region Skånes nya avtal"]),
        ("Fråga anna.berg@region.example om det.", ["anna.berg@region.example"]),
        ("Ring 08-123 45 67 eller 070-123 45 67.", ["08-123 45 67", "070-123 45 67"]),
        ("Ring +46 70 123 45 67.", ["+46 70 123 45 67"]),
        ("Ring 08-123 456 78.", ["08-123 456 78"]),
        ("Ring 0498-26 90 00.", ["0498-26 90 00"]),
        ("Ring +46 (0)8-123 456 78.", ["+46 (0)8-123 456 78"]),
        ("Bolaget 556677-8899 är dömt.", ["556677-8899"]),
        ("Slite El och Slite El", ["Slite El", "Slite El"]),
    ],
)
def test_what_may_name_somebody_is_met(text, words):
    assert [hit.words for hit in KNOWN.hits("note", text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tre datahallar har följts upp under 2026-03-16.",
        "Atena är en stad.",
        "Region Skåne rapporterar att avtalen följs upp.",
        "Elva av 1 200 000 kronor, 12 500 st, 2025–2026.",
        "GE är för kort för att kännas igen.",
        "Leverantören ska redovisa tenn, tantal, volfram och guld.",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert KNOWN.hits("note", text) == []


def test_a_hit_is_the_same_where_the_text_is():
    (hit,) = KNOWN.hits("note", "Hos Slite El.")
    (again,) = KNOWN.hits("reading", "Hos Slite El.")
    (other,) = KNOWN.hits("note", "Hos Slite El!")
    assert hit.key == again.key != other.key


LETTERS = "SliteElFåröDatahallHemligaHallarAtea"


def bent(name: str, at: int, letter: str, way: str) -> str:
    """Return a name with one letter wrong, one too many, or one that is missing."""
    rest = name[at:] if way == "more" else name[at + 1 :]
    return name[:at] + ("" if way == "less" else letter) + rest


@given(
    st.sampled_from(["Slite El", "Fårö Datahall", "Hemliga Hallar", "RS 2025-0417"]),
    st.integers(0, 13),
    st.sampled_from(LETTERS),
    st.sampled_from(["other", "more", "less"]),
    st.sampled_from(["", "Hos ", "Ett avtal med ", "El "]),
    st.sampled_from(["", "s", ".", " går framåt", " AB i Slite"]),
)
def test_nothing_is_passed_over_for_the_sake_of_time(name, at, letter, way, before, after):
    """Words that are no part of a name are not put together: as many hits as if all were."""
    text = f"{before}{bent(name, at % len(name), letter, way)}{after}"
    words = list(screening.WORD.finditer(text))
    spans = [
        (words[start].start(), words[end].end())
        for start in range(len(words))
        for end in range(start, min(start + screening.MOST_WORDS, len(words)))
        if KNOWN.is_known("".join(screening._key(word.group()) for word in words[start : end + 1]))
    ]
    longest = {start: max(end for at, end in spans if at == start) for start, _end in spans}
    assert sorted(KNOWN._named(text)) == sorted(longest.items())
