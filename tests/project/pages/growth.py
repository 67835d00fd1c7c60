"""Plans with something in every table, as many as a test asks for."""

from datetime import date

from django.utils import timezone

from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    EventKind,
    Goal,
    Indicator,
    Organisation,
    ProcurementRegion,
    ProductArea,
    SubGoal,
    User,
)
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    PublishRequest,
    Requirement,
    RequirementRevision,
    RequirementsPackage,
    SearchSynonym,
    VersionWithdrawal,
    WordTemplate,
)
from requirements_pkg.published import stored_facts
from risks.models import (
    Dimension,
    HeadingAlias,
    LifecycleStage,
    OverallLevel,
    PlanUpload,
    RiskStatement,
)
from tests.factories import (
    AreaFactory,
    ModuleFactory,
    PlanFactory,
    RequirementFactory,
    UserFactory,
    fill_cell,
    include,
)
from tests.factories.contents import a_content, a_requirement
from tests.project.pages.followed_up import add_follow_up, add_readings

CELLS = [("use", "environment"), ("raw_material", "human_rights")]


def add_areas(plan: ActionPlan, number: int) -> None:
    """Product areas with a filled cell or two."""
    first = plan.product_areas.count() + 1
    for at in range(first, first + number):
        area = AreaFactory(plan=plan, number=at, name=f"område {at}")
        for stage, dimension in CELLS:
            fill_cell(area, stage, dimension, risks=["Risk."], opportunities=["Möjlighet."])


def add_levels(area: ProductArea) -> None:
    """A level and an overall level, with the analysis that gives them."""
    cell = area.cells.select_related("dimension").first()
    source, dated = "https://analys.example/", date(2025, 5, 1)
    cell.give_level("high", source, dated)
    cell.save()
    OverallLevel.objects.create(
        product_area=area, dimension=cell.dimension, level="high", source=source, dated=dated
    )


def add_goals(plan: ActionPlan, number: int) -> None:
    """Goals with a sub-goal and an indicator each."""
    first = plan.goals.count() + 1
    for at in range(first, first + number):
        goal = Goal.objects.create(plan=plan, number=at, text=f"Mål {at}")
        sub_goal = SubGoal.objects.create(goal=goal, number=f"{at}.1", text="Delmål")
        Indicator.objects.create(sub_goal=sub_goal, number=f"{at}.1", text="Indikator")


def add_plan(at: int, by: User, approved_by: User) -> ActionPlan:
    """A plan with a row in every table that hangs on it."""
    plan = PlanFactory()
    add_areas(plan, 1)
    add_goals(plan, 1)
    ChangeEvent.objects.record(EventKind.IMPORTED, plan, by=by, detail={})
    PlanUpload.objects.create(
        file_name=f"{at}.docx", content=b"x", sha256="0" * 64, uploaded_by=by
    )
    package = RequirementsPackage.objects.create(plan=plan, slug=plan.slug, title=f"Paket {at}")
    version = add_version(package, 1, by, approved_by)
    add_chain(version)
    add_readings(version)
    add_follow_up(version, package.requirements.first())
    PublishRequest.objects.create(
        package=package,
        sha256="0" * 64,
        note="Första.",
        requested_by=by,
        decision=Decision.APPROVED,
        decided_by=approved_by,
        decided_at=timezone.now(),
    )
    return plan


def add_version(
    package: RequirementsPackage, number: int, by: User, approved_by: User
) -> PackageVersion:
    """A version that holds one requirement of a module."""
    version = PackageVersion.objects.create(
        package=package,
        number=number,
        schema=2,
        content=a_content(a_requirement("UK-01", treats=[], serves=[]), plan=None),
        sha256="0" * 64,
        note="Första.",
        published_by=by,
        approved_by=approved_by,
    )
    version.refresh_from_db()
    stored_facts.store([version])
    return version


def add_chain(version: PackageVersion) -> None:
    """A requirement of a version's package with its links, and a module that is included."""
    package, people = version.package, (version.published_by, version.approved_by)
    statement = RiskStatement.objects.filter(cell__product_area__plan=package.plan).first()
    requirement = RequirementFactory(package=package, treats=[statement], source="Förordning")
    RequirementRevision.objects.create(
        requirement=requirement, number=1, sha256="0" * 64, version=version
    )
    module = ModuleFactory()
    old, new = (add_version(module, number, *people) for number in (1, 2))
    uid = new.content.requirements[0].uid
    if not Requirement.objects.filter(uid=uid).exists():
        RequirementFactory(package=module, code="UK-01", uid=uid)
    include(package, new)
    VersionWithdrawal.objects.create(version=old, reason="Fel mått.", withdrawn_by=people[0])


def add_template(organisation: Organisation) -> None:
    """A letterhead that nobody writes on."""
    WordTemplate.objects.create(
        organisation=organisation,
        title=organisation.name,
        file_name="brev.docx",
        content=b"x",
        sha256="0" * 64,
        uploaded_by=UserFactory(username=f"by-{organisation.code}"),
    )


def add_reference_rows(number: int) -> None:
    """More of what everybody's plans lean on; the grid's own rows and columns last."""
    for at in range(number):
        region = ProcurementRegion.objects.create(code=f"X{at}", name=f"Region {at}")
        organisation = Organisation.objects.create(
            code=f"org-{at}", name=f"Organisation {at}", procurement_region=region
        )
        add_template(organisation)
        UserFactory(username=f"extra{at}")
        stage = LifecycleStage.objects.create(code=f"steg-{at}", name=f"Steg {at}", position=50)
        Dimension.objects.create(code=f"dim-{at}", name=f"Dimension {at}", position=50)
        HeadingAlias.objects.create(folded=f"stavning {at}", stage=stage)
        SearchSynonym.objects.create(words=f"ord {at}, annat ord {at}")
