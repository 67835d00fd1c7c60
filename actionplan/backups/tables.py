"""The tables of a backup: those of every model, but for some that say why they are left out."""

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models

NEVER_WRITTEN: Final = "A table of the log-in's library that nothing here writes to."
NOT_USED: Final = "Rights follow from roles; nobody is given Django's own."
# Models by their label. Whatever is not named here is in the backup.
LEFT_OUT: Final = {
    "auth.Permission": "`migrate` makes them anew, and nobody is given any.",
    "auth.Group": NOT_USED,
    "auth.Group_permissions": NOT_USED,
    "actionplan.User_groups": NOT_USED,
    "actionplan.User_user_permissions": NOT_USED,
    "contenttypes.ContentType": (
        "`migrate` makes them anew, with other keys; a row that has one names it by its words."
    ),
    "account.EmailAddress": NEVER_WRITTEN,
    "account.EmailConfirmation": NEVER_WRITTEN,
    "socialaccount.SocialApp": NEVER_WRITTEN,
    "socialaccount.SocialToken": NEVER_WRITTEN,
    "usersessions.UserSession": "Which browsers are logged in: none is, where it is restored.",
    "sessions.Session": "Whoever is logged in logs in anew: no log-in lies about in a file.",
}
# Tables that no model has.
NO_MODELS: Final = {
    "cache": "Forms and previews that wait for some hours.",
    "django_migrations": "`migrate` writes it; the manifest says what it held.",
    "requirements_pkg_publishedtext_terms": "SQLite's index, filled by triggers as rows come.",
}
# They hold what the migrations wrote into an empty database, which the rows of a backup replace.
# Nobody changes them without having an account, and then there is a person.
REFERENCE: Final = frozenset(
    (
        "actionplan.ProcurementRegion",
        "actionplan.Organisation",
        "risks.LifecycleStage",
        "risks.Dimension",
        "risks.HeadingAlias",
        "requirements_pkg.SearchSynonym",
    )
)
# Their JSON is columns of one row. Any other may be a whole document.
SMALL_JSON: Final = frozenset(("actionplan.ChangeEvent", "actionplan.ChangeLog"))


@dataclass(frozen=True, slots=True)
class BackupTable:
    """The table of a model, and the fields that are its columns."""

    model: type[models.Model]
    fields: tuple[Any, ...]

    @property
    def label(self) -> str:
        """What the manifest calls it."""
        label: str = self.model._meta.label
        return label

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(field.column for field in self.fields)

    @property
    def counts_keys(self) -> bool:
        """Whether the database gives the keys."""
        return isinstance(self.model._meta.pk, models.AutoField | models.BigAutoField)

    @property
    def has_files(self) -> bool:
        """Whether a row may be as large as what somebody uploaded."""
        return any(isinstance(field, models.BinaryField) for field in self.fields)

    @property
    def has_documents(self) -> bool:
        """Whether a row may be as large as a version."""
        is_small = self.label in SMALL_JSON
        return not is_small and any(isinstance(field, models.JSONField) for field in self.fields)


def backup_tables() -> list[BackupTable]:
    """Return the tables of a backup, always in the same order."""
    stored = (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    )
    return [
        BackupTable(model, tuple(model._meta.local_concrete_fields))
        for model in sorted(stored, key=lambda model: model._meta.label)
    ]
