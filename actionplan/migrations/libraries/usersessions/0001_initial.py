"""The table of allauth.usersessions, made at once."""

import django.db.models.deletion
import django.utils.timezone
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
                    name="UserSession",
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
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ip", models.GenericIPAddressField()),
                        ("last_seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "session_key",
                            models.CharField(
                                editable=False,
                                max_length=40,
                                unique=True,
                                verbose_name="session key",
                            ),
                        ),
                        ("user_agent", models.CharField(max_length=200)),
                        ("data", models.JSONField(default=dict)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
            ]
        ),
    ]
