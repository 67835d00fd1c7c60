"""The contracts of the made-up nation, half of them in the register, and their suppliers."""

from datetime import date, timedelta
from itertools import islice
from typing import Final

from examples.national.followed import Followed
from examples.national.world import Area, World
from followup.identifiers.organisation_numbers import check_digit
from followup.models import (
    Contract,
    ContractArea,
    ContractKind,
    ContractRequirement,
    JointOwner,
    Supplier,
)
from requirements_pkg.document.schema import Requirement as Wording

# Companies of one name: ten times as many suppliers as there are names.
OF_A_NAME: Final = 10
REQUIREMENTS: Final = 5
YEARS: Final = timedelta(days=4 * 365)
JOINT_EACH: Final = 10


class Contracts:
    """The register, filled as follow-ups are made: every second one is of a contract in it."""

    def __init__(self, world: World) -> None:
        self.world, self.tables = world, world.tables

    def facts(
        self, followed: Followed, area: Area, organisation: int, wordings: list[Wording]
    ) -> dict[str, object]:
        """Return what a follow-up says of its contract: where it is, or which it is."""
        reference = f"AVT-{followed.planned_for.year}-{area.pk:03}-{followed.pk:05}"
        if followed.pk % 2:
            return {"contract_reference": reference, "supplier": followed.supplier}
        # A contract comes before what is demanded in it is followed up.
        starts_on = min(followed.planned_for - timedelta(days=200), self.world.until)
        signature = self.world.signature(starts_on, followed.plan.keepers.coordinator)
        is_joint = followed.pk % JOINT_EACH == 0
        contract = self.tables[Contract].add(
            signature,
            organisation_id=organisation,
            reference=reference,
            supplier_id=self._supplier(followed, starts_on),
            kind=ContractKind.JOINT if is_joint else ContractKind.OWN,
            value=250_000 + 1_000 * (followed.pk % 5_000),
            currency="SEK",
            starts_on=starts_on,
            ends_on=starts_on + YEARS,
            options="2 × 12 månader",
            extended_to=starts_on + YEARS + timedelta(days=730),
        )
        self.tables[ContractArea].add(signature, contract_id=contract, product_area_id=area.pk)
        if is_joint:
            others = (row.pk for row in self.world.organisations if row.pk != organisation)
            self.tables[JointOwner].add(
                signature, contract_id=contract, organisation_id=next(others)
            )
        for position, wording in enumerate(islice(wordings, REQUIREMENTS)):
            self.tables[ContractRequirement].add(
                signature,
                contract_id=contract,
                version_id=followed.version.pk,
                requirement_id=followed.version.keys[wording.uid],
                code=wording.code,
                revision=wording.revision,
                position=position,
                values={},
                points=wording.max_points,
            )
        return {"contract_id": contract}

    def _supplier(self, followed: Followed, on: date) -> int:
        """Return the company that a follow-up is of, one of those with this name."""
        known = self.world.suppliers
        company = followed.supplier, followed.pk // 2 % OF_A_NAME
        if company not in known:
            digits = f"559{len(known):06}"
            known[company] = self.tables[Supplier].add(
                self.world.signature(on, followed.plan.keepers.coordinator),
                name=followed.supplier,
                country="SE",
                number=f"{digits[:6]}-{digits[6:]}{check_digit(digits)}",
            )
        return known[company]
