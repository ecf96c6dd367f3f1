# Set-up, demonstration, tests and checks. Everything lives in .venv; `make clean` removes what these targets made.

PYTHON ?= python3
WORKERS ?= 2
DECISIONS ?=
LEVERS := aid-half-announced aid-none-announced trade-half-announced leadership-change-russia leadership-change-ukraine
BIN := .venv/bin
UV := $(BIN)/uv
EXPORT := $(UV) export --quiet --frozen --no-emit-project --no-annotate --no-header --no-default-groups

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test oracles check evidence bench lock clean

help:
	@echo "make setup   a virtual environment in .venv with the pinned packages and this project"
	@echo "make demo    2,048 runs of the flagship scenario, what they answer, and the brief on them in brief.html"
	@echo "make test    all tests, on two workers (WORKERS=n for more)"
	@echo "make oracles tests against other programs, which are installed for it"
	@echo "make check   style, format, types, layers of imports, spelling"
	@echo "make evidence  the model against the record: docs/evidence.md and its sister pages (DECISIONS=folder for the"
	@echo "             table of bargaining rules on your copy of the DEU data)"
	@echo "make bench   speed against other ways to write the same model"
	@echo "make lock    new pins, after a change of the dependencies in pyproject.toml"
	@echo "make clean   remove the environment, results and caches"

setup: .venv/.ready

# First a bare environment with the tools that install the rest.
.venv/.bootstrap: bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Westphalia needs Python 3.11 or newer; name one with: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "This Python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock
	@touch $@

# Then exactly the pinned packages, and the project itself as a link to its source.
.venv/.ready: .venv/.bootstrap requirements.lock pyproject.toml
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes bootstrap.lock requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.bench: .venv/.ready bench.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r bench.lock
	@touch $@

demo: setup
	$(BIN)/westphalia run ukraine --runs 2048 $(LEVERS:%=--lever %) --out out
	$(BIN)/westphalia talks out/ukraine
	$(BIN)/westphalia claims out/ukraine --runs 512
	$(BIN)/westphalia cruxes out/ukraine --between messages-and-home no-need-and-long-haul --runs 512
	$(BIN)/westphalia frictions out/ukraine --runs 100
	$(BIN)/westphalia brief out/ukraine -o brief.html

test: setup
	$(BIN)/pytest -n $(WORKERS)

# What is skipped in `make test` where these programs are not installed.
oracles: .venv/.bench
	$(BIN)/pytest -n $(WORKERS) tests/talks/test_negmas.py tests/analyse/test_rules.py tests/analyse/test_games.py \
	  tests/test_readme.py

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/codespell

evidence: setup
	$(BIN)/python -m westphalia.analyse.structure docs
	$(BIN)/python -m westphalia.analyse.signs docs
	$(BIN)/python -m westphalia.analyse.mediation_page docs
	$(BIN)/python -m westphalia.analyse.beliefs docs
	$(BIN)/python -m westphalia.analyse.generic.page docs
	$(BIN)/westphalia evidence --out out --docs out/evidence --pages docs $(DECISIONS:%=--decisions %)
	cp out/evidence/evidence.md docs/evidence.md
	cp out/evidence/evidence.json src/westphalia/report/scoreboard.json

bench: .venv/.bench
	$(BIN)/python -m benchmarks

lock: .venv/.bootstrap
	$(UV) lock --quiet --upgrade --python $(BIN)/python
	$(EXPORT) --only-group bootstrap --output-file bootstrap.lock
	$(EXPORT) --group test --group check --output-file requirements.lock
	$(EXPORT) --only-group bench --output-file bench.lock

clean:
	rm -rf .venv out brief.html build dist .hypothesis .import_linter_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
