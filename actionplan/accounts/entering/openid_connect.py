"""Logging in at the region's own site (OpenID Connect) instead of here.

Somebody is found by the address that the region has verified, the first time; from then on by the
number under which the region knows them. Nobody is made by logging in.
"""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.django_edges import Handed
from actionplan.models import User

logger = logging.getLogger(__name__)


class OpenIDConnectAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Allauth's own, which lets in whom an administrator has added, and nobody else."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect the log-in with the person whose address it is.

        Raises:
            ImmediateHttpResponse: there is none.
        """
        if sociallogin.is_existing:
            return
        person = _owner(sociallogin)
        if person is None:
            logger.warning("Log-in refused: nobody here has the verified address.")
            text = _(
                "Nobody here has your address, or your region has not verified it. Ask your "
                "region's administrator to add you."
            )
            raise _led_back(request, text)
        sociallogin.connect(request, person)

    def serialize_instance(self, instance: object) -> object:
        """Write somebody down while their second step is asked for, without what is worked out."""
        instance.__dict__.pop("roles", None)
        return super().serialize_instance(instance)

    def on_authentication_error(
        self, request: HttpRequest, provider: object, error: object = None, **more: Handed
    ) -> None:
        """Lead back to the log-in when the other site let nobody in, or cannot be asked.

        Raises:
            ImmediateHttpResponse: always.
        """
        # What the other site answers may be a whole page.
        fault = type(more.get("exception")).__name__
        logger.warning("Not logged in elsewhere: %s, %s.", error, fault)
        text = _("The log-in at your region was not finished. Try again, or use another way.")
        raise _led_back(request, text)


def _owner(sociallogin: SocialLogin) -> User | None:
    verified = (address.email for address in sociallogin.email_addresses if address.verified)
    people = (User.objects.at_address(address).first() for address in verified)
    return next((person for person in people if person is not None), None)


def _led_back(request: HttpRequest, text: str) -> ImmediateHttpResponse:
    messages.error(request, text)
    return ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
