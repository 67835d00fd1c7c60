"""The statements of one cell: cut, moved, joined, merged, and pasted."""

import pytest

from risks.grid.pasting import pasted_rows
from risks.grid.rows import Row, cut, joined, merged, moved

BULLER, DAMM, LUKT = (
    Row(at, "risk", text) for at, text in enumerate(["Buller.", "Damm.", "Lukt."], start=1)
)
ROWS = [BULLER, DAMM, LUKT]


def texts(rows) -> list[str]:
    return [getattr(row, "row", row).text for row in rows]


def reworded(row: Row, text: str) -> Row:
    return Row(row.key, row.kind, text)


def test_a_line_break_cuts_a_statement_and_the_first_part_stays_itself():
    assert cut([Row(1, "opportunity", "Först.\r\n\r\n Sedan. ")]) == [
        Row(1, "opportunity", "Först."),
        Row(None, "opportunity", "Sedan."),
    ]
    assert cut([Row(1, "risk", " \n ")]) == []


def test_a_statement_moves_a_step_and_stays_at_either_end():
    assert moved(ROWS, 1, -1) == [DAMM, BULLER, LUKT]
    assert moved(ROWS, 1, 1) == [BULLER, LUKT, DAMM]
    assert moved(ROWS, 0, -1) == moved(ROWS, 2, 1) == moved(ROWS, 9, 1) == ROWS


@pytest.mark.parametrize(("needed", "key"), [((), 1), ((1,), 1), ((2,), 2), ((1, 2), 1)])
def test_two_are_joined_and_what_others_build_on_goes_on(needed, key):
    assert joined(ROWS, 0, needed) == [Row(key, "risk", "Buller. Damm."), LUKT]
    assert joined(ROWS, 2, needed) == ROWS


def test_what_only_one_of_two_people_changed_holds():
    mine = [reworded(BULLER, "Mitt buller."), DAMM, LUKT, Row(None, "risk", "Min nya.")]
    stored = [BULLER, DAMM, reworded(LUKT, "Deras lukt."), Row(4, "risk", "Deras nya.")]
    merge = merged(ROWS, stored, mine)
    assert texts(merge.rows) == ["Mitt buller.", "Damm.", "Deras lukt.", "Deras nya.", "Min nya."]
    assert not any(row.is_clash for row in merge.rows)
    assert merge.kept == []


def test_what_both_changed_is_a_clash_with_what_is_stored():
    theirs = reworded(BULLER, "Deras buller.")
    merge = merged(ROWS, [theirs, DAMM, LUKT], [reworded(BULLER, "Mitt buller."), DAMM, LUKT])
    assert merge.rows[0].row.text == "Mitt buller."
    assert merge.rows[0].is_clash
    assert merge.rows[0].theirs == theirs
    # The same words from both are none.
    assert not merged(ROWS, [theirs, DAMM, LUKT], [theirs, DAMM, LUKT]).rows[0].is_clash


def test_what_they_removed_goes_unless_it_was_rewritten_here():
    assert texts(merged(ROWS, [DAMM, LUKT], ROWS).rows) == ["Damm.", "Lukt."]
    merge = merged(ROWS, [DAMM, LUKT], [reworded(BULLER, "Mitt buller."), DAMM, LUKT])
    (clash,) = [row for row in merge.rows if row.is_clash]
    assert clash.row == Row(None, "risk", "Mitt buller.")
    assert clash.theirs is None


def test_what_is_removed_here_stays_where_they_rewrote_it():
    assert texts(merged(ROWS, ROWS, [BULLER, LUKT]).rows) == ["Buller.", "Lukt."]
    theirs = reworded(DAMM, "Deras damm.")
    merge = merged(ROWS, [BULLER, theirs, LUKT], [BULLER, LUKT])
    assert texts(merge.rows) == ["Buller.", "Deras damm.", "Lukt."]
    assert merge.kept == [theirs]


def test_an_order_holds_unless_both_changed_it_and_then_ones_own():
    theirs = [LUKT, BULLER, DAMM]
    assert texts(merged(ROWS, theirs, ROWS).rows) == ["Lukt.", "Buller.", "Damm."]
    assert texts(merged(ROWS, theirs, [DAMM, BULLER, LUKT]).rows) == ["Damm.", "Buller.", "Lukt."]


def test_what_is_sent_twice_is_stored_once():
    mine = [*ROWS, Row(None, "risk", "Ny.")]
    assert texts(merged(ROWS, [*ROWS, Row(4, "risk", "Ny.")], mine).rows) == texts(mine)


def test_a_key_of_another_cell_is_a_new_row():
    (row,) = merged([], [], [Row(99, "risk", "Lånad.")]).rows
    assert row.row.key is None


@pytest.mark.parametrize(
    "pasted",
    [
        "• Buller.\n• Damm.\n• Möjlighet att återbruka.",
        "Buller.\r\nDamm.\r\nMöjlighet att återbruka.",
        "·\tBuller.\no\tDamm.\n§\tMöjlighet att återbruka.",
        "Buller.\tDamm.\nMöjlighet att återbruka.\t",
        '"Buller.\nDamm."\tMöjlighet att återbruka.',
        "1. Buller. \n2.\tDamm.\nMöjlighet att återbruka.",
        "1. Buller. \n\n- Damm.\nMöjligheter:\n- Möjlighet att återbruka.",
    ],
)
def test_what_is_pasted_becomes_rows_without_bullets_each_with_its_kind(pasted):
    rows = pasted_rows(pasted)
    assert [row.kind for row in rows] == ["risk", "risk", "opportunity"]
    assert [row.text for row in rows] == [
        "Buller.",
        "Damm.",
        "Möjlighet att återbruka.",
    ]


def test_a_heading_or_a_column_says_the_kind_of_what_follows():
    below = pasted_rows("Risker:\n• Buller.\nMöjligheter:\n• Återbruk.\n• Lån.")
    beside = pasted_rows("Risk\tBuller.\nMöjlighet\tÅterbruk.\nMöjlighet\tLån.")
    kinds = ["risk", "opportunity", "opportunity"]
    assert [(row.kind, row.text) for row in below] == list(
        zip(kinds, ["Buller.", "Återbruk.", "Lån."], strict=True)
    )
    assert beside == below
    assert pasted_rows(" \n\t\n") == []
