"""The tables of the log-in's library, made at once: those of its other apps with this one's."""

import allauth.account.models
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
                    name="EmailAddress",
                    fields=[
                        (
                            "id",
                            models.AutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                db_index=True, max_length=254, verbose_name="email address"
                            ),
                        ),
                        ("verified", models.BooleanField(default=False, verbose_name="verified")),
                        ("primary", models.BooleanField(default=False, verbose_name="primary")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "email address",
                        "verbose_name_plural": "email addresses",
                        "unique_together": {("user", "email")},
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("primary", True)),
                                fields=("user", "primary"),
                                name="unique_primary_email",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("verified", True)),
                                fields=("email",),
                                name="unique_verified_email",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmailConfirmation",
                    fields=[
                        (
                            "id",
                            models.AutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="created"
                            ),
                        ),
                        ("sent", models.DateTimeField(null=True, verbose_name="sent")),
                        ("key", models.CharField(max_length=64, unique=True, verbose_name="key")),
                        (
                            "email_address",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="account.emailaddress",
                                verbose_name="email address",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "email confirmation",
                        "verbose_name_plural": "email confirmations",
                    },
                    bases=(allauth.account.models.EmailConfirmationMixin, models.Model),
                ),
            ],
            of_others={
                "mfa": [
                    migrations.CreateModel(
                        name="Authenticator",
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
                                "type",
                                models.CharField(
                                    choices=[
                                        ("recovery_codes", "Recovery codes"),
                                        ("totp", "TOTP Authenticator"),
                                        ("webauthn", "WebAuthn"),
                                    ],
                                    max_length=20,
                                ),
                            ),
                            ("data", models.JSONField()),
                            (
                                "created_at",
                                models.DateTimeField(default=django.utils.timezone.now),
                            ),
                            ("last_used_at", models.DateTimeField(null=True)),
                            (
                                "user",
                                models.ForeignKey(
                                    on_delete=django.db.models.deletion.CASCADE,
                                    to=settings.AUTH_USER_MODEL,
                                ),
                            ),
                        ],
                        options={
                            "constraints": [
                                models.UniqueConstraint(
                                    condition=models.Q(("type__in", ("totp", "recovery_codes"))),
                                    fields=("user", "type"),
                                    name="unique_authenticator_type",
                                )
                            ],
                        },
                    ),
                ],
                "socialaccount": [
                    migrations.CreateModel(
                        name="SocialApp",
                        fields=[
                            (
                                "id",
                                models.AutoField(
                                    auto_created=True,
                                    primary_key=True,
                                    serialize=False,
                                    verbose_name="ID",
                                ),
                            ),
                            ("provider", models.CharField(max_length=30, verbose_name="provider")),
                            (
                                "provider_id",
                                models.CharField(
                                    blank=True, max_length=200, verbose_name="provider ID"
                                ),
                            ),
                            ("name", models.CharField(max_length=40, verbose_name="name")),
                            (
                                "client_id",
                                models.CharField(
                                    help_text="App ID, or consumer key",
                                    max_length=191,
                                    verbose_name="client id",
                                ),
                            ),
                            (
                                "secret",
                                models.CharField(
                                    blank=True,
                                    help_text="API secret, client secret, or consumer secret",
                                    max_length=191,
                                    verbose_name="secret key",
                                ),
                            ),
                            (
                                "key",
                                models.CharField(
                                    blank=True, help_text="Key", max_length=191, verbose_name="key"
                                ),
                            ),
                            ("settings", models.JSONField(blank=True, default=dict)),
                        ],
                        options={
                            "verbose_name": "social application",
                            "verbose_name_plural": "social applications",
                        },
                    ),
                    migrations.CreateModel(
                        name="SocialAccount",
                        fields=[
                            (
                                "id",
                                models.AutoField(
                                    auto_created=True,
                                    primary_key=True,
                                    serialize=False,
                                    verbose_name="ID",
                                ),
                            ),
                            (
                                "provider",
                                models.CharField(max_length=200, verbose_name="provider"),
                            ),
                            ("uid", models.CharField(max_length=191, verbose_name="uid")),
                            (
                                "last_login",
                                models.DateTimeField(auto_now=True, verbose_name="last login"),
                            ),
                            (
                                "date_joined",
                                models.DateTimeField(
                                    auto_now_add=True, verbose_name="date joined"
                                ),
                            ),
                            (
                                "extra_data",
                                models.JSONField(default=dict, verbose_name="extra data"),
                            ),
                            (
                                "user",
                                models.ForeignKey(
                                    on_delete=django.db.models.deletion.CASCADE,
                                    to=settings.AUTH_USER_MODEL,
                                ),
                            ),
                        ],
                        options={
                            "verbose_name": "social account",
                            "verbose_name_plural": "social accounts",
                            "unique_together": {("provider", "uid")},
                        },
                    ),
                    migrations.CreateModel(
                        name="SocialToken",
                        fields=[
                            (
                                "id",
                                models.AutoField(
                                    auto_created=True,
                                    primary_key=True,
                                    serialize=False,
                                    verbose_name="ID",
                                ),
                            ),
                            (
                                "token",
                                models.TextField(
                                    help_text='"oauth_token" (OAuth1) or access token (OAuth2)',
                                    verbose_name="token",
                                ),
                            ),
                            (
                                "token_secret",
                                models.TextField(
                                    blank=True,
                                    help_text='"oauth_token_secret" (OAuth1) or refresh token (OAuth2)',
                                    verbose_name="token secret",
                                ),
                            ),
                            (
                                "expires_at",
                                models.DateTimeField(
                                    blank=True, null=True, verbose_name="expires at"
                                ),
                            ),
                            (
                                "account",
                                models.ForeignKey(
                                    on_delete=django.db.models.deletion.CASCADE,
                                    to="socialaccount.socialaccount",
                                ),
                            ),
                            (
                                "app",
                                models.ForeignKey(
                                    blank=True,
                                    null=True,
                                    on_delete=django.db.models.deletion.SET_NULL,
                                    to="socialaccount.socialapp",
                                ),
                            ),
                        ],
                        options={
                            "verbose_name": "social application token",
                            "verbose_name_plural": "social application tokens",
                            "unique_together": {("app", "account")},
                        },
                    ),
                ],
                "usersessions": [
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
                            (
                                "created_at",
                                models.DateTimeField(default=django.utils.timezone.now),
                            ),
                            ("ip", models.GenericIPAddressField()),
                            (
                                "last_seen_at",
                                models.DateTimeField(default=django.utils.timezone.now),
                            ),
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
                ],
            },
        ),
    ]
