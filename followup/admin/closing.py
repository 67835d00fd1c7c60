"""What closing a plan means for what is followed up of it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.models import ActionPlan, Indicator
from actionplan.text import figure
from followup.models import FollowUp
from requirements_pkg.extension_points import closing_effects


@closing_effects
def of_follow_ups(plan: ActionPlan) -> list[str]:
    """Tell that follow-ups and reporting go on, and what nobody is reminded of any longer."""
    going_on = FollowUp.objects.open().filter(product_area__plan=plan).count()
    dated = Indicator.objects.filter(sub_goal__goal__plan=plan, due_on__isnull=False).count()
    follow_ups = ngettext(
        "%(number)s follow-up that has not ended continues, and new ones can be planned.",
        "%(number)s follow-ups that have not ended continue, and new ones can be planned.",
        going_on,
    )
    reminders = ngettext(
        (
            "Nobody is reminded of the due date of %(number)s indicator any longer; reporting "
            "continues."
        ),
        (
            "Nobody is reminded of the due dates of %(number)s indicators any longer; reporting "
            "continues."
        ),
        dated,
    )
    return [
        follow_ups % {"number": figure(going_on)}
        if going_on
        else _("No follow-up is under way; new ones can be planned."),
        *([reminders % {"number": figure(dated)}] if dated else []),
    ]
