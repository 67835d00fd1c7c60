"""The verbs of the grid's rows and columns."""

from django.db import transaction

from actionplan.models import ChangeLog, ProductArea, User
from actionplan.models.logged import added
from risks.models import RiskCell


@transaction.atomic
def complete_matrices(*, by: User) -> int:
    """Give every matrix the cells of new stages and dimensions; returns how many were made."""
    new = RiskCell.objects.complete(ProductArea.objects.all())
    cells = RiskCell.objects.filter(pk__in=new)
    ChangeLog.objects.write(RiskCell, added(cells), by=by)
    return len(new)
