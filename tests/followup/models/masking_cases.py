"""How each constraint of maskings is broken."""

from django.utils import timezone

from followup.models import Masking
from requirements_pkg.models import RequirementsPackage
from tests.followup.finding_cases import person
from tests.project.house.breaking import Break


def requested_masking() -> Masking:
    return Masking(
        package=RequirementsPackage.objects.get(plan__isnull=False),
        words="Slite El",
        ground="osl_31_16",
        reason="Leverantören skulle inte ha namngetts.",
        requested_by=person("coordinator"),
    )


def answered(decision: str = "approved") -> Masking:
    row = requested_masking()
    row.decision, row.answer = decision, "Nej."
    row.decided_by, row.decided_at = person("reviewer"), timezone.now()
    return row


def returned() -> Masking:
    return answered("returned")


CASES = [
    Break(
        "followup_masking_words_is_filled",
        requested_masking,
        {"words": ""},
        "Ange de ord som ska maskeras.",
        is_field_error=True,
    ),
    Break(
        "followup_masking_reason_is_filled",
        requested_masking,
        {"reason": ""},
        "Skriv varför orden ska maskeras.",
        is_field_error=True,
    ),
    Break(
        "followup_masking_ground_is_known",
        requested_masking,
        {"ground": "feeling"},
        "Ange vilken bestämmelse maskeringen stöds på.",
        is_field_error=True,
    ),
    Break(
        "followup_masking_other_ground_is_named",
        requested_masking,
        {"other_ground": "OSL 27"},
        "Fyll bara i om maskeringen stöds på en annan bestämmelse: ange vilken.",
    ),
    Break(
        "followup_masking_decision_is_known",
        requested_masking,
        {
            "decision": "eaten",
            "decided_at": timezone.now(),
            "decided_by": lambda row: row.requested_by,
        },
        "Välj väntar, godkänd eller återlämnad för maskeringen.",
        is_field_error=True,
    ),
    Break(
        "followup_masking_who_and_when",
        returned,
        {"decided_by": None},
        "Ange både vem som avgjorde maskeringen och när.",
    ),
    Break(
        "followup_masking_decided_when_decided",
        requested_masking,
        {"decision": "approved"},
        "Ett beslut om maskeringen ska ha ett datum, och ett datum ska ha ett beslut.",
    ),
    Break(
        "followup_masking_masking_two_people",
        answered,
        {"decided_by": lambda row: row.requested_by},
        "Du kan inte godkänna en maskering som du själv har begärt. Be en annan granskare.",
    ),
    Break(
        "followup_masking_returned_with_reason",
        returned,
        {"answer": ""},
        "Skriv varför maskeringen lämnas tillbaka.",
    ),
]
