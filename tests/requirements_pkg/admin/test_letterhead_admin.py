"""The regions' templates in the admin: who keeps them, and how a buyer writes on one."""

import io

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplan.models import Organisation
from requirements_pkg.actions.letterheads import keep_template
from requirements_pkg.models import WordTemplate
from tests.requirements_pkg.letterheads import HEADER, a_letterhead, related
from tests.requirements_pkg.tenders import content

ADD = "admin:requirements_pkg_wordtemplate_add"
LIST = "admin:requirements_pkg_wordtemplate_changelist"
FILE = "/kravpaket/it-teknisk-plattform/v1/ladda-ner/"
PAGE = "/urval/?paket=it-teknisk-plattform&version=1&krav=SV-04"


def a_file(data: bytes | None = None, name: str = "brev.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_letterhead() if data is None else data)


def upload(client, organisation: Organisation, file: SimpleUploadedFile | None = None):
    sent = {"organisation": organisation.pk, "file": file or a_file()}
    return client.post(reverse(ADD), sent)


@pytest.fixture
def template(stockholm, coordinator) -> WordTemplate:
    made = WordTemplate(organisation=stockholm)
    keep_template(template=made, by=coordinator, file_name="brev.docx", content=a_letterhead())
    return made


@pytest.fixture
def skane(db) -> Organisation:
    return Organisation.objects.get(code="skane")


def change(template: WordTemplate) -> str:
    return reverse("admin:requirements_pkg_wordtemplate_change", args=[template.pk])


def test_a_coordinator_uploads_the_template_of_her_region(as_persona, coordinator, stockholm):
    response = upload(as_persona("coordinator"), stockholm)
    assert (response.status_code, response["Location"]) == (302, reverse(LIST))
    kept = WordTemplate.objects.get()
    assert (kept.title, kept.file_name) == ("Region Stockholm", "brev.docx")
    assert kept.uploaded_by == coordinator
    assert len(kept.sha256) == 64


def test_a_coordinator_uploads_none_for_another_procurement_region(as_persona, skane):
    assert upload(as_persona("coordinator"), skane).status_code == 200
    assert not WordTemplate.objects.exists()


def test_the_verb_itself_refuses_who_does_not_edit_there(coordinator, other_coordinator, skane):
    made = WordTemplate(organisation=skane)
    with pytest.raises(PermissionDenied):
        keep_template(template=made, by=coordinator, file_name="b.docx", content=a_letterhead())
    keep_template(template=made, by=other_coordinator, file_name="b.docx", content=a_letterhead())
    assert made.pk


@pytest.mark.parametrize("persona", ["reviewer", "analyst", "staff"])
def test_nobody_else_uploads(as_persona, persona, stockholm):
    status = 302 if persona == "staff" else 403
    assert upload(as_persona(persona), stockholm).status_code == status
    assert not WordTemplate.objects.exists()


def test_a_file_that_is_refused_says_why_and_nothing_is_kept(as_persona, stockholm):
    client = as_persona("coordinator")
    bad = a_file(related("attachedTemplate", "file:///C:/mall.dotm"))
    page = upload(client, stockholm, bad)
    assert "Dokumentet bygger på en annan mall." in page.content.decode()
    large = upload(client, stockholm, a_file(bytes(3 << 20)))
    assert "Mallen är större än 2 MB." in large.content.decode()
    assert not WordTemplate.objects.exists()


def test_an_organisation_has_one_template_which_is_replaced(as_persona, template, stockholm):
    client, old = as_persona("coordinator"), template.sha256
    again = upload(client, stockholm)
    assert "Organisationen har redan en mall. Ersätt den." in again.content.decode()
    other = docx.Document(io.BytesIO(a_letterhead()))
    other.sections[0].header.paragraphs[0].text = "Nytt brevhuvud"
    target = io.BytesIO()
    other.save(target)
    new = a_file(target.getvalue(), "nytt.docx")
    assert client.post(change(template), {"file": new}).status_code == 302
    template.refresh_from_db()
    assert template.file_name == "nytt.docx"
    assert template.sha256 != old


def test_another_coordinator_reads_and_changes_nothing(as_persona, template):
    client, old = as_persona("other_coordinator"), template.sha256
    assert client.get(change(template)).status_code == 200
    assert client.post(change(template), {"file": a_file()}).status_code == 403
    template.refresh_from_db()
    assert template.sha256 == old


def test_a_template_is_removed(as_persona, template):
    address = reverse("admin:requirements_pkg_wordtemplate_delete", args=[template.pk])
    assert as_persona("other_coordinator").post(address, {"post": "yes"}).status_code == 403
    assert as_persona("coordinator").post(address, {"post": "yes"}).status_code == 302
    assert not WordTemplate.objects.exists()


def test_a_sample_shows_what_a_file_on_the_template_looks_like(as_persona, template):
    address = reverse("admin:requirements_pkg_template_sample", args=[template.pk])
    response = as_persona("analyst").get(address)
    word = docx.Document(io.BytesIO(response.content))
    assert word.sections[0].header.paragraphs[0].text == HEADER
    assert "PR-01:1 Prov på en teknisk specifikation" in [p.text for p in word.paragraphs]
    assert response["Content-Disposition"] == 'attachment; filename="region-stockholm-prov.docx"'


def test_a_buyer_chooses_a_letterhead_and_gets_the_file_on_it(client, template, store_content):
    store_content(content())
    page = client.get(f"{PAGE}&mall=stockholm").content.decode()
    assert '<option value="stockholm" selected>Region Stockholm</option>' in " ".join(page.split())
    body = client.get(f"{FILE}docx?krav=SV-04&mall=stockholm").content
    assert docx.Document(io.BytesIO(body)).sections[0].header.paragraphs[0].text == HEADER


def test_without_templates_there_is_nothing_to_choose(client, store_content):
    store_content(content())
    assert 'name="mall"' not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("code", ["skane", "finns-inte", "%27%22", ""])
def test_a_letterhead_that_is_not_there_leaves_the_file_in_our_own_dress(
    client, template, store_content, code
):
    store_content(content())
    response = client.get(f"{FILE}docx?krav=SV-04&mall={code}")
    plain = client.get(f"{FILE}docx?krav=SV-04")
    assert response.status_code == 200
    assert response.content == plain.content


def test_a_letterhead_costs_one_query_more(
    client, template, store_content, django_assert_num_queries
):
    store_content(content())
    with django_assert_num_queries(3):
        client.get(f"{FILE}docx?krav=SV-04&mall=stockholm")


def test_the_file_itself_is_offered_to_nobody(client, template, as_persona):
    page = as_persona("coordinator").get(change(template)).content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert [link for link in links if ".docx" in link] == []
