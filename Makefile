# SPDX-License-Identifier: MIT
# Two commands are the whole set-up: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV ?= .venv
export BLDR_VENV := $(abspath $(VENV))
BIN := $(VENV)/bin
NAME ?= main_job
PYTEST := QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help run demo test test-unit test-slow test-cluster lint types contracts check bench format setup setup-dev ocr translations package clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup:
	@$(PYTHON) packaging/bootstrap.py --extras engine

setup-dev:
	@$(PYTHON) packaging/bootstrap.py --extras engine,dev --virtual-screen

run: setup ## Set up and open the application (without a display: the demo on a virtual screen)
	@$(BIN)/python -m bldr_desktop.app.launch --or-demo $(ARGS)

demo: setup ## Do the main job with the sample documents, print the answer, save bldr-demo.png
	@$(BIN)/python -m bldr_desktop.app.launch --demo

ocr: ## Also install Tesseract with Russian, for scans
	@$(PYTHON) packaging/bootstrap.py --extras engine --ocr

test: setup-dev ## All fast tests
	@$(PYTEST) -m "not slow and not bench" -n 2 --dist loadfile

test-unit: setup-dev ## The inner loop: unit tests, no Qt, no processes
	@$(PYTEST) tests/unit tests/meta --ignore=tests/meta/window

test-slow: setup-dev ## The long suites: kill rounds, transfer faults, big tables
	@$(PYTEST) -m "slow and not cluster" --timeout=1200

test-cluster: ## Redis, Postgres and Celery for real; installs, starts and stops them itself
	@$(PYTHON) packaging/bootstrap.py --extras engine,dev,cluster --virtual-screen --servers
	@$(PYTEST) -m cluster tests --timeout=300

lint: setup-dev ## Format and lint rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: setup-dev ## mypy --strict
	@$(BIN)/mypy

contracts: setup-dev ## Import contracts of the architecture
	@$(BIN)/lint-imports --no-cache > .lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }
	@echo "import contracts kept"; rm -f .lint-imports.log

check: lint types contracts test ## Exactly what CI runs

bench: setup-dev ## One benchmark: make bench NAME=main_job
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python tests/bench/$(NAME).py $(ARGS)

format: setup-dev ## Format in place
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

package: ## Build dist/bldr-desktop_*.deb and .tar.xz
	@$(PYTHON) packaging/bootstrap.py --extras engine,dev,package
	@$(BIN)/python packaging/build_deb.py $(ARGS)

clean: ## Remove what was built (not the documents, not the settings)
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache bldr-demo.png
