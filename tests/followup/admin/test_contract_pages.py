"""The register of contracts in the admin: who sees what, and how one is registered."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from actionplan.models import ChangeEvent, ChangeLog, Organisation
from followup.actions.contracts.registering import ContractParts, register_contract
from followup.models import Contract, ContractRequirement, FollowUp, JointOwner, Supplier
from tests.factories import ContractFactory, FollowUpFactory, SupplierFactory
from tests.project.pages.followed_up import add_contract
from tests.requirements_pkg.admin_forms import text_of, untouched

PEOPLE = ["coordinator", "other_coordinator", "reviewer", "analyst", "secretariat", "staff"]
NUMBER = "556036-0793"


def address(name: str, *args, **query) -> str:
    return reverse(f"admin:followup_{name}", args=args, query=query)


def organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def filled(**values) -> dict[str, object]:
    """A new contract of Region Stockholm as somebody fills it in."""
    return {
        "organisation": organisation("stockholm").pk,
        "reference": "RS-2026-1",
        "kind": "own",
        "supplier_name": "Faro Datahall AB",
        "supplier_country": "se",
        "supplier_number": "5560360793",
        "value": "1 200 000,00",
        "currency": "sek",
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
        "options": "2 × 12 månader",
        "extended_to": "2029-12-31",
        "cpv": "48820000-2",
        "selection": "",
        **values,
    }


def sent(client, **values):
    return client.post(address("contract_add"), filled(**values), follow=True)


@pytest.mark.parametrize(
    ("owner", "joint", "readers"),
    [
        ("stockholm", None, {"coordinator", "reviewer"}),
        ("skane", None, {"other_coordinator"}),
        ("skane", "stockholm", {"coordinator", "reviewer", "other_coordinator"}),
    ],
)
@pytest.mark.parametrize("persona", PEOPLE)
def test_only_the_owners_regions_learn_that_there_is_a_contract(
    db, as_persona, persona, owner, joint, readers
):
    contract = ContractFactory(
        organisation=organisation(owner),
        reference="HEMLIGT-7",
        kind="joint" if joint else "own",
        supplier__name="Granit Drift AB",
    )
    if joint:
        JointOwner.objects.create(contract=contract, organisation=organisation(joint))
    client = as_persona(persona)
    supplier = contract.supplier
    for name in ("contract_change", "contract_history"):
        page = client.get(address(name, contract.pk), follow=True)
        assert ("HEMLIGT-7" in text_of(page)) is (persona in readers)
    for name in ("supplier_change", "supplier_history"):
        page = client.get(address(name, supplier.pk), follow=True)
        assert ("Granit Drift" in text_of(page)) is (persona in readers)
    for name, words in (("contract", "HEMLIGT-7"), ("supplier", "Granit Drift")):
        # What is sought is told by the page itself: what is found is a row.
        page = client.get(address(f"{name}_changelist", q=words), follow=True)
        number = page.context["cl"].result_count if "cl" in page.context else 0
        assert number == (persona in readers)


def test_the_history_of_a_supplier_tells_nobody_who_else_has_a_contract(
    coordinator, other_coordinator, as_persona
):
    supplier = SupplierFactory(name="Granit Drift AB")
    for owner in ("stockholm", "skane"):
        ContractFactory(organisation=organisation(owner), supplier=supplier)
    for person, name in ((coordinator, "Granit Stockholm AB"), (other_coordinator, "Granit AB")):
        supplier.name = name
        supplier.signed_by(person).save()
    for persona in ("coordinator", "other_coordinator"):
        response = as_persona(persona).get(address("supplier_history", supplier.pk))
        names = {entry.who for entry in response.context["page"]}
        assert names == {persona}


def test_nobody_registers_or_takes_over_a_contract_of_another_region(
    other_coordinator, reviewer, coordinator, demanding
):
    own = ContractFactory(organisation=organisation("stockholm"))
    parts = ContractParts(own.supplier, [], [])
    for person in (other_coordinator, reviewer):
        with pytest.raises(PermissionDenied):
            register_contract(contract=Contract.objects.get(), parts=parts, by=person)
        with pytest.raises(PermissionDenied):
            register_contract(contract=again(own, reference="NY-1"), parts=parts, by=person)
    # Neither does one give a contract away that one would not see then.
    given = Contract.objects.get()
    given.organisation = organisation("skane")
    with pytest.raises(PermissionDenied):
        register_contract(contract=given, parts=parts, by=coordinator)
    assert Contract.objects.get().organisation == organisation("stockholm")


def again(contract: Contract, **values) -> Contract:
    """The same contract once more, not stored yet."""
    facts = {name: getattr(contract, name) for name in ("organisation", "starts_on", "ends_on")}
    return Contract(**facts | values)


def test_who_has_followed_a_contract_up_stays_an_owner_of_it(coordinator, demanding):
    contract = ContractFactory(organisation=organisation("stockholm"), kind="joint")
    JointOwner.objects.create(contract=contract, organisation=organisation("uppsala"))
    facts = {"contract": contract, "contract_reference": "", "supplier": ""}
    FollowUpFactory(version=demanding, organisation=organisation("uppsala"), **facts)
    stored = Contract.objects.get()
    stored.kind = "own"
    with pytest.raises(ValidationError, match="följer upp avtalet"):
        register_contract(
            contract=stored, parts=ContractParts(stored.supplier, [], []), by=coordinator
        )


def test_a_contract_with_a_supplier_that_another_one_registers_just_now(coordinator, demanding):
    """Whoever comes second has read the register before the first had stored."""
    made = [
        register_contract(
            contract=Contract(
                organisation=organisation("stockholm"),
                reference=f"RS-{number}",
                starts_on="2026-01-01",
                ends_on="2027-12-31",
            ),
            parts=ContractParts(Supplier(name="Ny Hall AB", country="SE"), [], []),
            by=coordinator,
        )
        for number in range(2)
    ]
    assert made[0].supplier == made[1].supplier == Supplier.objects.get()


def test_a_contract_is_registered_with_its_supplier_and_its_selection(
    demanding, as_persona, coordinator
):
    area = demanding.package.plan.product_areas.first()
    events = ChangeEvent.objects.count()
    slug = demanding.package.slug
    response = sent(
        as_persona("coordinator"),
        kind="joint",
        joint=[organisation("uppsala").pk],
        areas=[area.pk],
        selection=f"https://krav.example/urval/?paket={slug}&version=1&krav=SE-02&krav=SE-01",
    )
    assert response.redirect_chain, response.context["adminform"].errors
    contract = Contract.objects.get()
    supplier = contract.supplier
    assert (supplier.name, supplier.country, supplier.number) == ("Faro Datahall AB", "SE", NUMBER)
    assert (contract.currency, contract.value) == ("SEK", 1_200_000)
    assert [row.code for row in contract.joint_owners.all()] == ["uppsala"]
    assert list(contract.product_areas.all()) == [area]
    rows = contract.requirements.all()
    assert [(row.code, row.revision, row.version) for row in rows] == [
        ("SE-01", 1, demanding),
        ("SE-02", 1, demanding),
    ]
    log = ChangeLog.objects.filter(model__in=["followup.Contract", "followup.ContractRequirement"])
    assert {row.by for row in log.filter(kind="added")} == {coordinator}
    # An event would tell everybody who has a new contract.
    assert ChangeEvent.objects.count() == events


def test_the_supplier_of_the_register_is_taken_by_its_number(db, as_persona):
    known = SupplierFactory(name="Faro Datahall Aktiebolag", number=NUMBER)
    sent(as_persona("coordinator"))
    assert Contract.objects.get().supplier == known
    assert Supplier.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"supplier_number": "556036-0794"}, "Kontrollsiffran stämmer inte."),
        ({"supplier_country": "1"}, "Skriv landet med två bokstäver"),
        ({"kind": "joint"}, "Ange vilka som har det gemensamma avtalet"),
        ({"currency": "kr"}, "Skriv valutan med tre bokstäver"),
        ({"cpv": "48820000-3"}, "kontrollsiffra"),
        ({"ends_on": "2025-01-01", "extended_to": ""}, "Avtalet slutar innan det börjar."),
        ({"selection": "hej"}, "”hej” är inget urval."),
        ({"selection": "saknas v1: SE-01"}, "Det finns ingen version 1 av kravpaketet"),
        ({"selection": "{slug} v1: SE-01, SE-99"}, "har inget krav SE-99."),
        ({"selection": "{slug} v1: SE-01\n{slug} v1: SE-01"}, "SE-01 är valt två gånger"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stored(demanding, as_persona, values, sentence):
    slug = demanding.package.slug
    values = {name: text.format(slug=slug) for name, text in values.items()}
    response = sent(as_persona("coordinator"), **values)
    assert sentence in text_of(response)
    assert not Contract.objects.exists()
    assert not Supplier.objects.exists()


def test_nobody_registers_a_contract_of_another_region(db, as_persona):
    response = sent(as_persona("coordinator"), organisation=organisation("skane").pk)
    assert not response.redirect_chain
    assert not Contract.objects.exists()
    assert sent(as_persona("reviewer")).status_code == 403


def test_a_joint_owner_reads_and_does_not_write(db, as_persona):
    contract = ContractFactory(organisation=organisation("skane"), kind="joint")
    JointOwner.objects.create(contract=contract, organisation=organisation("stockholm"))
    client = as_persona("coordinator")
    page = client.get(address("contract_change", contract.pk))
    assert "Region Stockholm" in text_of(page)
    assert "_save" not in page.content.decode()
    assert client.post(address("contract_change", contract.pk), filled()).status_code == 403


def changed(client, contract: Contract, **values):
    page = client.get(address("contract_change", contract.pk))
    return client.post(
        address("contract_change", contract.pk), {**untouched(page), **values}, follow=True
    )


def test_requirements_are_replaced_by_a_new_selection_and_keep_their_points(demanding, as_persona):
    slug = demanding.package.slug
    client = as_persona("coordinator")
    sent(client, selection=f"{slug} v1: SE-01")
    contract = Contract.objects.get()
    row = contract.requirements.get()
    changed(client, contract, **{"requirements-0-points": "5"})
    row.refresh_from_db()
    assert row.points == 5
    changed(client, contract, options="Inga")
    assert contract.requirements.count() == 1
    changed(client, contract, selection=f"{slug} v1: SE-01, SE-02")
    assert list(contract.requirements.values_list("code", "points")) == [
        ("SE-01", 5),
        ("SE-02", None),
    ]
    changed(client, contract, **{"requirements-0-DELETE": "on"})
    assert [row.code for row in contract.requirements.all()] == ["SE-02"]


def test_what_was_followed_up_keeps_its_supplier(demanding, as_persona):
    contract = ContractFactory()
    FollowUpFactory(
        version=demanding, contract=contract, contract_reference="", supplier="", closed=True
    )
    client = as_persona("coordinator")
    response = changed(client, contract, supplier_name="En annan AB", supplier_number="")
    assert "Avtalet har följts upp" in text_of(response)
    changed(client, contract, options="Inga")
    contract.refresh_from_db()
    assert contract.options == "Inga"
    assert contract.supplier.name != "En annan AB"


def test_a_contract_without_follow_ups_may_be_removed_by_its_owner(demanding, as_persona):
    contract = ContractFactory()
    at = address("contract_delete", contract.pk)
    assert as_persona("reviewer").post(at, {"post": "yes"}).status_code == 403
    followed = FollowUpFactory(
        version=demanding, contract=contract, contract_reference="", supplier=""
    )
    as_persona("coordinator").post(at, {"post": "yes"})
    assert Contract.objects.filter(pk=contract.pk).exists()
    FollowUp.objects.filter(pk=followed.pk).update(contract=None, contract_reference="RS-1")
    as_persona("coordinator").post(at, {"post": "yes"})
    assert not Contract.objects.filter(pk=contract.pk).exists()


def test_the_name_of_a_supplier_is_corrected_and_its_number_is_not(db, as_persona):
    contract = ContractFactory()
    supplier = contract.supplier
    client = as_persona("coordinator")
    at = address("supplier_change", supplier.pk)
    number = supplier.number
    client.post(at, {**untouched(client.get(at)), "name": "Rätt Namn AB", "number": NUMBER})
    supplier.refresh_from_db()
    assert (supplier.name, supplier.number) == ("Rätt Namn AB", number)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"lage": "pagar"}, {"nu"}),
        ({"lage": "slut"}, {"slut"}),
        ({"uppfoljt": "ja"}, {"nu"}),
        ({"uppfoljt": "aldrig"}, {"slut"}),
        ({"q": "granit"}, {"slut"}),
        ({"kind__exact": "joint"}, set()),
    ],
)
def test_the_list_is_narrowed_and_taken_out_as_it_is(demanding, as_persona, query, expected):
    running = ContractFactory(reference="nu", ends_on=None)
    ContractFactory(reference="slut", ends_on="2025-12-31", supplier__name="Granit Drift AB")
    FollowUpFactory(
        version=demanding, contract=running, contract_reference="", supplier="", closed=True
    )
    client = as_persona("reviewer")
    page = client.get(address("contract_changelist", **query))
    assert {row.reference for row in page.context["cl"].result_list} == expected
    file = client.post(
        address("contract_export", **query), {"format": "1", "resource": "0"}
    ).getvalue()
    rows = file.decode("utf-8-sig").splitlines()[1:]
    assert len([row for row in rows if row.strip()]) == len(expected)
    line = ChangeLog.objects.filter(kind="exported").latest("pk")
    assert (line.model, line.after["rows"]) == ("followup.Contract", len(expected))


def test_a_follow_up_is_planned_of_a_contract(demanding, as_persona):
    slug = demanding.package.slug
    client = as_persona("coordinator")
    sent(client, selection=f"{slug} v1: SE-01")
    contract = Contract.objects.get()
    area = demanding.package.plan.product_areas.first()
    at = address("followup_add", omrade=area.pk, contract=contract.pk)
    page = client.get(at)
    data = untouched(page) | {
        "method": "dialogue",
        "planned_for": "2026-12-24",
        # What the register tells is not written a second time.
        "supplier": "Något annat",
    }
    client.post(at, data)
    followed = FollowUp.objects.get()
    assert (followed.contract, followed.supplier, followed.contract_reference) == (
        contract,
        "",
        "",
    )
    assert (followed.reference, followed.supplier_name) == ("RS-2026-1", "Faro Datahall AB")
    assert followed.organisation == contract.organisation
    assert ContractRequirement.objects.count() == 1


def test_the_history_tells_what_was_filled_in_and_who_has_a_part(demanding, as_persona):
    contract = add_contract(demanding, demanding.package.requirements.first())
    row = contract.requirements.get()
    row.values = {"antal": "fem", "veckor": "sex"}
    row.save()
    page = text_of(as_persona("reviewer").get(address("contract_history", contract.pk)))
    assert "antal: fem, veckor: sex" in page
    assert "antal: fyra" in page
    assert "Region Uppsala" in page
