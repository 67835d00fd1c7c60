"""The guards of what people send without a log-in."""

from tests.mutants.guard import Guard

FEEDBACK = ("tests/requirements_pkg/dialogue/test_feedback.py",)
CONSULTATIONS = ("tests/requirements_pkg/dialogue/test_consultations.py",)
REPLIES = ("tests/requirements_pkg/dialogue/test_replies.py",)
ANSWERS = ("tests/requirements_pkg/dialogue/test_decided_replies.py",)
USE = ("tests/followup/public/test_use_pages.py",)
SUBSCRIPTIONS = ("tests/requirements_pkg/dialogue/test_subscriptions.py",)

OPEN_FORMS = (
    Guard(
        "feedback is answered by who answers for the package alone",
        "requirements_pkg/actions/dialogue/feedback.py",
        "    if not permissions.may_answer(by, feedback.package):",
        "    if False:",
        FEEDBACK,
    ),
    Guard(
        "feedback is read by who answers for the package alone",
        "requirements_pkg/admin/dialogue/feedback.py",
        "    if not permissions.may_answer(request.user, feedback.package):",
        "    if False:",
        FEEDBACK,
    ),
    Guard(
        "a package takes in so much feedback a day",
        "requirements_pkg/actions/dialogue/feedback.py",
        "    if latest.count() >= MOST_A_DAY:",
        "    if False:",
        FEEDBACK,
    ),
    Guard(
        "reported use is decided on by who answers for the package alone",
        "followup/actions/contracts/use_claims.py",
        "    if not permissions.may_answer(by, claim.package):",
        "    if False:",
        USE,
    ),
    Guard(
        "reported use is read by who answers for the package alone",
        "followup/admin/contracts/use_claims.py",
        "    if not permissions.may_answer(request.user, claim.package):",
        "    if False:",
        USE,
    ),
    Guard(
        "an address is sent so many mails a day by others",
        "followup/actions/contracts/use_claims.py",
        "count() >= MOST_TO_CONFIRM:",
        "count() < 0:",
        USE,
    ),
    Guard(
        "a draft is let out by a second person of the region",
        "requirements_pkg/actions/dialogue/consultations.py",
        "        if not permissions.may_approve(by, package, by=requester):",
        "        if False:",
        CONSULTATIONS,
    ),
    Guard(
        "nobody reads a draft that no second person has let out",
        "requirements_pkg/public/dialogue/consultation_pages.py",
        '    rows = Consultation.objects.approved().select_related("package")',
        '    rows = Consultation.objects.select_related("package")',
        CONSULTATIONS,
    ),
    Guard(
        "after its end nothing of a draft is read",
        "requirements_pkg/models/dialogue/consultations.py",
        "        return self.state() is ConsultationState.OPEN",
        "        return True",
        CONSULTATIONS,
    ),
    Guard(
        "a consultation takes in so many replies a day",
        "requirements_pkg/actions/dialogue/replies.py",
        "    if own.filter(begun_at__gt=since).count() >= MOST_A_DAY:",
        "    if False:",
        REPLIES,
    ),
    Guard(
        "the summary names only whom it may",
        "requirements_pkg/actions/dialogue/deciding.py",
        '    return (reply.organisation or reply.name) if reply.may_be_named else ""',
        "    return reply.organisation or reply.name",
        ANSWERS,
    ),
    Guard(
        "answers are read by who answers for the package alone",
        "requirements_pkg/admin/dialogue/replies.py",
        "    if not permissions.may_answer(request.user, row.package):",
        "    if False:",
        ANSWERS,
    ),
    Guard(
        "what is sent within seconds is not taken in",
        "requirements_pkg/public/dialogue/sent_forms.py",
        "        if age < LEAST.total_seconds():",
        "        if False:",
        FEEDBACK,
    ),
    Guard(
        "an address is mailed once an hour at most",
        "requirements_pkg/actions/dialogue/subscriptions.py",
        "    elif row.confirmed_at is not None or now - row.asked_at < BETWEEN_MAILS:",
        "    elif False:",
        SUBSCRIPTIONS,
    ),
    Guard(
        "who has not confirmed gets no mail",
        "requirements_pkg/models/dialogue/announcements.py",
        "        return self.filter(confirmed_at__isnull=False)",
        "        return self.all()",
        SUBSCRIPTIONS,
    ),
)
