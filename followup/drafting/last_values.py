"""Where the indicators of a plan stood last, for the next period to set out from."""

from actionplan.models import ActionPlan
from followup.models import IndicatorReading
from requirements_pkg.extension_points import LastValues, last_values


@last_values
def approved_values(plan: ActionPlan) -> LastValues:
    """Return the last approved value of each indicator, for the whole country: one query.

    A reading that was corrected since does not count, nor one without a value.
    """
    rows = IndicatorReading.objects.current().filter(
        indicator__sub_goal__goal__plan=plan, organisation__isnull=True, value__isnull=False
    )
    ordered = rows.order_by("as_of", "pk").values_list("indicator_id", "value", "as_of")
    # The last of an indicator stands.
    return {pk: (value, day) for pk, value, day in ordered if value is not None}
