"""What is demanded: requirements, packages, published versions, and what is searched."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from actionplan.migrations._create_tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("risks", "0001_initial"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="RequirementsPackage",
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
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="package",
                                to="actionplan.actionplan",
                                verbose_name="action plan",
                            ),
                        ),
                        (
                            "steward",
                            models.ForeignKey(
                                blank=True,
                                help_text="The procurement region that manages a shared module.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="modules",
                                to="actionplan.procurementregion",
                                verbose_name="steward",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(max_length=100, unique=True, verbose_name="address"),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "introduction",
                            models.TextField(
                                blank=True,
                                help_text="How the package is used. Separate paragraphs with a blank line.",
                                max_length=8000,
                                verbose_name="introduction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "requirements package",
                        "verbose_name_plural": "requirements packages",
                        "ordering": ["title"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="requirements_pkg_requirementspackage_title_is_filled",
                                violation_error_message="Enter the title of the package.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("plan__isnull", False), ("steward__isnull", True)),
                                    models.Q(("plan__isnull", True), ("steward__isnull", False)),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_requirementspackage_plan_or_steward",
                                violation_error_message="Choose a plan for the package, or a steward if it is shared.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Requirement",
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
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requirements",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                        (
                            "uid",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, verbose_name="identity"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="As buyers cite it: SE-01.",
                                max_length=11,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A[A-Z]{1,6}-[0-9]{1,4}\\Z",
                                        "Write the code as SE-01: letters, a hyphen and a number.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "text",
                            models.TextField(
                                help_text="Fill-in fields are written [number of weeks: 4 | help for the buyer].",
                                max_length=8000,
                                verbose_name="requirement text",
                            ),
                        ),
                        (
                            "rationale",
                            models.TextField(
                                blank=True, max_length=8000, verbose_name="rationale"
                            ),
                        ),
                        (
                            "verification",
                            models.TextField(
                                blank=True,
                                help_text="What the supplier shows to prove it.",
                                max_length=8000,
                                verbose_name="verification",
                            ),
                        ),
                        (
                            "follow_up_method",
                            models.TextField(
                                blank=True,
                                help_text="How it is checked during the contract.",
                                max_length=8000,
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "guidance",
                            models.TextField(blank=True, max_length=8000, verbose_name="guidance"),
                        ),
                        (
                            "law_baseline",
                            models.TextField(
                                blank=True, max_length=8000, verbose_name="the law already demands"
                            ),
                        ),
                        (
                            "beyond_law",
                            models.TextField(
                                blank=True, max_length=8000, verbose_name="beyond the law"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("qualification", "qualification requirement"),
                                    ("specification", "technical specification"),
                                    ("award", "award criterion"),
                                    ("contract", "special contract term"),
                                ],
                                max_length=20,
                                verbose_name="kind of requirement",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("basic", "basic"),
                                    ("advanced", "advanced"),
                                    ("spearhead", "spearhead"),
                                ],
                                default="basic",
                                max_length=20,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "max_points",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="maximum points"
                            ),
                        ),
                        (
                            "scale",
                            models.TextField(
                                blank=True,
                                help_text="What gives how many points; for award criteria only.",
                                max_length=2000,
                                verbose_name="scale",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                help_text="The requirement of a lower level that it replaces.",
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="replaced_by",
                                to="requirements_pkg.requirement",
                                verbose_name="replaces",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "cpv",
                            models.TextField(
                                blank=True,
                                help_text="With the check digit, 48820000-2; separate several with spaces.",
                                max_length=1000,
                                verbose_name="CPV codes",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "in force"), ("withdrawn", "withdrawn")],
                                default="active",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(blank=True, null=True, verbose_name="withdrawn on"),
                        ),
                        (
                            "withdrawn_reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="why withdrawn"
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="predecessors",
                                to="requirements_pkg.requirement",
                                verbose_name="use instead",
                            ),
                        ),
                        (
                            "product_areas",
                            models.ManyToManyField(
                                related_name="requirements",
                                through="requirements_pkg.RequirementArea",
                                to="actionplan.productarea",
                                verbose_name="product areas",
                            ),
                        ),
                        (
                            "statements",
                            models.ManyToManyField(
                                related_name="requirements",
                                through="requirements_pkg.RiskTreatment",
                                to="risks.riskstatement",
                                verbose_name="risks and opportunities",
                            ),
                        ),
                        (
                            "sub_goals",
                            models.ManyToManyField(
                                related_name="requirements",
                                through="requirements_pkg.GoalService",
                                to="actionplan.subgoal",
                                verbose_name="sub-goals",
                            ),
                        ),
                        (
                            "copied_from",
                            models.UUIDField(
                                editable=False, null=True, verbose_name="copied from"
                            ),
                        ),
                        (
                            "supplier_question",
                            models.TextField(
                                blank=True,
                                help_text="What the supplier is asked in a follow-up. Fields of the requirement text are filled in with the contract's values: [number of weeks].",
                                max_length=8000,
                                verbose_name="question to the supplier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "requirement",
                        "verbose_name_plural": "requirements",
                        "ordering": ["package", "position", "code", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("package", "code"),
                                name="requirements_pkg_requirement_code_once",
                                violation_error_message="Another requirement in the package has this code. Choose another code.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                name="requirements_pkg_requirement_code_is_filled",
                                violation_error_message="Enter the code of the requirement.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="requirements_pkg_requirement_title_is_filled",
                                violation_error_message="Enter the title of the requirement.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="requirements_pkg_requirement_text_is_filled",
                                violation_error_message="Enter the text of the requirement.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["qualification", "specification", "award", "contract"],
                                    )
                                ),
                                name="requirements_pkg_requirement_kind_is_known",
                                violation_error_message="Choose one of the four kinds of requirement.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["basic", "advanced", "spearhead"])
                                ),
                                name="requirements_pkg_requirement_level_is_known",
                                violation_error_message="Choose the level basic, advanced or spearhead.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["active", "withdrawn"])),
                                name="requirements_pkg_requirement_state_is_known",
                                violation_error_message="Choose in force or withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "award"),
                                        ("max_points__gte", 1),
                                        ("max_points__isnull", False),
                                        models.Q(("scale", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "award"), _negated=True),
                                        ("max_points__isnull", True),
                                        ("scale", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_requirement_award_has_points_and_scale",
                                violation_error_message="Enter points and a scale for an award criterion, and only for that.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "active"),
                                        ("successor__isnull", True),
                                        ("withdrawn_on__isnull", True),
                                        ("withdrawn_reason", ""),
                                    ),
                                    models.Q(
                                        ("state", "withdrawn"),
                                        ("withdrawn_on__isnull", False),
                                        models.Q(("withdrawn_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_requirement_withdrawn_with_reason_and_date",
                                violation_error_message="Enter a date and a reason for a withdrawn requirement, and only for that.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("replaces", models.F("id")), _negated=True),
                                name="requirements_pkg_requirement_does_not_replace_itself",
                                violation_error_message="A requirement cannot replace itself. Choose another requirement.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("successor", models.F("id")), _negated=True),
                                name="requirements_pkg_requirement_is_not_its_own_successor",
                                violation_error_message="A withdrawn requirement cannot refer to itself. Choose another requirement.",
                            ),
                            models.UniqueConstraint(
                                fields=("uid", "package"),
                                name="requirements_pkg_requirement_uid_once",
                                violation_error_message="The package already has this requirement.",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["package", "position", "code", "id"],
                                name="requirement_in_order",
                            ),
                            models.Index(fields=["code"], name="requirement_code"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementArea",
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
                            "requirement",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="area_links",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        (
                            "product_area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirement_links",
                                to="actionplan.productarea",
                                verbose_name="product area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product area of a requirement",
                        "verbose_name_plural": "product areas of requirements",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("requirement", "product_area"),
                                name="requirements_pkg_requirementarea_once",
                                violation_error_message="The requirement already applies to this product area.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementSource",
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
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="web address"
                            ),
                        ),
                        (
                            "dated",
                            models.DateField(
                                blank=True,
                                help_text="The date of the source, or when it was read.",
                                null=True,
                                verbose_name="dated",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                    ],
                    options={
                        "verbose_name": "source",
                        "verbose_name_plural": "sources",
                        "ordering": ["requirement", "position", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="requirements_pkg_requirementsource_title_is_filled",
                                violation_error_message="Enter the title of the source.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageVersion",
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
                            "package",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("schema", models.PositiveSmallIntegerField(verbose_name="schema")),
                        ("content", models.JSONField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "note",
                            models.TextField(
                                help_text="What is new, in words a buyer understands.",
                                verbose_name="note",
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="published"
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "published version",
                        "verbose_name_plural": "published versions",
                        "ordering": ["package", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("package", "number"),
                                name="requirements_pkg_packageversion_number_once",
                                violation_error_message="The package already has a version with this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="requirements_pkg_packageversion_number_from_one",
                                violation_error_message="Number the versions from 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_by", models.F("approved_by")), _negated=True
                                ),
                                name="requirements_pkg_packageversion_two_people",
                                violation_error_message="Somebody other than the person who publishes the version has to approve it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True),
                                name="requirements_pkg_packageversion_note_is_filled",
                                violation_error_message="Write what is new in the version.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageInclusion",
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
                            "package",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="inclusions",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                        (
                            "module",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="included_in",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="module",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                help_text="It stays at this version until somebody chooses a newer one.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="included_in",
                                to="requirements_pkg.packageversion",
                                verbose_name="version",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                    ],
                    options={
                        "verbose_name": "included module",
                        "verbose_name_plural": "included modules",
                        "ordering": ["package", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("package", "module"),
                                name="requirements_pkg_packageinclusion_once",
                                violation_error_message="The package already includes this module.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("package", models.F("module")), _negated=True),
                                name="requirements_pkg_packageinclusion_not_itself",
                                violation_error_message="A package cannot include itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishRequest",
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
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        ("note", models.TextField(max_length=2000, verbose_name="what is new")),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="requested by",
                            ),
                        ),
                        (
                            "requested_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="requested"
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="pending",
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="reason"),
                        ),
                    ],
                    options={
                        "verbose_name": "request to publish",
                        "verbose_name_plural": "requests to publish",
                        "ordering": ["-requested_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("package",),
                                name="requirements_pkg_publishrequest_one_pending",
                                violation_error_message="The package is already waiting for approval.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["pending", "approved", "returned"])
                                ),
                                name="requirements_pkg_publishrequest_decision_is_known",
                                violation_error_message="Choose waiting, approved or returned.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_publishrequest_who_and_when",
                                violation_error_message="State both who decided and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decision", "pending")
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_publishrequest_decision_and_date_agree",
                                violation_error_message="A decision needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "approved"), _negated=True),
                                    models.Q(
                                        ("requested_by", models.F("decided_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_publishrequest_two_people",
                                violation_error_message="You cannot approve your own request. Ask another reviewer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "returned"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_publishrequest_returned_with_reason",
                                violation_error_message="Write why the request is returned.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True),
                                name="requirements_pkg_publishrequest_note_is_filled",
                                violation_error_message="Write what is new in the version.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VersionWithdrawal",
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
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="requirements_pkg.packageversion",
                                verbose_name="version",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                help_text="It is shown to everybody.",
                                max_length=2000,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requirements_pkg.packageversion",
                                verbose_name="use instead",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="withdrawn"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "withdrawn version",
                        "verbose_name_plural": "withdrawn versions",
                        "ordering": ["-withdrawn_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="requirements_pkg_versionwithdrawal_reason_is_filled",
                                violation_error_message="Write why the version is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by", models.F("version")), _negated=True
                                ),
                                name="requirements_pkg_versionwithdrawal_not_replaced_by_itself",
                                violation_error_message="A withdrawn version cannot refer to itself. Choose another version.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementRevision",
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
                            "requirement",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="requirements_pkg.packageversion",
                                verbose_name="first published in",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "published wording",
                        "verbose_name_plural": "published wordings",
                        "ordering": ["requirement", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("requirement", "number"),
                                name="requirements_pkg_requirementrevision_number_once",
                                violation_error_message="The requirement already has a wording with this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="requirements_pkg_requirementrevision_number_from_one",
                                violation_error_message="Number the wordings from 1.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskTreatment",
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
                            "hash_at_link",
                            models.CharField(max_length=64, verbose_name="checksum of both texts"),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="confirmed"
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="treatments",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="treatments",
                                to="risks.riskstatement",
                                verbose_name="risk or opportunity",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "addressed risk",
                        "verbose_name_plural": "addressed risks",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("requirement", "statement"),
                                name="requirements_pkg_risktreatment_once",
                                violation_error_message="The requirement already addresses this risk.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoalService",
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
                            "hash_at_link",
                            models.CharField(max_length=64, verbose_name="checksum of both texts"),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="confirmed"
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="services",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                        (
                            "sub_goal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="actionplan.subgoal",
                                verbose_name="sub-goal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sub-goal of a requirement",
                        "verbose_name_plural": "sub-goals of requirements",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("requirement", "sub_goal"),
                                name="requirements_pkg_goalservice_once",
                                violation_error_message="The requirement already contributes to this sub-goal.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VersionFacts",
                    fields=[
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="facts",
                                serialize=False,
                                to="requirements_pkg.packageversion",
                                verbose_name="version",
                            ),
                        ),
                        ("title", models.TextField(blank=True, verbose_name="title")),
                        ("listing", models.JSONField(blank=True, verbose_name="facts for lists")),
                        (
                            "requirements",
                            models.JSONField(blank=True, verbose_name="marks of the requirements"),
                        ),
                        (
                            "outline",
                            models.JSONField(blank=True, verbose_name="goals and indicators"),
                        ),
                        (
                            "lessons",
                            models.JSONField(blank=True, verbose_name="incorporated lessons"),
                        ),
                        (
                            "matrix",
                            models.JSONField(blank=True, verbose_name="risks and their treatment"),
                        ),
                        (
                            "covered",
                            models.JSONField(
                                blank=True, verbose_name="risks and their treatment by area"
                            ),
                        ),
                        (
                            "entries",
                            models.JSONField(blank=True, verbose_name="names of the requirements"),
                        ),
                        (
                            "choices",
                            models.JSONField(blank=True, verbose_name="what can be chosen"),
                        ),
                        (
                            "overview",
                            models.JSONField(blank=True, verbose_name="introductions and figures"),
                        ),
                        (
                            "masked",
                            models.JSONField(
                                blank=True, default=tuple, verbose_name="masked words"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "facts of a version",
                        "verbose_name_plural": "facts of versions",
                    },
                ),
                migrations.CreateModel(
                    name="SearchSynonym",
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
                            "words",
                            models.CharField(
                                help_text="Separated by commas, such as: molntjänst, moln, cloud",
                                max_length=300,
                                verbose_name="words",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "synonym in search",
                        "verbose_name_plural": "synonyms in search",
                        "ordering": ["words"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words__contains", ",")),
                                name="requirements_pkg_searchsynonym_several_words",
                                violation_error_message="Write at least two words, with a comma between them.",
                            ),
                            models.UniqueConstraint(
                                fields=("words",),
                                name="requirements_pkg_searchsynonym_words_once",
                                violation_error_message="These words are already synonyms.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WordTemplate",
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
                            "organisation",
                            models.OneToOneField(
                                error_messages={
                                    "unique": "The organisation already has a template. Replace it."
                                },
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="word_template",
                                to="actionplan.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(editable=False, max_length=200, verbose_name="title"),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="file name")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                        (
                            "uploaded_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="uploaded"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Word template",
                        "verbose_name_plural": "Word templates",
                        "ordering": ["organisation__name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("file_name", ""), _negated=True),
                                name="requirements_pkg_wordtemplate_file_name_is_filled",
                                violation_error_message="Enter the file name of the template.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedText",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="requirements_pkg.packageversion",
                                verbose_name="version",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("requirement", "requirement"),
                                    ("package", "requirements package"),
                                    ("risk", "risk"),
                                    ("goal", "goal"),
                                    ("introduction", "introduction"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "anchor",
                            models.CharField(
                                blank=True,
                                help_text="The code of a requirement, or the place on the package's page.",
                                max_length=200,
                                verbose_name="place",
                            ),
                        ),
                        ("heading", models.TextField(verbose_name="heading")),
                        ("body", models.TextField(blank=True, verbose_name="text")),
                        ("terms", models.TextField(verbose_name="terms")),
                        ("opening", models.TextField(verbose_name="first terms")),
                    ],
                    options={
                        "verbose_name": "published text",
                        "verbose_name_plural": "published texts",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["requirement", "package", "risk", "goal", "introduction"],
                                    )
                                ),
                                name="requirements_pkg_publishedtext_kind_is_known",
                                violation_error_message="The text is of an unknown kind.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VersionWords",
                    fields=[
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="words",
                                serialize=False,
                                to="requirements_pkg.packageversion",
                                verbose_name="version",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="words")),
                    ],
                    options={
                        "verbose_name": "words of a version",
                        "verbose_name_plural": "words of versions",
                    },
                ),
                migrations.CreateModel(
                    name="CarriedPart",
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
                                    ("area", "product area"),
                                    ("statement", "risk or opportunity"),
                                    ("goal", "overall goal"),
                                    ("sub_goal", "sub-goal"),
                                    ("indicator", "indicator"),
                                    ("requirement", "requirement"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("key", models.BigIntegerField(verbose_name="part")),
                        (
                            "digest",
                            models.CharField(
                                help_text="Of its words as they were carried over.",
                                max_length=64,
                                verbose_name="checksum",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("undecided", "not decided"),
                                    ("kept", "kept"),
                                    ("dropped", "dropped"),
                                ],
                                default="undecided",
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="words")),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="reason"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="carried_parts",
                                to="actionplan.actionplan",
                                verbose_name="action plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part carried over",
                        "verbose_name_plural": "parts carried over",
                        "ordering": ["plan", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "key"),
                                name="requirements_pkg_carriedpart_once",
                                violation_error_message="The part has been carried over already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "area",
                                            "statement",
                                            "goal",
                                            "sub_goal",
                                            "indicator",
                                            "requirement",
                                        ],
                                    )
                                ),
                                name="requirements_pkg_carriedpart_kind_is_known",
                                violation_error_message="The part is of an unknown kind.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["undecided", "kept", "dropped"])
                                ),
                                name="requirements_pkg_carriedpart_decision_is_known",
                                violation_error_message="Choose not decided, kept or dropped.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_carriedpart_who_and_when",
                                violation_error_message="State both who decided and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decision", "undecided")
                                    ),
                                    models.Q(
                                        models.Q(("decision", "undecided"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_carriedpart_decision_and_date_agree",
                                violation_error_message="A decision needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decision", "dropped"),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("decision", "dropped"), _negated=True),
                                        ("reason", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_carriedpart_dropped_with_reason",
                                violation_error_message="Write why the part is dropped.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("digest", ""), _negated=True),
                                name="requirements_pkg_carriedpart_digest_is_filled",
                                violation_error_message="The part lacks its checksum.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentThread",
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
                                    ("krav", "requirement"),
                                    ("ruta", "cell"),
                                    ("mal", "overall goal"),
                                    ("delmal", "sub-goal"),
                                ],
                                max_length=20,
                                verbose_name="about",
                            ),
                        ),
                        ("target_id", models.PositiveBigIntegerField(verbose_name="object")),
                        (
                            "name",
                            models.CharField(max_length=400, verbose_name="what it was called"),
                        ),
                        (
                            "quote",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="words that it is about"
                            ),
                        ),
                        (
                            "resolved_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="resolved"),
                        ),
                        (
                            "module",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comment_threads",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="shared module",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comment_threads",
                                to="actionplan.actionplan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="resolved by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thread of comments",
                        "verbose_name_plural": "threads of comments",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["kind", "target_id"], name="thread_about")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["krav", "ruta", "mal", "delmal"])
                                ),
                                name="requirements_pkg_commentthread_kind_is_known",
                                violation_error_message="Choose what the comment is about.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("module__isnull", True), ("plan__isnull", False)),
                                    models.Q(
                                        ("kind", "krav"),
                                        ("module__isnull", False),
                                        ("plan__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_commentthread_of_plan_or_module",
                                violation_error_message="State which plan or which shared module the comment belongs to.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="requirements_pkg_commentthread_name_is_filled",
                                violation_error_message="State what the comment is about.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("resolved_at__isnull", True),
                                        ("resolved_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("resolved_at__isnull", False),
                                        ("resolved_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_commentthread_who_and_when",
                                violation_error_message="State both who resolved the thread and when.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("text", models.TextField(max_length=4000, verbose_name="comment")),
                        (
                            "written_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="written"
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                        (
                            "thread",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="requirements_pkg.commentthread",
                                verbose_name="thread of comments",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment",
                        "verbose_name_plural": "comments",
                        "ordering": ["thread", "written_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="requirements_pkg_comment_text_is_filled",
                                violation_error_message="Write the comment.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadTick",
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
                        ("item", models.CharField(max_length=200, verbose_name="change")),
                        ("digest", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "read_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="read at"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ticks",
                                to="requirements_pkg.publishrequest",
                                verbose_name="request to publish",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change that was read",
                        "verbose_name_plural": "changes that were read",
                        "ordering": ["request", "item"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "request", "item"),
                                name="requirements_pkg_readtick_once",
                                violation_error_message="The change is already ticked as read.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("item", ""), _negated=True),
                                name="requirements_pkg_readtick_item_is_filled",
                                violation_error_message="State which change was read.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("digest", ""), _negated=True),
                                name="requirements_pkg_readtick_digest_is_filled",
                                violation_error_message="State how the change read.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WithdrawalRequest",
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
                            "reason",
                            models.TextField(
                                help_text="It is shown to everybody once the version is withdrawn.",
                                max_length=2000,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "requested_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="requested"
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="pending",
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        (
                            "answer",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="why it is returned"
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requirements_pkg.packageversion",
                                verbose_name="use instead",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="requested by",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal_requests",
                                to="requirements_pkg.packageversion",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request to withdraw a version",
                        "verbose_name_plural": "requests to withdraw a version",
                        "ordering": ["-requested_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("version",),
                                name="requirements_pkg_withdrawalrequest_one_pending",
                                violation_error_message="A request to withdraw the version is already waiting for an answer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["pending", "approved", "returned"])
                                ),
                                name="requirements_pkg_withdrawalrequest_decision_is_known",
                                violation_error_message="Choose waiting, approved or returned for the withdrawal.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_withdrawalrequest_who_and_when",
                                violation_error_message="State both who decided on the withdrawal and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decision", "pending")
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_withdrawalrequest_decided_when_decided",
                                violation_error_message="A decision on the withdrawal needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "approved"), _negated=True),
                                    models.Q(
                                        ("requested_by", models.F("decided_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_withdrawalrequest_two_people",
                                violation_error_message="You cannot approve a withdrawal that you asked for. Ask another reviewer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "returned"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_withdrawalrequest_returned_with_reason",
                                violation_error_message="Write why the withdrawal is returned.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="requirements_pkg_withdrawalrequest_reason_is_filled",
                                violation_error_message="Write why the version is to be withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by", models.F("version")), _negated=True
                                ),
                                name="requirements_pkg_withdrawalrequest_not_replaced_by_itself",
                                violation_error_message="A version cannot be replaced by itself. Choose another version.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentMention",
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to="requirements_pkg.comment",
                                verbose_name="comment",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comment_mentions",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person mentioned in a comment",
                        "verbose_name_plural": "people mentioned in comments",
                        "ordering": ["comment", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("comment", "person"),
                                name="requirements_pkg_commentmention_once",
                                violation_error_message="The comment already mentions this person.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkCheck",
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
                        ("address", models.CharField(max_length=500, verbose_name="web address")),
                        (
                            "checked_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="checked"
                            ),
                        ),
                        (
                            "failing_since",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="without an answer since"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "check of a web address",
                        "verbose_name_plural": "checks of web addresses",
                        "ordering": ["address"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("address", ""), _negated=True),
                                name="requirements_pkg_linkcheck_address_is_filled",
                                violation_error_message="State which web address was checked.",
                            ),
                            models.UniqueConstraint(
                                fields=("address",),
                                name="requirements_pkg_linkcheck_once",
                                violation_error_message="The web address is already checked.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("failing_since__isnull", True),
                                    ("failing_since__lte", models.F("checked_at")),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_linkcheck_failing_when_checked",
                                violation_error_message="An address cannot have failed after it was checked.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementLook",
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
                                default=django.utils.timezone.now, verbose_name="looked over"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="looked over by",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="looks",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look at a requirement",
                        "verbose_name_plural": "looks at requirements",
                        "ordering": ["requirement", "-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
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
                        ("uid", models.UUIDField(verbose_name="identity of the requirement")),
                        ("cite", models.CharField(max_length=20, verbose_name="requirement")),
                        (
                            "title",
                            models.CharField(
                                max_length=200, verbose_name="title of the requirement"
                            ),
                        ),
                        (
                            "works",
                            models.CharField(
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                                max_length=20,
                                verbose_name="does it work",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="what works, or does not"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(blank=True, max_length=100, verbose_name="name"),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="organisation"
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="email address"
                            ),
                        ),
                        (
                            "has_consented",
                            models.BooleanField(
                                default=False, verbose_name="consents to personal data"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="sent"
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "not answered"),
                                    ("noted", "noted"),
                                    ("change_planned", "a change is planned"),
                                    ("no_change", "no change"),
                                ],
                                default="pending",
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="why"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "feedback",
                        "verbose_name_plural": "feedback",
                        "ordering": ["-sent_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("works__in", ["yes", "partly", "no"])),
                                name="requirements_pkg_feedback_works_is_known",
                                violation_error_message="Say whether the requirement works for you.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "decision__in",
                                        ["pending", "noted", "change_planned", "no_change"],
                                    )
                                ),
                                name="requirements_pkg_feedback_decision_is_known",
                                violation_error_message="Choose what comes of the feedback.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cite", ""), _negated=True),
                                name="requirements_pkg_feedback_cite_is_filled",
                                violation_error_message="State which requirement the feedback is about.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="requirements_pkg_feedback_title_is_filled",
                                violation_error_message="State what the requirement is called.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("works", "yes"),
                                    models.Q(("text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_feedback_says_what_does_not_work",
                                violation_error_message="Write what does not work.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("has_consented", True),
                                    models.Q(("email", ""), ("name", ""), ("organisation", "")),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_feedback_personal_data_with_consent",
                                violation_error_message="Tick that we may keep your name and address, or leave them out.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_feedback_who_and_when",
                                violation_error_message="State both who answered the feedback and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decision", "pending"),
                                        ("reason", ""),
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_feedback_decided_with_reason",
                                violation_error_message="Write why, when you answer the feedback.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Announcement",
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
                            "channel",
                            models.CharField(
                                choices=[
                                    ("mail", "mail to subscribers"),
                                    ("other", "another channel"),
                                ],
                                max_length=20,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "on",
                            models.DateField(
                                default=django.utils.timezone.localdate, verbose_name="day"
                            ),
                        ),
                        (
                            "recipients",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="recipients"
                            ),
                        ),
                        (
                            "where",
                            models.CharField(blank=True, max_length=200, verbose_name="where"),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noted by",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announcements",
                                to="requirements_pkg.packageversion",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announcement",
                        "verbose_name_plural": "announcements",
                        "ordering": ["version", "on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("channel__in", ["mail", "other"])),
                                name="requirements_pkg_announcement_channel_is_known",
                                violation_error_message="Choose how it was announced.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("channel", "mail")),
                                fields=("version",),
                                name="requirements_pkg_announcement_mailed_once",
                                violation_error_message="The version is already announced to subscribers.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("channel", "mail"),
                                        ("noted_by__isnull", True),
                                        ("recipients__isnull", False),
                                        ("where", ""),
                                    ),
                                    models.Q(
                                        ("channel", "other"),
                                        ("noted_by__isnull", False),
                                        ("recipients__isnull", True),
                                        models.Q(("where", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_announcement_says_to_how_many_or_where",
                                violation_error_message="State where it was announced.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Subscription",
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
                            "asked_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="asked for"
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subscriptions",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(blank=True, max_length=64, verbose_name="checksum"),
                        ),
                        (
                            "news_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="news until"),
                        ),
                        (
                            "selection",
                            models.TextField(
                                blank=True, max_length=7800, verbose_name="selection"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "subscription",
                        "verbose_name_plural": "subscriptions",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", ""), _negated=True),
                                name="requirements_pkg_subscription_email_is_filled",
                                violation_error_message="Enter an email address.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("package__isnull", False)),
                                fields=("email", "package"),
                                name="requirements_pkg_subscription_once",
                                violation_error_message="The address already subscribes to the package.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("digest", ""), ("package__isnull", True)),
                                fields=("email",),
                                name="requirements_pkg_subscription_once_to_all",
                                violation_error_message="The address already subscribes to everything.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("digest", ""), _negated=True),
                                fields=("email", "digest"),
                                name="requirements_pkg_subscription_once_of_selection",
                                violation_error_message="The address already subscribes to the selection.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("digest", ""),
                                        ("news_until__isnull", True),
                                        ("selection", ""),
                                    ),
                                    models.Q(
                                        ("news_until__isnull", False),
                                        ("package__isnull", True),
                                        models.Q(("selection", ""), _negated=True),
                                        models.Q(("digest", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_subscription_of_package_or_selection",
                                violation_error_message="A subscription is to packages or to a selection, not to both.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
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
                            "requested_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="requested"
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="pending",
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "introduction",
                            models.TextField(max_length=4000, verbose_name="what you ask about"),
                        ),
                        ("closes_on", models.DateField(verbose_name="last day to answer")),
                        (
                            "is_secret",
                            models.BooleanField(default=False, verbose_name="at a secret address"),
                        ),
                        ("key", models.CharField(max_length=120, verbose_name="address")),
                        (
                            "answer",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="why it is returned"
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="closed early"
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                        ),
                        (
                            "summary",
                            models.TextField(blank=True, verbose_name="summary of the answers"),
                        ),
                        (
                            "summed_up_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="summed up"),
                        ),
                        (
                            "base",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requirements_pkg.packageversion",
                                verbose_name="version in force",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="requirements_pkg.requirementspackage",
                                verbose_name="package",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="requested by",
                            ),
                        ),
                        (
                            "is_for_anybody",
                            models.BooleanField(default=True, verbose_name="anybody may answer"),
                        ),
                    ],
                    options={
                        "verbose_name": "consultation",
                        "verbose_name_plural": "consultations",
                        "ordering": ["-requested_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("package", "number"),
                                name="requirements_pkg_consultation_number_once",
                                violation_error_message="The package already has a consultation with this number.",
                            ),
                            models.UniqueConstraint(
                                fields=("key",),
                                name="requirements_pkg_consultation_key_once",
                                violation_error_message="The address is taken. Send it again.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("package",),
                                name="requirements_pkg_consultation_one_pending",
                                violation_error_message="A consultation on the package is already waiting for approval.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["pending", "approved", "returned"])
                                ),
                                name="requirements_pkg_consultation_decision_is_known",
                                violation_error_message="Choose waiting, approved or returned for the consultation.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultation_who_and_when",
                                violation_error_message="State both who decided on the consultation and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decision", "pending")
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultation_decided_when_decided",
                                violation_error_message="A decision on the consultation needs a date, and a date needs a decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "approved"), _negated=True),
                                    models.Q(
                                        ("requested_by", models.F("decided_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultation_two_people",
                                violation_error_message="You cannot approve a consultation that you asked for. Ask another reviewer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "returned"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultation_returned_with_reason",
                                violation_error_message="Write why the consultation is returned.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision", "approved"),
                                    models.Q(
                                        ("closed_at__isnull", True), ("withdrawn_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultation_ended_when_approved",
                                violation_error_message="Only a consultation that was approved can be closed or withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("summary", ""), ("summed_up_at__isnull", True)),
                                    models.Q(
                                        ("decision", "approved"),
                                        ("summed_up_at__isnull", False),
                                        models.Q(("summary", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultation_summed_up_when_made",
                                violation_error_message="A consultation that is summed up needs a summary. Write it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="requirements_pkg_consultation_title_is_filled",
                                violation_error_message="State what the draft is called.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("introduction", ""), _negated=True),
                                name="requirements_pkg_consultation_introduction_is_filled",
                                violation_error_message="Write what you ask about.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                name="requirements_pkg_consultation_key_is_filled",
                                violation_error_message="State the address of the consultation.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationReply",
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
                            "texts",
                            models.JSONField(
                                blank=True, default=dict, verbose_name="what is being written"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(blank=True, max_length=100, verbose_name="name"),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="organisation"
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="email address"
                            ),
                        ),
                        (
                            "has_consented",
                            models.BooleanField(
                                default=False, verbose_name="consents to personal data"
                            ),
                        ),
                        (
                            "may_be_named",
                            models.BooleanField(
                                default=False, verbose_name="may be named in the summary"
                            ),
                        ),
                        (
                            "begun_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="begun"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="sent"),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="requirements_pkg.consultation",
                                verbose_name="consultation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reply to a consultation",
                        "verbose_name_plural": "replies to consultations",
                        "ordering": ["sent_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("has_consented", True),
                                    models.Q(("email", ""), ("name", ""), ("organisation", "")),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultationreply_personal_data_with_consent",
                                violation_error_message="Tick that we may keep your name and address, or leave them out.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("may_be_named", False),
                                    ("has_consented", True),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultationreply_named_with_consent",
                                violation_error_message="Tick that we may keep your name too, if the summary may name you.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_at__isnull", True), ("texts", {}), _connector="OR"
                                ),
                                name="requirements_pkg_consultationreply_sent_as_remarks",
                                violation_error_message="A reply that is sent consists of remarks. Move the text to one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationRemark",
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
                            "uid",
                            models.UUIDField(
                                blank=True, null=True, verbose_name="identity of the requirement"
                            ),
                        ),
                        (
                            "cite",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="requirement"
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="title of the requirement"
                            ),
                        ),
                        ("text", models.TextField(max_length=4000, verbose_name="remark")),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "not decided"),
                                    ("taken_in", "taken in"),
                                    ("partly", "partly taken in"),
                                    ("not_taken_in", "not taken in"),
                                ],
                                default="pending",
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="the remark in short"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=2000, verbose_name="why"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "reply",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="requirements_pkg.consultationreply",
                                verbose_name="reply",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remark in a consultation",
                        "verbose_name_plural": "remarks in consultations",
                        "ordering": ["reply", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("uid__isnull", False)),
                                fields=("reply", "uid"),
                                name="requirements_pkg_consultationremark_once",
                                violation_error_message="The reply already has a remark on the requirement.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("uid__isnull", True)),
                                fields=("reply",),
                                name="requirements_pkg_consultationremark_once_on_the_whole",
                                violation_error_message="The reply already has a remark on the whole.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cite", ""), ("title", ""), ("uid__isnull", True)),
                                    models.Q(
                                        ("uid__isnull", False),
                                        models.Q(("cite", ""), _negated=True),
                                        models.Q(("title", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultationremark_names_its_requirement",
                                violation_error_message="State which requirement the remark is about.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="requirements_pkg_consultationremark_text_is_filled",
                                violation_error_message="Write the remark.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "decision__in",
                                        ["pending", "taken_in", "partly", "not_taken_in"],
                                    )
                                ),
                                name="requirements_pkg_consultationremark_decision_is_known",
                                violation_error_message="Choose what comes of the remark.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultationremark_who_and_when",
                                violation_error_message="State both who decided on the remark and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decision", "pending"),
                                        ("reason", ""),
                                        ("summary", ""),
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                        models.Q(("summary", ""), _negated=True),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requirements_pkg_consultationremark_decided_with_reason",
                                violation_error_message="Write the remark in short, and why, when you decide on it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultedDraft",
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
                        ("content", models.TextField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "consultation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft",
                                to="requirements_pkg.consultation",
                                verbose_name="consultation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft for consultation",
                        "verbose_name_plural": "drafts for consultation",
                        "ordering": ["consultation"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("content", ""), _negated=True),
                                name="requirements_pkg_consulteddraft_content_is_filled",
                                violation_error_message="State what the draft says.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationInvitee",
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
                            "invited_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="invited"
                            ),
                        ),
                        (
                            "mailed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="mailed"),
                        ),
                        (
                            "reminded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitees",
                                to="requirements_pkg.consultation",
                                verbose_name="consultation",
                            ),
                        ),
                        (
                            "reply",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitee",
                                to="requirements_pkg.consultationreply",
                                verbose_name="reply",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person invited to a consultation",
                        "verbose_name_plural": "people invited to consultations",
                        "ordering": ["consultation", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", ""), _negated=True),
                                name="requirements_pkg_consultationinvitee_email_is_filled",
                                violation_error_message="Enter an email address.",
                            ),
                            models.UniqueConstraint(
                                fields=("consultation", "email"),
                                name="requirements_pkg_consultationinvitee_once",
                                violation_error_message="The address is already invited to the consultation.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AcceptedProof",
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
                            "name",
                            models.CharField(
                                help_text="As bidders know it, such as: TCO Certified",
                                max_length=200,
                                verbose_name="name",
                            ),
                        ),
                        (
                            "owner",
                            models.CharField(
                                help_text="Who decides what it demands.",
                                max_length=200,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "url",
                            models.URLField(
                                blank=True,
                                help_text="Where its demands and its holders can be read.",
                                max_length=500,
                                verbose_name="web address",
                            ),
                        ),
                        (
                            "proves",
                            models.TextField(
                                help_text="In your own words, and what has to be shown besides.",
                                max_length=1000,
                                verbose_name="what it proves",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "accepted proof",
                        "verbose_name_plural": "accepted proofs",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="requirements_pkg_acceptedproof_name_is_filled",
                                violation_error_message="Enter what the proof is called.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("owner", ""), _negated=True),
                                name="requirements_pkg_acceptedproof_owner_is_filled",
                                violation_error_message="Enter who owns the proof.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("proves", ""), _negated=True),
                                name="requirements_pkg_acceptedproof_proves_is_filled",
                                violation_error_message="Enter what it proves.",
                            ),
                            models.UniqueConstraint(
                                fields=("name",),
                                name="requirements_pkg_acceptedproof_name_once",
                                violation_error_message="There is already a proof of this name.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementProof",
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
                            "proof",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirement_links",
                                to="requirements_pkg.acceptedproof",
                                verbose_name="accepted proof",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proof_links",
                                to="requirements_pkg.requirement",
                                verbose_name="requirement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "accepted proof of a requirement",
                        "verbose_name_plural": "accepted proofs of requirements",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("requirement", "proof"),
                                name="requirements_pkg_requirementproof_once",
                                violation_error_message="The requirement already accepts this proof.",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
