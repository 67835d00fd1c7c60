"""The guards of words that become public, or must no longer be."""

from tests.mutants.guard import Guard

NAMES = ("tests/followup/published/test_published_names.py",)
MASKING = ("tests/followup/actions/test_masking.py",)

PUBLISHED_WORDS = (
    Guard(
        "words are masked for who writes the package alone",
        "followup/actions/masking.py",
        "    if not permissions.may_ask_masking(by, package):",
        "    if False:",
        MASKING,
    ),
    Guard(
        "words are masked by two persons",
        "followup/actions/masking.py",
        "        if not permissions.may_approve_masking(by, stored):\n"
        "            raise PermissionDenied\n"
        "        _decide(stored, Decision.APPROVED, by=by)",
        "        _decide(stored, Decision.APPROVED, by=by)",
        MASKING,
    ),
    Guard(
        "a part of a version is read without masked words",
        "requirements_pkg/published/version_parts.py",
        "        known: Requirement = masked(requirement, version.masked)",
        "        known: Requirement = requirement",
        ("tests/project/pages/test_masked_words.py",),
    ),
    Guard(
        "what names somebody is not sent without a reason",
        "requirements_pkg/actions/screening.py",
        "    if names and not reason.strip():",
        "    if False:",
        NAMES,
    ),
    Guard(
        "what names somebody new is not approved",
        "requirements_pkg/actions/publishing.py",
        "        screening.refuse_new_names(draft.names)\n",
        "",
        NAMES,
    ),
    Guard(
        "analysts get no lesson that nobody has reviewed",
        "followup/workbook/lessons.py",
        "    open_rows=lambda filters: filters.lessons.filter(review__isnull=False),\n",
        "",
        ("tests/followup/workbook/test_workbook.py",),
    ),
)
