"""What the system knows by itself of a plan, offered to whoever reports on it, never imposed."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.models import ActionPlan
from actionplan.text import figure
from followup.models import ChangeState, Lesson, ProposedChange
from followup.published import public_counts, reports
from requirements_pkg.models import Announcement, AnnouncementChannel, PackageVersion


def sentences(plan: ActionPlan) -> list[str]:
    """Write sentences for a comment: counts and dates only, for a comment becomes public."""
    rows = PackageVersion.objects.in_force().filter(package__plan=plan)
    version = rows.values_list("package__slug", "number", "published_at", "pk").first()
    if version is None:
        return _taken_in(plan)
    slug, number, at, pk = version
    published = _("Version %(number)d was published on %(day)s.") % {
        "number": number,
        "day": timezone.localdate(at).isoformat(),
    }
    return [
        published,
        *_announced(pk, number),
        *_followed_up(slug),
        *_used(slug),
        *_taken_in(plan),
    ]


def _announced(version: int, number: int) -> list[str]:
    """Return how a version was announced: when, to how many, and in how many other channels."""
    lines, others = [], 0
    for row in Announcement.objects.of_version(version):
        if row.channel == AnnouncementChannel.OTHER:
            others += 1
        elif row.recipients:
            says = ngettext(
                "Version %(version)s was announced by mail to %(number)s subscriber on %(day)s.",
                "Version %(version)s was announced by mail to %(number)s subscribers on %(day)s.",
                row.recipients,
            )
            words = {"version": number, "number": figure(row.recipients), "day": row.on}
            lines.append(says % words)
    if others:
        says = ngettext(
            "Version %(version)s was announced in %(number)s other channel.",
            "Version %(version)s was announced in %(number)s other channels.",
            others,
        )
        lines.append(says % {"version": number, "number": figure(others)})
    return lines


def _followed_up(slug: str) -> list[str]:
    """Return how much is followed up, as the plan's newest report says; no count it withholds."""
    report = reports.listings([slug]).get(slug)
    if report is None or (totals := report.listing.totals) is None or not totals.planned:
        return []
    says = ngettext(
        "On %(day)s %(done)s of %(planned)s planned follow-up was carried out.",
        "On %(day)s %(done)s of %(planned)s planned follow-ups were carried out.",
        totals.planned,
    )
    day = report.listing.counted_on.isoformat()
    return [says % {"day": day, "done": figure(totals.done), "planned": figure(totals.planned)}]


def _used(slug: str) -> list[str]:
    """Return how many have used requirements, as the plan's newest report says."""
    use = public_counts.used(slug)
    if use is None or not use.authorities:
        return []
    says = ngettext(
        "On %(day)s %(number)s authority had used requirements of the package.",
        "On %(day)s %(number)s authorities had used requirements of the package.",
        use.authorities,
    )
    day = use.counted_on.isoformat()
    lines = [says % {"day": day, "number": figure(use.authorities)}]
    if use.regions:
        says = ngettext(
            "%(number)s region has taken in requirements of the package.",
            "%(number)s regions have taken in requirements of the package.",
            use.regions,
        )
        lines.append(says % {"number": figure(use.regions)})
    return lines


def _taken_in(plan: ActionPlan) -> list[str]:
    taken = ProposedChange.objects.filter(lesson=OuterRef("pk"), state=ChangeState.TAKEN_IN)
    rows = Lesson.objects.filter(follow_up__product_area__plan=plan)
    counts = rows.annotate(is_in=Exists(taken)).aggregate(
        all=Count("pk"), taken=Count("pk", filter=Q(is_in=True))
    )
    if not counts["all"]:
        return []
    says = ngettext(
        "%(taken)s of %(all)s lesson is incorporated in the requirements.",
        "%(taken)s of %(all)s lessons are incorporated in the requirements.",
        counts["all"],
    )
    return [says % {"taken": figure(counts["taken"]), "all": figure(counts["all"])}]
