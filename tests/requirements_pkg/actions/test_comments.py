"""Comments on a draft: threads, mentions, who settles them, and whom a mail tells."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import ChangeLog, Goal, SubGoal
from requirements_pkg.actions.publishing import (
    approve_request,
    package_of,
    request_publication,
    return_request,
)
from requirements_pkg.actions.removal import remove_requirements
from requirements_pkg.actions.reviewing import notices
from requirements_pkg.actions.reviewing.comments import reopen, reply, resolve, start_thread
from requirements_pkg.models import Comment, CommentMention, CommentThread
from risks.models import RiskCell
from tests.factories import ModuleFactory, RequirementFactory, UserFactory


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Mails go while the test waits for them."""
    monkeypatch.setattr(notices, "do_afterwards", lambda work, *arguments: work(*arguments))


@pytest.fixture
def requirement(plan):
    return RequirementFactory(package=package_of(plan), code="SE-01", title="Spåra tenn")


@pytest.fixture
def thread(requirement, reviewer) -> CommentThread:
    return start_thread(about=requirement, by=reviewer, text="Vilken källa?").thread


@pytest.fixture
def mails(
    mailoutbox, django_capture_on_commit_callbacks, settings, coordinator, reviewer, analyst
):
    """A function that does something, and gives the mails that went, by who got them."""
    settings.SITE_ADDRESS = "https://krav.example"
    for person in (coordinator, reviewer, analyst):
        person.email = f"{person.username}@region.example"
        person.save()

    def sent(act):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return {mail.to[0]: mail for mail in mailoutbox}

    return sent


def test_a_thread_knows_its_draft_and_what_it_was_called(thread, plan):
    assert (thread.plan, thread.module, thread.name) == (plan, None, "SE-01 Spåra tenn")
    assert [comment.text for comment in thread.comments.all()] == ["Vilken källa?"]


@pytest.mark.parametrize("model", [RiskCell, Goal, SubGoal])
def test_cells_and_goals_are_commented_on_too(model, plan, reviewer):
    row = model.objects.last()
    thread = start_thread(about=row, by=reviewer, text="Hm.").thread
    assert (thread.plan, thread.target_id) == (plan, row.pk)


def test_a_thread_of_a_shared_module_belongs_to_it(reviewer):
    of_module = RequirementFactory(package=ModuleFactory())
    thread = start_thread(about=of_module, by=reviewer, text="Hm.").thread
    assert (thread.plan, thread.module) == (None, of_module.package)


def test_a_comment_has_words(requirement, reviewer):
    with pytest.raises(ValidationError):
        start_thread(about=requirement, by=reviewer, text="  ")
    assert not CommentThread.objects.exists()


def test_who_reads_no_drafts_says_nothing(requirement, thread):
    nobody = UserFactory(username="utan-roll")
    for act in (
        lambda: start_thread(about=requirement, by=nobody, text="Hej."),
        lambda: reply(thread=thread, by=nobody, text="Hej."),
        lambda: resolve(thread=thread, by=nobody),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Comment.objects.count() == 1


def test_people_are_mentioned_by_choice_or_by_name(requirement, coordinator, reviewer, analyst):
    comment = start_thread(
        about=requirement,
        by=reviewer,
        text=f"Fråga @{analyst.username}. Mejla x@{analyst.username}, jag är @{reviewer.username}",
        mentions=[coordinator],
    )
    people = {mention.person for mention in comment.mentions.all()}
    assert people == {coordinator, analyst}


def test_a_name_that_nobody_has_is_told(requirement, reviewer):
    UserFactory(username="utan-roll")
    with pytest.raises(ValidationError, match="@ingen, @utan-roll"):
        start_thread(about=requirement, by=reviewer, text="Hej @ingen och @utan-roll!")
    assert not Comment.objects.exists()


def test_a_thread_is_settled_and_an_answer_opens_it_again(thread, coordinator):
    resolve(thread=thread, by=coordinator)
    assert not CommentThread.objects.unresolved().exists()
    assert (thread.resolved_by, thread.is_resolved) == (coordinator, True)
    reply(thread=thread, by=coordinator, text="Nej, vänta.")
    assert CommentThread.objects.unresolved().get() == thread
    resolve(thread=thread, by=coordinator)
    reopen(thread=thread, by=coordinator)
    assert not thread.is_resolved


def test_only_who_opened_it_or_answers_for_the_draft_settles_it(
    requirement, thread, other_coordinator, analyst
):
    with pytest.raises(PermissionDenied):
        resolve(thread=thread, by=other_coordinator)
    own = start_thread(about=requirement, by=analyst, text="En siffra är fel.").thread
    with pytest.raises(PermissionDenied):
        reopen(thread=thread, by=analyst)
    resolve(thread=own, by=analyst)
    assert own.is_resolved


def test_what_was_said_stays_when_its_requirement_is_removed(requirement, thread, coordinator):
    remove_requirements([requirement], by=coordinator)
    assert [row.name for row in CommentThread.objects.all()] == ["SE-01 Spåra tenn"]


def test_every_comment_stands_in_the_log(thread, coordinator):
    resolve(thread=thread, by=coordinator)
    for model, number in ((CommentThread, 2), (Comment, 1)):
        assert ChangeLog.objects.of(model).filter(plan=thread.plan_id).count() == number


def test_who_is_mentioned_and_who_wrote_before_get_a_mail(
    thread, coordinator, reviewer, analyst, mails
):
    words = f"Se @{analyst.username}."
    sent = mails(lambda: reply(thread=thread, by=coordinator, text=words))
    assert set(sent) == {reviewer.email, analyst.email}
    assert "nämner dig i en kommentar om SE-01 Spåra tenn" in sent[analyst.email].subject
    assert "har svarat i en tråd om SE-01 Spåra tenn" in sent[reviewer.email].subject
    assert words in sent[analyst.email].body
    mention = CommentMention.objects.get()
    assert f"#kommentar-{mention.comment_id}" in sent[analyst.email].body


def test_who_has_left_the_last_role_is_told_nothing_more(thread, reviewer, coordinator, mails):
    reviewer.memberships.all().delete()
    assert mails(lambda: reply(thread=thread, by=coordinator, text="Förordningen.")) == {}


def test_a_name_of_several_lines_ends_no_mail(requirement, coordinator, reviewer, mails):
    """No box of one line sends a line break, but a program does, and a subject cannot have it."""
    package = requirement.package
    package.title = "Kött\nX-Kopia: ja"
    package.save()
    sent = mails(lambda: request_publication(package=package, by=coordinator, note="Nya krav."))
    assert "Kött X-Kopia: ja" in sent[reviewer.email].subject
    assert sent[reviewer.email].message()["X-Kopia"] is None


def test_sending_and_answering_a_draft_is_told_by_mail(requirement, coordinator, reviewer, mails):
    asks = []
    package = requirement.package

    def ask(note):
        asks.append(request_publication(package=package, by=coordinator, note=note))

    sent = mails(lambda: ask("Nya krav."))
    assert set(sent) == {reviewer.email}
    assert "väntar på ditt godkännande" in sent[reviewer.email].subject
    assert "Nya krav." in sent[reviewer.email].body
    why = "SE-01: Vilken källa?"
    sent = mails(lambda: return_request(request=asks[-1], by=reviewer, reason=why))
    assert set(sent) == {coordinator.email, reviewer.email}
    assert why in sent[coordinator.email].body
    mails(lambda: ask("Nya krav."))
    sent = mails(lambda: approve_request(request=asks[-1], by=reviewer))
    assert set(sent) == {coordinator.email, reviewer.email}
    assert "är godkänt" in sent[coordinator.email].subject
