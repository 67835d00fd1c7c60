"""A buyer without an account: from the package to a filled-in selection and its files."""

import io
from itertools import product

import docx
import pytest

from tests.browser.conftest import SCHEMES
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.stored import store
from tests.requirements_pkg.tenders import content

PAGE = "/urval/?paket=it-teknisk-plattform&version=1&krav=SV-04&krav=TS-02&krav=TK-03&krav=KK-01"


@pytest.fixture
def selection(site, coordinator, reviewer) -> str:
    """A selection of everything in a version, since which something has changed."""
    store(content(), coordinator, reviewer)
    newer = a_requirement("SV-04", title="Förteckning", text="Inom [antal veckor: 2] veckor.")
    store(a_content(newer), coordinator, reviewer)
    return site + PAGE


def words_of(download) -> str:
    """All words of a Word file that was downloaded."""
    body = download.path().read_bytes()
    return "\n".join(docx.Document(io.BytesIO(body)).element.body.itertext())


def test_what_is_typed_is_in_the_file_also_without_an_update(page, selection):
    page.goto(selection)
    page.get_by_label("effekt i watt").fill("300")
    with page.expect_download() as made:
        page.get_by_role("button", name="Word").click()
    assert made.value.suggested_filename == "it-teknisk-plattform-v1-urval.docx"
    assert "Effekten är högst 300 W." in words_of(made.value)
    # The page stays, and its address holds what is typed.
    assert page.url == f"{selection}&f.TS-02.effekt-i-watt=300"


def test_enter_in_a_field_updates_the_texts_and_removes_nothing(page, selection):
    page.goto(selection)
    page.get_by_label("effekt i watt").fill("300")
    page.get_by_label("effekt i watt").press("Enter")
    page.wait_for_url(f"{selection}&f.TS-02.effekt-i-watt=300")
    assert page.get_by_text("Effekten är högst 300 W.").is_visible()
    assert page.get_by_role("button", name="Ta bort").count() == 4


def test_removing_one_keeps_what_was_typed_in_the_others(page, selection):
    page.goto(selection)
    page.get_by_label("effekt i watt").fill("300")
    page.get_by_role("button", name="Ta bort KK-01").click()
    page.wait_for_url("**f.TS-02.effekt-i-watt=300")
    assert "KK-01" not in page.url


def test_the_address_is_copied_by_a_button(page, selection, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(selection)
    page.get_by_role("button", name="Kopiera adressen").click()
    page.get_by_text("Kopierad").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == selection


def test_the_copied_address_holds_what_is_typed_at_that_moment(page, selection, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(selection)
    page.get_by_label("effekt i watt").press_sequentially("300")
    page.get_by_role("button", name="Kopiera adressen").click()
    page.get_by_text("Kopierad").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{selection}&f.TS-02.effekt-i-watt=300"


@pytest.mark.parametrize("text", ["300", "trehundra " * 1000])
def test_leaving_and_coming_back_keeps_what_was_typed(page, selection, text):
    """Also where it is too long for an address, and the page is loaded anew."""
    page.goto(selection)
    box = page.get_by_label("effekt i watt")
    box.evaluate("box => box.removeAttribute('maxlength')")
    box.fill(text)
    is_long = len(text) > 500
    assert page.locator("[data-too-long]").inner_text().startswith("För långt") is is_long
    page.goto("about:blank")
    page.go_back()
    assert page.get_by_label("effekt i watt").input_value() == text
    page.reload()
    assert page.get_by_label("effekt i watt").input_value() == text


@pytest.mark.parametrize("text", ["300", "trehundra " * 1000])
def test_the_other_language_keeps_what_was_typed(page, selection, text):
    """The link is from before it was typed; a form goes where no address has room."""
    page.goto(selection)
    box = page.get_by_label("effekt i watt")
    box.evaluate("box => box.removeAttribute('maxlength')")
    box.fill(text)
    page.get_by_role("link", name="In English").click()
    page.get_by_role("heading", name="Your selection").wait_for()
    typed = page.get_by_label("effekt i watt").input_value()
    assert typed
    assert text.startswith(typed)


def test_the_other_language_keeps_what_was_ticked_and_filtered(page, selection, site):
    page.goto(f"{site}/kravpaket/it-teknisk-plattform/krav/")
    page.locator("[name=krav][value=SV-04]").check()
    page.locator("[data-filter] [type=search]").fill("förteckning")
    page.wait_for_url("**text=f%C3%B6rteckning**")
    page.get_by_role("link", name="In English").click()
    page.get_by_text("Chosen requirements").wait_for()
    assert page.locator("#valj-SV-04").is_checked()
    assert page.locator("[data-filter] [type=search]").input_value() == "förteckning"


def test_what_is_too_long_is_told_by_the_copy_and_a_search_keeps_the_ticks(page, selection):
    page.goto(selection)
    box = page.get_by_label("effekt i watt")
    box.evaluate("box => box.removeAttribute('maxlength')")
    box.fill("trehundra " * 1000)
    page.get_by_role("button", name="Kopiera adressen").click()
    message = page.locator("[data-copy-address] [role=status]")
    assert message.inner_text().startswith("För långt för en adress")
    page.locator("form.search.head [type=search]").fill("förteckning")
    page.locator("form.search.head [type=search]").press("Enter")
    page.get_by_text("Till ditt urval med 4 krav").wait_for()


def test_a_search_keeps_what_was_ticked_just_now(page, selection, site):
    page.goto(f"{site}/kravpaket/it-teknisk-plattform/krav/")
    page.locator("[name=krav][value=SV-04]").check()
    page.locator("form.search.head [type=search]").fill("förteckning")
    page.locator("form.search.head [type=search]").press("Enter")
    page.get_by_text("Till ditt urval med 1 krav").click()
    page.wait_for_url("**/urval/?paket=it-teknisk-plattform&version=2&krav=SV-04")


def test_a_selection_is_accessible_and_fits_in_every_dress(page, selection, faults):
    all_faults = []
    for address in (selection, f"{selection}&krav=XX-9", selection.split("?")[0]):
        page.goto(address)
        all_faults += faults(page, product([320, 768, 1280], SCHEMES))
    assert all_faults == []


FOOD = {"slug": "livsmedel", "title": "Livsmedel", "introduction": ""}


@pytest.fixture
def several(selection, site, coordinator, reviewer) -> str:
    """A selection of two packages, in which one code stands twice."""
    coffee = a_requirement("SV-04", title="Kaffe") | {"uid": "kaffe"}
    store(a_content(coffee, a_requirement("LM-01"), package=FOOD), coordinator, reviewer)
    return f"{site}/urval/?paket=it-teknisk-plattform&version=2&krav=SV-04"


def test_requirements_of_two_packages_are_collected_with_what_was_typed(page, several):
    page.goto(several)
    page.get_by_label("antal veckor").fill("7")
    page.get_by_role("button", name="Välj krav i ett annat kravpaket").click()
    page.get_by_role("link", name="Livsmedel").click()
    page.get_by_role("navigation", name="Paketets delar").get_by_text("Krav", exact=True).click()
    page.locator("#valj-SV-04").check()
    assert page.locator(".selection-count").inner_text().split()[:3] == ["Ditt", "urval", "2"]
    # What was ticked this moment goes along with any link, and comes back.
    page.get_by_role("link", name="Om", exact=True).click()
    page.get_by_role("heading", level=1).wait_for()
    page.locator(".selection-count a").click()
    page.get_by_role("heading", name="Ditt urval").wait_for()
    weeks = page.get_by_label("antal veckor")
    assert [weeks.nth(at).input_value() for at in range(2)] == ["4", "7"]
    weeks.first.fill("9")
    with page.expect_download() as made:
        page.get_by_role("button", name="Word").click()
    assert made.value.suggested_filename == "kravurval.docx"
    words = words_of(made.value)
    assert "inom 9 veckor" in words
    assert "Inom 7 veckor" in words
    assert page.url.endswith(
        "paket=livsmedel&version=1&krav=SV-04&f.SV-04.antal-veckor=9"
        "&paket=it-teknisk-plattform&version=2&krav=SV-04&f.SV-04.antal-veckor=7"
    )


def test_a_selection_of_several_packages_is_accessible_in_every_dress(page, several, faults):
    page.goto(f"{several}&krav=XX-9&paket=livsmedel&version=1&krav=SV-04&krav=LM-01")
    assert faults(page, product([320, 360, 768, 1280], SCHEMES)) == []
    assert page.locator("h2", has_text="Livsmedel").is_visible()
