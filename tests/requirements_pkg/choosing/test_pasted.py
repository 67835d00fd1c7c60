"""Selections that somebody pastes into a form or a cell."""

from urllib.parse import urlencode

import pytest

from requirements_pkg.choosing.pasted import LONGEST_LINE, MOST_LINES, groups_in, line_of
from requirements_pkg.choosing.selection import MOST_CODES

QUERY = "paket=it-teknisk-plattform&version=2&krav=SE-01&krav=SE-04&f.SE-01.antal-veckor=6"


@pytest.mark.parametrize(
    "line",
    [
        f"https://krav.example/urval/?{QUERY}",
        f"/urval/?{QUERY}#valda",
        f"?{QUERY}",
        QUERY,
        f"  {QUERY}  ",
    ],
)
def test_an_address_is_read_however_much_of_it_is_pasted(line):
    (group,) = groups_in(line)
    assert (group.slug, group.number, group.codes) == (
        "it-teknisk-plattform",
        2,
        ("SE-01", "SE-04"),
    )
    assert group.values == {("SE-01", "antal-veckor"): "6"}


def test_an_address_may_be_of_several_packages():
    groups = groups_in(f"{QUERY}&paket=hallbara-kedjor&version=1&krav=HL-02")
    assert [line_of(group) for group in groups] == [
        f"?{QUERY}",
        "hallbara-kedjor v1: HL-02",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "it-teknisk-plattform v2: SE-01, SE-04",
        "it-teknisk-plattform 2: se-01 SE-04",
        "IT-teknisk-plattform, version 02 : SE-01;SE-04",
    ],
)
def test_a_selection_may_be_written_by_hand(line):
    (group,) = groups_in(line)
    assert line_of(group) == "it-teknisk-plattform v2: SE-01, SE-04"


def test_each_line_is_one_and_reads_as_the_same_again():
    text = f"a-paket v1: SE-01\n\n/urval/?{QUERY}"
    selections = groups_in(text)
    assert [group.slug for group in selections] == ["a-paket", "it-teknisk-plattform"]
    assert groups_in("\n".join(map(line_of, selections))) == selections


@pytest.mark.parametrize(
    "line",
    [
        "hej",
        "https://krav.example/kravpaket/it-teknisk-plattform/",
        # Which version is in the contract nobody can guess.
        "?paket=it-teknisk-plattform&krav=SE-01",
        "?paket=it-teknisk-plattform&version=2",
        "?" + "x" * LONGEST_LINE + QUERY,
    ],
)
def test_what_is_none_is_told_back(line):
    with pytest.raises(ValueError, match=r"är inget urval\. Klistra in urvalets adress"):
        groups_in(f"a v1: SE-01\n{line}")


def test_every_line_that_is_none_is_told_at_once():
    with pytest.raises(ValueError, match=r"”ett” är inget urval.*”två” är inget urval"):
        groups_in("ett\na v1: SE-01\ntvå")


def test_there_is_an_end_to_lines_and_codes():
    with pytest.raises(ValueError, match="högst 20 rader"):
        groups_in("a v1: SE-01\n" * (MOST_LINES + 1))
    many = [("krav", f"A-{at}") for at in range(MOST_CODES + 1)]
    with pytest.raises(ValueError, match="högst 300 krav"):
        groups_in(f"?{urlencode([('paket', 'a'), ('version', '1'), *many])}")
