"""Requirements that are renumbered in Excel: codes may change places within one file."""

import pytest

from actionplan.models import ChangeKind, ChangeLog
from requirements_pkg.models import Requirement
from tests.factories import PackageFactory, RequirementFactory
from tests.requirements_pkg.sheets import bring, exported, faulty, heading, sentences

CODES = ["SE-01", "SE-02", "SE-03"]


@pytest.fixture
def package(plan):
    package = PackageFactory(plan=plan)
    for position, code in enumerate(CODES):
        RequirementFactory(package=package, code=code, title=f"Förr {code}", position=position)
    return package


def renumbered(user, codes, **kwargs):
    """The import of the stored rows, in their order, with other codes."""
    rows = exported(user)
    for row, code in zip(rows, codes, strict=True):
        row["code"] = code
    return bring(user, rows, **kwargs)


def codes_now():
    """Codes by what the requirements were called at first, in that order."""
    return list(Requirement.objects.order_by("title").values_list("code", flat=True))


@pytest.mark.parametrize(
    "codes",
    [
        ["SE-02", "SE-01", "SE-03"],
        ["SE-02", "SE-03", "SE-04"],
        ["SE-02", "SE-03", "SE-01"],
    ],
    ids=["a swap", "a shift", "a circle"],
)
def test_codes_may_change_places(codes, package, coordinator):
    assert sentences(renumbered(coordinator, codes, dry_run=True)) == ""
    assert codes_now() == CODES
    assert sentences(renumbered(coordinator, codes)) == ""
    assert codes_now() == codes
    # One change for each that got another code, and nothing of the way there.
    changes = ChangeLog.objects.of(Requirement).filter(kind=ChangeKind.CHANGED).order_by("key")
    moved = [code for before, code in zip(CODES, codes, strict=True) if before != code]
    assert list(changes.values_list("after__code", flat=True)) == moved


def test_a_code_that_would_stand_twice_is_refused_all_the_same(package, coordinator):
    result = renumbered(coordinator, ["SE-02", "SE-03", "SE-03"])
    assert faulty(result) == {(3, heading("code"))}
    assert codes_now() == CODES


@pytest.mark.parametrize("count", [0, 40])
def test_renumbering_costs_the_same_however_many_rows(
    count, package, coordinator, django_assert_max_num_queries
):
    for number in range(4, 4 + count):
        RequirementFactory(package=package, code=f"SE-{number:02}", position=number)
    codes = [f"SE-{number:02}" for number in range(2, 5 + count)]
    with django_assert_max_num_queries(45):
        assert sentences(renumbered(coordinator, codes)) == ""
