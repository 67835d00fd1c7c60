"""Logging in: with the user name or the e-mail address, for whoever has a role."""

import logging
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import User

logger = logging.getLogger(__name__)


class NameOrAddressBackend(ModelBackend):
    """Django's own log-in, where an address will do instead of the user name."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """Look for a user name first, so that nobody's address takes the name of another."""
        if username and "@" in username and not User.objects.filter(username=username).exists():
            owner = User.objects.at_address(username).first()
            username = owner.get_username() if owner else username
        return super().authenticate(request, username, password, **credentials)


class LogInForm(AdminAuthenticationForm):
    """The admin's own form, which says what to do about a missing role."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": gettext_lazy(
            "The user name or the password is wrong. Upper and lower case letters matter."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["username"]
        field.label = _("User name or e-mail address")
        # An address may be longer than a user name.
        field.max_length = User._meta.get_field("email").max_length
        field.widget.attrs["maxlength"] = field.max_length

    def clean(self) -> dict[str, Any]:
        """Tell the log who got in, by number: a password may be typed in the wrong box."""
        try:
            cleaned = super().clean()
        except ValidationError:
            name = self.cleaned_data.get("username", "")
            known = User.objects.filter(username=name).first()
            known = known or User.objects.at_address(name).first()
            logger.warning("Log-in refused: person %s.", known and known.pk)
            raise
        if self.user_cache is not None:
            logger.info("Logged in: person %s.", self.user_cache.pk)
        return cleaned

    def confirm_login_allowed(self, user: Any) -> None:
        """Let in whoever has a role. The password was right, so the reason may be told.

        Raises:
            ValidationError: this person has no role.
        """
        if user.is_active and not user.is_staff:
            text = _("You have no role here. Ask your region's administrator to give you one.")
            raise ValidationError(text, code="no_role")
        super().confirm_login_allowed(user)
