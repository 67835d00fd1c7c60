"""Fixtures of the house's own rules."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from actionplan.accounts.people.invitations import invite
from actionplan.extension_points import PlanTab
from actionplan.models import Invitation, Role, SheetWord
from followup.actions.contracts.use_claims import token_of as use_token
from followup.actions.personal import make_calendar, off_token
from followup.models import (
    Contract,
    FollowUp,
    IndicatorReading,
    Masking,
    ReportingPeriod,
    ReportRequest,
    UseClaim,
)
from requirements_pkg.actions.dialogue import replies
from requirements_pkg.actions.dialogue.consultations import close_consultation
from requirements_pkg.actions.dialogue.deciding import sum_up
from requirements_pkg.actions.dialogue.invitations import invite as invite_to_answer
from requirements_pkg.actions.dialogue.subscriptions import token_of
from requirements_pkg.actions.letterheads import keep_template
from requirements_pkg.actions.publishing import package_of, publish, request_publication
from requirements_pkg.actions.reviewing.comments import start_thread
from requirements_pkg.actions.withdrawal import request_withdrawal
from requirements_pkg.models import (
    AcceptedProof,
    CommentThread,
    Consultation,
    ConsultationRemark,
    Feedback,
    PackageInclusion,
    PackageVersion,
    PublishRequest,
    RiskTreatment,
    WithdrawalRequest,
    WordTemplate,
)
from requirements_pkg.published import page_cache
from risks.models import PlanUpload, RiskStatement
from tests.factories import (
    FeedbackFactory,
    ModuleFactory,
    PlanFactory,
    RequirementFactory,
    SubscriptionFactory,
    UseClaimFactory,
    answered,
    consult,
    fill_cell,
)
from tests.factories.reports import report_on
from tests.kept import kept
from tests.project.back_office.admin_table import PEOPLE
from tests.project.back_office.admin_world import model_of, row_of
from tests.project.pages.followed_up import (
    add_follow_up,
    add_readings,
    add_reports,
    questions_to_supplier,
)
from tests.project.pages.growth import add_chain
from tests.requirements_pkg.letterheads import a_letterhead

READING_PAGES = [f"followup_reading_{page}" for page in ("submit", "correct", "decide")]
SUMMARY_PAGES = [f"followup_summary_{page}" for page in ("review", "publish", "withdraw")]


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """No page that an earlier test made is kept."""
    page_cache.forget()
    yield
    page_cache.forget()


@pytest.fixture
@kept
def version(plan, coordinator, reviewer) -> PackageVersion:
    """A published package with a requirement, which treats a risk of the second area only."""
    area = plan.product_areas.get(number=2)
    cell = fill_cell(area, "use", "environment", risks=["Ett år gamla nät byts ut."])
    package = package_of(plan)
    RequirementFactory(package=package, code="SE-01", treats=cell.statements.all())
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Första versionen.")


@pytest.fixture
@kept
def names(version, coordinator, reviewer) -> dict[str, object]:
    """What stands in the public addresses; nothing of the draft is published."""
    draft = PlanFactory(with_matrix=True, with_goals=True)
    slug = version.package.slug
    report_on(version.package)
    module = ModuleFactory(slug="tidigare-pa-remiss", title="Tidigare på remiss")
    RequirementFactory(package=module, code="TR-01")
    earlier = consult(module, coordinator, reviewer)
    close_consultation(consultation=earlier, by=coordinator)
    sum_up(consultation=earlier, by=coordinator)
    publish(package=module, by=coordinator, approved_by=reviewer, note="Efter remiss.")
    opened = consult(module, coordinator, reviewer)
    return {
        "questions": questions_to_supplier(version),
        "slug": slug,
        "number": version.number,
        "code": "SE-01",
        "draft": draft.slug,
        # What one person's own mails and calendar carry.
        "off": off_token(coordinator),
        "calendar": make_calendar(by=coordinator),
        "consultation": opened.key,
        "consulted": module.slug,
        "consulted_code": "TR-01",
        "reply": replies.token_of(replies.begin_reply(opened)),
        "subscription": token_of(SubscriptionFactory(package=version.package)),
        "use_claim": use_token(UseClaimFactory(package=version.package, confirmed_at=None)),
    }


@pytest.fixture
@kept
def publish_request(plan, version, coordinator, reviewer) -> PublishRequest:
    """A published plan that has changed since, and waits for approval."""
    add_chain(version)
    add_readings(version)
    add_follow_up(version, version.package.requirements.first())
    add_reports(version)
    request_withdrawal(version=version, by=coordinator, reason="Fel gräns.")
    FeedbackFactory(package=version.package)
    closed = consult(version.package, coordinator, reviewer)
    answered(closed, {"": "Bra."})
    invite_to_answer(consultation=closed, by=coordinator, addresses=["kim@tenn.example"])
    close_consultation(consultation=closed, by=coordinator)
    consult(version.package, coordinator)
    start_thread(about=version.package.requirements.first(), by=coordinator, text="Källan?")
    plan.introduction = "En ny inledning."
    plan.save()
    return request_publication(package=version.package, by=coordinator, note="Nytt.")


@pytest.fixture
@kept
def upload(coordinator) -> PlanUpload:
    return PlanUpload.objects.create(
        file_name="plan.txt", content=b"x", sha256="0" * 64, uploaded_by=coordinator
    )


@pytest.fixture
@kept
def template(plan, coordinator) -> WordTemplate:
    """A letterhead of the coordinator's own region."""
    made = WordTemplate(organisation=plan.coordinator)
    keep_template(template=made, by=coordinator, file_name="b.docx", content=a_letterhead())
    return made


def arguments_of_pages(
    publish_request: PublishRequest, upload: PlanUpload, template: WordTemplate
) -> dict[str, list[object]]:
    """What stands in the address of each page that is about something."""
    plan = publish_request.package.plan
    version = PackageVersion.objects.get(package__plan=plan)
    package, inclusion = version.package, PackageInclusion.objects.get()
    requirement, of_module = package.requirements.first(), inclusion.module.requirements.get()
    # Not the one that a supplier of a public address answers in.
    followed = FollowUp.objects.get(deviations__isnull=False)
    reading = IndicatorReading.objects.get(state="draft")
    deviation, lesson = followed.deviations.get(), followed.lessons.get()
    consultation = version.package.consultations.approved().get()
    return {
        "app_list": ["risks"],
        "view_on_site": [ContentType.objects.get_for_model(version).pk, version.pk],
        "auth_user_password_change": [upload.uploaded_by_id],
        "actionplan_user_send_link": [upload.uploaded_by_id],
        "actionplan_user_remove_factors": [upload.uploaded_by_id],
        "actionplan_invitation_again": [Invitation.objects.get().pk],
        "actionplan_invitation_cancel": [Invitation.objects.get().pk],
        "risks_import_preview": [upload.pk],
        "long_list": ["ingen"],
        **{
            f"actionplan_actionplan_{tab.name.lower()}": [plan.pk]
            for tab in PlanTab
            if tab is not PlanTab.HISTORY
        },
        "risks_export": [plan.pk, "json"],
        "risks_kept": [plan.pk],
        "risks_cell": [RiskStatement.objects.filter(cell__product_area__plan=plan)[0].cell_id],
        "risks_here": [RiskStatement.objects.filter(cell__product_area__plan=plan)[0].cell_id],
        "risks_undo_import": [plan.pk],
        "risks_levels": [plan.product_areas.first().pk],
        "requirements_pkg_preview": [plan.pk],
        "requirements_pkg_template_sample": [template.pk],
        "requirements_pkg_ask": [plan.pk],
        "requirements_pkg_decide": [publish_request.pk],
        "requirements_pkg_changes": [plan.pk, "om"],
        "requirements_pkg_module_changes": [inclusion.module_id, "krav"],
        "requirements_pkg_comments": ["krav", requirement.pk],
        "requirements_pkg_thread": [CommentThread.objects.get().pk],
        "requirements_pkg_all_comments": ["plan", plan.pk],
        "requirements_pkg_announcements": [version.pk],
        "requirements_pkg_decide_feedback": [Feedback.objects.get().pk],
        "followup_contract_changes": [Contract.objects.get().pk],
        "followup_use_claim_decide": [UseClaim.objects.accepted().get().pk],
        "requirements_pkg_consult": [plan.pk],
        "requirements_pkg_module_consult": [inclusion.module_id],
        "requirements_pkg_consultation": [consultation.pk],
        "requirements_pkg_decide_consultation": [Consultation.objects.pending().get().pk],
        "requirements_pkg_consulted_draft": [consultation.pk],
        "requirements_pkg_invitees": [consultation.pk],
        "requirements_pkg_answers": [consultation.pk],
        "requirements_pkg_answers_file": [consultation.pk],
        "requirements_pkg_decide_remark": [ConsultationRemark.objects.get().pk],
        "requirements_pkg_sum_up": [consultation.pk],
        "requirements_pkg_module_preview": [inclusion.module_id],
        "requirements_pkg_module_ask": [inclusion.module_id],
        "requirements_pkg_withdraw_version": [version.pk],
        "requirements_pkg_decide_withdrawal": [WithdrawalRequest.objects.get().pk],
        "requirements_pkg_withdraw": [requirement.pk],
        "requirements_pkg_restore": [requirement.pk],
        "requirements_pkg_requirement_preview": [requirement.pk],
        "requirements_pkg_copy": [requirement.pk],
        "requirements_pkg_close": [plan.pk],
        "requirements_pkg_reopen": [plan.pk],
        "requirements_pkg_start_period": [plan.pk],
        "requirements_pkg_undo_period": [plan.pk],
        "requirements_pkg_carried": [plan.pk],
        "requirements_pkg_carried_kind": [plan.pk, "area"],
        "requirements_pkg_coverage": [plan.pk],
        "requirements_pkg_change_many": [package.pk],
        "requirements_pkg_confirm": ["risk", RiskTreatment.objects.first().pk],
        "requirements_pkg_include": [package.pk],
        "requirements_pkg_inclusion": [inclusion.pk],
        "requirements_pkg_module_links": [inclusion.pk, of_module.pk],
        "followup_step": [followed.pk, "re_audit"],
        "followup_questions": [followed.pk],
        "followup_answers": [followed.pk],
        "followup_reuse": [followed.pk],
        "followup_questionnaire": [followed.pk],
        "followup_read_answers": [followed.pk],
        "followup_calendar": [plan.pk],
        "followup_deviation_step": [deviation.pk, "plan_submitted"],
        "followup_write_off": [deviation.pk],
        "followup_send": [followed.pk],
        "followup_attachments": [deviation.pk],
        "followup_attachment": [deviation.attachments.get().pk],
        "followup_remove_attachment": [deviation.attachments.get().pk],
        "followup_request_decide": [followed.requests.get().pk],
        "followup_sanction": [followed.pk],
        "followup_lift_sanction": [followed.pk, followed.sanctions.get().pk],
        **{page: [reading.pk] for page in READING_PAGES},
        **{page: [followed.summary.pk] for page in SUMMARY_PAGES},
        "followup_summary_write": [followed.pk],
        "followup_lesson_review": [lesson.pk],
        "followup_propose": [lesson.pk],
        "followup_change_decide": [lesson.changes.get().pk, "avboj"],
        "followup_evidence": [reading.evidence.pk],
        "followup_report_write": [plan.pk],
        "followup_report_preview": [plan.pk],
        "followup_mask": [plan.pk],
        "followup_mask_module": [inclusion.module_id],
        "followup_masking_decide": [Masking.objects.get().pk],
        "followup_report_decide": [ReportRequest.objects.pending().get().pk],
        "followup_report_sent": [ReportRequest.objects.pending().get().pk],
        "followup_period_lock": [ReportingPeriod.objects.get().pk],
        "followup_period_unlock": [ReportingPeriod.objects.get().pk],
    }


@pytest.fixture
@kept
def invitation(region_administrator, stockholm) -> Invitation:
    """Somebody who is asked to join the coordinator's region."""
    roles = [(Role.ANALYST, stockholm)]
    return invite(
        email="ny@region.example", roles=roles, days=7, by=region_administrator
    ).invitation


@pytest.fixture
@kept
def sheet_word(db) -> SheetWord:
    """A word of a file that somebody said the meaning of."""
    facts = {"sheet": "risks.RiskStatement", "column": "kind", "folded": "fara"}
    return SheetWord.objects.create(**facts, meaning="risk", label="risk")


@pytest.fixture
def world(
    publish_request, upload, template, invitation, sheet_word, request
) -> Callable[[str], str]:
    """Something of every model, and the address of each page about it."""
    for persona in PEOPLE:
        if persona != "visitor":
            request.getfixturevalue(persona)
    AcceptedProof.objects.create(name="EMAS", owner="EU", proves="Miljöledning.")
    arguments = arguments_of_pages(publish_request, upload, template)

    def address(name: str) -> str:
        label, _dot, page = name.rpartition("/")
        if not label:
            return reverse(f"admin:{name}", args=arguments.get(name, []))
        model = model_of(label)
        route = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        is_about_row = page in ("change", "delete", "history")
        return reverse(route, args=[row_of(model).pk] if is_about_row else [])

    return address
