"""The sheet of what was learnt, and what became of it."""

from typing import Final

from django.db.models import Case, F, Q, TextField, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from actionplan.excel.columns import TEXT, Column
from actionplan.excel.columns.kinds import DATE, NUMBER, ChoiceKind
from followup.models import ChangeState, Method
from followup.workbook.columns import QueryColumn, WorkbookTable, of_area, of_plan, secret
from followup.workbook.follow_ups import THE_FOLLOW_UP

PUBLIC_WORDS: Final = Case(
    When(Q(review__isnull=False), then=F("public_text")), output_field=TextField()
)
TAKEN_IN: Final = Case(
    When(changes__state=ChangeState.TAKEN_IN, then=F("changes__requirement__code")),
    output_field=TextField(),
)
LESSONS: Final = WorkbookTable(
    _("Lessons"),
    _(
        "One row for each change that a lesson proposes; a lesson without proposals has a row "
        "too. Without confidential data: those lessons whose public text is reviewed for secrecy."
    ),
    lambda filters: filters.lessons,
    (
        QueryColumn(
            Column("lesson_no", _("Lesson no."), 10, NUMBER, _("The number of the lesson.")), "pk"
        ),
        *of_plan("follow_up__product_area__plan"),
        QueryColumn(
            Column("method", _("Method"), 24, ChoiceKind(Method), _("How it is followed up.")),
            "follow_up__method",
        ),
        QueryColumn(
            Column(
                "public_text",
                _("Public text"),
                60,
                TEXT,
                _("Only after a secrecy review; empty until then."),
            ),
            PUBLIC_WORDS,
        ),
        QueryColumn(
            Column(
                "incorporated_in",
                _("Incorporated in"),
                10,
                TEXT,
                _("The code of the requirement that contains it."),
            ),
            TAKEN_IN,
        ),
        QueryColumn(
            Column(
                "incorporated_in_wording",
                _("Incorporated in wording"),
                10,
                NUMBER,
                _("The wording of the requirement that contains it."),
            ),
            "changes__revision",
        ),
        # What somebody proposes, and when, is told by nobody until it is published.
        *map(
            secret,
            (
                QueryColumn(
                    Column("follow_up_no", _("Follow-up no."), 10, NUMBER, THE_FOLLOW_UP),
                    "follow_up_id",
                ),
                *of_area("follow_up__product_area"),
                QueryColumn(
                    Column("written", _("Written"), 12, DATE, _("The day it was written.")),
                    TruncDate("written_at"),
                ),
                QueryColumn(
                    Column("lesson", _("Lesson"), 60, TEXT, _("What was learnt.")), "text"
                ),
                QueryColumn(
                    Column(
                        "code",
                        _("Code"),
                        10,
                        TEXT,
                        _("Of the requirement that should be changed."),
                    ),
                    "changes__requirement__code",
                ),
                QueryColumn(
                    Column(
                        "proposed_change", _("Proposed change"), 50, TEXT, _("What is proposed.")
                    ),
                    "changes__text",
                ),
                QueryColumn(
                    Column(
                        "state",
                        _("State"),
                        16,
                        ChoiceKind(ChangeState),
                        _("What was decided on the proposal."),
                    ),
                    "changes__state",
                ),
                QueryColumn(
                    Column(
                        "decided",
                        _("Decided"),
                        12,
                        DATE,
                        _("When it was incorporated or declined."),
                    ),
                    TruncDate("changes__decided_at"),
                ),
                QueryColumn(
                    Column("reason", _("Reason"), 40, TEXT, _("Why it was declined.")),
                    "changes__reason",
                ),
            ),
        ),
    ),
    ("written_at", "pk", "changes__pk"),
    joined="changes",
    open_rows=lambda filters: filters.lessons.filter(review__isnull=False),
)
