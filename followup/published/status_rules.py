"""How a status follows from reports, in the words of who reads it: the rules of `progress`."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from followup.published.status_page import StatusMark
from followup.status import progress

# A status, when an indicator has it, and when a sub-goal, a goal or a plan has it.
RULES: Final = (
    (
        progress.MET,
        _("The latest report says that it is met, and the first report that did so was in time."),
        _("All indicators are met, and all in time."),
    ),
    (
        progress.MET_LATE,
        _(
            "The latest report says that it is met, but the first report that did so is for a "
            "day after the due date."
        ),
        _("All indicators are met, at least one of them late."),
    ),
    (
        progress.ON_TRACK,
        _("The latest report says so, and the due date has not passed."),
        _("Something has been started or met, and nothing is delayed or has failed."),
    ),
    (
        progress.DELAYED,
        _(
            "The latest report says so, or the due date has passed without a report that it is "
            "met or has failed."
        ),
        _("At least one indicator is delayed, and none has failed."),
    ),
    (
        progress.NOT_MET,
        _("The latest report says that it was not met."),
        _("At least one indicator was not met."),
    ),
    (
        progress.NOT_STARTED,
        _("The latest report says so, and the due date has not passed."),
        _("None of the indicators with a report has been started."),
    ),
    (
        progress.NO_REPORT,
        _("Nobody has reported yet, and the due date has not passed."),
        _("There are no indicators, or none of them has a report."),
    ),
)


def explained() -> list[dict[str, object]]:
    """Return every status with the rules that give it."""
    return [
        {"status_mark": StatusMark(code), "of_indicator": of_indicator, "of_group": of_group}
        for code, of_indicator, of_group in RULES
    ]
