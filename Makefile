# Everything starts here: "make help" lists what there is. The set-up is done when it is needed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# Bytecode halves every start.
unexport PYTHONDONTWRITEBYTECODE

tool := .venv/bin/python -m
pieces := resources/packaging

.PHONY: help setup demo test faults check bench screenshots requirements catalogue package clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s%s\n", $$1, $$2 }' Makefile

setup: ## prepares .venv (every other target does it by itself)
	@$(pieces)/setup.sh

demo: setup ## fills the example report, exports it, and opens it when there is a display
	@.venv/bin/alliance-desk demo --to build/demo
	@if [ "$$QT_QPA_PLATFORM" != offscreen ] && [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
	    $(pieces)/setup.sh --display && .venv/bin/alliance-desk build/demo/*.adesk; \
	else \
	    echo "There is no display here, so the window stays closed."; \
	fi

test: setup ## the tests, without a screen; make test ARGS="tests/report -k rows" for some
	@QT_QPA_PLATFORM=offscreen $(tool) pytest $(or $(ARGS),-n auto --dist worksteal)

faults: setup ## kills, power cuts, full disks and the like; make faults ARGS="A1 A2" for some
	@$(pieces)/setup.sh --faults
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.faults.run $(ARGS)

check: setup ## style, types, layers, messages
	$(tool) ruff check
	$(tool) ruff format --check
	$(tool) mypy
	.venv/bin/lint-imports --no-logo
	$(pieces)/catalogue.sh --check

bench: setup ## times, memory and sizes against their budgets; make bench ARGS=start-up for one group
	@$(pieces)/setup.sh --bench
	@.venv/bin/python tests/benchmarks/run.py $(ARGS)

screenshots: setup ## the pictures in the documentation
	@QT_QPA_PLATFORM=offscreen .venv/bin/python $(pieces)/screenshots.py

requirements: ## writes the pinned packages anew; make requirements ARGS=--upgrade for the newest
	@$(pieces)/requirements.sh $(ARGS)

catalogue: setup ## collects the messages to translate, updates and compiles the translations
	@$(pieces)/catalogue.sh $(ARGS)

package: setup ## the builds for IT departments, into dist/
	@$(pieces)/package.sh

clean: ## removes everything that was made here, .venv too
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find desktop_app tests resources -name __pycache__ -prune -exec rm -rf {} +
