"""How allauth's log-in behaves here: who gets in, what is said, where it leads, who is told."""

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from actionplan.accounts import log_in
from actionplan.accounts.entering import notices, proof, throttling
from actionplan.django_edges import Handed
from actionplan.kept_forms import pages as kept_pages
from actionplan.kept_forms.senders import mark_of_browser
from actionplan.models import User
from actionplan.throttling.visitors import address_of

# What allauth tells in templates of its own, in our words; what is not here is not worth a word.
MESSAGES: Final = {
    "mfa/messages/totp_activated.txt": _("The app is connected to your log-in."),
    "mfa/messages/totp_deactivated.txt": _("The app is no longer a part of your log-in."),
    "mfa/messages/webauthn_added.txt": _("The passkey is saved."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "You have new recovery codes. Save them now: they are shown only once."
    ),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's own, with the rules of the house."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The user name or the password is wrong. Upper and lower case letters matter."
        ),
        "too_many_login_attempts": _(
            "Too many have tried and failed. Wait five minutes and try again, or log in with a "
            "passkey."
        ),
        "incorrect_password": _("The password is wrong. Upper and lower case letters matter."),
        "rate_limited": _("You try too often. Wait a minute and try again."),
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Handed) -> str:
        return throttling.key_of(request, credentials.get("username", ""))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return who asks, as far as our own proxies know."""
        return address_of(request)

    def is_safe_url(self, url: str) -> bool:
        """Tell whether an address is one of this site's; that of another host that we answer to
        is not."""
        return url_has_allowed_host_and_scheme(
            url, {self.request.get_host()}, require_https=self.request.is_secure()
        )

    def is_reauthentication_required(self, **_kwargs: Handed) -> bool:
        """Ask again only where the log-in itself is some time ago."""
        return not proof.is_fresh(self.request)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Handed) -> HttpResponse | None:
        """Let nobody in who has no role, in whatever way they came."""
        if user.is_staff:
            return super().pre_login(request, user, **kwargs)  # type: ignore[no-any-return]
        log_in.logger.warning("Log-in refused: person %s.", user.pk)
        messages.error(request, log_in.no_role().message)
        return HttpResponseRedirect(reverse("account_login"))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Handed) -> HttpResponse:
        """Tell the log who got in, and the person where it was in a new browser; lead on, to what
        was sent before, if something was."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        log_in.logger.info("Logged in: person %s.", user.pk)
        if not mark_of_browser(request, user.pk):
            notices.send(notices.NEW_BROWSER, user)
        return kept_pages.after_log_in(request) or response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Return the ways to confirm that it is oneself; the region's log-in is one."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        for there in SocialAccount.objects.filter(user=user) if user.is_authenticated else ():
            provider = get_social_adapter().get_provider(self.request, there.provider)
            text = _("Log in again: %(name)s") % {"name": provider.name}
            # So that it asks, though one is logged in there.
            address = provider.get_login_url(self.request, auth_params="prompt=login")
            methods.append({"id": "elsewhere", "description": text, "url": address})
        return methods

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, object] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or not at all."""
        text = message or MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_notification_mail(
        self, template_prefix: str, user: User, *_args: Handed, **_kwargs: Handed
    ) -> None:
        """Write down what was changed of somebody's log-in, and mail it to them."""
        notices.record(template_prefix, user)
        if settings.ACCOUNT_EMAIL_NOTIFICATIONS:
            notices.send(template_prefix, user)
