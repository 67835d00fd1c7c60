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
def asked(plan, publish_plan, coordinator) -> PublishRequest:
    """A published plan whose introduction and one requirement of two are others by now."""
    requirement = RequirementFactory(package=package_of(plan))
    RequirementFactory(package=package_of(plan), title="Lämna energital")
    publish_plan(plan)
    plan.introduction = "En helt annan inledning."
    plan.save()
    requirement.text = f"{requirement.text} Redovisa varje år."
    requirement.save()
    return request_publication(package=package_of(plan), by=coordinator, note="Nytt.")


def decide_address(asked) -> str:
    return reverse("admin:requirements_pkg_decide", args=[asked.pk])


def changes_address(asked, section) -> str:
    return reverse("admin:requirements_pkg_changes", args=[asked.package.plan_id, section])


def changes(client, asked, section, query=""):
    return client.get(changes_address(asked, section) + query)


def marks(response) -> list[str]:
    return [shown.mark for shown in response.context["page"].rows]


def tick(client, asked, section, **more):
    data = {"item": marks(changes(client, asked, section)), **more}
    return client.post(changes_address(asked, section), data, follow=True)


def sections(client, asked) -> dict[str, tuple[int, int]]:
    contents = client.get(decide_address(asked)).context["contents"]
    return {line.address.split("/")[-2]: (line.read, line.total) for line in contents}


def test_only_what_changed_is_shown_word_by_word(asked, as_persona):
    client = as_persona("reviewer")
    (name,) = (name for name in sections(client, asked) if name != "om")
    text = changes(client, asked, name).content.decode()
    assert re.search(r"<ins>[^/]*tillagt: </span>[^<]*Redovisa varje år", text)
    unchanged = text.index("Oförändrat:")
    assert "Lämna energital" not in text[:unchanged]
    assert "Lämna energital" in text[unchanged:]
    assert changes(client, asked, "mal").status_code == 404


def test_ticks_count_and_lead_to_what_is_unread(asked, as_persona):
    client = as_persona("reviewer")
    assert set(sections(client, asked).values()) == {(0, 1)}
    first = client.get(decide_address(asked))
    assert "0 av 2 lästa" in first.content.decode()
    assert first.context["pages"].next_unread.split("#")[0].endswith("/om/")
    assert "1 av 2 lästa" in tick(client, asked, "om").content.decode()
    assert "/om/" not in client.get(decide_address(asked)).context["pages"].next_unread
    assert not marks(changes(client, asked, "om", "?olasta=1"))
    assert "0 av 2 lästa" in tick(client, asked, "om", _unread="").content.decode()


def test_a_tick_is_one_persons_own_and_lost_once_the_change_reads_otherwise(asked, as_persona):
    reviewer = as_persona("reviewer")
    tick(reviewer, asked, "om")
    assert "0 av 2" in as_persona("superuser").get(decide_address(asked)).content.decode()
    plan = asked.package.plan
    plan.introduction = "En tredje inledning."
    plan.save()
    assert sections(reviewer, asked)["om"] == (0, 1)


def test_what_reads_the_same_stays_read_when_it_is_sent_again(asked, as_persona, coordinator):
    client = as_persona("reviewer")
    tick(client, asked, "om")
    return_request(request=asked, by=coordinator, reason="Jag glömde en ruta.")
    again = request_publication(package=asked.package, by=coordinator, note="Nytt.")
    assert sections(client, again)["om"] == (1, 1)


def test_approving_what_is_unread_asks_first_and_does_not_forbid(asked, as_persona):
    client = as_persona("reviewer")
    refused = client.post(decide_address(asked), {"_approve": ""})
    assert (refused.status_code, PackageVersion.objects.count()) == (400, 1)
    assert "Allt är inte markerat som läst" in refused.content.decode()
    client.post(decide_address(asked), {"_approve": "", "despite_unread": "on"})
    assert PackageVersion.objects.count() == 2


def test_approving_what_is_read_asks_nothing(asked, as_persona):
    client = as_persona("reviewer")
    for name in sections(client, asked):
        tick(client, asked, name)
    assert "Godkänn fast" not in client.get(decide_address(asked)).content.decode()
    client.post(decide_address(asked), {"_approve": ""})
    assert PackageVersion.objects.count() == 2


def test_only_who_answers_ticks_and_only_while_it_waits(asked, coordinator, reviewer):
    with pytest.raises(PermissionDenied):
        tick_read(request=asked, by=coordinator, items={"head": "0" * 64})
    return_request(request=asked, by=coordinator, reason="Fel.")
    with pytest.raises(ValidationError):
        tick_read(request=asked, by=reviewer, items={"head": "0" * 64})
    assert not ReadTick.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"item": "head"}, {"item": "head 0"}, {"item": f"head {'0' * 64}", "then": "//x"}],
)
def test_what_no_page_sends_is_refused(asked, as_persona, sent):
    assert as_persona("reviewer").post(changes_address(asked, "om"), sent).status_code == 400


def test_whoever_sends_sees_what_changes_and_what_is_said_of_it(version, as_persona):
    requirement = RequirementFactory(package=version.package, verification="")
    client = as_persona("coordinator")
    plan = version.package.plan
    page = client.get(reverse("admin:requirements_pkg_ask", args=[plan.pk]))
    (line,) = page.context["contents"]
    assert (line.total, bool(line.remarks)) == (1, True)
    shown = client.get(line.address).content.decode()
    assert requirement.text[:20] in shown
    assert "Markera som läst" not in shown


def test_a_long_section_is_read_page_by_page(version, as_persona, coordinator, reviewer):
    RequirementFactory.create_batch(30, package=version.package)
    asked = request_publication(package=version.package, by=coordinator, note="Nytt.")
    client = as_persona("reviewer")
    first = changes(client, asked, "krav")
    assert (len(first.context["page"].rows), first.context["page"].pages) == (25, 2)
    tick(client, asked, "krav")
    assert "?sida=2#" in client.get(decide_address(asked)).context["pages"].next_unread
