"""What the log tells of the parts of a follow-up, by the requirement that each is about."""

from collections.abc import Callable

from django.db.models import QuerySet

from actionplan.database.past_states import PastState, pasts
from actionplan.models import ChangeLog
from requirements_pkg.models import Requirement


def code_of(
    changes: QuerySet[ChangeLog], *, with_revision: bool = False
) -> Callable[[PastState], str]:
    """Tell how to say which requirement a part is about: by its code, read once for all of them.

    Args:
        with_revision: and by the number of its wording.
    """
    keys = {past.values["requirement_id"] for past in pasts(changes)}
    codes = dict(Requirement.objects.filter(pk__in=keys).values_list("pk", "code"))

    def code_in(past: PastState) -> str:
        code = codes.get(past.values["requirement_id"], "")
        return f"{code}:{past.values['revision']}" if with_revision else code

    return code_in
