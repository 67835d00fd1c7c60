"""What a published version says of lessons: those that its requirements have taken in."""

from collections import defaultdict

from django.db.models import OuterRef, Subquery
from django.db.models.functions import ExtractYear

from actionplan.database.prepared_queries import Steps, prepared
from actionplan.database.write_marks import row_marks
from actionplan.django_edges import TupleRows
from followup.models import ChangeState, ProposedChange
from followup.models.follow_ups import supplier_of
from followup.models.secrecy import checksum
from followup.status.screening import names_anybody
from requirements_pkg.document.schema import Lesson, TakenIn
from requirements_pkg.extension_points import Wordings, lesson_marks, published_lessons
from requirements_pkg.models import PackageVersion, RequirementRevision, RequirementsPackage


@published_lessons
def lessons_of(package: RequirementsPackage, wordings: Wordings) -> Steps[list[Lesson]]:
    """Return lessons in their public words, with the wordings that have them: one query.

    A lesson that nobody reviewed for secrecy in just these words is left out, and one that names
    whom the follow-up has come to know of since; so is a change whose requirement has gone back
    to an earlier wording.
    """
    if package.pk is None:
        return []
    (changes,) = yield [_taken_in.of(package.pk)]
    rows = [
        row
        for *row, reviewed, may_name, supplier, sub_suppliers in changes
        if row[6] <= wordings.get(str(row[4]), 0)
        and reviewed == checksum(row[1])
        and not names_anybody(
            row[1], supplier=supplier, sub_suppliers=sub_suppliers, may_name=may_name
        )
    ]
    taken: dict[tuple[int, str, str, int], list[TakenIn]] = defaultdict(list)
    for pk, text, method, year, uid, code, revision, version, newest in rows:
        # A wording that is not yet published will be new in the next version.
        change = TakenIn(str(uid), code, revision, version or (newest or 0) + 1)
        taken[pk, text, method, year].append(change)
    return [Lesson(*facts, tuple(changes)) for facts, changes in taken.items()]


@prepared
def _taken_in(package: int) -> TupleRows:
    """Return each reviewed change that a requirement of the package has, by lesson."""
    published = RequirementRevision.objects.filter(
        requirement=OuterRef("requirement"), number=OuterRef("revision")
    )
    versions = PackageVersion.objects.filter(package=OuterRef("requirement__package"))
    return (
        ProposedChange.objects.filter(
            requirement__package=package,
            state=ChangeState.TAKEN_IN,
            lesson__review__isnull=False,
        )
        .order_by("lesson_id", "requirement__position", "requirement__code")
        .values_list(
            "lesson_id",
            "lesson__public_text",
            "lesson__follow_up__method",
            ExtractYear("lesson__follow_up__done_on"),
            "requirement__uid",
            "requirement__code",
            "revision",
            Subquery(published.values("version__number")[:1]),
            Subquery(versions.order_by("-number").values("number")[:1]),
            "lesson__review__text_sha256",
            "lesson__review__may_name_supplier",
            supplier_of("lesson__follow_up"),
            "lesson__follow_up__sub_suppliers",
        )
    )


@lesson_marks
@prepared
def _written(packages: list[int]) -> TupleRows:
    """Ask changes that requirements took in, with lessons, follow-ups, suppliers and reviews."""
    return row_marks(
        ProposedChange.objects.filter(requirement__package__in=packages),
        "requirement__package",
        *("state", "lesson__public_text", "lesson__follow_up__method"),
        "lesson__follow_up__contract__reference",
        "lesson__follow_up__contract__supplier__name",
        "lesson__review__text_sha256",
    )
