# Everything a bare machine with python3, make and git needs.
PY ?= python3
PORT ?= 8000
PIP = .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all:
MANAGE = .venv/bin/python manage.py
PYTEST = .venv/bin/python -m pytest -q
MO = locale/sv/LC_MESSAGES/django.mo

export DEBUG ?= True

.PHONY: install run demo-national test test-sqlite test-postgres lint bench messages lock clean

install: .venv/run.ok $(MO)

# Starts the demo on http://127.0.0.1:8000 (PORT=8080 make run); the second time it keeps the data.
run: install
	@mkdir -p var
	@$(MANAGE) seed_demo --port $(PORT)
	@.venv/bin/gunicorn actionplan.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --threads 8 \
		--limit-request-line 8190 --no-control-socket --log-level warning

# The same with made-up plans of all procurement regions, on a database of its own.
demo-national: export DATABASE_URL = sqlite:///$(CURDIR)/var/national.sqlite3
demo-national: install
	@mkdir -p var
	@$(MANAGE) seed_demo --national --port $(PORT)
	@.venv/bin/gunicorn actionplan.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --threads 8 \
		--limit-request-line 8190 --no-control-socket --log-level warning

# The whole suite, on SQLite and then on a real PostgreSQL.
test: test-sqlite test-postgres

test-sqlite: .venv/test.ok $(MO)
	$(PYTEST)

# A server from its wheel, or the one that DATABASE_URL names. Pages look the same on it: no browser.
test-postgres: .venv/test.ok $(MO)
	TEST_POSTGRES=True $(PYTEST) -m "not browser"

lint: .venv/lint.ok $(MO)
	.venv/bin/ruff check -q .
	.venv/bin/ruff format -q --check .
	.venv/bin/djlint --quiet --check --lint templates
	.venv/bin/mypy
	$(PYTEST) tests/project/test_house.py tests/project/test_layers.py tests/project/test_repository.py

# One ratio per budget, each against its floor in the same run.
bench: .venv/test.ok $(MO)
	.venv/bin/python -m benchmarks

# After a change of texts: brings the Swedish catalogue up to date and says what lacks Swedish.
messages: .venv/test.ok
	$(MANAGE) makemessages

# For maintainers, with uv on the path: new versions, hashed, without any index address.
UV = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate -q pyproject.toml
lock:
	$(UV) --upgrade -o requirements.txt
	$(UV) --upgrade --group test --group e2e -c requirements.txt -o requirements-test.txt
	$(UV) --upgrade --group lint -c requirements-test.txt -o requirements-lint.txt
	! grep -nE 'https?://|--index|--extra-index|--find-links' requirements*.txt

clean:
	rm -rf .venv var staticfiles $(MO)

$(MO): locale/sv/LC_MESSAGES/django.po | .venv/run.ok
	@$(MANAGE) compilemessages

.venv/run.ok: requirements.txt
	@echo "Installing into .venv …"
	@$(PY) -m venv .venv
	@$(PIP) -r $<
	@touch $@

.venv/test.ok: requirements-test.txt .venv/run.ok
	@$(PIP) -r $<
	@touch $@

.venv/lint.ok: requirements-lint.txt .venv/test.ok
	@$(PIP) -r $<
	@touch $@
