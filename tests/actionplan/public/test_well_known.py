"""What programs look for on every site: whom to tell of a fault, where a password is changed."""

from datetime import datetime, timedelta

from django.utils import timezone

SECURITY = "/.well-known/security.txt"


def test_a_security_contact_is_told_for_less_than_a_year(client, settings):
    settings.SITE_ADDRESS = "https://krav.example"
    response = client.get(SECURITY)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:fel@region.example"
    assert fields["Canonical"] == f"https://krav.example{SECURITY}"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=150) < left < timedelta(days=365)


def test_without_a_contact_or_an_address_nothing_is_made_up(client, settings):
    settings.SITE_ADDRESS = ""
    assert "Canonical" not in client.get(SECURITY).content.decode()
    settings.SECURITY_CONTACT = ""
    assert client.get(SECURITY).status_code == 404


def test_a_password_manager_is_led_to_where_a_password_is_changed(client, as_persona):
    there = client.get("/.well-known/change-password")
    assert (there.status_code, there["Location"]) == (302, "/admin/password_change/")
    assert as_persona("coordinator").get(there["Location"]).status_code == 200
