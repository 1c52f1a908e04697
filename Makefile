# Everything here needs Python 3.11+ and make, nothing else; `make help` lists the targets.

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed
UV    := 0.13.9

# The first Python that is new enough; override with `make PYTHON=/path/to/python demo`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

PIP := $(BIN)/python -m pip --disable-pip-version-check
COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

.DEFAULT_GOAL := help
.PHONY: help setup demo test check check-rules format bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## create .venv with the locked packages and the command lienthong

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found." >&2; exit 3; }
	@test -x $(BIN)/python || { echo "creating $(VENV) with $$($(PYTHON) --version)"; \
		$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "python3-venv is missing (Debian: apt-get install python3-venv)" >&2; exit 3; }; }
	@echo "installing the locked packages"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## play the chains' stories over a real broker and verify them
	@$(BIN)/lienthong demo

test: $(STAMP) ## run all tests, on all cores
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(STAMP) ## lint, format check, strict types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-rules: $(STAMP) ## show every delivery rule with its tests, each seen to fail without it
	@$(BIN)/python -m tests.delivery.check_rules

format: $(STAMP) ## rewrite the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## measure chains and routing at full size
	$(BIN)/lienthong bench chains --cases 5000 --seed 1
	$(BIN)/lienthong bench route --events 200000

lock: ## make both locks anew from pyproject.toml: of everything, and of what the image needs
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && \
		.venv-lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV); }
	$(COMPILE) --extra dev --upgrade -o requirements.lock pyproject.toml
	$(COMPILE) --extra build -c requirements.lock -o requirements-image.lock pyproject.toml

clean: ## remove .venv, caches and build output; the runs in .lienthong stay
	rm -rf $(VENV) .venv-lock build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
