"""How each constraint of requirements and their links is broken."""

from datetime import date

from actionplan.models import ActionPlan, SubGoal, User
from requirements_pkg.models import (
    AcceptedProof,
    GoalService,
    PackageInclusion,
    PackageVersion,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementRevision,
    RequirementSource,
    RequirementsPackage,
    RiskTreatment,
    VersionWithdrawal,
)
from risks.models import RiskStatement
from tests.factories import ModuleFactory, RequirementFactory
from tests.factories.contents import a_content
from tests.project.house.breaking import Break

DATED = "requirement_withdrawn_with_reason_and_date"
WITHDRAWN = "Ange datum och skäl för ett indraget krav, och bara för det."
POINTS = "Ange poäng och poängskala för ett tilldelningskriterium, och bara för det."


def requirement() -> Requirement:
    """A stored requirement of the published package."""
    there = Requirement.objects.first()
    return there or RequirementFactory(package=RequirementsPackage.objects.get(plan__isnull=False))


def second() -> Requirement:
    """Another requirement, not stored yet, of the same package."""
    return RequirementFactory.build(package=requirement().package, code="ZZ-99")


def award() -> Requirement:
    row = second()
    row.kind, row.max_points, row.scale = "award", 10, "En poäng per år."
    return row


def withdrawn() -> Requirement:
    row = requirement()
    row.state, row.withdrawn_on = "withdrawn", date(2026, 1, 31)
    row.withdrawn_reason = "Lagen kräver det numera."
    return row


def version() -> PackageVersion:
    return PackageVersion.objects.get(number=1, package__plan__isnull=False)


def by() -> User:
    return User.objects.get(username="coordinator")


def module_version() -> PackageVersion:
    there = PackageVersion.objects.filter(package__plan__isnull=True).first()
    return there or PackageVersion.objects.create(
        package=ModuleFactory(),
        number=1,
        schema=2,
        content=a_content(),
        sha256="0" * 64,
        note="Ny.",
        published_by=by(),
        approved_by=User.objects.get(username="reviewer"),
    )


def inclusion() -> PackageInclusion:
    published = module_version()
    return PackageInclusion(package=version().package, module=published.package, version=published)


def second_inclusion() -> PackageInclusion:
    """The inclusion of a second module, beside the first."""
    if not PackageInclusion.objects.exists():
        inclusion().save()
    other = module_version()
    other = PackageVersion(
        package=ModuleFactory(),
        number=1,
        schema=2,
        content=a_content(),
        sha256="0" * 64,
        note="Ny.",
        published_by=other.published_by,
        approved_by=other.approved_by,
    )
    other.save()
    return PackageInclusion(package=version().package, module=other.package, version=other)


def accepted_proof(name: str = "EMAS") -> AcceptedProof:
    return AcceptedProof(name=name, owner="EU", proves="Miljöledning.")


def stored_proof(name: str) -> AcceptedProof:
    words = {"owner": "EU", "proves": "Miljöledning."}
    return AcceptedProof.objects.get_or_create(name=name, defaults=words)[0]


def another_proof() -> AcceptedProof:
    stored_proof("EMAS")
    return accepted_proof("ISO 14001")


def proof_link() -> RequirementProof:
    parent = requirement()
    RequirementProof.objects.get_or_create(requirement=parent, proof=stored_proof("EMAS"))
    return RequirementProof(requirement=parent, proof=stored_proof("ISO 14001"))


def area_link() -> RequirementArea:
    parent = requirement()
    first, other = parent.package.plan.product_areas.order_by("number")[:2]
    RequirementArea.objects.get_or_create(requirement=parent, product_area=first)
    return RequirementArea(requirement=parent, product_area=other)


def treatment() -> RiskTreatment:
    parent = requirement()
    first, other = RiskStatement.objects.order_by("pk")[:2]
    RiskTreatment.objects.get_or_create(
        requirement=parent, statement=first, defaults={"hash_at_link": "0" * 64}
    )
    return RiskTreatment(
        requirement=parent, statement=other, hash_at_link="0" * 64, confirmed_by=by()
    )


def service() -> GoalService:
    parent = requirement()
    first, other = SubGoal.objects.order_by("pk")[:2]
    GoalService.objects.get_or_create(
        requirement=parent, sub_goal=first, defaults={"hash_at_link": "0" * 64}
    )
    return GoalService(
        requirement=parent, sub_goal=other, hash_at_link="0" * 64, confirmed_by=by()
    )


def revision() -> RequirementRevision:
    parent = requirement()
    RequirementRevision.objects.get_or_create(
        requirement=parent, number=1, defaults={"sha256": "0" * 64, "version": version()}
    )
    return RequirementRevision(requirement=parent, number=2, sha256="1" * 64, version=version())


def withdrawal() -> VersionWithdrawal:
    return VersionWithdrawal(version=version(), reason="Fel mått.", withdrawn_by=by())


def refuses(name: str, right, wrong: dict, sentence: str, *, field: bool = False) -> Break:
    return Break(f"requirements_pkg_{name}", right, wrong, sentence, is_field_error=field)


CASES = [
    refuses(
        "requirementspackage_plan_or_steward",
        ModuleFactory.build,
        {"steward": None},
        "Välj en handlingsplan för kravpaketet, eller en förvaltare om det är gemensamt.",
    ),
    refuses(
        "requirementspackage_plan_or_steward",
        ModuleFactory.build,
        {"plan": lambda row: ActionPlan.objects.exclude(package__isnull=False).get()},
        "Välj en handlingsplan för kravpaketet, eller en förvaltare om det är gemensamt.",
    ),
    refuses(
        "packageinclusion_once",
        second_inclusion,
        {"module": lambda row: PackageInclusion.objects.get().module},
        "Modulen ingår redan i kravpaketet.",
    ),
    refuses(
        "packageinclusion_not_itself",
        inclusion,
        {"module": lambda row: row.package},
        "Ett kravpaket kan inte innehålla sig självt.",
    ),
    refuses(
        "requirement_uid_once",
        second,
        {"uid": lambda row: requirement().uid},
        "Kravpaketet har redan det kravet.",
    ),
    refuses(
        "requirement_code_once",
        second,
        {"code": lambda row: requirement().code},
        "Ett annat krav i kravpaketet har den koden. Välj en annan kod.",
    ),
    refuses("requirement_code_is_filled", second, {"code": ""}, "Ange kravets kod.", field=True),
    refuses(
        "requirement_title_is_filled", second, {"title": ""}, "Ange kravets rubrik.", field=True
    ),
    refuses("requirement_text_is_filled", second, {"text": ""}, "Ange kravets text.", field=True),
    refuses(
        "requirement_kind_is_known",
        second,
        {"kind": "wish"},
        "Välj en av de fyra kravtyperna.",
        field=True,
    ),
    refuses(
        "requirement_level_is_known",
        second,
        {"level": "extra"},
        "Välj nivån bas, avancerad eller spjutspets.",
        field=True,
    ),
    refuses(
        "requirement_state_is_known",
        requirement,
        {"state": "gone"},
        "Välj gäller nu eller indraget.",
        field=True,
    ),
    refuses("requirement_award_has_points_and_scale", award, {"max_points": None}, POINTS),
    refuses("requirement_award_has_points_and_scale", award, {"max_points": 0}, POINTS),
    refuses("requirement_award_has_points_and_scale", award, {"scale": ""}, POINTS),
    refuses("requirement_award_has_points_and_scale", second, {"max_points": 5}, POINTS),
    refuses("requirement_award_has_points_and_scale", second, {"scale": "Poäng."}, POINTS),
    refuses(DATED, withdrawn, {"withdrawn_on": None}, WITHDRAWN),
    refuses(
        DATED,
        withdrawn,
        {"withdrawn_reason": ""},
        WITHDRAWN,
    ),
    refuses(DATED, withdrawn, {"state": "active"}, WITHDRAWN),
    refuses(
        DATED,
        requirement,
        {"withdrawn_reason": "Utan datum."},
        WITHDRAWN,
    ),
    refuses(
        "requirement_does_not_replace_itself",
        requirement,
        {"replaces": lambda row: row},
        "Ett krav kan inte ersätta sig självt. Välj ett annat krav.",
    ),
    refuses(
        "requirement_is_not_its_own_successor",
        withdrawn,
        {"successor": lambda row: row},
        "Ett indraget krav kan inte hänvisa till sig självt. Välj ett annat krav.",
    ),
    refuses(
        "requirementarea_once",
        area_link,
        {"product_area": lambda row: RequirementArea.objects.get().product_area},
        "Kravet gäller redan produktområdet.",
    ),
    refuses(
        "requirementproof_once",
        proof_link,
        {"proof": lambda row: RequirementProof.objects.get().proof},
        "Kravet godtar redan det här beviset.",
    ),
    refuses(
        "acceptedproof_name_once",
        another_proof,
        {"name": "EMAS"},
        "Det finns redan ett bevis med det namnet.",
    ),
    *(
        refuses(
            f"acceptedproof_{name}_is_filled",
            accepted_proof,
            {name: ""},
            sentence,
            field=True,
        )
        for name, sentence in (
            ("name", "Skriv vad beviset heter."),
            ("owner", "Skriv vem som äger märkningen eller certifikatet."),
            ("proves", "Skriv vad beviset visar."),
        )
    ),
    refuses(
        "requirementsource_title_is_filled",
        lambda: RequirementSource(requirement=requirement(), title="Förordning"),
        {"title": ""},
        "Ange källans rubrik.",
        field=True,
    ),
    refuses(
        "risktreatment_once",
        treatment,
        {"statement": lambda row: RiskTreatment.objects.get().statement},
        "Kravet hanterar redan risken.",
    ),
    refuses(
        "goalservice_once",
        service,
        {"sub_goal": lambda row: GoalService.objects.get().sub_goal},
        "Kravet bidrar redan till delmålet.",
    ),
    refuses(
        "requirementrevision_number_once",
        revision,
        {"number": 1},
        "Kravet har redan en lydelse med det numret.",
    ),
    refuses(
        "requirementrevision_number_from_one",
        revision,
        {"number": 0},
        "Numrera lydelserna från 1.",
    ),
    refuses(
        "versionwithdrawal_reason_is_filled",
        withdrawal,
        {"reason": ""},
        "Skriv varför versionen dras in.",
        field=True,
    ),
    refuses(
        "versionwithdrawal_not_replaced_by_itself",
        withdrawal,
        {"replaced_by": lambda row: row.version},
        "En indragen version kan inte hänvisa till sig själv. Välj en annan version.",
    ),
]
