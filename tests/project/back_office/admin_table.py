"""Who may what in the admin: the table that the tests walk.

A new model or address in the admin is a row here, or the tests fail. The plan of the fixtures
belongs to procurement region C, whose coordinator and reviewer are the personas.
"""

from dataclasses import dataclass, field

PEOPLE = [
    "coordinator",
    "other_coordinator",
    "reviewer",
    "analyst",
    "region_administrator",
    "other_region_administrator",
    "administrator",
    "secretariat",
    "staff",
    "visitor",
    "superuser",
]

Who = frozenset[str]
NOBODY: Who = frozenset()
SUPERUSER: Who = frozenset({"superuser"})
# Reference data, and people everywhere.
KEEPERS: Who = SUPERUSER | {"administrator"}
# Who follows up, and writes what belongs to the plan's region alone: its coordinator.
OWN: Who = SUPERUSER | {"coordinator"}
COORDINATORS: Who = OWN | {"other_coordinator"}
# Who writes the plan: the secretariat writes everybody's.
WRITERS: Who = OWN | {"secretariat"}
ALL_WRITERS: Who = COORDINATORS | WRITERS
# Of the region whose people they are, and of another.
ADMINISTRATOR: Who = KEEPERS | {"region_administrator"}
ADMINISTRATORS: Who = ADMINISTRATOR | {"other_region_administrator"}
KEEPERS_OF_WORDS: Who = ALL_WRITERS | ADMINISTRATORS
READERS: Who = ALL_WRITERS | ADMINISTRATORS | {"reviewer", "analyst"}
# "staff" has no role: the admin lets in whoever has one, and nobody else.
LOGGED_IN: Who = READERS
# Who sees a follow-up of the own region's plan and contract; a list, all of those regions' people.
FOLLOWERS: Who = OWN | {"reviewer"}
FOLLOWERS_LIST: Who = COORDINATORS | {"reviewer"}


@dataclass(frozen=True)
class Rights:
    """Who opens which page of a model. None: the model has no such page."""

    read: Who = READERS
    add: Who = NOBODY
    change: Who = NOBODY
    delete: Who = NOBODY
    export: Who | None = READERS
    import_: Who | None = None
    # Who opens the list, where that is more people than those who read the row at hand.
    lists: Who | None = None
    # Who does what with chosen rows, besides deleting them.
    actions: dict[str, Who] = field(default_factory=dict)

    def pages(self) -> dict[str, Who]:
        """Who opens each page with GET. Whoever reads sees the change page, and cannot save it."""
        pages = {
            "changelist": self.lists or self.read,
            "add": self.add,
            "change": self.read,
            "delete": self.delete,
            "history": self.read,
        }
        if self.export is not None:
            pages["export"] = self.export
        if self.import_ is not None:
            pages |= {
                "import": self.import_,
                "template": self.import_,
                "process_import": NOBODY,
            }
        return pages

    def writes(self) -> dict[str, Who]:
        """Who may send what with POST."""
        pages = self.pages() | {"change": self.change}
        if self.import_ is not None:
            pages |= {"process_import": self.import_, "template": NOBODY}
        return pages


MODELS = {
    # Plans are closed, never deleted.
    "actionplan.actionplan": Rights(add=ALL_WRITERS, change=WRITERS),
    "actionplan.goal": Rights(add=ALL_WRITERS, change=WRITERS, delete=WRITERS),
    "actionplan.subgoal": Rights(add=ALL_WRITERS, change=WRITERS, delete=WRITERS),
    "actionplan.indicator": Rights(
        add=ALL_WRITERS, change=WRITERS, delete=WRITERS, import_=ALL_WRITERS
    ),
    # A coordinator starts a plan in a category that nobody had before.
    "actionplan.purchasingcategory": Rights(
        add=ALL_WRITERS | KEEPERS, change=KEEPERS, delete=KEEPERS
    ),
    "actionplan.procurementregion": Rights(add=KEEPERS, change=KEEPERS, delete=KEEPERS),
    "actionplan.organisation": Rights(add=KEEPERS, change=KEEPERS, delete=KEEPERS),
    # Personal data: of those who look after the person's region.
    "actionplan.user": Rights(
        ADMINISTRATOR,
        add=ADMINISTRATORS,
        change=ADMINISTRATOR,
        export=None,
        lists=ADMINISTRATORS,
        actions={"send_links": ADMINISTRATORS},
    ),
    # Sent on a page of its own; sent again and cancelled, never changed.
    "actionplan.invitation": Rights(
        ADMINISTRATOR, add=ADMINISTRATORS, export=None, lists=ADMINISTRATORS
    ),
    # Said on the preview of a file.
    "actionplan.sheetword": Rights(delete=KEEPERS, export=None),
    "actionplan.changeevent": Rights(),
    "actionplan.changelog": Rights(export=ADMINISTRATORS),
    "risks.riskmatrix": Rights(add=ALL_WRITERS, change=WRITERS, delete=WRITERS),
    # Written in the grid, or by an import.
    "risks.riskstatement": Rights(import_=ALL_WRITERS),
    "risks.riskcell": Rights(),
    # The grid's rows and columns are renamed, never more nor fewer.
    "risks.lifecyclestage": Rights(add=KEEPERS, change=KEEPERS),
    "risks.dimension": Rights(add=KEEPERS, change=KEEPERS),
    "risks.headingalias": Rights(add=KEEPERS, change=KEEPERS, delete=KEEPERS),
    "risks.planupload": Rights(),
    # A plan has its package; what is made by hand is a shared module.
    "requirements_pkg.requirementspackage": Rights(add=ALL_WRITERS, change=WRITERS),
    # Deleted before it is published; the one of the world is.
    "requirements_pkg.requirement": Rights(add=ALL_WRITERS, change=WRITERS, import_=ALL_WRITERS),
    "requirements_pkg.risktreatment": Rights(),
    "requirements_pkg.versionwithdrawal": Rights(),
    "requirements_pkg.requirementrevision": Rights(),
    "requirements_pkg.packageversion": Rights(),
    "requirements_pkg.publishrequest": Rights(),
    "requirements_pkg.wordtemplate": Rights(add=COORDINATORS, change=OWN, delete=OWN),
    # One list for all regions; a requirement accepts what stands there.
    "requirements_pkg.acceptedproof": Rights(add=KEEPERS, change=KEEPERS, delete=KEEPERS),
    # One list for all regions.
    "requirements_pkg.searchsynonym": Rights(
        add=KEEPERS_OF_WORDS, change=KEEPERS_OF_WORDS, delete=KEEPERS_OF_WORDS
    ),
    # Confidential; cancelled or closed, never deleted.
    "followup.followup": Rights(FOLLOWERS, COORDINATORS, OWN, export=None, lists=FOLLOWERS_LIST),
    "followup.deviation": Rights(FOLLOWERS, COORDINATORS, OWN, export=None, lists=FOLLOWERS_LIST),
    "followup.lesson": Rights(FOLLOWERS, COORDINATORS, OWN, export=None, lists=FOLLOWERS_LIST),
    "followup.proposedchange": Rights(FOLLOWERS, change=OWN, export=None, lists=FOLLOWERS_LIST),
    "followup.summary": Rights(FOLLOWERS, export=None, lists=FOLLOWERS_LIST),
    # Of the own region's contracts: who sees them takes them out, who writes brings them in.
    "followup.contract": Rights(
        FOLLOWERS,
        COORDINATORS,
        OWN,
        delete=OWN,
        export=FOLLOWERS_LIST,
        import_=COORDINATORS,
        lists=FOLLOWERS_LIST,
    ),
    # They come with a contract.
    "followup.supplier": Rights(
        FOLLOWERS, change=OWN, export=FOLLOWERS_LIST, lists=FOLLOWERS_LIST
    ),
    # Sent and approved on pages of their own.
    "followup.followupreport": Rights(export=None),
    # A draft of the coordinator's; what is submitted stays.
    "followup.indicatorreading": Rights(add=COORDINATORS, change=OWN, delete=OWN),
    "followup.reportingperiod": Rights(add=COORDINATORS, change=OWN, delete=OWN),
}

# The addresses that are no model's, and those that an app adds: who opens them with GET, and who
# may send something with POST (which for a page that is only read means: read it).
PAGES = {
    "index": LOGGED_IN,
    "registers": LOGGED_IN,
    "app_list": READERS,
    # Whoever is logged in and has a role is led on to the index.
    "login": frozenset({"staff", "visitor"}),
    # Logging out is a POST, of everybody.
    "logout": NOBODY,
    "password_change": LOGGED_IN,
    "password_change_done": LOGGED_IN,
    "jsi18n": LOGGED_IN,
    # The public page of a version; what it leads to is public anyway.
    "view_on_site": NOBODY,
    # A superuser sets one; everybody else has a link sent, which is only ever sent.
    "auth_user_password_change": SUPERUSER,
    "actionplan_user_send_link": NOBODY,
    "actionplan_user_remove_factors": NOBODY,
    "actionplan_invitation_again": NOBODY,
    "actionplan_invitation_cancel": NOBODY,
    # The tabs of a plan; its history is the model's.
    "actionplan_actionplan_overview": READERS,
    "actionplan_actionplan_matrix": READERS,
    "actionplan_actionplan_requirements": READERS,
    "actionplan_actionplan_goals": READERS,
    "actionplan_actionplan_follow_up": READERS,
    "actionplan_actionplan_review": READERS,
    "risks_import": ALL_WRITERS,
    # An upload of the coordinator: nobody else's, not even a superuser's.
    "risks_import_preview": frozenset({"coordinator"}),
    # Only to whom a page showed its beginning; else one is led away.
    "long_list": NOBODY,
    "risks_export": READERS,
    "risks_cell": READERS,
    # Only ever sent, by a page that is open.
    "risks_here": NOBODY,
    "risks_levels": WRITERS,
    "risks_kept": WRITERS,
    "risks_undo_import": WRITERS,
    "requirements_pkg_preview": READERS,
    # A made-up tender on a region's letterhead.
    "requirements_pkg_template_sample": READERS,
    "requirements_pkg_ask": WRITERS,
    # Asked by the coordinator, who may take it back; the reviewer answers.
    "requirements_pkg_decide": OWN | {"reviewer"},
    # What the draft changes; only who answers the request ticks it as read.
    "requirements_pkg_changes": READERS,
    "requirements_pkg_module_changes": READERS,
    # Whoever reads a draft comments on it.
    "requirements_pkg_comments": READERS,
    "requirements_pkg_thread": READERS,
    "requirements_pkg_all_comments": READERS,
    # What people say of requirements: who answers for them.
    "requirements_pkg_feedback": ALL_WRITERS,
    "requirements_pkg_decide_feedback": WRITERS,
    # What buyers say that they have used: who answers for the package.
    # Noted by the coordinators of the owner, read by whoever sees the contract.
    "followup_contract_changes": FOLLOWERS,
    "followup_use_claims": ALL_WRITERS,
    "followup_use_claim_decide": WRITERS,
    # How a version was announced, and by hand where else.
    "requirements_pkg_announcements": READERS,
    # A draft is sent out by who edits it, let out by a reviewer, and then looked after by both.
    "requirements_pkg_consult": WRITERS,
    "requirements_pkg_module_consult": WRITERS,
    "requirements_pkg_consultation": READERS,
    "requirements_pkg_consulted_draft": READERS,
    "requirements_pkg_decide_consultation": OWN | {"reviewer"},
    # Who answers for the package reads what was sent in, with names.
    "requirements_pkg_answers": WRITERS,
    "requirements_pkg_invitees": WRITERS,
    "requirements_pkg_answers_file": WRITERS,
    "requirements_pkg_decide_remark": WRITERS,
    "requirements_pkg_sum_up": WRITERS,
    "requirements_pkg_module_preview": READERS,
    "requirements_pkg_module_ask": WRITERS,
    "requirements_pkg_withdraw_version": WRITERS,
    # Asked by the coordinator, who may take it back; the reviewer answers.
    "requirements_pkg_decide_withdrawal": OWN | {"reviewer"},
    "requirements_pkg_withdraw": WRITERS,
    # Where one has been done it says so, and how things stand.
    "requirements_pkg_close": WRITERS,
    "requirements_pkg_reopen": WRITERS,
    "requirements_pkg_start_period": WRITERS,
    # Says why an older plan cannot be taken back.
    "requirements_pkg_undo_period": WRITERS,
    "requirements_pkg_carried": READERS,
    "requirements_pkg_carried_kind": READERS,
    # Only ever sent.
    "requirements_pkg_restore": NOBODY,
    "requirements_pkg_confirm": NOBODY,
    "requirements_pkg_confirm_many": NOBODY,
    "requirements_pkg_change_many": NOBODY,
    "requirements_pkg_requirement_preview": READERS,
    "requirements_pkg_new_requirement_preview": NOBODY,
    # Into whatever package somebody edits.
    "requirements_pkg_copy": ALL_WRITERS,
    "requirements_pkg_coverage": READERS,
    "requirements_pkg_suspects": READERS,
    "requirements_pkg_include": WRITERS,
    "requirements_pkg_inclusion": READERS,
    "requirements_pkg_module_links": WRITERS,
    "followup_step": OWN,
    "followup_questions": OWN,
    "followup_answers": OWN,
    "followup_reuse": OWN,
    "followup_questionnaire": OWN,
    "followup_read_answers": OWN,
    "followup_send": OWN,
    # Each is offered the follow-ups that are theirs to write in.
    "followup_send_many": COORDINATORS,
    "followup_attachments": OWN,
    "followup_attachment": FOLLOWERS,
    "followup_remove_attachment": NOBODY,
    "followup_calendar": FOLLOWERS_LIST,
    "followup_deviation_step": OWN,
    "followup_write_off": OWN,
    # Asked by the coordinator, who may take it back; the reviewer answers.
    "followup_request_decide": OWN | {"reviewer"},
    "followup_sanction": OWN,
    "followup_lift_sanction": OWN,
    "followup_reading_submit": OWN,
    "followup_reading_correct": OWN,
    "followup_reading_decide": SUPERUSER | {"reviewer"},
    "followup_evidence": READERS,
    "followup_period_lock": OWN,
    "followup_period_unlock": OWN,
    # What is due for oneself.
    "followup_summary_write": OWN,
    # By another person than the coordinator, who wrote them.
    "followup_summary_review": SUPERUSER | {"reviewer"},
    "followup_lesson_review": SUPERUSER | {"reviewer"},
    "followup_summary_publish": OWN,
    "followup_summary_withdraw": OWN,
    "followup_propose": OWN,
    "followup_change_decide": OWN,
    # Written by the coordinator, seen by who approves it, and read by all once it is published.
    "followup_report_write": OWN,
    "followup_mask": OWN,
    "followup_mask_module": OWN,
    "followup_masking_decide": OWN | {"reviewer"},
    "followup_report_preview": OWN,
    "followup_report_decide": OWN | {"reviewer"},
    "followup_report_sent": OWN | {"reviewer"},
    "followup_mine": READERS,
    "followup_workbook": READERS,
    "followup_workbook_file": READERS,
}
# Where POST is for other people than GET.
WRITES = PAGES | {
    "login": LOGGED_IN | {"staff", "visitor"},
    "logout": LOGGED_IN | {"visitor"},
    # Sent with "approve", which is not for whoever asked.
    "requirements_pkg_decide": SUPERUSER | {"reviewer"},
    "requirements_pkg_decide_withdrawal": SUPERUSER | {"reviewer"},
    "requirements_pkg_decide_consultation": SUPERUSER | {"reviewer"},
    "requirements_pkg_consultation": WRITERS,
    "requirements_pkg_consulted_draft": NOBODY,
    "requirements_pkg_answers": NOBODY,
    "requirements_pkg_answers_file": NOBODY,
    "followup_request_decide": SUPERUSER | {"reviewer"},
    "followup_report_decide": SUPERUSER | {"reviewer"},
    "followup_masking_decide": SUPERUSER | {"reviewer"},
    # Pages that are only ever read.
    "actionplan_actionplan_overview": NOBODY,
    "actionplan_actionplan_matrix": NOBODY,
    "actionplan_actionplan_requirements": NOBODY,
    "actionplan_actionplan_goals": NOBODY,
    "actionplan_actionplan_follow_up": NOBODY,
    "actionplan_actionplan_review": NOBODY,
    "password_change_done": NOBODY,
    "jsi18n": NOBODY,
    "risks_export": NOBODY,
    "risks_cell": WRITERS,
    "risks_here": WRITERS,
    "requirements_pkg_preview": NOBODY,
    "requirements_pkg_module_preview": NOBODY,
    "requirements_pkg_changes": SUPERUSER | {"reviewer"},
    "requirements_pkg_module_changes": NOBODY,
    "requirements_pkg_all_comments": NOBODY,
    "requirements_pkg_feedback": NOBODY,
    "followup_contract_changes": OWN,
    "followup_use_claims": NOBODY,
    "requirements_pkg_announcements": WRITERS,
    "requirements_pkg_coverage": NOBODY,
    "requirements_pkg_suspects": NOBODY,
    "requirements_pkg_restore": WRITERS,
    "requirements_pkg_carried": WRITERS,
    "requirements_pkg_carried_kind": WRITERS,
    "actionplan_user_send_link": ADMINISTRATOR,
    "actionplan_user_remove_factors": ADMINISTRATOR,
    "actionplan_invitation_again": ADMINISTRATOR,
    "actionplan_invitation_cancel": ADMINISTRATOR,
    # Refused to others; of nothing that is ticked the page says so.
    "requirements_pkg_change_many": WRITERS,
    # Whoever owns one end of the link.
    "requirements_pkg_confirm": WRITERS,
    "requirements_pkg_confirm_many": ALL_WRITERS,
    "requirements_pkg_inclusion": WRITERS,
    "requirements_pkg_template_sample": NOBODY,
    "followup_attachment": NOBODY,
    "followup_remove_attachment": OWN,
    "followup_report_preview": NOBODY,
    "followup_report_sent": NOBODY,
    "followup_questionnaire": NOBODY,
    "followup_calendar": NOBODY,
    "followup_evidence": NOBODY,
    "followup_workbook": NOBODY,
    "followup_workbook_file": NOBODY,
}
# Walked by a test of its own, for every foreign key.
AUTOCOMPLETE = "autocomplete"
# The catch-all and the old address of an object: the first finds nothing, the second only leads
# to the change page.
UNNAMED = {"(?P<url>.*)$": NOBODY, "<path:object_id>/": LOGGED_IN}
