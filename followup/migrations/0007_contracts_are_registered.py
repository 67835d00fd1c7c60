"""A register of contracts and suppliers, which follow-ups may be of.

SQLite builds the table of follow-ups anew for its rule, and drops the guard of those that ended.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from actionplan.migrations._guards import Guard
from actionplan.migrations._statements import RunStatements

# As migration 0003 has it.
GUARD = Guard(
    "followup_followup",
    "A follow-up that has ended is never changed, and none is deleted.",
    may_change="OLD.status NOT IN ('closed', 'cancelled')",
)


def on_sqlite(statements):
    """Return what runs statements on SQLite alone."""

    def run(schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for statement in statements:
                schema_editor.execute(statement)

    return run


guard, unguard = on_sqlite(GUARD.on_sqlite()), on_sqlite(GUARD.off_sqlite())


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0004_logs_are_append_only"),
        ("followup", "0006_reminded_of_consultations"),
        ("requirements_pkg", "0007_contents_are_packed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        RunStatements(unguard, guard),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="The number in your own system. Confidential.",
                        max_length=100,
                        verbose_name="contract reference",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("own", "own contract"), ("joint", "joint contract")],
                        default="own",
                        max_length=20,
                        verbose_name="own or joint",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="For the whole contract, options included.",
                        max_digits=14,
                        null=True,
                        verbose_name="value",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="SEK",
                        help_text="Three letters: SEK, EUR.",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="Without options. Empty until stopped.",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                (
                    "options",
                    models.CharField(
                        blank=True,
                        help_text="How it can be extended: 2 × 12 months.",
                        max_length=200,
                        verbose_name="options",
                    ),
                ),
                (
                    "extended_to",
                    models.DateField(blank=True, null=True, verbose_name="last day with options"),
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
            ],
            options={
                "verbose_name": "contract",
                "verbose_name_plural": "contracts",
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ContractArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "product area of a contract",
                "verbose_name_plural": "product areas of contracts",
            },
        ),
        migrations.CreateModel(
            name="ContractRequirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=11, verbose_name="code")),
                ("revision", models.PositiveSmallIntegerField(verbose_name="wording")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("values", models.JSONField(blank=True, default=dict, verbose_name="filled in")),
                (
                    "points",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="At most, in the contract's own evaluation.",
                        null=True,
                        verbose_name="points",
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement in a contract",
                "verbose_name_plural": "requirements in contracts",
                "ordering": ["contract", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="JointOwner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "joint owner",
                "verbose_name_plural": "joint owners",
            },
        ),
        migrations.CreateModel(
            name="Supplier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "country",
                    models.CharField(
                        default="SE",
                        help_text="Two letters: SE, DE, CN.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        help_text="As the country's authority writes it: 556036-0793. Empty for a sole trader, whose number is personal data.",
                        max_length=20,
                        verbose_name="organisation number",
                    ),
                ),
            ],
            options={
                "verbose_name": "supplier",
                "verbose_name_plural": "suppliers",
                "ordering": ["name", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="followup",
            name="followup_followup_contract_reference_is_filled",
        ),
        migrations.AlterField(
            model_name="followup",
            name="contract_reference",
            field=models.CharField(
                blank=True,
                help_text="Of a contract that is not in the register. Confidential.",
                max_length=100,
                verbose_name="contract reference",
            ),
        ),
        migrations.AlterField(
            model_name="followup",
            name="supplier",
            field=models.CharField(
                blank=True,
                help_text="Of a contract that is not in the register. Confidential.",
                max_length=200,
                verbose_name="supplier",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contracts",
                to="actionplan.organisation",
                verbose_name="contract owner",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="contract",
            field=models.ForeignKey(
                blank=True,
                help_text="Its reference and supplier stand there, and nowhere else.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="follow_ups",
                to="followup.contract",
                verbose_name="contract in the register",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("contract__isnull", True),
                        models.Q(("contract_reference", ""), _negated=True),
                    ),
                    models.Q(
                        ("contract__isnull", False), ("contract_reference", ""), ("supplier", "")
                    ),
                    _connector="OR",
                ),
                name="followup_followup_contract_stands_once",
                violation_error_message="Choose the contract in the register, or enter the reference of one that is not there; not both.",
            ),
        ),
        migrations.AddField(
            model_name="contractarea",
            name="contract",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="followup.contract",
                verbose_name="contract",
            ),
        ),
        migrations.AddField(
            model_name="contractarea",
            name="product_area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actionplan.productarea",
                verbose_name="product area",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="product_areas",
            field=models.ManyToManyField(
                blank=True,
                related_name="contracts",
                through="followup.ContractArea",
                to="actionplan.productarea",
                verbose_name="product areas",
            ),
        ),
        migrations.AddField(
            model_name="contractrequirement",
            name="contract",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="requirements",
                to="followup.contract",
                verbose_name="contract",
            ),
        ),
        migrations.AddField(
            model_name="contractrequirement",
            name="requirement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="in_contracts",
                to="requirements_pkg.requirement",
                verbose_name="requirement",
            ),
        ),
        migrations.AddField(
            model_name="contractrequirement",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="requirements_pkg.packageversion",
                verbose_name="version of the package",
            ),
        ),
        migrations.AddField(
            model_name="jointowner",
            name="contract",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="followup.contract",
                verbose_name="contract",
            ),
        ),
        migrations.AddField(
            model_name="jointowner",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actionplan.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="joint_owners",
            field=models.ManyToManyField(
                blank=True,
                related_name="joint_contracts",
                through="followup.JointOwner",
                to="actionplan.organisation",
                verbose_name="joint owners",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplier",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="followup_supplier_name_is_filled",
                violation_error_message="Enter what the supplier is called.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplier",
            constraint=models.CheckConstraint(
                condition=models.Q(("country", ""), _negated=True),
                name="followup_supplier_country_is_filled",
                violation_error_message="Enter the supplier's country.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("country", "number"),
                name="followup_supplier_number_once",
                violation_error_message="Another supplier has this number in this country.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", "")),
                fields=("country", "name"),
                name="followup_supplier_name_once",
                violation_error_message="Another supplier without a number has this name.",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contracts",
                to="followup.supplier",
                verbose_name="supplier",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractarea",
            constraint=models.UniqueConstraint(
                fields=("contract", "product_area"),
                name="followup_contractarea_once",
                violation_error_message="The contract already names the product area.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractrequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True),
                name="followup_contractrequirement_code_is_filled",
                violation_error_message="Enter the code of the requirement.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractrequirement",
            constraint=models.UniqueConstraint(
                fields=("contract", "requirement"),
                name="followup_contractrequirement_once",
                violation_error_message="The requirement already stands in the contract.",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointowner",
            constraint=models.UniqueConstraint(
                fields=("contract", "organisation"),
                name="followup_jointowner_once",
                violation_error_message="The organisation already has a part in the contract.",
            ),
        ),
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(fields=["starts_on", "id"], name="contract_started"),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                name="followup_contract_reference_is_filled",
                violation_error_message="Enter the contract's reference.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency", ""), _negated=True),
                name="followup_contract_currency_is_filled",
                violation_error_message="Enter the currency of the value.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["own", "joint"])),
                name="followup_contract_kind_is_known",
                violation_error_message="Choose own or joint contract.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.UniqueConstraint(
                fields=("organisation", "reference"),
                name="followup_contract_reference_once",
                violation_error_message="The contract owner already has a contract with this reference.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                name="followup_contract_value_is_none_or_more",
                violation_error_message="Enter a value of zero or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="followup_contract_ends_after_start",
                violation_error_message="The contract ends before it starts. Correct one of the days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("extended_to__isnull", True),
                    models.Q(
                        ("ends_on__isnull", False), ("extended_to__gte", models.F("ends_on"))
                    ),
                    _connector="OR",
                ),
                name="followup_contract_extended_after_end",
                violation_error_message="The last day with options comes after the last day without them.",
            ),
        ),
        RunStatements(guard, unguard),
    ]
