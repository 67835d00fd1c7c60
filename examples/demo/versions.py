"""The demo's packages: a shared module, and the package of the example plan in three versions."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Final, TypeVar

from django.db import transaction
from django.utils import timezone

from actionplan.database import bulk
from actionplan.models import ActionPlan, ProcurementRegion, SubGoal, User
from examples.requirements import earlier, module
from examples.requirements.proofs import ACCEPTED
from examples.requirements.requirement import Example, Treats
from examples.requirements.shared import REQUIREMENTS
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import (
    AcceptedProof,
    ChainLink,
    GoalService,
    PackageInclusion,
    PackageVersion,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementSource,
    RequirementsPackage,
    RequirementState,
    RiskTreatment,
)
from requirements_pkg.models.chain import current_hashes
from risks.models import RiskStatement

# What an example and a row call by the same name.
COPIED: Final = (
    *("code", "title", "text", "rationale", "verification", "follow_up_method"),
    *("supplier_question", "guidance"),
    *("law_baseline", "beyond_law", "kind", "level", "max_points", "scale"),
)
POSITIONS: Final[Mapping[str, int]] = {
    example.code: position
    for position, example in enumerate((*earlier.ALL_REQUIREMENTS, *module.MODULE_REQUIREMENTS))
}
# Its links are left as they were, so that the admin has some that ask to be looked at again.
NOT_CONFIRMED: Final = "NP-04"

NOTES: Final = (
    "Första publiceringen: handlingsplanen. Kraven skrivs.",
    "Kraven är skrivna för alla tre produktområdena, och de gemensamma villkoren är med.",
    "Fyra krav är omarbetade, ett är nytt och ett är indraget, eftersom lagen har hunnit ifatt.",
)
MODULE_NOTE: Final = "Första publiceringen av de gemensamma villkoren."
Rows = Mapping[str, Requirement]
Cells = Mapping[tuple[int, str, str], list[RiskStatement]]
Link = TypeVar("Link", bound=ChainLink)


@transaction.atomic
def publish_example(*, plan: ActionPlan, by: User, approved_by: User) -> None:
    """Publish the module, and the plan's package: the plan alone, its requirements, a revision.

    Args:
        plan: the example plan, as imported.
    """
    _make_proofs(by=by)
    package = package_of(plan)
    publish_it = partial(publish, by=by, approved_by=approved_by)
    publish_it(package=package, note=NOTES[0])
    conditions = _module(by=by)
    _include(package, publish_it(package=conditions, note=MODULE_NOTE))
    _store(package, earlier.FIRST_REQUIREMENTS, by=by)
    publish_it(package=package, note=NOTES[1])
    _revise(package, by=by)
    publish_it(package=package, note=NOTES[2])


def _make_proofs(*, by: User) -> None:
    """Make the labels and certificates that some requirement accepts, each once."""
    known = dict.fromkeys(proof for proofs in ACCEPTED.values() for proof in proofs)
    bulk.make(AcceptedProof, [AcceptedProof(**proof._asdict()) for proof in known], by=by)


def _module(*, by: User) -> RequirementsPackage:
    made = RequirementsPackage.objects.create(
        steward=ProcurementRegion.objects.get(code="C"),
        slug=module.SLUG,
        title=module.TITLE,
        introduction=module.INTRODUCTION,
    )
    _store(made, module.MODULE_REQUIREMENTS, by=by)
    return made


def _include(package: RequirementsPackage, version: PackageVersion) -> None:
    package.introduction = earlier.INTRODUCTION
    package.save()
    PackageInclusion.objects.create(package=package, module=version.package, version=version)


def _store(package: RequirementsPackage, examples: Iterable[Example], *, by: User) -> None:
    """Make rows of the examples, whatever replaces another after those that are replaced."""
    made: dict[str, Requirement] = {}
    for replacing in (False, True):
        rows = [
            _row(package, example, replaces=made.get(example.replaces))
            for example in examples
            if bool(example.replaces) == replacing
        ]
        bulk.make(Requirement, rows, by=by)
        made |= {row.code: row for row in rows}
    _store_sources(made, examples, by=by)
    _store_proofs(made, by=by)
    if package.plan is not None:
        _store_areas(made, examples, package.plan, by=by)
        _store_treatments(made, examples, package.plan, by=by)
        _store_services(made, examples, package.plan, by=by)


def _row(
    package: RequirementsPackage, example: Example, *, replaces: Requirement | None
) -> Requirement:
    return Requirement(
        package=package,
        position=POSITIONS[example.code],
        cpv=" ".join(example.cpv),
        replaces=replaces,
        **_copied(example),
    )


def _copied(example: Example) -> dict[str, object]:
    return {name: getattr(example, name) for name in COPIED}


def _store_sources(made: Rows, examples: Iterable[Example], *, by: User) -> None:
    rows = (
        RequirementSource(
            requirement=made[example.code],
            title=source.title,
            url=source.url,
            dated=date.fromisoformat(source.dated) if source.dated else None,
            position=position,
        )
        for example in examples
        for position, source in enumerate(example.sources)
    )
    bulk.make(RequirementSource, rows, by=by)


def _store_proofs(made: Rows, *, by: User) -> None:
    proofs = {proof.name: proof for proof in AcceptedProof.objects.all()}
    rows = [
        RequirementProof(requirement=row, proof=proofs[proof.name])
        for code, row in made.items()
        for proof in ACCEPTED.get(code, ())
    ]
    bulk.make(RequirementProof, rows, by=by)


def _store_areas(made: Rows, examples: Iterable[Example], plan: ActionPlan, *, by: User) -> None:
    areas = {area.number: area for area in plan.product_areas.all()}
    rows = (
        RequirementArea(requirement=made[example.code], product_area=areas[number])
        for example in examples
        for number in example.product_areas
    )
    bulk.make(RequirementArea, rows, by=by)


def _store_treatments(
    made: Rows, examples: Iterable[Example], plan: ActionPlan, *, by: User
) -> None:
    cells = _statements(plan)
    links = (
        RiskTreatment(
            requirement=made[example.code],
            statement=_statement(cells, treats),
            confirmed_by=by,
        )
        for example in examples
        for treats in example.treats
    )
    bulk.make(RiskTreatment, _hashed(links), by=by)


def _store_services(
    made: Rows, examples: Iterable[Example], plan: ActionPlan, *, by: User
) -> None:
    sub_goals = {sub_goal.number: sub_goal for sub_goal in SubGoal.objects.filter(goal__plan=plan)}
    links = (
        GoalService(requirement=made[example.code], sub_goal=sub_goals[number], confirmed_by=by)
        for example in examples
        for number in example.serves
    )
    bulk.make(GoalService, _hashed(links), by=by)


def _hashed(links: Iterable[Link]) -> list[Link]:
    """Return links that hold for both texts as they are now."""
    hashed = list(links)
    for link, digest in zip(hashed, current_hashes(hashed), strict=True):
        link.hash_at_link = digest
    return hashed


def _statements(plan: ActionPlan) -> Cells:
    rows = RiskStatement.objects.filter(cell__product_area__plan=plan).select_related(
        "cell__product_area", "cell__stage", "cell__dimension"
    )
    cells: dict[tuple[int, str, str], list[RiskStatement]] = {}
    for row in rows:
        key = (row.cell.product_area.number, row.cell.stage.code, row.cell.dimension.code)
        cells.setdefault(key, []).append(row)
    return cells


def _statement(cells: Cells, treats: Treats) -> RiskStatement:
    (statement,) = (
        row
        for row in cells[treats.area, treats.stage, treats.dimension]
        if row.text.startswith(treats.beginning)
    )
    return statement


def _revise(package: RequirementsPackage, *, by: User) -> None:
    """Give four requirements their last wording, write the one that lacked, withdraw one."""
    last = {example.code: example for example in REQUIREMENTS}
    rows = {row.code: row for row in package.requirements.all()}
    reworded = [rows[code] for code in earlier.EARLIER_WORDING]
    for row in reworded:
        for name, value in _copied(last[row.code]).items():
            setattr(row, name, value)
    withdrawn = rows[earlier.WITHDRAWN.code]
    withdrawn.state = RequirementState.WITHDRAWN
    withdrawn.withdrawn_on = timezone.localdate()
    withdrawn.withdrawn_reason = earlier.WITHDRAWN_REASON
    withdrawn.successor = rows[earlier.SUCCESSOR]
    fields = [*COPIED, "state", "withdrawn_on", "withdrawn_reason", "successor"]
    bulk.change(Requirement, [*reworded, withdrawn], fields, by=by)
    _confirm_links((row for row in reworded if row.code != NOT_CONFIRMED), by=by)
    _store(package, [last[earlier.WRITTEN_LATER]], by=by)


def _confirm_links(requirements: Iterable[Requirement], *, by: User) -> None:
    """Say in bulk what `treatment.confirm` says of one link; the demo needs no event for each."""
    keys = [requirement.pk for requirement in requirements]
    treatments = RiskTreatment.objects.filter(requirement__in=keys)
    treatments = treatments.select_related("requirement__package", "statement")
    bulk.change(RiskTreatment, _hashed(treatments), ["hash_at_link"], by=by)
    services = GoalService.objects.filter(requirement__in=keys)
    services = services.select_related("requirement__package", "sub_goal")
    bulk.change(GoalService, _hashed(services), ["hash_at_link"], by=by)
