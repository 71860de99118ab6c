# deid: `make demo` shows what it does, `make test` runs everything that CI runs.
SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
# The newest Python that is there and runs, also one that pyenv holds but has not put first.
PYENV_ROOT ?= $(HOME)/.pyenv
PYTHON ?= $(shell for v in 3.13 3.12 3.11; do for p in python$$v "$(PYENV_ROOT)"/versions/$$v.*/bin/python; do \
	if "$$p" -c 'import sys, venv, ensurepip; sys.exit("%d.%d" % sys.version_info[:2] != "'$$v'")' >/dev/null 2>&1; then echo "$$p"; exit; fi; done; done)

.PHONY: help demo test test-quick lint format quality gains tagger bench requirements check baseline clean

help:  ## show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: $(VENV)/run.done  ## install, then run the main job on the invented interviews
	@$(BIN)/deid setup
	@$(BIN)/deid demo

test: $(VENV)/dev.done  ## everything that CI runs
	@$(BIN)/deid setup --quiet
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	DEID_CHECK_KEY=$(SELF_KEY) $(BIN)/deid check .
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not network"

test-quick: $(VENV)/dev.done  ## the quick tests: a tiny fake model, seconds
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

lint: $(VENV)/dev.done  ## style, types
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/dev.done  ## put the code into the house's format
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

quality: $(VENV)/dev.done  ## detection figures beside other tools, into docs/reference/quality.md
	@$(BIN)/deid setup --quiet
	$(BIN)/python benchmarks/quality.py

gains: $(VENV)/dev.done  ## what each device of detection and linking gains, into docs/reference/detection.md
	@$(BIN)/deid setup --quiet
	$(BIN)/python benchmarks/gains.py --write

tagger: $(VENV)/dev.done  ## teach the tagger anew (torch, in an environment of its own)
	$(BIN)/python -m venv $(VENV)-teach
	$(VENV)-teach/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/teach.txt
	$(VENV)-teach/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(VENV)-teach/bin/deid setup --quiet
	$(VENV)-teach/bin/python -m benchmarks.tagger.ranges
	$(VENV)-teach/bin/python -m benchmarks.tagger.teach

bench: $(VENV)/dev.done  ## speed beside Presidio, in one run, as ratios
	@$(BIN)/deid setup --quiet
	$(BIN)/python benchmarks/speed.py

requirements:  ## pin everything anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -c requirements/run.txt \
		pyproject.toml requirements/build.in requirements/dev.in -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -c requirements/run.txt \
		requirements/check.in -o requirements/check.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -c requirements/run.txt \
		pyproject.toml requirements/build.in requirements/teach.in -o requirements/teach.txt

# The key is public on purpose: what it digests is invented.
SELF_KEY := 64656964206f776e206578616d706c657320617265207075626c696300000001
check: $(VENV)/dev.done  ## identifiable data in this repository
	DEID_CHECK_KEY=$(SELF_KEY) $(BIN)/deid check .

baseline: $(VENV)/dev.done  ## allow new invented examples, take out old ones
	DEID_CHECK_KEY=$(SELF_KEY) $(BIN)/deid baseline add . --reason "invented for an example or a test" --owner maintainer
	DEID_CHECK_KEY=$(SELF_KEY) $(BIN)/deid baseline prune .

clean:  ## remove the environment and the demo's study
	rm -rf $(VENV) $(VENV)-teach deid-demo build dist .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "deid needs Python 3.11, 3.12 or 3.13: https://www.python.org/downloads/"; exit 1; }
	@$(PYTHON) --version
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: $(BIN)/python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.done: $(BIN)/python requirements/dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/run.done
