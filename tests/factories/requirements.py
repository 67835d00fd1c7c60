"""Packages, shared modules and their requirements."""

import factory
from factory.django import DjangoModelFactory

from actionplan.models import ProcurementRegion
from requirements_pkg.models import (
    AcceptedProof,
    Feedback,
    PackageInclusion,
    Requirement,
    RequirementArea,
    RequirementKind,
    RequirementProof,
    RequirementSource,
    RequirementsPackage,
    RiskTreatment,
    Subscription,
)
from requirements_pkg.models.chain import fingerprint
from tests.factories.plans import PlanFactory


class PackageFactory(DjangoModelFactory):
    """The package of a plan of procurement region C."""

    class Meta:
        model = RequirementsPackage
        django_get_or_create = ("plan",)

    plan = factory.SubFactory(PlanFactory, with_matrix=True, with_goals=True)
    slug = factory.LazyAttribute(lambda package: package.plan.slug)
    title = factory.LazyAttribute(lambda package: package.plan.category.name)


class ModuleFactory(DjangoModelFactory):
    """A shared module that procurement region C keeps."""

    class Meta:
        model = RequirementsPackage

    plan = None
    steward = factory.LazyFunction(lambda: ProcurementRegion.objects.get(code="C"))
    slug = factory.Sequence(lambda n: f"uppforandekod-{n}")
    title = factory.Sequence(lambda n: f"Uppförandekod {n}")


class RequirementFactory(DjangoModelFactory):
    """A basic contract term that is whole: proof, follow-up and a source."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    package = factory.SubFactory(PackageFactory)
    # A series of its own: no code that a test writes itself ("SE-01") is ever met.
    code = factory.Sequence(lambda n: f"NR-{n + 1:02}")
    title = factory.LazyAttribute(lambda requirement: f"Redovisa smältverk {requirement.code}")
    text = "Leverantören ska lämna en förteckning inom [antal veckor: 4 | från begäran] veckor."
    rationale = "Gruvor förorenar vatten."
    verification = "Ifylld förteckning."
    follow_up_method = "Dokumentgranskning varje år."
    supplier_question = "Vilka smältverk finns i er leveranskedja?"
    kind = RequirementKind.CONTRACT
    cpv = "48820000-2"

    @factory.post_generation
    def treats(self, create, extracted, **kwargs):
        """The statements it treats."""
        for statement in extracted or ():
            treat(self, statement)

    @factory.post_generation
    def areas(self, create, extracted, **kwargs):
        """The product areas it is for; none at all means every area."""
        for area in extracted or ():
            RequirementArea.objects.create(requirement=self, product_area=area)

    @factory.post_generation
    def source(self, create, extracted, **kwargs):
        """The title of a source."""
        if extracted:
            RequirementSource.objects.create(
                requirement=self, title=extracted, url="https://eur-lex.example/1"
            )

    @factory.post_generation
    def proof(self, create, extracted, **kwargs):
        """The name of a label that it accepts."""
        if extracted:
            words = {"owner": "Miljöförbundet", "proves": "Granskad av tredje part."}
            words["url"] = "https://marke.example/krav"
            made, _new = AcceptedProof.objects.get_or_create(name=extracted, defaults=words)
            RequirementProof.objects.create(requirement=self, proof=made)


class FeedbackFactory(DjangoModelFactory):
    """Somebody for whom a requirement does not work, and who leaves no name."""

    class Meta:
        model = Feedback

    package = factory.SubFactory(PackageFactory)
    uid = factory.Faker("uuid4")
    cite = "SE-01:1"
    title = "Redovisa smältverk"
    works = "no"
    text = "Mätmetoden finns inte."


class SubscriptionFactory(DjangoModelFactory):
    """Somebody who wants a mail of everything, and has not confirmed it yet."""

    class Meta:
        model = Subscription

    email = "kim@upphandling.example"


def treat(requirement: Requirement, statement) -> RiskTreatment:
    """Link a requirement to a risk, both texts as they are now."""
    return RiskTreatment.objects.create(
        requirement=requirement,
        statement=statement,
        hash_at_link=fingerprint(requirement.title, requirement.text, statement.text),
    )


def include(package: RequirementsPackage, version) -> PackageInclusion:
    """Include a published module."""
    return PackageInclusion.objects.create(
        package=package, module=version.package, version=version
    )
