"""Product areas removed with all that is in them, in a few statements however much that is."""

from collections.abc import Iterable

from actionplan.database import bulk
from actionplan.models import ProductArea, SubGoalArea, User
from risks.models import OverallLevel, RiskCell, RiskStatement


def remove_areas(areas: Iterable[ProductArea], *, by: User | None) -> None:
    """Delete areas on which nothing of a later link of the chain builds.

    They may refer to each other. What still points at one from elsewhere the database refuses.
    """
    areas_by_key = {area.pk: area for area in areas}
    if not areas_by_key:
        return
    parts = [
        RiskStatement.objects.filter(cell__product_area__in=areas_by_key),
        RiskCell.objects.filter(product_area__in=areas_by_key),
        OverallLevel.objects.filter(product_area__in=areas_by_key),
    ]
    for rows in parts:
        bulk.remove(rows.model, rows, by=by)
    bulk.remove(SubGoalArea, SubGoalArea.objects.filter(productarea__in=areas_by_key), by=by)
    bulk.remove(ProductArea, areas_by_key.values(), by=by)
