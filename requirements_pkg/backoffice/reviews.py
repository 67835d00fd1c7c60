"""What pages show of a draft that is reviewed: its contents, and a section page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from actionplan.models import Goal, User
from actionplan.public.sections import ListSection
from requirements_pkg import permissions
from requirements_pkg.backoffice.comment_boxes import (
    CommentBox,
    all_comments_address,
    by_target,
    short_box,
)
from requirements_pkg.backoffice.links import PlaceLinks
from requirements_pkg.comparing.parts import ComparedItem, ItemKey
from requirements_pkg.drafting.quality import QualityFinding
from requirements_pkg.drafting.quality_case import PlaceKind, QualityPlace
from requirements_pkg.models import (
    CommentedKind,
    CommentThread,
    Decision,
    PublishRequest,
    ReadTick,
    RequirementsPackage,
)
from requirements_pkg.reviewing.draft_review import DraftReview
from requirements_pkg.reviewing.redline import RedlineItem, RedlineSection

# So many changes are read on one page.
ITEMS_A_PAGE: Final = 25
UNREAD: Final = "olasta"


@dataclass(frozen=True)
class ItemView:
    """One change as a page shows it."""

    item: ComparedItem
    key: str
    digest: str
    anchor: str
    group: str
    is_read: bool
    remarks: Sequence[QualityFinding]
    address: str
    box: CommentBox | None

    @property
    def mark(self) -> str:
        """What a tick sends: the change, and how it was read."""
        return f"{self.key} {self.digest}"


@dataclass(frozen=True)
class SectionSummary:
    """A line of the contents of a review."""

    title: str
    address: str
    total: int
    read: int
    remarks: int

    @property
    def is_read(self) -> bool:
        """Whether nothing is left to read in it."""
        return self.read == self.total


class ReviewPages:
    """A review as one person sees it, with what that person has ticked."""

    def __init__(
        self, review: DraftReview, user: User, publish_request: PublishRequest | None
    ) -> None:
        self.review, self.package, self.user = review, review.package, user
        # Only who answers a request that waits has ticks.
        is_theirs = publish_request is not None and may_tick(user, publish_request)
        self.publish_request = publish_request if is_theirs else None

    @cached_property
    def ticks(self) -> set[tuple[str, str]]:
        """What this person has read, item and digest."""
        if self.publish_request is None:
            return set()
        return ReadTick.objects.read_by(self.user, self.package)

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many changes are read, and how many there are."""
        items = self.review.items.values()
        return sum(self.is_read(item) for item in items), len(items)

    @property
    def unread(self) -> int:
        """How many changes are not read."""
        read, total = self.counts
        return total - read

    def is_read(self, item: RedlineItem) -> bool:
        """Tell whether this person has read a change as it reads now."""
        return (item.key, item.digest) in self.ticks

    def contents(self) -> list[SectionSummary]:
        """Return the sections, each with how much of it is read and remarked on."""
        return [
            SectionSummary(
                section.title,
                self.address(section.id),
                len(section.items),
                sum(map(self.is_read, section.items)),
                sum(len(self.review.remarks.get(item.key, ())) for item in section.items),
            )
            for section in self.review.sections
        ]

    def address(self, section: str) -> str:
        """Return the address of a section."""
        return changes_address(self.package, section)

    @property
    def next_unread(self) -> str:
        """Return where the first change stands that is not read; "" where all are."""
        for section in self.review.sections:
            for at, item in enumerate(section.items):
                if not self.is_read(item):
                    number = at // ITEMS_A_PAGE + 1
                    query = f"?sida={number}" if number > 1 else ""
                    return f"{self.address(section.id)}{query}#{item.anchor}"
        return ""

    def page_of(self, section: RedlineSection, query: QueryDict) -> "ListSection[ItemView]":
        """Return the changes on the page that an address asks for, maybe only the unread ones."""
        pairs = [(group.title, item) for group in section.groups for item in group.items]
        if UNREAD in query and self.publish_request is not None:
            pairs = [pair for pair in pairs if not self.is_read(pair[1])]
        part = ListSection.of(tuple(pairs), query, ITEMS_A_PAGE)
        links = PlaceLinks(self.package)
        items = tuple(self.item_view(group, item, links) for group, item in part.rows)
        return ListSection(items, part.number, part.pages)

    def item_view(self, group: str, item: RedlineItem, links: PlaceLinks) -> ItemView:
        """Return a change as a page shows it, with where it is mended."""
        place = place_of(item.item.key)
        return ItemView(
            item.item,
            item.key,
            item.digest,
            item.anchor,
            group,
            self.is_read(item),
            self.review.remarks.get(item.key, ()),
            links.to(place) if place else "",
            self.box(item.item.key, links),
        )

    def box(self, key: ItemKey, links: PlaceLinks) -> CommentBox | None:
        """Return the comments on what an item is about; None where nobody can comment on that."""
        place = self.commented(key, links)
        if place is None:
            return None
        return short_box(*place, self.threads.get(place, []), self.user)

    def commented(self, key: ItemKey, links: PlaceLinks) -> tuple[str, int] | None:
        """Return the kind and the key of the row that an item is about, if it is still there."""
        if key.is_removed:
            return None
        kind, pk = None, None
        match key.kind:
            case "requirement":
                kind = CommentedKind.REQUIREMENT
                pk = links.pks.get((PlaceKind.REQUIREMENT, str(key.path[0])))
            case "cell":
                kind, (_area, pk) = CommentedKind.CELL, links.cells.get(key.path, (None, None))
            case "sub_goal":
                kind = CommentedKind.SUB_GOAL
                pk = links.pks.get((PlaceKind.SUB_GOAL, str(key.path[-1])))
            case "goal":
                kind, pk = CommentedKind.GOAL, self.goals.get(key.path[0])
        return (kind, pk) if kind is not None and pk is not None else None

    @cached_property
    def threads(self) -> Mapping[tuple[str, int], list[CommentThread]]:
        """What is said of the package and its plan, by what it is about."""
        if self.package.plan is None and self.package.pk is None:
            return {}
        return by_target(CommentThread.objects.of_package(self.package).with_comments())

    @cached_property
    def goals(self) -> dict[object, int]:
        """The keys of the goals, by their number."""
        plan = self.package.plan
        rows = Goal.objects.none() if plan is None else Goal.objects.filter(plan=plan)
        return dict(rows.order_by().values_list("number", "pk"))

    @cached_property
    def unresolved(self) -> int:
        """How many threads wait for somebody."""
        return sum(not row.is_resolved for rows in self.threads.values() for row in rows)

    @cached_property
    def own_comments(self) -> list[str]:
        """What this person has said in threads that nobody has settled, each with what of."""
        return [
            f"{row.name}{f' (”{row.quote}”)' if row.quote else ''}: {comment.text}"
            for rows in self.threads.values()
            for row in rows
            if not row.is_resolved
            for comment in row.comments.all()
            if comment.author_id == self.user.pk
        ]

    def beside(self, section: RedlineSection, step: int) -> tuple[str, str] | None:
        """Return the title and address of the section before (-1) or after (1) one."""
        sections = self.review.sections
        at = sections.index(section) + step
        if not 0 <= at < len(sections):
            return None
        return sections[at].title, self.address(sections[at].id)


def contents_context(pages: ReviewPages) -> dict[str, object]:
    """Return what the contents of a review need on a page."""
    return {
        "pages": pages,
        "contents": pages.contents(),
        "other_remarks": pages.review.other_remarks,
        "all_comments": all_comments_address(pages.package),
    }


def may_tick(user: User, publish_request: PublishRequest) -> bool:
    """Tell whether somebody reads a request to answer it."""
    is_pending = publish_request.decision == Decision.PENDING
    return is_pending and permissions.may_approve(
        user, publish_request.package, by=publish_request.requested_by
    )


def changes_address(package: RequirementsPackage, section: str) -> str:
    """Return the address of a section of what a draft changes."""
    if package.plan is None:
        return reverse("admin:requirements_pkg_module_changes", args=[package.pk, section])
    return reverse("admin:requirements_pkg_changes", args=[package.plan.pk, section])


def place_of(key: ItemKey) -> QualityPlace | None:
    """Return where one mends what an item is about; None where that is gone."""
    if key.is_removed:
        return None
    match key.kind:
        case "requirement":
            return QualityPlace(PlaceKind.REQUIREMENT, key.path[0])
        case "cell":
            return QualityPlace(PlaceKind.CELL, key.path)
        case "sub_goal":
            return QualityPlace(PlaceKind.SUB_GOAL, key.path[-1])
        case "head":
            return QualityPlace(PlaceKind.PACKAGE)
    return QualityPlace(PlaceKind.PLAN)
