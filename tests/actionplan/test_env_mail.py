"""The variables of mail and of the site's address: what is meant is read, a typo is refused."""

import pytest
from django.core.mail.backends import console

from actionplan import env
from actionplan.accounts.password_links import new_mailer
from actionplan.env import MAIL_SECONDS, Mail, Misconfigured
from tests.mail_server import mail_at

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("smtp://localhost", Mail(SMTP, "localhost", 25)),
        ("smtp://post.region.example:2525/", Mail(SMTP, "post.region.example", 2525)),
        ("smtp://a:b@localhost", Mail(SMTP, "localhost", 25, "a", "b")),
        ("smtps://a:b@post.example", Mail(SMTP, "post.example", 465, "a", "b", tls=True)),
        (
            "smtp+starttls://krav%40region.example:p%2F%3A%40@post.example",
            Mail(SMTP, "post.example", 587, "krav@region.example", "p/:@", starttls=True),
        ),
        ("console:", Mail(CONSOLE)),
    ],
)
def test_a_mail_server_is_read_from_its_address(value, meant):
    assert env.mail({"EMAIL_URL": value}, "EMAIL_URL", debug=False) == meant


def test_without_a_server_mail_goes_to_the_console_or_to_the_machines_own():
    assert env.mail({}, "EMAIL_URL", debug=True) == Mail(CONSOLE)
    assert env.mail({"EMAIL_URL": ""}, "EMAIL_URL", debug=False) == Mail(SMTP, "localhost", 25)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtps://a:b@post.example", ("post.example", 465, "a", "b", False, True)),
        ("smtp+starttls://a:b@post.example", ("post.example", 587, "a", "b", True, False)),
    ],
)
def test_mails_are_handed_to_the_server_that_the_address_names(address, meant):
    with mail_at(address):
        to = new_mailer()
    assert (to.host, to.port, to.username, to.password, to.use_tls, to.use_ssl) == meant
    assert to.timeout == MAIL_SECONDS


def test_mails_are_written_to_the_console_that_the_address_names():
    with mail_at("console:"):
        assert type(new_mailer()) is console.EmailBackend


@pytest.mark.parametrize(
    "value",
    [
        *("localhost", "http://post.example", "smtp:", "smtp://", "smtps://:25", "consol:"),
        *("smtp://post.example/krav", "smtp://post.example?tls=1", "smtp://post.example:port"),
        *("smtp://post.example:99999", "smtp://[post"),
    ],
)
def test_another_address_of_a_server_is_refused_by_name(value):
    with pytest.raises(Misconfigured, match="EMAIL_URL: write"):
        env.mail({"EMAIL_URL": value}, "EMAIL_URL", debug=False)


def test_a_password_is_not_sent_in_clear_text_to_another_machine():
    with pytest.raises(Misconfigured, match=r"with smtps:// or smtp\+starttls:// only") as refused:
        env.mail({"EMAIL_URL": "smtp://a:hemligt@post.example"}, "EMAIL_URL", debug=False)
    assert "hemligt" not in str(refused.value)


@pytest.mark.parametrize("value", ["a@b.example", "Kravkedjan <a@b.example>"])
def test_a_sender_is_taken_as_it_is(value):
    assert env.mailbox({"FROM": value}, "FROM", default="x@y") == value
    assert env.mailbox({"FROM": ""}, "FROM", default=value) == value


@pytest.mark.parametrize("value", ["a", "a@", "@b", "Kravkedjan", "a@b\nBcc: c@d", "<>"])
def test_another_sender_is_refused_by_name(value):
    with pytest.raises(Misconfigured, match="FROM="):
        env.mailbox({"FROM": value}, "FROM", default="x@y")


@pytest.mark.parametrize(
    ("value", "debug", "meant"),
    [
        ("https://krav.example", False, "https://krav.example"),
        ("https://krav.example/", False, "https://krav.example"),
        ("https://krav.example:8443", False, "https://krav.example:8443"),
        ("http://localhost:8000", True, "http://localhost:8000"),
        ("", False, ""),
        ("", True, "http://localhost:8000"),
    ],
)
def test_the_sites_address_is_read_without_its_last_slash(value, debug, meant):
    assert env.site({"SITE": value}, "SITE", debug=debug) == meant


@pytest.mark.parametrize(
    "value",
    [
        *("krav.example", "http://krav.example", "https://", "https://krav.example/krav"),
        *("https://krav.example?a=1", "https://a:b@krav.example", "https://krav.example:port"),
        *("https://krav.example#a", "https://krav example", "https://[krav"),
    ],
)
def test_another_address_of_the_site_is_refused_by_name(value):
    with pytest.raises(Misconfigured, match="SITE="):
        env.site({"SITE": value}, "SITE", debug=False)
