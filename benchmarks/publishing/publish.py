"""Budget 7: a package becomes a version, against its rows as tuples, written down and hashed."""

import hashlib
import json
from collections.abc import Callable
from itertools import count as counting
from typing import Any

from benchmarks.measuring.measure import at_most, count, cpu, medians, tell
from benchmarks.sites.databases import rewinder
from benchmarks.sites.large_packages import large_package
from benchmarks.sites.site import empty_site, statements_sent

RUNS = 9


def main() -> None:
    """Both read the same package of 1,000 requirements and six areas; ours also stores it."""
    with empty_site() as folder:
        package, by, approved_by = large_package(requirements=1000, areas=6)
        from requirements_pkg.actions.publishing import (
            approve_request,
            publish,
            request_publication,
        )
        from requirements_pkg.searching import indexing

        start_over = rewinder(folder / "site.sqlite3")

        numbers = counting()

        def ours() -> None:
            publish(package=package, by=by, approved_by=approved_by, note=note())

        def note() -> str:
            # Another each time: what was met in the same words is remembered.
            return f"Utgåva {next(numbers)}."

        def whole() -> None:
            request = request_publication(package=package, by=by, note=note())
            # As the page of an approval does it.
            indexing.catch_up(approve_request(request=request, by=approved_by))

        sent = statements_sent(ours)
        start_over()

        def cost(work: Callable[[], Any]) -> float:
            start_over()
            return cpu(work)

        least, mine, waited = medians(
            lambda: cost(lambda: floor(package)),
            lambda: cost(ours),
            lambda: cost(whole),
            runs=RUNS,
        )
    tell(
        at_most(7, "publish 1,000 requirements and 6 areas", least, mine, 2),
        count(7, "the same: statements sent, transaction too", sent, 40),
        at_most(7, "asked for, approved and indexed", least, waited, 5),
    )


def floor(package: Any) -> str:
    """Every row that is published, as it comes from the database, written down and hashed."""
    from actionplan.models import Goal, Indicator, ProductArea, SubGoal
    from requirements_pkg.models import (
        GoalService,
        Requirement,
        RequirementArea,
        RequirementSource,
        RiskTreatment,
    )
    from risks.models import RiskCell, RiskStatement

    plan = package.plan_id
    of_package = {"requirement__package": package.pk}
    rows = [
        ProductArea.objects.filter(plan=plan).values_list("number", "name"),
        RiskCell.objects.filter(product_area__plan=plan).values_list(
            "product_area__number", "stage__code", "dimension__code", "assessment", "level"
        ),
        RiskStatement.objects.filter(cell__product_area__plan=plan).values_list(
            "cell_id", "kind", "text"
        ),
        Goal.objects.filter(plan=plan).values_list("number", "text"),
        SubGoal.objects.filter(goal__plan=plan).values_list("number", "text"),
        Indicator.objects.filter(sub_goal__goal__plan=plan).values_list("number", "text"),
        Requirement.objects.filter(package=package.pk).values_list(
            "uid",
            "code",
            "title",
            "text",
            "rationale",
            "verification",
            "follow_up_method",
            "guidance",
            "law_baseline",
            "beyond_law",
            "kind",
            "level",
            "max_points",
            "scale",
            "replaces__uid",
            "state",
            "cpv",
        ),
        RequirementSource.objects.filter(**of_package).values_list(
            "requirement_id", "title", "url", "dated"
        ),
        RequirementArea.objects.filter(**of_package).values_list(
            "requirement_id", "product_area__number"
        ),
        RiskTreatment.objects.filter(**of_package).values_list(
            "requirement__uid",
            "statement_id",
            "statement__cell__product_area__number",
            "statement__cell__stage__code",
            "statement__cell__dimension__code",
            "statement__kind",
            "statement__text",
        ),
        GoalService.objects.filter(**of_package).values_list(
            "requirement__uid", "sub_goal__number", "sub_goal__text"
        ),
    ]
    written = json.dumps([list(each) for each in rows], ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


if __name__ == "__main__":
    main()
