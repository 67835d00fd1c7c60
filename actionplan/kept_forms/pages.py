"""The pages around a form that could not be taken: log in again, send again, the form."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from allauth.account.app_settings import FORMS
from allauth.account.forms import LoginForm
from allauth.utils import get_form_class
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from actionplan.django_edges import PageContext
from actionplan.kept_forms import sent as sent_forms
from actionplan.kept_forms.filling import fill
from actionplan.kept_forms.sent import (
    SentForm,
    from_signed,
    is_own,
    keep,
    keep_until_log_in,
    take_waiting,
)

# In a session: who sent the form that the page of the log-in held, and where it comes back.
WAITING: Final = "waiting_form"
Show = Callable[[], HttpResponseBase]


def log_in_again(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Show the log-in, which holds what was sent until its sender is there again."""
    site = admin.site
    is_kept = sent.sender is not None and not sent.is_too_much
    if is_kept:
        keep_until_log_in(sent)
    context = {
        **site.each_context(request),
        "title": _("Log in"),
        "form": get_form_class(FORMS, "login", LoginForm)(request=request),
        "app_path": reverse("admin:login"),
        "next": sent.address,
        "sent": sent,
        "kept": sent.signed() if is_kept else "",
    }
    get_token(request)
    return render(request, "actionplan/admin/log_in.html", context, status=HTTPStatus.FORBIDDEN)


def remember_sent(request: HttpRequest) -> None:
    """Note whose form the page of the log-in holds: a code may be asked for before they are in."""
    sent = from_signed(request.POST.get("kept", ""))
    if sent is not None:
        address = None if sent.sender is None else keep(sent, user=sent.sender)
        request.session[WAITING] = [sent.sender, address]


def after_log_in(request: HttpRequest) -> HttpResponse | None:
    """Lead whoever has just logged in to the form that she sent; nobody else's."""
    sender, own = request.session.pop(WAITING, [None, None])
    user = request.user.pk
    if user is None:
        return None
    if own is not None and sender != user:
        messages.info(request, _("What somebody else sent before you logged in is not shown."))
        return HttpResponseRedirect(reverse("admin:index"))
    waiting = [address for address in take_waiting(user) if address != own]
    if own is not None:
        waiting = [own, *waiting]
    if not waiting:
        return None
    for address in waiting[1:]:
        text = _("Another form that you sent was not saved either: {link}.")
        link = format_html('<a href="{}">{}</a>', address, _("show it"))
        messages.warning(request, format_html(text, link=link))
    return HttpResponseRedirect(waiting[0])


def prove_first(request: HttpRequest, page: str) -> HttpResponse:
    """Lead to a page that asks for proof, and back with what was sent."""
    address = request.get_full_path()
    if request.method == "POST":
        sent = SentForm.of(request, is_to_be_proved=True)
        user = request.user.pk
        address = sent.address if user is None or sent.is_too_much else keep(sent, user=user)
    return HttpResponseRedirect(f"{page}?{urlencode({REDIRECT_FIELD_NAME: address})}")


def brought_back(request: HttpRequest, sent: SentForm, show: Show) -> HttpResponseBase:
    """Show the page with its form filled in as it was sent; where that fails, what was sent."""
    earlier = list(messages.get_messages(request))
    _tell_again(request, earlier)
    messages.warning(request, _why_again(sent))
    if sent.files:
        messages.warning(request, _("Choose the file again: files are not saved."))
    # A list of the admin takes every parameter for a filter. The stubs let nobody set the query.
    request.GET = sent_forms.without_parameter(request)  # type: ignore[assignment]
    response = show()
    rendered = getattr(response, "render", None)
    if callable(rendered):
        response = rendered()
    if response.status_code == HTTPStatus.OK and isinstance(response, HttpResponse):
        page = fill(response.content.decode(), sent.fields)
        if page is not None:
            response.content = page.encode()
            return response
    # The page that is not shown has told them, and the one that is tells none.
    _tell_again(request, earlier)
    return send_again(request, sent, status=HTTPStatus.OK)


def _why_again(sent: SentForm) -> str:
    if sent.is_to_be_proved:
        return _(
            "Thank you. What you sent is not saved yet. Here it is again: check it and send it "
            "again."
        )
    return _(
        "What you sent was not saved, because you had been logged out. Here it is "
        "again: check that everything is there and send it again."
    )


def _tell_again(request: HttpRequest, kept: list[Message]) -> None:
    for message in kept:
        messages.add_message(request, message.level, message.message, message.extra_tags)


def send_again(
    request: HttpRequest, sent: SentForm, *, status: int = HTTPStatus.FORBIDDEN
) -> HttpResponse:
    """Show what was sent, to be sent again by a button: never by itself."""
    return _plain(request, "403_csrf.html", {"sent": sent, "is_own": True}, status)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not valid (any more): `CSRF_FAILURE_VIEW`."""
    if not is_own(request):
        return _plain(request, "403_csrf.html", {}, HTTPStatus.FORBIDDEN)
    sent = SentForm.of(request)
    if not request.user.is_authenticated and sent.sender is not None and not sent.has_passwords:
        return log_in_again(request, sent)
    is_senders = request.user.is_authenticated and request.user.pk == sent.sender
    context = {
        "is_own": True,
        "sent": sent if is_senders and not sent.has_passwords else None,
        "is_log_in": sent.has_passwords,
        "address": sent.address,
    }
    return _plain(request, "403_csrf.html", context, HTTPStatus.FORBIDDEN)


def _plain(request: HttpRequest, template: str, context: PageContext, status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
