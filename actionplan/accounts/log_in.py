"""Logging in: with the user name or the e-mail address, for whoever has a role."""

import logging
from typing import Final

from allauth.account.forms import LoginForm
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from actionplan.django_edges import CleanedData, Handed
from actionplan.models import User
from actionplan.processes.heavy_work import WorkPlaces

logger = logging.getLogger(__name__)
# A password takes half a second of a processor: more at once would stop the pages of everybody.
HASHING: Final = WorkPlaces(2, waiting=6)


def person_named(name: str) -> User | None:
    """Find whom a name or an address means: a name first, so that nobody's address takes it."""
    named = User.objects.filter(username=name).first()
    return named or (User.objects.at_address(name).first() if "@" in name else None)


class NameOrAddressBackend(ModelBackend):
    """Django's own log-in, where an address will do instead of the user name."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Handed,
    ) -> User | None:
        """Compare the password; whoever finds no place for that is told to come again.

        Raises:
            AllPlacesTaken: enough passwords are being compared.
        """
        owner = person_named(username) if username else None
        username = owner.get_username() if owner else username
        with HASHING.queue(), HASHING.place():
            return super().authenticate(request, username, password, **credentials)


class LogInForm(LoginForm):  # type: ignore[misc]
    """Allauth's own form, which says what to do about a missing role."""

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label = _("User name or e-mail address")
        # An address may be longer than a user name.
        name.max_length = User._meta.get_field("email").max_length
        name.widget.attrs = {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "autofocus": True,
            "maxlength": name.max_length,
        }
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""

    def clean(self) -> CleanedData:
        """Tell the log who did not get in, by number: a password may be typed in the wrong box.

        Raises:
            ValidationError: the password is wrong, was tried too often, or opens nothing.
        """
        try:
            cleaned: dict[str, object] = super().clean()
        except ValidationError:
            person = person_named(self.cleaned_data.get("login", ""))
            logger.warning("Log-in refused: person %s.", person and person.pk)
            raise
        # The password was right, so the reason may be told.
        if self.user is not None and not self.user.is_staff:
            raise no_role()
        return cleaned


def no_role() -> ValidationError:
    """Return what is said to whoever has no role."""
    text = _("You have no role here. Ask your region's administrator to give you one.")
    return ValidationError(text, code="no_role")
