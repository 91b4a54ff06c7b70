# The front door. Everything happens in .venv; a second call does only what is new.
VENV := .venv
BIN  := $(VENV)/bin
PY   := $(BIN)/python
OUT  := build

# make demo PYTHON=/path/to/python picks the interpreter.
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3 python)
INSTALLED  := $(VENV)/.installed
DEVELOPED  := $(VENV)/.installed-dev
PIP        := $(PY) -m pip --disable-pip-version-check --quiet
# As pip does for a wheel: where PYTHONDONTWRITEBYTECODE is set, every run would compile everything anew.
COMPILED   := $(PY) -m compileall -q doctor checks

.PHONY: help demo test check golden record score pictures bench requirements clean
.DEFAULT_GOAL := help

help:
	@echo 'make demo    the examination of the environment that ships inside, healthy and with a fault'
	@echo 'make test    the test suite (make test ARGS="-k secrecy" for a part)'
	@echo 'make check   lint, format and strict types'
	@echo 'make golden  rewrite the stored outputs after a wanted change; read the diff'
	@echo 'make score   every world, and how often the true cause is named first'
	@echo 'make pictures   take the pictures of the README anew, after a change of the HTML report'
	@echo 'make record  record again what Keycloak of three eras answers; read the diff'
	@echo 'make bench   how long it takes, each figure beside its baseline'
	@echo 'make requirements   resolve requirements/dev.txt anew'

demo: $(INSTALLED)
	@mkdir -p $(OUT)
	@printf '\n== 1 of 2: an environment where everything is right ==\n\n'
	@$(BIN)/ataccama-doctor demo --report html=$(OUT)/demo-healthy.html
	@printf '\n== 2 of 2: the same, with a client secret that ends in a line feed ==\n\n'
	@$(BIN)/ataccama-doctor demo --fault edge-whitespace --report html=$(OUT)/demo-edge-whitespace.html; code=$$?; \
	if [ $$code -ne 1 ]; then echo "The second run ended with exit code $$code; expected 1 (a check failed)." >&2; exit 1; fi
	@printf '\nBoth reports, to open in a browser:\n  %s\n  %s\n' \
	  '$(CURDIR)/$(OUT)/demo-healthy.html' '$(CURDIR)/$(OUT)/demo-edge-whitespace.html'

test: $(DEVELOPED)
	@$(PY) -m pytest $(ARGS)

check: $(DEVELOPED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

golden: $(DEVELOPED)
	@GOLDEN=write $(PY) -m pytest -q tests/golden
	@git --no-pager diff --stat -- tests/golden checks/README.md

score: $(DEVELOPED)
	@$(PY) -m tests.worlds $(ARGS)

pictures: $(DEVELOPED)
	@$(PY) -m tests.browser.pictures

record: $(DEVELOPED)
	@$(PY) -m tests.recordings $(ARGS)
	@git --no-pager diff --stat -- tests/recordings

bench: $(INSTALLED)
	@$(PY) -m bench $(ARGS)

requirements: $(DEVELOPED)
	@$(PIP) install uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links pyproject.toml requirements/dev.in --output-file requirements/dev.txt

clean:
	@rm -rf $(VENV) $(OUT) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(PY):
	@for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed; none of these is: $(CANDIDATES). Install one, or name it: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	rm -f $(INSTALLED) $(DEVELOPED); \
	"$$found" -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "$$found could not make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; \
	}

$(INSTALLED): pyproject.toml doctor/__init__.py | $(PY)
	@echo 'Installing into $(VENV) ...'
	@$(PIP) install --editable .
	@$(COMPILED)
	@touch $@

$(DEVELOPED): requirements/dev.txt pyproject.toml doctor/__init__.py | $(PY)
	@echo 'Installing what development needs into $(VENV) ...'
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(COMPILED)
	@touch $(INSTALLED) $@
