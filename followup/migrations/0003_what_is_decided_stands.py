"""Both databases let nobody change what was approved, reviewed, closed or decided in follow-ups.

The steps of a deviation are those of `followup/actions/deviations.py` and its writing off; a test
tries each pair of states.
"""

from django.db import migrations

from actionplan.migrations._guards import Guard, guarding

# An observation needs no plan, and what will not be remedied is written off from anywhere.
STEPS = (
    ("open", "plan_submitted"),
    ("open", "remedied"),
    ("open", "escalated"),
    ("open", "closed"),
    ("plan_submitted", "plan_approved"),
    ("plan_submitted", "escalated"),
    ("plan_submitted", "closed"),
    ("plan_approved", "remedied"),
    ("plan_approved", "escalated"),
    ("plan_approved", "closed"),
    ("remedied", "open"),
    ("remedied", "escalated"),
    ("remedied", "closed"),
    ("escalated", "plan_submitted"),
    ("escalated", "closed"),
)
OF_A_STEP = ", ".join(f"'{before}>{after}'" for before, after in STEPS)
OF_AN_APPROVED_ONE = """EXISTS (
    SELECT 1 FROM followup_indicatorreading
        WHERE id = OLD.reading_id AND state = 'approved'
)"""
REPORT = "A published follow-up report is never changed or deleted."
GUARDS = (
    Guard(
        "followup_indicatorreading",
        "An approved reading is never changed, and none that was submitted is deleted.",
        may_change=(
            "OLD.state = NEW.state AND OLD.state <> 'approved'"
            " OR OLD.state || '>' || NEW.state IN ('draft>submitted', 'returned>submitted',"
            " 'submitted>returned', 'submitted>approved')"
        ),
        may_remove="OLD.state = 'draft'",
    ),
    Guard(
        "followup_evidence",
        "The evidence of an approved reading is never changed or deleted.",
        may_change=f"NOT {OF_AN_APPROVED_ONE}",
        may_remove=f"NOT {OF_AN_APPROVED_ONE}",
    ),
    Guard("followup_followupreport", REPORT),
    Guard("followup_storedreportbasis", REPORT),
    Guard(
        "followup_reportrequest",
        "A report that was decided on is never changed, and none that was sent is deleted.",
        may_change="OLD.decision = 'pending'",
    ),
    Guard(
        "followup_masking",
        "A masking that was decided on is never changed, and none is deleted.",
        may_change="OLD.decision = 'pending'",
    ),
    Guard("followup_followupstep", "A step that was taken is never changed or deleted."),
    Guard("followup_secrecyreview", "A secrecy review is never changed or deleted."),
    Guard(
        "followup_followup",
        "A follow-up that has ended is never changed, and none is deleted.",
        may_change="OLD.status NOT IN ('closed', 'cancelled')",
    ),
    Guard(
        "followup_deviation",
        "A deviation goes its steps, is never changed when closed, and never deleted.",
        may_change=(
            "OLD.state = NEW.state AND OLD.state <> 'closed'"
            f" OR OLD.state || '>' || NEW.state IN ({OF_A_STEP})"
        ),
    ),
    Guard(
        "followup_secondpersonrequest",
        "A request that was decided on is never changed.",
        may_change="OLD.decision = 'pending'",
        # It goes with its period.
        may_remove="OLD.period_id IS NOT NULL",
    ),
)


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0002_searched_texts"),
        ("actionplan", "0004_logs_are_append_only"),
    ]

    operations = [guarding(GUARDS)]
