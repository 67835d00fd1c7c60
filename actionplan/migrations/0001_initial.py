"""What the regions buy: people, plans and goals, events and the change log."""

import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from actionplan.migrations._create_tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ProcurementRegion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.CharField(max_length=4, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                    ],
                    options={
                        "verbose_name": "procurement region",
                        "verbose_name_plural": "procurement regions",
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.SlugField(unique=True, verbose_name="code")),
                        (
                            "name",
                            models.CharField(max_length=200, unique=True, verbose_name="name"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("region", "region"), ("joint_body", "joint body")],
                                default="region",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "procurement_region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="actionplan.procurementregion",
                                verbose_name="procurement region",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "verbose_name_plural": "organisations",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["region", "joint_body"])),
                                name="actionplan_organisation_kind_is_known",
                                violation_error_message="Choose region or joint body.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={
                                    "unique": "A user with that username already exists."
                                },
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[
                                    django.contrib.auth.validators.UnicodeUsernameValidator()
                                ],
                                verbose_name="username",
                            ),
                        ),
                        (
                            "first_name",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="first name"
                            ),
                        ),
                        (
                            "last_name",
                            models.CharField(blank=True, max_length=150, verbose_name="last name"),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="email address"
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date joined"
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(
                                    ("is_active", True), models.Q(("email", ""), _negated=True)
                                ),
                                name="actionplan_user_address_once",
                                violation_error_message="Another active person has this e-mail address. Enter another address.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="actionplan.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("coordinator", "coordinator"),
                                    ("reviewer", "reviewer"),
                                    ("analyst", "analyst"),
                                    ("secretariat", "secretariat"),
                                    ("region_administrator", "region administrator"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "verbose_name_plural": "memberships",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "organisation", "role"),
                                name="actionplan_membership_once",
                                violation_error_message="This person already has this role at this organisation.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "coordinator",
                                            "reviewer",
                                            "analyst",
                                            "secretariat",
                                            "region_administrator",
                                            "administrator",
                                        ],
                                    )
                                ),
                                name="actionplan_membership_role_is_known",
                                violation_error_message="Choose one of the roles in the list.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="when"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "by_name",
                            models.CharField(blank=True, max_length=150, verbose_name="user name"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("added", "added"),
                                    ("changed", "changed"),
                                    ("removed", "removed"),
                                    ("read", "read"),
                                    ("exported", "taken out"),
                                ],
                                max_length=10,
                                verbose_name="what",
                            ),
                        ),
                        ("model", models.CharField(max_length=100, verbose_name="type of object")),
                        ("key", models.BigIntegerField(verbose_name="object")),
                        (
                            "part_of",
                            models.BigIntegerField(blank=True, null=True, verbose_name="part of"),
                        ),
                        (
                            "plan",
                            models.BigIntegerField(blank=True, null=True, verbose_name="plan"),
                        ),
                        (
                            "package",
                            models.BigIntegerField(blank=True, null=True, verbose_name="package"),
                        ),
                        (
                            "before",
                            models.JSONField(blank=True, default=dict, verbose_name="from"),
                        ),
                        ("after", models.JSONField(blank=True, default=dict, verbose_name="to")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "request",
                            models.CharField(blank=True, max_length=32, verbose_name="request"),
                        ),
                    ],
                    options={
                        "verbose_name": "change",
                        "verbose_name_plural": "changes",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["model", "key"], name="change_about"),
                            models.Index(fields=["model", "part_of"], name="change_of_part"),
                            models.Index(fields=["at"], name="change_at"),
                            models.Index(fields=["by_name"], name="change_of_person"),
                            models.Index(fields=["plan", "-id"], name="change_of_plan"),
                            models.Index(
                                condition=models.Q(("kind__in", ("removed", "read", "exported"))),
                                fields=["kind", "-id"],
                                name="change_of_seldom_kind",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["added", "changed", "removed", "read", "exported"],
                                    )
                                ),
                                name="actionplan_changelog_kind_is_known",
                                violation_error_message="Choose added, changed, removed, read or taken out.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("imported", "imported"),
                                    ("requested", "sent for approval"),
                                    ("returned", "returned"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                    ("confirmed", "reviewed and confirmed"),
                                    ("restored", "withdrawal undone"),
                                    ("included", "module included"),
                                    ("excluded", "module removed"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("locked", "locked"),
                                    ("unlocked", "unlocked"),
                                    ("planned", "planned"),
                                    ("advanced", "moved to the next step"),
                                    ("reviewed", "reviewed for secrecy"),
                                    ("taken_in", "incorporated"),
                                    ("declined", "declined"),
                                    ("person_added", "person added"),
                                    ("person_changed", "person changed"),
                                    ("person_removed", "person removed"),
                                    ("deactivated", "deactivated"),
                                    ("activated", "activated"),
                                    ("role_given", "role given"),
                                    ("role_taken", "role taken away"),
                                    ("link_sent", "password link sent"),
                                    ("password_set", "password set by another"),
                                    ("factors_removed", "second step of the log-in removed"),
                                    ("invited", "invited"),
                                    ("invitation_cancelled", "invitation cancelled"),
                                    ("invitation_accepted", "invitation accepted"),
                                    ("closed", "closed"),
                                    ("reopened", "opened again"),
                                    ("period_started", "next period started"),
                                    ("period_undone", "next period taken back"),
                                    ("import_undone", "import undone"),
                                    ("carried_decided", "decided on what was carried over"),
                                ],
                                max_length=20,
                                verbose_name="what",
                            ),
                        ),
                        (
                            "target",
                            models.CharField(max_length=100, verbose_name="type of object"),
                        ),
                        ("target_id", models.BigIntegerField(verbose_name="object")),
                        ("actor", models.CharField(max_length=150, verbose_name="who")),
                        (
                            "at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="when"
                            ),
                        ),
                        (
                            "detail",
                            models.JSONField(blank=True, default=dict, verbose_name="detail"),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(fields=["target", "target_id"], name="event_about"),
                            models.Index(fields=["-at", "-id"], name="event_newest"),
                            models.Index(fields=["kind", "-at", "-id"], name="event_of_kind"),
                            models.Index(fields=["actor", "-at", "-id"], name="event_of_actor"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "imported",
                                            "requested",
                                            "returned",
                                            "published",
                                            "withdrawn",
                                            "confirmed",
                                            "restored",
                                            "included",
                                            "excluded",
                                            "submitted",
                                            "approved",
                                            "locked",
                                            "unlocked",
                                            "planned",
                                            "advanced",
                                            "reviewed",
                                            "taken_in",
                                            "declined",
                                            "person_added",
                                            "person_changed",
                                            "person_removed",
                                            "deactivated",
                                            "activated",
                                            "role_given",
                                            "role_taken",
                                            "link_sent",
                                            "password_set",
                                            "factors_removed",
                                            "invited",
                                            "invitation_cancelled",
                                            "invitation_accepted",
                                            "closed",
                                            "reopened",
                                            "period_started",
                                            "period_undone",
                                            "import_undone",
                                            "carried_decided",
                                        ],
                                    )
                                ),
                                name="actionplan_changeevent_kind_is_known",
                                violation_error_message="The event is of an unknown kind. Choose one of the options.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PurchasingCategory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(max_length=100, unique=True, verbose_name="address"),
                        ),
                        (
                            "name",
                            models.CharField(max_length=200, unique=True, verbose_name="name"),
                        ),
                    ],
                    options={
                        "verbose_name": "purchasing category",
                        "verbose_name_plural": "purchasing categories",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="ActionPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="actionplan.purchasingcategory",
                                verbose_name="purchasing category",
                            ),
                        ),
                        (
                            "procurement_region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="actionplan.procurementregion",
                                verbose_name="procurement region",
                            ),
                        ),
                        (
                            "coordinator",
                            models.ForeignKey(
                                help_text="The organisation that coordinates the category, not a person.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="actionplan.organisation",
                                verbose_name="coordinator",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                help_text="The last part of the plan's web address. It does not change when the plan is edited.",
                                max_length=100,
                                unique=True,
                                verbose_name="address",
                            ),
                        ),
                        (
                            "first_year",
                            models.PositiveSmallIntegerField(verbose_name="first year"),
                        ),
                        ("last_year", models.PositiveSmallIntegerField(verbose_name="last year")),
                        (
                            "introduction",
                            models.TextField(
                                blank=True,
                                help_text="What is prioritised, what is not, and why. Separate paragraphs with a blank line.",
                                verbose_name="introduction",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("review", "under review"),
                                    ("adopted", "adopted"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                blank=True,
                                help_text="The plan of the period before, if there is one.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successors",
                                to="actionplan.actionplan",
                                verbose_name="predecessor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "action plan",
                        "verbose_name_plural": "action plans",
                        "ordering": ["category__name", "-first_year"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("category", "first_year"),
                                name="actionplan_actionplan_one_per_category_and_start",
                                violation_error_message="There is already a plan for the category that starts that year. Choose another year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_year__gte", models.F("first_year"))),
                                name="actionplan_actionplan_first_year_before_last_year",
                                violation_error_message="The plan's last year is before its first year. Correct one of them.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_year__gte", 2000), ("last_year__lte", 2100)
                                ),
                                name="actionplan_actionplan_years_are_plausible",
                                violation_error_message="Enter years between 2000 and 2100.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "review", "adopted", "closed"])
                                ),
                                name="actionplan_actionplan_status_is_known",
                                violation_error_message="Choose draft, under review, adopted or closed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("predecessor", models.F("id")), _negated=True),
                                name="actionplan_actionplan_is_not_its_own_predecessor",
                                violation_error_message="A plan cannot be its own predecessor. Choose another plan.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="actionplan.actionplan",
                                verbose_name="plan",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "is_public",
                            models.BooleanField(
                                default=False,
                                help_text="Shown on the public page. Ask the person first.",
                                verbose_name="public",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact",
                        "verbose_name_plural": "contacts",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="actionplan_contact_name_is_filled",
                                violation_error_message="Enter the name of the contact person.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="product_areas",
                                to="actionplan.actionplan",
                                verbose_name="plan",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "slug",
                            models.SlugField(
                                editable=False, max_length=100, verbose_name="address"
                            ),
                        ),
                        (
                            "former_number",
                            models.CharField(
                                blank=True,
                                editable=False,
                                help_text="The number it had in the plan's document, which no longer contains it.",
                                max_length=20,
                                verbose_name="former number",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product area",
                        "verbose_name_plural": "product areas",
                        "ordering": ["plan", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "number"),
                                name="actionplan_productarea_number_once",
                                violation_error_message="Another product area in the plan has this number. Choose another number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="actionplan_productarea_number_from_one",
                                violation_error_message="Number the product areas from 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="actionplan_productarea_name_is_filled",
                                violation_error_message="Enter the name of the product area.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Goal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="goals",
                                to="actionplan.actionplan",
                                verbose_name="plan",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("text", models.TextField(max_length=4000, verbose_name="overall goal")),
                        (
                            "former_number",
                            models.CharField(
                                blank=True,
                                editable=False,
                                help_text="The number it had in the plan's document, which no longer contains it.",
                                max_length=20,
                                verbose_name="former number",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "overall goal",
                        "verbose_name_plural": "overall goals",
                        "ordering": ["plan", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "number"),
                                name="actionplan_goal_number_once",
                                violation_error_message="Another goal in the plan has this number. Choose another number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="actionplan_goal_number_from_one",
                                violation_error_message="Number the goals from 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="actionplan_goal_text_is_filled",
                                violation_error_message="Enter the text of the goal.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubGoal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "goal",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sub_goals",
                                to="actionplan.goal",
                                verbose_name="overall goal",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                help_text="As in the plan: 1.1",
                                max_length=20,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        ("text", models.TextField(max_length=4000, verbose_name="sub-goal")),
                        (
                            "former_number",
                            models.CharField(
                                blank=True,
                                editable=False,
                                help_text="The number it had in the plan's document, which no longer contains it.",
                                max_length=20,
                                verbose_name="former number",
                            ),
                        ),
                        (
                            "product_areas",
                            models.ManyToManyField(
                                blank=True,
                                help_text="None chosen means all.",
                                related_name="sub_goals",
                                through="actionplan.SubGoalArea",
                                to="actionplan.productarea",
                                verbose_name="product areas",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sub-goal",
                        "verbose_name_plural": "sub-goals",
                        "ordering": ["goal", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("goal", "number"),
                                name="actionplan_subgoal_number_once",
                                violation_error_message="Another sub-goal of the goal has this number. Choose another number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                name="actionplan_subgoal_number_is_filled",
                                violation_error_message="Enter the number of the sub-goal.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="actionplan_subgoal_text_is_filled",
                                violation_error_message="Enter the text of the sub-goal.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "sub_goal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="actionplan.subgoal",
                                verbose_name="sub-goal",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                help_text="As in the plan: 1.1",
                                max_length=20,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        ("text", models.TextField(max_length=4000, verbose_name="indicator")),
                        (
                            "former_number",
                            models.CharField(
                                blank=True,
                                editable=False,
                                help_text="The number it had in the plan's document, which no longer contains it.",
                                max_length=20,
                                verbose_name="former number",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("milestone", "milestone"), ("measure", "measure")],
                                default="milestone",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=50, verbose_name="unit")),
                        (
                            "baseline",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=14,
                                null=True,
                                verbose_name="baseline",
                            ),
                        ),
                        (
                            "target",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=14,
                                null=True,
                                verbose_name="target",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        (
                            "baseline_source",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="Where the baseline comes from: a reading of the period before, a report.",
                                max_length=200,
                                verbose_name="source of the baseline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicator",
                        "verbose_name_plural": "indicators",
                        "ordering": ["sub_goal", "position", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["milestone", "measure"])),
                                name="actionplan_indicator_kind_is_known",
                                violation_error_message="Choose milestone or measure.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "milestone"),
                                    models.Q(
                                        models.Q(("unit", ""), _negated=True),
                                        ("target__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="actionplan_indicator_measure_has_unit_and_target",
                                violation_error_message="Enter a unit and a target for the measure.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="actionplan_indicator_text_is_filled",
                                violation_error_message="Enter the text of the indicator.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("baseline_source", ""),
                                    ("baseline__isnull", False),
                                    _connector="OR",
                                ),
                                name="actionplan_indicator_source_is_of_a_baseline",
                                violation_error_message="Enter a baseline, or leave its source empty.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubGoalArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "productarea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="actionplan.productarea",
                                verbose_name="product area",
                            ),
                        ),
                        (
                            "subgoal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="actionplan.subgoal",
                                verbose_name="sub-goal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product area of a sub-goal",
                        "verbose_name_plural": "product areas of sub-goals",
                        "db_table": "actionplan_subgoal_product_areas",
                        "unique_together": {("subgoal", "productarea")},
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="email address")),
                        (
                            "token_sha256",
                            models.CharField(
                                max_length=64, unique=True, verbose_name="checksum of the address"
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                default=7, verbose_name="the link works for"
                            ),
                        ),
                        (
                            "invited_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="invited"
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="ends")),
                        (
                            "cancelled_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="cancelled at"
                            ),
                        ),
                        (
                            "accepted_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="accepted at"
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "ordering": ["-invited_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                models.F("invited_by"),
                                condition=models.Q(
                                    ("accepted_at__isnull", True), ("cancelled_at__isnull", True)
                                ),
                                name="actionplan_invitation_open_once",
                                violation_error_message="You have invited this address already. Send that one again, or cancel it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                                name="actionplan_invitation_ends_later",
                                violation_error_message="The invitation has to end after it was sent.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_at__isnull", True),
                                    ("cancelled_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="actionplan_invitation_accepted_or_cancelled",
                                violation_error_message="An invitation that was accepted is not cancelled.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("accepted_at__isnull", True), ("person__isnull", True)
                                    ),
                                    models.Q(
                                        ("accepted_at__isnull", False), ("person__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="actionplan_invitation_accepted_by_somebody",
                                violation_error_message="An accepted invitation says when, and by whom.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvitedRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("coordinator", "coordinator"),
                                    ("reviewer", "reviewer"),
                                    ("analyst", "analyst"),
                                    ("secretariat", "secretariat"),
                                    ("region_administrator", "region administrator"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "invitation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="actionplan.invitation",
                                verbose_name="invitation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="actionplan.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "role of an invitation",
                        "verbose_name_plural": "roles of invitations",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("invitation", "organisation", "role"),
                                name="actionplan_invitedrole_once",
                                violation_error_message="The invitation gives this role at this organisation already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "coordinator",
                                            "reviewer",
                                            "analyst",
                                            "secretariat",
                                            "region_administrator",
                                            "administrator",
                                        ],
                                    )
                                ),
                                name="actionplan_invitedrole_role_is_known",
                                violation_error_message="Choose one of the roles in the list.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sheet", models.CharField(max_length=80, verbose_name="list")),
                        ("column", models.CharField(max_length=80, verbose_name="column")),
                        (
                            "scope",
                            models.CharField(blank=True, max_length=150, verbose_name="only in"),
                        ),
                        ("folded", models.CharField(max_length=200, verbose_name="word in files")),
                        ("meaning", models.CharField(max_length=200, verbose_name="means")),
                        ("label", models.TextField(blank=True, verbose_name="in words")),
                    ],
                    options={
                        "verbose_name": "word in Excel files",
                        "verbose_name_plural": "words in Excel files",
                        "ordering": ["sheet", "column", "scope", "folded"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "column", "scope", "folded"),
                                name="actionplan_sheetword_means_one_thing",
                                violation_error_message="The word already has a meaning in this column.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("folded", ""), _negated=True),
                                name="actionplan_sheetword_folded_is_filled",
                                violation_error_message="Enter the word.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("meaning", ""), _negated=True),
                                name="actionplan_sheetword_meaning_is_filled",
                                violation_error_message="Enter what the word means.",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
