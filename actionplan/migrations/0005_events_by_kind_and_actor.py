from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0004_change_log_is_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="changeevent",
            index=models.Index(fields=["kind", "-at", "-id"], name="event_of_kind"),
        ),
        migrations.AddIndex(
            model_name="changeevent",
            index=models.Index(fields=["actor", "-at", "-id"], name="event_of_actor"),
        ),
    ]
