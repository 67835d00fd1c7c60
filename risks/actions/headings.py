"""The verbs of the grid's rows and columns."""

from django.db import transaction

from actionplan.models import ProductArea, User
from risks.models import RiskCell


@transaction.atomic
def complete_matrices(*, by: User) -> int:
    """Give every matrix the cells of new stages and dimensions; returns how many were made."""
    new = RiskCell.objects.complete(ProductArea.objects.all())
    cells = RiskCell.objects.filter(pk__in=new)
    RiskCell.history.bulk_history_create(cells, default_user=by)
    return len(new)
