"""Every address of the log-in for every persona, and all behind it without a second step."""

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from actionplan.accounts import urls
from tests.actionplan.accounts.entering.test_proof import some_time_ago
from tests.project.back_office.admin_table import LOGGED_IN, MODELS, PAGES, PEOPLE
from tests.project.back_office.test_admin_addresses import is_open

EVERYBODY = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
# Who is shown the page with GET. All of it is about oneself.
OPENED = {
    # Whoever is logged in and has a role is led on.
    "account_login": EVERYBODY - LOGGED_IN,
    # After a right password alone.
    "mfa_authenticate": NOBODY,
    # Asked for by the script of the log-in.
    "mfa_login_webauthn": NOBODY,
    # Where no region's log-in is set up, there is none.
    "openid_connect_login": NOBODY,
    "openid_connect_callback": NOBODY,
    "password_forgotten": EVERYBODY,
    "password_sent": EVERYBODY,
    "password_choose": EVERYBODY,
    # Of a link that opens nothing it says so.
    "invitation": EVERYBODY,
    "password_change": LOGGED_IN,
    "mfa_index": LOGGED_IN,
    # Whoever need not show it, and whoever has, is led on.
    "prove_address": NOBODY,
    "address_proved": NOBODY,
    # Only ever sent.
    "log_out_there": NOBODY,
    "mfa_activate_totp": LOGGED_IN,
    # What one does not have is not there.
    "mfa_deactivate_totp": NOBODY,
    "mfa_add_webauthn": LOGGED_IN,
    "mfa_remove_webauthn": NOBODY,
    "mfa_view_recovery_codes": NOBODY,
    "mfa_generate_recovery_codes": LOGGED_IN,
    "account_reauthenticate": LOGGED_IN,
    "mfa_reauthenticate": NOBODY,
    "mfa_reauthenticate_webauthn": NOBODY,
}
ARGUMENTS = {
    "openid_connect_login": ["region"],
    "openid_connect_callback": ["region"],
    "password_choose": ["MQ", "a-b"],
    "invitation": ["gissning"],
    "address_proved": ["gissning"],
    "mfa_remove_webauthn": [1],
}
# What is published, approved, withdrawn or masked, and what gives rights or a way in.
PROVED = {
    "requirements_pkg_decide",
    "requirements_pkg_withdraw_version",
    "requirements_pkg_decide_withdrawal",
    "requirements_pkg_consult",
    "requirements_pkg_module_consult",
    "requirements_pkg_decide_consultation",
    "requirements_pkg_sum_up",
    "requirements_pkg_withdraw",
    "requirements_pkg_restore",
    "followup_request_decide",
    "followup_reading_decide",
    "followup_report_decide",
    "followup_masking_decide",
    "followup_summary_review",
    "followup_summary_publish",
    "followup_summary_withdraw",
    "followup_lesson_review",
    "auth_user_password_change",
    "actionplan_user_remove_factors",
    "actionplan.user/add",
    "actionplan.user/change",
    "actionplan.invitation/add",
}


def test_every_address_of_the_log_in_stands_in_the_table():
    assert {pattern.name for pattern in urls.urlpatterns} == set(OPENED)


def test_no_other_address_of_the_library_is_open():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    ours = {"account_", "mfa_", "socialaccount_", "openid_connect_"}
    assert {name for name in names if name.startswith(tuple(ours))} <= set(OPENED)


@pytest.mark.parametrize("persona", PEOPLE)
def test_everybody_opens_exactly_the_pages_of_the_table(db, as_persona, request, persona):
    client = as_persona(persona)
    if persona != "visitor":
        person = request.getfixturevalue(persona)
        person.set_password("en lång mening om krav")
        person.save()
        client.force_login(person)
    opened = {}
    for name in OPENED:
        response = client.get(reverse(name, args=ARGUMENTS.get(name)), follow=False)
        opened[name] = response.status_code == 200
        # What somebody saw who was logged in is kept by no browser and nothing on the way.
        if opened[name] and OPENED[name] == LOGGED_IN:
            assert "no-store" in response.get("Cache-Control", ""), name
    assert opened == {name: persona in who for name, who in OPENED.items()}


@pytest.mark.parametrize(
    "persona", ["coordinator", "reviewer", "region_administrator", "superuser"]
)
def test_nothing_behind_the_log_in_opens_without_the_second_step(
    world, as_persona, settings, persona
):
    settings.MFA_REQUIRED = True
    client = as_persona(persona)
    # Leaving, and the log-in itself, are always there.
    names = {name for name in PAGES if name not in ("logout", "login", "password_change")}
    names |= {f"{label}/{page}" for label, rights in MODELS.items() for page in rights.pages()}
    for name in names:
        address = world(name)
        for response in (client.get(address), client.post(address, {"post": "yes"})):
            assert response.status_code == 302, name
            assert response["Location"].startswith(reverse("mfa_index")), name
    # The same pages open to those for whom it is relaxed: the walk would see one.
    settings.MFA_REQUIRED = False
    assert any(is_open(client.get(world(name))) for name in names)


def test_what_others_trust_in_is_done_by_whoever_confirms_it_and_the_rest_without_asking(
    world, as_persona
):
    client, prove = as_persona("superuser"), reverse("account_reauthenticate")
    some_time_ago(client)
    names = {name for name in PAGES if name not in ("logout", "login", "password_change")}
    names |= {f"{label}/{page}" for label, rights in MODELS.items() for page in rights.writes()}
    proved = set()
    for name in names:
        with transaction.atomic():
            answer = client.post(world(name), {"post": "yes"})
            transaction.set_rollback(True)
        if answer.get("Location", "").startswith(prove):
            proved.add(name)
    assert proved == PROVED
