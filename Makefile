# The portal's few commands; each prepares what it needs. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONUNBUFFERED = 1
# Without compiled modules every start would take twice as long.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help run code test bench lint fmt lock clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the portal on its real data, with worker and beat (PORT=8000); Ctrl-C stops all of it
	@$(PYTHON) scripts/setup.py run
	@exec $(BIN)/python -m scripts.run

code: ## Print the second factor of the demo's staff, for the next 30 seconds
	@$(PYTHON) -c 'from core.accounts.one_time_code import current_code; print("{}  ({} s)".format(*current_code()))'

test: ## Run every check and every test, as CI does
	@$(PYTHON) scripts/setup.py test
	@exec $(BIN)/python -m scripts.check all

bench: ## Measure requests and mails per second and the time of the calendar PDF
	@$(PYTHON) scripts/setup.py run
	@exec $(BIN)/python -m scripts.bench

lint: ## Run the checks without the tests
	@$(PYTHON) scripts/setup.py run
	@exec $(BIN)/python -m scripts.check lint

fmt: ## Put code and imports into the project's form
	@$(PYTHON) scripts/setup.py run
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

lock: ## Lock the dependencies of pyproject.toml with hashes (UPGRADE=1 takes newer ones)
	@$(PYTHON) scripts/setup.py run
	@$(BIN)/python -m scripts.lock $(if $(UPGRADE),--upgrade)

clean: ## Remove everything made here: environment, demo data, private servers, caches
	@$(PYTHON) scripts/clean.py
