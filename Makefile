# make run    set everything up, index seeds/, serve the page at http://127.0.0.1:8000
# make test   set everything up, check and test everything
# make bench  compare with other search engines, write bench/RESULTS.md; make bench-peers installs those of Debian
# make torture   kill, ask, damage and crowd it for hours, write docs/reliability.md
# make screenshots   photograph every kind of page into build/screenshots
# make help   list all targets
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run help test check bench bench-peers torture screenshots install clean

run: install ## set up, index seeds/, serve the page at http://127.0.0.1:8000 (the default)
	$(BIN)/nachlese index seeds
	$(BIN)/nachlese serve

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

test: check ## set up, check and test everything
	$(BIN)/python -m pytest -n auto --dist worksteal

check: .venv/developer ## check style and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Pictures of every kind of page, to be looked at; needs Chromium.
screenshots: .venv/developer ## photograph every kind of page into build/screenshots; needs Chromium
	$(BIN)/python -m tests.pages.screenshots

# Takes hours for all sizes and goes on where it was stopped. DATA names the folder with the news set, BENCH any option
# of python -m bench.peers, such as BENCH='--sizes 5000'.
bench: .venv/developer ## compare with other search engines, write bench/RESULTS.md; takes hours
	$(BIN)/python -m bench.peers $(if $(DATA),--data $(DATA)) $(BENCH)

# The engines that come with Debian, as root; the benchmark names those that are missing.
bench-peers: ## install the engines to compare with that come with Debian; as root
	apt-get install -y --no-install-recommends postgresql python3-psycopg2 python3-xapian liblucene8-java \
		libgoogle-gson-java default-jdk-headless

# Ends by itself, after about two hours. TORTURE has any option of python -m tests.torture, such as
# TORTURE='kills --kills 50' or TORTURE='--share 0.02'.
torture: .venv/developer ## kill, ask, damage and crowd it, write docs/reliability.md; takes hours
	$(BIN)/python -m tests.torture --write docs/reliability.md $(TORTURE)

install: .venv/user ## set up what running needs

# A machine for which tantivy has no ready-made wheel still gets the engine in pure Python.
.venv/user: pyproject.toml | .venv/pip
	$(BIN)/python -m pip install --quiet --editable '.[fast]' || $(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/developer: pyproject.toml | .venv/pip
	$(BIN)/python -m pip install --quiet --editable '.[fast,dev]'
	@touch .venv/user $@

.venv/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Nachlese needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv || { echo "On Debian and Ubuntu first: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

clean: ## remove the environment, caches and the index
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache index/archive.json index/generation-* index/write.lock
