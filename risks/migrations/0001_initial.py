"""What may go wrong: the matrix of each product area, and what imports keep."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from actionplan.migrations._create_tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actionplan", "0001_initial"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ImportAnswers",
                    fields=[
                        (
                            "plan",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="import_answers",
                                serialize=False,
                                to="actionplan.actionplan",
                                verbose_name="action plan",
                            ),
                        ),
                        ("given", models.JSONField(default=list, verbose_name="answers")),
                    ],
                    options={
                        "verbose_name": "answers of imports",
                        "verbose_name_plural": "answers of imports",
                    },
                ),
                migrations.CreateModel(
                    name="LifecycleStage",
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
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "life-cycle stage",
                        "verbose_name_plural": "life-cycle stages",
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Dimension",
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
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "dimension",
                        "verbose_name_plural": "dimensions",
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="HeadingAlias",
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
                            "folded",
                            models.CharField(
                                help_text="In lower case, as the documents write it: sluttilverkning",
                                max_length=200,
                                unique=True,
                                verbose_name="heading in documents",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="risks.lifecyclestage",
                                verbose_name="life-cycle stage",
                            ),
                        ),
                        (
                            "dimension",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="risks.dimension",
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="actionplan.purchasingcategory",
                                verbose_name="purchasing category",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="actionplan.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "spelling in documents",
                        "verbose_name_plural": "spellings in documents",
                        "ordering": ["folded"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("folded", ""), _negated=True),
                                name="risks_headingalias_folded_is_filled",
                                violation_error_message="Enter the heading.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("category__isnull", True),
                                        ("dimension__isnull", True),
                                        ("organisation__isnull", True),
                                        ("stage__isnull", False),
                                    ),
                                    models.Q(
                                        ("category__isnull", True),
                                        ("dimension__isnull", False),
                                        ("organisation__isnull", True),
                                        ("stage__isnull", True),
                                    ),
                                    models.Q(
                                        ("category__isnull", True),
                                        ("dimension__isnull", True),
                                        ("organisation__isnull", False),
                                        ("stage__isnull", True),
                                    ),
                                    models.Q(
                                        ("category__isnull", False),
                                        ("dimension__isnull", True),
                                        ("organisation__isnull", True),
                                        ("stage__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="risks_headingalias_means_one_thing",
                                violation_error_message="Choose one thing that the spelling means: a life-cycle stage, a dimension, an organisation or a purchasing category.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskCell",
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
                            "product_area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cells",
                                to="actionplan.productarea",
                                verbose_name="product area",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="risks.lifecyclestage",
                                verbose_name="life-cycle stage",
                            ),
                        ),
                        (
                            "dimension",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="risks.dimension",
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "assessment",
                            models.CharField(
                                choices=[
                                    ("not_assessed", "not assessed"),
                                    ("described", "described"),
                                    ("no_leverage", "no leverage"),
                                    ("same_as", "same as another"),
                                ],
                                default="not_assessed",
                                max_length=20,
                                verbose_name="assessment",
                            ),
                        ),
                        (
                            "same_as_cell",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="referring_cells",
                                to="risks.riskcell",
                                verbose_name="same as the cell",
                            ),
                        ),
                        (
                            "same_as_category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referring_cells",
                                to="actionplan.purchasingcategory",
                                verbose_name="same as the category",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("high", "high"),
                                    ("medium", "medium"),
                                    ("low", "low"),
                                    ("insufficient", "insufficient information"),
                                ],
                                help_text="An editor's judgement; it is never computed.",
                                max_length=20,
                                verbose_name="risk level",
                            ),
                        ),
                        (
                            "level_source",
                            models.URLField(
                                blank=True,
                                help_text="The address of the analysis that gives the level.",
                                max_length=500,
                                verbose_name="source of the level",
                            ),
                        ),
                        (
                            "level_source_dated",
                            models.DateField(
                                blank=True,
                                help_text="When the analysis was made or read.",
                                null=True,
                                verbose_name="date of the source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cell of the risk matrix",
                        "verbose_name_plural": "cells of the risk matrix",
                        "ordering": ["product_area", "stage__position", "dimension__position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("product_area", "stage", "dimension"),
                                name="risks_riskcell_once",
                                violation_error_message="The product area already has this cell.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "assessment__in",
                                        ["not_assessed", "described", "no_leverage", "same_as"],
                                    )
                                ),
                                name="risks_riskcell_assessment_is_known",
                                violation_error_message="Choose an assessment in the list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["high", "medium", "low", "insufficient", ""])
                                ),
                                name="risks_riskcell_level_is_known",
                                violation_error_message="Choose a risk level in the list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("assessment", "same_as"),
                                        ("same_as_category__isnull", True),
                                        ("same_as_cell__isnull", False),
                                    ),
                                    models.Q(
                                        ("assessment", "same_as"),
                                        ("same_as_category__isnull", False),
                                        ("same_as_cell__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("assessment", "same_as"), _negated=True),
                                        ("same_as_category__isnull", True),
                                        ("same_as_cell__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="risks_riskcell_same_as_agrees",
                                violation_error_message="Choose one cell or one category that the cell refers to.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("same_as_cell", models.F("id")), _negated=True
                                ),
                                name="risks_riskcell_not_same_as_itself",
                                violation_error_message="A cell cannot refer to itself. Choose another cell.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("level_source", ""), ("level_source_dated__isnull", True)
                                    ),
                                    models.Q(
                                        ("level_source_dated__isnull", False),
                                        models.Q(("level_source", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="risks_riskcell_source_is_dated",
                                violation_error_message="Enter both the address and the date of the level's source.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level_source", ""),
                                    models.Q(("level", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="risks_riskcell_source_is_of_a_level",
                                violation_error_message="Choose a level, or leave its source empty.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OverallLevel",
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
                            "product_area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="overall_levels",
                                to="actionplan.productarea",
                                verbose_name="product area",
                            ),
                        ),
                        (
                            "dimension",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="risks.dimension",
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("high", "high"),
                                    ("medium", "medium"),
                                    ("low", "low"),
                                    ("insufficient", "insufficient information"),
                                ],
                                max_length=20,
                                verbose_name="overall level",
                            ),
                        ),
                        (
                            "source",
                            models.URLField(max_length=500, verbose_name="source of the level"),
                        ),
                        ("dated", models.DateField(verbose_name="date of the source")),
                    ],
                    options={
                        "verbose_name": "overall level",
                        "verbose_name_plural": "overall levels",
                        "ordering": ["product_area", "dimension__position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("product_area", "dimension"),
                                name="risks_overalllevel_once",
                                violation_error_message="The product area already has an overall level in this dimension.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["high", "medium", "low", "insufficient"])
                                ),
                                name="risks_overalllevel_level_is_known",
                                violation_error_message="Choose an overall level in the list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                name="risks_overalllevel_source_is_filled",
                                violation_error_message="Enter the address of the source of the overall level.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskStatement",
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
                            "cell",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="statements",
                                to="risks.riskcell",
                                verbose_name="cell",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("risk", "risk"), ("opportunity", "opportunity")],
                                default="risk",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("text", models.TextField(max_length=4000, verbose_name="text")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "is_kept",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="kept"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "risk or opportunity",
                        "verbose_name_plural": "risks and opportunities",
                        "ordering": ["cell", "position", "id"],
                        "indexes": [
                            models.Index(
                                fields=["cell", "position", "id"], name="statement_in_order"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["risk", "opportunity"])),
                                name="risks_riskstatement_kind_is_known",
                                violation_error_message="Choose risk or opportunity.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="risks_riskstatement_text_is_filled",
                                violation_error_message="Enter the text of the risk or opportunity.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskMatrix",
                    fields=[],
                    options={
                        "verbose_name": "risk matrix",
                        "verbose_name_plural": "risk matrices",
                        "proxy": True,
                    },
                    bases=("actionplan.productarea",),
                ),
                migrations.CreateModel(
                    name="PlanUpload",
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
                        ("file_name", models.CharField(max_length=255, verbose_name="file name")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                        (
                            "uploaded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="uploaded"),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                        ),
                        (
                            "answers",
                            models.JSONField(
                                blank=True, default=dict, editable=False, verbose_name="answers"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "uploaded plan",
                        "verbose_name_plural": "uploaded plans",
                        "ordering": ["-uploaded_at"],
                    },
                ),
            ],
        ),
    ]
