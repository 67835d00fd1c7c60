"""What is sent to a supplier, and not answered yet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from followup.actions.answering.supplier_forms import send_form, token_of
from followup.actions.follow_ups import ask
from followup.models import SupplierForm


def facts(**more) -> dict[str, object]:
    day = timezone.localdate() + timedelta(14)
    common = {
        "reply_by": day,
        "sender": "Region Stockholm",
        "contact": "Kim Ek, 08-1",
        "email": "",
    }
    return common | {"message": "Svara för hela koncernen."} | more


@pytest.fixture
def form(follow_up, requirements, coordinator) -> SupplierForm:
    """A form with two questions, at the supplier."""
    uids = [str(requirement.uid) for requirement in requirements]
    ask(follow_up=follow_up, requirement_uids=uids, by=coordinator)
    return send_form(follow_up=follow_up, facts=facts(), by=coordinator)


def at(form: SupplierForm) -> str:
    """Where the supplier answers."""
    return reverse("supplier_form", args=[token_of(form)])
