"""A plan's page where its indicators have more readings than anybody reads at once."""

from datetime import date

from actionplan.models import Indicator
from requirements_pkg.actions.publishing import publish
from tests.factories import PackageFactory
from tests.factories.followup import ReadingFactory
from tests.factories.reports import report_on

LINK = "Alla 6 lägesrapporter för målindikator 1.1"


def test_the_latest_readings_stand_on_the_page_and_all_behind_a_link(
    client, plan, coordinator, reviewer
):
    package = PackageFactory(plan=plan)
    publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")
    indicator = Indicator.objects.get(number="1.1")
    for month in range(1, 7):
        ReadingFactory(
            indicator=indicator,
            author=coordinator,
            approved=True,
            approved_by=reviewer,
            as_of=date(2026, month, 1),
            comment=f"Månad {month}.",
        )
    report_on(package)
    page = client.get(f"/uppfoljning/{package.slug}/").content.decode()
    assert [f"Månad {month}." in page for month in range(1, 7)] == [False] * 3 + [True] * 3
    assert LINK in page
    whole = client.get(f"/uppfoljning/{package.slug}/?lagesrapporter=alla").content.decode()
    assert "Månad 1." in whole
    assert LINK not in whole
