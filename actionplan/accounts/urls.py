"""The addresses of the log-in. Those of allauth's that are not here are not open to anybody."""

from collections.abc import Callable
from typing import Final

from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.module_loading import import_string

from actionplan.django_edges import Handed

View = Callable[..., HttpResponseBase]
PAGES: Final = "actionplan.accounts.entering"
OF_PEOPLE: Final = "actionplan.accounts.people"


def lazy_view(name: str, room: str = PAGES) -> View:
    """Return a view that is loaded when it is first asked for.

    What reads passkeys takes a tenth of a second to load, which no command waits for.
    """

    def view(request: HttpRequest, *args: Handed, **kwargs: Handed) -> HttpResponseBase:
        response: HttpResponseBase = import_string(f"{room}.{name}")(request, *args, **kwargs)
        return response

    return view


def own(name: str) -> View:
    """Return a page of somebody who is in."""
    return admin.site.admin_view(lazy_view(name))


urlpatterns = [
    path("login/", lazy_view("entrance.log_in"), name="account_login"),
    path("login/kod/", lazy_view("entrance.code"), name="mfa_authenticate"),
    path("login/nyckel/", lazy_view("entrance.passkey"), name="mfa_login_webauthn"),
    path(
        "login/via/<str:provider_id>/",
        lazy_view("entrance.elsewhere"),
        name="openid_connect_login",
    ),
    path(
        "login/via/<str:provider_id>/klar/",
        lazy_view("entrance.back_from_elsewhere"),
        name="openid_connect_callback",
    ),
    path("losenord/glomt/", lazy_view("passwords.forgotten"), name="password_forgotten"),
    path("losenord/skickat/", lazy_view("passwords.sent"), name="password_sent"),
    path(
        "losenord/valj/<uidb64>/<token>/",
        lazy_view("passwords.choose"),
        name="password_choose",
    ),
    path(
        "inbjudan/<str:token>/",
        lazy_view("invitation_pages.invitation_page", OF_PEOPLE),
        name="invitation",
    ),
    # The admin's own address of it, whose page it shows.
    path("password_change/", own("own_log_in.change_password"), name="password_change"),
    path("konto/", own("own_log_in.overview"), name="mfa_index"),
    path("konto/adress/", own("own_log_in.prove_address"), name="prove_address"),
    path("konto/adress/<str:token>/", own("own_log_in.address_proved"), name="address_proved"),
    path("konto/logga-ut/", own("log_in_places.log_out"), name="log_out_there"),
    path("konto/app/", own("own_log_in.connect_app"), name="mfa_activate_totp"),
    path("konto/app/ta-bort/", own("own_log_in.disconnect_app"), name="mfa_deactivate_totp"),
    path("konto/nycklar/ny/", own("own_log_in.add_passkey"), name="mfa_add_webauthn"),
    path(
        "konto/nycklar/<int:pk>/ta-bort/",
        own("own_log_in.remove_passkey"),
        name="mfa_remove_webauthn",
    ),
    path("konto/koder/", own("own_log_in.recovery_codes"), name="mfa_view_recovery_codes"),
    path(
        "konto/koder/nya/",
        own("own_log_in.new_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path("konto/bekrafta/", own("own_log_in.prove"), name="account_reauthenticate"),
    path("konto/bekrafta/kod/", own("own_log_in.prove_by_code"), name="mfa_reauthenticate"),
    path(
        "konto/bekrafta/nyckel/",
        own("own_log_in.prove_by_passkey"),
        name="mfa_reauthenticate_webauthn",
    ),
]
