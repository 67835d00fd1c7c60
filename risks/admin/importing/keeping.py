"""Documents that wait for their import: kept for a day, a few of each person."""

import hashlib
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from actionplan.models import User
from risks.importing.asking.answers import Answers
from risks.models import PlanUpload

# An upload nobody confirmed is somebody's document lying around.
KEPT_UNCONFIRMED: Final = timedelta(days=1)
MOST_WAITING: Final = 10


def waiting(user: User) -> QuerySet[PlanUpload]:
    """Return the documents that a person can go on with, the newest first."""
    new = timezone.now() - KEPT_UNCONFIRMED
    uploads = PlanUpload.objects.filter(uploaded_by=user, confirmed_at__isnull=True)
    return uploads.filter(uploaded_at__gte=new).defer("content").order_by("-uploaded_at")


def keep(data: bytes, name: str, *, by: User) -> PlanUpload:
    """Keep a document until it is confirmed, and forget those that nobody went on with."""
    old = timezone.now() - KEPT_UNCONFIRMED
    PlanUpload.objects.filter(confirmed_at__isnull=True, uploaded_at__lt=old).delete()
    newest = list(waiting(by).values_list("pk", flat=True)[: MOST_WAITING - 1])
    unconfirmed = PlanUpload.objects.filter(uploaded_by=by, confirmed_at__isnull=True)
    unconfirmed.exclude(pk__in=newest).delete()
    return PlanUpload.objects.create(
        file_name=name[:255],
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )


def keep_answers(kept: PlanUpload, answers: Answers | None) -> None:
    """Keep what a person has said of a document so far; None is as if nothing had been said."""
    kept.answers = {} if answers is None else answers.to_json()
    kept.save(update_fields=["answers"])
