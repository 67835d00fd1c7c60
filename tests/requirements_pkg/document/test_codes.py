"""The next free code of a package."""

import pytest

from requirements_pkg.document.codes import next_code


@pytest.mark.parametrize(
    ("codes", "title", "code"),
    [
        ([], "IT-teknisk plattform", "ITP-01"),
        ([], "Uppförandekod", "U-01"),
        ([], "åäö", "KRAV-01"),
        (["SE-01", "SE-09"], "IT", "SE-10"),
        (["SE-01", "NP-01", "NP-04"], "IT", "NP-05"),
        (["SE-99"], "IT", "SE-100"),
    ],
)
def test_the_next_code_follows_the_highest_of_the_prefix_used_most(codes, title, code):
    assert next_code(codes, title) == code
