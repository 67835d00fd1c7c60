"""The guards of what people send without a log-in."""

from tests.mutants.guard import Guard

FEEDBACK = ("tests/requirements_pkg/outward/test_feedback.py",)
SUBSCRIPTIONS = ("tests/requirements_pkg/outward/test_subscriptions.py",)

OPEN_FORMS = (
    Guard(
        "feedback is answered by who answers for the package alone",
        "requirements_pkg/actions/outward/feedback.py",
        "    if not permissions.may_answer(by, feedback.package):",
        "    if False:",
        FEEDBACK,
    ),
    Guard(
        "feedback is read by who answers for the package alone",
        "requirements_pkg/admin/outward/feedback.py",
        "    if not permissions.may_answer(request.user, feedback.package):",
        "    if False:",
        FEEDBACK,
    ),
    Guard(
        "a package takes in so much feedback a day",
        "requirements_pkg/actions/outward/feedback.py",
        "    if latest.count() >= MOST_A_DAY:",
        "    if False:",
        FEEDBACK,
    ),
    Guard(
        "what is sent within seconds is not taken in",
        "requirements_pkg/public/outward/sent_forms.py",
        "        if age < LEAST.total_seconds():",
        "        if False:",
        FEEDBACK,
    ),
    Guard(
        "an address is mailed once an hour at most",
        "requirements_pkg/actions/outward/subscriptions.py",
        "    elif row.confirmed_at is not None or now - row.asked_at < BETWEEN_MAILS:",
        "    elif False:",
        SUBSCRIPTIONS,
    ),
    Guard(
        "who has not confirmed gets no mail",
        "requirements_pkg/models/outward/announcements.py",
        "        return self.filter(confirmed_at__isnull=False)",
        "        return self.all()",
        SUBSCRIPTIONS,
    ),
)
