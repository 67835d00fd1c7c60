"""Budgets 4 and 5: requirements from Excel, against reading and storing the same rows bare.

A thousand new requirements with their areas, risks, sub-goals and sources. Ours keeps the upload,
reads it for the preview, takes the rows that were kept then for the import, as a coordinator whose
rights are asked, and forgets both. The floor reads the file once with openpyxl, each cell with its
format, builds the rows, calls Django's `clean_fields` (not `full_clean`, which asks 13 queries a
row), and inserts them and what the log tells of them in bulk. It asks no rights, compares with
nothing, tells no faults and makes no links. What waits for its confirmation stands in the table of
the cache, which is not counted among the rows that are written; what it costs is.
"""

import io
from collections.abc import Callable
from typing import Any, Final

from benchmarks.measuring.measure import at_most, count, cpu, medians, tell
from benchmarks.sites.databases import rewinder
from benchmarks.sites.site import empty_site

ROWS: Final = 1000
BATCH: Final = 500
AREAS: Final = 6
RISKS: Final = 200
# What one batch more may cost besides the rows it inserts.
MORE: Final = 10
# The table of what waits for its confirmation.
CACHE: Final = "cache"
LINKED: Final = ("package", "replaces", "areas", "treats", "serves", "sources")
KINDS: Final = ("qualification", "specification", "contract")
TEXT: Final = (
    "Leverantören ska senast [antal veckor: {n} | räknat från begäran] veckor efter begäran lämna "
    "en förteckning över de smältverk och raffinaderier som har förädlat tenn, tantal, volfram "
    "och guld i de produkter som omfattas av kontraktet, i den mall som är bilagd."
)


def main() -> None:
    """Both begin with the same database and end with the same requirements in it."""
    with empty_site() as folder:
        package, by = world()
        rows = cells(package)
        data, half = workbook(rows), workbook(rows[:BATCH])
        start_over = rewinder(folder / "site.sqlite3")

        def anew(work: Callable[[], Any]) -> Callable[[], float]:
            def cost() -> float:
                start_over()
                return cpu(work)

            return cost

        least, first = medians(
            anew(lambda: bare(data, package, by)),
            anew(lambda: bring(data, by, new=ROWS)),
            runs=3,
        )
        start_over()
        few = statements(lambda: bring(half, by, new=BATCH))
        start_over()
        many = statements(lambda: bring(data, by, new=ROWS))
        again = statements(lambda: bring(data, by, new=0))
        (second,) = medians(lambda: cpu(lambda: bring(data, by, new=0)), runs=3)
    more = not_inserting(many) - not_inserting(few)
    tell(
        at_most(4, f"{ROWS} requirements from Excel, preview and import", least, first, 3),
        count(4, "the same: statements for a batch more, INSERT apart", more, 2 * MORE),
        at_most(5, "the same file again", first, second, 0.5),
        count(5, "the same: rows that are written", writing(again), 0),
    )


def world() -> tuple[Any, Any]:
    """Make a package whose plan has areas, risks and a goal; return it and who may edit it."""
    from actionplan.models import (
        ActionPlan,
        Goal,
        Membership,
        Organisation,
        ProductArea,
        PurchasingCategory,
        SubGoal,
        User,
    )
    from requirements_pkg.models import RequirementsPackage
    from risks.models import RiskCell, RiskStatement

    place = Organisation.objects.get(code="stockholm")
    plan = ActionPlan.objects.create(
        category=PurchasingCategory.objects.create(slug="it", name="IT-teknisk plattform"),
        slug="it",
        procurement_region=place.procurement_region,
        coordinator=place,
        first_year=2023,
        last_year=2025,
    )
    for number in range(1, AREAS + 1):
        area = ProductArea.objects.create(plan=plan, number=number, name=f"område {number}")
        RiskCell.objects.complete([area])
    cell = RiskCell.objects.first()
    RiskStatement.objects.bulk_create(
        RiskStatement(cell=cell, text=f"Gruvor förorenar vatten, {at}.", position=at)
        for at in range(RISKS)
    )
    goal = Goal.objects.create(plan=plan, number=1, text="Ett gemensamt kravpaket")
    SubGoal.objects.create(goal=goal, number="1.1", text="Krav är framtagna")
    by = User.objects.create(username="samordnare")
    Membership.objects.create(user=by, organisation=place, role="coordinator")
    return RequirementsPackage.objects.create(plan=plan, slug="it", title="IT"), by


def cells(package: Any) -> list[dict[str, Any]]:
    """Return the rows of the file, each as values by column."""
    from risks.models import RiskStatement

    risks = list(RiskStatement.objects.values_list("pk", flat=True))
    return [
        {
            "package": package.slug,
            "code": f"SE-{at:04}",
            "title": f"Redovisa smältverk {at}",
            "text": TEXT.format(n=at % 9 + 1),
            "rationale": f"Gruvor förorenar vatten och mark. Krav {at}.",
            "verification": "Ifylld förteckning enligt [mallens namn: bilaga 3].",
            "follow_up_method": "Dokumentgranskning en gång om året.",
            "guidance": "Används vid alla inköp av servrar.",
            "law_baseline": "Förordningen gäller den som importerar mineralerna.",
            "beyond_law": "Kravet gäller färdiga varor.",
            "kind": KINDS[at % len(KINDS)],
            "level": "basic",
            "position": at,
            "cpv": "48820000-2",
            "areas": str(at % AREAS + 1),
            "treats": str(risks[at % RISKS]),
            "serves": "1.1",
            "sources": "Förordning (EU) 2017/821 | https://eur-lex.example/1 | 2017-05-17",
        }
        for at in range(1, ROWS + 1)
    ]


def workbook(rows: list[dict[str, Any]]) -> bytes:
    """Return the rows as the Excel file that somebody uploads."""
    import tablib

    from actionplan.excel.formats import SafeXLSX
    from requirements_pkg.excel.columns import REQUIREMENTS

    names = list(REQUIREMENTS.by_name)
    sheet = tablib.Dataset(*[[row.get(name, "") for name in names] for row in rows], headers=names)
    return SafeXLSX().export_data(sheet)


def bring(data: bytes, by: Any, *, new: int) -> None:
    """Run the preview and the confirmed import, as the admin does them."""
    from actionplan.excel.formats import SafeXLSX
    from actionplan.excel.front import ResourceFront
    from actionplan.excel.upload_storage import UploadStorage
    from actionplan.models import User
    from requirements_pkg.excel.columns import REQUIREMENTS

    upload = UploadStorage()
    upload.save(data)
    for dry_run in (True, False):
        # Each is a request of its own, which asks anew what the person may do.
        user = User.objects.get(pk=by.pk)
        rows = SafeXLSX().create_dataset(UploadStorage(name=upload.name).read())
        result = ResourceFront(REQUIREMENTS, user).import_data(
            rows, dry_run=dry_run, user=user, rollback_on_validation_errors=True
        )
        if result.faults or result.refusals or result.totals["new"] != new:
            raise SystemExit(f"{result.totals} {result.refusals} {result.faults[:3]}")
    upload.remove()


def bare(data: bytes, package: Any, by: Any) -> None:
    """Read, check and store the same rows with their change log, and do nothing more."""
    from django.utils import timezone
    from openpyxl import load_workbook

    from actionplan.models import ChangeKind, ChangeLog
    from requirements_pkg.excel.columns import REQUIREMENTS
    from requirements_pkg.models import Requirement

    sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    lines = iter([(cell.value, cell.number_format) for cell in line] for line in sheet.rows)
    next(lines)
    fields = REQUIREMENTS.by_name
    places = {
        at: name for at, name in enumerate(fields) if fields[name].is_read and name not in LINKED
    }
    made = []
    for line in lines:
        values = {name: line[at][0] for at, name in places.items() if line[at][0] is not None}
        made.append(Requirement(**values | {"package": package}))
    for requirement in made:
        requirement.clean_fields(exclude={"package", "replaces"})
    Requirement.objects.bulk_create(made, batch_size=BATCH)
    names = [field.attname for field in Requirement._meta.concrete_fields]
    ChangeLog.objects.bulk_create(
        [
            ChangeLog(
                at=timezone.now(),
                by=by,
                by_name=by.username,
                kind=ChangeKind.ADDED,
                model=Requirement._meta.label,
                key=requirement.pk,
                part_of=package.pk,
                plan=package.plan_id,
                package=package.pk,
                after={name: str(getattr(requirement, name)) for name in names},
            )
            for requirement in made
        ],
        batch_size=BATCH,
    )


def statements(work: Callable[[], Any]) -> list[str]:
    """Return the first word of each statement that is sent, those to the cache left out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    texts = [query["sql"] for query in captured if f'"{CACHE}"' not in query["sql"]]
    return [sql.split()[0].upper() for sql in texts]


def not_inserting(words: list[str]) -> int:
    """Tell how many statements insert nothing; the database says how many rows one may insert."""
    return sum(word != "INSERT" for word in words)


def writing(words: list[str]) -> int:
    """Tell how many statements change a row."""
    return sum(word in ("INSERT", "UPDATE", "DELETE") for word in words)


if __name__ == "__main__":
    main()
