"""What follow-ups count is told by pages of plans and requirements, and no sum of them tells more.

A shared module is asked about in several plans, each of which withholds numbers of its own.
"""

from collections.abc import Callable

import pytest

from followup.models import FollowUp
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import PackageVersion, Requirement
from requirements_pkg.published import page_cache
from tests.factories import ModuleFactory, PlanFactory, RequirementFactory, include
from tests.factories.followup import (
    DONE,
    DeviationFactory,
    FollowUpFactory,
    QuestionFactory,
    SummaryFactory,
)
from tests.factories.reports import newly_reported
from tests.project.pages.public import TABLE

WITHHELD = "Antalet lämnas inte ut"
FollowUps = Callable[..., FollowUp]
# The pages that tell how much was followed up and found.
COUNTING = {
    *("status", "status_overview", "status_of_package"),
    *("requirement", "requirement_version"),
}
# Those that tell that a report was published, and what is new in it.
PAGES_WITH_COUNTS = {
    *("feed", "package_feed", "report", "compare_reports"),
    # The report itself, as a file.
    *("download_report", "download_newest_report"),
    # How many have used the requirements, as the newest report tells.
    *("package_goals", "version_goals"),
}
# Forms that say when they were opened.
SIGNED = {"feedback", "subscribe", "watch_selection", "use"}


@pytest.fixture
def shared(coordinator, reviewer) -> Requirement:
    """A requirement of a published module."""
    module = ModuleFactory(slug="uppforandekod")
    requirement = RequirementFactory(package=module, code="UK-01", source="Kod")
    publish(package=module, by=coordinator, approved_by=reviewer, note="Ny.")
    return requirement


@pytest.fixture
def two_plans(plan, shared, coordinator, reviewer) -> tuple[PackageVersion, PackageVersion]:
    """Two published plans that include the module."""
    made = []
    for action_plan in (plan, PlanFactory(with_matrix=True)):
        package = package_of(action_plan)
        RequirementFactory(package=package, code="SE-01")
        include(package, shared.package.versions.get())
        made.append(publish(package=package, by=coordinator, approved_by=reviewer, note="Ny."))
    return made[0], made[1]


@pytest.fixture
def follow_up() -> FollowUps:
    """A function that makes a follow-up that is done, of a contract, about requirements."""

    def make(version: PackageVersion, contract: str, *requirements: Requirement) -> FollowUp:
        made = FollowUpFactory(
            version=version,
            product_area=version.package.plan.product_areas.first(),
            contract_reference=contract,
            supplier=f"Leverantör {contract}",
            status="closed",
            done_on=DONE,
        )
        for requirement in requirements:
            QuestionFactory(follow_up=made, requirement=requirement)
        return made

    return make


@pytest.fixture
def says(client, two_plans) -> Callable[[str], str]:
    """A function that gives the text of a page once both plans have reported."""

    def text(path: str) -> str:
        for version in two_plans:
            newly_reported(version.package)
        return client.get(path).content.decode()

    return text


def test_a_module_is_the_sum_of_what_its_plans_tell(two_plans, shared, follow_up, says):
    first, second = two_plans
    for contract in "ABC":
        follow_up(first, contract, shared)
        follow_up(second, contract, shared)
    module = "/kravpaket/uppforandekod/krav/UK-01/"
    places = [module, *(f"/kravpaket/{version.package.slug}/krav/UK-01/" for version in two_plans)]
    assert all("Ingår i 6 uppföljningar" in says(place) for place in places)


def test_a_module_does_not_tell_what_a_plan_withholds(two_plans, shared, follow_up, says):
    """The first hides a rare requirement behind the module's, which the second's overview tells.

    The module's number less that, and the first's own less what is left: it would be the rare one.
    """
    first, second = two_plans
    for contract in "ABC":
        follow_up(first, contract, shared)
        follow_up(second, contract, shared)
    follow_up(first, "D", first.package.requirements.get())
    assert says("/kravpaket/uppforandekod/krav/UK-01/").count(WITHHELD) == 2
    assert says(f"/kravpaket/{first.package.slug}/krav/UK-01/").count(WITHHELD) == 2


def test_the_counts_of_a_module_cost_the_same_however_many_plans_ask(
    two_plans, shared, follow_up, client, django_assert_num_queries
):
    first, second = two_plans
    for contract in "ABC":
        follow_up(first, contract, shared)
    newly_reported(first.package)
    with django_assert_num_queries(3):
        client.get("/kravpaket/uppforandekod/krav/UK-01/")
    for contract in "ABC":
        follow_up(second, contract, shared)
    newly_reported(second.package)
    with django_assert_num_queries(3):
        client.get("/kravpaket/uppforandekod/krav/UK-01/")


def test_no_file_feed_or_other_page_depends_on_what_was_followed_up(
    two_plans, shared, follow_up, client
):
    """Who subtracts what is public has the pages that count, and no CSV, JSON or feed besides."""
    first, _second = two_plans
    names = {
        "slug": first.package.slug,
        "number": first.number,
        "code": "SE-01",
        "draft": "utkast",
        "calendar": "hemlig",
        "subscription": "hemlig",
        "use_claim": "hemlig",
        "questions": "hemlig",
        "consultation": "hemlig",
        "consulted": first.package.slug,
        "consulted_code": "SE-01",
        "reply": "hemlig",
    }
    paths = [
        address.path.format(**names)
        for name, rows in TABLE.items()
        for address in rows
        if name not in COUNTING | PAGES_WITH_COUNTS | SIGNED
        and "{off}" not in address.path
        and "losenord" not in address.path
    ]
    assert {form for form in ("csv", "json", "xlsx") for path in paths if path.endswith(form)}

    def read() -> dict[str, bytes]:
        page_cache.forget()
        answers = {path: client.get(path) for path in paths}
        return {path: b"".join(answer) for path, answer in answers.items()}

    before = read()
    own = first.package.requirements.get()
    for contract in "ABCD":
        last = follow_up(first, contract, own, shared)
    DeviationFactory(follow_up=last, requirement=own)
    newly_reported(first.package)
    SummaryFactory(follow_up=last, written_by=first.published_by)
    assert (
        "uppföljningar"
        in client.get(f"/kravpaket/{first.package.slug}/krav/SE-01/").content.decode()
    )
    after = read()
    assert [path for path in paths if before[path] != after[path]] == []
