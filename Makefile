# make run    everything up with an invented organisation; prints the address and the log-ins
# make test   installs what the tests need, a browser included, and runs everything that must pass
# make screens  every page as a picture, in screens/: phone and desk, light and dark, bokmål and nynorsk
# make check  only what is quick: style, types, import contracts, migrations
# make lock   new lock files, after a change in pyproject.toml or package.json (needs uv and npm)
# make clean  throw away what was installed here (the data folder var/ stays)

SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: run test screens check lock clean messages

PERSONS ?= 2000
# All the tests go to two processes; a few of them, named by PYTEST, to none but the one that is there.
WORKERS ?= $(if $(PYTEST),0,2)
PIP := .venv/bin/python -m pip --disable-pip-version-check -qq
LOCKED := --no-deps --no-compile --require-hashes --requirement
VENDOR := src/hjemmel/faces/static/vendor

# A stamp's name holds the hash of the lock it stands for: a changed lock is installed, an unchanged one is not.
hash = $(shell cat $(1) | sha256sum | cut -c1-16)
PACKAGES := .stamps/packages-$(call hash,requirements.lock pyproject.toml)
TOOLS := .stamps/tools-$(call hash,requirements-dev.lock pyproject.toml)
PAGES := .stamps/pages-$(call hash,package-lock.json Makefile)
BROWSER := .stamps/browser-$(call hash,make/browser.sh make/browser.py make/browser/package-lock.json)

run: $(PACKAGES) $(PAGES) messages
	@.venv/bin/hjemmel run --demo mission --persons $(PERSONS)

test: $(TOOLS) $(PAGES) $(BROWSER) check
	@echo "Running the tests"
	@set -a; . ./$(BROWSER); exec .venv/bin/python -m pytest -n $(WORKERS) $(PYTEST)

screens: $(TOOLS) $(PAGES) $(BROWSER) messages
	@echo "Taking pictures of every page"
	@set -a; . ./$(BROWSER); HJEMMEL_TEST_SCREENS=1 exec .venv/bin/python -m pytest -q -k test_screens tests/browser

check: $(TOOLS) messages
	@echo "Checking style, types, import contracts and migrations"
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo >.stamps/lint-imports 2>&1 || { cat .stamps/lint-imports; exit 1; }
	@.venv/bin/python make/migrations.py

$(PACKAGES): | .stamps
	@sh make/environment.sh
	@echo "Installing the packages of requirements.lock"
	@$(PIP) install $(LOCKED) requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f .stamps/packages-* && touch $@

$(TOOLS): $(PACKAGES)
	@echo "Installing the packages of requirements-dev.lock"
	@$(PIP) install $(LOCKED) requirements-dev.lock
	@rm -f .stamps/tools-* && touch $@

# What browsers get from us: a design system, a font and htmx, served from here and from nowhere else.
$(PAGES): | .stamps
	@echo "Installing the packages of package-lock.json"
	@npm ci --silent
	@mkdir -p $(VENDOR)/designsystemet $(VENDOR)/inter $(VENDOR)/htmx $(VENDOR)/axe
	@cp node_modules/@digdir/designsystemet-css/dist/src/index.css $(VENDOR)/designsystemet/index.css
	@cp node_modules/@digdir/designsystemet-css/dist/theme/designsystemet.css $(VENDOR)/designsystemet/theme.css
	@cp node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2 $(VENDOR)/inter/
	@cp node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2 $(VENDOR)/inter/
	@cp node_modules/htmx.org/dist/htmx.min.js $(VENDOR)/htmx/
	@cp node_modules/axe-core/axe.min.js $(VENDOR)/axe/
	@rm -f .stamps/pages-* && touch $@

$(BROWSER): $(TOOLS)
	@sh make/browser.sh .stamps/browser.new
	@rm -f .stamps/browser-* && mv .stamps/browser.new $@

# Django reads compiled catalogues; they are made from the .po files and not kept.
messages: $(PACKAGES)
	@.venv/bin/python make/messages.py

.stamps:
	@mkdir -p $@

lock:
	uv lock --quiet --upgrade
	uv export --quiet --frozen --no-emit-project --no-annotate --no-header --no-dev --group build -o requirements.lock
	uv export --quiet --frozen --no-emit-project --no-annotate --no-header -o requirements-dev.lock
	npm install --package-lock-only --silent
	@! grep -nE 'https?://[^"]*\.(tgz|whl|tar)|"resolved"' requirements.lock requirements-dev.lock package-lock.json

clean:
	rm -rf .venv .stamps node_modules $(VENDOR)
