"""Accounts that nobody uses end by themselves: a forgotten one is a door that nobody watches."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from actionplan.accounts.people.recording import record_changes
from actionplan.models import ChangeEvent, EventKind, User


def unused(now: datetime) -> QuerySet[User]:
    """Return who has not logged in for as long as an account lasts without it.

    Somebody new counts from the day they were added, and somebody who was let in again from then.
    """
    since = now - timedelta(days=settings.UNUSED_DAYS)
    activated = ChangeEvent.objects.filter(
        kind=EventKind.ACTIVATED, target=User._meta.label, at__gte=since
    )
    people = User.objects.filter(is_active=True).annotate(
        last_seen=Coalesce("last_login", "date_joined")
    )
    # No installation is left without anybody who can let others in.
    others = User.objects.filter(is_active=True, is_superuser=True, last_login__gte=since)
    keeps_superusers = Q(is_superuser=True) if not others.exists() else Q(pk__in=[])
    return (
        people.filter(last_seen__lt=since)
        .exclude(pk__in=activated.values("target_id"))
        .exclude(keeps_superusers)
        .order_by("username")
    )


def end_unused(now: datetime | None = None) -> list[User]:
    """Make them inactive, as an administrator would; what they did and their roles stay."""
    ended = list(unused(now or timezone.now()))
    for person in ended:
        with transaction.atomic():
            person.is_active = False
            person.save(update_fields=["is_active"])
            record_changes(person, ["is_active"], by=None)
    return ended
