"""Whoever was logged out while writing logs in, and finds what was written: in every editor."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.urls import reverse

from requirements_pkg.actions.publishing import package_of, publish, request_publication
from requirements_pkg.models import Comment, ConsultationRemark, PublishRequest
from requirements_pkg.reviewing.draft_review import review_of
from risks.grid.cell_views import cell_address
from risks.models import RiskCell
from tests.actionplan.accounts.test_log_in import PASSWORD
from tests.factories import RequirementFactory, answered, consult

TYPED = "Skrivet medan inloggningen gick ut."
REVIEW = "a remark of a review"
# With a script it is saved by itself, and kept in the browser: see test_cells.
CELL = "a cell on its own page"


@dataclass(frozen=True)
class Editor:
    """A page on which somebody writes.

    Args:
        button: what sends it.
        stored: what the database has of it then.
        opens: what is pressed before there is a box to write in.
    """

    who: str
    address: str
    box: str
    button: str
    stored: Callable[[], str]
    opens: str = ""


@pytest.fixture
def request_to_decide(site, plan, coordinator, reviewer) -> PublishRequest:
    """A draft that waits for a reviewer, with an answer from a consultation to decide on."""
    requirement = RequirementFactory(package=package_of(plan), code="SE-01")
    publish(package=requirement.package, by=coordinator, approved_by=reviewer, note="Första.")
    requirement.text = f"{requirement.text} Redovisa varje år."
    requirement.save()
    answered(consult(requirement.package, coordinator, reviewer), {"": "Bra ambition."})
    return request_publication(package=requirement.package, by=coordinator, note="Nytt.")


def editors(request: PublishRequest) -> dict[str, Editor]:
    package = request.package
    requirement = package.requirements.get(code="SE-01")
    goal = package.plan.goals.get()
    cell = RiskCell.objects.filter(product_area__plan=package.plan, statements__isnull=False)[0]
    remark = ConsultationRemark.objects.get()

    def fresh(row, name: str) -> Callable[[], str]:
        return lambda: getattr(type(row).objects.get(pk=row.pk), name)

    def last_comment() -> str:
        return str(Comment.objects.order_by("-pk").values_list("text", flat=True).first())

    def form(model: str, pk: int) -> str:
        return reverse(f"admin:{model}_change", args=[pk])

    def page(name: str, *args: object) -> str:
        return reverse(f"admin:requirements_pkg_{name}", args=args)

    return {
        "a requirement": Editor(
            "coordinator",
            form("requirements_pkg_requirement", requirement.pk),
            "#id_rationale",
            "[name=_continue] >> nth=0",
            fresh(requirement, "rationale"),
        ),
        "a goal": Editor(
            "coordinator",
            form("actionplan_goal", goal.pk),
            "#id_text",
            "[name=_continue] >> nth=0",
            fresh(goal, "text"),
        ),
        CELL: Editor(
            "coordinator",
            cell_address(cell.pk),
            "[name=row-0-text]",
            ".submit-row [type=submit] >> nth=0",
            lambda: cell.statements.first().text,
        ),
        "a comment": Editor(
            "coordinator",
            page("comments", "krav", requirement.pk),
            "[name=text]",
            "text=Spara kommentaren",
            last_comment,
            "summary:has-text('Ny kommentar')",
        ),
        REVIEW: Editor(
            "reviewer",
            page("changes", package.plan_id, review_of(package).sections[-1].id),
            "article.change:has-text('SE-01') [name=text]",
            "article.change:has-text('SE-01') button:has-text('Spara kommentaren')",
            last_comment,
            "article.change:has-text('SE-01') summary:has-text('Ny kommentar')",
        ),
        "why a draft is returned": Editor(
            "reviewer",
            page("decide", request.pk),
            "[name=reason]",
            "[name=_return]",
            fresh(request, "reason"),
        ),
        "a decision on a remark": Editor(
            "coordinator",
            page("decide_remark", remark.pk),
            "[name=reason]",
            "[type=submit][value*=Spara]",
            fresh(remark, "reason"),
        ),
    }


NAMES = [
    "a requirement",
    "a goal",
    CELL,
    "a comment",
    REVIEW,
    "why a draft is returned",
    "a decision on a remark",
]


def open_editor(page, editor: Editor) -> None:
    if editor.opens and not page.locator(editor.box).first.is_visible():
        page.locator(editor.opens).first.click()


@pytest.fixture
def browsing(browser, has_script):
    """A page with JavaScript or without."""
    context = browser.new_context(java_script_enabled=has_script, locale="sv-SE")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("name", "has_script"),
    [
        (name, script)
        for name in NAMES
        for script in (True, False)
        if (name, script) != (CELL, True)
    ],
)
def test_nothing_that_was_typed_is_lost(request, site, browsing, request_to_decide, log_in, name):
    editor = editors(request_to_decide)[name]
    person = request.getfixturevalue(editor.who)
    person.set_password(PASSWORD)
    person.save()
    page, context = browsing, browsing.context
    log_in(context, editor.who)
    # As after each log-in: the browser knows whose forms it shows.
    page.goto(f"{site}/admin/")
    page.goto(site + editor.address)
    open_editor(page, editor)
    page.locator(editor.box).first.fill(TYPED)
    if "decision" in name:
        page.get_by_label("Delvis beaktad").check()
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator(editor.button).first.click()
    page.get_by_text("Det du skickade är inte sparat").wait_for()
    assert editor.stored() != TYPED
    page.locator("[name=login]").fill(person.get_username())
    page.locator("[type=password]").fill(PASSWORD)
    page.locator("[type=password]").press("Enter")
    if name == REVIEW:
        # Its form stands among many, so what was written comes on a page of its own.
        page.get_by_role("heading", name="Skicka formuläret igen").wait_for()
        assert TYPED in page.content()
        page.get_by_role("button", name="Skicka igen").click()
    else:
        page.get_by_text("Här är det igen").first.wait_for()
        open_editor(page, editor)
        assert page.locator(editor.box).first.input_value() == TYPED
        assert editor.stored() != TYPED
        page.locator(editor.button).first.click()
    page.wait_for_load_state()
    assert TYPED in editor.stored()
