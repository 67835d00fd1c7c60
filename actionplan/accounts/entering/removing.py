"""Second factors are taken from somebody who has lost what they need."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from actionplan.accounts.entering import notices
from actionplan.models import ChangeEvent, EventKind, User


def remove_factors(person: User, *, by: User | None) -> None:
    """Let a person log in with the password alone and choose anew; no `by` is the command line."""
    with transaction.atomic():
        Authenticator.objects.filter(user=person).delete()
        ChangeEvent.objects.record(EventKind.FACTORS_REMOVED, person, by=by, detail={})
    notices.send(notices.FACTORS_REMOVED, person)
