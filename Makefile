# Two commands are enough: `make run` and `make test`. Each installs what it needs into .venv and nothing outside it.

PYTHON ?= python3
ARGS ?=
DATABASE ?= sqlite

VENV := .venv/bin/python
RUN := .venv/for-run.stamp
DEV := .venv/for-tests.stamp
# On PostgreSQL a server is started for the tests, unless TEST_DATABASE_URL names one; `pgbouncer` stands before it and pools transactions.
ON_DATABASE := $(if $(filter postgres pgbouncer,$(DATABASE)),$(VENV) -m tests.support.server $(if $(filter pgbouncer,$(DATABASE)),--pooler ))
PIP := $(VENV) -m pip --disable-pip-version-check --no-input --quiet install --require-hashes
# Twice as many processes as there are cores: many tests wait, for a browser or another process.
SIDE_BY_SIDE := --numprocesses=$(shell expr 2 \* $$(nproc)) --dist=loadfile --no-loadscope-reorder
# Extras stay in the lists: older pips take `coverage[toml]` to be unpinned where only `coverage` is, from the day it has a newer version.
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-strip-extras

.DEFAULT_GOAL := help
.PHONY: help run .venv test long coverage check format bench weather storm stops chaos season schema corpus fuzz mutants sbom audit licences lock clean

help:  ## what can be made
	@sed -n 's/^\([a-z.]*\):.*  ## \(.*\)/make \1\t\2/p' Makefile

run: $(RUN)  ## start the bot: on Slack with the tokens of .env, without any on the local workspace
	@$(VENV) -m bot run $(ARGS)

.venv: $(RUN)  ## install everything `make run` needs

# Every process reads all tests, and many tests start the bot: what Python compiles is kept, whatever the machine's own wish.
test long coverage: export PYTHONDONTWRITEBYTECODE :=
test: $(DEV)  ## run the tests, but not the long ones; ARGS="-k close" for some, DATABASE=postgres on PostgreSQL, =pgbouncer through PgBouncer
	@$(ON_DATABASE)$(VENV) -m pytest $(SIDE_BY_SIDE) -m "not long" $(ARGS)

long: $(DEV)  ## run the long tests: whole weeks, killed processes, a real browser
	@$(ON_DATABASE)$(VENV) -m pytest $(SIDE_BY_SIDE) -m long $(ARGS)

coverage: $(DEV)  ## run all tests and show which branches none of them takes; in the core under 97 % is a fault
	@$(VENV) -m pytest $(SIDE_BY_SIDE) --cov --cov-report=term $(ARGS)
	@echo "The core, line by line and branch by branch:"
	@.venv/bin/coverage report --include='bot/sending/*,bot/dialogue/*,schedules/*' --fail-under=97 --precision=1

check: $(DEV)  ## look for faults without running the bot: style, types, the house rules, what must be current
	@failed=0; \
	.venv/bin/ruff check . || failed=1; \
	.venv/bin/ruff format --check . || failed=1; \
	.venv/bin/mypy || failed=1; \
	$(VENV) -m pytest --quiet tests/test_house.py tests/test_files.py tests/test_docs.py tests/schedules/test_readme.py || failed=1; \
	exit $$failed

format: $(DEV)  ## let the formatter arrange the code
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

bench: $(DEV)  ## measure, as ratios within one run
	@$(VENV) -m pytest --capture=no --override-ini python_files='bench_*.py' tests/benchmarks $(ARGS)

weather: $(DEV)  ## play a programme under whatever Slack may answer, and look who was forgotten; ARGS="-k no_permission" for some
	@$(VENV) -m pytest --numprocesses=auto --dist=worksteal --quiet --tb=line --show-capture=no \
		--override-ini python_files='weather_*.py' tests/weather $(ARGS)

storm: $(DEV)  ## let the clock jump five hundred times, at every point of a season, and look what is lost
	@$(VENV) -m pytest --numprocesses=auto --dist=worksteal --quiet --tb=line -rP \
		--override-ini python_files='storm_*.py' tests/faults $(ARGS)

stops: $(DEV)  ## tell the bot fifty times to leave, in the middle of fan-outs, and look who was forgotten or asked twice
	@$(VENV) -m pytest --numprocesses=2 --dist=worksteal --quiet --tb=line -rP \
		--override-ini python_files='stops_*.py' tests/faults $(ARGS)

chaos: $(DEV)  ## kill and freeze processes and a PostgreSQL server through whole seasons; SEED=5 SECONDS=40 PEOPLE=100 for others
	@SEED=$(SEED) SECONDS=$(SECONDS) PEOPLE=$(PEOPLE) $(VENV) -m tests.support.server $(VENV) -m pytest --quiet --tb=short -rP \
		--override-ini python_files='chaos_*.py' tests/chaos $(ARGS)

season: $(DEV)  ## attack a thousand seasons, play two worlds of every size, put back a backup after every two acts
	@$(VENV) -m pytest --numprocesses=auto --dist=worksteal --quiet --tb=short -rP \
		--override-ini python_files='season_*.py' tests/confidentiality tests/walks tests/commands $(ARGS)

# Apart from the tests: it needs node and npm, which the bot does not, and takes a package from the network. The server's version is
# the newest that runs on node 20.
schema: $(DEV)  ## ask the language server of editors what it says of programmes; needs node and npm
	@npm install --silent --no-save --no-package-lock --no-fund --no-audit --prefix build/editor yaml-language-server@1.25.0
	@$(VENV) -m pytest --quiet --override-ini python_files='editor_*.py' tests/schedules $(ARGS)

corpus: $(DEV)  ## give a thousand bad and odd files to `check`, and look for what has no place or no cure
	@$(VENV) -m pytest --numprocesses=auto --dist=worksteal --quiet --tb=short \
		--override-ini python_files='corpus_*.py' tests/corpus $(ARGS)

fuzz: $(DEV)  ## change files at random for ten minutes; FUZZ_SECONDS=60 for less
	@$(VENV) -m pytest --numprocesses=2 --quiet --tb=short -rP --override-ini python_files='fuzz_*.py' tests/corpus $(ARGS)

mutants: $(DEV)  ## plant bugs that would break a promise, each in a copy, and see that a test notices; ARGS="quote" for some
	@$(VENV) -m tests.mutants.run $(ARGS)

sbom: $(DEV)  ## write bills of materials as CycloneDX into build/, for a machine on Slack and for `make run`
	@$(VENV) -m tests.packages.sbom

audit: $(DEV)  ## ask which pinned packages have known vulnerabilities; needs the internet, and says what it could not ask
	@$(VENV) -m tests.packages.audit

licences: $(DEV)  ## write the page of third-party licences
	@$(VENV) -m tests.packages.licences

lock: $(DEV)  ## pin the newest versions that pyproject.toml allows
	@$(LOCK) --upgrade --output-file requirements.txt --all-extras pyproject.toml
	@$(LOCK) --upgrade --output-file requirements-dev.txt --constraint requirements.txt --all-extras --group dev pyproject.toml
	@$(LOCK) --output-file requirements-production.txt --constraint requirements.txt --extra calendar --extra postgres pyproject.toml

clean:  ## remove what the tools made; never data/ or .env
	@rm -rf .venv build dist .coverage* .hypothesis .mypy_cache .ruff_cache .pytest_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Progress goes to stderr: the first line `make run` prints is the page's address.

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Eftertanke needs Python 3.11 or newer; try: make PYTHON=python3.11")'
	@$(PYTHON) -m venv --clear .venv >&2 || { echo "python3 cannot make a virtual environment; on Debian: apt install python3-venv" >&2; exit 1; }

$(RUN): requirements.txt | .venv/bin/pip
	@echo "Installing what the bot needs into .venv ..." >&2
	@$(PIP) --requirement requirements.txt >&2
	@touch $@

# The tests' list holds everything of the run's list too.
$(DEV): requirements-dev.txt requirements.txt | .venv/bin/pip
	@echo "Installing what the bot and its tests need into .venv ..." >&2
	@$(PIP) --requirement requirements-dev.txt >&2
	@touch $(RUN) $@
