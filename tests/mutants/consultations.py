"""The guards of consultations: who reads a draft, until when one answers, and what stands."""

from tests.mutants.guard import Guard

OUT = ("tests/requirements_pkg/dialogue/test_consultations.py",)
REPLIES = ("tests/requirements_pkg/dialogue/test_replies.py",)
INVITATIONS = ("tests/requirements_pkg/dialogue/test_invitations.py",)
ANSWERS = ("tests/requirements_pkg/dialogue/test_decided_replies.py",)
READING = ("tests/project/audit/test_reading.py",)
GUARDS = ("tests/project/audit/test_guards.py",)
WRITTEN = ("tests/actionplan/models/test_written.py",)
ACTIONS = "requirements_pkg/actions/dialogue"

CONSULTATIONS = (
    Guard(
        "a secret draft has an address that nobody guesses",
        f"{ACTIONS}/consultations.py",
        "        secrets.token_urlsafe(SECRET_BYTES) if row.is_secret else ",
        "        ",
        OUT,
    ),
    Guard(
        "a secret draft is in no list",
        "requirements_pkg/public/dialogue/consultation_pages.py",
        "approved().filter(is_secret=False, withdrawn_at__isnull=True)",
        "approved().filter(withdrawn_at__isnull=True)",
        OUT,
    ),
    Guard(
        "the address of a secret draft is in no log",
        "requirements_pkg/models/dialogue/consultations.py",
        '    logged_hidden = frozenset({"key"})',
        "    logged_hidden = frozenset()",
        OUT,
    ),
    Guard(
        "nothing is answered after the last day",
        f"{ACTIONS}/replies.py",
        "    if not consultation.is_open:",
        "    if False:",
        REPLIES,
    ),
    Guard(
        "what was sent stays as it was sent",
        f"{ACTIONS}/replies.py",
        "    if stored.sent_at is not None:",
        "    if False:",
        REPLIES,
    ),
    Guard(
        "where only those who were invited answer nobody else does",
        f"{ACTIONS}/replies.py",
        "    if not consultation.is_for_anybody:",
        "    if False:",
        INVITATIONS,
    ),
    Guard(
        "no database changes the draft that was let out",
        "requirements_pkg/migrations/0008_consulted_drafts_stand.py",
        "    operations = [guarding(GUARDS)]",
        "    operations = []",
        GUARDS,
    ),
    Guard(
        "an open consultation is not summed up",
        f"{ACTIONS}/deciding.py",
        "    if row.state() is ConsultationState.OPEN:",
        "    if False:",
        ANSWERS,
    ),
    Guard(
        "every remark is decided on before they are summed up",
        f"{ACTIONS}/deciding.py",
        "    if any(remark.decision == RemarkDecision.PENDING for remark in remarks):",
        "    if False:",
        ANSWERS,
    ),
    Guard(
        "who reads who answered is told in the log",
        "requirements_pkg/admin/dialogue/replies.py",
        '        "requirements_pkg_answers_file": Consultation,',
        "",
        READING,
    ),
    Guard(
        "a name that is sent is of one line",
        "actionplan/models/written.py",
        "            if is_line and not is_one_line(",
        "            if False and not is_one_line(",
        WRITTEN,
    ),
    Guard(
        "no import stores control signs",
        "actionplan/database/bulk.py",
        "    keep_typed(model, made)\n",
        "",
        WRITTEN,
    ),
)
