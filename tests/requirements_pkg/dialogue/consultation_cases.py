"""Cases that break a constraint of consultations and of what is answered."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from actionplan.models import User
from requirements_pkg.models import (
    Consultation,
    ConsultationInvitee,
    ConsultationRemark,
    ConsultationReply,
    ConsultedDraft,
    RequirementsPackage,
)
from tests.project.house.breaking import Break

UID = uuid4()
AGREES = "Ett beslut om remissen ska ha ett datum, och ett datum ska ha ett beslut."


def person(name: str) -> User:
    return User.objects.get(username=name)


def waiting(number: int = 1) -> Consultation:
    return Consultation(
        package=RequirementsPackage.objects.first(),
        number=number,
        title="Möbler",
        introduction="Är kraven rimliga?",
        closes_on=timezone.localdate() + timedelta(days=30),
        key=f"mobler-{number}",
        requested_by=person("coordinator"),
    )


def decided(decision: str, answer: str = "") -> Consultation:
    """A decided consultation, beside one that waits."""
    if not Consultation.objects.exists():
        waiting().save()
    row = waiting(2)
    row.decision, row.answer = decision, answer
    row.decided_by, row.decided_at = person("reviewer"), timezone.now()
    return row


def approved() -> Consultation:
    return decided("approved")


def returned() -> Consultation:
    return decided("returned", "Fler krav först.")


def undone(row: Consultation) -> str:
    """Make a decided consultation wait again, as the one beside it does."""
    row.decided_by = row.decided_at = None
    return "pending"


def summed_up() -> Consultation:
    row = approved()
    row.summary, row.summed_up_at = "{}", timezone.now()
    return row


def decided_remark() -> ConsultationRemark:
    row = remark()
    row.decision, row.summary, row.reason = "partly", "Otydligt mått.", "Vi förtydligar."
    row.decided_by, row.decided_at = person("coordinator"), timezone.now()
    return row


def draft() -> ConsultedDraft:
    row = Consultation.objects.first() or waiting()
    row.save()
    return ConsultedDraft(consultation=row, content="{}", sha256="0" * 64)


def reply() -> ConsultationReply:
    row = Consultation.objects.first() or waiting()
    row.save()
    return ConsultationReply(consultation=row, sent_at=timezone.now())


def remark() -> ConsultationRemark:
    """A remark on a requirement, beside others on another and on the whole."""
    if not ConsultationRemark.objects.exists():
        sent = reply()
        sent.save()
        of_single = {"uid": UID, "cite": "SE-01:1", "title": "Spåra tenn"}
        for about in ({}, of_single):
            ConsultationRemark.objects.create(reply=sent, text="Bra.", **about)
    return ConsultationRemark(
        reply=ConsultationReply.objects.first(),
        uid=uuid4(),
        cite="SE-02:1",
        title="Redovisa",
        text="Otydligt.",
    )


def invitee() -> ConsultationInvitee:
    """Somebody who is invited, beside somebody else."""
    if not ConsultationInvitee.objects.exists():
        for address in ("a@a.example", ""):
            own = reply()
            own.save()
            if address:
                ConsultationInvitee.objects.create(
                    consultation=own.consultation, email=address, reply=own
                )
    own = ConsultationReply.objects.filter(invitee=None).first()
    return ConsultationInvitee(consultation=own.consultation, email="b@b.example", reply=own)


CASES = [
    Break(
        "requirements_pkg_consultationinvitee_email_is_filled",
        invitee,
        {"email": ""},
        "Ange en e-postadress.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_consultationinvitee_once",
        invitee,
        {"email": "a@a.example"},
        "Adressen är redan inbjuden till remissen.",
    ),
    Break(
        "requirements_pkg_consultation_number_once",
        approved,
        {"number": 1},
        "Kravpaketet har redan en remiss med det numret.",
    ),
    Break(
        "requirements_pkg_consultation_key_once",
        approved,
        {"key": "mobler-1"},
        "Adressen är upptagen. Skicka en gång till.",
    ),
    Break(
        "requirements_pkg_consultation_one_pending",
        returned,
        {"decision": undone},
        "En remiss om kravpaketet väntar redan på godkännande.",
    ),
    Break(
        "requirements_pkg_consultation_decision_is_known",
        approved,
        {"decision": "kanske"},
        "Välj väntar, godkänd eller återlämnad för remissen.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_consultation_who_and_when",
        approved,
        {"decided_by": None},
        "Ange både vem som beslutade om remissen och när.",
    ),
    Break(
        "requirements_pkg_consultation_decided_when_decided",
        approved,
        {"decided_at": None, "decided_by": None},
        AGREES,
    ),
    Break(
        "requirements_pkg_consultation_two_people",
        approved,
        {"decided_by": lambda row: row.requested_by},
        "Du kan inte godkänna en remiss som du själv har begärt. Be en annan granskare.",
    ),
    Break(
        "requirements_pkg_consultation_returned_with_reason",
        returned,
        {"answer": ""},
        "Skriv varför remissen återlämnas.",
    ),
    Break(
        "requirements_pkg_consultation_ended_when_approved",
        returned,
        {"closed_at": lambda row: timezone.now()},
        "Bara en remiss som har godkänts kan avslutas eller dras tillbaka.",
    ),
    Break(
        "requirements_pkg_consultation_summed_up_when_made",
        summed_up,
        {"summary": ""},
        "En sammanfattad remiss ska ha en sammanfattning. Skriv den.",
    ),
    Break(
        "requirements_pkg_consultationremark_decision_is_known",
        decided_remark,
        {"decision": "kanske"},
        "Välj vad synpunkten leder till.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_consultationremark_who_and_when",
        decided_remark,
        {"decided_by": None},
        "Ange både vem som beslutade om synpunkten och när.",
    ),
    Break(
        "requirements_pkg_consultationremark_decided_with_reason",
        decided_remark,
        {"reason": ""},
        "Skriv synpunkten i korthet, och ett skäl, när du beslutar om den.",
    ),
    Break(
        "requirements_pkg_consultation_title_is_filled",
        waiting,
        {"title": ""},
        "Ange vad utkastet heter.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_consultation_introduction_is_filled",
        waiting,
        {"introduction": ""},
        "Skriv vad ni frågar om.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_consultation_key_is_filled",
        waiting,
        {"key": ""},
        "Ange remissens adress.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_consulteddraft_content_is_filled",
        draft,
        {"content": ""},
        "Ange vad utkastet säger.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_consultationreply_personal_data_with_consent",
        reply,
        {"name": "Kim"},
        "Kryssa för att vi får spara dina uppgifter, eller lämna fälten tomma.",
    ),
    Break(
        "requirements_pkg_consultationreply_named_with_consent",
        reply,
        {"may_be_named": True},
        "Kryssa för att vi får spara dina uppgifter också, om sammanfattningen får namnge dig.",
    ),
    Break(
        "requirements_pkg_consultationreply_sent_as_remarks",
        reply,
        {"texts": {"": "Bra."}},
        "Ett skickat svar består av synpunkter. Lägg texten i en sådan.",
    ),
    Break(
        "requirements_pkg_consultationremark_once",
        remark,
        {"uid": UID},
        "Svaret har redan en synpunkt på kravet.",
    ),
    Break(
        "requirements_pkg_consultationremark_once_on_the_whole",
        remark,
        {"uid": None, "cite": "", "title": ""},
        "Svaret har redan en synpunkt på helheten.",
    ),
    Break(
        "requirements_pkg_consultationremark_names_its_requirement",
        remark,
        {"cite": ""},
        "Ange vilket krav synpunkten gäller.",
    ),
    Break(
        "requirements_pkg_consultationremark_text_is_filled",
        remark,
        {"text": ""},
        "Skriv synpunkten.",
        is_field_error=True,
    ),
]
