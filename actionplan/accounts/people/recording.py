"""What was done to a person, as events: who, whom, which role. No names, addresses or words."""

from typing import Any

from django.forms import BaseInlineFormSet

from actionplan.extension_points import access_narrowed
from actionplan.models import ChangeEvent, EventKind, Membership, Organisation, User


def record_changes(person: User, changed: list[str], *, by: User | None) -> None:
    """Record which facts of a person were changed, and whether the way in was opened or shut.

    No `by` is the command line.
    """
    if "is_active" in changed:
        kind = EventKind.ACTIVATED if person.is_active else EventKind.DEACTIVATED
        ChangeEvent.objects.record(kind, person, by=by, detail={})
        if not person.is_active:
            _narrow(person)
    fields = sorted(set(changed) - {"is_active"})
    if fields:
        detail = {"fields": fields}
        ChangeEvent.objects.record(EventKind.PERSON_CHANGED, person, by=by, detail=detail)


def record_roles(formset: "BaseInlineFormSet[Membership, User, Any]", *, by: User) -> None:
    """Record the roles that a saved form gave and took; a changed one is taken and given."""
    person = formset.instance
    for membership in formset.deleted_objects:
        _record(EventKind.ROLE_TAKEN, person, membership.role, membership.organisation, by=by)
    changed = {membership.pk for membership, _fields in formset.changed_objects}
    for form in formset.initial_forms:
        if form.instance.pk in changed:
            before = Organisation.objects.get(pk=form.initial["organisation"])
            _record(EventKind.ROLE_TAKEN, person, form.initial["role"], before, by=by)
    if formset.deleted_objects or changed:
        _narrow(person)
    given = [*(pair[0] for pair in formset.changed_objects), *formset.new_objects]
    for membership in given:
        _record(EventKind.ROLE_GIVEN, person, membership.role, membership.organisation, by=by)


def record_given(person: User, role: str, organisation: Organisation, *, by: User) -> None:
    """Record a role that was given by an invitation."""
    _record(EventKind.ROLE_GIVEN, person, role, organisation, by=by)


def _narrow(person: User) -> None:
    for end in access_narrowed:
        end(person)


def _record(
    kind: EventKind, person: User, role: str, organisation: Organisation, *, by: User
) -> None:
    detail = {"role": role, "organisation": organisation.code}
    ChangeEvent.objects.record(kind, person, by=by, detail=detail)


def recent_events(person: User, *, most: int) -> list[dict[str, object]]:
    """Return what happened to a person last, in words for their page."""
    events = ChangeEvent.objects.about(person)[:most]
    names = dict(Organisation.objects.values_list("code", "name"))
    roles = dict(Membership._meta.get_field("role").flatchoices)
    return [
        {
            "at": event.at,
            "what": event.get_kind_display(),
            "role": str(roles.get(event.detail.get("role"), "")),
            "organisation": names.get(event.detail.get("organisation"), ""),
            "by": event.actor,
        }
        for event in events
    ]
