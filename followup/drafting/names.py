"""The names that a report is screened for: those that the system knows of, whatever their plan."""

from functools import lru_cache

from django.db.models import Value

from actionplan.database.prepared_queries import prepared
from actionplan.django_edges import AnyRows
from actionplan.models import Organisation
from followup.models import Contract, FollowUp, Supplier
from followup.report.screening import KnownNames
from followup.status.screening import names_in, sub_supplier_names

SUPPLIER, SUB_SUPPLIERS, CONTRACT, OWNER = range(4)


Text = tuple[int, str]


def known_names() -> KnownNames:
    """Return the suppliers, contracts and owners of follow-ups and registers: one query.

    Putting them together takes longer than asking for them: it is done again when they are others.
    """
    return _known(frozenset(_stored()))


@prepared
def _stored() -> AnyRows:
    """Return each text once, with what it is."""
    follow_ups = FollowUp.objects.order_by()
    parts: list[tuple[int, AnyRows, str]] = [
        (SUPPLIER, follow_ups.exclude(supplier=""), "supplier"),
        (SUPPLIER, Supplier.objects.order_by(), "name"),
        (SUB_SUPPLIERS, follow_ups.exclude(sub_suppliers=""), "sub_suppliers"),
        (CONTRACT, follow_ups.exclude(contract_reference=""), "contract_reference"),
        (CONTRACT, Contract.objects.order_by(), "reference"),
        (OWNER, Organisation.objects.order_by(), "name"),
    ]
    first, *others = (rows.values_list(Value(kind), column) for kind, rows, column in parts)
    # A union takes back the order of its model (Django 6.1 refuses that).
    return first.union(*others).order_by()


@lru_cache(maxsize=1)
def _known(stored: frozenset[Text]) -> KnownNames:
    texts: list[list[str]] = [[], [], [], []]
    for kind, text in sorted(stored):
        texts[kind].append(text)
    names = [name for row in texts[SUPPLIER] for name in names_in(row)]
    names += [name for row in texts[SUB_SUPPLIERS] for name in sub_supplier_names(row)]
    return KnownNames(names, texts[CONTRACT], texts[OWNER])
