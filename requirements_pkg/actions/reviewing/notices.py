"""Mails about a draft: that one waits, what was decided, who was mentioned.

They are sent once all is stored, and nobody waits for them; whoever has no address gets none, and
no more does who reads no drafts any longer.
"""

from collections.abc import Iterable, Mapping
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan import permissions as plan_permissions
from actionplan.accounts.background import do_afterwards
from actionplan.accounts.password_links import new_mailer
from actionplan.models import User
from actionplan.text import one_line
from requirements_pkg import permissions
from requirements_pkg.models import (
    Comment,
    Consultation,
    Decision,
    PublishRequest,
    WithdrawalRequest,
)


def tell_of_request(request: PublishRequest) -> None:
    """Tell those who may approve a draft that it waits."""
    address = reverse("admin:requirements_pkg_decide", args=[request.pk])
    with override(settings.LANGUAGE_CODE):
        words = {"package": request.package.dated, "who": request.requested_by}
        subject = _("%(package)s is waiting for your approval") % words
        what = _("%(who)s has sent the draft of %(package)s for approval.") % words
    people = permissions.approvers(request.package).exclude(pk=request.requested_by_id)
    _tell(people, subject, what, quote=request.note, address=address)


def tell_of_decision(request: PublishRequest) -> None:
    """Tell whoever asked and whoever decided how a request was answered."""
    address = reverse("admin:requirements_pkg_decide", args=[request.pk])
    with override(settings.LANGUAGE_CODE):
        words = {"package": request.package.dated, "who": request.decided_by}
        if request.decision == Decision.APPROVED:
            subject = _("%(package)s is approved and published") % words
            what = _("%(who)s has approved the draft of %(package)s. It is published.") % words
        else:
            subject = _("%(package)s was returned") % words
            what = _("%(who)s has returned the draft of %(package)s.") % words
    people = {request.requested_by, request.decided_by} - {None}
    _tell(people, subject, what, quote=request.reason, address=address)


def tell_of_withdrawal_request(request: WithdrawalRequest) -> None:
    """Tell those who may approve it that a version is to be withdrawn."""
    address = reverse("admin:requirements_pkg_decide_withdrawal", args=[request.pk])
    with override(settings.LANGUAGE_CODE):
        words = {"version": request.version, "who": request.requested_by}
        subject = _("%(version)s: a withdrawal is waiting for your approval") % words
        what = _("%(who)s wants to withdraw %(version)s.") % words
    people = permissions.approvers(request.version.package).exclude(pk=request.requested_by_id)
    _tell(people, subject, what, quote=request.reason, address=address)


def tell_of_withdrawal(request: WithdrawalRequest) -> None:
    """Tell whoever asked and whoever decided whether a version was withdrawn."""
    address = reverse("admin:requirements_pkg_decide_withdrawal", args=[request.pk])
    with override(settings.LANGUAGE_CODE):
        words = {"version": request.version, "who": request.decided_by}
        if request.decision == Decision.APPROVED:
            subject = _("%(version)s is withdrawn") % words
            what = _("%(who)s has approved the withdrawal of %(version)s.") % words
        else:
            subject = _("%(version)s: the withdrawal was returned") % words
            what = _("%(who)s has returned the request to withdraw %(version)s.") % words
    people = {request.requested_by, request.decided_by} - {None}
    quote = request.reason if request.decision == Decision.APPROVED else request.answer
    _tell(people, subject, what, quote=quote, address=address)


def tell_of_consultation_request(consultation: Consultation) -> None:
    """Tell those who may approve it that a draft is to be opened for consultation."""
    address = reverse("admin:requirements_pkg_decide_consultation", args=[consultation.pk])
    with override(settings.LANGUAGE_CODE):
        words = {"package": consultation.title, "who": consultation.requested_by}
        subject = _("%(package)s: a consultation is waiting for your approval") % words
        what = _("%(who)s wants to open the draft of %(package)s for consultation.") % words
    package = consultation.package
    people = permissions.approvers(package).exclude(pk=consultation.requested_by_id)
    _tell(people, subject, what, quote=consultation.introduction, address=address)


def tell_of_consultation(consultation: Consultation) -> None:
    """Tell whoever asked and whoever decided whether a draft was opened for consultation."""
    address = reverse("admin:requirements_pkg_consultation", args=[consultation.pk])
    with override(settings.LANGUAGE_CODE):
        words = {"package": consultation.title, "who": consultation.decided_by}
        if consultation.decision == Decision.APPROVED:
            subject = _("%(package)s is open for consultation") % words
            what = _("%(who)s has opened the draft of %(package)s for consultation.") % words
        else:
            subject = _("%(package)s: the consultation was returned") % words
            what = _("%(who)s has returned the consultation on %(package)s.") % words
    people = {consultation.requested_by, consultation.decided_by} - {None}
    _tell(people, subject, what, quote=consultation.answer, address=address)


def tell_of_comment(
    comment: Comment, *, mentioned: Mapping[int, User], others: Mapping[int, User]
) -> None:
    """Tell the people whom a comment mentions, and those who wrote in its thread before."""
    thread = comment.thread
    address = reverse("admin:requirements_pkg_comments", args=[thread.kind, thread.target_id])
    with override(settings.LANGUAGE_CODE):
        words = {"who": comment.author, "name": thread.name}
        named = _("%(who)s mentions you in a comment on %(name)s") % words
        answered = _("%(who)s has answered in a thread on %(name)s") % words
    for people, what in (
        (mentioned.values(), named),
        ([person for pk, person in others.items() if pk not in mentioned], answered),
    ):
        place = f"{address}#kommentar-{comment.pk}"
        _tell(people, what, f"{what}.", quote=comment.text, address=place)


def _tell(
    people: Iterable[User | None], subject: str, what: str, *, quote: str, address: str
) -> None:
    """Send each of these people a mail in Swedish, once all is stored."""
    mails = [
        _mail(person, subject, what, quote=quote, address=address)
        for person in people
        if person is not None and person.is_active and person.email
        if plan_permissions.may_read(person)
    ]
    if mails:
        transaction.on_commit(partial(do_afterwards, _send, mails))


def _mail(person: User, subject: str, what: str, *, quote: str, address: str) -> EmailMessage:
    with override(settings.LANGUAGE_CODE):
        context: dict[str, object] = {
            "name": person.get_full_name(),
            "what": what,
            "quote": quote,
            "link": f"{settings.SITE_ADDRESS}{address}" if settings.SITE_ADDRESS else "",
            "site_name": settings.SITE_NAME,
        }
        return EmailMessage(
            one_line(f"{settings.SITE_NAME}: {subject}"),
            render_to_string("requirements_pkg/mail/notice.txt", context),
            to=[person.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )


def _send(mails: list[EmailMessage]) -> None:
    new_mailer().send_messages(mails)
