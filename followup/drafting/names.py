"""The names that a report is screened for: those that the system knows of, whatever their plan."""

from functools import lru_cache

from django.db.models import QuerySet, Value

from actionplan.models import Organisation
from followup.models import FollowUp
from followup.report.screening import KnownNames
from followup.status.screening import names_in, sub_supplier_names

SUPPLIER, SUB_SUPPLIERS, CONTRACT, OWNER = range(4)


Text = tuple[int, str]


def known_names() -> KnownNames:
    """Return the suppliers, contracts and owners of all follow-ups: one query.

    Putting them together takes longer than asking for them: it is done again when they are others.
    """
    follow_ups = FollowUp.objects.order_by()
    parts: list[QuerySet[FollowUp] | QuerySet[Organisation]] = [
        follow_ups.exclude(supplier=""),
        follow_ups.exclude(sub_suppliers=""),
        follow_ups,
        Organisation.objects.order_by(),
    ]
    columns = ("supplier", "sub_suppliers", "contract_reference", "name")
    first, *others = (
        rows.values_list(Value(kind), column)
        for kind, (rows, column) in enumerate(zip(parts, columns, strict=True))
    )
    # Each text once; a union takes back the order of its model (Django 6.1 refuses that).
    return _known(frozenset(first.union(*others).order_by()))


@lru_cache(maxsize=1)
def _known(stored: frozenset[Text]) -> KnownNames:
    texts: list[list[str]] = [[], [], [], []]
    for kind, text in sorted(stored):
        texts[kind].append(text)
    names = [name for row in texts[SUPPLIER] for name in names_in(row)]
    names += [name for row in texts[SUB_SUPPLIERS] for name in sub_supplier_names(row)]
    return KnownNames(names, texts[CONTRACT], texts[OWNER])
