"""Say that somebody has looked at what changed of the requirements of a contract."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from actionplan.database import bulk, row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from followup import permissions
from followup.models import Contract, ContractRequirement


@all_or_nothing()
def note_changes(*, contract: Contract, looked_at: Mapping[int, int], note: str, by: User) -> None:
    """Keep what changes mean for a contract.

    Args:
        looked_at: by the key of a requirement in the contract the number of the wording that
            was looked at; a newer one that came since is told again.

    Raises:
        PermissionDenied: `by` does not write the contract.
        ValidationError: nothing was chosen, or no note written.
    """
    if not permissions.may_write_contract(by, contract):
        raise PermissionDenied
    if not looked_at:
        raise ValidationError(_("Tick the requirements that you have looked at."))
    if not note.strip():
        raise ValidationError({"note": _("Write what the change means for the contract.")})
    row_locks.hold(Contract, contract.pk)
    rows = list(ContractRequirement.objects.filter(contract=contract, pk__in=looked_at))
    for row in rows:
        row.seen_revision = max(row.seen_revision or 0, looked_at[row.pk])
        row.seen_note = note.strip()
    bulk.change(ContractRequirement, rows, ("seen_revision", "seen_note"), by=by)
