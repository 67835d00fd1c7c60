"""What a person's own page says of the chain: requests, drafts that came back, links."""

import pytest

from requirements_pkg.actions.publishing import request_publication, return_request
from risks.models import RiskStatement
from tests.factories import PackageFactory, RequirementFactory

MINE = "/admin/followup/mitt/"
REQUEST = "Begäran om godkännande av"
RETURNED = "lämnades tillbaka"
LINK = "1 koppling behöver ses över på nytt"


@pytest.fixture
def package(plan):
    package = PackageFactory(plan=plan)
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    RequirementFactory(package=package, code="SE-01", treats=[mines])
    return package


@pytest.fixture
def task_texts(as_persona):
    """A function that gives the page of a persona."""
    return lambda persona: as_persona(persona).get(MINE).content.decode()


def test_a_request_waits_for_its_reviewer_until_it_is_answered(
    package, task_texts, coordinator, reviewer
):
    assert REQUEST not in task_texts("reviewer")
    publish_request = request_publication(package=package, by=coordinator, note="Ny.")
    # A category has a package for each period.
    assert f"{REQUEST} {package.title} {package.plan.period}" in task_texts("reviewer")
    assert (
        f"/{publish_request.pk}/"
        in task_texts("reviewer").split(REQUEST)[0].rpartition("href=")[2]
    )
    assert REQUEST not in task_texts("coordinator")
    assert RETURNED not in task_texts("coordinator")
    return_request(request=publish_request, by=reviewer, reason="Skriv om.")
    assert REQUEST not in task_texts("reviewer")
    assert f"{package.title} {package.plan.period} {RETURNED}" in task_texts("coordinator")
    assert RETURNED not in task_texts("other_coordinator")
    request_publication(package=package, by=coordinator, note="Ny.")
    assert REQUEST in task_texts("reviewer")
    assert RETURNED not in task_texts("coordinator")


def test_links_that_have_to_be_looked_at_are_counted(package, task_texts):
    assert LINK not in task_texts("coordinator")
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    mines.text = "Gruvor tömmer grundvattnet."
    mines.save()
    assert LINK in task_texts("coordinator")
    assert LINK not in task_texts("other_coordinator")
    # They write the plans of a nation, and find its links on a page of their own.
    assert LINK not in task_texts("secretariat")
