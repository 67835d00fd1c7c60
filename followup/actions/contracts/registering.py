"""Register a contract and its supplier, and say what stands in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from actionplan.database import bulk, row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import Organisation, ProductArea, User
from followup import permissions
from followup.models import (
    Contract,
    ContractArea,
    ContractKind,
    ContractRequirement,
    JointOwner,
    Supplier,
)

# Of a requirement that stands there already.
WRITTEN = ("version", "code", "revision", "values", "position")


@dataclass(frozen=True, slots=True)
class ContractParts:
    """What belongs to a contract beside its own facts; None leaves what is stored alone."""

    supplier: Supplier
    joint_owners: Collection[Organisation]
    areas: Collection[ProductArea]
    requirements: Sequence[ContractRequirement] | None = None


def supplier_known_as(supplier: Supplier) -> Supplier:
    """Return the supplier of the register that another one is: by its number, else its name."""
    rows = Supplier.objects.known_as(
        name=supplier.name, country=supplier.country, number=supplier.number
    )
    return rows.first() or supplier


def refuse_lonely_joint(contract: Contract, joint_owners: Collection[Organisation]) -> None:
    """Refuse a contract whose kind and owners do not go together.

    Raises:
        ValidationError: it is joint with nobody, its own with somebody, or joint with itself.
    """
    if contract.kind == ContractKind.JOINT and not joint_owners:
        raise ValidationError(_("Say who has the joint contract with the owner."))
    if contract.kind == ContractKind.OWN and joint_owners:
        raise ValidationError(_("Only a joint contract has joint owners. Choose joint contract."))
    if contract.organisation_id in {owner.pk for owner in joint_owners}:
        raise ValidationError(_("The contract owner is not a joint owner as well."))


@all_or_nothing()
def register_contract(*, contract: Contract, parts: ContractParts, by: User) -> Contract:
    """Store a contract, new or changed, with its supplier and what stands in it.

    Raises:
        PermissionDenied: `by` does not write it, or would not once it is stored.
        ValidationError: something is missing, or does not go together.
    """
    if contract.pk is not None:
        row_locks.hold(Contract, contract.pk)
        stored = Contract.objects.with_names().get(pk=contract.pk)
        _refuse_stranger(by, stored)
        _refuse_leaving(stored, contract, parts.joint_owners)
    _refuse_stranger(by, contract)
    refuse_lonely_joint(contract, parts.joint_owners)
    contract.supplier = _stored_supplier(parts.supplier, by)
    contract.full_clean()
    contract.signed_by(by).save()
    owners, areas = ({row.pk for row in rows} for rows in (parts.joint_owners, parts.areas))
    replace_links(JointOwner, "organisation_id", {contract.pk: owners}, by=by)
    replace_links(ContractArea, "product_area_id", {contract.pk: areas}, by=by)
    if parts.requirements is not None:
        put_requirements({contract.pk: parts.requirements}, by=by)
    return contract


def _stored_supplier(supplier: Supplier, by: User) -> Supplier:
    """Return a supplier as the register has it, also where somebody else stores it just now."""
    known = supplier if supplier.pk is not None else supplier_known_as(supplier)
    if known.pk is None:
        try:
            with transaction.atomic():
                known.full_clean()
                known.signed_by(by).save()
        except (IntegrityError, ValidationError):
            known = supplier_known_as(supplier)
            if known.pk is None:
                raise
    return known


def _refuse_stranger(by: User, contract: Contract) -> None:
    if not permissions.may_write_contract(by, contract):
        raise PermissionDenied


def _refuse_leaving(
    stored: Contract, contract: Contract, joint_owners: Collection[Organisation]
) -> None:
    """Refuse to take out an owner who has followed the contract up."""
    owners = {contract.organisation_id, *(owner.pk for owner in joint_owners)}
    leaving = stored.follow_ups.exclude(organisation__in=owners).values_list("organisation__name")
    if names := sorted({name for (name,) in leaving}):
        sentence = _("Keep %(names)s among the owners: they follow the contract up.")
        raise ValidationError(sentence % {"names": ", ".join(names)})


def replace_links(
    model: type[Model], field: str, wanted: Mapping[int, set[int]], *, by: User
) -> None:
    """Store which rows of another table contracts point at; those that stay are left alone.

    Args:
        model: what stands between.
        field: the foreign key to the other table.
        wanted: the keys there, by contract.
    """
    rows = model._base_manager.filter(contract__in=wanted)
    stored = {tuple(getattr(row, name) for name in ("contract_id", field)): row for row in rows}
    pairs = {(contract, key) for contract, keys in wanted.items() for key in keys}
    bulk.remove(model, [row for pair, row in stored.items() if pair not in pairs], by=by)
    new = sorted(pairs - stored.keys())
    bulk.make(model, [model(contract_id=pk, **{field: key}) for pk, key in new], by=by)


def put_requirements(wanted: Mapping[int, Sequence[ContractRequirement]], *, by: User) -> None:
    """Let these requirements stand in contracts, and no others; points that were given stay.

    Args:
        wanted: rows that are not stored, by contract.
    """
    rows = ContractRequirement.objects.filter(contract__in=wanted)
    stored = {(row.contract_id, row.requirement_id): row for row in rows}
    now = {(pk, row.requirement_id): row for pk, own in wanted.items() for row in own}
    going = [row for pair, row in stored.items() if pair not in now]
    bulk.remove(ContractRequirement, going, by=by)
    kept = [pair for pair in now if pair in stored]
    for pair in kept:
        for name in WRITTEN:
            setattr(stored[pair], name, getattr(now[pair], name))
    bulk.change(ContractRequirement, [stored[pair] for pair in kept], WRITTEN, by=by)
    new = {pair: row for pair, row in now.items() if pair not in stored}
    for (contract, _requirement), row in new.items():
        row.contract_id = contract
    bulk.make(ContractRequirement, new.values(), by=by)
