"""The guards, by kind: where each stands, what it becomes, and which tests have to notice."""

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

GUARDS = {
    "rights": (
        Guard(
            "a closed plan is edited by nobody",
            "actionplan/permissions.py",
            "    return plan.status != PlanStatus.CLOSED and may_edit_in(",
            "    return may_edit_in(",
            ("tests/actionplan/test_permissions.py",),
        ),
        Guard(
            "who has a role elsewhere is not given another address",
            "actionplan/permissions.py",
            "    return may_manage(user, person) and _belongs_to(person) <= regions",
            "    return may_manage(user, person)",
            ("tests/actionplan/accounts/test_people.py",),
        ),
        Guard(
            "who has left gets no new password by an old link",
            "actionplan/accounts/entering/passwords.py",
            "        return user if user is not None and user.is_active else None",
            "        return user",
            ("tests/actionplan/accounts/test_passwords.py",),
        ),
        Guard(
            "nobody without a role reads a draft",
            "actionplan/permissions.py",
            "    return is_everything(user) or (isinstance(user, User) and bool(user.roles))",
            "    return is_everything(user) or isinstance(user, User)",
            ("tests/actionplan/test_permissions.py",),
        ),
    ),
    "scoping": (
        Guard(
            "a row of another region is not changed",
            "actionplan/backoffice/scoping.py",
            "        return permissions.may_edit(request.user, self.plan_of(obj))",
            "        return permissions.may_edit_something(request.user)",
            ("tests/risks/grid/test_grid.py",),
        ),
        Guard(
            "a follow-up is seen in its regions only",
            "followup/permissions.py",
            "    return of_plan | Q(**",
            "    return Q() | Q(pk__isnull=False) | of_plan | Q(**",
            ("tests/followup/test_permissions.py",),
        ),
        Guard(
            "a row of a plan that one does not edit is not brought in",
            "actionplan/excel/importing/checking.py",
            "        if owner not in self._comparison.editable:",
            "        if False:",
            ("tests/risks/admin/test_sheets.py",),
        ),
        Guard(
            "a list has the follow-ups of one's own regions",
            "followup/backoffice/scoping.py",
            "        return super().get_queryset(request).filter(visible)",
            "        return super().get_queryset(request)",
            ("tests/followup/admin/test_follow_up_pages.py",),
        ),
        Guard(
            "a page of a follow-up is one's own regions'",
            "followup/backoffice/scoping.py",
            "    rows = FollowUp.objects.with_names().filter(permissions.visible(request.user))",
            "    rows = FollowUp.objects.with_names()",
            ("tests/followup/admin/test_deviation_pages.py",),
        ),
        Guard(
            "a shared module is edited in its region",
            "requirements_pkg/permissions.py",
            '        shared &= Q(**{f"{at}steward__in": permissions.edited_regions(user)})',
            "        pass",
            ("tests/requirements_pkg/actions/test_module_links.py",),
        ),
    ),
    "approval": (
        Guard(
            "nobody approves what they asked for",
            "actionplan/permissions.py",
            "    if user.pk == by.pk:\n        return False\n    return is_everything(user) or",
            "    return is_everything(user) or",
            ("tests/actionplan/test_permissions.py",),
        ),
        Guard(
            "only who may approve a package approves it",
            PUBLISHING,
            "        if not permissions.may_approve(by, package, by=request.requested_by):",
            "        if False:",
            PUBLISHING_TESTS,
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
            "a reading that was sent again is looked at again",
            "followup/actions/readings.py",
            "    if stored.submitted_at != reading.submitted_at:",
            "    if False:",
            ("tests/followup/actions/test_readings.py",),
        ),
        Guard(
            "a summary is published after its review",
            "followup/actions/summaries.py",
            "    if not summary.is_reviewed:",
            "    if False:",
            ("tests/followup/actions/test_summaries.py",),
        ),
        Guard(
            "what takes two is approved by a second person",
            "followup/actions/approvals.py",
            "    if not permissions.may_decide(by, stored):",
            "    if False:",
            ("tests/followup/actions/test_requests.py",),
        ),
        Guard(
            "what was changed since it was asked for is not approved",
            "followup/actions/approvals.py",
            "    if value_of(stored.subject, stored.kind) != stored.old:",
            "    if False:",
            ("tests/followup/actions/test_requests.py",),
        ),
        Guard(
            "a follow-up with a zero tolerance is cancelled by two",
            "followup/actions/follow_ups.py",
            "    if to == FollowUpStatus.CANCELLED and takes_two(stored):",
            "    if False:",
            ("tests/followup/actions/test_requests.py",),
        ),
    ),
    "immutability": (
        Guard(
            "what the change log says is never changed",
            "actionplan/models/change_log.py",
            "        if not self._state.adding:",
            "        if False:",
            ("tests/actionplan/models/test_change_log.py",),
        ),
        Guard(
            "a published version is never changed",
            "requirements_pkg/models/versions.py",
            "        if not self._state.adding:",
            "        if False:",
            PUBLISHING_TESTS,
        ),
        Guard(
            "a follow-up that has ended is never changed",
            "followup/models/following.py",
            "        if not self._state.adding and ended.exists():",
            "        if False:",
            ("tests/followup/test_closing_rules.py",),
        ),
        Guard(
            "nothing is reported in a locked period",
            "followup/actions/readings.py",
            "    refuse_locked(reading.plan, reading.as_of)\n",
            "",
            ("tests/followup/actions/test_readings.py",),
        ),
    ),
    "secrecy": (
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
            "what a row says that PostgreSQL refused is in no log",
            "actionplan/middleware.py",
            '    return str(error).partition("\\n")[0]',
            "    return str(error)",
            ("tests/actionplan/test_middleware.py",),
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
            "    if screening.names_sub_supplier(follow_up.sub_suppliers, *texts):",
            "    if False:",
            ("tests/followup/actions/test_summaries.py",),
        ),
        Guard(
            "what rests on few contracts is not counted",
            "followup/status/suppression.py",
            "    return all(not count or count >= BOUND for count in contracts)",
            "    return True",
            ("tests/followup/status/test_suppression.py",),
        ),
        Guard(
            "a supplier is named only where the review says so",
            "followup/actions/summaries.py",
            "    if not may_name_supplier and screening.names_supplier(follow_up.supplier, text):",
            "    if False:",
            ("tests/followup/actions/test_summaries.py",),
        ),
        Guard(
            "a summary that was withdrawn is not public",
            "followup/models/secrecy.py",
            "        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)",
            "        return self.filter(published_at__isnull=False)",
            ("tests/followup/actions/test_summaries.py",),
        ),
    ),
    "limits": (
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
            "    if int(digits) > most:",
            "    if False:",
            ("tests/actionplan/excel/test_workbook_bounds.py",),
        ),
        Guard(
            "a file changes no more rows than others wait for",
            "actionplan/excel/importing/comparing.py",
            "        if len(self.readings) > most:",
            "        if False:",
            ("tests/requirements_pkg/excel/test_sheet_bounds.py",),
        ),
        Guard(
            "a workbook unpacks to so much at most",
            "actionplan/excel/reading/package.py",
            "    if len(infos) > MOST_PARTS or size > MOST_UNPACKED or",
            "    if False and",
            ("tests/actionplan/excel/test_workbook_bounds.py",),
        ),
        Guard(
            "a Word file has so many parts at most",
            "actionplan/word/file/archive.py",
            "    if len(infos) > MOST_PARTS:",
            "    if False:",
            ("tests/actionplan/word/file/test_archive.py",),
        ),
        Guard(
            "a document is read into so many places and characters at most",
            "actionplan/word/file/blocks.py",
            "        if self.cells > MOST_CELLS or self.characters > MOST_CHARACTERS:",
            "        if False:",
            ("tests/actionplan/word/file/test_document_bounds.py",),
        ),
    ),
    "others' work": (
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
            "a text that changed since it was read is reviewed again",
            "followup/actions/summaries.py",
            "        if stored.words != subject.words:",
            "        if False:",
            ("tests/followup/actions/test_summaries.py",),
        ),
        Guard(
            "a backup is restored into an empty database only",
            "actionplan/backups/restoring.py",
            "        if table.label not in REFERENCE and table.model._base_manager.exists():",
            "        if False:",
            ("tests/actionplan/backups/test_all_or_nothing.py",),
        ),
        Guard(
            "what was restored is what was backed up",
            "actionplan/backups/restoring.py",
            "                if not are_the_same(line, row):",
            "                if False:",
            ("tests/actionplan/backups/test_all_or_nothing.py",),
        ),
        Guard(
            "a damaged part of a backup is not restored",
            "actionplan/backups/archive.py",
            "        if (rows, checksum.hexdigest()) != (part.rows, part.sha256):",
            "        if False:",
            ("tests/actionplan/backups/test_damage.py",),
        ),
    ),
}
