"""How each constraint of follow-ups, their steps, questions and reused audits is broken."""

from datetime import date

from actionplan.models import User
from followup.models import (
    Contract,
    FollowUp,
    FollowUpStep,
    Question,
    ReusedAudit,
)
from requirements_pkg.models import PackageVersion, Requirement, RequirementsPackage
from tests.factories import ContractFactory, FollowUpFactory, RequirementFactory
from tests.project.house.breaking import Break

DATED = "Ett svar ska ha ett datum, och ett datum ska ha ett svar."
DONE = date(2026, 3, 16)
ONCE = (
    "Välj avtalet i registret, eller ange referensen till ett avtal som inte finns där. "
    "Ange inte båda."
)


def follow_up() -> FollowUp:
    """A stored, planned follow-up of the published package."""
    there = FollowUp.objects.first()
    version = PackageVersion.objects.get(number=1, package__plan__isnull=False)
    return there or FollowUpFactory(version=version)


def registered() -> FollowUp:
    """A follow-up of a contract in the register."""
    row = follow_up()
    contract = Contract.objects.first() or ContractFactory(organisation=row.organisation)
    row.contract, row.contract_reference, row.supplier = contract, "", ""
    return row


def reviewed() -> FollowUp:
    row = follow_up()
    row.status, row.done_on = "reviewed", DONE
    return row


def step() -> FollowUpStep:
    return FollowUpStep(
        follow_up=follow_up(),
        from_status="planned",
        to_status="sent",
        by=User.objects.get(username="coordinator"),
    )


def cancelling() -> FollowUpStep:
    row = step()
    row.to_status, row.note = "cancelled", "Avtalet är uppsagt."
    return row


def requirement(code: str) -> Requirement:
    package = RequirementsPackage.objects.get(plan__isnull=False)
    there = Requirement.objects.filter(code=code).first()
    return there or RequirementFactory(package=package, code=code)


def question() -> Question:
    """A second question, beside one about another requirement."""
    parent = follow_up()
    first = requirement("SE-01")
    Question.objects.get_or_create(
        follow_up=parent, requirement=first, defaults={"text": "Hur redovisas smältverken?"}
    )
    return Question(follow_up=parent, requirement=requirement("SE-02"), text="Hur?")


def answered() -> Question:
    row = question()
    row.answer, row.answered_on = "partly", DONE
    return row


def explained() -> Question:
    row = answered()
    row.assessed, row.explanation = "deviates", "Smältverket är nytt i år."
    return row


def reused() -> ReusedAudit:
    return ReusedAudit(
        follow_up=follow_up(),
        organisation="Region Skåne",
        clause_level="same",
        method="audit",
        audited_on=DONE,
    )


CASES = [
    Break(
        "followup_followup_method_is_known",
        follow_up,
        {"method": "guess"},
        "Välj en av de fyra metoderna.",
        is_field_error=True,
    ),
    Break(
        "followup_followup_audit_form_is_known",
        follow_up,
        {"method": "audit", "audit_form": "moon"},
        "Välj kontorsrevision eller fabriksrevision.",
        is_field_error=True,
    ),
    Break(
        "followup_followup_status_is_known",
        follow_up,
        {"status": "lost"},
        "Uppföljningen har en okänd status. Välj ett av alternativen.",
        is_field_error=True,
    ),
    Break(
        "followup_followup_form_of_audit_only",
        follow_up,
        {"audit_form": "office"},
        "Lämna revisionsformen tom: bara en revision har en sådan.",
    ),
    Break(
        "followup_followup_done_when_ended_well",
        reviewed,
        {"done_on": None},
        "Ange när uppföljningen genomfördes.",
    ),
    Break(
        "followup_followup_done_when_ended_well",
        follow_up,
        {"status": "closed"},
        "Ange när uppföljningen genomfördes.",
    ),
    Break(
        "followup_followup_contract_stands_once",
        follow_up,
        {"contract_reference": ""},
        ONCE,
    ),
    Break(
        "followup_followup_contract_stands_once",
        registered,
        {"supplier": "Hemliga Hallar AB"},
        ONCE,
    ),
    Break(
        "followup_followupstep_leads_on",
        step,
        {"to_status": "planned"},
        "Steget ska leda till en annan status.",
    ),
    Break(
        "followup_followupstep_cancelled_with_reason",
        cancelling,
        {"note": ""},
        "Skriv varför uppföljningen ställs in.",
    ),
    Break(
        "followup_question_once",
        question,
        {"requirement": lambda row: requirement("SE-01")},
        "Uppföljningen frågar redan om det kravet.",
    ),
    Break(
        "followup_question_answer_is_known",
        answered,
        {"answer": "perhaps"},
        "Välj ja, delvis, nej eller ej tillämpligt.",
        is_field_error=True,
    ),
    Break(
        "followup_question_assessed_is_known",
        answered,
        {"assessed": "splendid"},
        "Välj godtaget, behöver förtydligas eller avviker.",
        is_field_error=True,
    ),
    Break(
        "followup_question_text_is_filled",
        question,
        {"text": ""},
        "Ange frågans text.",
        is_field_error=True,
    ),
    Break(
        "followup_question_explained_when_deviating",
        explained,
        {"assessed": "accepted"},
        "Bara ett svar som avviker förklaras. Välj att det avviker, eller ta bort förklaringen.",
    ),
    Break("followup_question_dated_when_answered", answered, {"answered_on": None}, DATED),
    Break("followup_question_dated_when_answered", question, {"answered_on": DONE}, DATED),
    Break(
        "followup_reusedaudit_organisation_is_filled",
        reused,
        {"organisation": ""},
        "Ange vem som genomförde den återanvända revisionen.",
        is_field_error=True,
    ),
    Break(
        "followup_reusedaudit_clause_level_is_known",
        reused,
        {"clause_level": "sideways"},
        "Välj högre, lika höga eller lägre villkor.",
        is_field_error=True,
    ),
    Break(
        "followup_reusedaudit_method_is_known",
        reused,
        {"method": "guess"},
        "Välj en av de fyra metoderna för den återanvända revisionen.",
        is_field_error=True,
    ),
    Break(
        "followup_reusedaudit_level_suffices",
        reused,
        {"clause_level": "lower"},
        "En revision mot lägre villkor än våra kan inte återanvändas.",
    ),
]
