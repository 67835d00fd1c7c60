"""A version that was followed up, with a row in every table of followup."""

from datetime import date

from django.utils import timezone

from actionplan.models import Indicator, Organisation, User
from followup.actions.answering import supplier_forms as answering
from followup.actions.masking import request_masking
from followup.actions.reports import name_hits, request_report
from followup.drafting.report_draft import report_draft
from followup.models import (
    Attachment,
    CalendarFeed,
    ClauseLevel,
    Contract,
    ContractArea,
    Deviation,
    Evidence,
    FollowUp,
    FollowUpStatus,
    FollowUpStep,
    JointOwner,
    Method,
    Question,
    ReminderKind,
    ReminderOptOut,
    ReportingPeriod,
    RequestKind,
    ReusedAudit,
    Sanction,
    SanctionKind,
    SecondPersonRequest,
    SentReminder,
    SupplierForm,
    UseDecision,
    UsedRequirement,
)
from followup.models.personal import token_hash
from requirements_pkg.models import PackageVersion, Requirement
from tests.factories import (
    ActionFactory,
    ChangeFactory,
    ContractFactory,
    ContractRequirementFactory,
    DeviationFactory,
    FollowUpFactory,
    LessonFactory,
    QuestionFactory,
    ReadingFactory,
    SummaryFactory,
    UseClaimFactory,
    reviewed,
)
from tests.factories.reports import report_on

DAY = date(2026, 3, 16)


def add_readings(version: PackageVersion) -> None:
    """A draft with a file, and a period, for the last indicator of a version's plan."""
    plan, author = version.package.plan, version.published_by
    indicator = Indicator.objects.filter(sub_goal__goal__plan=plan).last()
    reading = ReadingFactory(indicator=indicator, author=author)
    Evidence.objects.create(
        reading=reading, file_name="a.pdf", content=b"x", sha256="0" * 64, uploaded_by=author
    )
    ReportingPeriod.objects.create(
        plan=plan, name="våren 2026", first_day=date(2026, 1, 1), last_day=date(2026, 6, 30)
    )


def questions_to_supplier(version: PackageVersion) -> str:
    """A question that waits for its supplier's answer; returns the secret of their page."""
    followed = FollowUpFactory(version=version, status="sent")
    QuestionFactory(follow_up=followed, requirement=version.package.requirements.first())
    form = SupplierForm.objects.create(
        key="nyckel",
        follow_up=followed,
        reply_by=DAY,
        sender="Region Stockholm",
        contact="Kim Ek",
        sent_by=version.published_by,
    )
    return answering.token_of(form)


def add_answers(question: Question, deviation: Deviation, by: User) -> None:
    """What the supplier was sent, a file that came back, and one of the region's own."""
    SupplierForm.objects.create(
        key="nyckel",
        follow_up=question.follow_up,
        reply_by=DAY,
        sender="Region Stockholm",
        contact="Kim Ek, 08-123 45 67",
        email="kim@leverantor.example",
        message="Svara för hela koncernen.",
        answers={str(question.pk): {"answer": "no", "comment": "Utkast.", "evidence": ""}},
        sent_by=by,
    )
    file = {"content": b"%PDF-", "size": 5, "sha256": "0" * 64}
    Attachment.objects.create(
        follow_up=question.follow_up, question=question, file_name="svar.pdf", **file
    )
    Attachment.objects.create(
        follow_up=question.follow_up,
        deviation=deviation,
        file_name="intyg.pdf",
        uploaded_by=by,
        **file,
    )


def add_follow_up(version: PackageVersion, requirement: Requirement) -> FollowUp:
    """A follow-up with all that was asked, found and learnt about a requirement."""
    by, second = version.published_by, version.approved_by
    followed = FollowUpFactory(version=version, status="acting", done_on=DAY, responsible=by)
    FollowUpStep.objects.create(
        follow_up=followed,
        from_status=FollowUpStatus.PLAN_APPROVED,
        to_status=FollowUpStatus.ACTING,
        by=by,
        note="Enligt samtal.",
    )
    question = QuestionFactory(
        follow_up=followed,
        requirement=requirement,
        answer="yes",
        comment="Ja, se bilaga.",
        evidence="Bilaga 1",
        answered_on=DAY,
        assessed="deviates",
        explanation="Smältverket är nytt i år.",
    )
    ReusedAudit.objects.create(
        follow_up=followed,
        organisation="Inköpscentralen",
        clause_level=ClauseLevel.SAME,
        method=Method.AUDIT,
        audited_on=DAY,
        reference="Rapport 7",
    )
    deviation = DeviationFactory(follow_up=followed, requirement=requirement, evidence="Bilaga 2")
    ActionFactory(deviation=deviation)
    add_answers(question, deviation, by)
    SecondPersonRequest.objects.create(
        kind=RequestKind.CANCEL,
        follow_up=followed,
        old=followed.status,
        new=FollowUpStatus.CANCELLED,
        reason="Avtalet sägs upp.",
        requested_by=by,
    )
    Sanction.objects.create(
        follow_up=followed, kind=SanctionKind.PENALTY, decided_on=DAY, reference="Beslut 3"
    )
    ChangeFactory(lesson=LessonFactory(follow_up=followed, written_by=by), requirement=requirement)
    reviewed(SummaryFactory(follow_up=followed, written_by=by), second)
    add_contract(version, requirement)
    add_use(version, requirement)
    return followed


def add_use(version: PackageVersion, requirement: Requirement) -> None:
    """A use of a requirement that somebody reported and a coordinator has confirmed."""
    claim = UseClaimFactory(
        package=version.package,
        email="",
        decision=UseDecision.ACCEPTED,
        reason="Enligt samtal.",
        decided_by=version.published_by,
        decided_at=timezone.now(),
    )
    UsedRequirement.objects.create(claim=claim, version=version, requirement=requirement)


def add_contract(version: PackageVersion, requirement: Requirement) -> Contract:
    """A joint contract with all that belongs to one."""
    area = version.package.plan.product_areas.order_by("number").first()
    uppsala = Organisation.objects.get(code="uppsala")
    contract = ContractFactory(
        kind="joint", value=1_200_000, options="2 × 12 månader", cpv="48820000-2"
    )
    JointOwner.objects.create(contract=contract, organisation=uppsala)
    ContractArea.objects.create(contract=contract, product_area=area)
    ContractRequirementFactory(
        contract=contract, version=version, requirement=requirement, values={"antal": "fyra"}
    )
    return contract


def add_reports(version: PackageVersion) -> None:
    """A published report with a reading in it, and another that waits.

    Of the second somebody has said that words may stand which look like a name.
    """
    by, second, package = version.published_by, version.approved_by, version.package
    indicator = Indicator.objects.filter(sub_goal__goal__plan=package.plan).last()
    made = {"indicator": indicator, "author": by, "approved": True, "approved_by": second}
    ReadingFactory(as_of=DAY, **made)
    report_on(package)
    request_masking(
        package=package, words="tidsplanen", by=by, ground="osl_31_16", reason="En prövning."
    )
    ReadingFactory(as_of=date(2026, 4, 1), comment="Ring 08-123 45 67 om det.", **made)
    sent = {"package": package, "as_of": timezone.localdate(), "note": "Läget i april.", "by": by}
    today = timezone.localdate()
    hits = name_hits(package, report_draft(package, as_of=today, on=today).report, "")
    request_report(**sent, cleared={hit.key: "Det är växelns nummer." for hit in hits})


def add_personal(user: User) -> None:
    """What is one person's own."""
    CalendarFeed.objects.get_or_create(
        user=user, defaults={"token_sha256": token_hash(user.username)}
    )
    ReminderOptOut.objects.create(user=user)
    SentReminder.objects.create(
        user=user,
        kind=ReminderKind.FOLLOW_UP,
        target_id=1,
        due_on=DAY,
        step=1,
        sent_at=timezone.now(),
    )
