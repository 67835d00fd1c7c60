"""Second factors: codes of an app, passkeys and recovery codes, and how they are kept."""

import base64
import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django import forms
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan import permissions
from actionplan.django_edges import Handed
from actionplan.models import User

logger = logging.getLogger(__name__)
# What comes of an answer that no passkey gives: JSON of another shape, or bytes that are none of
# what they should be. The library reads it part by part, and says so in as many ways.
UNREADABLE: Final = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    struct.error,
)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Allauth's own; what codes are made of is not readable in a copy of the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or used already. Wait for the next one."),
        "cannot_delete_authenticator": _(
            "You need a second step to do what your role lets you do. Add another one first."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Write it so that only who has the key of this installation reads it."""
        return str(_safe().encrypt(text.encode()), "ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Read it again; what another key has written fits no code."""
        try:
            return _safe().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("A second factor was written with another SECRET_KEY.")
            return str(generate_totp_secret())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Return what a new one is called until somebody says better."""
        others = Authenticator.objects.filter(user=user, type=type)
        return gettext("Passkey %(number)s") % {"number": others.count() + 1}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether the person may do without it."""
        if not settings.MFA_REQUIRED or not permissions.needs_two_factors(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def _safe() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (salted_hmac("second-factor", "", key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])


class _CodeBox(forms.Form):
    """The box for a code, with the numbers of a telephone, where the cursor is at once."""

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autofocus": True,
        }


class CodeForm(_CodeBox, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        logger.warning("Code refused: person %s.", self.user.pk)


class CodeAgainForm(_CodeBox, ReauthenticateForm):  # type: ignore[misc]
    """The code of somebody who is logged in already."""

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        logger.warning("Code refused: person %s.", self.user.pk)


@contextmanager
def _readable() -> Iterator[None]:
    """Read what a browser says that a passkey has answered.

    Raises:
        ValidationError: it is no such answer.
    """
    try:
        yield
    except UNREADABLE as error:
        raise FactorAdapter().validation_error("incorrect_code") from error


class _AnswerField(forms.JSONField):
    """The answer, which is written as JSON: nested without end, or a number of 5,000 digits."""

    widget = forms.HiddenInput

    def to_python(self, value: Handed) -> Handed:
        """Read it, or refuse it."""
        with _readable():
            return super().to_python(value)

    def bound_data(self, data: Handed, initial: Handed) -> Handed:
        """Show nothing of it again: an answer is given once."""
        return initial


class _PasskeyAnswer(forms.Form):
    """What a passkey has answered to somebody who wants to come in."""

    credential = _AnswerField()

    def clean_credential(self) -> Authenticator:
        """Find whose it is."""
        with _readable():
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]
        return authenticator


class PasskeyEntranceForm(_PasskeyAnswer, LoginWebAuthnForm):  # type: ignore[misc]
    """The passkey instead of name and password."""


class PasskeyStepForm(_PasskeyAnswer, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey after the password."""


class PasskeyAgainForm(_PasskeyAnswer, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey of somebody who is logged in already."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """What a new passkey is called, to know it among others."""

    credential = _AnswerField()

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What it is called")
        self.fields["name"].help_text = _("Such as the telephone or computer that keeps it.")

    def clean(self) -> dict[str, object]:
        """Read what it answered when it was made."""
        with _readable():
            cleaned: dict[str, object] = super().clean()
        return cleaned


class AppForm(_CodeBox, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that was just connected."""
