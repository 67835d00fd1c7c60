"""Two consultations of the demo: one that is decided and published, and one that is open."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from actionplan.models import User
from requirements_pkg.actions.dialogue.consultations import (
    close_consultation,
    freeze_draft,
    let_out,
)
from requirements_pkg.actions.dialogue.deciding import decide_remark, sum_up
from requirements_pkg.actions.dialogue.replies import begin_reply, send_reply, write
from requirements_pkg.models import Consultation, ConsultationRemark, RequirementsPackage
from requirements_pkg.reviewing.consulted import opened_draft

# A sub-supplier is called by what it makes, as requirements are.
NAMES_STAND: Final = "Ordet är namnet på en vara, inte på en leverantör."
WEEKS: Final = timedelta(weeks=5)


class Answer(NamedTuple):
    """What somebody says, of requirements by code and under "" of the whole."""

    texts: Mapping[str, str]
    organisation: str = ""
    may_be_named: bool = False


class Outcome(NamedTuple):
    """What came of a remark on a requirement, or on the whole."""

    decision: str
    summary: str
    reason: str


QUESTION: Final = (
    "Vi har ändrat krav efter de första uppföljningarna. Är de nya kraven möjliga att visa, också "
    "för mindre leverantörer?"
)
ANSWERS: Final = (
    Answer(
        {
            "": "Bra att kraven bygger på det som uppföljningarna visade. Behåll antalet.",
            "DH-04": "Ange vilket år intyget ska gälla, annars får ni gamla intyg.",
        },
        "Återbruksföretagen (påhittad)",
        may_be_named=True,
    ),
    Answer({"DH-13": "Tolv veckor är lång tid. Räcker inte åtta?"}, "Hallbolaget (påhittat)"),
)
OUTCOMES: Final = {
    "": Outcome("taken_in", "Behåll antalet krav.", "Inga krav har lagts till."),
    "DH-04": Outcome("taken_in", "Ange vilket år intyget gäller.", "Kravet nämner kalenderåret."),
    "DH-13": Outcome(
        "not_taken_in",
        "Förkorta tiden för anmälan till åtta veckor.",
        "Regionen behöver tiden för att hinna granska en ny ort.",
    ),
}
QUESTION_NOW: Final = (
    "De gemensamma villkoren används i flera kravpaket. Saknas något, och är något svårt att "
    "följa upp?"
)
ANSWERS_NOW: Final = (
    Answer(
        {"": "Villkoren är tydliga, men säg hur ofta de följs upp."}, "Inköparnätverket (påhittat)"
    ),
)


@transaction.atomic
def decided_example(*, package: RequirementsPackage, by: User, approved_by: User) -> None:
    """Send the draft of a package out, and decide on what is answered; it ended a week ago."""
    row = _opened(package, QUESTION, by=by, approved_by=approved_by)
    for answer in ANSWERS:
        _answer(row, answer)
    close_consultation(consultation=row, by=by)
    ago = timezone.now() - WEEKS
    # A demo has a past; the log tells what was done today.
    Consultation.objects.filter(pk=row.pk).update(
        requested_at=ago,
        decided_at=ago,
        closed_at=timezone.now() - timedelta(weeks=1),
        closes_on=timezone.localdate() - timedelta(weeks=1),
    )
    for remark in ConsultationRemark.objects.of(row):
        remark.reply.consultation = row
        remark.decision, remark.summary, remark.reason = OUTCOMES[remark.cite.partition(":")[0]]
        decide_remark(remark=remark, by=by)
    sum_up(consultation=row, by=by, names_stand=NAMES_STAND)


@transaction.atomic
def open_example(*, package: RequirementsPackage, by: User, approved_by: User) -> None:
    """Send the draft of a package out, with an answer that waits."""
    row = _opened(package, QUESTION_NOW, by=by, approved_by=approved_by)
    for answer in ANSWERS_NOW:
        _answer(row, answer)


def _opened(
    package: RequirementsPackage, introduction: str, *, by: User, approved_by: User
) -> Consultation:
    row = Consultation(introduction=introduction, closes_on=timezone.localdate() + WEEKS)
    made = freeze_draft(package=package, by=by, row=row, names_stand=NAMES_STAND)
    let_out(consultation=made, by=approved_by)
    return made


def _answer(row: Consultation, answer: Answer) -> None:
    content = opened_draft(row).content
    reply = begin_reply(row)
    uids = {requirement.code: requirement.uid for requirement in content.requirements}
    for code, text in answer.texts.items():
        write(reply=reply, about=uids.get(code, ""), text=text)
    sender: dict[str, str | bool] = {
        "organisation": answer.organisation,
        "has_consented": bool(answer.organisation),
        "may_be_named": answer.may_be_named,
    }
    send_reply(reply=reply, content=content, sender=sender)
