"""The names that a report is screened for: those that the system knows of, whatever their plan."""

from collections.abc import Iterator

from actionplan.models import Organisation
from followup.models import FollowUp
from followup.report.screening import KnownNames
from followup.status.screening import names_in, sub_supplier_names


def known_names() -> KnownNames:
    """Return the suppliers, contracts and owners of all follow-ups: four queries."""
    return KnownNames(
        _names(),
        FollowUp.objects.order_by().values_list("contract_reference", flat=True).distinct(),
        Organisation.objects.values_list("name", flat=True),
    )


def _names() -> Iterator[str]:
    rows = FollowUp.objects.order_by()
    for supplier in rows.exclude(supplier="").values_list("supplier", flat=True).distinct():
        yield from names_in(supplier)
    subs = rows.exclude(sub_suppliers="").values_list("sub_suppliers", flat=True)
    for sub_suppliers in subs.distinct():
        yield from sub_supplier_names(sub_suppliers)
