# Kentongan: the common ways in. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
PYTEST ?= pytest
WORKERS ?= 2
TRAINING := .venv-training/bin
CHECKPOINTS ?= $(or $(TMPDIR),/tmp)/kentongan-training
CHECKOV := 3.3.30
# For every system and Python that there are wheels for: where hashes are asked for, pip takes nothing that is not listed.
COMPILE := $(BIN)/uv pip compile -q --universal --fork-strategy fewest --python-version 3.11 --no-header --no-annotate

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

.venv/run: requirements.txt
	@echo "Menyiapkan .venv, sekali saja; sekitar satu menit ... / Setting up .venv, once; about a minute ..."
	@$(PYTHON) -c 'import sys; sys.exit("Perlu Python 3.11 atau lebih baru; yang dipakai " + sys.version.split()[0] + ". Bila ada yang lebih baru: make PYTHON=python3.11 ... / Python 3.11 or later is needed") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv/bench: .venv/dev requirements-bench.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

# A .venv of its own, for torch from PyPI brings 5 GB of CUDA with it that nothing here uses. Where PyTorch's own index can be
# reached, PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu saves 4 GB of them.
.venv-training/ready: requirements-training.txt
	@test -x $(TRAINING)/python || $(PYTHON) -m venv .venv-training
	@$(TRAINING)/python -m pip install --quiet --disable-pip-version-check -r requirements-training.txt
	@touch $@

# A .venv of its own, for checkov brings 290 MB that nothing else needs.
.venv-checkov/ready: Makefile
	@test -x .venv-checkov/bin/python || $(PYTHON) -m venv .venv-checkov
	@.venv-checkov/bin/python -m pip install --quiet --disable-pip-version-check checkov==$(CHECKOV)
	@touch $@

.PHONY: setup
setup: .venv/dev ## everything for development in .venv

.PHONY: demo
demo: .venv/run ## the whole pipeline offline on a bundled scenario (HEADLESS=1 ends by itself)
	@./kentongan demo $(if $(HEADLESS),--headless,)

.PHONY: test
test: .venv/dev ## all tests, in WORKERS processes
	@$(BIN)/python -m $(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: checkov
checkov: .venv/dev .venv-checkov/ready ## what checkov finds in infra/terraform
	@PATH="$(CURDIR)/.venv-checkov/bin:$$PATH" $(BIN)/python -m pytest tests/deploy/test_checkov.py

.PHONY: soak
soak: .venv/dev ## kill the local pipeline after every commit and publish, and it and notify alone at 200 random moments
	@KENTONGAN_SOAK=200 $(BIN)/python -m pytest tests/crash tests/delivery -k "random or named"

.PHONY: emulators
emulators: .venv/dev ## the whole system as in the cloud, on Google's emulators (needs java and gcloud's emulators)
	@$(BIN)/python -m tests.cloud

.PHONY: bench
bench: .venv/bench ## all measurements as a table and as JSON (JSON=file writes the JSON there)
	@$(BIN)/python -m benchmarks $(if $(JSON),--json $(JSON))

.PHONY: model
model: .venv-training/ready ## rebuild the tone model from ../shared/data, in under three hours on two cores
	@mkdir -p $(CHECKPOINTS)
	@OMP_WAIT_POLICY=active $(TRAINING)/python -m training.model $(CHECKPOINTS)

.PHONY: card
card: .venv/bench ## measure the tone model and its baselines, and write the figures into docs/model-card.md
	@$(BIN)/python -m training.card --baselines

.PHONY: lint
lint: .venv/dev ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy shared functions tests benchmarks training

.PHONY: pins
pins: .venv/dev ## rewrite the pinned requirements from the .in files
	@$(COMPILE) --generate-hashes -U -o requirements.txt requirements.in
	@$(COMPILE) --generate-hashes -U -o requirements-dev.txt requirements-dev.in
	@$(COMPILE) --generate-hashes -U -o requirements-bench.txt requirements-bench.in
	@$(COMPILE) -U -o requirements-training.txt requirements-training.in # without hashes: torch may come from PyTorch's own index
	@sed -i -E '/^(cuda|nvidia|triton)/d' requirements-training.txt # torch names these itself, exactly, and the CPU wheel none
