"""The rule on a queryset and the question about one plan give the same answer to everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import F

from actionplan import permissions
from actionplan.models import (
    ActionPlan,
    Goal,
    Membership,
    Organisation,
    PlanStatus,
    ProcurementRegion,
    ProductArea,
    Role,
    SubGoal,
    User,
)
from risks.models import RiskStatement
from tests.factories import PlanFactory, UserFactory

PEOPLE = [
    "coordinator",
    "other_coordinator",
    "reviewer",
    "analyst",
    "region_administrator",
    "other_region_administrator",
    "administrator",
    "secretariat",
    "staff",
    "superuser",
    "visitor",
    "retired",
    "retired_superuser",
    "both",
]
# The rules in words: whose plans (by procurement region) a person edits and approves.
EDITS = {
    "coordinator": {"C"},
    "other_coordinator": {"H"},
    "both": {"C"},
    "secretariat": {"C", "H"},
    "superuser": {"C", "H"},
}
APPROVES = {"reviewer": {"C"}, "both": {"H"}, "superuser": {"C", "H"}}
MANAGES = {
    "region_administrator": {"C"},
    "other_region_administrator": {"H"},
    "administrator": {"C", "H"},
    "superuser": {"C", "H"},
}
# What is everybody's, and who gives which roles.
KEEPS = {"administrator", "superuser"}
EVERYWHERE = {Role.SECRETARIAT, Role.ADMINISTRATOR}
READS = {"reviewer", "analyst", *EDITS, *MANAGES}


@pytest.fixture
def retired(stockholm) -> User:
    """A coordinator who has left."""
    return UserFactory(username="retired", role=Role.COORDINATOR, at=stockholm, is_active=False)


@pytest.fixture
def retired_superuser(db) -> User:
    return UserFactory(username="retired_superuser", is_superuser=True, is_active=False)


@pytest.fixture
def both(stockholm) -> User:
    """Coordinates in one procurement region and reviews in another."""
    user = UserFactory(username="both", role=Role.COORDINATOR, at=stockholm)
    skane = Organisation.objects.get(code="skane")
    Membership.objects.create(user=user, organisation=skane, role=Role.REVIEWER)
    return user


@pytest.fixture
def person(request):
    """A function that gives somebody by their name here."""

    def by_name(name: str):
        return AnonymousUser() if name == "visitor" else request.getfixturevalue(name)

    return by_name


@pytest.fixture
def everybody(person) -> list[User]:
    """All of them, with an account or without."""
    return [person(name) for name in PEOPLE if name != "visitor"]


@pytest.fixture
def plans(db) -> list[ActionPlan]:
    """Plans of two procurement regions in every status, with something in each."""
    for code in ("C", "H"):
        region = ProcurementRegion.objects.get(code=code)
        members = region.organisations.order_by("code")
        for status in PlanStatus.values:
            PlanFactory(
                procurement_region=region,
                coordinator=members.first(),
                status=status,
                with_matrix=status in ("draft", "closed"),
                with_goals=True,
            )
    return list(ActionPlan.objects.select_related("procurement_region"))


def plan_keys(rule) -> set[int]:
    return set(ActionPlan.objects.filter(rule).values_list("pk", flat=True))


@pytest.mark.parametrize("name", PEOPLE)
def test_whoever_reads_one_plan_reads_them_all(plans, person, name):
    user = person(name)
    everything = {plan.pk for plan in plans}
    assert permissions.may_read(user) is (name in READS)
    assert permissions.may_export(user) is (name in READS)
    assert plan_keys(permissions.readable(user)) == (everything if name in READS else set())


@pytest.mark.parametrize("name", PEOPLE)
def test_rule_and_question_agree_on_who_edits(plans, person, name):
    user = person(name)
    allowed = {plan.pk for plan in plans if permissions.may_edit(user, plan)}
    assert plan_keys(permissions.editable(user)) == allowed
    expected = {
        plan.pk
        for plan in plans
        if plan.procurement_region.code in EDITS.get(name, set())
        and (plan.status != PlanStatus.CLOSED or name == "superuser")
    }
    assert allowed == expected


@pytest.mark.parametrize("name", PEOPLE)
def test_who_edits_an_open_plan_closes_it_and_opens_it_again(plans, person, name):
    user = person(name)
    for plan in plans:
        is_closed = plan.status == PlanStatus.CLOSED
        is_own = plan.procurement_region.code in EDITS.get(name, set())
        assert permissions.may_close(user, plan) is (is_own and not is_closed)
        assert permissions.may_reopen(user, plan) is (is_own and is_closed)


@pytest.mark.parametrize("name", PEOPLE)
def test_rule_and_question_agree_on_who_approves(plans, person, name, analyst):
    user = person(name)
    somebody_else = analyst if name != "analyst" else User(pk=0)
    allowed = {p.pk for p in plans if permissions.may_approve(user, p, by=somebody_else)}
    assert plan_keys(permissions.approvable(user)) == allowed
    regions = APPROVES.get(name, set())
    assert allowed == {p.pk for p in plans if p.procurement_region.code in regions}


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "visitor"])
def test_nobody_approves_what_they_asked_for_themselves(plans, person, name):
    user = person(name)
    assert not [plan for plan in plans if permissions.may_approve(user, plan, by=user)]


@pytest.mark.parametrize("name", PEOPLE)
def test_where_someone_makes_plans_is_where_they_edit_open_ones(plans, person, name):
    user = person(name)
    regions = {plan.procurement_region for plan in plans}
    made = {r.code for r in regions if permissions.may_edit_in(user, r.pk)}
    assert made == EDITS.get(name, set())
    assert permissions.may_edit_something(user) is bool(made)
    by_role = {r.code for r in regions if r.pk in permissions.edited_regions(user)}
    assert by_role == (set() if name == "superuser" else made)


@pytest.mark.parametrize(
    ("model", "path"),
    [
        (ProductArea, "plan"),
        (Goal, "plan"),
        (SubGoal, "goal__plan"),
        (RiskStatement, "cell__product_area__plan"),
    ],
)
@pytest.mark.parametrize("name", PEOPLE)
def test_rows_of_a_plan_follow_their_plan(plans, person, name, model, path):
    user = person(name)
    rows = model.objects.annotate(of_plan=F(path))
    for rule, whole in (
        (permissions.editable(user, path), permissions.editable(user)),
        (permissions.approvable(user, path), permissions.approvable(user)),
    ):
        with_plan = {row.pk for row in rows if row.of_plan in plan_keys(whole)}
        assert set(model.objects.filter(rule).values_list("pk", flat=True)) == with_plan
    assert rows.exists()


@pytest.mark.parametrize("name", PEOPLE)
def test_rule_and_question_agree_on_whom_somebody_manages(everybody, person, name):
    user = person(name)
    allowed = {other.username for other in everybody if permissions.may_manage(user, other)}
    rows = User.objects.filter(permissions.manageable(user))
    assert {other.username for other in rows} == allowed
    assert permissions.may_manage_people(user) is (name in MANAGES)
    if name == "superuser":
        assert allowed == {other.username for other in everybody}
        return
    others = {other.username: other for other in everybody if not other.is_superuser}
    regions = MANAGES.get(name, set())
    in_regions = {key for key, other in others.items() if regions & regions_of(other)}
    assert allowed == (set(others) if name in KEEPS else in_regions)
    wholly = {other.username for other in everybody if permissions.may_manage_wholly(user, other)}
    # Whoever has a role elsewhere too, or one that reaches there, is not a region's to change.
    assert wholly == (
        allowed if name in KEEPS else allowed - {"both", "secretariat", "administrator"}
    )


@pytest.mark.parametrize("name", PEOPLE)
def test_roles_are_given_by_who_manages_people_and_reach_no_further_than_they(person, name):
    user = person(name)
    given = set(Role) if name in KEEPS else set(Role) - EVERYWHERE
    assert set(permissions.given_roles(user)) == (given if name in MANAGES else set())
    assert permissions.may_edit_reference_data(user) is (name in KEEPS)


@pytest.mark.parametrize("name", PEOPLE)
def test_follow_up_is_the_regions_own(plans, person, name):
    user = person(name)
    regions = {plan.procurement_region for plan in plans}
    followed = {r.code for r in regions if permissions.may_follow_up_in(user, r.pk)}
    assert followed == (set() if name == "secretariat" else EDITS.get(name, set()))
    assert permissions.may_follow_up_something(user) is bool(followed)
    by_role = {r.code for r in regions if r.pk in permissions.followed_up_regions(user)}
    assert by_role == (set() if name == "superuser" else followed)


@pytest.mark.parametrize("name", PEOPLE)
def test_whoever_gives_or_edits_anything_needs_two_factors(person, name):
    only_reads = {"analyst", "staff", "visitor", "retired", "retired_superuser"}
    assert permissions.needs_two_factors(person(name)) is (name not in only_reads)


def regions_of(user: User) -> set[str]:
    at = "organisation__procurement_region__code"
    return set(user.memberships.values_list(at, flat=True))


def test_a_superuser_is_nobody_elses_to_manage_whatever_roles_they_have(
    region_administrator, retired_superuser, stockholm
):
    Membership.objects.create(user=retired_superuser, organisation=stockholm, role=Role.ANALYST)
    assert not permissions.may_manage(region_administrator, retired_superuser)
    rows = User.objects.filter(permissions.manageable(region_administrator))
    assert retired_superuser not in rows


@pytest.mark.parametrize("name", PEOPLE)
def test_the_admin_lets_in_whoever_has_a_role_and_superusers(person, name):
    assert person(name).is_staff is (name in READS)


def test_the_last_role_that_goes_shuts_the_admin(both):
    for left in (1, 0):
        both.memberships.first().delete()
        assert User.objects.get(pk=both.pk).is_staff is bool(left)


def test_two_roles_in_two_regions_are_not_mixed_up(plans, both):
    for plan in plans:
        is_home = plan.procurement_region.code == "C"
        is_open = plan.status != PlanStatus.CLOSED
        assert permissions.may_edit(both, plan) is (is_home and is_open)
        assert permissions.may_approve(both, plan, by=User(pk=0)) is not is_home


def test_roles_are_asked_for_once_per_person(plans, coordinator, django_assert_num_queries):
    with django_assert_num_queries(1):
        for plan in plans:
            permissions.may_edit(coordinator, plan)
            permissions.may_read(coordinator)


def test_only_who_is_logged_in_signs_what_is_done(coordinator):
    assert permissions.signed_in(coordinator) == coordinator
    with pytest.raises(PermissionDenied):
        permissions.signed_in(AnonymousUser())
