"""What a plan reads of a shared module: the version its package includes, not the draft."""

from collections.abc import Iterable
from uuid import UUID

from requirements_pkg.document.schema import Requirement
from requirements_pkg.models.packages import PackageInclusion
from requirements_pkg.models.versions import PackageVersion


class Readings:
    """The requirements of modules as plans include them: two queries, or none for no module.

    Args:
        pairs: the keys of plans, each with that of a shared module.
    """

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        wanted = set(pairs)
        self._versions: dict[tuple[int, int], int] = {}
        self._requirements: dict[int, dict[str, Requirement]] = {}
        if not wanted:
            return
        rows = PackageInclusion.objects.filter(
            package__plan__in={plan for plan, _module in wanted},
            module__in={module for _plan, module in wanted},
        )
        for plan, module, version in rows.values_list("package__plan", "module", "version"):
            if (plan, module) in wanted:
                self._versions[plan, module] = version
        if not self._versions:
            return
        # Each content once, though many plans include the same version.
        contents = PackageVersion.objects.filter(pk__in=set(self._versions.values()))
        for version, content in contents.values_list("pk", "content").order_by():
            self._requirements[version] = {
                requirement.uid: requirement for requirement in content.requirements
            }

    def of(self, plan: int, module: int, uid: UUID) -> Requirement | None:
        """Return a module's requirement as a plan includes it; None if the plan includes none."""
        version = self._versions.get((plan, module))
        return None if version is None else self._requirements[version].get(str(uid))
