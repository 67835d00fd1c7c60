"""How a status follows from reports, in the words of who reads it: the rules of `progress`."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from followup.published.standing import Standing
from followup.status import progress

# A status, when an indicator has it, and when a sub-goal, a goal or a plan has it.
RULES: Final = (
    (
        progress.MET,
        _("The latest report says that it is met, and the first that did was in time."),
        _("All its indicators are met, all in time."),
    ),
    (
        progress.MET_LATE,
        _(
            "The latest report says that it is met, but the first that did is of a later day"
            " than it was to be met by."
        ),
        _("All its indicators are met, at least one of them late."),
    ),
    (
        progress.ON_TRACK,
        _("The latest report says so, and the day it is to be met by has not passed."),
        _("Something is begun or met, and nothing is delayed or not met."),
    ),
    (
        progress.DELAYED,
        _(
            "The latest report says so, or the day it was to be met by has passed without a"
            " report that it is met or that it will not be."
        ),
        _("At least one indicator is delayed, and none is not met."),
    ),
    (
        progress.NOT_MET,
        _("The latest report says that it was not met."),
        _("At least one indicator is not met."),
    ),
    (
        progress.NOT_STARTED,
        _("The latest report says so, and the day it is to be met by has not passed."),
        _("None of the indicators with a report is begun."),
    ),
    (
        progress.NO_REPORT,
        _("Nobody has reported yet, and the day it is to be met by has not passed."),
        _("It has no indicators, or none of them has a report."),
    ),
)


def explained() -> list[dict[str, Any]]:
    """Every status with the rules that give it."""
    return [
        {"standing": Standing(code), "of_indicator": of_indicator, "of_group": of_group}
        for code, of_indicator, of_group in RULES
    ]
