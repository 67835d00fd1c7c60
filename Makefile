# Everything a bare machine with python3, make and git needs. `make help` lists it.
PY ?= python3
APPLICATION_ROLE ?=
PORT ?= 8000
PIP = -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all:
MANAGE = .venv/bin/python manage.py
# Each suite tells under which name it was made, and how long that took.
PYTEST = MADE=$@ .venv/bin/python -m pytest -q
GUNICORN = PORT=$(PORT) .venv/bin/gunicorn --config deploy/gunicorn.conf.py
# Says in a sentence what the machine lacks, with a port whether it is free.
PREFLIGHT = command -v $(PY) >/dev/null || { echo "There is no $(PY): install Python 3.11 or later." >&2; exit 1; }; $(PY) deploy/preflight.py

.DEFAULT_GOAL = install
.PHONY: help install run demo-national upgrade test test-sqlite test-postgres test-browser \
	test-newest lint style rules mutants hostile audit sbom bench messages lock clean remove-data

# Only what is for a developer's own machine; an upgrade takes DEBUG from its environment.
run demo-national test test-sqlite test-postgres test-browser test-newest lint style rules mutants \
	hostile bench messages: export DEBUG ?= True

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' Makefile

install: .venv/run.ok var/secret-key ## the application and its dependencies, into .venv

run: ## the demo on http://127.0.0.1:8000 (PORT=8080 make run elsewhere); it keeps its data
	@$(PREFLIGHT) $(PORT)
	@$(MAKE) --no-print-directory install
	@$(MANAGE) seed_demo --port $(PORT)
	@$(GUNICORN)

# A file in var/ of its own, or the database that DATABASE_URL names. SIZE=small makes a twentieth.
SMALL = $(if $(filter small,$(SIZE)),-small)
demo-national: export DATABASE_URL ?= sqlite:///$(CURDIR)/var/national$(SMALL).sqlite3
demo-national: ## the same with a made-up nation, on a database of its own (SIZE=small: a part of it)
	@$(PREFLIGHT) $(PORT)
	@$(MAKE) --no-print-directory install
	@$(MANAGE) seed_demo --national $(SMALL:-%=--%) --port $(PORT)
	@$(GUNICORN)

upgrade: install ## after new code, in the environment of the server: database, files, checks
	@echo "Database: $$(echo "$${DATABASE_URL:-var/kravkedjan.sqlite3}" | sed 's#//.*@#//#')"
	$(MANAGE) migrate --noinput
	$(MANAGE) catch_up
	@[ -z "$(APPLICATION_ROLE)" ] || $(MANAGE) grant_application "$(APPLICATION_ROLE)"
	$(MANAGE) collectstatic --noinput --verbosity 0
	@[ "$$DEBUG" = True ] || $(MANAGE) check --deploy
	@echo "Now restart the server: systemctl restart kravkedjan, or as it is run here."

test: test-sqlite test-postgres test-browser ## the whole suite, on SQLite and on PostgreSQL

# It fails where too few lines or branches of the application were gone through.
test-sqlite: .venv/test.ok ## the suite on SQLite, but for the browser tests, and what it goes through
	MEASURE=True $(PYTEST) -m "not browser"

# A server from its wheel, or the one that DATABASE_URL names. What no database has a part in has
# been tried on SQLite; so have files that strangers send.
test-postgres: .venv/test.ok ## what asks a database, on PostgreSQL from its wheel or as DATABASE_URL says
	TEST_POSTGRES=True $(PYTEST) -m "database and not browser" --ignore=tests/hostile

# Pages look the same on every database.
test-browser: .venv/test.ok ## the browser tests on SQLite, where Chromium is
	$(PYTEST) tests/browser

# Django's newest version on the newest Python that it is tried with, where that is at hand. The
# lock is for 3.11 and Django 5.2; all but Django is the same here.
NEWEST = python3.13
QUICK = tests/actionplan/backoffice/test_admin_forms.py tests/actionplan/test_unavailable.py \
	tests/requirements_pkg/actions/test_publishing.py tests/requirements_pkg/admin/test_package_pages.py \
	tests/followup/reminders/test_sending.py tests/project/back_office/test_deletion.py
test-newest: ## the quick part of the suite on Django 6.1 and Python 3.13, if that is here
	@for python in $(NEWEST) $$HOME/.pyenv/versions/3.13.*/bin/$(NEWEST); do \
		if $$python -m ensurepip --version >/dev/null 2>&1; then \
			exec $(MAKE) --no-print-directory quick-newest NEWEST=$$python; \
		fi; \
	done; echo "No $(NEWEST) here: not tried on Django 6.1."

.PHONY: quick-newest
quick-newest: .venv-newest/test.ok
	MADE=$@ .venv-newest/bin/python -m pytest -q -m "not browser" -p no:cacheprovider $(QUICK)

.venv-newest/test.ok: requirements-test.txt requirements-newest.txt
	@$(NEWEST) -m venv --clear .venv-newest
	@sed '/^django==/,/^[a-z]/{/^django==/d;/^ /d}' requirements-test.txt >.venv-newest/all-but-django.txt
	@.venv-newest/bin/python $(PIP) -r .venv-newest/all-but-django.txt -r requirements-newest.txt
	@touch $@

lint: style rules test-newest ## style, templates, types, the house's own rules, and test-newest

style: .venv/lint.ok
	.venv/bin/ruff check -q .
	.venv/bin/ruff format -q --check .
	.venv/bin/djlint --quiet --check --lint templates
	.venv/bin/mypy

# Part of the suite too: after `make test` they need not run again.
rules: .venv/test.ok
	$(PYTEST) tests/project/house

mutants: .venv/test.ok ## takes guards away one by one; each time a test has to fail
	@.venv/bin/python -m tests.mutants

hostile: .venv/test.ok ## rubbish to every address and in every form, sent by each kind of person
	HOSTILE_EVERYBODY=True HOSTILE_REQUESTS=$${HOSTILE_REQUESTS:-1500} HOSTILE_FORMS=$${HOSTILE_FORMS:-10} \
		$(PYTEST) tests/project/hostile

audit: .venv/test.ok ## looks the dependencies up among known faults (AUDIT_DATABASE or pip-audit)
	@.venv/bin/python deploy/audit.py

sbom: ## what the application is made of, as CycloneDX (make -s sbom >kravkedjan.cdx.json)
	@$(PY) deploy/sbom.py

bench: .venv/test.ok ## one ratio per budget, each against its floor in the same run
	.venv/bin/python -m benchmarks

messages: .venv/test.ok ## after a change of texts: the Swedish catalogue, and what lacks Swedish
	@$(MANAGE) makemessages
	@$(MANAGE) compilemessages

UV = uv pip compile --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	--no-annotate -q --upgrade
LOCK = $(UV) --universal --python-version 3.11 pyproject.toml
lock: ## for maintainers with uv: new versions, hashed, without any index address
	$(LOCK) -o requirements.txt
	$(LOCK) --group test --group e2e -c requirements.txt -o requirements-test.txt
	$(LOCK) --group lint -c requirements-test.txt -o requirements-lint.txt
	echo 'django>=6.1,<6.2' | $(UV) --no-deps --python-version 3.13 - -o requirements-newest.txt
	! grep -nE 'https?://|--index|--extra-index|--find-links' requirements*.txt

clean: ## what was installed and collected; the databases in var/ stay
	rm -rf .venv .venv-newest staticfiles .coverage

remove-data: ## the databases in var/ and the key beside them, after asking
	@printf 'Remove var/ with every database in it for good? Type yes: '; read -r answer; \
		[ "$$answer" = yes ] && rm -rf var || echo "Nothing was removed."

# What signs cookies and links where SECRET_KEY is not set: only this machine knows it.
var/secret-key:
	@mkdir -p var
	@umask 077; $(PY) -c "import secrets; print(secrets.token_urlsafe(60))" >$@

.venv/run.ok: requirements.txt
	@$(PREFLIGHT)
	@echo "Installing into .venv …"
	@$(PY) -m venv .venv
	@.venv/bin/python $(PIP) -r $<
	@touch $@

.venv/test.ok: requirements-test.txt .venv/run.ok
	@.venv/bin/python $(PIP) -r $<
	@touch $@

.venv/lint.ok: requirements-lint.txt .venv/test.ok
	@.venv/bin/python $(PIP) -r $<
	@touch $@
