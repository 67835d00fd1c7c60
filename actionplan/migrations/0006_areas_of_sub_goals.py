"""The product areas of sub-goals get a model of their own, so that the change log tells of them.

The table is the one that Django has made for them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0005_second_step_removed")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
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
                migrations.AlterField(
                    model_name="subgoal",
                    name="product_areas",
                    field=models.ManyToManyField(
                        blank=True,
                        help_text="None chosen means all.",
                        related_name="sub_goals",
                        through="actionplan.SubGoalArea",
                        to="actionplan.productarea",
                        verbose_name="product areas",
                    ),
                ),
            ],
        ),
    ]
