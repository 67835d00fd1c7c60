"""Names in words that become public: joined, misspelt, and known by their form."""

import pytest

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
