"""The sheet of contracts that comes back from Excel: what it may write, and how."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan import permissions as plan_permissions
from actionplan import text
from actionplan.database import bulk
from actionplan.excel.lists import Incoming, IncomingRow, Pending, Row
from actionplan.models import Organisation, ProductArea, User
from followup import permissions
from followup.actions.contracts.registering import (
    put_requirements,
    refuse_lonely_joint,
    replace_links,
)
from followup.actions.contracts.selections import Versions, requirements_of
from followup.excel.contract_cells import OF
from followup.models import Contract, ContractArea, ContractRequirement, JointOwner, Supplier
from requirements_pkg.choosing.pasted import groups_in
from requirements_pkg.excel.cells import parts

# By the column: the field of the supplier.
OF_SUPPLIER: Final = {
    "supplier": "name",
    "supplier_country": "country",
    "supplier_number": "number",
}
SupplierKey = tuple[str, str, str]
# A contract, and what its file says beside it, which no model declares.
Filed = Any


def key_of(supplier: Supplier) -> SupplierKey:
    """Return by what a supplier is known: its number, else its name."""
    return supplier.country, supplier.number, "" if supplier.number else supplier.name


class IncomingContracts(Incoming):
    """Contracts of the owners that a person writes for; others' are as if they were not there."""

    owner_column = "organisation"
    place_field = "organisation"
    foreign = _(
        "You may not register contracts for this contract owner. Choose your own organisation."
    )
    # Each comes with its requirements.
    most_written = 2_000
    related: ClassVar[tuple[str, ...]] = ("organisation", "supplier")

    @cached_property
    def _own_contracts(self) -> dict[tuple[str, str], int]:
        rows = Contract.objects.filter(permissions.writable_contracts(self.user))
        known = rows.order_by().values_list("organisation__code", "reference", "pk")
        return {(code, reference): pk for code, reference, pk in known}

    @cached_property
    def _own_keys(self) -> frozenset[int]:
        return frozenset(self._own_contracts.values())

    def identified(self, cell: object) -> int | None:
        """Return the key of an own contract; of others' nobody learns that there is one."""
        key = super().identified(cell)
        return key if isinstance(key, int) and key in self._own_keys else None

    def recognised(self, rows: list[Row]) -> list[int | None]:
        """Find rows by owner and reference: a file that comes again is of what it made first."""
        return [self._own_contracts.get(_name_of(row)) for row in rows]

    def owners(self) -> QuerySet[Organisation]:
        rows = Organisation.objects.annotate(slug=F("code"))
        if plan_permissions.is_everything(self.user):
            return rows
        regions = plan_permissions.followed_up_regions(self.user)
        return rows.filter(procurement_region__in=regions)

    def known_owners(self, slugs: set[str]) -> set[str]:
        known = Organisation.objects.filter(code__in=slugs)
        return set(known.values_list("code", flat=True))

    def editable(self, named: Q) -> set[int]:
        return set(self.owners().filter(named).values_list("pk", flat=True))

    def lock(self, owners: set[int]) -> None:
        rows = Contract.objects.filter(organisation__in=owners)
        list(rows.select_for_update().order_by("pk").values_list("pk"))

    def subjects(self, owners: Iterable[int]) -> Iterator[tuple[int, models.Model]]:
        """Yield nothing: an event would tell everybody who has new contracts."""
        yield from ()

    def look_up(self, slugs: set[str], referred: list[object]) -> None:
        """Read what rows may point at: organisations, product areas, suppliers."""
        self._organisations = {row.code: row for row in Organisation.objects.all()}
        areas = ProductArea.objects.values_list("plan__slug", "number", "pk")
        self._areas = {f"{slug}{OF}{number}": pk for slug, number, pk in areas}
        self._suppliers = {key_of(row): row for row in Supplier.objects.all()}
        self._versions = Versions()
        # By contract that passed: what is written beside it.
        self._links: dict[str, dict[int, Filed]] = {"joint": {}, "areas": {}, "requirements": {}}

    def place(self, instance: Filed, row: Row, reading: IncomingRow) -> int:
        """Set the owner, the supplier, and what belongs to the contract."""
        code = self.columns["organisation"].read(row["organisation"])
        owner = self._organisations.get(code)
        if owner is None:
            sentence = gettext("There is no organisation “%(code)s”. Write its code.")
            raise ValidationError({"organisation": sentence % {"code": code}})
        if instance.pk is not None and instance.organisation_id != owner.pk:
            sentence = gettext("A contract stays with its owner. Register a new one.")
            raise ValidationError({"organisation": sentence})
        instance.organisation = owner
        errors: dict[str, object] = {}
        for name, find in (
            ("supplier", self._find_supplier),
            ("joint_owners", self._find_joint),
            ("areas", self._find_areas),
            ("requirements", self._find_requirements),
        ):
            try:
                find(instance)
            except ValidationError as error:
                errors |= error.error_dict if hasattr(error, "error_dict") else {name: error}
        if errors:
            raise ValidationError(errors)
        return int(owner.pk)

    def _find_supplier(self, instance: Filed) -> None:
        given = {of: instance.linked.get(name) or "" for name, of in OF_SUPPLIER.items()}
        supplier = Supplier(**given | {"country": given["country"] or "SE"})
        if not supplier.name:
            raise ValidationError(gettext("Enter what the supplier is called."))
        try:
            supplier.clean()
        except ValidationError as error:
            columns = {of: name for name, of in OF_SUPPLIER.items()}
            named = {columns[of]: sentences for of, sentences in error.message_dict.items()}
            raise ValidationError(named) from error
        instance.supplier = self._suppliers.setdefault(key_of(supplier), supplier)

    def _find_joint(self, instance: Filed) -> None:
        codes = parts(instance.linked.get("joint_owners") or "")
        if unknown := [code for code in codes if code not in self._organisations]:
            sentence = gettext("There is no organisation “%(code)s”. Write its code.")
            raise ValidationError(sentence % {"code": ", ".join(unknown)})
        instance.joint = [self._organisations[code] for code in codes]
        refuse_lonely_joint(instance, instance.joint)

    def _find_areas(self, instance: Filed) -> None:
        names = parts(instance.linked.get("areas") or "")
        if unknown := [name for name in names if name not in self._areas]:
            sentence = gettext("There is no product area %(names)s. Write plan:number.")
            raise ValidationError(sentence % {"names": ", ".join(unknown)})
        instance.areas = {self._areas[name] for name in names}

    def _find_requirements(self, instance: Filed) -> None:
        groups = groups_in(instance.linked.get("requirements") or "")
        instance.stands = requirements_of(groups, self._versions)

    def remember(self, instance: Filed, reading: IncomingRow) -> None:
        """Keep what the file says anew of a contract, to be written once it has a key."""
        is_new = instance.pk is None
        for name, column in (
            ("joint", "joint_owners"),
            ("areas", "areas"),
            ("requirements", "requirements"),
        ):
            if is_new or column in reading.changed:
                self._links[name][reading.number] = instance

    def settle(self, pending: Pending) -> Iterator[tuple[int, ValidationError]]:
        """Yield the contracts that stand twice in the file."""
        seen: set[tuple[int, str]] = set()
        for number, contract in pending.items():
            name = contract.organisation_id, contract.reference
            if name in seen:
                sentence = gettext(
                    "The contract stands twice in the file. Remove one of the rows."
                )
                yield number, ValidationError({"reference": sentence})
            seen.add(name)

    def begin(self, pending: Pending) -> None:
        """Store the suppliers that are new to the register."""
        new = {id(row.supplier): row.supplier for row in pending.values() if not row.supplier.pk}
        bulk.make(Supplier, new.values(), by=self.user)
        for contract in pending.values():
            # Its key is known from now on.
            contract.supplier = contract.supplier

    def finish(self, pending: Pending, by: User) -> None:
        """Write owners, areas and requirements, those that stay left alone."""
        joint = {row.pk: {owner.pk for owner in row.joint} for row in self._rows("joint")}
        replace_links(JointOwner, "organisation_id", joint, by=by)
        areas = {row.pk: row.areas for row in self._rows("areas")}
        replace_links(ContractArea, "product_area_id", areas, by=by)
        stands: dict[int, list[ContractRequirement]] = {
            row.pk: row.stands for row in self._rows("requirements")
        }
        put_requirements(stands, by=by)

    def _rows(self, name: str) -> Iterable[Filed]:
        return self._links[name].values()


def _name_of(row: Row) -> tuple[str, str]:
    """Return what a contract is called before it has a key: its owner and reference."""
    code, reference = (
        text.clean(str(row.get(name) or "")) for name in ("organisation", "reference")
    )
    return code, reference
