"""What was done: one row per verb, kept when everything it tells of is gone."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import one_of
from actionplan.models.counting import YearsQuerySet
from actionplan.models.people import User

COMMAND_LINE = "manage.py"


class EventKind(models.TextChoices):
    IMPORTED = "imported", _("imported")
    REQUESTED = "requested", _("sent for approval")
    RETURNED = "returned", _("returned")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CONFIRMED = "confirmed", _("reviewed and confirmed")
    RESTORED = "restored", _("withdrawal undone")
    INCLUDED = "included", _("module included")
    EXCLUDED = "excluded", _("module removed")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    LOCKED = "locked", _("locked")
    UNLOCKED = "unlocked", _("unlocked")
    PLANNED = "planned", _("planned")
    ADVANCED = "advanced", _("moved to the next step")
    REVIEWED = "reviewed", _("reviewed for secrecy")
    TAKEN_IN = "taken_in", _("incorporated")
    DECLINED = "declined", _("declined")
    PERSON_ADDED = "person_added", _("person added")
    PERSON_CHANGED = "person_changed", _("person changed")
    PERSON_REMOVED = "person_removed", _("person removed")
    DEACTIVATED = "deactivated", _("deactivated")
    ACTIVATED = "activated", _("activated")
    ROLE_GIVEN = "role_given", _("role given")
    ROLE_TAKEN = "role_taken", _("role taken away")
    LINK_SENT = "link_sent", _("password link sent")
    PASSWORD_SET = "password_set", _("password set by another")
    FACTORS_REMOVED = "factors_removed", _("second step of the log-in removed")
    INVITED = "invited", _("invited")
    INVITATION_CANCELLED = "invitation_cancelled", _("invitation cancelled")
    INVITATION_ACCEPTED = "invitation_accepted", _("invitation accepted")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("opened again")
    PERIOD_STARTED = "period_started", _("next period started")
    PERIOD_UNDONE = "period_undone", _("next period taken back")
    IMPORT_UNDONE = "import_undone", _("import undone")
    CARRIED_DECIDED = "carried_decided", _("decided on what was carried over")


class ChangeEventQuerySet(YearsQuerySet["ChangeEvent"]):
    def about(self, target: models.Model) -> Self:
        """Return the events of one object, newest first."""
        return self.filter(target=target._meta.label, target_id=target.pk)

    def record(
        self, kind: EventKind, target: models.Model, *, by: User | None, detail: dict[str, Any]
    ) -> "ChangeEvent":
        """Write one event in the transaction of what it tells; no `by` is the command line."""
        return self.create(
            kind=kind,
            target=target._meta.label,
            target_id=target.pk,
            actor=by.get_username() if by else COMMAND_LINE,
            detail=detail,
        )


class ChangeEvent(models.Model):
    """Who did what to what, when. No foreign keys: the log outlives what it tells."""

    kind = models.CharField(_("what"), max_length=20, choices=EventKind.choices)
    target = models.CharField(_("type of object"), max_length=100)
    target_id = models.BigIntegerField(_("object"))
    actor = models.CharField(_("who"), max_length=150)
    at = models.DateTimeField(_("when"), default=timezone.now)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    # What the row is called, where somebody has looked it up.
    called = ""

    objects = ChangeEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-id"]
        # The workspace of a plan lists its own events.
        indexes = [
            models.Index(fields=["target", "target_id"], name="event_about"),
            models.Index(fields=["-at", "-id"], name="event_newest"),
            # The list of events is filtered by what happened, and searched for who did it.
            models.Index(fields=["kind", "-at", "-id"], name="event_of_kind"),
            models.Index(fields=["actor", "-at", "-id"], name="event_of_actor"),
        ]
        constraints = [
            one_of(
                "kind", EventKind, _("The event is of an unknown kind. Choose one of the options.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_kind_display()}"

    @property
    def subject(self) -> str:
        """What it was done to, with its name where somebody has looked it up: Krav SE-01."""
        return f"{kind_in_words(self.target)} {self.called or self.target_id}"


def model_of(label: str) -> type[models.Model] | None:
    """Return the model that an event names, unless there is none any more."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def kind_in_words(label: str) -> str:
    """Return what a kind of row is called; its label where there is no such kind any more."""
    model = model_of(label)
    return capfirst(str(model._meta.verbose_name)) if model else label
