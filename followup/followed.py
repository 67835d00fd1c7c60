"""How often each requirement was followed up, as far as the public may know."""

from typing import Any, Final

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat, Trim, Upper

from followup import disclosure
from followup.models import Deviation, DeviationState, FollowUpStatus, Question
from requirements_pkg.followed import Counts, Followed, teller
from requirements_pkg.models import Requirement

AT: Final = "questions__follow_up"
WAS_DONE: Final = Q(**{f"{AT}__done_on__isnull": False}) & ~Q(
    **{f"{AT}__status": FollowUpStatus.CANCELLED}
)
# As `counting.CONTRACT`, seen from a question.
CONTRACT: Final = Concat(
    Cast("follow_up__organisation_id", CharField()),
    Value(":"),
    Upper(Trim("follow_up__contract_reference")),
)
IS_CLOSED: Final = Q(state=DeviationState.CLOSED)


@teller
def followed(slug: str) -> Counts:
    """What may be told of each requirement of a package, by its uid: one query.

    Counts are withheld as those of a plan's areas are, so that no count follows from the others.
    """
    rows = {
        str(uid): tuple(counts)
        for uid, *counts in Requirement.objects.filter(package__slug=slug)
        .order_by()
        .values("pk")
        .annotate(
            done=Count(AT, distinct=True, filter=WAS_DONE),
            open=_deviations(~IS_CLOSED),
            closed=_deviations(IS_CLOSED),
            contracts=_contracts(),
        )
        .values_list("uid", "done", "open", "closed", "contracts")
    }
    # A deviation that was found without asking has a contract behind it all the same.
    contracts = {uid: row[3] or int(any(row)) for uid, row in rows.items()}
    few = disclosure.withheld(contracts, max(contracts.values(), default=0)).parts
    return {
        uid: Followed(withheld=True) if uid in few else Followed(*row[:3])
        for uid, row in rows.items()
        if contracts[uid]
    }


def _contracts() -> Any:
    """How many contracts were asked about a requirement, in the plan where they are fewest.

    A module is of several plans, whose own counts are public: those of one with many contracts
    would leave those of one with few.
    """
    plan = "follow_up__product_area__plan"
    asked = (
        Question.objects.filter(requirement=OuterRef("pk"), follow_up__done_on__isnull=False)
        .exclude(follow_up__status=FollowUpStatus.CANCELLED)
        .order_by()
        .values(plan)
        .annotate(number=Count(CONTRACT, distinct=True))
        .order_by("number")
    )
    return Coalesce(Subquery(asked.values("number")[:1], output_field=IntegerField()), 0)


def _deviations(which: Q) -> Any:
    """How many deviations follow-ups that are done have found against a requirement."""
    found = (
        Deviation.objects.filter(
            which, requirement=OuterRef("pk"), follow_up__done_on__isnull=False
        )
        .exclude(follow_up__status=FollowUpStatus.CANCELLED)
        .order_by()
        .values("requirement")
        .annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(found.values("number"), output_field=IntegerField()), 0)
