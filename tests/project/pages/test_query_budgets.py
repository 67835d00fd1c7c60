"""How many queries a page costs: the same for one row and for fifty, and few."""

import csv
import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.extension_points import PlanTab
from actionplan.models import ActionPlan, Indicator
from actionplan.workspace.tabs import tab_address
from benchmarks.sites.sent_form import sent_form
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import PackageInclusion
from requirements_pkg.published import page_cache
from requirements_pkg.searching import indexing
from risks.models import RiskCell, RiskStatement
from tests.factories import PlanFactory, ReadingFactory
from tests.factories.requirements import treat
from tests.project.back_office.admin_table import MODELS
from tests.project.pages.growth import add_areas, add_goals, add_plan, add_reference_rows
from tests.project.pages.public import TABLE

# The session, the person, their roles; count twice, the rows, and the values of the filters.
LIST_BUDGET = 12
# The session, the person, their roles, and the rows.
EXPORT_BUDGET = 6
GRID_BUDGET = 12
# Of a tab of a plan with all that its panels may tell of; the overview asks what all of it lacks.
TAB_BUDGET = 15
WORKSPACE_BUDGET = 25
PUBLIC_BUDGET = 3
# Also how often it was followed up, or what another period calls it.
REQUIREMENT_BUDGET = 4
SEARCH_BUDGET = 8
# Also the version in force, to tell what has changed, and the letterheads.
SELECTION_BUDGET = 8
# Also what is counted and approved since the version was published, and of all versions in force.
STATUS_BUDGET = 4
# For machines, and for one person.
NOT_FOR_EVERYBODY = {
    *("healthz", "readyz", "reminders_off", "calendar", "password_choose", "invitation"),
    # With a form that nothing keeps.
    *("subscription", "unsubscribe", "subscribe", "feedback", "watch_selection"),
    *("use", "use_claim", "supplier_form"),
    *("consultation", "reply", "reply_requirement", "send_reply"),
    # Kept by nothing, since they end on a day and can be taken back: see test_consultations.
    *("consultations", "consultation_draft", "consultation_changes", "consultation_requirement"),
    "consultation_file",
}
MANY = 50


def queries(client, address: str) -> int:
    """The queries of one page, which must be there."""
    # Remembered for the whole process: asked for again, whichever test came first.
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


def lists() -> dict[str, str]:
    """The list of every model of the admin that a coordinator sees."""
    addresses = {}
    for label, rights in MODELS.items():
        if "coordinator" in rights.read:
            meta = apps.get_model(label)._meta
            name = f"admin:{meta.app_label}_{meta.model_name}_changelist"
            addresses[label] = reverse(name)
    return addresses


def costs(client, addresses: dict[str, str]) -> dict[str, int]:
    return {name: queries(client, address) for name, address in addresses.items()}


def test_a_list_costs_the_same_for_one_row_and_for_fifty(as_persona, coordinator, reviewer):
    """As a coordinator: a superuser is asked fewer questions."""
    add_plan(0, coordinator, reviewer)
    client = as_persona("coordinator")
    few = costs(client, lists())
    for at in range(1, MANY):
        add_plan(at, coordinator, reviewer)
    add_reference_rows(MANY)
    assert ActionPlan.objects.count() == MANY
    many = costs(client, lists())
    assert many == few
    assert {name: number for name, number in many.items() if number > LIST_BUDGET} == {}


def test_the_list_of_people_costs_the_same_for_one_and_for_fifty(as_persona, superuser):
    client, address = as_persona("superuser"), reverse("admin:actionplan_user_changelist")
    few = queries(client, address)
    add_reference_rows(MANY)
    assert queries(client, address) == few <= LIST_BUDGET


def test_an_export_costs_the_same_for_one_row_and_for_fifty(as_persona, coordinator, reviewer):
    client = as_persona("coordinator")

    def cost() -> dict[str, int]:
        numbers = {}
        for label, address in lists().items():
            if "coordinator" not in (MODELS[label].export or ()):
                continue
            ContentType.objects.clear_cache()
            with CaptureQueriesContext(connection) as captured:
                data = {"format": "0", "resource": "0"}
                response = client.post(f"{address}export/", data)
                # Its rows are read while it is sent.
                assert response.getvalue(), label
            assert "attachment" in response["Content-Disposition"], label
            numbers[label] = len(captured)
        return numbers

    add_plan(0, coordinator, reviewer)
    few = cost()
    for at in range(1, MANY):
        add_plan(at, coordinator, reviewer)
    add_reference_rows(MANY)
    many = cost()
    assert many == few
    # Of a requirement also what it treats, serves, replaces and is proven by.
    budgets = dict.fromkeys(many, EXPORT_BUDGET) | {"requirements_pkg.requirement": 8}
    # Of a contract its owners, areas and requirements, how many there are, and a line of the log.
    budgets |= {"followup.contract": 10}
    assert {name: number for name, number in many.items() if number > budgets[name]} == {}


def test_a_file_asks_for_the_choices_of_a_filter_only_where_it_narrows_the_list(as_persona, plan):
    client, address = as_persona("coordinator"), "/admin/risks/riskstatement/"
    cells = RiskCell.objects.filter(statements__isnull=False)
    stage = cells.order_by("stage")[0].stage_id
    narrowed = f"cell__stage__id__exact={stage}"
    rows = list(client.get(f"{address}?{narrowed}").context_data["cl"].queryset)
    assert 0 < len(rows) < RiskStatement.objects.count()
    sent = {}
    for query in ("", narrowed):
        with CaptureQueriesContext(connection) as captured:
            data = {"format": "1", "resource": "0"}
            file = client.post(f"{address}export/?{query}", data).getvalue().decode("utf-8-sig")
        sent[query] = len(captured)
    assert sorted(row.text for row in rows) == sorted(
        row["Text"] for row in csv.DictReader(file.splitlines(), delimiter=";")
    )
    assert sent[narrowed] == sent[""] + 1


def tabs(plan: ActionPlan) -> dict[str, str]:
    """The tabs of a plan, and the form of its head."""
    form = reverse("admin:actionplan_actionplan_change", args=[plan.pk])
    return {"form": form, **{tab.name: tab_address(plan.pk, tab) for tab in PlanTab}}


def test_the_tabs_of_a_plan_cost_the_same_however_large_it_is(db, as_persona):
    plan = PlanFactory()
    add_areas(plan, 1)
    add_goals(plan, 1)
    client = as_persona("coordinator")
    few = costs(client, tabs(plan))
    add_areas(plan, 11)
    add_goals(plan, 11)
    assert costs(client, tabs(plan)) == few


def test_the_tabs_of_a_plan_ask_nothing_twice(as_persona, version, coordinator, reviewer):
    """What several of them tell of is read once: goals, contacts, the status of the plan."""
    everything = add_plan(0, coordinator, reviewer)
    client = as_persona("coordinator")
    for plan in (version.package.plan, with_faults(everything)):
        plan.contacts.create(name="A", email="a@example.org", is_public=True)
        for tab in PlanTab:
            ContentType.objects.clear_cache()
            with CaptureQueriesContext(connection) as captured:
                assert client.get(tab_address(plan.pk, tab)).status_code == 200
            statements = [query["sql"] for query in captured]
            assert {sql for sql in statements if statements.count(sql) > 1} == set(), tab
            budget = WORKSPACE_BUDGET if tab is PlanTab.OVERVIEW else TAB_BUDGET
            assert len(statements) <= budget, (tab, len(statements))


def with_faults(plan: ActionPlan) -> ActionPlan:
    """With findings of every kind of place, links to look at, and a module's among them."""
    cells = RiskCell.objects.filter(product_area__plan=plan)
    level = {"level_source": "https://analys.example/", "level_source_dated": date(2025, 5, 1)}
    cells.update(assessment="described", level="high", **level)
    statement = RiskStatement.objects.filter(cell__in=cells).first()
    module = PackageInclusion.objects.get(package__plan=plan).module
    treat(module.requirements.first(), statement)
    RiskStatement.objects.filter(pk=statement.pk).update(text="Omskriven.")
    return plan


def test_the_tabs_of_a_plan_cost_the_same_however_many_plans_there_are(
    as_persona, coordinator, reviewer
):
    plan = add_plan(0, coordinator, reviewer)
    client = as_persona("coordinator")
    few = costs(client, tabs(plan))
    for at in range(1, 11):
        add_plan(at, coordinator, reviewer)
    assert costs(client, tabs(plan)) == few


def test_the_grid_costs_at_most_twelve_queries_however_large_its_plan_is(db, as_persona):
    plan = PlanFactory()
    add_areas(plan, 1)
    client = as_persona("coordinator")
    area = plan.product_areas.get()
    address = reverse("admin:risks_riskmatrix_change", args=[area.pk])
    few = queries(client, address)
    add_areas(plan, 9)
    assert queries(client, address) == few <= GRID_BUDGET


@pytest.fixture
def public(names: dict[str, object]) -> dict[str, str]:
    """Every public page and file that exists."""
    indexing.catch_up()
    return {
        address.path.format(**names): address.path.format(**names)
        for name, rows in TABLE.items()
        for address in rows
        if address.status == 200 and name not in NOT_FOR_EVERYBODY
    }


def budget_of(address: str) -> int:
    """Pages that depend on more than one version may ask a little more."""
    if address.startswith("/sok/"):
        return SEARCH_BUDGET
    if address.startswith("/uppfoljning/"):
        return STATUS_BUDGET
    if re.fullmatch(r"/kravpaket/[^/]+/(?:v\d+/|\d+/)?krav/[^/]+/(?:historik/)?", address):
        return REQUIREMENT_BUDGET
    return SELECTION_BUDGET if address.startswith("/urval/") else PUBLIC_BUDGET


def test_a_public_page_costs_at_most_three_queries_when_nothing_is_remembered(client, public):
    for address in public:
        page_cache.forget()
        assert queries(client, address) <= budget_of(address), address


def test_a_public_page_costs_no_query_when_it_is_remembered(client, public, monkeypatch):
    # However slow the machine is: no answer grows old while all pages are asked for twice.
    monkeypatch.setattr(page_cache, "monotonic", lambda: 0.0)
    costs(client, public)
    assert {path: cost for path, cost in costs(client, public).items() if cost} == {}


def test_a_public_page_costs_the_same_for_one_package_and_for_many(
    client, public, publish_plan_again
):
    page_cache.forget()
    few = {address: cold(client, address) for address in public}
    publish_plan_again(9)
    assert {address: cold(client, address) for address in public} == few


def cold(client, address: str) -> int:
    page_cache.forget()
    return queries(client, address)


@pytest.fixture
def publish_plan_again(coordinator, reviewer):
    """A function that publishes that many more plans."""

    def more(number: int) -> None:
        for _at in range(number):
            package = package_of(PlanFactory(with_matrix=True, with_goals=True))
            publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")
        indexing.catch_up()

    return more


# With the savepoints of a test, which has a transaction around it, and what is looked at once more
# in one; `benchmarks.admin.saving` counts 20 at most.
SAVING_BUDGET = 25


def test_one_cell_one_requirement_and_one_reading_are_saved_by_few_queries(
    as_persona, version, coordinator, reviewer
):
    """The form of the page as a browser sends it back, with one text changed."""
    plan = add_plan(0, coordinator, reviewer)
    client = as_persona("coordinator")
    # What a requirement treats keeps its words.
    free = RiskStatement.objects.filter(treatments__isnull=True, kind="risk")
    statement = free.filter(cell__product_area__plan=plan).first()
    requirement = plan.package.requirements.first()
    indicator = Indicator.objects.filter(sub_goal__goal__plan=version.package.plan).first()
    reading = ReadingFactory(indicator=indicator, author=coordinator)
    area = statement.cell.product_area_id
    cost = {}
    for name, pk, box in (
        ("risks_riskmatrix", area, f"cell-{statement.cell_id}-risks"),
        ("requirements_pkg_requirement", requirement.pk, "text"),
        ("followup_indicatorreading", reading.pk, "comment"),
    ):
        page = reverse(f"admin:{name}_change", args=[pk])
        # Once before: what a process looks up once is known.
        for words in ("Något annat.", "Något helt annat."):
            sent = sent_form(client.get(page).content.decode()) | {box: [words]}
            with CaptureQueriesContext(connection) as captured:
                assert client.post(page, sent).status_code == 302, name
            cost[name] = len(captured)
    assert {name: number for name, number in cost.items() if number > SAVING_BUDGET} == {}
