"""No text that people write holds control signs, and no name a line break, whoever stores it."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from actionplan.database import bulk
from actionplan.models import Organisation, ProcurementRegion
from actionplan.models.written import LINES, TEXTS, Written, keep_typed
from followup.models import Supplier

APPS = ("actionplan", "risks", "requirements_pkg", "followup")
FROM_A_REQUEST = "Copied from the request that two people decided on, which is checked."
DERIVED = "Worked out of published versions."
PROGRAM = "A program writes it."
# Models with texts that are not checked when they are stored.
UNCHECKED = {
    "actionplan.ChangeEvent": "It repeats what is stored; it is never changed.",
    "actionplan.ChangeLog": "It repeats what is stored; it is never changed.",
    "requirements_pkg.PackageVersion": FROM_A_REQUEST,
    "requirements_pkg.RequirementRevision": FROM_A_REQUEST,
    "requirements_pkg.ConsultedDraft": "A document of rows that are checked.",
    "requirements_pkg.VersionFacts": DERIVED,
    "requirements_pkg.PublishedText": DERIVED,
    "requirements_pkg.VersionWords": DERIVED,
    "requirements_pkg.LinkCheck": PROGRAM,
    "requirements_pkg.ReadTick": "Marks of places, which nobody types.",
    "followup.FollowUpReport": FROM_A_REQUEST,
    "followup.StoredReportBasis": FROM_A_REQUEST,
}


def written() -> list[type[models.Model]]:
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy and issubclass(model, Written)
    ]


def texts(model: type[models.Model], kinds: frozenset = TEXTS - {models.JSONField}) -> list[str]:
    exact = getattr(model, "kept_exact", frozenset())
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, tuple(kinds)) and not field.choices and field.name not in exact
    ]


def test_every_model_with_a_text_is_checked_or_says_why_not():
    labels = {
        model._meta.label
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not issubclass(model, Written) and texts(model)
    }
    assert labels == set(UNCHECKED)


@pytest.mark.parametrize("model", written(), ids=lambda model: model._meta.label)
def test_no_text_keeps_a_control_sign_and_no_name_a_line(model):
    names = texts(model)
    row = model(**dict.fromkeys(names, "a\x00b\u200bc\x0bd\ne"))
    keep_typed(model, [row])
    lines = set(texts(model, LINES))
    kept = {name: getattr(row, name) for name in names}
    assert kept == {name: "a bc d e" if name in lines else "a bc d\ne" for name in names}


@pytest.mark.parametrize("model", written(), ids=lambda model: model._meta.label)
@pytest.mark.parametrize("line", ["\n", "\r", "\x0b", "\u2028", "\x85"], ids=ascii)
def test_a_name_of_two_lines_is_refused_in_each_form(model, line):
    names = texts(model, LINES)
    row = model(**dict.fromkeys(names, f"a{line}b"))
    others = {field.name for field in model._meta.fields} - set(names)
    if not names:
        return
    with pytest.raises(ValidationError) as refused:
        row.clean_fields(exclude=others)
    sentences = {name: list(map(str, errors)) for name, errors in refused.value}
    unasked = [
        name for name in names if "Skriv på en rad, utan radbrytningar." not in sentences[name]
    ]
    assert unasked == []


def test_what_a_command_or_an_import_stores_is_as_typed(db, superuser):
    region = ProcurementRegion.objects.first()
    Organisation.objects.create(code="ny", name="Region\x00 N\u200by\n", procurement_region=region)
    assert Organisation.objects.get(code="ny").name == "Region Ny"
    bulk.make(Supplier, [Supplier(name="Ny\x1b Hall\nAB")], by=superuser)
    (supplier,) = Supplier.objects.all()
    assert supplier.name == "Ny Hall AB"
    supplier.name = "Annan\x07\tHall"
    bulk.change(Supplier, [supplier], ["name"], by=superuser)
    supplier.refresh_from_db()
    assert "\x07" not in supplier.name
