"""How people agree: what they read and say of a draft, and ask for of what is published."""

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, one_of, together, unique
from actionplan.models import ActionPlan, User
from actionplan.models.logged import Logged, LoggedQuerySet
from actionplan.models.second_person import (
    Decision,
    DecisionSentences,
    SecondPersonDecision,
    SecondPersonQuerySet,
    decision_constraints,
)
from requirements_pkg.models.packages import RequirementsPackage
from requirements_pkg.models.versions import PackageVersion, PublishRequest


class ReadTickQuerySet(models.QuerySet["ReadTick"]):
    def read_by(self, person: User, package: RequirementsPackage) -> set[tuple[str, str]]:
        """Return what a person has read of the drafts of a package: items, and how they read."""
        rows = self.filter(person=person, request__package=package)
        return set(rows.values_list("item", "digest"))

    def tick(self, person: User, request: PublishRequest, items: Mapping[str, str]) -> None:
        """Note that a person has read items of a draft, each as its digest says it reads."""
        self.bulk_create(
            [
                ReadTick(person=person, request=request, item=item, digest=digest)
                for item, digest in items.items()
            ],
            update_conflicts=True,
            unique_fields=["person", "request", "item"],
            update_fields=["digest", "read_at"],
        )


class ReadTick(models.Model):
    """One change of a draft that one person has ticked as read, as it read then.

    It is not told in the log: it is that person's own bookmark, and decides nothing.
    """

    request = models.ForeignKey(
        PublishRequest,
        verbose_name=_("request to publish"),
        on_delete=models.CASCADE,
        related_name="ticks",
    )
    person = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    item = models.CharField(_("change"), max_length=200)
    digest = models.CharField(_("checksum"), max_length=64)
    read_at = models.DateTimeField(_("read at"), default=timezone.now)

    objects: ClassVar = ReadTickQuerySet.as_manager()

    class Meta:
        verbose_name = _("change that was read")
        verbose_name_plural = _("changes that were read")
        ordering = ["request", "item"]
        constraints = [
            unique(
                "once",
                "person",
                "request",
                "item",
                message=_("The change is already ticked as read."),
            ),
            filled("item", _("State which change was read.")),
            filled("digest", _("State how the change read.")),
        ]

    def __str__(self) -> str:
        return self.item


class CommentedKind(models.TextChoices):
    """What a thread is about; the value stands in addresses."""

    REQUIREMENT = "krav", _("requirement")
    CELL = "ruta", _("cell")
    GOAL = "mal", _("overall goal")
    SUB_GOAL = "delmal", _("sub-goal")


class CommentThreadQuerySet(LoggedQuerySet["CommentThread"]):
    def unresolved(self) -> Self:
        """Return the threads that nobody has said are settled."""
        return self.filter(resolved_at__isnull=True)

    def of_package(self, package: RequirementsPackage) -> Self:
        """Return the threads about a package, or about anything in its plan."""
        if package.plan_id is not None:
            return self.filter(plan=package.plan_id)
        return self.filter(module=package.pk)

    def with_comments(self) -> Self:
        """Read threads with all that is said in them: as many queries however many there are."""
        comments = Comment.objects.select_related("author")
        mentions = CommentMention.objects.select_related("person")
        return self.select_related(
            "plan__category", "module__steward", "resolved_by"
        ).prefetch_related(
            Prefetch("comments", comments), Prefetch("comments__mentions", mentions)
        )


class CommentThread(Logged):
    """Comments that belong together, about one thing in a draft.

    No foreign key leads to that thing: what is said stays when it is removed, and stands in the
    way of nothing.
    """

    logged_in = "plan"
    logged_plan = "plan"
    logged_package = "module"

    plan = models.ForeignKey(
        ActionPlan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comment_threads",
    )
    module = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("shared module"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comment_threads",
    )
    kind = models.CharField(_("about"), max_length=20, choices=CommentedKind.choices)
    target_id = models.PositiveBigIntegerField(_("object"))
    name = models.CharField(_("what it was called"), max_length=400)
    quote = models.TextField(_("words that it is about"), max_length=4000, blank=True)
    resolved_by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("resolved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)

    objects: ClassVar = CommentThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread of comments")
        verbose_name_plural = _("threads of comments")
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "target_id"], name="thread_about")]
        constraints = [
            one_of("kind", CommentedKind, _("Choose what the comment is about.")),
            check(
                "of_plan_or_module",
                Q(plan__isnull=False, module__isnull=True)
                | Q(plan__isnull=True, module__isnull=False, kind=CommentedKind.REQUIREMENT),
                _("State which plan or which shared module the comment belongs to."),
            ),
            filled("name", _("State what the comment is about.")),
            together(
                "who_and_when",
                "resolved_by",
                "resolved_at",
                message=_("State both who resolved the thread and when."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_resolved(self) -> bool:
        """Whether somebody has said that it is settled."""
        return self.resolved_at is not None

    @property
    def region_id(self) -> int | None:
        """The procurement region whose draft it is about."""
        if self.plan is not None:
            return self.plan.procurement_region_id
        return self.module.steward_id if self.module is not None else None


class Comment(Logged):
    """What somebody said in a thread. It is never changed or removed, and never public."""

    logged_in = "thread"
    logged_plan = "thread__plan"
    logged_package = "thread__module"

    thread = models.ForeignKey(
        CommentThread,
        verbose_name=_("thread of comments"),
        on_delete=models.PROTECT,
        related_name="comments",
    )
    author = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("comment"), max_length=4000)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["thread", "written_at", "id"]
        constraints = [filled("text", _("Write the comment."))]

    def __str__(self) -> str:
        return self.text


class CommentMention(Logged):
    """A person whose attention a comment asks for."""

    logged_in = "comment"
    logged_plan = "comment__thread__plan"
    logged_package = "comment__thread__module"

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="mentions"
    )
    person = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="comment_mentions",
    )

    class Meta:
        verbose_name = _("person mentioned in a comment")
        verbose_name_plural = _("people mentioned in comments")
        ordering = ["comment", "id"]
        constraints = [
            unique(
                "once",
                "comment",
                "person",
                message=_("The comment already mentions this person."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class WithdrawalRequestQuerySet(SecondPersonQuerySet["WithdrawalRequest"]):
    def with_names(self) -> Self:
        """Read requests with what their names and rights are made of, without the documents."""
        owner = ("plan__category", "plan__procurement_region", "steward")
        people = ("requested_by", "decided_by")
        rows = self.select_related(
            *people, "replaced_by__package", *(f"version__package__{path}" for path in owner)
        )
        return rows.defer("version__content", "replaced_by__content")


class WithdrawalRequest(SecondPersonDecision):
    """A wish to withdraw a published version, and another person's answer."""

    logged_in = "version"
    logged_plan = "version__package__plan"
    logged_package = "version__package"

    version = models.ForeignKey(
        PackageVersion,
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="withdrawal_requests",
    )
    reason = models.TextField(
        _("reason"),
        max_length=2000,
        help_text=_("It is shown to everybody once the version is withdrawn."),
    )
    replaced_by = models.ForeignKey(
        PackageVersion,
        verbose_name=_("use instead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(_("why it is returned"), max_length=2000, blank=True)

    objects: ClassVar = WithdrawalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to withdraw a version")
        verbose_name_plural = _("requests to withdraw a version")
        ordering = ["-requested_at", "-id"]
        constraints = [
            unique(
                "one_pending",
                "version",
                when=Q(decision=Decision.PENDING),
                message=_("A request to withdraw the version is already waiting for an answer."),
            ),
            *decision_constraints(
                DecisionSentences(
                    unknown=_("Choose waiting, approved or returned for the withdrawal."),
                    without_person=_("State both who decided on the withdrawal and when."),
                    without_date=_(
                        "A decision on the withdrawal needs a date, and a date needs a decision."
                    ),
                    by_oneself=_(
                        "You cannot approve a withdrawal that you asked for. Ask another reviewer."
                    ),
                    without_reason=_("Write why the withdrawal is returned."),
                ),
                reason="answer",
            ),
            filled("reason", _("Write why the version is to be withdrawn.")),
            check(
                "not_replaced_by_itself",
                ~Q(replaced_by=F("version")),
                _("A version cannot be replaced by itself. Choose another version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_decision_display()}"
