"""The steps of a scale of points, however people write them: a box each, or none at all."""

import pytest

from requirements_pkg.language.scale import steps_of

MOST = 30


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (
            "20 poäng: högst 1,20. 15 poäng: högst 1,25. 0 poäng: högre än 1,25.",
            ["20 högst 1,20", "15 högst 1,25", "0 högre än 1,25"],
        ),
        ("10: allt.\n\n5: hälften.", ["10 allt", "5 hälften"]),
        ("10 poäng för allt, 5 poäng för hälften.", ["10 allt", "5 hälften"]),
        ("10 poäng för allt och 5 poäng för hälften.", ["10 allt", "5 hälften"]),
        ("2,5 poäng om allt.", ["2,5 allt"]),
        ("2.5 p: hälften. 5 p: allt.", ["2,5 hälften", "5 allt"]),
        ("0 p – inget; 2 p – hälften; 4 p – allt", ["0 inget", "2 hälften", "4 allt"]),
        ("0 p. – inget. 2 p. – allt", ["0 inget", "2 allt"]),
        ("0 poäng = inget, 5 poäng = allt", ["0 inget", "5 allt"]),
        ("0 poäng ges om inget. 5 poäng ges om allt.", ["0 inget", "5 allt"]),
        ("Noll poäng: inget. Fem poäng: allt.", ["0 inget", "5 allt"]),
        ("Poäng 5: allt. Poäng 0: inget.", ["5 allt", "0 inget"]),
        ("1–2 p: delvis. 3 p: helt. 0 p: inte", ["1–2 delvis", "3 helt", "0 inte"]),
        (
            "10 poäng (mycket god): allt. 5 poäng (god): hälften.",
            ["10 mycket god: allt", "5 god: hälften"],
        ),
        # One step a line.
        ("0 poäng: inget\n5 poäng: allt,\nmed bilaga", ["0 inget", "5 allt, med bilaga"]),
        ("5 poäng: allt.\r\n0 poäng: inget.", ["5 allt", "0 inget"]),
        ("- 5 p: minst 50 %\n- 0 p: lägre", ["5 minst 50 %", "0 lägre"]),
        ("• 5 poäng - allt\n• 0 poäng - inget", ["5 allt", "0 inget"]),
        ("0 – Saknas\n1 – Finns\n2 – Följs upp", ["0 Saknas", "1 Finns", "2 Följs upp"]),
        ("0 poäng\tSaknas\n5 poäng\tFinns", ["0 Saknas", "5 Finns"]),
        ("0 poäng\nIngen plan.\n5 poäng\nEn plan.", ["0 Ingen plan", "5 En plan"]),
        # What stands before or after all of them is no step.
        ("Poäng ges så här: 0 poäng: inget. 5 poäng: allt.", ["0 inget", "5 allt"]),
        ("Andelen räknas i vikt. 0 poäng: inget. 5 poäng: allt.", ["0 inget", "5 allt"]),
        ("0 p: inget.\n\n5 p: allt.\n\nPoängen räknas per område.", ["0 inget", "5 allt"]),
        # The points after the words.
        (
            "Minst 95 procent ger 15 poäng. Minst 85 procent ger 10 poäng. Annars 0 poäng.",
            ["15 Minst 95 procent", "10 Minst 85 procent", "0 Annars"],
        ),
        (
            "Andelen räknas i vikt. Minst 95 procent: 15 poäng. Lägre: 0 poäng.",
            ["15 Minst 95 procent", "0 Lägre"],
        ),
        ("Ja = 10 poäng, nej = 0 poäng", ["10 Ja", "0 nej"]),
        ("Ja: 10 p. Nej: 0 p.", ["10 Ja", "0 Nej"]),
        ("Guld (10 poäng)\nSilver (5 poäng)", ["10 Guld", "5 Silver"]),
        ("10 – 20 % ger 5 p.\n21 – 30 % ger 9 p.", ["5 10 – 20 %", "9 21 – 30 %"]),
        ("Minst 95 %\t10 poäng\nMinst 50 %\t5 poäng", ["10 Minst 95 %", "5 Minst 50 %"]),
    ],
)  # fmt: skip
def test_the_steps_of_a_scale_are_read_as_people_write_them(text, steps):
    assert [f"{step.points} {step.words}" for step in steps_of(text, MOST)] == steps


@pytest.mark.parametrize(
    "text",
    [
        "Poäng ges i förhållande till andelen.",
        "5 poäng per procentenhet över 40.",
        "1 poäng för varje år.",
        "En poäng per år.",
        "10 poäng - 1 poäng per procentenhet",
        "10–20 poäng: efter bedömning.",
        "0–5 poäng: pris. 0–5 poäng: kvalitet",
        "Poäng ges från 0 till 10 poäng.",
        "Högst 20 poäng, lägst 0 poäng.",
        "Poäng = 20 × (lägsta pris / pris)",
        "Minst 95 procent ger 15 poäng. Resten bedöms.",
        # Years, and not points: there are not so many.
        "2026: minst 40 procent.\n2027: minst 50 procent.",
        "",
    ],
)
def test_what_nobody_could_tick_has_no_steps(text):
    assert steps_of(text, MOST) == ()


def test_a_number_within_a_step_begins_no_other():
    (step,) = steps_of("10 poäng: minst 95 procent av 12 kg.", MOST)
    assert (step.points, step.words) == ("10", "minst 95 procent av 12 kg")


def test_more_steps_than_anybody_ticks_are_none():
    lines = [f"{points} poäng: {points} procent" for points in range(MOST)]
    assert len(steps_of("\n".join(lines[:20]), MOST)) == 20
    assert steps_of("\n".join(lines), MOST) == ()
