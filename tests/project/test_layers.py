"""An app imports only to its left, and what reads files knows no Django."""

import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings
from importlinter.cli import EXIT_STATUS_ERROR, EXIT_STATUS_SUCCESS, lint_imports

ORDER = ["followup", "requirements_pkg", "risks", "actionplan"]


@pytest.fixture
def lint(monkeypatch):
    """A function that checks a file of contracts from the root of the repository."""
    monkeypatch.chdir(settings.BASE_DIR)
    loggers = logging.root.manager.loggerDict.values()
    heard = [one for one in loggers if isinstance(one, logging.Logger) and not one.disabled]
    yield lambda file: lint_imports(config_filename=str(file), no_cache=True)
    # The linter sets up logging for itself alone, and would silence those of other tests.
    for one in heard:
        one.disabled = False


def test_the_contracts_of_the_house_are_kept(lint, capsys):
    assert lint(settings.BASE_DIR / "pyproject.toml") == EXIT_STATUS_SUCCESS
    assert "2 kept, 0 broken" in capsys.readouterr().out


def test_a_contract_the_other_way_round_is_broken(lint, tmp_path, capsys):
    """The check above can fail: there are imports, and they all point to the left."""
    names = ", ".join(f'"{name}"' for name in ORDER)
    backwards = ", ".join(f'"{name}"' for name in reversed(ORDER))
    file = tmp_path / "backwards.toml"
    file.write_text(
        f"[tool.importlinter]\nroot_packages = [{names}]\n"
        "[[tool.importlinter.contracts]]\n"
        f'name = "Backwards"\ntype = "layers"\nlayers = [{backwards}]\n'
    )
    assert lint(file) == EXIT_STATUS_ERROR
    assert "0 kept, 1 broken" in capsys.readouterr().out


def test_every_app_of_the_project_is_a_layer():
    ours = [app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()]
    assert ours == ORDER[::-1]


def test_the_web_process_never_loads_what_only_child_processes_need():
    ours = ("actionplan.excel.reading", "requirements_pkg.tender.pdf")
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
