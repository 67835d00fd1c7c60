"""What a browser says that a passkey has answered may be anything: it is refused in words."""

import json

import pytest
from allauth.core import context
from django.test import Client
from django.urls import reverse

from actionplan.accounts.entering.factors import PasskeyAgainForm, PasskeyStepForm

ANSWER = {"id": "AA", "rawId": "AA", "type": "public-key"}
CLIENT = {"clientDataJSON": "e30"}
ANSWERS = [
    *("", "[", "null", "true", "1", '"x"', "[]", "{}", '[{"id": 1}]', '{"id": 1}', "NaN", "1e999"),
    *("9" * 5000, "[" * 100_000, '{"a":' * 50_000, '"\\ud800"', '{"response": null}'),
    *(
        json.dumps(ANSWER | {"response": response})
        for response in (
            *([], "x", 5, {}, CLIENT, {"userHandle": 5}, {"clientDataJSON": "\x00"}),
            CLIENT | {"attestationObject": "oA"},
            CLIENT | {"attestationObject": "x"},
            CLIENT | {"authenticatorData": "AA", "signature": "AA", "userHandle": "AA"},
            CLIENT | {"authenticatorData": "A" * 9999, "signature": "", "userHandle": ""},
        )
    ),
]


def number_refused(client: Client, address: str) -> int:
    """How many of the answers led to a page, each after the question that a browser gets."""
    number = 0
    for at, answer in enumerate(ANSWERS):
        # From one address so many are not tried.
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{at}"
        client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
        response = client.post(address, {"credential": answer, "name": "Min"})
        number += response.status_code in (200, 302)
    return number


def test_a_visitor_comes_in_by_none_of_them(client, db):
    assert number_refused(client, reverse("mfa_login_webauthn")) == len(ANSWERS)
    assert client.get("/admin/").status_code == 302


def test_none_of_them_is_kept_as_a_passkey(client, settings, coordinator):
    settings.MFA_REQUIRED = False
    client.force_login(coordinator)
    assert number_refused(client, reverse("mfa_add_webauthn")) == len(ANSWERS)
    assert not coordinator.authenticator_set.exists()


@pytest.mark.parametrize("form_class", [PasskeyStepForm, PasskeyAgainForm])
def test_none_of_them_is_a_second_step(rf, client, coordinator, form_class):
    request = rf.get("/")
    request.session, request.user = client.session, coordinator
    with context.request_context(request):
        for answer in ANSWERS:
            form = form_class(user=coordinator, data={"credential": answer})
            assert form.errors["credential"], answer
            # Nothing of it is shown again.
            assert len(str(form)) < 500
