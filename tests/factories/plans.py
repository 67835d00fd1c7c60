"""Plans, their areas and cells."""

import factory
from factory.django import DjangoModelFactory

from actionplan.models import (
    ActionPlan,
    Contact,
    Goal,
    Indicator,
    Organisation,
    ProcurementRegion,
    ProductArea,
    PurchasingCategory,
    SubGoal,
)
from risks.models import Assessment, RiskCell, RiskStatement


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = PurchasingCategory

    slug = factory.Sequence(lambda n: f"kategori-{n}")
    name = factory.Sequence(lambda n: f"Kategori {n}")


class AreaFactory(DjangoModelFactory):
    """A product area with its whole, empty matrix."""

    class Meta:
        model = ProductArea
        skip_postgeneration_save = True

    number = 1
    name = "servrar"

    @factory.post_generation
    def cells(self, create, extracted, **kwargs):
        RiskCell.objects.complete([self])


class PlanFactory(DjangoModelFactory):
    """A draft of procurement region C."""

    class Meta:
        model = ActionPlan
        skip_postgeneration_save = True

    category = factory.SubFactory(CategoryFactory)
    slug = factory.SelfAttribute("category.slug")
    procurement_region = factory.LazyFunction(lambda: ProcurementRegion.objects.get(code="C"))
    coordinator = factory.LazyFunction(lambda: Organisation.objects.get(code="stockholm"))
    first_year = 2023
    last_year = 2025
    introduction = "Servrar prioriteras.\n\nTelefoni prioriteras inte."

    @factory.post_generation
    def with_matrix(self, create, extracted, **kwargs):
        if not extracted:
            return
        servers = AreaFactory(plan=self, number=1, name="servrar")
        AreaFactory(plan=self, number=2, name="nätverksprodukter")
        fill_cell(servers, "raw_material", "environment", risks=["Gruvor förorenar vatten."])
        fill_cell(
            servers,
            "use",
            "environment",
            risks=["Hög energianvändning."],
            opportunities=["Möjlighet att återbruka internt."],
        )
        fill_cell(
            servers,
            "end_of_life",
            "environment",
            risks=["Ingen rådighet över"],
            assessment=Assessment.NO_LEVERAGE,
        )
        Contact.objects.create(plan=self, name="Kim Hemlig", email="kim@region.example")
        Contact.objects.create(
            plan=self, name="Alva Öppen", email="alva@region.example", is_public=True
        )

    @factory.post_generation
    def with_goals(self, create, extracted, **kwargs):
        if not extracted:
            return
        goal = Goal.objects.create(plan=self, number=1, text="Ett gemensamt kravpaket")
        for position, text in enumerate(["Krav är framtagna", "Uppföljning är gjord"], start=1):
            sub_goal = SubGoal.objects.create(
                goal=goal, number=f"1.{position}", position=position, text=text
            )
            Indicator.objects.create(
                sub_goal=sub_goal, number=f"1.{position}", position=1, text=f"{text}: visat"
            )


def fill_cell(
    area: ProductArea,
    stage: str,
    dimension: str,
    *,
    risks: list[str] = (),
    opportunities: list[str] = (),
    assessment: str = Assessment.DESCRIBED,
    **fields,
) -> RiskCell:
    """Write statements into one cell of an area."""
    cell = RiskCell.objects.get(product_area=area, stage__code=stage, dimension__code=dimension)
    for name, value in {"assessment": assessment, **fields}.items():
        setattr(cell, name, value)
    cell.save()
    texts = [("risk", text) for text in risks] + [("opportunity", text) for text in opportunities]
    for position, (kind, text) in enumerate(texts):
        RiskStatement.objects.create(cell=cell, kind=kind, text=text, position=position)
    return cell
