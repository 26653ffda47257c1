# The two commands are `make run` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint types unit postgres journeys journeys-and-types tools-and-lint bench proof format assets wheel locks clean ready-to-run ready-to-test tools

PORT ?= 8000
DEMO ?= 1
BIN := .venv/bin
export PYTHON
# What Python has read once is kept, whatever the machine says: a test run reads product and tests in many processes.
unexport PYTHONDONTWRITEBYTECODE

# What only a database can change is tried on both, as tests/chosen.py says; the rest would only repeat itself.
ON_BOTH := tests/findings tests/audit_app
BOTH_CORES := -n 2 --dist worksteal
# That plugin reads every file of ours for constants before the first test; its tests run without it as well.
NO_GUESSES := -p no:hypothesispytest
# A file's journeys share a council: each file is walked in one process.
TWO_BROWSERS := -n 2 --dist loadfile --no-loadscope-reorder $(NO_GUESSES)
APART := --ignore=tests/journeys --ignore=tests/bench --ignore=tests/proof
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11.1 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make locks"

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1	/' | expand -t 16

run: ready-to-run assets ## serve on 127.0.0.1:8000 with the worker beside it (PORT=8080, DEMO=0 for an empty start)
	@exec $(BIN)/audit-app run --host 127.0.0.1 --port $(PORT) $(if $(filter 0,$(DEMO)),--empty)

test: tools-and-lint unit postgres journeys-and-types ## everything: lint, types, tests on SQLite and PostgreSQL, browser journeys

lint: ready-to-test ## style, layout and which way the imports run
	@echo "== ruff check"; $(BIN)/ruff check .
	@echo "== ruff format --check"; $(BIN)/ruff format --check .
	@echo "== lint-imports"; $(BIN)/lint-imports

types: ready-to-test ## types: strict for the two libraries, true everywhere
	@echo "== mypy"; $(BIN)/mypy

unit: ready-to-test assets tools ## the tests on SQLite, without the browser journeys and what waits for the proof
	@echo "== pytest on SQLite"; AUDIT_TEST_DATABASE=sqlite $(BIN)/pytest tests $(APART) $(BOTH_CORES)

postgres: ready-to-test assets tools ## what a database can change, on PostgreSQL (TEST_DATABASE_URL or one of our own)
	@echo "== pytest on PostgreSQL"; AUDIT_TEST_DATABASE=postgresql $(BIN)/pytest $(ON_BOTH) $(BOTH_CORES) $(NO_GUESSES)

journeys: ready-to-test assets tools ## the browser journeys
	@echo "== pytest, journeys in Chromium"; $(BIN)/pytest tests/journeys $(TWO_BROWSERS)

# What is fetched waits for others: style is looked at meanwhile.
tools-and-lint: | ready-to-test
	@requirements/environment.sh tools & tools=$$!; ended=0; \
	$(MAKE) --no-print-directory assets lint || ended=$$?; wait $$tools || ended=$$?; exit $$ended

# Two browsers do not fill two cores, for each waits for its pages: mypy takes what they leave.
journeys-and-types: ready-to-test assets tools
	@mkdir -p build; nice $(BIN)/mypy >build/types.log 2>&1 & types=$$!; ended=0; \
	echo "== pytest, journeys in Chromium; mypy beside them"; $(BIN)/pytest tests/journeys $(TWO_BROWSERS) || ended=$$?; \
	wait $$types || ended=$$?; echo "== mypy"; cat build/types.log; exit $$ended

bench: ready-to-test assets ## what must be fast: prints its figures and which fall short
	@$(BIN)/pytest tests/bench -s -p no:cacheprovider

proof: ready-to-test assets tools ## fault, fuzz and attack runs in full, then every test with nothing left out, on both databases
	@AUDIT_MANY_AUDITS=1000 $(BIN)/pytest tests/proof tests/audit_app/test_full_disk.py tests/audit_app/test_low_disk.py \
		tests/audit_app/test_installation.py tests/audit_app/audits/test_frozen_versions.py
	@AUDIT_TEST_WHOLE=1 $(MAKE) --no-print-directory unit postgres journeys

format: ready-to-test ## lay out the code and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

assets: | ready-to-run ## build the page styles and fonts, if their sources changed
	@$(BIN)/python requirements/assets/build.py

wheel: ready-to-run assets ## the wheel, its bill of materials (CycloneDX) and the source archive, into dist/
	@$(BIN)/uv build --quiet --python $(BIN)/python --no-build-isolation --out-dir dist
	@$(BIN)/python requirements/sbom.py dist
	@ls dist

locks: ready-to-run ## work out the hashed locks anew (UPGRADE=--upgrade for newer versions) and look up known holes
	@$(LOCK) $(UPGRADE) pyproject.toml --output-file requirements/run.lock
	@$(LOCK) $(UPGRADE) pyproject.toml requirements/dev.in --constraints requirements/run.lock --output-file requirements/dev.lock
	@$(LOCK) $(UPGRADE) requirements/build.in --constraints requirements/dev.lock --output-file requirements/build.lock
	@$(LOCK) $(UPGRADE) requirements/servers.in --output-file requirements/servers.lock
	@$(LOCK) $(UPGRADE) requirements/installer.in --output-file requirements/installer.lock
	@$(BIN)/python requirements/advisories.py $(BIN)/uv

clean: ## remove what was built or cached, .venv included; never the data folder
	@rm -rf .venv build dist audit_app/static/govuk audit_app/paper/fonts
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find audit_app frameworks findings tests requirements -name __pycache__ -type d -prune -exec rm -rf {} +

ready-to-run:
	@requirements/environment.sh run

ready-to-test:
	@requirements/environment.sh test

tools: | ready-to-test
	@requirements/environment.sh tools
