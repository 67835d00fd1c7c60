"""A draft read against the version in force, and ticked as read."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from requirements_pkg.actions.publishing import package_of, request_publication, return_request
from requirements_pkg.actions.reviewing.ticks import tick_read
from requirements_pkg.models import PackageVersion, PublishRequest, ReadTick
from tests.factories import RequirementFactory


@pytest.fixture
def publish_request(plan, publish_plan, coordinator) -> PublishRequest:
    """A published plan whose introduction and one requirement of two are others by now."""
    requirement = RequirementFactory(package=package_of(plan))
    RequirementFactory(package=package_of(plan), title="Lämna energital")
    publish_plan(plan)
    plan.introduction = "En helt annan inledning."
    plan.save()
    requirement.text = f"{requirement.text} Redovisa varje år."
    requirement.save()
    return request_publication(package=package_of(plan), by=coordinator, note="Nytt.")


def decide_address(publish_request) -> str:
    return reverse("admin:requirements_pkg_decide", args=[publish_request.pk])


def changes_address(publish_request, section) -> str:
    return reverse(
        "admin:requirements_pkg_changes", args=[publish_request.package.plan_id, section]
    )


def changes(client, publish_request, section, query=""):
    return client.get(changes_address(publish_request, section) + query)


def marks(response) -> list[str]:
    return [item_view.mark for item_view in response.context["page"].rows]


def tick(client, publish_request, section, **more):
    data = {"item": marks(changes(client, publish_request, section)), **more}
    return client.post(changes_address(publish_request, section), data, follow=True)


def sections(client, publish_request) -> dict[str, tuple[int, int]]:
    contents = client.get(decide_address(publish_request)).context["contents"]
    return {line.address.split("/")[-2]: (line.read, line.total) for line in contents}


def test_only_what_changed_is_shown_word_by_word(publish_request, as_persona):
    client = as_persona("reviewer")
    (name,) = (name for name in sections(client, publish_request) if name != "om")
    text = changes(client, publish_request, name).content.decode()
    assert re.search(r"<ins>[^/]*tillagt: </span>[^<]*Redovisa varje år", text)
    unchanged = text.index("Oförändrat:")
    assert "Lämna energital" not in text[:unchanged]
    assert "Lämna energital" in text[unchanged:]
    assert changes(client, publish_request, "mal").status_code == 404


def test_ticks_count_and_lead_to_what_is_unread(publish_request, as_persona):
    client = as_persona("reviewer")
    assert set(sections(client, publish_request).values()) == {(0, 1)}
    first = client.get(decide_address(publish_request))
    assert "0 av 2 lästa" in first.content.decode()
    assert first.context["pages"].next_unread.split("#")[0].endswith("/om/")
    assert "1 av 2 lästa" in tick(client, publish_request, "om").content.decode()
    assert "/om/" not in client.get(decide_address(publish_request)).context["pages"].next_unread
    assert not marks(changes(client, publish_request, "om", "?olasta=1"))
    assert "0 av 2 lästa" in tick(client, publish_request, "om", _unread="").content.decode()


def test_a_tick_is_one_persons_own_and_lost_once_the_change_reads_otherwise(
    publish_request, as_persona
):
    reviewer = as_persona("reviewer")
    tick(reviewer, publish_request, "om")
    assert (
        "0 av 2" in as_persona("superuser").get(decide_address(publish_request)).content.decode()
    )
    plan = publish_request.package.plan
    plan.introduction = "En tredje inledning."
    plan.save()
    assert sections(reviewer, publish_request)["om"] == (0, 1)


def test_what_reads_the_same_stays_read_when_it_is_sent_again(
    publish_request, as_persona, coordinator
):
    client = as_persona("reviewer")
    tick(client, publish_request, "om")
    return_request(request=publish_request, by=coordinator, reason="Jag glömde en ruta.")
    again = request_publication(package=publish_request.package, by=coordinator, note="Nytt.")
    assert sections(client, again)["om"] == (1, 1)


def test_approving_what_is_unread_asks_first_and_does_not_forbid(publish_request, as_persona):
    client = as_persona("reviewer")
    refused = client.post(decide_address(publish_request), {"_approve": ""})
    assert (refused.status_code, PackageVersion.objects.count()) == (400, 1)
    assert "Allt är inte markerat som läst" in refused.content.decode()
    client.post(decide_address(publish_request), {"_approve": "", "despite_unread": "on"})
    assert PackageVersion.objects.count() == 2


def test_approving_what_is_read_asks_nothing(publish_request, as_persona):
    client = as_persona("reviewer")
    for name in sections(client, publish_request):
        tick(client, publish_request, name)
    assert "Godkänn fast" not in client.get(decide_address(publish_request)).content.decode()
    client.post(decide_address(publish_request), {"_approve": ""})
    assert PackageVersion.objects.count() == 2


def test_only_who_answers_ticks_and_only_while_it_waits(publish_request, coordinator, reviewer):
    with pytest.raises(PermissionDenied):
        tick_read(request=publish_request, by=coordinator, items={"head": "0" * 64})
    return_request(request=publish_request, by=coordinator, reason="Fel.")
    with pytest.raises(ValidationError):
        tick_read(request=publish_request, by=reviewer, items={"head": "0" * 64})
    assert not ReadTick.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"item": "head"}, {"item": "head 0"}, {"item": f"head {'0' * 64}", "then": "//x"}],
)
def test_what_no_page_sends_is_refused(publish_request, as_persona, sent):
    assert (
        as_persona("reviewer").post(changes_address(publish_request, "om"), sent).status_code
        == 400
    )


def test_whoever_sends_sees_what_changes_and_what_is_said_of_it(version, as_persona):
    requirement = RequirementFactory(package=version.package, verification="")
    client = as_persona("coordinator")
    plan = version.package.plan
    page = client.get(reverse("admin:requirements_pkg_ask", args=[plan.pk]))
    (line,) = page.context["contents"]
    assert (line.total, bool(line.remarks)) == (1, True)
    page_text = client.get(line.address).content.decode()
    assert requirement.text[:20] in page_text
    assert "Markera som läst" not in page_text


def test_a_long_section_is_read_page_by_page(version, as_persona, coordinator, reviewer):
    RequirementFactory.create_batch(30, package=version.package)
    publish_request = request_publication(package=version.package, by=coordinator, note="Nytt.")
    client = as_persona("reviewer")
    first = changes(client, publish_request, "krav")
    assert (len(first.context["page"].rows), first.context["page"].pages) == (25, 2)
    tick(client, publish_request, "krav")
    assert "?sida=2#" in client.get(decide_address(publish_request)).context["pages"].next_unread
