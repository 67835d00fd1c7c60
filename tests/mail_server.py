"""The settings of a mail server, whichever Django reads them."""

from django.test import override_settings

from actionplan import env


def mail_at(address: str) -> override_settings:
    """Mail goes to a server, while the context that this is stands open."""
    mail = env.mail({"EMAIL_URL": address}, "EMAIL_URL", debug=False)
    return override_settings(**mail.settings)


def mail_server_away() -> override_settings:
    """Nobody listens at the port."""
    return mail_at("smtp://127.0.0.1:9")
