"""What pages show of comments: the threads about a thing, and the form for another."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypedDict

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from actionplan.django_edges import AnyRows, FormData
from actionplan.django_edges.form_fields import form_field
from actionplan.models import Goal, SubGoal, User
from requirements_pkg import permissions
from requirements_pkg.actions.reviewing.comments import Commented
from requirements_pkg.models import CommentedKind, CommentThread, Requirement, RequirementsPackage
from risks.models import RiskCell

PAGES: Final = {
    CommentedKind.REQUIREMENT: "admin:requirements_pkg_requirement_change",
    CommentedKind.GOAL: "admin:actionplan_goal_change",
    CommentedKind.SUB_GOAL: "admin:actionplan_subgoal_change",
}
OWNER: Final = ("category", "procurement_region")
# So much of a text stands in a list to choose from.
SHORT: Final = 90


class CommentValues(TypedDict):
    """What was filled in of a comment, as the verb takes it."""

    text: str
    quote: str
    mentions: list[User]


class ReplyForm(forms.Form):
    """What somebody says in a thread."""

    text = forms.CharField(
        label=_("Comment"),
        help_text=_("Write @ and a user name to mention somebody, who gets a mail."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: FormData = None, *, about: str) -> None:
        # A page may have many of them.
        super().__init__(data, auto_id=f"id_{about}_%s")
        self.fields["text"].widget.attrs["aria-describedby"] = f"id_{about}_text_helptext"


class CommentForm(ReplyForm):
    """What somebody says of a thing: what of it is meant, and who is to see it."""

    quote = forms.ChoiceField(label=_("About"), required=False)
    mentions = forms.MultipleChoiceField(
        label=_("Tell"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: FormData = None, *, row: Commented, user: User) -> None:
        super().__init__(data, about=f"{kind_of(row)}-{row.pk}")
        people = permissions.involved(_region_of(row)).exclude(pk=user.pk)
        self.people = {str(person.pk): person for person in people}
        self._offer("mentions", [(pk, str(person)) for pk, person in self.people.items()])
        self.quotes = {str(part.pk): part.text for part in _parts_of(row)}
        short = [(pk, Truncator(text).chars(SHORT)) for pk, text in self.quotes.items()]
        self._offer("quote", short and [("", _("The whole cell")), *short])

    def _offer(self, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
        field = form_field(self, name, forms.ChoiceField)
        field.choices = choices
        if not choices:
            del self.fields[name]

    def values(self) -> CommentValues:
        """Return what was filled in, as the verb takes it."""
        return {
            "text": self.cleaned_data["text"],
            "quote": self.quotes.get(self.cleaned_data.get("quote", ""), ""),
            "mentions": [self.people[pk] for pk in self.cleaned_data.get("mentions", ())],
        }


@dataclass(frozen=True)
class ThreadView:
    """A thread as a page shows it to one person."""

    thread: CommentThread
    form: ReplyForm
    may_resolve: bool

    @property
    def address(self) -> str:
        """Where one answers in it and settles it."""
        return reverse("admin:requirements_pkg_thread", args=[self.thread.pk])


@dataclass(frozen=True)
class CommentBox:
    """The comments on one thing."""

    address: str
    form: ReplyForm
    threads: list[ThreadView]

    @property
    def open(self) -> list[ThreadView]:
        """Those that wait for somebody."""
        return [thread_view for thread_view in self.threads if not thread_view.thread.is_resolved]

    @property
    def resolved(self) -> list[ThreadView]:
        """Those that are settled."""
        return [thread_view for thread_view in self.threads if thread_view.thread.is_resolved]


def kind_of(row: Commented) -> CommentedKind:
    """Tell as what kind of thing a row is commented on."""
    match row:
        case Requirement():
            return CommentedKind.REQUIREMENT
        case RiskCell():
            return CommentedKind.CELL
        case SubGoal():
            return CommentedKind.SUB_GOAL
    return CommentedKind.GOAL


def commentable(kind: str) -> AnyRows | None:
    """Return the rows of a kind, with what is asked of them; None where there is no such kind."""
    of_goal, of_cell = (f"goal__plan__{name}" for name in OWNER), "product_area__plan__"
    rows: dict[str, AnyRows] = {
        CommentedKind.REQUIREMENT: Requirement.objects.select_related(
            "package__steward", *(f"package__plan__{name}" for name in OWNER)
        ),
        CommentedKind.CELL: RiskCell.objects.select_related(
            "stage", "dimension", *(f"{of_cell}{name}" for name in OWNER)
        ).prefetch_related("statements"),
        CommentedKind.GOAL: Goal.objects.select_related(*(f"plan__{name}" for name in OWNER)),
        CommentedKind.SUB_GOAL: SubGoal.objects.select_related(*of_goal),
    }
    return rows.get(kind)


def comments_address(kind: str, pk: int) -> str:
    """Return where the comments on a thing are."""
    return reverse("admin:requirements_pkg_comments", args=[kind, pk])


def all_comments_address(package: RequirementsPackage) -> str:
    """Return where all is shown that is said of a package and its plan."""
    plan = package.plan
    owner = ["modul", package.pk] if plan is None else ["plan", plan.pk]
    return reverse("admin:requirements_pkg_all_comments", args=owner)


def place_address(thread: CommentThread) -> str:
    """Return where the thing stands that a thread is about, maybe no longer."""
    if thread.kind in PAGES:
        return reverse(PAGES[CommentedKind(thread.kind)], args=[thread.target_id])
    return comments_address(thread.kind, thread.target_id)


def box_of(row: Commented, user: User, *, form: CommentForm | None = None) -> CommentBox:
    """Return the comments on a thing, as one person sees them."""
    kind = kind_of(row)
    threads = CommentThread.objects.filter(kind=kind, target_id=row.pk).with_comments()
    form = form or CommentForm(row=row, user=user)
    return CommentBox(comments_address(kind, row.pk), form, thread_views(threads, user))


def short_box(kind: str, pk: int, threads: Iterable[CommentThread], user: User) -> CommentBox:
    """Return the comments on one of many things of a page, which were asked for together."""
    form = ReplyForm(about=f"{kind}-{pk}")
    return CommentBox(comments_address(kind, pk), form, thread_views(threads, user))


def thread_views(threads: Iterable[CommentThread], user: User) -> list[ThreadView]:
    """Return threads as one person sees them."""
    return [
        ThreadView(
            thread, ReplyForm(about=f"trad-{thread.pk}"), permissions.may_resolve(user, thread)
        )
        for thread in threads
    ]


def by_target(threads: Iterable[CommentThread]) -> Mapping[tuple[str, int], list[CommentThread]]:
    """Return threads by the kind and the key of what they are about."""
    threads_of: defaultdict[tuple[str, int], list[CommentThread]] = defaultdict(list)
    for thread in threads:
        threads_of[thread.kind, thread.target_id].append(thread)
    return threads_of


def unresolved_of_cells(cells: Collection[int]) -> dict[int, int]:
    """Return how many threads of each cell wait for somebody."""
    rows = CommentThread.objects.unresolved().filter(kind=CommentedKind.CELL, target_id__in=cells)
    numbers: defaultdict[int, int] = defaultdict(int)
    for pk in rows.order_by().values_list("target_id", flat=True):
        numbers[pk] += 1
    return dict(numbers)


def _region_of(row: Commented) -> int | None:
    match row:
        case Requirement():
            return row.package.region.pk
        case RiskCell():
            return row.product_area.plan.procurement_region_id
        case SubGoal():
            return row.goal.plan.procurement_region_id
    return row.plan.procurement_region_id


def _parts_of(row: Commented) -> Iterable[Any]:
    """Return the statements of a cell, each of which may be commented on."""
    return row.statements.all() if isinstance(row, RiskCell) else ()
