# make run    set everything up, index seeds/, serve the page at http://127.0.0.1:8000
# make test   set everything up, check and test everything
# make bench  compare with other search engines, write bench/RESULTS.md; make bench-peers installs those of Debian
# make torture   kill, ask, damage and crowd it for hours, write docs/reliability.md
# make screenshots   photograph every kind of page into build/screenshots
# make catalogues   bring web/locale/ up to date: what the page says, in other languages
# make clients  generate clients from the description of the API, and hold the server against it
# make help   list all targets
PYTHON ?= python3
BIN := .venv/bin

# The versions of all packages that CI ran; the ranges in pyproject.toml say which others may do.
PIP := $(BIN)/python -m pip install --quiet --constraint constraints.txt

.PHONY: run help test check audit constraints bench bench-peers torture screenshots catalogues clients install clean

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

# Known vulnerabilities of the packages in constraints.txt, as the Python Packaging Advisory Database tells them; needs
# the network, and fails where that cannot be reached. The tool has an environment of its own.
audit: ## look for known vulnerabilities of the packages in constraints.txt; needs the network
	test -x build/audit/bin/pip-audit || { $(PYTHON) -m venv build/audit && build/audit/bin/pip install --quiet pip-audit; }
	build/audit/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip --strict

# The newest versions that fit the ranges in pyproject.toml. Take the oldest Python that is supported: what it can have,
# the newer ones can, too. Then `make test`, and commit what changed.
constraints: ## renew constraints.txt; with PYTHON=python3.11, then make test
	rm -rf build/constraints
	$(PYTHON) -m venv build/constraints
	build/constraints/bin/pip install --quiet --upgrade pip
	build/constraints/bin/pip install --quiet '.[fast,cluster,pages,formats,dev]'
	{ echo '# The versions that CI ran; renewed by: make constraints PYTHON=python3.11'; \
		build/constraints/bin/pip freeze --all --exclude nachlese; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

# Pictures of every kind of page, to be looked at; needs Chromium.
screenshots: .venv/developer ## photograph every kind of page into build/screenshots; needs Chromium
	$(BIN)/python -m tests.pages.screenshots

# New messages are added, for somebody to translate, and those that nothing says any more are removed.
catalogues: .venv/developer ## bring web/locale/ up to date: what the page says, in other languages
	$(BIN)/python -m tests.language.catalogues

# Takes hours for all sizes and goes on where it was stopped. DATA names the folder with the news set, BENCH any option
# of python -m bench.peers, such as BENCH='--sizes 5000'.
bench: .venv/developer ## compare with other search engines, write bench/RESULTS.md; takes hours
	$(BIN)/python -m bench.peers $(if $(DATA),--data $(DATA)) $(BENCH)

# The engines that come with Debian, as root; the benchmark names those that are missing.
bench-peers: ## install the engines to compare with that come with Debian; as root
	apt-get install -y --no-install-recommends postgresql python3-psycopg2 python3-xapian liblucene8-java \
		libgoogle-gson-java default-jdk-headless

# Ends by itself, after about two hours. TORTURE has any option of python -m tests.torture, such as
# TORTURE='kills --kills 50' or TORTURE='--share 0.02'. Parts that run one by one make one report, if of one commit.
torture: .venv/developer ## kill, ask, damage and crowd it, write docs/reliability.md; takes hours
	$(BIN)/python -m tests.torture --write docs/reliability.md $(TORTURE)

# The tools have an environment of their own, as no part of the project needs them; openapi-typescript needs npx.
clients: .venv/developer ## have three generators and schemathesis try the description of the API; needs the network
	test -x build/clients/bin/schemathesis || { $(PYTHON) -m venv build/clients && build/clients/bin/pip install --quiet \
		openapi-python-client datamodel-code-generator schemathesis ruff; }
	PATH="$$PWD/build/clients/bin:$$PATH" $(BIN)/python -m tests.api.clients

# No package of ours has the name of a folder in which somebody would start it, as the warning fears.
.venv/user .venv/developer: export PYTHONWARNINGS = ignore:Editable installation

install: .venv/user ## set up what running needs

# A machine for which tantivy has no ready-made wheel still gets the engine in pure Python.
.venv/user: pyproject.toml constraints.txt | .venv/pip
	$(PIP) --editable '.[fast]' || $(PIP) --editable .
	@touch $@

.venv/developer: pyproject.toml constraints.txt | .venv/pip
	$(PIP) --editable '.[fast,cluster,pages,formats,dev]'
	@touch .venv/user $@

.venv/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Nachlese needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv || { echo "On Debian and Ubuntu first: apt-get install python3-venv"; exit 1; }
	$(PIP) --upgrade pip
	@touch $@

clean: ## remove the environment, caches and the index
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache index/archive.json index/generation-* index/write.lock
