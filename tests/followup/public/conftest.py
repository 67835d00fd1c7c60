"""A published plan that is followed up, and its pages newly reported."""

import pytest

from requirements_pkg.actions.publishing import publish
from risks.models import RiskStatement
from tests.factories import PackageFactory, RequirementFactory
from tests.factories.followup import FollowUpFactory
from tests.factories.reports import newly_reported


@pytest.fixture
def version(plan, coordinator, reviewer):
    """The plan with one requirement, published; what treats the risks of the use is missing."""
    package = PackageFactory(plan=plan)
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    RequirementFactory(package=package, code="SE-01", treats=[mines])
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")


@pytest.fixture
def requirement(version):
    return version.package.requirements.get()


@pytest.fixture
def follow_up(version):
    """A function that makes a follow-up of a contract, of the first area unless told."""

    def make(contract: str, area: int = 1, **fields):
        fields.setdefault("closed", True)
        fields.setdefault("supplier", f"Hemliga Hallar {contract} AB")
        area = version.package.plan.product_areas.get(number=area)
        return FollowUpFactory(
            version=version, contract_reference=contract, product_area=area, **fields
        )

    return make


@pytest.fixture
def look(client, version):
    """A function that gives the text of a page, white space as single spaces, newly reported."""

    def text(address: str = "/uppfoljning/{slug}/") -> str:
        newly_reported(version.package)
        response = client.get(address.format(slug=version.package.slug), follow=True)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return text
