"""How often each requirement was followed up, as far as the public may know."""

from typing import Any, Final

from django.db.models import BigIntegerField, CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Trim, Upper

from followup import disclosure
from followup.models import Deviation, DeviationState, FollowUpStatus, Question
from requirements_pkg.followed import NEVER, Counts, Followed, teller

# As `counting.CONTRACT`, seen from a question.
CONTRACT: Final = Concat(
    Cast("follow_up__organisation_id", CharField()),
    Value(":"),
    Upper(Trim("follow_up__contract_reference")),
)
IS_CLOSED: Final = Q(state=DeviationState.CLOSED)
COLUMNS: Final = ("place", "uid", "plan", "done", "contracts", "open", "closed")
# Of questions or deviations, grouped: what a row is has no model.
Grouped = QuerySet[Any, Any]


@teller
def followed(slug: str) -> Counts:
    """What may be told of each requirement of a package, by its uid: one query.

    Counts are withheld as those of a plan's areas are, so that no count follows from the others.
    """
    # In the order in which they were written, so that the same are withheld each time.
    rows = _asked(slug).union(_deviating(slug), all=True).order_by("place")
    counts: dict[str, Followed] = {}
    contracts: dict[str, int] = {}
    for _pk, uid, plan, done, number, opened, closed in rows:
        one = counts.get(uid := str(uid), NEVER)
        counts[uid] = Followed(one.done + done, one.open + opened, one.closed + closed)
        if plan is not None:
            # A module is of several plans, whose own counts are public: those of one with many
            # contracts would leave those of one with few.
            contracts[uid] = min(number, contracts.get(uid, number))
    # A deviation that was found without asking has a contract behind it all the same.
    contracts = {uid: contracts.get(uid, 1) for uid in counts}
    few = disclosure.withheld(contracts, max(contracts.values(), default=0)).parts
    return {uid: Followed(withheld=True) if uid in few else one for uid, one in counts.items()}


def _asked(slug: str) -> Grouped:
    """How many follow-ups, and contracts of each plan, were asked about each requirement."""
    return (
        _done(Question.objects.filter(requirement__package__slug=slug))
        .values(
            place=F("requirement"),
            uid=F("requirement__uid"),
            plan=F("follow_up__product_area__plan"),
        )
        .annotate(done=Count("pk"), contracts=Count(CONTRACT, distinct=True))
        .annotate(open=Value(0), closed=Value(0))
        .values_list(*COLUMNS)
    )


def _deviating(slug: str) -> Grouped:
    """How many deviations were found against each requirement."""
    return (
        _done(Deviation.objects.filter(requirement__package__slug=slug))
        .values(place=F("requirement"), uid=F("requirement__uid"))
        .annotate(
            plan=Value(None, BigIntegerField()),
            done=Value(0),
            contracts=Value(0),
            open=Count("pk", filter=~IS_CLOSED),
            closed=Count("pk", filter=IS_CLOSED),
        )
        .values_list(*COLUMNS)
    )


def _done(rows: Grouped) -> Grouped:
    """What belongs to follow-ups that are done."""
    rows = rows.filter(follow_up__done_on__isnull=False).order_by()
    return rows.exclude(follow_up__status=FollowUpStatus.CANCELLED)
