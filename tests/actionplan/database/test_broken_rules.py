"""What the database refuses is told in the sentence of the rule, on both databases."""

import pytest
from django import forms
from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from actionplan.database.broken_rules import BrokenRule, all_or_nothing, refusal, tell
from actionplan.models import ActionPlan, Contact, ProcurementRegion, PurchasingCategory
from tests.factories import CategoryFactory, UserFactory
from tests.project.house.breaking import APPS

UNIQUE = [
    field
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    for field in model._meta.local_concrete_fields
    if field.unique and not field.primary_key
]


def refused(write) -> BrokenRule:
    """What is told when something that the database refuses is written."""

    @all_or_nothing()
    def verb():
        write()
        # As at the end of a request: the keys are looked at then.
        connection.check_constraints()

    with pytest.raises(BrokenRule) as error:
        verb()
    return error.value


class CategoryForm(forms.ModelForm):
    class Meta:
        model = PurchasingCategory
        fields = ["slug", "name"]


def test_a_value_that_another_row_has(db):
    CategoryFactory(slug="el", name="El")
    rule = refused(lambda: PurchasingCategory.objects.create(slug="el", name="Annat"))
    assert (rule.model, rule.fields) == (PurchasingCategory, ("slug",))
    assert rule.messages == ["Inköpskategori med detta Adress finns redan."]
    # The form itself would have said the same.
    form = CategoryForm({"slug": "el", "name": "Annat"})
    assert form.errors == {"slug": rule.messages}


@pytest.mark.parametrize("field", UNIQUE, ids=str)
def test_each_unique_field_is_known_by_what_sqlite_says(field):
    rule = refusal(
        IntegrityError(f"UNIQUE constraint failed: {field.model._meta.db_table}.{field.column}")
    )
    assert (rule.model, rule.fields) == (field.model, (field.name,))


def test_a_value_that_is_missing(db):
    rule = refused(lambda: PurchasingCategory.objects.bulk_create([PurchasingCategory(name=None)]))
    assert rule.messages == ["”Namn” saknas."]
    assert (rule.model, rule.fields) == (PurchasingCategory, ("name",))


def test_something_that_has_just_been_removed(plan):
    if connection.vendor == "postgresql":
        rule = refused(lambda: Contact.objects.create(plan_id=999_999, name="Kim"))
    else:
        # SQLite looks at its keys when the test has ended.
        rule = refusal(IntegrityError("FOREIGN KEY constraint failed"))
    assert rule.messages[0].startswith("Något som det här hör till har just tagits bort")


def test_what_something_else_needs(plan):
    rule = refused(plan.category.delete)
    assert "används det som skulle tas bort" in rule.messages[0]
    assert isinstance(rule.__cause__, ProtectedError)


def test_what_is_no_rule_of_ours_has_a_sentence_all_the_same():
    assert "Inget har sparats" in refusal(IntegrityError("some trigger")).messages[0]


def test_nothing_is_left_of_what_was_refused(db):
    CategoryFactory(slug="el", name="El")

    def write():
        CategoryFactory(slug="nytt", name="Nytt")
        PurchasingCategory.objects.create(slug="el", name="Annat")

    refused(write)
    assert list(PurchasingCategory.objects.filter(slug__in=["el", "nytt"])) == [
        PurchasingCategory.objects.get(slug="el")
    ]


def test_it_is_told_beside_its_field_and_once(db):
    form = CategoryForm({"slug": "ny", "name": "Ny"})
    assert form.is_valid()
    rule = BrokenRule("Upptaget.", model=PurchasingCategory, fields=("slug",))
    tell(form, rule)
    tell(form, rule)
    assert form.errors == {"slug": ["Upptaget."]}


@pytest.mark.parametrize(
    ("model", "fields"),
    [(ProcurementRegion, ("name",)), (PurchasingCategory, ("name", "slug")), (None, ())],
)
def test_it_is_told_above_the_form_where_it_is_of_no_field_alone(db, model, fields):
    form = CategoryForm({"slug": "ny", "name": "Ny"})
    tell(form, BrokenRule("Upptaget.", model=model, fields=fields))
    assert form.errors == {"__all__": ["Upptaget."]}


def test_an_address_that_differs_in_case_only(db):
    UserFactory(username="a", email="kim@region.example")
    rule = refused(lambda: UserFactory(username="b", email="Kim@region.example"))
    assert rule.messages == [
        ("En annan aktiv person har den e-postadressen. Ange en annan adress.")
    ]


def test_a_plan_that_is_its_own_predecessor(plan):
    rule = refused(lambda: ActionPlan.objects.filter(pk=plan.pk).update(predecessor=plan.pk))
    assert rule.messages == ["En plan kan inte vara sin egen föregångare. Välj en annan plan."]
