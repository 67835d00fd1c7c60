"""What the database counts of follow-ups, and of which plans."""

import dataclasses

import pytest
from django.utils import timezone

from actionplan.models import Organisation
from followup.models import FollowUp
from followup.published import counting, plans
from followup.published.follow_up_findings import CellCount, FollowedPlans, followed_up
from followup.published.status_page import PublicCounts, ReportedProgress, listed
from requirements_pkg.actions.publishing import publish
from requirements_pkg.models import Requirement
from tests.factories import DeviationFactory, PackageFactory, RequirementFactory
from tests.factories.followup import FollowUpFactory, QuestionFactory
from tests.unguarded import unguarded

CODES = ("SE-01", "SE-02", "SE-03")
COUNTED = ("planned", "done", "open", "closed")
MINE, PLANT = ("raw_material", "environment"), ("use", "environment")


@pytest.fixture
def follow_up(plan, coordinator, reviewer):
    """A follow-up that is done."""
    package = PackageFactory(plan=plan)
    version = publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
    area = plan.product_areas.get(number=1)
    return FollowUpFactory(version=version, product_area=area, closed=True)


def test_of_no_plan_nothing_is_counted_whatever_there_is(follow_up):
    assert followed_up({}) == FollowedPlans()
    assert counting.area_counts(timezone.localdate(), "another-plan") == ()
    (counts,) = counting.area_counts(timezone.localdate())
    assert (counts.planned, counts.done, counts.contracts) == (1, 1, 1)


@pytest.fixture
def asking(follow_up):
    """A function that makes a follow-up of a contract that asks about some requirements."""
    package = follow_up.version.package
    requirements = {code: RequirementFactory(package=package, code=code) for code in CODES}

    def make(contract, *codes, area=1, **fields):
        made = FollowUpFactory(
            version=follow_up.version,
            product_area=follow_up.product_area.plan.product_areas.get(number=area),
            contract_reference=contract,
            **{"organisation": follow_up.organisation, **fields},
        )
        for code in codes:
            QuestionFactory(follow_up=made, requirement=requirements[code])

    make.uids = {code: str(requirement.uid) for code, requirement in requirements.items()}
    return make


def test_cells_count_follow_ups_contracts_and_requirements_once_each(follow_up, asking):
    """However many of its requirements a follow-up asks about."""
    asking("A 1", "SE-01", "SE-02", closed=True)
    asking(" a 1", "SE-02", closed=True, area=2)
    asking("B", "SE-02", closed=True)
    asking("C", "SE-01")
    asking("D", "SE-01", closed=True, status="cancelled")
    slug, uids = follow_up.version.package.slug, asking.uids
    cells = {MINE: [uids["SE-01"], uids["SE-02"]], PLANT: [uids["SE-01"], uids["SE-03"]]}
    followed_plans = followed_up({slug: cells})
    assert dict(followed_plans.cells) == {
        (slug, MINE): CellCount(follow_ups=3, requirements=2, withheld=True),
        (slug, PLANT): CellCount(follow_ups=1, requirements=1, withheld=True),
    }
    asking("E", "SE-02", closed=True)
    followed_plans = followed_up({slug: {MINE: [uids["SE-02"]]}})
    # Of the other area, whose one contract is not told of, it would follow.
    assert dict(followed_plans.cells) == {
        (slug, MINE): CellCount(follow_ups=4, requirements=1, withheld=True)
    }
    for contract in "BE":
        asking(contract, "SE-02", closed=True, area=2)
        asking(f"{contract} 2", "SE-01", closed=True)
    followed_plans = followed_up({slug: {MINE: [uids["SE-02"]]}})
    assert dict(followed_plans.cells) == {
        (slug, MINE): CellCount(follow_ups=6, requirements=1, withheld=False)
    }


def test_contracts_are_counted_alike_wherever_they_are(follow_up, asking):
    asking("A 1", closed=True)
    asking(" a 1", closed=True, area=2)
    asking("A 1", area=2)
    asking("B", area=2)
    slug = follow_up.version.package.slug
    names = [field.name for field in dataclasses.fields(counting.Contracts)]
    counts = counting.area_counts(timezone.localdate(), slug)
    contracts = followed_up({slug: {}}).contracts
    assert [[getattr(area, name) for name in names] for area in (*contracts, *counts)] == [
        [slug, 1, 2, 2, 3, 2],
        [slug, 2, 2, 1, 3, 2],
    ] * 2


@pytest.mark.parametrize(
    ("contracts", "owners", "is_told"),
    [
        # One more contract, that of the fixture, is of the first owner.
        (["A"], 1, False),
        (["A", " a"], 1, False),
        # Planned of three, but done of two.
        (["A", "B"], 1, False),
        (["A", "a", "B", "c"], 1, True),
        (["A"], 2, True),
        (["A"], 3, True),
    ],
)
def test_a_list_tells_of_a_plan_what_its_page_tells(follow_up, asking, contracts, owners, is_told):
    others = Organisation.objects.exclude(pk=follow_up.organisation_id)
    for organisation in [follow_up.organisation, *others][:owners]:
        for at, contract in enumerate(contracts):
            is_last = at == len(contracts) - 1 > 0
            asking(contract, area=1 + at % 2, organisation=organisation, closed=not is_last)
        asking("Z", organisation=organisation, status="cancelled")
    requirement = Requirement.objects.first()
    for state in ("open", "plan_approved", "escalated"):
        DeviationFactory(
            follow_up=follow_up, requirement=requirement, state=state, escalation_reason="Sent."
        )
    today, heads = timezone.localdate(), plans.in_force()
    shown = PublicCounts(heads[0], counting.area_counts(today, heads[0].slug)).whole
    counts = counting.plan_counts([heads[0].slug])
    (row,) = listed(plans.with_goals(heads), counts, ReportedProgress([], today))
    row_counts = row["counts"] and {name: getattr(row["counts"], name) for name in COUNTED}
    assert row_counts == (shown and {name: shown[name] for name in COUNTED})
    assert (row_counts is not None) == is_told


def test_a_plan_without_follow_ups_has_counts_of_nought(follow_up):
    with unguarded():
        FollowUp.objects.update(status="cancelled")
    heads = plans.in_force()
    counts = counting.plan_counts([heads[0].slug])
    assert counts == counting.plan_counts([]) == ()
    (row,) = listed(plans.with_goals(heads), counts, ReportedProgress([], timezone.localdate()))
    assert (row["counts"].planned, row["counts"].open) == (0, 0)


def test_questions_are_gathered_by_their_follow_up(follow_up, asking, django_assert_num_queries):
    """One query, however many there are; it says what the requirements are called, too."""
    asking("A", *CODES, closed=True)
    slug = follow_up.version.package.slug
    with django_assert_num_queries(1):
        followed_up({slug: {MINE: list(asking.uids.values())}})
