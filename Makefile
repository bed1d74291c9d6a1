# make run   installs, builds the sample corpus, runs the pipeline and serves the dashboards
# make test  installs what the tests need and runs lint and every test, the browser tests included
# See README.md for the rest.

# The system's Python, where it is new enough and can make a virtual environment: another one on the path, compiled with fewer optimizations,
# was seen to read a sixth fewer reports a second (docs/decisions/0037). `make PYTHON=…` takes any.
PYTHON ?= $(shell for python in /usr/bin/python3 python3; do \
	$$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && exit; \
	done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
SAMPLE_REPORTS ?= 3000
SAMPLE_INBOX := var/sample
SAMPLE_WAREHOUSE := var/sample-warehouse
BENCH_REPORTS ?= 20000
BENCH_INBOX := var/bench
BENCH_LANDED ?= 20000
BENCH_WAREHOUSE := var/bench-warehouse

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export DO_NOT_TRACK := 1

.PHONY: run test lint bench accuracy dev install install-dev browser lock clean

run: install $(SAMPLE_INBOX)/_gold.jsonl
	$(BIN)/gongkai build --inbox $(SAMPLE_INBOX) --warehouse $(SAMPLE_WAREHOUSE)
	$(BIN)/gongkai serve --warehouse $(SAMPLE_WAREHOUSE)

# Two at a time, a file of tests staying together, in the order of the folders: the longest files have few tests and would come last.
test: install-dev browser lint
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar dbt/models dbt/tests/*.sql

bench: install-dev
	rm -rf $(BENCH_INBOX)
	$(BIN)/gongkai demo $(BENCH_INBOX) --reports $(BENCH_REPORTS) --seed 1
	$(BIN)/python benchmarks/parse.py $(BENCH_INBOX)
	$(BIN)/python benchmarks/ingest.py $(BENCH_INBOX)
	rm -rf $(BENCH_WAREHOUSE)
	$(BIN)/python -m benchmarks.build $(BENCH_WAREHOUSE) $(BENCH_LANDED)
	$(BIN)/python -m benchmarks.transform $(BENCH_WAREHOUSE)
	$(BIN)/python -m benchmarks.rules $(BENCH_WAREHOUSE)
	$(BIN)/python -m benchmarks.dashboard $(BENCH_WAREHOUSE)

# Scores the parser on the gold corpus and a generated one; rewrites docs/accuracy.md.
accuracy: install-dev
	$(BIN)/python -m benchmarks.accuracy

# Dagster's UI on http://127.0.0.1:3000, over the sample warehouse: the asset graph, its checks and the runs so far.
dev: export GONGKAI_INBOX := $(CURDIR)/$(SAMPLE_INBOX)
dev: export GONGKAI_WAREHOUSE := $(CURDIR)/$(SAMPLE_WAREHOUSE)
dev: export DAGSTER_HOME := $(CURDIR)/$(SAMPLE_WAREHOUSE)/dagster
dev: install-dev $(SAMPLE_INBOX)/_gold.jsonl
	$(BIN)/python -m dagster_project.dagster_home
	$(BIN)/dagster dev --module-name dagster_project.definitions --host 127.0.0.1

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.installed

# Debian ships venv apart from Python; as root it is installed, otherwise the message says what to do.
$(VENV)/bin/pip:
	@$(PYTHON) -m venv $(VENV) 2>/dev/null \
		|| (test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv --clear $(VENV)) \
		|| (rm -rf $(VENV); echo "Python 3.11+ with venv is needed: apt-get install python3-venv" >&2; exit 1)

# The browser tests drive Debian's Chromium; without a Chinese font every page would be boxes.
browser:
	@command -v chromium >/dev/null && fc-list :lang=zh | grep -q . \
		|| (test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fontconfig fonts-noto-cjk >/dev/null) \
		|| (echo "The browser tests need: apt-get install chromium fontconfig fonts-noto-cjk" >&2; exit 1)

$(SAMPLE_INBOX)/_gold.jsonl: | install
	rm -rf $(SAMPLE_INBOX)
	$(BIN)/gongkai demo $(SAMPLE_INBOX) --reports $(SAMPLE_REPORTS) --seed 1

# Rewrites the lock files from pyproject.toml; needs uv.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-header --python-version 3.11 \
		--all-extras --output-file requirements-dev.lock pyproject.toml
	uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-header --python-version 3.11 \
		--constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) var dbt/target dbt/logs *.egg-info .pytest_cache .mypy_cache .ruff_cache
