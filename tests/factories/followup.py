"""Readings, follow-ups and what was found and learnt."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from actionplan.models import Organisation, User
from followup.identifiers.organisation_numbers import check_digit
from followup.models import (
    Contract,
    ContractRequirement,
    CorrectiveAction,
    Deviation,
    FollowUp,
    IndicatorReading,
    LegalGround,
    Lesson,
    Method,
    ProposedChange,
    Question,
    ReadingState,
    ReadingStatus,
    SecrecyReview,
    Severity,
    Summary,
    Supplier,
    UseClaim,
)

DONE = date(2026, 3, 16)


def numbered(order: int) -> str:
    """A Swedish organisation number that checks."""
    digits = f"556{order:06}"
    return f"{digits[:6]}-{digits[6:]}{check_digit(digits)}"


class ReadingFactory(DjangoModelFactory):
    """A draft of a reading for the whole country; needs `indicator` and `author`."""

    class Meta:
        model = IndicatorReading

    as_of = date(2026, 6, 30)
    status = ReadingStatus.ON_TRACK
    comment = "Arbetet följer tidsplanen."

    class Params:
        approved_by = None
        approved = factory.Trait(
            state=ReadingState.APPROVED,
            submitted_at=factory.LazyFunction(timezone.now),
            decided_by=factory.SelfAttribute("approved_by"),
            decided_at=factory.LazyFunction(timezone.now),
        )


class FollowUpFactory(DjangoModelFactory):
    """A planned self-assessment of a contract of Region Stockholm; needs `version`."""

    class Meta:
        model = FollowUp

    product_area = factory.LazyAttribute(
        lambda follow_up: follow_up.version.package.plan.product_areas.order_by("number").first()
    )
    organisation = factory.LazyFunction(lambda: Organisation.objects.get(code="stockholm"))
    method = Method.SELF_ASSESSMENT
    planned_for = date(2026, 3, 1)
    contract_reference = factory.Sequence(lambda n: f"RS-2025-{n:04}")
    supplier = "Hemliga Hallar AB"
    sub_suppliers = "Dolda Delar Ltd"
    auditor = "Revisor & Co"
    case_reference = "Dnr 2026-17"
    notes = "Leverantören svarar sent."

    class Params:
        reviewed = factory.Trait(status="reviewed", done_on=DONE)
        closed = factory.Trait(status="closed", done_on=DONE)


class QuestionFactory(DjangoModelFactory):
    """An unanswered question; needs `follow_up` and `requirement`."""

    class Meta:
        model = Question

    text = factory.SelfAttribute("requirement.supplier_question")


class DeviationFactory(DjangoModelFactory):
    """An open, minor deviation; needs `follow_up` and `requirement`."""

    class Meta:
        model = Deviation

    severity = Severity.MINOR
    finding = "Förteckningen saknar två smältverk."
    found_on = DONE
    due_on = date(2026, 6, 16)


class ActionFactory(DjangoModelFactory):
    """A step that is not yet done; needs `deviation`."""

    class Meta:
        model = CorrectiveAction

    text = "Komplettera förteckningen."
    due_on = date(2026, 5, 16)


class LessonFactory(DjangoModelFactory):
    """A lesson that nobody has reviewed for secrecy; needs `follow_up` and `written_by`."""

    class Meta:
        model = Lesson

    text = "Hemliga Hallar AB förstod inte frågan om smältverk."
    public_text = "Frågan om smältverk behöver säga vilka metaller som avses."


class ChangeFactory(DjangoModelFactory):
    """A proposed change; needs `lesson` and `requirement`."""

    class Meta:
        model = ProposedChange

    text = "Räkna upp metallerna i kravet."


class SummaryFactory(DjangoModelFactory):
    """A draft of a summary; needs `follow_up` and `written_by`."""

    class Meta:
        model = Summary

    text = "En datahall har följts upp. Två avvikelser åtgärdas."


def reviewed(row: Summary | Lesson, by: User, **fields) -> SecrecyReview:
    """A secrecy review of a summary or a lesson, exactly as it stands now."""
    row.review = SecrecyReview.objects.create(
        follow_up=row.follow_up,
        ground=fields.pop("ground", LegalGround.BUSINESS),
        conclusion="Inget i texten rör affärsförhållanden.",
        text_sha256=row.words,
        reviewed_by=by,
        **fields,
    )
    row.save()
    return row.review


class SupplierFactory(DjangoModelFactory):
    """A Swedish company with a number of its own."""

    class Meta:
        model = Supplier

    name = factory.Sequence(lambda n: f"Hemliga Hallar {n} AB")
    number = factory.Sequence(numbered)


class ContractFactory(DjangoModelFactory):
    """An own contract of Region Stockholm, with nothing in it."""

    class Meta:
        model = Contract

    organisation = factory.LazyFunction(lambda: Organisation.objects.get(code="stockholm"))
    reference = factory.Sequence(lambda n: f"HEM-{n:04}")
    supplier = factory.SubFactory(SupplierFactory)
    starts_on = date(2025, 1, 1)
    ends_on = date(2027, 12, 31)


class UseClaimFactory(DjangoModelFactory):
    """What Region Stockholm has reported and confirmed; needs `package`, and `selection` of it."""

    class Meta:
        model = UseClaim

    organisation = factory.LazyFunction(lambda: Organisation.objects.get(code="stockholm"))
    authority = "Region Stockholm"
    reference = factory.Sequence(lambda n: f"DNR-{n:04}")
    kind = "procurement"
    level = "basic"
    email = "kim@upphandling.example"
    has_consented = True
    selection = factory.LazyAttribute(lambda row: f"paket={row.package.slug}&version=1&krav=SE-01")
    confirmed_at = factory.LazyFunction(timezone.now)


class ContractRequirementFactory(DjangoModelFactory):
    """A requirement in a contract; needs `contract`, `version` and `requirement`."""

    class Meta:
        model = ContractRequirement

    code = factory.SelfAttribute("requirement.code")
    revision = 1
