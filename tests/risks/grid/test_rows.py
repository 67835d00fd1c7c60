"""The statements of one cell: cut, moved, joined, merged, and pasted."""

import pytest

from risks.grid.pasting import pasted_rows
from risks.grid.rows import Row, cut, joined, merged, moved

BULLER, DAMM, LUKT = (
    Row(at, "risk", text) for at, text in enumerate(["Buller.", "Damm.", "Lukt."], start=1)
)
START = [BULLER, DAMM, LUKT]


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
    assert moved(START, 1, -1) == [DAMM, BULLER, LUKT]
    assert moved(START, 1, 1) == [BULLER, LUKT, DAMM]
    assert moved(START, 0, -1) == moved(START, 2, 1) == moved(START, 9, 1) == START


@pytest.mark.parametrize(
    ("needed", "key", "absorbed"),
    [((), 1, ()), ((1,), 1, ()), ((2,), 2, ()), ((1, 2), 1, (2,))],
)
def test_two_are_joined_and_what_others_build_on_goes_on(needed, key, absorbed):
    both = joined(START, 0, needed)
    assert both == [Row(key, "risk", "Buller. Damm."), LUKT]
    assert both[0].absorbed == absorbed
    assert joined(START, 2, needed) == START


def test_what_was_joined_before_comes_along_when_it_is_joined_again():
    (both,) = joined(joined(START, 1, {1, 2, 3}), 0, {1, 2, 3})
    assert (both.key, both.absorbed) == (1, (3, 2))


def test_what_only_one_of_two_people_changed_holds():
    mine = [reworded(BULLER, "Mitt buller."), DAMM, LUKT, Row(None, "risk", "Min nya.")]
    stored = [BULLER, DAMM, reworded(LUKT, "Deras lukt."), Row(4, "risk", "Deras nya.")]
    merge = merged(START, stored, mine)
    assert texts(merge.rows) == ["Mitt buller.", "Damm.", "Deras lukt.", "Deras nya.", "Min nya."]
    assert not any(row.is_clash for row in merge.rows)
    assert merge.kept == []


def test_what_both_changed_is_a_clash_with_what_is_stored():
    theirs = reworded(BULLER, "Deras buller.")
    merge = merged(START, [theirs, DAMM, LUKT], [reworded(BULLER, "Mitt buller."), DAMM, LUKT])
    assert merge.rows[0].row.text == "Mitt buller."
    assert merge.rows[0].is_clash
    assert merge.rows[0].theirs == theirs
    # The same words from both are none.
    assert not merged(START, [theirs, DAMM, LUKT], [theirs, DAMM, LUKT]).rows[0].is_clash


def test_what_they_removed_goes_unless_it_was_rewritten_here():
    assert texts(merged(START, [DAMM, LUKT], START).rows) == ["Damm.", "Lukt."]
    merge = merged(START, [DAMM, LUKT], [reworded(BULLER, "Mitt buller."), DAMM, LUKT])
    (clash,) = [row for row in merge.rows if row.is_clash]
    assert clash.row == Row(None, "risk", "Mitt buller.")
    assert clash.theirs is None


def test_what_is_removed_here_stays_where_they_rewrote_it():
    assert texts(merged(START, START, [BULLER, LUKT]).rows) == ["Buller.", "Lukt."]
    theirs = reworded(DAMM, "Deras damm.")
    merge = merged(START, [BULLER, theirs, LUKT], [BULLER, LUKT])
    assert texts(merge.rows) == ["Buller.", "Deras damm.", "Lukt."]
    assert merge.kept == [theirs]


def test_an_order_holds_unless_both_changed_it_and_then_ones_own():
    theirs = [LUKT, BULLER, DAMM]
    assert texts(merged(START, theirs, START).rows) == ["Lukt.", "Buller.", "Damm."]
    assert texts(merged(START, theirs, [DAMM, BULLER, LUKT]).rows) == ["Damm.", "Buller.", "Lukt."]


def test_what_is_sent_twice_is_stored_once():
    mine = [*START, Row(None, "risk", "Ny.")]
    assert texts(merged(START, [*START, Row(4, "risk", "Ny.")], mine).rows) == texts(mine)


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
