"""Every form of the admin, sent while the database refuses what it writes: it says which rule.

Every constraint of every table that a form writes is broken in the moment of writing, as by
somebody who stores the same at once, when nothing that the form checks beforehand helps.
"""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError

from actionplan.models import Organisation, User, logged
from tests.project.back_office.admin_table import MODELS
from tests.project.back_office.admin_world import row_of
from tests.project.back_office.sendings import SENDINGS, Form, Sending, names, refusing, twice
from tests.project.house.breaking import APPS, constraints_of

TABLES = {
    model._meta.db_table: model
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    if not model._meta.proxy
}
# What no form writes, so that nobody meets it on a page.
BY_NO_FORM = {
    # By what is told of whoever reads; what a form stores is told under kinds that there are.
    "actionplan_changelog_kind_is_known",
    # By a command, which takes a reminder that is sent already for what it is.
    "followup_sentreminder_kind_is_known",
    "followup_sentreminder_once",
    # On the preview of a file, of words that it has.
    "actionplan_sheetword_folded_is_filled",
    "actionplan_sheetword_meaning_is_filled",
    "actionplan_sheetword_means_one_thing",
    # By a command, of addresses that sources name already.
    "requirements_pkg_linkcheck_address_is_filled",
    "requirements_pkg_linkcheck_failing_when_checked",
    "requirements_pkg_linkcheck_once",
    # By visitors, whose forms are tried in tests/requirements_pkg/dialogue.
    *(
        f"requirements_pkg_feedback_{rule}"
        for rule in (
            *("cite_is_filled", "title_is_filled", "works_is_known"),
            *("says_what_does_not_work", "personal_data_with_consent"),
        )
    ),
    *(
        f"requirements_pkg_{rule}"
        for rule in (
            *(
                "consultationreply_personal_data_with_consent",
                "consultationreply_named_with_consent",
            ),
            *("consultationreply_sent_as_remarks", "consultationremark_once"),
            *("consultationremark_once_on_the_whole", "consultationremark_text_is_filled"),
            "consultationremark_names_its_requirement",
        )
    ),
    *(
        f"requirements_pkg_subscription_{rule}"
        for rule in (
            *("email_is_filled", "once", "once_to_all"),
            *("once_of_selection", "of_package_or_selection"),
        )
    ),
    # By visitors, whose form is tried in tests/followup/public/test_use_pages.py.
    *(
        f"followup_useclaim_{rule}"
        for rule in (
            *("kind_is_known", "value_class_is_known", "level_is_known", "selection_is_filled"),
            *("reference_is_filled", "authority_is_filled", "address_with_consent"),
        )
    ),
    "followup_usedrequirement_once",
    # By the index of a search, which is made anew where it cannot be stored.
    "requirements_pkg_publishedtext_kind_is_known",
}


def says(rule: models.BaseConstraint, model: type[models.Model]) -> str:
    """What SQLite says of a broken rule; what PostgreSQL says is known by the rule's name."""
    if isinstance(rule, models.CheckConstraint):
        return f"CHECK constraint failed: {rule.name}"
    if rule.expressions:
        return f"UNIQUE constraint failed: index '{rule.name}'"
    columns = [model._meta.get_field(name).column for name in rule.fields]
    table = model._meta.db_table
    return "UNIQUE constraint failed: " + ", ".join(f"{table}.{column}" for column in columns)


@pytest.fixture
def form(world, as_persona) -> Callable[[str], Form]:
    """A function that opens a page of the admin, to be sent."""
    clients = {name: as_persona(name) for name in ("superuser", "reviewer")}
    for client in clients.values():
        client.raise_request_exception = False

    def opened(name: str) -> Form:
        how = SENDINGS.get(name, Sending())
        return Form(name, how, clients[how.who], world)

    return opened


def rules_of(tables: set[str]) -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """The rules of some tables by name, each with its model."""
    return {
        rule.name: (TABLES[table], rule)
        for table in tables & set(TABLES)
        for rule in TABLES[table]._meta.constraints
        if rule.name not in BY_NO_FORM
    }


def test_every_rule_that_a_form_may_break_is_told_in_it(form):
    faults: dict[tuple[str, str], str] = {}
    met: set[str] = set()
    for name in names():
        with transaction.atomic():
            page = form(name)
            rules = rules_of(page.writes())
            # Each rule in one form, and in each form one rule.
            for sentence in sorted(rules.keys() - met) or sorted(rules)[:1]:
                met.add(sentence)
                model, rule = rules[sentence]
                error = refusing(says(rule, model))
                response = page.sent_while(model._meta.db_table, error)
                if fault := page.fault(response, str(rule.violation_error_message)):
                    faults[name, sentence] = fault
            transaction.set_rollback(True)
    assert faults == {}
    every = {rule for app in APPS for rule in constraints_of(app)}
    assert every - met == BY_NO_FORM


def sentences_of_twins(model: type[models.Model]) -> list[str]:
    """What is said of two rows that may not be the same."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    own = [
        field for field in model._meta.concrete_fields if field.unique and not field.primary_key
    ]
    # Two that have none are not the same.
    fields = [field.name for field in own if not field.null]
    sentences = [model().unique_error_message(model, [name]).messages[0] for name in fields]
    return [*(str(rule.violation_error_message) for rule in rules), *sentences]


# A person by name and by address, a plan by address and by category and year, and so on.
NEW = [f"{label}/add" for label, rights in MODELS.items() if rights.add] + [
    "requirements_pkg_include",
    "requirements_pkg_module_ask",
    "requirements_pkg_withdraw_version",
    "followup_propose",
]


# Parts of a contract that is new itself: nobody else knows its key, and their own are taken from
# the sequence beforehand, so that what is stored twice is the key and not what the rule is about.
OF_A_NEW_CONTRACT = {
    ("followup.contract/add", f"followup_{part}")
    for part in ("contractarea", "contractrequirement", "jointowner")
}


def test_the_same_new_thing_is_not_stored_by_two_at_once(form):
    faults: dict[tuple[str, str], str] = {}
    met: set[str] = set()
    skipped: set[tuple[str, str]] = set()
    for name in NEW:
        with transaction.atomic():
            page = form(name)
            for table in sorted(page.writes() & set(TABLES)):
                if (name, table) in OF_A_NEW_CONTRACT:
                    skipped.add((name, table))
                elif sentences := sentences_of_twins(TABLES[table]):
                    met.add(table)
                    if page_fault := page.fault(page.sent_while(table, twice), *sentences):
                        faults[name, table] = page_fault
            transaction.set_rollback(True)
    assert faults == {}
    assert skipped == OF_A_NEW_CONTRACT
    assert {
        "actionplan_actionplan",
        "actionplan_goal",
        "actionplan_purchasingcategory",
        "actionplan_user",
        "followup_contract",
        "followup_supplier",
        "requirements_pkg_requirement",
    } <= met


def test_two_who_save_the_same_new_address_at_once(form, mailoutbox):
    """The second is told, and no link is sent to somebody who is not there."""
    page = form("actionplan.user/add")
    response = page.sent_while("actionplan_user", twice)
    # Her name is her address, so that either is told.
    assert not page.fault(response, *sentences_of_twins(User))
    assert page.data["email"] in response.content.decode()
    assert mailoutbox == []


@pytest.mark.parametrize("is_list", [False, True], ids=["page", "list"])
def test_what_somebody_has_just_begun_to_need_is_not_deleted(form, world, monkeypatch, is_list):
    """Told where one asked to delete, which then shows what stands in the way."""
    page = form("actionplan.organisation/delete")
    organisation = row_of(Organisation)

    def needed(*args, **kwargs):
        raise ProtectedError("Needed.", {organisation})

    monkeypatch.setattr(logged, "Collector", needed)
    sent_form = {"action": "delete_selected", "_selected_action": organisation.pk, "post": "yes"}
    address = world("actionplan.organisation/changelist") if is_list else page.address
    response = page.client.post(address, sent_form, follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert "används det som skulle tas bort någon annanstans" in response.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()
