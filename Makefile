# The entries a developer needs. `make run` and `make test` work on a bare Debian 12 with Python 3.11, git and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
LOCALE := resources/locale
CATALOGUE := $(LOCALE)/da/LC_MESSAGES/coi_desktop.mo
OUT := out
PYTEST_ARGS ?= -n 2
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup run test locales test-locales test-da_DK test-en_US lint format types layers translations bench bench-kill bench-power bench-faults check-workbooks bundle bundle-check \
	screenshots schema requirements clean help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' Makefile | expand -t 24

# ---------------------------------------------------------------------------------------------- environment

setup: $(STAMPS)/ready $(CATALOGUE) ## make .venv with everything in it
	@$(PYTHON) tools/system_libraries.py --install --quiet offscreen

$(STAMPS)/python:
	$(PYTHON) tools/system_libraries.py --install --quiet environment offscreen
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/packages: $(STAMPS)/python requirements.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(STAMPS)/project: $(STAMPS)/packages pyproject.toml hatch_build.py
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Without bytecode every start takes two to three times as long, and not every installer writes it.
$(STAMPS)/ready: $(STAMPS)/project
	$(BIN)/python -m compileall -q -j 0 -x 'tmpl' $(VENV)/lib
	-@$(BIN)/python -m compileall -q coi_desktop
	@touch $@

$(CATALOGUE): $(wildcard $(LOCALE)/da/*.po) tools/translations.py $(STAMPS)/packages
	$(BIN)/python tools/translations.py compile

requirements: $(STAMPS)/ready ## pin the packages of pyproject.toml anew
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra dev --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.txt

# -------------------------------------------------------------------------------------------------- program

run: setup ## open the window with the sample portfolio
	@$(BIN)/python -m tools.run_sample --out $(OUT)

# --------------------------------------------------------------------------------------------------- checks

test: setup ## run every test, offscreen
	@$(PYTHON) tools/system_libraries.py --install --quiet faults || echo "Until then the tests that need it are skipped."
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(PYTEST_ARGS)

LOCALES := da_DK en_US

locales: setup
	@$(PYTHON) tools/system_libraries.py --install --quiet locales
	@mkdir -p $(OUT)/locales
	@for name in $(LOCALES); do \
		test -d $(OUT)/locales/$$name.UTF-8 || localedef -i $$name -f UTF-8 $(OUT)/locales/$$name.UTF-8 || exit 1; \
	done

test-da_DK test-en_US: test-%: locales
	@$(PYTHON) tools/system_libraries.py --install --quiet faults || echo "Until then the tests that need it are skipped."
	LOCPATH=$(CURDIR)/$(OUT)/locales COI_TEST_LOCALE=$*.UTF-8 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(PYTEST_ARGS)

test-locales: $(LOCALES:%=test-%) ## run every test under a Danish and under an American locale

lint: setup ## style and order of the source
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: setup ## put the source in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup ## static types
	$(BIN)/mypy

layers: setup ## who may import whom
	$(BIN)/lint-imports --no-logo

translations: setup ## bring the catalogues up to the source and check them
	$(BIN)/python tools/translations.py update
	$(BIN)/python tools/translations.py compile
	$(BIN)/python tools/translations.py check

# ----------------------------------------------------------------------------------------------- made things

bench: setup ## measure speed, as ratios
	$(BIN)/python -m benchmarks

bench-kill: setup ## kill a program that edits a register 500 times, the window 100 times, and look what is left
	$(BIN)/python -m tests.machines.kill_bench --rounds 500
	$(BIN)/python -m tests.machines.kill_bench --rounds 250 --random
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.machines.kill_bench --rounds 100 --window

bench-power: setup ## rebuild 1,500 disks that a power cut may leave and look at each
	@$(PYTHON) tools/system_libraries.py --install --quiet faults
	$(BIN)/python -m tests.machines.power_cut --edits 12 --states 1500

bench-faults: setup ## let every call fail that writes to the disk, one a run, and look what is left
	@$(PYTHON) tools/system_libraries.py --install --quiet faults
	$(BIN)/python -m tests.machines.io_faults

bundle: setup ## build the installed program into dist/ and try it
	@$(PYTHON) tools/system_libraries.py --install --quiet window bundle
	$(BIN)/python -m PyInstaller --noconfirm --log-level WARN build_installer.spec
	@$(MAKE) --no-print-directory bundle-check

bundle-check: ## try the built program: self-test and window
	@$(PYTHON) tools/system_libraries.py --install --quiet screen
	$(BIN)/python -m tools.try_bundle dist/coi-desktop

check-workbooks: setup ## compute the sample's workbooks anew with LibreOffice
	@$(PYTHON) tools/system_libraries.py --install --quiet workbooks
	$(BIN)/python -m tools.check_workbooks

screenshots: setup ## pictures of every screen into out/screenshots
	@$(PYTHON) tools/system_libraries.py --install --quiet screen
	$(BIN)/python -m tools.screenshots

schema: setup ## write down the register's schema, which a test compares
	$(BIN)/python -m tools.schema

clean: ## remove what was made here
	rm -rf build dist $(OUT) $(CATALOGUE) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache htmlcov
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
