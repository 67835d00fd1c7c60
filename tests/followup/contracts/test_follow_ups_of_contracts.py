"""A follow-up of a contract in the register tells its supplier and reference wherever it did."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplan.models import Organisation
from followup.actions.lessons import is_for_everybody
from followup.actions.summaries import review_secrecy
from followup.drafting.follow_up_rows import basis_of
from followup.drafting.names import known_names
from followup.drafting.summaries import public_summaries
from followup.excel.questionnaire import questionnaire_file
from followup.models import FollowUp, JointOwner
from tests.factories import ContractFactory, FollowUpFactory, LessonFactory
from tests.factories.followup import SummaryFactory, reviewed
from tests.project.pages.test_draft_leak import unpacked

SUPPLIER, REFERENCE = "Smygande Hallar AB", "HEM-99"
ANSWERS = {"ground": "osl_31_16", "conclusion": "Prövad."}


@pytest.fixture
def registered(demanding) -> FollowUp:
    contract = ContractFactory(reference=REFERENCE, supplier__name=SUPPLIER)
    facts = {"contract": contract, "contract_reference": "", "supplier": ""}
    return FollowUpFactory(version=demanding, reviewed=True, **facts)


def test_disclosure_control_counts_the_supplier_of_the_register(registered, demanding):
    plan = demanding.package.plan
    FollowUpFactory(version=demanding, supplier="SMYGANDE hallar")
    suppliers = {row.supplier for row in basis_of(plan, date(2026, 6, 1), frozenset())}
    assert suppliers == {"smygande hallar"}


def test_texts_are_screened_for_the_register_also_without_a_follow_up(registered):
    ContractFactory(reference="ALDRIG-1", supplier__name="Aldrig Granskad AB")
    names = known_names()
    for text in (
        f"Av {SUPPLIER}.",
        f"Enligt {REFERENCE}.",
        "Aldrig Granskad.",
        "ALDRIG-1 gäller.",
    ):
        assert names.hits("note", text), text
    assert not names.hits("note", "Av ett annat bolag.")


def test_a_review_refuses_a_text_that_names_it(registered, coordinator, reviewer):
    summary = SummaryFactory(
        follow_up=registered, written_by=coordinator, text="Smygande Hallar brast.", supplier=""
    )
    with pytest.raises(ValidationError, match="nämner leverantören"):
        review_secrecy(subject=summary, by=reviewer, **ANSWERS)
    lesson = LessonFactory(
        follow_up=registered, written_by=coordinator, public_text="Smygande Hallar brast."
    )
    reviewed(lesson, reviewer)
    assert not is_for_everybody(lesson)
    lesson.review.may_name_supplier = True
    assert is_for_everybody(lesson)


def test_a_summary_keeps_whose_it_is_and_the_questionnaire_which_it_is_of(
    registered, demanding, coordinator, reviewer
):
    summary = SummaryFactory(follow_up=registered, written_by=coordinator)
    reviewed(summary, reviewer)
    summary.published_at, summary.published_by = timezone.now(), coordinator
    summary.save()
    rows = public_summaries(demanding.package.plan, date(2026, 6, 1))
    assert [supplier for _key, supplier, _summary in rows] == [SUPPLIER]
    assert REFERENCE in unpacked(questionnaire_file(registered))


def test_only_who_has_a_part_in_the_contract_follows_it_up(registered):
    registered.organisation = Organisation.objects.get(code="skane")
    with pytest.raises(ValidationError, match="har ingen del i det här avtalet"):
        registered.clean()
    JointOwner.objects.create(contract=registered.contract, organisation=registered.organisation)
    registered.clean()
