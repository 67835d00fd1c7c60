"""Lists of requirements and of what they treat: page by page the rows of the plain question."""

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.db.models import Count, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplan.models import ProcurementRegion
from requirements_pkg.models import Requirement, RiskTreatment
from risks.models import RiskStatement
from tests.factories import ModuleFactory, PackageFactory, PlanFactory, RequirementFactory, treat
from tests.requirements_pkg.admin_forms import address

IN_ORDER = ("package", "position", "code", "-pk")


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    """Several pages of each list, so that some begin in the middle."""
    for model in (Requirement, RiskTreatment):
        monkeypatch.setattr(site.get_model_admin(model), "list_per_page", 3)


@pytest.fixture
def requirements(db) -> QuerySet[Requirement]:
    """Requirements of two regions and of a module: each lacks something, a few lack much."""
    regions = ProcurementRegion.objects.filter(code__in=("C", "H")).order_by("-code")
    plans = [PlanFactory(with_matrix=True, procurement_region=region) for region in regions]
    packages = [*(PackageFactory(plan=plan) for plan in plans), ModuleFactory()]
    for at in range(12):
        plan = plans[at % 2]
        risks = RiskStatement.objects.filter(cell__product_area__plan=plan).order_by("pk")
        requirement = RequirementFactory(
            package=packages[at % 3],
            code=f"SE-{20 - at}",
            position=at % 2,
            source="Förordning" if at % 4 else None,
        )
        for statement in risks[: at % 4]:
            treat(requirement, statement)
        if at % 5 == 1:
            requirement.sources.create(title="Dom", url="https://eur-lex.example/2")
    return Requirement.objects.all()


def listed(client: Client, page: str, **filters: object) -> list[int]:
    """Return the keys of all pages of a list, in its order."""
    keys, at = [], 1
    while True:
        changelist = client.get(address(page, **filters, p=at)).context["cl"]
        keys += [row.pk for row in changelist.result_list]
        if at == changelist.paginator.num_pages:
            assert changelist.result_count == len(keys)
            return keys
        at += 1


@pytest.mark.parametrize(
    ("lacking", "condition"),
    [("risk", {"treatments__isnull": True}), ("kalla", {"sources__isnull": True})],
)
def test_what_lacks_something_is_what_a_join_leaves_alone(
    as_persona, requirements, lacking, condition
):
    rows = requirements.filter(**condition).order_by(*IN_ORDER)
    keys = list(rows.values_list("pk", flat=True))
    assert 3 <= len(keys) < requirements.count()
    assert listed(as_persona("reviewer"), "requirement_changelist", saknar=lacking) == keys


@pytest.mark.parametrize("way", ["", "-"])
def test_requirements_stand_in_order_of_how_many_risks_they_address(as_persona, requirements, way):
    rows = requirements.annotate(risks=Count("treatments")).order_by(f"{way}risks", *IN_ORDER)
    client = as_persona("reviewer")
    assert {requirement.risks for requirement in rows} == {0, 1, 2, 3}
    keys = [requirement.pk for requirement in rows]
    assert listed(client, "requirement_changelist", o=f"{way}6") == keys
    first = client.get(address("requirement_changelist", o=f"{way}6")).context["cl"].result_list
    assert [row.risk_count for row in first] == [row.risks for row in rows[:3]]


@pytest.mark.parametrize("code", ["C", "H"])
def test_links_of_a_region_are_those_whose_plan_is_of_it(as_persona, requirements, code):
    path = f"{RiskTreatment.plan_path}__procurement_region"
    region = ProcurementRegion.objects.get(code=code)
    rows = RiskTreatment.objects.filter(**{path: region}).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    assert 3 < len(keys) < RiskTreatment.objects.count()
    filters = {f"{path}__id__exact": region.pk}
    assert listed(as_persona("reviewer"), "risktreatment_changelist", **filters) == keys


@pytest.mark.parametrize(("sought", "status"), [("0", 200), ("x", 400)])
def test_a_region_that_is_none_has_no_links(as_persona, requirements, sought, status):
    filters = {f"{RiskTreatment.plan_path}__procurement_region__id__exact": sought}
    response = as_persona("reviewer").get(address("risktreatment_changelist", **filters))
    assert response.status_code == status
    assert status == 400 or response.context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("page", "name", "sought"),
    [
        ("requirement_changelist", "saknar", "kalla"),
        (
            "risktreatment_changelist",
            f"{RiskTreatment.plan_path}__procurement_region__id__exact",
            3,
        ),
    ],
)
def test_what_looks_at_every_row_counts_with_the_keys_of_the_page(
    as_persona, requirements, page, name, sought
):
    client = as_persona("reviewer")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(page, **{name: sought})).status_code == 200
    counts = [query["sql"] for query in captured if "COUNT(*) OVER" in query["sql"]]
    alone = [query["sql"] for query in captured if '"__count"' in query["sql"]]
    assert (len(counts), alone) == (1, [])
    # By the number first: PostgreSQL else reckons with stopping after one page.
    assert counts[0].split("ORDER BY ")[-1].startswith("2 ASC, ")
