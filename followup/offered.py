"""What the system knows by itself of a plan, offered to whoever reports on it, never imposed."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import ActionPlan
from followup.models import ChangeState, FollowUp, Lesson, ProposedChange
from requirements_pkg.models import PackageVersion


def sentences(plan: ActionPlan) -> list[str]:
    """Sentences for a comment: counts and dates only, for a comment becomes public."""
    return [*_published(plan), *_followed_up(plan), *_taken_in(plan)]


def _published(plan: ActionPlan) -> list[str]:
    rows = PackageVersion.objects.in_force().filter(package__plan=plan)
    return [
        _("Version %(number)d was published on %(day)s.")
        % {"number": number, "day": timezone.localdate(at).isoformat()}
        for number, at in rows.values_list("number", "published_at")
    ]


def _followed_up(plan: ActionPlan) -> list[str]:
    rows = FollowUp.objects.filter(product_area__plan=plan)
    found = rows.aggregate(all=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)))
    if not found["all"]:
        return []
    return [_("%(done)d of %(all)d planned follow-ups are carried out.") % found]


def _taken_in(plan: ActionPlan) -> list[str]:
    taken = ProposedChange.objects.filter(lesson=OuterRef("pk"), state=ChangeState.TAKEN_IN)
    rows = Lesson.objects.filter(follow_up__product_area__plan=plan)
    found = rows.annotate(is_in=Exists(taken)).aggregate(
        all=Count("pk"), taken=Count("pk", filter=Q(is_in=True))
    )
    if not found["all"]:
        return []
    return [_("%(taken)d of %(all)d lessons are built into the requirements.") % found]
