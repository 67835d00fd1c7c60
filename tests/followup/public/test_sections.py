"""Long lists of plans are read some at a time, and every address goes on answering."""

import pytest
from django.http import QueryDict

from actionplan.public import sections
from actionplan.public.sections import ListSection
from followup.public import status_pages
from followup.published.plans import PlanHead
from requirements_pkg.actions.publishing import package_of, publish
from tests.factories import PlanFactory


@pytest.fixture
def heads() -> tuple[PlanHead, ...]:
    return tuple(
        PlanHead(
            key=at,
            slug=f"plan-{at}",
            version=1,
            title="",
            period="",
            region="",
            areas=(),
            stages=(),
            dimensions=(),
            lesson_count=0,
        )
        for at in range(5)
    )


def slugs_of(section):
    return tuple(plan.slug for plan in section.rows)


@pytest.fixture(autouse=True)
def two_a_page(monkeypatch):
    monkeypatch.setattr(sections, "PER_PAGE", 2)


@pytest.mark.parametrize(
    ("query", "number", "slugs"),
    [
        ("", 1, ("plan-0", "plan-1")),
        ("sida=1", 1, ("plan-0", "plan-1")),
        ("sida=3", 3, ("plan-4",)),
        ("sida=99", 3, ("plan-4",)),
        ("sida=0", 1, ("plan-0", "plan-1")),
        ("sida=-1", 1, ("plan-0", "plan-1")),
        ("sida=%C2%B2", 1, ("plan-0", "plan-1")),
        ("sida=" + "9" * 5000, 1, ("plan-0", "plan-1")),
    ],
)
def test_an_address_shows_the_nearest_page_that_exists(heads, query, number, slugs):
    section = ListSection.of(heads, QueryDict(query))
    assert (section.number, slugs_of(section), section.pages) == (number, slugs, 3)


def test_a_page_leads_to_those_beside_it(heads):
    section = ListSection.of(heads, QueryDict("sida=2"))
    assert (section.before, section.query, section.after) == ("", "sida=2", "sida=3")


def test_no_plans_are_one_page_without_any():
    section = ListSection.of((), QueryDict("sida=2"))
    assert (slugs_of(section), section.number, section.pages) == ((), 1, 1)


def test_the_lists_of_plans_lead_on_to_their_next_page(client, coordinator, reviewer, monkeypatch):
    monkeypatch.setattr(sections, "PER_PAGE", 1)
    monkeypatch.setattr(status_pages, "PLANS", 1)
    for _again in range(2):
        package = package_of(PlanFactory(with_matrix=True))
        publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    for address in ("/uppfoljning/", "/uppfoljning/oversikt/"):
        first, second = (client.get(f"{address}{page}") for page in ("", "?sida=2"))
        assert 'href="?sida=2" rel="next"' in " ".join(first.content.decode().split())
        assert 'rel="prev"' in second.content.decode()
        assert first["ETag"] != second["ETag"]
