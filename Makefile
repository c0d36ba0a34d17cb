# `make` prints what can be made. Everything here works without a terminal and without questions.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
LOCK := requirements/all.txt
# The interpreter that makes .venv; found by scripts/make_venv.sh if not given: make setup PYTHON=/usr/bin/python3.12
PYTHON ?=
# Tests at the same time.
JOBS ?= 2
# Browser tests that look at pages and not at data: once, on SQLite; the stories run on both databases.
PICTURES := components guide_pictures harness lists settings_pages uploading
# Where `make demo` keeps its data, and the port it serves.
DEMO ?= $(CURDIR)/var/demo-site
PORT ?= 8000
# More for pytest: make test ARGS="-k deadlines"
ARGS ?=
# What is linted and typed: whatever of these exists.
CODE := $(wildcard src tests benchmarks examples scripts)

.PHONY: help setup demo sample test check bench clean lock

help: ## print this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s  %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP) ## make .venv, install what is pinned, fetch styles and scripts, add or name the Debian packages
	@scripts/fetch_frontend.sh $(VENV)
	@scripts/system_packages.sh
	@$(BIN)/python scripts/translations.py --compile

$(STAMP): $(LOCK) pyproject.toml scripts/make_venv.sh
	@PYTHON='$(PYTHON)' scripts/make_venv.sh $(VENV) $(LOCK)
	@touch $@

demo: setup ## a site with a fictional district in the middle of its month; prints the address and where the accounts are
	@test -f "$(DEMO)/demo-accounts.json" || ANYUE_DATA="$(DEMO)" $(BIN)/anyue demo --load
	@echo "Accounts: $(DEMO)/demo-accounts.json"
	@ANYUE_DATA="$(DEMO)" $(BIN)/anyue serve --port $(PORT)

sample: setup ## the command line alone on examples/: a notice and 25 replies to the official table
	@$(BIN)/python examples/demo.py

# check and pytest stand in one recipe, in this order: pytest's own summary is the last line.
test: setup ## check, then every test
	@$(MAKE) check
	@ANYUE_TEST_POSTGRES=1 $(BIN)/pytest -q -n $(JOBS) --dist worksteal tests/anyue --ignore tests/anyue/cli $(PICTURES:%=--ignore tests/anyue/browser/test_%.py) $(ARGS)
	@$(BIN)/pytest -n $(JOBS) --dist worksteal $(ARGS)

check: $(STAMP) ## format, lint, types, layers, translations, links in the documentation, age of styles and scripts
	@$(BIN)/ruff format --check --quiet --output-format concise $(CODE) || { echo 'Format it with: $(BIN)/ruff format $(CODE)'; exit 1; }
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy $(CODE)
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/python scripts/translations.py --check
	@$(BIN)/python scripts/check_links.py
	@scripts/fetch_frontend.sh $(VENV)
	@$(BIN)/python scripts/lint_frontend.py

bench: setup ## the measurements of docs/, in one run with medians
	@$(BIN)/python -m benchmarks

clean: ## remove what was built, measured and cached, .venv too; var/ (data) stays
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks
	find $(CODE) -type d -name __pycache__ -prune -exec rm -rf {} +

lock: $(STAMP) ## renew requirements/all.txt: newest versions that go together, with hashes
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --extra ocr --extra postgres --extra s3 --extra cache --extra dev --extra bench \
	  pyproject.toml --output-file $(LOCK)
	@echo 'Renewed $(LOCK). Now: make test'
