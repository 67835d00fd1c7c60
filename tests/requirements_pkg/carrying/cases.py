"""How each constraint of what was carried over is broken."""

from django.utils import timezone

from actionplan.models import ActionPlan, User
from requirements_pkg.models import CarriedDecision, CarriedKind, CarriedPart
from tests.project.house.breaking import Break


def part() -> CarriedPart:
    """A part that was kept, beside another."""
    plan, by = ActionPlan.objects.first(), User.objects.get(username="coordinator")
    CarriedPart.objects.get_or_create(
        plan=plan, kind=CarriedKind.AREA, key=1, defaults={"digest": "0" * 64}
    )
    return CarriedPart(
        plan=plan,
        kind=CarriedKind.AREA,
        key=2,
        digest="1" * 64,
        decision=CarriedDecision.KEPT,
        decided_by=by,
        decided_at=timezone.now(),
    )


def dropped() -> CarriedPart:
    row = part()
    row.decision, row.reason = CarriedDecision.DROPPED, "Köps inte längre."
    return row


def undecided() -> CarriedPart:
    row = part()
    row.decision, row.decided_by, row.decided_at = CarriedDecision.UNDECIDED, None, None
    return row


def _breaks(name: str, right, wrong: dict, sentence: str, *, field: bool = False) -> Break:
    constraint = f"requirements_pkg_carriedpart_{name}"
    return Break(constraint, right, wrong, sentence, is_field_error=field)


DATED = "Ett beslut ska ha ett datum, och ett datum ska ha ett beslut."
CASES = [
    _breaks("once", part, {"key": 1}, "Delen har redan förts över."),
    _breaks("kind_is_known", part, {"kind": "song"}, "Delen är av okänd typ.", field=True),
    _breaks(
        "decision_is_known",
        part,
        {"decision": "eaten"},
        "Välj ett av ”inte beslutad”, ”behållen” och ”borttagen”.",
        field=True,
    ),
    _breaks("who_and_when", part, {"decided_by": None}, "Ange både vem som beslutade och när."),
    _breaks("decision_and_date_agree", undecided, {"decision": CarriedDecision.KEPT}, DATED),
    _breaks("decision_and_date_agree", part, {"decision": CarriedDecision.UNDECIDED}, DATED),
    _breaks("dropped_with_reason", dropped, {"reason": ""}, "Skriv varför delen tas bort."),
    _breaks("dropped_with_reason", part, {"reason": "Ny."}, "Skriv varför delen tas bort."),
    _breaks(
        "digest_is_filled", part, {"digest": ""}, "Delen saknar sin kontrollsumma.", field=True
    ),
]
