# Everything here sets up what it needs, on a machine with Python 3.10 or later and Git.
# PYTHON is the interpreter to use, VENV where its environment goes.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 2
TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test test-quick lint format picture benchmark oracles editors vsix clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$NF }' $(MAKEFILE_LIST)

demo: $(VENV)/.ready  ## check a sample project with something of each kind
	@$(BIN)/vlint routes tests/projects/storefront
	@echo
	@$(BIN)/vlint --exit-zero tests/projects/storefront

# Editors need packages of the system, so they are installed only where every test is required to run.
test: $(VENV)/.ready-test oracles .cache/sarif/.ready $(if $(VLINT_REQUIRE_ALL),editors)  ## every test, the proofs by the platform's own code included
	$(BIN)/python -m pytest -n $(WORKERS) --durations=15 $(TESTS)

test-quick: $(VENV)/.ready-test  ## every test but the proofs
	$(BIN)/python -m pytest -n $(WORKERS) -q --durations=5 -m "not proof" $(TESTS)

lint: $(VENV)/.ready-lint  ## style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.ready-lint  ## bring the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

picture: $(VENV)/.ready  ## draw the README's picture and write its table of rules
	$(BIN)/python .github/readme/picture.py
	$(BIN)/python .github/readme/rule_table.py

benchmark: $(VENV)/.ready-test  ## start-up and whole runs beside other linters
	$(BIN)/python tests/benchmarks/command_line.py

oracles: $(VENV)/.ready-test  ## install the platform's own code, which the proofs run
	$(BIN)/python tests/oracles/setup.py || test -z "$(VLINT_REQUIRE_ALL)"

editors: $(VENV)/.ready-test  ## install the editors that the tests run (system packages too)
	$(BIN)/python tests/editors/setup.py

vsix: $(VENV)/.ready  ## pack the VS Code extension with the server in it (TARGET=darwin-arm64 for another platform)
	$(BIN)/python editors/vscode/pack.py $(if $(TARGET),--target $(TARGET))

clean:  ## remove the environment and all caches
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache

.cache/sarif/.ready: tests/report/sarif/package.json tests/report/sarif/package-lock.json
	@mkdir -p .cache/sarif
	@cp $^ .cache/sarif/
	npm ci --prefix .cache/sarif --ignore-scripts --no-audit --no-fund && touch $@ || test -z "$(VLINT_REQUIRE_ALL)"

# `pip install --group` came with pip 25.1, and Python brings an older one along.
$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	$(BIN)/python -m pip install -q --disable-pip-version-check --group test
	@touch $@

$(VENV)/.ready-lint: $(VENV)/.ready
	$(BIN)/python -m pip install -q --disable-pip-version-check --group lint --group test
	@touch $@
