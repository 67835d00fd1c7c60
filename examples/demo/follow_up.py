"""The demo's contracts followed up: what was found and learnt, and the version made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    EventKind,
    Indicator,
    IndicatorKind,
    Organisation,
    User,
)
from examples.demo.consultations import decided_example, open_example
from examples.demo.use import report_use
from examples.followed_up import (
    BASELINE,
    FOLLOWED,
    MEASURE,
    NOTE,
    REPORTED,
    REPORTS,
    REWORDED,
    TARGET,
    UNIT,
    Finding,
    Followed,
    FollowUpReported,
    Learnt,
)
from examples.requirements import module
from followup.actions.contracts.registering import (
    ContractParts,
    register_contract,
    supplier_known_as,
)
from followup.actions.contracts.selections import Versions, requirements_of
from followup.actions.deviations import (
    approve_action_plan,
    record_deviation,
    record_remedy,
    submit_action_plan,
)
from followup.actions.follow_ups import advance, ask, plan_follow_up, record_answers
from followup.actions.lessons import propose_change, take_in
from followup.actions.readings import approve, submit
from followup.actions.reports import approve_report, request_report
from followup.actions.summaries import publish_summary, review_secrecy
from followup.models import (
    Answer,
    Contract,
    CorrectiveAction,
    Deviation,
    DeviationState,
    FollowUp,
    FollowUpStatus,
    IndicatorReading,
    LegalGround,
    Lesson,
    Method,
    Summary,
    Supplier,
)
from requirements_pkg.actions.links import Link, confirm
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.choosing.selection_group import SelectionGroup
from requirements_pkg.models import PackageVersion, Requirement, RequirementsPackage

# A sub-supplier is called by what it makes, as requirements are.
NAMES_STAND: Final = "Ordet är namnet på en vara, inte på en leverantör."
REPORT_CONCLUSION: Final = (
    "Sammanfattningarna är prövade var för sig, och inget antal vilar på färre än tre "
    "leverantörer."
)
CONCLUSION: Final = (
    "Texten nämner varken leverantör, avtal eller ort, och beskriver inga affärsförhållanden."
)
_S = FollowUpStatus
# The way to where an example stands, without the steps that its deviations add.
ANSWERED_STEPS: Final = (_S.SENT, _S.ANSWERED, _S.REVIEWED)
WAYS: Final[Mapping[str, tuple[FollowUpStatus, ...]]] = {
    Method.SELF_ASSESSMENT: ANSWERED_STEPS,
    Method.TRANSPARENCY: ANSWERED_STEPS,
    Method.DIALOGUE: (_S.REVIEWED,),
    Method.AUDIT: (_S.AUDIT_DECIDED, _S.AUDITED),
}
CARRIED_OUT: Final = (_S.REVIEWED, _S.AUDITED)


@dataclass(frozen=True, slots=True)
class Demo:
    """Who does it, against which version, and from which day the examples count."""

    plan: ActionPlan
    version: PackageVersion
    by: User
    second: User
    today: date

    def day(self, number: int) -> date:
        return self.today + timedelta(days=number)

    def requirement(self, code: str) -> Requirement:
        return Requirement.objects.get(package=self.version.package, code=code)


@transaction.atomic
def follow_up_example(*, plan: ActionPlan, by: User, approved_by: User) -> None:
    """Follow up the example package, and publish it once more with what was learnt and answered.

    The shared module that it includes is out for consultation afterwards.

    Args:
        plan: the example plan, with its package published.
    """
    version = package_of(plan).versions.order_by("-number")[0]
    demo = Demo(plan, version, by, approved_by, timezone.localdate())
    made = [(example, _follow_up(demo, example)) for example in FOLLOWED]
    for example, follow_up in made:
        if example.learnt:
            _learn(demo, follow_up, example.learnt)
    _make_a_measure(plan)
    decided_example(package=package_of(plan), by=by, approved_by=approved_by)
    publish(
        package=package_of(plan),
        by=by,
        approved_by=approved_by,
        note=NOTE,
        names_stand=NAMES_STAND,
    )
    for example, follow_up in made:
        if example.summary:
            _tell(demo, follow_up, example.summary)
    _report(demo)
    report_use(version=version, by=by)
    for reported in REPORTS:
        _publish_report(demo, reported)
    shared = RequirementsPackage.objects.get(slug=module.SLUG)
    open_example(package=shared, by=by, approved_by=approved_by)


def _follow_up(demo: Demo, example: Followed) -> FollowUp:
    """Take one follow-up step by step to where it stands."""
    follow_up = FollowUp(
        product_area=demo.plan.product_areas.get(number=example.area),
        version=demo.version,
        organisation=Organisation.objects.get(code=example.organisation),
        method=example.method,
        audit_form=example.audit_form,
        responsible=demo.by,
        planned_for=demo.day(example.planned),
        **_contract(demo, example),
    )
    plan_follow_up(follow_up=follow_up, by=demo.by)
    uids = [str(demo.requirement(code).uid) for code in example.asks]
    ask(follow_up=follow_up, requirement_uids=uids, by=demo.by)
    if example.status != _S.PLANNED:
        _carry_out(demo, follow_up, example)
    return follow_up


def _contract(demo: Demo, example: Followed) -> dict[str, object]:
    """Register the contract of a follow-up, where one is told; else say which it is."""
    if example.number is None:
        return {"contract_reference": example.contract, "supplier": example.supplier}
    area = demo.plan.product_areas.get(number=example.area)
    contract = Contract(
        organisation=Organisation.objects.get(code=example.organisation),
        reference=example.contract,
        value=example.value,
        starts_on=demo.day(example.planned - 400),
        ends_on=demo.day(example.planned + 600),
        options="2 × 12 månader",
    )
    group = SelectionGroup(demo.version.package.slug, demo.version.number, example.asks)
    requirements = requirements_of([group], Versions())
    parts = ContractParts(
        supplier=supplier_known_as(Supplier(name=example.supplier, number=example.number)),
        joint_owners=[],
        areas=[area],
        requirements=requirements,
    )
    return {"contract": register_contract(contract=contract, parts=parts, by=demo.by)}


def _carry_out(demo: Demo, follow_up: FollowUp, example: Followed) -> None:
    """Take the steps of a follow-up's method, then those that come of what was found."""
    on = None if example.done is None else demo.day(example.done)
    for to in WAYS[example.method]:
        if to == _S.ANSWERED:
            _answer(demo, follow_up, {finding.code for finding in example.findings})
        advance(follow_up=follow_up, to=to, by=demo.by, on=on if to in CARRIED_OUT else None)
        if to == example.status:
            return
    if example.findings and on is not None:
        _find(demo, follow_up, example, on)
    elif example.method != Method.AUDIT:
        advance(follow_up=follow_up, to=_S.APPROVED, by=demo.by)
    if follow_up.status != example.status:
        advance(follow_up=follow_up, to=example.status, by=demo.by)


def _answer(demo: Demo, follow_up: FollowUp, wanting: set[str]) -> None:
    """Record the supplier's answers: "partly" where something was found afterwards."""
    questions = list(follow_up.questions.select_related("requirement"))
    for question in questions:
        lacks = question.requirement.code in wanting
        question.answer = Answer.PARTLY if lacks else Answer.YES
        question.comment = "Se bifogade handlingar."
    record_answers(follow_up=follow_up, questions=questions, by=demo.by)


def _find(demo: Demo, follow_up: FollowUp, example: Followed, found_on: date) -> None:
    """Record its deviations with their action plans; close those that are remedied."""
    deviations = [
        record_deviation(
            follow_up=follow_up,
            requirement_uid=str(demo.requirement(finding.code).uid),
            by=demo.by,
            severity=finding.severity,
            finding=finding.finding,
            found_on=found_on,
            due_on=demo.day(finding.due),
        )
        for finding in example.findings
    ]
    advance(follow_up=follow_up, to=_S.PLAN_REQUESTED, by=demo.by)
    for deviation, finding in zip(deviations, example.findings, strict=True):
        CorrectiveAction.objects.create(
            deviation=deviation,
            text=finding.action,
            due_on=demo.day(finding.due),
            done_on=None if finding.closed is None else demo.day(finding.closed),
        )
        submit_action_plan(deviation=deviation, by=demo.by)
        approve_action_plan(deviation=deviation, by=demo.by)
    advance(follow_up=follow_up, to=_S.PLAN_APPROVED, by=demo.by)
    advance(follow_up=follow_up, to=_S.ACTING, by=demo.by)
    for deviation, finding in zip(deviations, example.findings, strict=True):
        if finding.closed is not None:
            _remedy(demo, deviation, finding, demo.day(finding.closed))


def _remedy(demo: Demo, deviation: Deviation, finding: Finding, closed_on: date) -> None:
    row = record_remedy(deviation=deviation, by=demo.by, evidence=finding.evidence)
    # It was closed on a day of the example, and not on the day the demo was made; what is closed
    # the database lets nobody change.
    by = demo.second if row.is_severe else demo.by
    detail = {"from": row.state, "to": DeviationState.CLOSED, "severity": row.severity}
    row.state, row.closed_by, row.closed_on = DeviationState.CLOSED, by, closed_on
    row.full_clean()
    row.signed_by(by).save()
    ChangeEvent.objects.record(EventKind.ADVANCED, row, by=by, detail=detail)


def _learn(demo: Demo, follow_up: FollowUp, learnt: Learnt) -> None:
    """Write a reviewed lesson, propose a change, and take it into the reworded requirement."""
    lesson = Lesson.objects.create(
        follow_up=follow_up,
        text=learnt.text,
        public_text=learnt.public_text,
        written_by=demo.by,
    )
    review_secrecy(
        subject=lesson, by=demo.second, ground=LegalGround.BUSINESS, conclusion=CONCLUSION
    )
    requirement = demo.requirement(learnt.code)
    change = propose_change(lesson=lesson, requirement=requirement, text=learnt.change, by=demo.by)
    before, after = REWORDED[learnt.code]
    requirement.text = requirement.text.replace(before, after)
    requirement.signed_by(demo.by)
    requirement.full_clean()
    requirement.save()
    take_in(change=change, by=demo.by)
    links: list[Link] = [*requirement.treatments.all(), *requirement.services.all()]
    for link in links:
        confirm(link=link, by=demo.by, read=link.current_hash)


def _tell(demo: Demo, follow_up: FollowUp, text: str) -> None:
    summary = Summary.objects.create(follow_up=follow_up, text=text, written_by=demo.by)
    review_secrecy(
        subject=summary, by=demo.second, ground=LegalGround.BUSINESS, conclusion=CONCLUSION
    )
    publish_summary(summary=summary, by=demo.by)


def _make_a_measure(plan: ActionPlan) -> None:
    """Let one indicator have figures, so that there is a curve to look at."""
    indicator = Indicator.objects.get(sub_goal__goal__plan=plan, number=MEASURE)
    indicator.kind, indicator.unit = IndicatorKind.MEASURE, UNIT
    indicator.baseline, indicator.target = BASELINE, TARGET
    indicator.full_clean()
    indicator.save()


def _report(demo: Demo) -> None:
    """Report readings of the indicators, and have them approved by somebody else."""
    indicators = Indicator.objects.filter(sub_goal__goal__plan=demo.plan)
    by_number = {indicator.number: indicator for indicator in indicators}
    for reported in REPORTED:
        reading = IndicatorReading(
            indicator=by_number[reported.indicator],
            as_of=demo.day(reported.day),
            status=reported.status,
            value=reported.value,
            comment=reported.comment,
            author=demo.by,
        )
        reading.full_clean()
        reading.save()
        approve(reading=submit(reading=reading, by=demo.by), by=demo.second)


def _publish_report(demo: Demo, report: FollowUpReported) -> None:
    request = request_report(
        package=package_of(demo.plan),
        as_of=demo.day(report.day),
        note=report.note,
        by=demo.by,
    )
    approve_report(
        request=request,
        by=demo.second,
        ground=LegalGround.BUSINESS,
        conclusion=REPORT_CONCLUSION,
    )
