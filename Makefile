# Two commands on a fresh machine with Python 3.11+ and make: `make drafts`, `make test`.
# Each sets up .venv by itself.  `make drafts MODEL=name` drafts with a model.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEV    := $(VENV)/.ready-dev

.PHONY: drafts test check lint types bench clean

drafts: $(READY)
	$(BIN)/scriptgen batch seeds $(if $(MODEL),--model "$(MODEL)")

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal

check: lint types test

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/parse.py
	$(BIN)/python bench/page.py
	$(BIN)/python bench/quality
	$(BIN)/python bench/record.py
	$(BIN)/python bench/spending.py
	$(BIN)/python bench/transport.py

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("scriptgen needs Python 3.11 or newer: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

$(DEV): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,test]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
