"""The container and its database, as docker-compose.yml and the Dockerfile say."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from tests.project.house import sources
from tests.project.house.breaking import APPS
from tests.project.house.sources import ROOT

VARIABLE = re.compile(r"\$\{(\w+)")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def dockerfile() -> list[str]:
    """The instructions, each on a line of its own, without comments."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def read_by_settings() -> set[str]:
    """The variables that the settings ask the environment for."""
    names = set()
    for node in ast.walk(sources.tree(Path("actionplan/settings.py"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            at = 1 if called.startswith("env.") else 0 if called.startswith("os.environ") else None
            if at is not None:
                names.add(ast.literal_eval(node.args[at]))
        assert not (isinstance(node, ast.Subscript) and "environ" in ast.unparse(node.value))
    return names


def read_by_gunicorn() -> set[str]:
    """The variables that the server's own settings ask for."""
    text = (ROOT / "deploy/gunicorn.conf.py").read_text()
    return set(re.findall(r'environ\.get\("(\w+)"\)', text))


def in_example() -> set[str]:
    return set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.M))


def test_the_settings_are_read_at_all():
    assert {"DEBUG", "SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"} <= read_by_settings()


def test_no_other_module_reads_the_environment():
    paths = [
        path
        for path in sources.app_modules()
        if "os.environ" in sources.text(path) or "getenv" in sources.text(path)
    ]
    # wsgi.py names the settings module, as Django wants it.
    assert {str(path) for path in paths} <= {"actionplan/settings.py", "actionplan/wsgi.py"}


def test_the_example_lists_every_variable_that_the_settings_read():
    assert read_by_settings() <= in_example()


def test_the_example_lists_no_variable_that_nobody_reads(compose):
    others = set(VARIABLE.findall((ROOT / "docker-compose.yml").read_text()))
    others |= read_by_gunicorn() | set(
        re.findall(r"^(\w+) \?=", (ROOT / "Makefile").read_text(), re.M)
    )
    assert in_example() <= read_by_settings() | others


def test_the_web_service_is_given_only_what_the_settings_know(compose):
    environment = set(compose["services"]["web"]["environment"])
    assert environment <= read_by_settings() | read_by_gunicorn()
    # What the settings need when DEBUG is off.
    assert {"SECRET_KEY", "DATABASE_URL", "DATABASE_PASSWORD", "ALLOWED_HOSTS"} <= environment


def test_what_the_file_asks_of_its_reader_stands_in_the_example(compose):
    variables = set(VARIABLE.findall((ROOT / "docker-compose.yml").read_text()))
    assert {"SECRET_KEY", "POSTGRES_PASSWORD", "APPLICATION_PASSWORD"} <= variables <= in_example()


def test_a_missing_secret_stops_the_start_and_none_is_written_down(compose):
    values = [
        value
        for service in compose["services"].values()
        for name, value in service.get("environment", {}).items()
        if name.endswith(("_PASSWORD", "_KEY"))
    ]
    assert len(values) == 6
    for value in values:
        assert re.fullmatch(r"\$\{(SECRET_KEY|(POSTGRES|APPLICATION)_PASSWORD):\?.+\}", value)


def test_the_database_is_postgresql_16_with_a_volume_of_its_own(compose):
    db = compose["services"]["db"]
    assert db["image"] == "postgres:16"
    (volume,) = db["volumes"]
    name, place = volume.split(":")
    assert name in compose["volumes"]
    assert place == "/var/lib/postgresql/data"
    assert "ports" not in db


def test_the_web_service_waits_until_the_database_answers(compose):
    assert compose["services"]["web"]["depends_on"]["db"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", ["proxy", "web", "db"])
def test_every_service_has_a_health_check_and_starts_again(compose, name):
    service = compose["services"][name]
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


def test_the_database_of_the_address_is_the_one_that_is_made(compose):
    owner, db = (compose["services"][name]["environment"] for name in ("migrate", "db"))
    assert owner["DATABASE_URL"] == f"postgresql://{db['POSTGRES_USER']}@db/{db['POSTGRES_DB']}"
    # A variable of its own, in which no sign has a meaning.
    assert owner["DATABASE_PASSWORD"] == db["POSTGRES_PASSWORD"]


def test_the_server_is_a_role_that_owns_no_table(compose):
    """It is let in by whoever owns them, before it starts, and is never told the owner's word."""
    migrate, web = (compose["services"][name] for name in ("migrate", "web"))
    server, owner = (service["environment"] for service in (web, migrate))
    role = server["DATABASE_URL"].removeprefix("postgresql://").split("@")[0]
    assert role != owner["DATABASE_URL"].removeprefix("postgresql://").split("@")[0]
    assert f"grant_application {role} --password" in migrate["command"][-1]
    assert owner["APPLICATION_PASSWORD"] == server["DATABASE_PASSWORD"]
    assert "POSTGRES_PASSWORD" not in str(web)
    assert web["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert "migrate" not in " ".join(web["command"])


def test_visitors_reach_the_proxy_only(compose):
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    for volume in services["proxy"]["volumes"]:
        source, _place, mode = volume.split(":")
        assert (ROOT / source).is_file()
        assert mode == "ro"


def test_who_says_who_the_visitor_is_comes_from_this_machine(compose):
    """The proxy believes whoever reaches it through Docker's network."""
    assert "real_ip_header X-Forwarded-For;" in directives("application-compose.conf")
    assert "real_ip_header" not in directives("application-local.conf")
    (port,) = compose["services"]["proxy"]["ports"]
    assert port.startswith("127.0.0.1:")


def directives(path: str) -> str:
    """A configuration of nginx without its comments."""
    return re.sub(r"#.*", "", (ROOT / "deploy/nginx" / path).read_text())


def test_the_proxy_waits_for_slow_visitors_and_lets_them_go():
    text = directives("kravkedjan.conf")
    assert "proxy_request_buffering on;" in text
    assert "proxy_buffering on;" in text
    for wait in ("client_header_timeout", "client_body_timeout", "send_timeout"):
        (seconds,) = re.findall(rf"\b{wait}\s+(\d+)s;", text)
        assert 0 < int(seconds) <= 30


def test_the_proxy_takes_what_the_application_takes_and_no_more(settings):
    text = directives("kravkedjan.conf")
    assert "client_max_body_size 21m;" in text
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 21 * 1024 * 1024
    assert "large_client_header_buffers 4 8k;" in text


@pytest.mark.parametrize(
    ("path", "place"),
    [("application-compose.conf", "web:8000"), ("application-local.conf", "127.0.0.1:8000")],
)
def test_the_proxy_knows_where_the_application_is(path, place):
    assert f"set $application {place};" in directives(path)
    assert "proxy_pass http://$application;" in directives("kravkedjan.conf")


def test_the_server_is_told_in_one_place_how_to_run():
    for path in ("Makefile", "Dockerfile", "benchmarks/measuring/load.py", "docs/operations.md"):
        text = (ROOT / path).read_text()
        assert "deploy/gunicorn.conf.py" in text
        assert "--threads" not in text
        assert "--worker-class" not in text


def test_the_image_is_compiled_when_it_is_built(dockerfile):
    assert any("compileall" in line for line in dockerfile if line.startswith("RUN"))
    assert "PYTHONDONTWRITEBYTECODE" not in "".join(dockerfile)


def test_the_image_runs_as_somebody_without_rights(dockerfile):
    users = [line.split()[1] for line in dockerfile if line.startswith("USER ")]
    assert users
    assert users[-1] not in ("root", "0")
    assert any("useradd" in line and users[-1] in line for line in dockerfile)
    start = [at for at, line in enumerate(dockerfile) if line.startswith("CMD")]
    assert dockerfile.index(f"USER {users[-1]}") < start[-1]


def test_the_image_checks_its_health_and_installs_what_is_locked(dockerfile):
    assert any(line.startswith("HEALTHCHECK") for line in dockerfile)
    (install,) = [line for line in dockerfile if "pip install" in line]
    assert "--require-hashes" in install
    assert "-r requirements.txt" in install


def test_the_image_runs_the_python_that_the_project_is_locked_for(dockerfile):
    assert dockerfile[0] == "FROM python:3.11-slim"
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text()


def test_the_image_holds_every_app_and_no_test(dockerfile):
    copies = [line.split()[1:-1] for line in dockerfile if line.startswith("COPY")]
    copied = {word for words in copies for word in words}
    assert {*APPS, "templates", "static", "locale"} <= copied
    assert copied.isdisjoint({"tests", "benchmarks", "examples", "."})
