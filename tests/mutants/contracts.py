"""The guards of the register of contracts: who learns of one, who writes it, what it may hold."""

from tests.mutants.guard import Guard

RIGHTS = ("tests/followup/contracts/test_contract_permissions.py",)
PAGES = ("tests/followup/admin/test_contract_pages.py",)
SHEETS = ("tests/followup/excel/test_contract_sheets.py",)
SELECTIONS = ("tests/requirements_pkg/choosing",)
PERMISSIONS = "followup/permissions.py"
SUPPLIERS = "followup/admin/contracts/suppliers.py"

CONTRACTS = (
    Guard(
        "a contract is found by its owners' regions alone",
        PERMISSIONS,
        '    return of_owner | Q(AnyOf(F(path or "pk"), joint.order_by().values("contract")))',
        "    return Q()",
        RIGHTS,
    ),
    Guard(
        "a contract is seen by its owners' regions alone",
        PERMISSIONS,
        "    return contract.organisation.procurement_region_id in seen or "
        "bool(seen.intersection(joint))",
        "    return bool(seen or joint)",
        RIGHTS,
    ),
    Guard(
        "a contract is written in its owner's region alone",
        PERMISSIONS,
        "permissions.may_follow_up_in(user, contract.organisation.procurement_region_id)",
        "permissions.may_follow_up_something(user)",
        RIGHTS,
    ),
    Guard(
        "nobody registers a contract of another region",
        "followup/actions/contracts/registering.py",
        "    if not permissions.may_write_contract(by, contract):",
        "    if False:",
        PAGES,
    ),
    Guard(
        "an owner who has followed a contract up stays one",
        "followup/actions/contracts/registering.py",
        "    if names := sorted({name for (name,) in leaving}):",
        "    if names := []:",
        PAGES,
    ),
    Guard(
        "the list has the contracts that one sees",
        "followup/admin/contracts/contracts.py",
        "        rows = rows.filter(permissions.visible_contracts(request.user))",
        "        rows = rows.all()",
        PAGES,
    ),
    Guard(
        "the list of suppliers has those of contracts that one sees",
        SUPPLIERS,
        '            rows = rows.filter(Exists(contracts.filter(supplier=OuterRef("pk"))))',
        "            rows = rows.all()",
        PAGES,
    ),
    Guard(
        "a supplier's history does not tell who else has a contract",
        SUPPLIERS,
        "        if obj is not None and not plan_permissions.is_everything(request.user):\n"
        "            people",
        "        if False:\n            people",
        PAGES,
    ),
    Guard(
        "a contract of another region is not brought in",
        "followup/excel/incoming_contracts.py",
        "        rows = Contract.objects.filter(permissions.writable_contracts(self.user))",
        "        rows = Contract.objects.all()",
        SHEETS,
    ),
    Guard(
        "a selection has so many requirements at most",
        "requirements_pkg/choosing/selection.py",
        "    if selection.count > MOST_CODES:",
        "    if False:",
        SELECTIONS,
    ),
    Guard(
        "a selection has so many packages at most",
        "requirements_pkg/choosing/selection.py",
        "    if len(selection.groups) > MOST_GROUPS:",
        "    if False:",
        SELECTIONS,
    ),
    Guard(
        "so many lines of selections are pasted at most",
        "requirements_pkg/choosing/pasted.py",
        "    if len(lines) > MOST_LINES:",
        "    if False:",
        SELECTIONS,
    ),
)
