"""The readers of environment variables: what is meant is read, a typo is refused by name."""

import pytest

from actionplan import env
from actionplan.env import Misconfigured

STRONG = "abcdefghij0123456789" * 3


@pytest.mark.parametrize(("value", "meant"), [("True", True), ("False", False), ("", True)])
def test_a_boolean_is_spelled_as_python_spells_it(value, meant):
    assert env.boolean({"HTTPS": value}, "HTTPS", default=True) is meant


def test_a_missing_boolean_is_its_default():
    assert env.boolean({}, "HTTPS", default=True) is True
    assert env.boolean({}, "HTTPS", default=False) is False


@pytest.mark.parametrize("value", ["true", "1", "yes", "on", " True", "Flase"])
def test_another_word_for_a_boolean_is_refused_by_name(value):
    with pytest.raises(Misconfigured, match="HTTPS="):
        env.boolean({"HTTPS": value}, "HTTPS", default=False)


@pytest.mark.parametrize(("value", "number"), [("1", 1), ("80", 80), ("", 8)])
def test_a_number_is_read_up_to_and_including_its_bounds(value, number):
    assert env.integer({"N": value}, "N", default=8, least=1, most=80) == number


@pytest.mark.parametrize("value", ["0", "81", "-1", "8.0", "åtta", " 8"])
def test_a_number_out_of_bounds_or_misspelled_is_refused(value):
    with pytest.raises(Misconfigured, match="from 1 to 80"):
        env.integer({"N": value}, "N", default=8, least=1, most=80)


def test_words_are_parted_by_commas_and_empty_ones_left_out():
    assert env.words({"HOSTS": " a, b,,c "}, "HOSTS", default="x") == ["a", "b", "c"]
    assert env.words({"HOSTS": ""}, "HOSTS", default="x,y") == ["x", "y"]
    assert env.words({}, "HOSTS", default="") == []


def test_a_long_and_varied_secret_is_taken_as_it_is():
    assert env.secret({"SECRET_KEY": STRONG}, "SECRET_KEY", debug=False) == STRONG


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param(STRONG[:49], id="one character short"),
        pytest.param("abcd" * 20, id="four different characters"),
    ],
)
def test_a_weak_secret_is_refused_unless_in_debug_mode(value):
    given = {} if value is None else {"SECRET_KEY": value}
    with pytest.raises(Misconfigured, match="SECRET_KEY is missing or weak"):
        env.secret(given, "SECRET_KEY", debug=False)
    assert env.secret(given, "SECRET_KEY", debug=True)


def test_former_keys_are_as_strong_and_none_is_fine():
    assert env.former_secrets({}, "FORMER", debug=False) == []
    both = f"{STRONG}, {STRONG.upper()}"
    assert env.former_secrets({"FORMER": both}, "FORMER", debug=False) == both.split(", ")
    with pytest.raises(Misconfigured):
        env.former_secrets({"FORMER": f"{STRONG},hemligt"}, "FORMER", debug=False)


def test_a_refused_secret_is_not_repeated_in_the_message():
    with pytest.raises(Misconfigured) as refused:
        env.secret({"SECRET_KEY": "hemligt"}, "SECRET_KEY", debug=False)
    assert "hemligt" not in str(refused.value)


def test_a_machine_may_keep_a_secret_of_its_own_which_must_be_as_strong(tmp_path):
    file = tmp_path / "secret-key"
    with pytest.raises(Misconfigured):
        env.secret({}, "SECRET_KEY", debug=False, file=file)
    file.write_text(f"{STRONG}\n")
    assert env.secret({}, "SECRET_KEY", debug=False, file=file) == STRONG
    other = STRONG.upper()
    assert env.secret({"SECRET_KEY": other}, "SECRET_KEY", debug=False, file=file) == other
    file.write_text("hemligt")
    with pytest.raises(Misconfigured):
        env.secret({}, "SECRET_KEY", debug=False, file=file)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("sqlite:////srv/krav/data.sqlite3", "/srv/krav/data.sqlite3"),
        ("sqlite:///relative.sqlite3", "relative.sqlite3"),
        ("sqlite:////srv/med%20mellanslag.sqlite3", "/srv/med mellanslag.sqlite3"),
    ],
)
def test_a_sqlite_address_names_its_file(value, name):
    database = env.database({"DATABASE_URL": value}, "DATABASE_URL", default="")
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == name


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_postgresql_address_is_taken_apart(scheme):
    value = f"{scheme}://krav:l%C3%B6sen%40ord@db.example:5433/kravkedjan?sslmode=require"
    database = env.database({"DATABASE_URL": value}, "DATABASE_URL", default="")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    parts = [database[part] for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert parts == ["kravkedjan", "krav", "lösen@ord", "db.example", "5433"]
    assert database["OPTIONS"]["sslmode"] == "require"


def test_a_postgresql_socket_comes_as_host_in_the_query():
    value = "postgresql://postgres:@/postgres?host=/run/krav"
    database = env.database({"DATABASE_URL": value}, "DATABASE_URL", default="")
    assert (database["HOST"], database["PORT"]) == ("/run/krav", "")
    assert "host" not in database["OPTIONS"]


def test_postgresql_compiles_no_question_and_counts_on_a_quick_disk():
    database = env.database({"DATABASE_URL": "postgresql://db/krav"}, "DATABASE_URL", default="")
    assert database["OPTIONS"]["options"] == "-c jit=off -c random_page_cost=1.1"


def test_what_the_address_says_of_planning_comes_last():
    value = "postgresql://db/krav?options=-c%20random_page_cost%3D4"
    database = env.database({"DATABASE_URL": value}, "DATABASE_URL", default="")
    assert database["OPTIONS"]["options"].endswith("-c random_page_cost=4")


def test_a_missing_database_is_the_default_one():
    database = env.database({"DATABASE_URL": ""}, "DATABASE_URL", default="sqlite:////srv/x")
    assert database["NAME"] == "/srv/x"


@pytest.mark.parametrize(
    "value",
    ["mysql://a:b@c/d", "sqlite:///", "postgresql://krav@db/", "/srv/data.sqlite3", "kravkedjan"],
)
def test_another_database_is_refused_with_what_fits(value):
    with pytest.raises(Misconfigured, match=r"DATABASE_URL: write sqlite:////absolute"):
        env.database({"DATABASE_URL": value}, "DATABASE_URL", default="")


def test_a_refused_database_address_does_not_tell_its_password():
    with pytest.raises(Misconfigured) as refused:
        env.database({"D": "mysql://krav:hemligt@db/krav"}, "D", default="")
    assert "hemligt" not in str(refused.value)


def test_no_domain_is_listed_without_its_subdomains():
    name = "HSTS_PRELOAD"
    assert env.preload({}, name, subdomains=False) is False
    assert env.preload({name: "True"}, name, subdomains=True) is True
    with pytest.raises(Misconfigured, match="HSTS_SUBDOMAINS=True"):
        env.preload({name: "True"}, name, subdomains=False)


@pytest.mark.parametrize(
    "value", ["", "mailto:fel@region.example", "tel:+46-8-123", "https://region.example/fel"]
)
def test_a_contact_is_an_address_that_says_how_it_is_reached(value):
    assert env.contact({"SECURITY_CONTACT": value}, "SECURITY_CONTACT") == value


@pytest.mark.parametrize(
    "value",
    ["fel@region.example", "http://region.example", "mailto:", "mailto:a@b\nExpires: x", "tel:1"],
)
def test_another_contact_is_refused_by_name(value):
    with pytest.raises(Misconfigured, match="SECURITY_CONTACT="):
        env.contact({"SECURITY_CONTACT": value}, "SECURITY_CONTACT")
