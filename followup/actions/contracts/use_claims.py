"""The verbs of reported use: take it in, confirm it from the mail, decide on it, forget who."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan.accounts.background import do_afterwards
from actionplan.accounts.password_links import new_mailer
from actionplan.database import bulk
from actionplan.database.broken_rules import all_or_nothing
from actionplan.extension_points import old_personal_data
from actionplan.models import Organisation, User
from actionplan.text import fold
from followup.actions.contracts.selections import Versions, requirements_of
from followup.models import ContractRequirement, UseClaim, UseDecision, UsedRequirement
from requirements_pkg import permissions
from requirements_pkg.choosing import selection
from requirements_pkg.choosing.selection_group import SelectionGroup
from requirements_pkg.models.dialogue.months import months_before

SIGNER: Final = Signer(salt="reported use")
# What nobody has confirmed from its mail is forgotten after so long.
TO_CONFIRM: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)
# An address is not sent more mails in a day by whoever types it.
MOST_TO_CONFIRM: Final = 3
# A package is not used more often in a day: it is a flood.
MOST_A_DAY: Final = 200


def token_of(claim: UseClaim) -> str:
    """Return what a mail carries to confirm what was said, and to take it back."""
    return SIGNER.sign(str(claim.pk))


def claim_of(token: str) -> UseClaim | None:
    """Return the claim of a token; None if it is not ours, or was taken back."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature:
        return None
    return UseClaim.objects.with_names().filter(pk=key).first()


def known_authority(name: str) -> Organisation | None:
    """Return the organisation that somebody may have meant by a name."""
    wanted = fold(name)
    return next((row for row in Organisation.objects.all() if fold(row.name) == wanted), None)


@all_or_nothing()
def take_in_claim(claim: UseClaim) -> None:
    """Store what a buyer says that she has used, and mail her how to confirm it.

    Raises:
        ValidationError: it breaks a rule, or there are enough of them for a day.
    """
    if not settings.SITE_ADDRESS:
        raise ValidationError(_("The site cannot send mails yet, and so you cannot confirm it."))
    claim.organisation = known_authority(claim.authority)
    claim.email = claim.email.strip().lower()
    _refuse_flood(claim)
    claim.full_clean()
    requirements_of(groups_of(claim), Versions())
    claim.save()
    message = _asking_mail(claim)
    transaction.on_commit(lambda: do_afterwards(new_mailer().send_messages, [message]))


def _refuse_flood(claim: UseClaim) -> None:
    if not claim.email:
        raise ValidationError({"email": _("Enter your email address: you confirm it from there.")})
    latest = UseClaim.objects.filter(sent_at__gt=timezone.now() - DAY)
    if latest.filter(email=claim.email, confirmed_at__isnull=True).count() >= MOST_TO_CONFIRM:
        sentence = _("We have mailed this address several times today. Confirm from there first.")
        raise ValidationError({"email": sentence})
    if latest.filter(package=claim.package_id).count() >= MOST_A_DAY:
        raise ValidationError(_("We have got as much as we can take in today. Try tomorrow."))


def groups_of(claim: UseClaim) -> Collection[SelectionGroup]:
    """Return what was chosen, version by version."""
    return selection.parse(parse_qsl(claim.selection)).groups


@all_or_nothing()
def confirm_claim(claim: UseClaim) -> None:
    """Say that whoever reads the address has used the selection."""
    row = UseClaim.objects.select_for_update().get(pk=claim.pk)
    if row.confirmed_at is None:
        row.confirmed_at = timezone.now()
        row.save()


@all_or_nothing()
def take_back_claim(claim: UseClaim) -> None:
    """Forget what was said; once it is decided on, only who said it."""
    row = UseClaim.objects.select_for_update().get(pk=claim.pk)
    if row.decision == UseDecision.PENDING:
        row.delete()
    else:
        row.email = ""
        row.save()


def decide_on_claim(
    *, key: int, decision: str, reason: str, organisation: Organisation | None, by: User
) -> None:
    """Say whether a use counts, and of which authority; a decision can be made again.

    Raises:
        PermissionDenied: `by` does not answer for the package.
        ValidationError: no decision, no reason to refuse, or nobody has confirmed it.
    """
    # What was chosen never changes, and takes long to read: nobody waits for that.
    used: list[ContractRequirement] = []
    if decision == UseDecision.ACCEPTED:
        used = requirements_of(groups_of(UseClaim.objects.get(pk=key)), Versions())
    with all_or_nothing():
        claim = UseClaim.objects.select_for_update(of=("self",)).with_names().get(pk=key)
        if not permissions.may_answer(by, claim.package):
            raise PermissionDenied
        if decision == UseDecision.PENDING:
            raise ValidationError({"decision": _("Choose whether the use is confirmed.")})
        claim.decision, claim.reason = decision, reason.strip()
        claim.decided_by, claim.decided_at = by, timezone.now()
        claim.organisation = organisation
        claim.full_clean()
        claim.signed_by(by).save()
        _keep_requirements(claim, used)


def _keep_requirements(claim: UseClaim, used: Iterable[ContractRequirement]) -> None:
    """Store what counts as used in place of what did."""
    claim.requirements.all().delete()
    UsedRequirement.objects.bulk_create(
        UsedRequirement(claim=claim, version=row.version, requirement_id=row.requirement_id)
        for row in used
    )


@old_personal_data
@transaction.atomic
def forget_claims(is_trial: bool) -> int:
    """Remove what nobody confirmed in time, and addresses that are old enough; return how many."""
    now = timezone.now()
    unconfirmed = UseClaim.objects.filter(confirmed_at__isnull=True, sent_at__lt=now - TO_CONFIRM)
    stale = list(unconfirmed)
    before = months_before(now, settings.SENDER_MONTHS)
    named = list(UseClaim.objects.confirmed().with_personal_data(before))
    if not is_trial:
        bulk.remove(UseClaim, stale, by=None)
        for row in named:
            row.email = ""
        bulk.change(UseClaim, named, ("email",), by=None)
    return len(stale) + len(named)


def _asking_mail(claim: UseClaim) -> EmailMessage:
    path = reverse("use_claim", args=[token_of(claim)])
    with override(settings.LANGUAGE_CODE):
        return EmailMessage(
            _("%(site)s: confirm that you have used requirements") % {"site": settings.SITE_NAME},
            render_to_string(
                "followup/mail/use_claim.txt",
                {
                    "link": f"{settings.SITE_ADDRESS}{path}",
                    "days": TO_CONFIRM.days,
                    "site_name": settings.SITE_NAME,
                },
            ),
            to=[claim.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": settings.LANGUAGE_CODE,
            },
        )
