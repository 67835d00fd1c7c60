"""Follow-ups as a report counts them, in a line each."""

from followup.report.basis import DatedDeviation, FollowUpBasis


def row(
    supplier: object,
    area: int = 1,
    questions: str = "",
    *,
    broken: str = "",
    closed: str = "",
    is_done: bool = True,
    is_summarised: bool = False,
) -> FollowUpBasis:
    """A follow-up that asks about requirements of one letter each, and found some broken."""
    return FollowUpBasis(
        area=area,
        supplier=str(supplier),
        is_done=is_done,
        is_sanctioned=False,
        is_summarised=is_summarised,
        questions=tuple(questions),
        deviations=tuple(
            DatedDeviation(uid, "major", is_open, is_late=False)
            for uids, is_open in ((broken, True), (closed, False))
            for uid in uids
        ),
    )
