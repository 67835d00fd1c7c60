"""What a person's own page says of the chain: requests, drafts that came back, links."""

import pytest

from requirements_pkg.actions.publishing import request_publication, return_request
from risks.models import RiskStatement
from tests.factories import PackageFactory, RequirementFactory

MINE = "/admin/followup/mitt/"
ASKED = "Begäran om godkännande av"
RETURNED = "lämnades tillbaka"
LINK = "1 koppling behöver ses över på nytt"


@pytest.fixture
def package(plan):
    package = PackageFactory(plan=plan)
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    RequirementFactory(package=package, code="SE-01", treats=[mines])
    return package


@pytest.fixture
def said(as_persona):
    """A function that gives the page of a persona."""
    return lambda persona: as_persona(persona).get(MINE).content.decode()


def test_a_request_waits_for_its_reviewer_until_it_is_answered(
    package, said, coordinator, reviewer
):
    assert ASKED not in said("reviewer")
    asked = request_publication(package=package, by=coordinator, note="Ny.")
    # A category has a package for each period.
    assert f"{ASKED} {package.title} {package.plan.period}" in said("reviewer")
    assert f"/{asked.pk}/" in said("reviewer").split(ASKED)[0].rpartition("href=")[2]
    assert ASKED not in said("coordinator")
    assert RETURNED not in said("coordinator")
    return_request(request=asked, by=reviewer, reason="Skriv om.")
    assert ASKED not in said("reviewer")
    assert f"{package.title} {package.plan.period} {RETURNED}" in said("coordinator")
    assert RETURNED not in said("other_coordinator")
    request_publication(package=package, by=coordinator, note="Ny.")
    assert ASKED in said("reviewer")
    assert RETURNED not in said("coordinator")


def test_links_that_have_to_be_looked_at_are_counted(package, said):
    assert LINK not in said("coordinator")
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    mines.text = "Gruvor tömmer grundvattnet."
    mines.save()
    assert LINK in said("coordinator")
    assert LINK not in said("other_coordinator")
    # They write the plans of a nation, and find its links on a page of their own.
    assert LINK not in said("secretariat")
