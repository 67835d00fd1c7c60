"""Labels and certificates: ticked by an author, published, and told with what is equivalent."""

import io

import docx
import pytest
from django.db.models import ProtectedError

from requirements_pkg.actions.links import set_proofs
from requirements_pkg.actions.publishing import draft_content, publish
from requirements_pkg.actions.requirements import copy_requirement
from requirements_pkg.models import AcceptedProof, RequirementProof
from tests.factories import PackageFactory, RequirementFactory

EQUIVALENT = "Något av följande visar att kravet uppfylls, eller likvärdigt:"


@pytest.fixture
def requirement(db):
    return RequirementFactory(package=PackageFactory(), proof="Märket")


@pytest.fixture
def published(requirement, coordinator, reviewer):
    package = requirement.package
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")


def words_of(body: bytes) -> str:
    return "\n".join(docx.Document(io.BytesIO(body)).element.body.itertext())


def test_what_is_accepted_is_published_and_later_changes_are_not(published, requirement):
    AcceptedProof.objects.update(name="Ett annat märke")
    (proof,) = published.content.requirements[0].proofs
    assert (proof.name, proof.owner, proof.proves) == (
        "Märket",
        "Miljöförbundet",
        "Granskad av tredje part.",
    )
    (drafted,) = draft_content(requirement.package).requirements
    assert drafted.proofs[0].name == "Ett annat märke"
    # What proves it is part of what is demanded: it is a new wording.
    assert (published.content.requirements[0].revision, drafted.revision) == (1, 2)


def test_the_page_the_selection_and_the_files_say_or_equivalent(published, requirement, client):
    slug, code = requirement.package.slug, requirement.code
    page = client.get(f"/kravpaket/{slug}/krav/{code}/").content.decode()
    address = f"paket={slug}&version=1&krav={code}"
    selection = client.get(f"/urval/?{address}").content.decode()
    for text in (page, selection):
        assert EQUIVALENT in text
        assert "Miljöförbundet" in text
    assert 'href="https://marke.example/krav"' in page
    word = words_of(client.get(f"/urval/ladda-ner/docx?{address}").content)
    assert EQUIVALENT in word
    assert "Märket (Miljöförbundet): Granskad av tredje part." in word
    table = client.get(f"/urval/ladda-ner/csv?{address}").content.decode()
    assert EQUIVALENT in table
    rows = client.get(f"/urval/ladda-ner/json?{address}").json()["requirements"]
    assert rows[0]["proofs"][0]["name"] == "Märket"
    # Who leaves out the proof leaves out the labels.
    short = words_of(client.get(f"/urval/ladda-ner/docx?{address}&utan=bevis").content)
    assert "Märket" not in short


def test_a_requirement_without_any_says_nothing_of_it(client, coordinator, reviewer):
    plain = RequirementFactory(package=PackageFactory())
    publish(package=plain.package, by=coordinator, approved_by=reviewer, note="Ny.")
    page = client.get(f"/kravpaket/{plain.package.slug}/krav/{plain.code}/").content.decode()
    assert EQUIVALENT not in page
    address = f"paket={plain.package.slug}&version=1&krav={plain.code}"
    assert "Godtagna bevis" not in client.get(f"/urval/ladda-ner/csv?{address}").content.decode()


def test_a_copy_accepts_the_same(requirement, coordinator):
    copy = copy_requirement(requirement=requirement, package=requirement.package, by=coordinator)
    assert copy.proof_links.get().proof == requirement.proof_links.get().proof


def test_what_some_requirement_accepts_is_not_removed(requirement):
    with pytest.raises(ProtectedError):
        AcceptedProof.objects.get().delete()


def test_choosing_others_leaves_what_stays_untouched(requirement, coordinator):
    kept = requirement.proof_links.get()
    other = AcceptedProof.objects.create(name="EMAS", owner="EU", proves="Miljöledning.")
    keys = [kept.proof_id, other.pk]
    set_proofs(requirement=requirement, proofs=keys, by=coordinator)
    assert list(RequirementProof.objects.order_by("pk").values_list("proof", flat=True)) == keys
    assert RequirementProof.objects.filter(pk=kept.pk).exists()
    set_proofs(requirement=requirement, proofs=[other.pk], by=coordinator)
    assert RequirementProof.objects.get().proof == other
