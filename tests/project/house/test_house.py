"""The rules of CONTRIBUTING.md about code, as far as a program can check them."""

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from actionplan.management.commands.makemessages import KEYWORDS
from tests.project.house import sources
from tests.project.house.breaking import APPS

MOST_LINES, MOST_IN_FUNCTION = 400, 40
# How often code says `Any`, which is for what Django hands over (actionplan/django_edges/): who
# types something takes it down.
MOST_ANY = 343
DRAWERS = {"utils", "helpers", "services", "selectors", "common", "misc"}
PUBLISHED_DOCUMENT = "requirements_pkg/document/schema.py"
# A row and its record: their names are those of the document's JSON Schema, too.
SAME_IN_THE_DOCUMENT = {
    "Contact",
    "Goal",
    "Indicator",
    "Lesson",
    "ProductArea",
    "Requirement",
    "SubGoal",
}
# What a docstring begins with that says what is there, not what the function does; ruff sees the
# verbs in another form (D401), but no nouns.
NO_VERBS = re.compile(
    "A|About|Above|All|An|Another|As|At|By|Each|Every|Everything|For|From|How|In|Its?|No|Nothing|Of|"
    "On|One|Only|Other|Refused|Several|So|Some|Somebody|Text|The|Those|Two|Until|What|When|Where|"
    "Whether|Which|Who|Whoever|Whose|With|.*[^s]s"
)
SIGNALS = ("django.dispatch", "django.db.models.signals")


def too_long(*folders: str, suffix: str, most: int) -> dict[str, int]:
    """The files that have more lines than they may."""
    lengths = {}
    for path in sources.tracked():
        if path.parts[0] in folders and path.suffix == suffix and "migrations" not in path.parts:
            lines = len(sources.text(path).splitlines())
            if lines > most:
                lengths[str(path)] = lines
    return lengths


def test_no_module_is_longer_than_400_lines():
    assert too_long(*APPS, "examples", "benchmarks", suffix=".py", most=MOST_LINES) == {}


def test_no_test_file_is_longer_than_400_lines():
    assert too_long("tests", suffix=".py", most=MOST_LINES) == {}


def test_no_template_is_longer_than_120_lines():
    assert too_long("templates", suffix=".html", most=120) == {}


def test_the_limit_would_notice_a_long_file():
    assert "tests/conftest.py" in too_long("tests", suffix=".py", most=10)


def test_no_function_is_longer_than_40_lines():
    lengths = {
        f"{path}: {node.name}": lines
        for path in sources.app_modules()
        for node in sources.functions(path)
        if (lines := node.end_lineno - node.lineno + 1) > MOST_IN_FUNCTION
    }
    assert lengths == {}


def test_no_function_imports_a_module_of_ours():
    """Inside a function it hides a cycle; Django wants it in `ready`, and there alone."""
    imports = [
        f"{path}:{node.lineno}"
        for path in sources.modules(*APPS, "examples")
        for function in sources.functions(path)
        for node in sources.ast.walk(function)
        if {name.split(".")[0] for name in sources.imported(node)} & {*APPS, "examples"}
        if (path.name, function.name) != ("apps.py", "ready")
    ]
    assert imports == []


def test_nothing_is_imported_for_its_types_alone():
    paths = sources.modules(*APPS, "examples")
    assert [path for path in paths if "TYPE_CHECKING" in sources.text(path)] == []


def untyped(*trees: ast.AST) -> int:
    """Count the uses of `Any`."""
    nodes = (node for tree in trees for node in ast.walk(tree))
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in nodes)


def test_what_is_untyped_only_becomes_less():
    paths = sources.modules(*APPS, "examples")
    assert untyped(*map(sources.tree, paths)) <= MOST_ANY


def test_an_untyped_value_is_noticed():
    assert untyped(ast.parse("def f(row: dict[str, Any]) -> Any: ...")) == 2


def is_of_a_verb(docstring: str) -> bool:
    """Tell whether the first word may be a verb: no plural, no small word, no quotation."""
    first = docstring.split()[0].strip(".,:;")
    return first.isalpha() and not NO_VERBS.fullmatch(first)


def test_a_functions_docstring_says_what_it_does():
    docstrings = [
        f"{path}:{function.lineno} {docstring.splitlines()[0]}"
        for path in sources.modules(*APPS, "examples")
        for function in sources.functions(path)
        if (docstring := ast.get_docstring(function)) and not is_of_a_verb(docstring)
        # A property is a thing.
        if not any("property" in ast.unparse(decorator) for decorator in function.decorator_list)
    ]
    assert docstrings == []


@pytest.mark.parametrize("docstring", ["Rows that wait.", "All of it.", "`a` or `b`.", "Who may."])
def test_a_docstring_of_a_thing_is_noticed(docstring):
    assert not is_of_a_verb(docstring)
    assert is_of_a_verb("Address the rows that wait.")


def classes() -> dict[str, list[str]]:
    """The modules of each class name, but for management commands, which Django names."""
    modules = defaultdict(list)
    for path in sources.app_modules():
        for node in sources.tree(path).body:
            if isinstance(node, ast.ClassDef) and "commands" not in path.parts:
                modules[node.name].append(str(path))
    return modules


def test_a_class_name_stands_in_one_module():
    """The published document alone has records of the same names as the rows they are made of."""
    several = {name: set(places) for name, places in classes().items() if len(places) > 1}
    assert several.keys() == SAME_IN_THE_DOCUMENT
    assert [name for name, places in several.items() if PUBLISHED_DOCUMENT not in places] == []
    assert {len(places) for places in several.values()} == {2}


def test_nothing_listens_to_signals():
    listeners = [
        f"{path}: {name}"
        for path in sources.app_modules()
        for node in sources.ast.walk(sources.tree(path))
        for name in sources.imported(node)
        if name.startswith(SIGNALS)
    ]
    assert listeners == []


def test_a_module_is_a_topic_and_never_a_drawer():
    assert [path for path in sources.app_modules() if path.stem in DRAWERS] == []
    folders = {part for path in sources.app_modules() for part in path.parts[:-1]}
    assert folders & DRAWERS == set()


def test_the_apps_are_what_is_checked():
    """A wrong folder name would make every rule above hold for nothing."""
    assert {path.parts[0] for path in sources.app_modules()} == set(APPS)
    assert len(sources.app_modules()) > 50


@pytest.fixture
def migrations():
    return {
        key: migration
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key[0] in APPS
    }


def test_a_migration_has_a_name_that_says_what_it_does(migrations):
    assert [key for key in migrations if "_auto_" in key[1]] == []
    assert all(name[:4].isdigit() and len(name) > 8 for _app, name in migrations)


def test_a_migration_can_be_taken_back(migrations):
    steps = [
        (key, step)
        for key, migration in migrations.items()
        for step in migration.operations
        if isinstance(step, RunPython | RunSQL)
    ]
    assert steps
    assert [key for key, step in steps if not step.reversible] == []


def test_a_migration_imports_none_of_our_code():
    """But for what stands beside it, and like it is never changed."""
    imports = [
        f"{path}: {name}"
        for path in sources.modules(*APPS, migrations=True)
        if "migrations" in path.parts
        for node in sources.ast.walk(sources.tree(path))
        for name in sources.imported(node)
        if name.split(".")[0] in APPS and not name.startswith("actionplan.migrations._")
    ]
    assert imports == []


def test_no_migration_lets_the_guard_of_what_is_published_stand_aside():
    """What has to be told of stored versions is kept beside them."""
    paths = [
        path
        for path in sources.modules(*APPS, migrations=True)
        if "migrations" in path.parts and "DISABLE TRIGGER" in sources.text(path).upper()
    ]
    assert paths == []


BACK_AND_FORTH = f"""
import django
from django.core.management import call_command
from django.db import connection

django.setup()
call_command("migrate", verbosity=0)
for app in {APPS[::-1]}:
    call_command("migrate", app, "zero", verbosity=0, skip_checks=True)
left = connection.introspection.table_names()
assert not [name for name in left if name.startswith({APPS})], left
call_command("migrate", verbosity=0)
assert "risks_riskcell" in connection.introspection.table_names()
"""


def test_every_migration_goes_back_to_nothing_and_forth_again(tmp_path):
    """In a process and a database of its own, which no other test leans on."""
    place = {
        "DJANGO_SETTINGS_MODULE": "actionplan.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        "DEBUG": "True",
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BACK_AND_FORTH],
        cwd=sources.ROOT,
        env=os.environ | place,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_no_migration_is_pending(db):
    output = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output)
    except SystemExit:
        pytest.fail(output.getvalue())


def test_no_message_stands_within_an_f_string():
    """Where `makemessages` does not find it: the page would say it in English."""
    calls = [
        f"{path}: {ast.unparse(call)}"
        for path in sources.app_modules()
        for text in ast.walk(sources.tree(path))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in KEYWORDS
    ]
    assert calls == []


def test_nothing_is_untranslated():
    try:
        call_command("makemessages", check=True)
    except CommandError as error:
        pytest.fail(str(error))
