"""The contacts of a document, as rows: who is new or changed, and who goes."""

from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, Contact
from actionplan.text import fold
from actionplan.word.document import ContactText, PlanDocument
from risks.importing.changes import Changes


def work_out_contacts(
    plan: ActionPlan, document: PlanDocument, changes: Changes
) -> tuple[list[Contact], list[Contact]]:
    """Return the contacts that are new or changed, and those that go.

    Whether one is public is not the document's to say. One that names nobody, as every published
    one, takes nobody away.
    """
    if not document.contacts:
        return [], []
    there = list(plan.contacts.all()) if plan.pk else []
    where, changed = _("Contact"), []
    for wanted in document.contacts:
        contact = _contact_of(there, wanted) or Contact(plan=plan)
        if contact in there:
            there.remove(contact)
        before = _person(contact.name, contact.email)
        contact.name = wanted.name
        # A document without the address does not take it away.
        contact.email = wanted.email or contact.email
        if changes.note(where, before, _person(contact.name, contact.email)):
            changed.append(contact)
    for contact in there:
        changes.note(where, _person(contact.name, contact.email), "")
    return changed, there


def _contact_of(there: list[Contact], wanted: ContactText) -> Contact | None:
    """Return the stored contact that the document means: two people may share a name."""
    named = [contact for contact in there if fold(contact.name) == fold(wanted.name)]
    exact = [contact for contact in named if contact.email == wanted.email]
    return next(iter(exact or named), None)


def _person(name: str, email: str) -> str:
    return f"{name} <{email}>" if email else name
