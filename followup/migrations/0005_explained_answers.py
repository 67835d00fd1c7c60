"""Why an answer that deviates is no deviation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0004_struck_actions"),
        ("requirements_pkg", "0006_text_of_contents"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="explanation",
            field=models.TextField(
                blank=True,
                help_text="Only for an answer that deviates and that no deviation is recorded for. Confidential.",
                max_length=2000,
                verbose_name="why it is no deviation",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("explanation", ""), ("assessed", "deviates"), _connector="OR"),
                name="followup_question_explained_when_deviating",
                violation_error_message="Only an answer that deviates is explained. Choose that it deviates, or remove the explanation.",
            ),
        ),
    ]
