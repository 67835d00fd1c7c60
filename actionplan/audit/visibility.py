"""Which lines of the logs a person sees: no more than of the rows that they are about.

Plans are read by whoever has a role, with what became of them. What is confidential of a
follow-up, and who read it, is seen by coordinators and reviewers of the plan's procurement region;
people and their roles by who manages them; all of it by a superuser.
"""

from typing import Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from actionplan import permissions
from actionplan.audit.reading import is_confidential
from actionplan.extension_points import confidential_rows
from actionplan.models import ActionPlan, ChangeKind, Invitation, InvitedRole, Membership, User
from actionplan.permissions import Person

READING: Final = (ChangeKind.READ, ChangeKind.EXPORTED)


def seen_changes(user: Person) -> Q:
    """Return the lines of the change log that a person sees."""
    if permissions.is_everything(user):
        return Q()
    if not permissions.may_read(user):
        return permissions.NOTHING
    regions = {*permissions.followed_up_regions(user), *permissions.reviewed_regions(user)}
    own = ActionPlan.objects.filter(procurement_region__in=sorted(regions))
    secret = Q(model__in=_labels()) | Q(kind__in=READING)
    people = User.objects.filter(permissions.manageable(user)).values("pk")
    of_people = Q(model=User._meta.label, key__in=people) | Q(
        model=Membership._meta.label, part_of__in=people
    )
    invitations = Invitation.objects.filter(permissions.manageable_invitations(user)).values("pk")
    of_people |= Q(model=Invitation._meta.label, key__in=invitations) | Q(
        model=InvitedRole._meta.label, part_of__in=invitations
    )
    is_of_people = Q(model__in=_personal())
    of_plans = ~is_of_people & (~secret | Q(plan__in=own.values("pk")))
    return of_plans | (of_people if permissions.may_manage_people(user) else permissions.NOTHING)


def seen_events(user: Person) -> Q:
    """Return the events that a person sees: none of a follow-up that is not theirs to see."""
    if permissions.is_everything(user):
        return Q()
    seen = Q()
    named = set()
    for rows_of in confidential_rows:
        for rows in rows_of(user):
            label = rows.model._meta.label
            named.add(label)
            seen &= ~Q(target=label) | Q(target_id__in=rows.order_by().values("pk"))
    return seen & ~Q(target__in=sorted(_labels() - named))


def may_export_log(user: Person) -> bool:
    """Tell whether a person takes the log out: it names who did what."""
    return permissions.may_manage_people(user)


def _labels() -> set[str]:
    return {model._meta.label for model in apps.get_models() if is_confidential(model)}


def _personal() -> list[str]:
    """Return the models of people: those who log in or are invited, and what is only theirs."""
    invited = (Invitation._meta.label, InvitedRole._meta.label)
    return [User._meta.label, *invited, *parts_of_people()]


def parts_of_people() -> list[str]:
    """Return the models of which each row is one person's: their roles, their calendar."""
    return [model._meta.label for model in filter(_is_of_a_person, apps.get_models())]


def _is_of_a_person(model: type[models.Model]) -> bool:
    name = getattr(model, "logged_in", "")
    return bool(name) and model._meta.get_field(name).related_model is User
