"""Drafts that are out for consultation, and what is answered."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from actionplan.models import User
from requirements_pkg.actions.dialogue.consultations import (
    approve_consultation,
    request_consultation,
)
from requirements_pkg.actions.dialogue.replies import begin_reply, send_reply
from requirements_pkg.models import Consultation, ConsultationReply, RequirementsPackage
from requirements_pkg.reviewing.consulted import opened_draft


def consult(
    package: RequirementsPackage, by: User, approved_by: User | None = None, **fields: Any
) -> Consultation:
    """Send the draft of a package out as it stands; without a second person it waits."""
    day = timezone.localdate() + timedelta(days=30)
    row = Consultation(**{"introduction": "Är kraven rimliga?", "closes_on": day, **fields})
    made = request_consultation(package=package, by=by, row=row, names_stand="Det är inget namn.")
    if approved_by is not None:
        approve_consultation(consultation=made, by=approved_by)
    return made


def answered(
    consultation: Consultation, texts: Mapping[str, str], **sender: Any
) -> ConsultationReply:
    """Send a reply with what is said of requirements by uid, and under "" of the whole."""
    reply = begin_reply(consultation)
    reply.texts = dict(texts)
    reply.save()
    send_reply(reply=reply, content=opened_draft(consultation).content, sender=sender)
    reply.refresh_from_db()
    return reply
