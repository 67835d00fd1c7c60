"""The guards: where each stands, what it becomes, and which tests have to notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """A line that keeps somebody out, and the line that lets them in."""

    name: str
    file: str
    line: str
    without: str
    # Files or folders of tests, one of which fails without the guard.
    tests: tuple[str, ...]


PUBLISHING = "requirements_pkg/actions/publishing.py"
PUBLISHING_TESTS = ("tests/requirements_pkg/actions/test_publishing.py",)
KEPT_FORMS_TESTS = ("tests/actionplan/accounts/test_kept_forms.py",)

GUARDS = (
    Guard(
        "nobody approves what they asked for",
        "actionplan/permissions.py",
        "    if user.pk == by.pk:\n        return False\n    return is_everything(user) or",
        "    return is_everything(user) or",
        ("tests/actionplan/test_permissions.py",),
    ),
    Guard(
        "a closed plan is edited by nobody",
        "actionplan/permissions.py",
        "    return plan.status != PlanStatus.CLOSED and may_edit_in(",
        "    return may_edit_in(",
        ("tests/actionplan/test_permissions.py",),
    ),
    Guard(
        "a row of another region is not changed",
        "actionplan/backoffice/scoping.py",
        "        return permissions.may_edit(request.user, self.plan_of(obj))",
        "        return permissions.may_edit_something(request.user)",
        ("tests/risks/admin", "tests/risks/grid"),
    ),
    Guard(
        "what was sent before a log-in is brought back to its sender alone",
        "actionplan/kept_forms/pages.py",
        "    if sent is not None and sent.sender != user:",
        "    if False:",
        KEPT_FORMS_TESTS,
    ),
    Guard(
        "a form that is kept opens for nobody else",
        "actionplan/kept_forms/sent.py",
        '    return f"kept-form:{user}:{key}"',
        '    return f"kept-form:{key}"',
        KEPT_FORMS_TESTS,
    ),
    Guard(
        "what the change log says is never changed",
        "actionplan/models/changes.py",
        "        if not self._state.adding:",
        "        if False:",
        ("tests/actionplan/models/test_change_log.py",),
    ),
    Guard(
        "what is approved is what was sent",
        PUBLISHING,
        "    if draft.digest != request.sha256:",
        "    if False:",
        PUBLISHING_TESTS,
    ),
    Guard(
        "a request is decided on once",
        PUBLISHING,
        "    if stored.decision != Decision.PENDING:",
        "    if False:",
        PUBLISHING_TESTS,
    ),
    Guard(
        "only who may approve a package approves it",
        PUBLISHING,
        "        if not permissions.may_approve(by, package, by=request.requested_by):",
        "        if False:",
        PUBLISHING_TESTS,
    ),
    Guard(
        "a published version is never changed",
        "requirements_pkg/models/versions.py",
        "        if not self._state.adding:",
        "        if False:",
        PUBLISHING_TESTS,
    ),
    Guard(
        "a follow-up is seen in its regions only",
        "followup/permissions.py",
        "    return of_plan | Q(**",
        "    return Q() | Q(pk__isnull=False) | of_plan | Q(**",
        ("tests/followup/test_permissions.py", "tests/followup/workbook"),
    ),
    Guard(
        "words are reviewed for secrecy by a second person",
        "followup/permissions.py",
        "    return may_see(user, follow_up) and (first is None or user.pk != first.pk)",
        "    return may_see(user, follow_up)",
        ("tests/followup/actions/test_summaries.py",),
    ),
    Guard(
        "a sub-supplier is never named",
        "followup/actions/summaries.py",
        "    if screening.names_sub_supplier(follow_up.sub_suppliers, *told):",
        "    if False:",
        ("tests/followup/actions/test_summaries.py",),
    ),
    Guard(
        "what rests on few contracts is not counted",
        "followup/status/suppression.py",
        "    return all(not one or one >= BOUND for one in contracts)",
        "    return True",
        ("tests/followup/status/test_suppression.py",),
    ),
    Guard(
        "a file of a stranger has so many elements at most",
        "actionplan/processes/xml_bounds.py",
        "        if self.count > self.most or len(attributes) > MOST_ATTRIBUTES:",
        "        if False:",
        ("tests/actionplan/processes/test_xml_bounds.py",),
    ),
    Guard(
        "a part of a workbook tells no larger number than it may",
        "actionplan/excel/reading/bounds.py",
        "    if int(told) > most:",
        "    if False:",
        ("tests/actionplan/excel", "tests/hostile"),
    ),
    Guard(
        "a row of a plan that one does not edit is not brought in",
        "actionplan/excel/importing/checking.py",
        "        if owner not in self._comparison.editable:",
        "        if False:",
        ("tests/risks/admin/test_sheets.py",),
    ),
    Guard(
        "a row that changed since the export is not written over",
        "actionplan/excel/importing/checking.py",
        '        if text.clean(str(reading.row.get(FINGERPRINT) or "")) != fingerprint:',
        "        if False:",
        ("tests/risks/admin/test_sheets.py",),
    ),
    Guard(
        "what somebody else writes between comparing and locking stays",
        "actionplan/excel/importing/steps.py",
        "            if not comparison.is_as_it_was():",
        "            if False:",
        ("tests/requirements_pkg/excel/test_sheet_bounds.py",),
    ),
    Guard(
        "a file changes no more rows than others wait for",
        "actionplan/excel/importing/comparing.py",
        "        if len(self.readings) > most:",
        "        if False:",
        ("tests/requirements_pkg/excel/test_sheet_bounds.py",),
    ),
)
