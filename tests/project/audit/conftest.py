"""A row of each kind that stands for ever once it is there."""

from hashlib import sha256

import pytest
from django.utils import timezone

from actionplan.models import ChangeEvent, ChangeLog, EventKind, Indicator
from followup.models import (
    Evidence,
    FollowUpStep,
    LegalGround,
    RequestKind,
    SecondPersonRequest,
    SecrecyReview,
    StoredReportBasis,
)
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.actions.reviewing.comments import start_thread
from requirements_pkg.models import (
    Decision,
    PublishRequest,
    RequirementRevision,
    VersionWithdrawal,
    WithdrawalRequest,
)
from tests.factories import (
    DeviationFactory,
    FollowUpFactory,
    ReadingFactory,
    RequirementFactory,
    consult,
)
from tests.followup.models import masking_cases, report_cases


@pytest.fixture
def guarded_rows(plan, coordinator, reviewer) -> dict[str, int]:
    """By table, the key of a row that was logged, published, approved, decided or closed."""
    requirement = RequirementFactory(package=package_of(plan), source="Förordning")
    version = publish(
        package=requirement.package, by=coordinator, approved_by=reviewer, note="Första."
    )
    follow_up = FollowUpFactory(version=version, closed=True)
    reading = ReadingFactory(
        indicator=Indicator.objects.first(),
        author=coordinator,
        approved=True,
        approved_by=reviewer,
    )
    content = b"%PDF-1.4"
    rows = [
        ChangeEvent.objects.record(EventKind.CLOSED, plan, by=coordinator, detail={}),
        version,
        RequirementRevision.objects.get(),
        VersionWithdrawal(version=version, reason="Fel.", withdrawn_by=coordinator),
        follow_up,
        reading,
        Evidence(
            reading=reading,
            file_name="a.pdf",
            content=content,
            sha256=sha256(content).hexdigest(),
            uploaded_by=coordinator,
        ),
        FollowUpStep(follow_up=follow_up, from_status="audited", to_status="closed", by=reviewer),
        SecrecyReview(
            follow_up=follow_up,
            ground=LegalGround.values[0],
            conclusion="Inget hemligt.",
            text_sha256="0" * 64,
            reviewed_by=reviewer,
        ),
        DeviationFactory(
            follow_up=follow_up,
            requirement=requirement,
            state="closed",
            remedied_by=coordinator,
            closed_by=reviewer,
            closed_on=timezone.localdate(),
            evidence="Protokoll.",
        ),
        decided(
            PublishRequest(package=requirement.package, sha256="0" * 64, note="Ny."), reviewer
        ),
        decided(WithdrawalRequest(version=version, reason="Fel gräns."), reviewer),
        start_thread(about=requirement, by=reviewer, text="Vilken källa?"),
        consult(requirement.package, coordinator, reviewer).draft,
        decided(
            SecondPersonRequest(kind=RequestKind.CANCEL, follow_up=follow_up, reason="Upphör."),
            reviewer,
        ),
    ]
    for row in rows:
        if row.pk is None:
            if hasattr(row, "requested_by_id"):
                row.requested_by = coordinator
            row.save()
    report = report_cases.report()
    report.save()
    rows += [
        report,
        StoredReportBasis(report=report, content="{}"),
        report_cases.answered(),
        masking_cases.answered(),
    ]
    for row in rows[-3:]:
        row.save()
    keys = {row._meta.db_table: row.pk for row in rows}
    return keys | {"actionplan_changelog": ChangeLog.objects.latest("pk").pk}


def decided(request, by):
    request.decision, request.decided_by = Decision.APPROVED, by
    request.decided_at = timezone.now()
    return request
