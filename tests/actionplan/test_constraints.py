"""Each database constraint of the lowest app: the database refuses, and says why in Swedish."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeLog,
    Contact,
    Goal,
    Indicator,
    Invitation,
    InvitedRole,
    Membership,
    Organisation,
    ProcurementRegion,
    ProductArea,
    SubGoal,
    User,
)
from tests.actionplan.models import word_cases
from tests.factories import CategoryFactory, UserFactory
from tests.project.house.breaking import (
    Break,
    assert_database_refuses,
    assert_sentence_of_form,
    params,
)


def plan_row() -> ActionPlan:
    stored = ActionPlan.objects.get()
    return ActionPlan(
        category=stored.category,
        procurement_region=stored.procurement_region,
        coordinator=stored.coordinator,
        slug="nasta-plan",
        first_year=2026,
        last_year=2028,
    )


def stored_plan() -> ActionPlan:
    return ActionPlan.objects.get()


def organisation() -> Organisation:
    region = ProcurementRegion.objects.get(code="C")
    return Organisation(code="ny", name="Ny organisation", procurement_region=region)


def membership() -> Membership:
    user = User.objects.filter(username="kim").first() or UserFactory(username="kim")
    gotland, stockholm = Organisation.objects.filter(code__in=["gotland", "stockholm"]).order_by(
        "code"
    )
    Membership.objects.get_or_create(user=user, organisation=gotland, role="analyst")
    return Membership(user=user, organisation=stockholm, role="analyst")


def invitation() -> Invitation:
    kim = User.objects.filter(username="kim").first() or UserFactory(username="kim")
    now = timezone.now()
    facts = {"invited_by": kim, "invited_at": now, "expires_at": now + timedelta(days=7)}
    known = {"email": "kim@region.example", "token_sha256": "a"}
    Invitation.objects.get_or_create(**known, defaults=facts)
    return Invitation(email="anna@region.example", token_sha256="b", **facts)


def invited_role() -> InvitedRole:
    invitation()
    invited = Invitation.objects.get()
    gotland, stockholm = Organisation.objects.filter(code__in=["gotland", "stockholm"]).order_by(
        "code"
    )
    InvitedRole.objects.get_or_create(invitation=invited, organisation=gotland, role="analyst")
    return InvitedRole(invitation=invited, organisation=stockholm, role="analyst")


def change() -> ChangeLog:
    return ChangeLog(kind="added", model="actionplan.Goal", key=1)


def person() -> User:
    if not User.objects.filter(username="kim").exists():
        UserFactory(username="kim", email="kim@region.example")
    return User(username="alex", email="alex@region.example", password="!")


def event() -> ChangeEvent:
    return ChangeEvent(kind="imported", target="actionplan.ActionPlan", target_id=1, actor="kim")


def contact() -> Contact:
    return Contact(plan=stored_plan(), name="Kim")


def area() -> ProductArea:
    return ProductArea(plan=stored_plan(), number=9, name="skrivare", slug="skrivare")


def goal() -> Goal:
    return Goal(plan=stored_plan(), number=9, text="Ett mål")


def sub_goal() -> SubGoal:
    return SubGoal(goal=Goal.objects.get(), number="1.9", text="Ett delmål")


def indicator() -> Indicator:
    return Indicator(sub_goal=SubGoal.objects.first(), number="1.9", text="En indikator")


def measure() -> Indicator:
    row = indicator()
    row.kind, row.unit, row.target = "measure", "procent", 80
    return row


CASES = [
    Break(
        "actionplan_organisation_kind_is_known",
        organisation,
        {"kind": "municipality"},
        "Välj region eller gemensamt organ.",
        is_field_error=True,
    ),
    *word_cases.CASES,
    Break(
        "actionplan_membership_once",
        membership,
        {"organisation": lambda row: Organisation.objects.get(code="gotland")},
        "Personen har redan den rollen i organisationen.",
    ),
    Break(
        "actionplan_membership_role_is_known",
        membership,
        {"role": "king"},
        "Välj någon av rollerna i listan.",
        is_field_error=True,
    ),
    Break(
        "actionplan_invitation_open_once",
        invitation,
        {"email": "Kim@Region.example"},
        "Du har redan bjudit in den adressen. Skicka den inbjudan igen, eller avbryt den.",
    ),
    Break(
        "actionplan_invitation_ends_later",
        invitation,
        {"expires_at": lambda row: row.invited_at},
        "Inbjudan måste gå ut efter att den skickades.",
    ),
    Break(
        "actionplan_invitation_accepted_or_cancelled",
        invitation,
        {
            "accepted_at": lambda row: row.invited_at,
            "cancelled_at": lambda row: row.invited_at,
            "person": lambda row: row.invited_by,
        },
        "En inbjudan som har tagits emot kan inte avbrytas.",
    ),
    Break(
        "actionplan_invitation_accepted_by_somebody",
        invitation,
        {"accepted_at": lambda row: row.invited_at},
        "En mottagen inbjudan anger när och av vem.",
    ),
    Break(
        "actionplan_invitedrole_once",
        invited_role,
        {"organisation": lambda row: Organisation.objects.get(code="gotland")},
        "Inbjudan ger redan den rollen i organisationen.",
    ),
    Break(
        "actionplan_invitedrole_role_is_known",
        invited_role,
        {"role": "king"},
        "Välj någon av rollerna i listan.",
        is_field_error=True,
    ),
    Break(
        "actionplan_user_address_once",
        person,
        {"email": "Kim@Region.example"},
        "En annan aktiv person har den e-postadressen. Ange en annan adress.",
    ),
    Break(
        "actionplan_changeevent_kind_is_known",
        event,
        {"kind": "eaten"},
        "Händelsen är av okänd typ. Välj ett av alternativen.",
        is_field_error=True,
    ),
    Break(
        "actionplan_changelog_kind_is_known",
        change,
        {"kind": "eaten"},
        "Välj tillagd, ändrad, borttagen, läst eller uttagen.",
        is_field_error=True,
    ),
    Break(
        "actionplan_actionplan_one_per_category_and_start",
        plan_row,
        {"first_year": 2023},
        "Det finns redan en plan för kategorin som börjar det året. Välj ett annat år.",
    ),
    Break(
        "actionplan_actionplan_first_year_before_last_year",
        plan_row,
        {"last_year": 2025},
        "Planens sista år ligger före det första. Rätta ett av åren.",
    ),
    Break(
        "actionplan_actionplan_years_are_plausible",
        plan_row,
        {"first_year": 1999},
        "Ange år mellan 2000 och 2100.",
    ),
    Break(
        "actionplan_actionplan_years_are_plausible",
        plan_row,
        {"last_year": 2101},
        "Ange år mellan 2000 och 2100.",
    ),
    Break(
        "actionplan_actionplan_status_is_known",
        plan_row,
        {"status": "eaten"},
        "Välj utkast, under granskning, antagen eller avslutad.",
        is_field_error=True,
    ),
    Break(
        "actionplan_actionplan_is_not_its_own_predecessor",
        stored_plan,
        {"predecessor_id": lambda row: row.pk},
        "En plan kan inte vara sin egen föregångare. Välj en annan plan.",
    ),
    Break(
        "actionplan_contact_name_is_filled",
        contact,
        {"name": ""},
        "Ange kontaktpersonens namn.",
        is_field_error=True,
    ),
    Break(
        "actionplan_productarea_number_once",
        area,
        {"number": 1},
        "Ett annat produktområde i planen har det numret. Välj ett annat nummer.",
    ),
    Break(
        "actionplan_productarea_number_from_one",
        area,
        {"number": 0},
        "Numrera produktområdena från 1.",
    ),
    Break(
        "actionplan_productarea_name_is_filled",
        area,
        {"name": ""},
        "Ange produktområdets namn.",
        is_field_error=True,
    ),
    Break(
        "actionplan_goal_number_once",
        goal,
        {"number": 1},
        "Ett annat mål i planen har det numret. Välj ett annat nummer.",
    ),
    Break("actionplan_goal_number_from_one", goal, {"number": 0}, "Numrera målen från 1."),
    Break(
        "actionplan_goal_text_is_filled",
        goal,
        {"text": ""},
        "Ange målets text.",
        is_field_error=True,
    ),
    Break(
        "actionplan_subgoal_number_once",
        sub_goal,
        {"number": "1.1"},
        "Ett annat delmål under målet har det numret. Välj ett annat nummer.",
    ),
    Break(
        "actionplan_subgoal_number_is_filled",
        sub_goal,
        {"number": ""},
        "Ange delmålets nummer.",
        is_field_error=True,
    ),
    Break(
        "actionplan_subgoal_text_is_filled",
        sub_goal,
        {"text": ""},
        "Ange delmålets text.",
        is_field_error=True,
    ),
    Break(
        "actionplan_indicator_kind_is_known",
        measure,
        {"kind": "wish"},
        "Välj milstolpe eller mått.",
        is_field_error=True,
    ),
    Break(
        "actionplan_indicator_measure_has_unit_and_target",
        measure,
        {"unit": ""},
        "Ange enhet och målvärde för måttet.",
    ),
    Break(
        "actionplan_indicator_measure_has_unit_and_target",
        measure,
        {"target": None},
        "Ange enhet och målvärde för måttet.",
    ),
    Break(
        "actionplan_indicator_source_is_of_a_baseline",
        measure,
        {"baseline": None, "baseline_source": "Avläst 2025-12-31."},
        "Ange ett utgångsvärde, eller lämna dess källa tom.",
    ),
    Break(
        "actionplan_indicator_text_is_filled",
        indicator,
        {"text": ""},
        "Ange målindikatorns text.",
        is_field_error=True,
    ),
]


@pytest.mark.parametrize("case", params(CASES))
def test_the_database_refuses_the_row(plan, case):
    assert_database_refuses(case)


@pytest.mark.parametrize("case", params(CASES))
def test_validation_says_why_in_swedish(plan, case):
    assert_sentence_of_form(case)


@pytest.mark.parametrize(
    ("first", "last"),
    [pytest.param(2000, 2000, id="one year"), pytest.param(2100, 2100, id="end")],
)
def test_the_outermost_years_and_a_single_year_are_accepted(plan, first, last):
    row = plan_row()
    row.first_year, row.last_year = first, last
    row.full_clean()
    row.save()


def test_another_category_may_start_in_the_same_year(plan):
    row = plan_row()
    row.category, row.first_year, row.last_year = CategoryFactory(), 2023, 2025
    row.full_clean()
    row.save()


def test_a_milestone_needs_neither_unit_nor_target(plan):
    row = indicator()
    row.full_clean()
    row.save()
    assert (row.kind, row.unit, row.target) == ("milestone", "", None)


def test_a_plans_coordinator_belongs_to_its_procurement_region(plan):
    plan.full_clean()
    plan.coordinator = Organisation.objects.get(code="skane")
    with pytest.raises(ValidationError) as refused:
        plan.full_clean()
    (sentence,) = refused.value.message_dict["coordinator"]
    assert sentence == (
        "Region Skåne hör inte till upphandlingsregion C. Välj en annan organisation."
    )
