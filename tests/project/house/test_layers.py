"""An app imports only to its left, a room only what lies below it, a pure one no database."""

import json
import logging
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from importlinter.cli import EXIT_STATUS_ERROR, EXIT_STATUS_SUCCESS, lint_imports

from tests.project.house import sources

# The demo, which is a part of the site with DEBUG alone, sees all apps and is seen by none.
ORDER = ["examples", "followup", "requirements_pkg", "risks", "actionplan"]
PYPROJECT = settings.BASE_DIR / "pyproject.toml"
CONTRACTS = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
LAYERS = [contract for contract in CONTRACTS if contract["type"] == "layers"]
FORBIDDEN = [contract for contract in CONTRACTS if contract["type"] == "forbidden"]
# Modules that import what a contract forbids to others.
GUILTY = {
    "django": "actionplan.permissions",
    "import_export": "actionplan.excel.formats",
    "actionplan.models": "requirements_pkg.published.catalogue",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> str:
    """A folder in which the linter keeps what it has read."""
    return str(tmp_path_factory.mktemp("imports"))


@pytest.fixture
def lint(monkeypatch, graph):
    """A function that checks a file of contracts from the root of the repository."""
    monkeypatch.chdir(settings.BASE_DIR)
    loggers = logging.root.manager.loggerDict.values()
    messages = [
        logger for logger in loggers if isinstance(logger, logging.Logger) and not logger.disabled
    ]
    yield lambda file: lint_imports(config_filename=str(file), cache_dir=graph)
    # The linter sets up logging for itself alone, and would silence those of other tests.
    for logger in messages:
        logger.disabled = False


def test_the_contracts_of_the_house_are_kept(lint, capsys):
    assert lint(PYPROJECT) == EXIT_STATUS_SUCCESS
    assert f"{len(CONTRACTS)} kept, 0 broken" in capsys.readouterr().out


def test_there_is_a_contract_of_the_apps_and_one_of_the_rooms_of_each():
    assert [contract.get("containers", ORDER) for contract in LAYERS] == [
        ORDER,
        *([app] for app in ORDER[:0:-1]),
    ]
    assert LAYERS[0]["layers"] == ORDER


def written(contract: dict[str, object], file: Path) -> Path:
    """A file with one contract only."""
    roots = {"root_packages": ORDER, "include_external_packages": True}
    lines = ["[tool.importlinter]", *(f"{key} = {json.dumps(roots[key])}" for key in roots)]
    lines.append("[[tool.importlinter.contracts]]")
    lines += [f"{key} = {json.dumps(value)}" for key, value in contract.items()]
    file.write_text("\n".join(lines))
    return file


@pytest.mark.parametrize("contract", LAYERS, ids=lambda contract: contract["name"])
def test_layers_the_other_way_round_are_broken(lint, tmp_path, capsys, contract):
    """The check above can fail: there are imports, and they all point downwards."""
    backwards = contract | {"layers": contract["layers"][::-1]}
    assert lint(written(backwards, tmp_path / "backwards.toml")) == EXIT_STATUS_ERROR
    assert "0 kept, 1 broken" in capsys.readouterr().out


@pytest.mark.parametrize("contract", FORBIDDEN, ids=lambda contract: contract["name"])
def test_what_imports_what_is_forbidden_is_noticed(lint, tmp_path, capsys, contract):
    guilty = GUILTY[contract["forbidden_modules"][0]]
    wrong = contract | {"source_modules": [guilty]}
    assert lint(written(wrong, tmp_path / "wrong.toml")) == EXIT_STATUS_ERROR
    assert "0 kept, 1 broken" in capsys.readouterr().out


@pytest.mark.parametrize("contract", LAYERS[1:], ids=lambda contract: contract["name"])
def test_every_room_is_in_a_layer(contract):
    [app] = contract["containers"]
    rooms = {name for layer in contract["layers"] for name in layer.split(" | ")}
    folders = {path.parts[1] for path in sources.modules(app) if len(path.parts) > 2}
    assert folders - rooms == set()


def test_every_app_of_the_project_is_a_layer():
    ours = [app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()]
    assert ours == ORDER[::-1]


def test_the_web_process_never_loads_what_only_child_processes_need():
    ours = ("actionplan.excel.reading.reader", "requirements_pkg.tender.pdf")
    code = (
        "import sys, django; django.setup(); import actionplan.urls, actionplan.wsgi;"
        f"print(*(name in sys.modules for name in {(*ours, 'typst')}))"
    )
    environment = {**os.environ, "DEBUG": "True", "DJANGO_SETTINGS_MODULE": "actionplan.settings"}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["True", "True", "False"]
