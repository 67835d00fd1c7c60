"""The verb of a letterhead: keep what was uploaded, after it was checked."""

from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from actionplan import permissions
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import User
from requirements_pkg.models import WordTemplate


@all_or_nothing()
def keep_template(*, template: WordTemplate, by: User, file_name: str, content: bytes) -> None:
    """Store a checked file as the template of its organisation, in place of an older one.

    Args:
        content: what `letterhead.checked` gave back.

    Raises:
        PermissionDenied: `by` does not edit in the organisation's procurement region.
    """
    if not permissions.may_follow_up_in(by, template.organisation.procurement_region_id):
        raise PermissionDenied
    template.title = template.organisation.name
    template.file_name = file_name[:200]
    template.content = content
    template.sha256 = sha256(content).hexdigest()
    template.uploaded_by = by
    template.uploaded_at = timezone.now()
    template.signed_by(by).save()
