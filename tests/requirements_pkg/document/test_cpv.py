"""CPV codes: form, check digit, names and which codes lie under which."""

import pytest

from requirements_pkg.document import cpv

# Regular codes of many divisions.
REGULAR = [
    *("03000000-1", "03111000-2", "03330000-3", "09000000-3", "14000000-1", "15000000-8"),
    *("30233141-1", "32420000-3", "33000000-0", "45000000-7", "48820000-2", "50324100-3"),
    *("51611100-9", "64200000-8", "72212000-4", "72267000-4", "72300000-8", "72514100-2"),
    *("72500000-0", "73000000-2", "79000000-4", "80000000-4", "85000000-9", "98000000-3"),
]
# Codes of each irregular branch, and codes that stand alone.
IRREGULAR = [
    *("03300000-2", "03325200-5", "03410000-7", "09100000-0", "09211100-2", "09310000-5"),
    *("42113100-5", "72212482-1", "72212990-5", "72267100-0", "72400000-4", "72415000-2"),
    *("72610000-9", "72710000-0", "72810000-1", "72910000-2"),
    *("51000000-9", "72330000-2", "79342410-4", "85210000-3", "92225100-7", "37442100-8"),
]


@pytest.mark.parametrize("code", [*REGULAR, *IRREGULAR])
def test_an_official_code_passes_and_no_other_check_digit_does(code):
    digits = code[:8]
    passed = [check for check in range(10) if not cpv.fault(f"{digits}-{check}")]
    assert passed == [int(code[9])]


@pytest.mark.parametrize(
    "code", ["", "48820000", "4882000-2", "48820000-", "48820000–2", " 48820000-2"]
)
def test_a_code_of_another_form_is_refused(code):
    assert "åtta siffror" in cpv.fault(code)


def test_digits_of_another_script_are_no_code():
    assert cpv.fault("٤٨٨٢٠٠٠٠-٢")


def test_two_digits_that_changed_place_are_found():
    assert cpv.fault("48280000-2")


def test_no_irregular_branch_stands_inside_another():
    branches = list(cpv.SHIFTS)
    assert not [(a, b) for a in branches for b in branches if a != b and a.startswith(b)]
    assert not [code for code in cpv.ALONE if code.startswith(tuple(branches))]


def test_every_code_that_stands_alone_needs_its_place():
    weighted = {
        digits: sum(int(d) * w for d, w in zip(digits, cpv.WEIGHTS, strict=True)) % 10
        for digits in cpv.ALONE
    }
    assert [digits for digits, check in cpv.ALONE.items() if weighted[digits] == check] == []
    assert len(cpv.ALONE) == 40


def test_every_code_with_a_name_is_a_code():
    assert [code for code in cpv.NAMES if cpv.fault(code)] == []
    assert cpv.name("48820000-2") == "Servrar"
    assert cpv.name("03100000-2") == "03100000-2"


@pytest.mark.parametrize(
    ("wider", "narrower", "does"),
    [
        ("48000000-8", "48820000-2", True),
        ("48820000-2", "48822000-6", True),
        ("48820000-2", "48820000-2", True),
        ("48822000-6", "48820000-2", False),
        ("48820000-2", "48730000-4", False),
        # Division 30 must not take in division 31 or 38.
        ("30000000-9", "30233000-1", True),
        ("30000000-9", "31000000-6", False),
        ("03000000-1", "03111000-2", True),
    ],
)
def test_a_code_covers_those_below_it(wider, narrower, does):
    assert cpv.covers(wider, narrower) is does


@pytest.mark.parametrize("code", [*cpv.NAMES, *REGULAR, *IRREGULAR, "4882", ""])
def test_a_code_is_called_by_all_that_it_lies_under_the_nearest_first(code):
    above = [other for other in cpv.NAMES if cpv.covers(other, code)]
    above.sort(key=lambda other: len(cpv.branch(other)), reverse=True)
    assert cpv.names_above(code) == [cpv.NAMES[other] for other in above]
