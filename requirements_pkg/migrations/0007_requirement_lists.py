"""Lists of requirements in their order, of a package's and of their codes: a nation has 20 000."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requirements_pkg", "0006_text_of_contents")]

    operations = [
        migrations.AddIndex(
            model_name="requirement",
            index=models.Index(
                fields=["package", "position", "code", "id"], name="requirement_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="requirement",
            index=models.Index(fields=["code"], name="requirement_code"),
        ),
    ]
